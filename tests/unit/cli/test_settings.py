"""Flags win over the environment, and it over the file."""

import argparse
from pathlib import Path

import pytest

from streams.cli.command import parser_of
from streams.cli.settings import config_of, log_format_of
from streams.config import Config, Role
from streams.errors import ConfigError
from streams.telemetry.logs import LogFormat


def worker(*words: str) -> argparse.Namespace:
    """Parse a command line of the verb with the most settings."""
    return parser_of("worker").parse_args(words)


def test_without_anything_the_defaults_hold() -> None:
    """A flag that was not given sets nothing."""
    assert Config() == config_of(worker())


def test_a_flag_sets_the_setting_of_its_name() -> None:
    """Text becomes what the setting is."""
    words = ("--role", "intake", "--metrics-port", "9101", "--election", "a", "--election", "b")
    expected = Config(role=Role.INTAKE, metrics_port=9101, elections=("a", "b"))
    assert expected == config_of(worker(*words))


def test_flag_before_environment_before_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each setting comes from the first that has it."""
    file = tmp_path / "siaga.toml"
    file.write_text('broker = "file:1"\nprefix = "file."\ninstance = "file"\n', encoding="utf-8")
    monkeypatch.setenv("SIAGA_BROKER", "environment:1")
    monkeypatch.setenv("SIAGA_PREFIX", "environment.")
    config = config_of(worker("--broker", "flag:1"))
    assert ("flag:1", "environment.", "file") == (config.broker, config.prefix, config.instance)


@pytest.mark.parametrize("how", ["flag", "environment"])
def test_the_settings_file_can_be_named(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By `--config`, or by SIAGA_CONFIG."""
    file = tmp_path / "other.toml"
    file.write_text('broker = "other:1"\n', encoding="utf-8")
    if how == "environment":
        monkeypatch.setenv("SIAGA_CONFIG", str(file))
    words = ("--config", str(file)) if how == "flag" else ()
    assert "other:1" == config_of(worker(*words)).broker


def test_what_the_verb_insists_on_wins() -> None:
    """A demo's broker is its own, whatever was said elsewhere."""
    assert "mine:1" == config_of(worker("--broker", "flag:1"), broker="mine:1").broker


def test_a_bad_flag_is_a_bad_setting() -> None:
    """The message names the setting."""
    with pytest.raises(ConfigError, match="metrics_port"):
        config_of(worker("--metrics-port", "many"))


@pytest.mark.parametrize(
    ("words", "environment", "expected"),
    [
        ((), {}, LogFormat.TEXT),
        ((), {"SIAGA_LOG_FORMAT": "json"}, LogFormat.JSON),
        (("--log-format", "text"), {"SIAGA_LOG_FORMAT": "json"}, LogFormat.TEXT),
    ],
)
def test_the_form_of_the_log(
    words: tuple[str, ...], environment: dict[str, str], expected: LogFormat
) -> None:
    """Text, unless the flag or the environment says otherwise."""
    assert expected is log_format_of(worker(*words), environment)


def test_a_misspelt_form_in_the_environment_is_refused() -> None:
    """It would be noticed on election day."""
    with pytest.raises(ConfigError, match="SIAGA_LOG_FORMAT: expected json or text, got 'xml'"):
        log_format_of(worker(), {"SIAGA_LOG_FORMAT": "xml"})
