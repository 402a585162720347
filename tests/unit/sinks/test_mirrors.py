"""From settings to mirrors: names, secrets, what is refused before anything is sent."""

from pathlib import Path
from typing import Final

import pytest

from streams.errors import ConfigError
from streams.sinks.mirror_settings import (
    MIRROR_TYPES,
    AlertmanagerSettings,
    GrafanaSettings,
    MirrorSettings,
    PagerDutySettings,
)
from streams.sinks.mirrors import build_mirrors, sees_restricted
from streams.sinks.settings import load_notify, parse_notify

EXAMPLE: Final = Path(__file__).parents[3] / "deploy" / "notify.example.toml"
URL: Final = "http://127.0.0.1:9"


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """Return a file with a secret."""
    file = tmp_path / "secret"
    file.write_text("it opens everything\n")
    return str(file)


def test_every_replica_is_a_mirror_of_its_own() -> None:
    """With a number where there are several."""
    alone, several = AlertmanagerSettings(urls=(URL,)), AlertmanagerSettings(urls=(URL, URL))
    names = [one.name for one in build_mirrors({"one": alone, "two": several})]
    assert ["one", "two/1", "two/2"] == names


def test_all_types_can_be_built(secret: str) -> None:
    """With what they need and no more."""
    settings: dict[str, MirrorSettings] = {
        "am": AlertmanagerSettings(urls=(URL,), username="siaga", secret_file=secret),
        "pd": PagerDutySettings(routing_key_file=secret),
        "wall": GrafanaSettings(url=URL, token_file=secret),
    }
    assert {type(one) for one in settings.values()} == set(MIRROR_TYPES)
    assert ["am", "pd", "wall"] == [one.name for one in build_mirrors(settings)]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (PagerDutySettings(), r"mirrors\.x\.routing_key: expected .*_file or .*_env"),
        (GrafanaSettings(url=URL), r"mirrors\.x\.token: expected .*_file or .*_env"),
        (GrafanaSettings(url=URL, token_file="/nowhere/token"), r"mirrors\.x\.token_file: "),
        (AlertmanagerSettings(urls=(URL,), username="siaga"), r"mirrors\.x\.username: "),
        (AlertmanagerSettings(urls=(URL,), ca_file="/nowhere/ca"), r"mirrors\.x\.ca_file: "),
    ],
    ids=["no key", "no token", "no file", "a name alone", "no authorities"],
)
def test_what_is_missing_is_named(settings: MirrorSettings, expected: str) -> None:
    """At the start, not with the first alert."""
    with pytest.raises(ConfigError, match=expected):
        build_mirrors({"x": settings})


def test_a_name_with_a_colon_is_refused(secret: str) -> None:
    """Its password would begin somewhere else."""
    settings = AlertmanagerSettings(urls=(URL,), username="a:b", secret_file=secret)
    with pytest.raises(ConfigError, match="username"):
        build_mirrors({"x": settings})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('type = "alertmanagr"', "did you mean alertmanager"),
        ('type = "alertmanager"\nurl = "http://x"', "did you mean urls"),
        ('type = "alertmanager"\nurls = []', "length >= 1"),
        ('type = "alertmanager"\nurls = ["am:9093"]', "urls"),
        ('type = "grafana"\nurl = "http://x"\nareas = ["3604"]', "areas"),
        ('type = "pagerduty"\nmin_severity = "urgent"', "min_severity"),
    ],
)
def test_a_misspelt_setting_is_refused(text: str, expected: str) -> None:
    """With what was probably meant."""
    with pytest.raises(ConfigError, match=expected):
        parse_notify(f"[mirrors.posko]\n{text}\n")


def test_the_example_can_be_read() -> None:
    """Its mirrors are of types that there are."""
    settings = load_notify(str(EXAMPLE))
    assert settings.mirrors
    assert not sees_restricted(settings.mirrors.values())


def test_one_mirror_is_enough_to_follow_what_is_restricted() -> None:
    """The others leave it out all the same."""
    some = [PagerDutySettings(), PagerDutySettings(restricted=("propam",))]
    assert (False, True) == (sees_restricted(some[:1]), sees_restricted(some))
