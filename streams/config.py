"""Settings: one frozen `Config`, read once at the start and handed down as an argument.

Three sources, the later one wins: the defaults below (what a first production installation runs),
`siaga.toml` in the current folder, the environment (`SIAGA_BROKER` sets `broker`), flags of the
command. A name that nobody knows is refused, in the file and in the environment: a misspelt
setting that is ignored is found on election day.

Secrets are not in here, only the paths of the files that hold them, so a Config may be printed.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from streams.errors import ConfigError
from streams.territory.toml_values import toml_values

__all__ = ["ENVIRONMENT_PREFIX", "ClockSource", "Config", "Role", "load_config", "print_config"]

ENVIRONMENT_PREFIX: Final = "SIAGA_"
_NOT_SETTINGS: Final = frozenset({"SIAGA_CONFIG", "SIAGA_LOG_FORMAT", "SIAGA_TEST_ALL"})
"""Variables that begin alike and are read elsewhere."""

_BEATS: Final = 3
_CHECKPOINTS: Final = 2

Count = Annotated[int, Meta(ge=1, le=10_000)]
Seconds = Annotated[float, Meta(gt=0, le=3_600)]
Session = Annotated[float, Meta(gt=0, le=30)]
"""Faust refuses a session that is longer than its wait for an answer, 30 s."""
Port = Annotated[int, Meta(ge=0, le=65_535)]


class Role(StrEnum):
    """What a worker does."""

    ALL = "all"
    INTAKE = "intake"
    WATCH = "watch"


class ClockSource(StrEnum):
    """Whose clock a day runs on."""

    BROKER = "broker"
    """The broker's time of appending."""
    PLAYED = "played"
    """The player's, from the messages of a played day; wall time is never read."""


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All settings; every default is meant to be run with."""

    broker: str = "localhost:9092"
    """`host:port` of a Kafka broker, or several with commas."""
    prefix: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{0,100}\Z")] = ""
    """Before every topic and group, so that installations can share a broker: `drill.`."""
    elections: tuple[str, ...] = ()
    """Folders of the elections that are watched; in the environment with colons between."""
    role: Role = Role.ALL
    """What a worker does: `intake` takes in what comes, `watch` judges it, `all` does both."""
    instance: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{0,100}\Z")] = ""
    """Lasting name of this worker, another one for each. With it a restarted worker is back in
    two seconds and disturbs nobody (static membership); without it the group rebalances."""
    clock: ClockSource = ClockSource.BROKER
    """Whose time a day runs on: `broker`, that of appending; `played`, that of the messages of a
    played day."""
    embedded: bool = False
    """The broker is the embedded one: no idempotence, no static membership, no broker's clock."""

    partitions: Count = 8
    """Of the journal and of all that is decided from it. Never changes once there is a journal."""
    input_partitions: Count = 4
    """Of each topic that others write to."""
    replication_factor: Count = 1
    """How many brokers have each record; with fewer than three a lost broker may lose records."""

    session_s: Session = 6.0
    """How long a worker may say nothing before its partitions go to others."""
    heartbeat_s: Seconds = 1.0
    """How often it says something: at least three times a session, so that two may be lost."""
    checkpoint_s: Seconds = 1.0
    """How much a crash costs to judge again; each checkpoint costs the running day. At most half of
    `stall_s`, for judging has come only as far as its last checkpoint."""
    stall_s: Seconds = 60.0
    """A partition with a backlog and without progress for so long ends the worker."""
    state_batch_mib: Annotated[int, Meta(ge=1, le=64)] = 16
    """Largest checkpoint that is one record batch, before compression. The state topic's
    `max.message.bytes` must be at least this."""

    metrics_port: Port = 0
    """Where Prometheus finds this process; 0: nowhere."""
    producer_keys_file: str = ""
    """TOML file with the keys of producers that must sign; empty: none must."""
    notify_file: str = ""
    """TOML file with the channels and mirrors of `siaga notify`; secrets are in files it names."""
    gate_file: str = ""
    """TOML file with the doors of `siaga gate`; secrets are in files it names."""
    room_file: str = ""
    """TOML file with the settings of `siaga room`; secrets are in files it names."""
    users_file: str = ""
    """TOML file with the control room's users, written by `siaga users`. Workers read it as well:
    its users are on the roster of every election."""
    pseudonym_key_file: str = ""
    """File with the key by which a `source.id` that looks like a phone number is hashed."""


def load_config(
    path: Path | None, environment: Mapping[str, str], flags: Mapping[str, object] | None = None
) -> Config:
    """Read all settings.

    Args:
        path: The settings file; None: `siaga.toml` in the current folder, if it is there.
        environment: Usually `os.environ`.
        flags: What the command line sets, by name of the field.

    Raises:
        ConfigError: A file or a value cannot be used; the message says which and why.
    """
    from_file = _read_file(path)
    from_environment = _read_environment(environment)
    merged = {**from_file, **from_environment, **(flags or {})}
    config = _convert(merged, "settings")
    _require_room(config)
    return config


def _require_room(config: Config) -> None:
    """Refuse what would end a worker that is well."""
    if config.heartbeat_s * _BEATS > config.session_s:
        longest = f"at most a third of session_s, here {config.session_s / _BEATS:g}"
        raise ConfigError(f"heartbeat_s: expected {longest}, got {config.heartbeat_s:g}")
    if config.checkpoint_s * _CHECKPOINTS > config.stall_s:
        longest = f"at most half of stall_s, here {config.stall_s / _CHECKPOINTS:g}"
        raise ConfigError(f"checkpoint_s: expected {longest}, got {config.checkpoint_s:g}")


def print_config(config: Config) -> str:
    """Return the effective settings as lines that `siaga.toml` takes."""
    fields = msgspec.to_builtins(config)
    return "".join(f"{name} = {_toml(value)}\n" for name, value in fields.items())


def _toml(value: object) -> str:
    # A JSON string, number, boolean or array is a TOML one as well.
    return msgspec.json.encode(value).decode()


def _read_file(path: Path | None) -> dict[str, object]:
    file = path or Path("siaga.toml")
    if path is None and not file.exists():
        return {}
    try:
        settings = toml_values(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read ({error.strerror}): name another file"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file}: not TOML: {error}") from error
    for name in settings:
        _check_known(name, f"{file}: {name}")
    _convert(settings, str(file))
    return settings


def _read_environment(environment: Mapping[str, str]) -> dict[str, object]:
    settings: dict[str, object] = {}
    for variable in sorted(environment.keys() - _NOT_SETTINGS):
        if variable.startswith(ENVIRONMENT_PREFIX):
            name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
            _check_known(name, variable)
            text = environment[variable]
            settings[name] = text.split(os.pathsep) if name == "elections" else text
            _convert({name: settings[name]}, variable)
    return settings


def _check_known(name: str, where: str) -> None:
    known = Config.__struct_fields__
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        raise ConfigError(f"{where}: no such setting; {hint}")


def _convert(settings: Mapping[str, object], where: str) -> Config:
    try:
        # Not strict: the environment has text where a number is meant.
        return msgspec.convert(settings, Config, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}") from error
