"""What the tests of alarms read: rules, their own tests, and where Alertmanager sends what."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import yaml
from msgspec import Struct

from tests.unit.deploy.files import ROOT

__all__ = [
    "ALARMS",
    "RULES",
    "TESTS",
    "Case",
    "Rule",
    "Told",
    "alarms",
    "cases",
    "counted",
    "recorded",
    "told",
]

ALARMS: Final = sorted((ROOT / "deploy/prometheus").glob("alarms-*.yml"))
RULES: Final = ROOT / "deploy/prometheus/rules.yml"
TESTS: Final = sorted((ROOT / "deploy/prometheus/tests").glob("*.yml"))
"""Tests of Prometheus' own checker."""
_ASKED: Final = re.compile(r'ALERTS\{alertname="(\w+)",alertstate="firing"\}')
_RECORDED: Final = re.compile(r"[a-z_]+:siaga_\w+:\w+")
_SEVERITY: Final = re.compile(r'severity="(\w+)"')


class Rule(Struct, omit_defaults=True):
    """A recorded series, or an alarm."""

    expr: str
    record: str = ""
    alert: str = ""
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    wait: str = msgspec.field(name="for", default="0s")
    keep_firing_for: str = "0s"

    @property
    def severity(self) -> str:
        """Who must come, and when."""
        return self.labels["severity"]


class _Group(Struct):
    name: str
    rules: list[Rule]


class _File(Struct):
    groups: list[_Group]


class _Labelled(Struct):
    labels: str


class _Query(Struct):
    expr: str
    exp_samples: list[_Labelled]


class _Expected(Struct):
    exp_labels: dict[str, str]


class _Texts(Struct):
    alertname: str
    exp_alerts: list[_Expected]


class _Test(Struct):
    name: str
    promql_expr_test: list[_Query] = []
    alert_rule_test: list[_Texts] = []


class _Tests(Struct):
    tests: list[_Test]


class Case(Struct, frozen=True):
    """What a test says of one alarm: the severities in which it fires, moment by moment."""

    name: str
    alarm: str
    moments: tuple[frozenset[str], ...]

    def fires(self, severity: str) -> bool:
        """Say whether it fires at some moment."""
        return any(severity in moment for moment in self.moments)

    def clears(self, severity: str) -> bool:
        """Say whether it fires, and not any more at the last moment."""
        return self.fires(severity) and severity not in self.moments[-1]


class Told(Struct, frozen=True):
    """Texts of an alarm that a test compares word by word."""

    alarm: str
    severity: str


def _rules(file: Path) -> tuple[Rule, ...]:
    read = msgspec.convert(yaml.safe_load(file.read_text("utf-8")), _File)
    return tuple(rule for group in read.groups for rule in group.rules)


@cache
def alarms() -> tuple[Rule, ...]:
    """Return the alarms; two may have one name and differ in severity."""
    return tuple(rule for file in ALARMS for rule in _rules(file))


@cache
def recorded() -> tuple[Rule, ...]:
    """Return the series that are computed once for many."""
    return _rules(RULES)


@cache
def _tests() -> tuple[_Test, ...]:
    read = (msgspec.convert(yaml.safe_load(file.read_text("utf-8")), _Tests) for file in TESTS)
    return tuple(test for file in read for test in file.tests)


@cache
def cases() -> tuple[Case, ...]:
    """Return what the tests ask of each alarm, moments in the order in which they are written."""
    return tuple(_case(test) for test in _tests() if test.promql_expr_test and not _series(test))


def counted() -> frozenset[str]:
    """Return the recorded series that a test asks for, and that have a number then."""
    return frozenset[str]().union(*(_series(test) for test in _tests()))


def _series(test: _Test) -> frozenset[str]:
    asked = (query for query in test.promql_expr_test if _RECORDED.fullmatch(query.expr))
    return frozenset(query.expr for query in asked if query.exp_samples)


def _case(test: _Test) -> Case:
    asked = [_ASKED.fullmatch(query.expr) for query in test.promql_expr_test]
    [name] = {"" if found is None else found[1] for found in asked}
    seen = [" ".join(one.labels for one in query.exp_samples) for query in test.promql_expr_test]
    return Case(test.name, name, tuple(frozenset(_SEVERITY.findall(one)) for one in seen))


def told() -> Iterator[Told]:
    """Yield the alarms whose texts are compared."""
    for test in _tests():
        for texts in test.alert_rule_test:
            for one in texts.exp_alerts:
                yield Told(texts.alertname, one.exp_labels["severity"])
