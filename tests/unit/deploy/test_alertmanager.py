"""Where Alertmanager sends what: alarms about Siaga itself, and the mirror of alerts.

By the example of `deploy/alertmanager`, which `docker-compose.yml` runs.
"""

import re
import subprocess
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import pytest
import yaml
from msgspec import Struct

from tests.support.debian import or_left_out, unpacked
from tests.unit.deploy.alarms import Rule, alarms
from tests.unit.deploy.files import ROOT

ALERTMANAGER: Final = "deploy/alertmanager/alertmanager.yml"
_MATCHER: Final = re.compile(r'(\w+)(=~|!~|!=|=)"([^"]*)"')


class Inhibit(Struct):
    """Alarms that hold others back."""

    source_matchers: list[str]
    target_matchers: list[str]


class Routing(Struct):
    """The configuration of Alertmanager, as far as it is read here."""

    inhibit_rules: list[Inhibit]


INHIBIT_RULES: Final = msgspec.convert(
    yaml.safe_load((ROOT / ALERTMANAGER).read_text("utf-8")), Routing
).inhibit_rules
INHIBITED: Final = [
    pytest.param(one, id=f"{number}-{one.source_matchers[0]}")
    for number, one in enumerate(INHIBIT_RULES)
]
MIRRORED: Final = {
    "alertname": "T03",
    "drill": "false",
    "inhibited": "false",
    "restricted": "false",
}
ROUTES: Final[Mapping[str, tuple[Mapping[str, str], str]]] = {
    "the watchdog": ({"alertname": "SiagaWatchdog", "severity": "none"}, "watchdog"),
    "a page": ({"alertname": "SiagaNotifierDown", "severity": "page"}, "it-watch"),
    "a page about an area": (
        {"alertname": "SiagaBlindArea", "severity": "page", "kabupaten": "16.10"},
        "it-watch",
    ),
    "a warning": ({"alertname": "SiagaTargetDown", "severity": "warn"}, "it-desk"),
    "an alert": ({**MIRRORED, "severity": "high", "kabupaten": "36.04"}, "posko"),
    "of a kabupaten": ({**MIRRORED, "severity": "critical", "kabupaten": "16.10"}, "posko-16.10"),
    "of a province": ({**MIRRORED, "severity": "high", "kabupaten": "16.71"}, "posko-16"),
    "a critical one": (
        {**MIRRORED, "severity": "critical", "kabupaten": "16.71"},
        "posko-16-critical",
    ),
    "a low one": ({**MIRRORED, "severity": "low", "kabupaten": "16.71"}, "nobody"),
    "an inhibited one": (
        {**MIRRORED, "inhibited": "true", "severity": "critical", "kabupaten": "16.10"},
        "nobody",
    ),
    "a restricted one": (
        {**MIRRORED, "restricted": "true", "severity": "critical", "kabupaten": "16.10"},
        "restricted",
    ),
    "of a drill": (
        {**MIRRORED, "drill": "true", "severity": "critical", "kabupaten": "16.10"},
        "drills",
    ),
}


@pytest.fixture(scope="module")
def amtool() -> str:
    """Return Alertmanager's own checker."""
    return str(or_left_out(lambda: unpacked("prometheus-alertmanager")) / "usr/bin/amtool")


@pytest.mark.debian
def test_alertmanager_takes_its_configuration(amtool: str) -> None:
    """By its own checker."""
    run = subprocess.run(
        [amtool, "check-config", ALERTMANAGER],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert 0 == run.returncode, run.stdout + run.stderr


@pytest.mark.debian
@pytest.mark.parametrize(("labels", "receiver"), ROUTES.values(), ids=ROUTES)
def test_alertmanager_tells_who_should_know(
    labels: Mapping[str, str], receiver: str, amtool: str
) -> None:
    """By severity and area; what not everybody may see goes its own way."""
    given = [f"{name}={value}" for name, value in labels.items()]
    said = asked(amtool, "config", "routes", "test", f"--config.file={ALERTMANAGER}", *given)
    assert [receiver] == said.split()


@pytest.mark.parametrize("rule", INHIBITED)
def test_nothing_graver_is_held_back(rule: Inhibit) -> None:
    """A page is held back by a page alone, and each name in a rule is that of an alarm."""
    sources, targets = named(rule.source_matchers), named(rule.target_matchers)
    assert sources
    assert targets
    if {one.severity for one in targets} & {"page"}:
        assert {"page"} == {one.severity for one in sources}


def test_an_alarm_does_not_hold_itself_back() -> None:
    """Alertmanager would let it pass, and whoever reads the file would wonder."""
    for rule in INHIBIT_RULES:
        sources, targets = named(rule.source_matchers), named(rule.target_matchers)
        both = {(one.alert, one.severity) for one in sources} & {
            (one.alert, one.severity) for one in targets
        }
        assert not both


def asked(*command: str) -> str:
    """Return what a program says that must be content."""
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert 0 == run.returncode, run.stdout + run.stderr
    return run.stdout


def named(matchers: Sequence[str]) -> list[Rule]:
    """Return the alarms that matchers of names and severities let through."""
    return [one for one in alarms() if all(_matches(matcher, one) for matcher in matchers)]


def _matches(matcher: str, alarm: Rule) -> bool:
    found = _MATCHER.fullmatch(matcher)
    assert found is not None, matcher
    name, sign, pattern = found.groups()
    known = {"alertname": alarm.alert, "severity": alarm.severity}
    if name not in known:
        return True
    # A pattern is anchored, as Alertmanager's are; names have no sign that means more in one.
    return (re.fullmatch(pattern, known[name]) is not None) is (sign in {"=", "=~"})
