"""Each change of an alarm makes a day of its tests another day. Tried, change by change."""

from pathlib import Path
from typing import Final

import pytest

from tests.support.debian import or_left_out, unpacked
from tests.support.prometheus import promtool
from tests.unit.deploy.alarms import Rule, alarms, recorded
from tests.unit.deploy.mutant_days import days, rule_file, survivors
from tests.unit.deploy.mutants import UNCHANGED, Mutant, mutants

SOME: Final = Rule(
    expr='max without (instance) (rate(x_total{a="b|c"}[2m])) > 2',
    alert="SiagaSome",
    labels={"severity": "page"},
    wait="30s",
)
CHANGES: Final = {
    "for 30s → 0s": "",
    "for 30s → 15000ms": "",
    "for 30s → 60000ms": "",
    "keep_firing_for 0s → 1m": "",
    "severity → warn": "",
    "max → min at word 0": 'minwithout(instance)(rate(x_total{a="b|c"}[2m]))>2',
    "max → sum at word 0": 'sumwithout(instance)(rate(x_total{a="b|c"}[2m]))>2',
    "2m → 60000ms at word 15": 'maxwithout(instance)(rate(x_total{a="b|c"}[60000ms]))>2',
    "2m → 240000ms at word 15": 'maxwithout(instance)(rate(x_total{a="b|c"}[240000ms]))>2',
    "> → >= at word 19": 'maxwithout(instance)(rate(x_total{a="b|c"}[2m]))>=2',
    "> → < at word 19": 'maxwithout(instance)(rate(x_total{a="b|c"}[2m]))<2',
    "2 → 3 at word 20": 'maxwithout(instance)(rate(x_total{a="b|c"}[2m]))>3',
    "2 → 1 at word 20": 'maxwithout(instance)(rate(x_total{a="b|c"}[2m]))>1',
    "without a at word 12": "maxwithout(instance)(rate(x_total{}[2m]))>2",
    "without b at word 12": 'maxwithout(instance)(rate(x_total{a="c"}[2m]))>2',
    "without c at word 12": 'maxwithout(instance)(rate(x_total{a="b"}[2m]))>2',
    "without (instance) → () at word 1": 'maxwithout()(rate(x_total{a="b|c"}[2m]))>2',
}
"""What can be changed of it, and the expression then, without spaces; empty: as it was."""


def everything() -> list[Mutant]:
    """Return every change of every rule."""
    return [change for rule in (*recorded(), *alarms()) for change in mutants(rule)]


def test_everything_that_is_written_is_changed() -> None:
    """Waits, severity, sums, ranges, comparisons, limits, labels; one at a time."""
    found = {
        one.what: "" if one.rule.expr == SOME.expr else "".join(one.rule.expr.split())
        for one in mutants(SOME)
    }
    assert CHANGES == found


def test_what_is_said_to_change_nothing_is_a_change() -> None:
    """An entry of a rule that has been written anew would hide another change."""
    assert set() == UNCHANGED.keys() - {(one.of, one.what) for one in everything()}


@pytest.mark.debian
def test_what_is_changed_can_still_be_read(tmp_path: Path) -> None:
    """Else it would be noticed for a comma."""
    or_left_out(lambda: unpacked("prometheus"))
    file = tmp_path / "changed.yml"
    file.write_text(rule_file([one.rule for one in everything()]), "utf-8")
    run = promtool(tmp_path, "check", "rules", "--lint=none", file.name)
    assert 0 == run.returncode, run.stderr


@pytest.mark.debian
def test_a_change_is_noticed_and_what_is_as_it_was_is_not() -> None:
    """Else all of them would be noticed, or none."""
    or_left_out(lambda: unpacked("prometheus"))
    [rule] = [one for one in alarms() if one.alert == "SiagaForeignWrites"]
    changed = next(one for one in mutants(rule) if one.what.startswith("> → >="))
    same = Mutant(changed.of, "nothing", rule)
    assert [same] == list(survivors([same, changed], days()))


@pytest.mark.slow
@pytest.mark.debian
def test_every_change_is_noticed() -> None:
    """By a test of Prometheus' own checker: `python -m tests.unit.deploy.mutant_days` prints it."""
    or_left_out(lambda: unpacked("prometheus"))
    changes = [one for one in everything() if (one.of, one.what) not in UNCHANGED]
    assert len(changes) > len(alarms())
    assert [] == [f"{one.of}: {one.what}" for one in survivors(changes, days())]
