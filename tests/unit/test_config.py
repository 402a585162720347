"""Stories of settings: who wins, and what is refused."""

import tomllib
from pathlib import Path

import pytest

from streams.config import ClockSource, Config, Role, load_config, print_config
from streams.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    """Write a settings file."""
    path = folder / "siaga.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_anything_the_defaults_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first run needs no file."""
    monkeypatch.chdir(tmp_path)
    assert Config() == load_config(None, {})


def test_the_file_of_the_current_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without naming it."""
    written(tmp_path, 'broker = "kafka:9092"')
    monkeypatch.chdir(tmp_path)
    assert load_config(None, {}).broker == "kafka:9092"


def test_flags_win_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    """The nearer to the person, the stronger."""
    file = written(tmp_path, 'broker = "file:1"\nprefix = "file."\nrole = "watch"')
    environment = {"SIAGA_BROKER": "environment:1", "SIAGA_PREFIX": "environment."}
    config = load_config(file, environment, {"broker": "flag:1"})
    assert (config.broker, config.prefix, config.role) == ("flag:1", "environment.", Role.WATCH)


def test_the_environment_may_set_everything() -> None:
    """As text, whatever the setting is; folders are separated as in PATH."""
    config = load_config(
        Path("/dev/null"),
        {
            "SIAGA_CLOCK": "played",
            "SIAGA_EMBEDDED": "true",
            "SIAGA_PARTITIONS": "16",
            "SIAGA_SESSION_S": "7.5",
            "SIAGA_ELECTIONS": "a/b:c",
        },
    )
    assert config.clock is ClockSource.PLAYED
    assert config.embedded is True
    assert (config.partitions, config.session_s) == (16, 7.5)
    assert config.elections == ("a/b", "c")


def test_other_variables_are_left_alone() -> None:
    """Those of others, and those of ours that are no settings."""
    environment = {"HOME": "/x", "SIAGA_TEST_ALL": "1", "SIAGA_CONFIG": "f"}
    assert Config() == load_config(Path("/dev/null"), environment)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('brokr = "x"', ["siaga.toml: brokr: no such setting", "did you mean broker?"]),
        ("zzz = 1", ["zzz: no such setting", "known are broker, prefix"]),
        ("partitions = 0", ["siaga.toml", "partitions", ">= 1"]),
        ('role = "boss"', ["siaga.toml", "role", "boss"]),
        ("broker = ", ["siaga.toml: not TOML"]),
        (f"\npartitions = {5000 * '9'}", ["siaga.toml: not TOML: partitions: ", "(at line 2, "]),
        ('prefix = "a b"', ["siaga.toml", "prefix"]),
    ],
)
def test_a_bad_file_is_refused_with_file_and_field(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    """A setting that is ignored would be found on election day."""
    with pytest.raises(ConfigError) as refused:
        load_config(written(tmp_path, text), {})
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SIAGA_BROKR", "x", ["SIAGA_BROKR: no such setting; did you mean broker?"]),
        ("SIAGA_PARTITIONS", "many", ["SIAGA_PARTITIONS", "partitions"]),
        ("SIAGA_ROLE", "boss", ["SIAGA_ROLE", "boss"]),
    ],
)
def test_a_bad_variable_is_refused_by_its_name(variable: str, value: str, words: list[str]) -> None:
    """It is the name that a person will look for."""
    with pytest.raises(ConfigError) as refused:
        load_config(Path("/dev/null"), {variable: value})
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SIAGA_SESSION_S": "600"}, "SIAGA_SESSION_S: Expected `float` <= 30"),
        (
            {"SIAGA_HEARTBEAT_S": "2.5"},
            "heartbeat_s: expected at most a third of session_s, here 2",
        ),
        ({"SIAGA_SESSION_S": "2.4"}, "third of session_s, here 0.8, got 1"),
    ],
)
def test_a_worker_that_would_fall_out_of_its_group_does_not_start(
    settings: dict[str, str], words: str
) -> None:
    """Seldom heartbeats lose the session, and Faust knows no long ones."""
    with pytest.raises(ConfigError, match=words):
        load_config(Path("/dev/null"), settings)


def test_a_worker_that_would_take_itself_for_stalled_does_not_start() -> None:
    """What is judged counts from its checkpoint on, which must come before patience ends."""
    load_config(Path("/dev/null"), {"SIAGA_CHECKPOINT_S": "30"})
    with pytest.raises(
        ConfigError, match="checkpoint_s: expected at most half of stall_s, here 30"
    ):
        load_config(Path("/dev/null"), {"SIAGA_CHECKPOINT_S": "31"})
    with pytest.raises(ConfigError, match=r"here 0\.5, got 1"):
        load_config(Path("/dev/null"), {"SIAGA_STALL_S": "1"})


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    """Only the default one may be missing."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "other.toml", {})


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """With its name."""
    file = tmp_path / "siaga.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not TOML"):
        load_config(file, {})


def test_what_is_printed_can_be_read_again(tmp_path: Path) -> None:
    """The effective settings are a settings file."""
    config = Config(broker="a:1", elections=("x", 'y"z'), embedded=True, clock=ClockSource.PLAYED)
    text = print_config(config)
    assert tomllib.loads(text)["embedded"] is True
    assert config == load_config(written(tmp_path, text), {})
