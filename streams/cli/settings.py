"""What verbs have in common: the flags that every one has, and the settings behind the flags.

A flag is named as the setting it sets (`--metrics-port`, `metrics_port`), so there is no table
that says which belongs to which, and none that could be wrong.
"""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from streams.config import Config, load_config
from streams.errors import ConfigError, SiagaError
from streams.telemetry.logs import LogFormat

__all__ = [
    "UsageError",
    "add_broker",
    "add_everywhere",
    "add_roster",
    "config_of",
    "log_format_of",
]

_CONFIG_VARIABLE = "SIAGA_CONFIG"
_LOG_FORMAT_VARIABLE = "SIAGA_LOG_FORMAT"


class UsageError(SiagaError):
    """The command line asks for what does not go together; a parser could not see it."""

    reason = "usage"
    exit_code = 2


def add_everywhere(parser: argparse.ArgumentParser) -> None:
    """Add the flags that every verb has."""
    group = parser.add_argument_group("everywhere")
    group.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help="settings file (default: SIAGA_CONFIG, else siaga.toml in this folder)",
    )
    group.add_argument(
        "--log-format",
        choices=[*LogFormat],
        help="form of the log on standard error (default: SIAGA_LOG_FORMAT, else text)",
    )


def add_broker(parser: argparse.ArgumentParser) -> None:
    """Add the flags of a verb that talks to the broker of an installation."""
    parser.add_argument(
        "--broker", metavar="HOST:PORT", help="the Kafka broker (default: localhost:9092)"
    )
    parser.add_argument(
        "--prefix", metavar="TEXT", help="before every topic and group (default: none)"
    )


def add_roster(parser: argparse.ArgumentParser) -> None:
    """Add the flag of a verb that judges, or hears, what the control room's users order."""
    parser.add_argument(
        "--users-file",
        metavar="FILE",
        help="the control room's users, who may command beside actors.csv (default: none)",
    )


def config_of(arguments: argparse.Namespace, **settings: object) -> Config:
    """Return the settings: those of the command line win, then environment, file, defaults.

    Args:
        arguments: Of the command line; those named as a setting count.
        settings: What the verb itself insists on.

    Raises:
        ConfigError: A file or a value cannot be used.
    """
    given: dict[str, object] = vars(arguments)
    flags = {name: given[name] for name in Config.__struct_fields__ if given.get(name) is not None}
    named = os.environ.get(_CONFIG_VARIABLE)
    file: Path | None = arguments.config or (Path(named) if named else None)
    return load_config(file, os.environ, {**flags, **settings})


def log_format_of(arguments: argparse.Namespace, environment: Mapping[str, str]) -> LogFormat:
    """Return the form of the log that was asked for.

    Raises:
        ConfigError: The environment names one that there is not.
    """
    word: str = arguments.log_format or environment.get(_LOG_FORMAT_VARIABLE) or LogFormat.TEXT
    try:
        return LogFormat(word)
    except ValueError as error:
        known = " or ".join(LogFormat)
        raise ConfigError(f"{_LOG_FORMAT_VARIABLE}: expected {known}, got {word!r}") from error
