"""Alarms about Siaga itself: they fire, nearly fire and clear, and say what is to be done.

What an alarm does is judged by Prometheus' own checker, in deploy/prometheus/tests. Here it is
judged whether those tests leave anything out.
"""

import re
from pathlib import Path
from typing import Final

import pytest
import yaml

from tests.support.debian import or_left_out, unpacked
from tests.support.prometheus import promtool
from tests.unit.deploy.alarms import (
    ALARMS,
    RULES,
    TESTS,
    Rule,
    alarms,
    cases,
    counted,
    recorded,
    told,
)
from tests.unit.deploy.files import PROMETHEUS, ROOT

RUNBOOKS: Final = ROOT / "docs/runbooks/siaga"
ALWAYS: Final = "SiagaWatchdog"
"""It always fires, so it never nearly does, and never clears."""
WITH_ID: Final = [pytest.param(one, id=f"{one.alert}-{one.severity}") for one in alarms()]
JUDGED: Final = [
    pytest.param(one, id=f"{one.alert}-{one.severity}") for one in alarms() if one.alert != ALWAYS
]
_DURATION: Final = re.compile(r"(?:\d+[smh])+")
_PARTS: Final = (
    "**What it means.**",
    "**What is lost",
    "**How to look**",
    "```promql",
    "**What to do**",
    "**It clears**",
)


@pytest.fixture(scope="module")
def checker() -> Path:
    """Return the folder of Prometheus, or leave the test out."""
    return or_left_out(lambda: unpacked("prometheus"))


# ── What is said ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("alarm", WITH_ID)
def test_an_alarm_says_who_must_come_and_what_is_wrong(alarm: Rule) -> None:
    """A severity of three, a title and a description in both languages, a runbook of its name."""
    assert alarm.severity in {"page", "warn", "none"}
    assert re.fullmatch(r"Siaga[A-Z]\w+", alarm.alert)
    texts = {"summary", "summary_en", "description", "description_en", "runbook"}
    assert texts == set(alarm.annotations)
    assert all(text.strip() for text in alarm.annotations.values())
    assert f"docs/runbooks/siaga/{alarm.alert}.md" == alarm.annotations["runbook"]


@pytest.mark.parametrize("alarm", WITH_ID)
def test_a_runbook_names_its_alarm_and_says_all(alarm: Rule) -> None:
    """What it means, what is lost, how to look, what to do, how it clears; Indonesian first."""
    text = (ROOT / alarm.annotations["runbook"]).read_text("utf-8")
    title, _, first = text.splitlines()[:3]
    assert title.startswith(f"# {alarm.alert} ")
    assert re.fullmatch(r"\*.+\*", first)
    at = [text.find(part) for part in _PARTS]
    assert -1 not in at, [part for part, place in zip(_PARTS, at, strict=True) if place < 0]
    assert at == sorted(at)


def test_no_runbook_is_of_an_alarm_that_is_gone() -> None:
    """Pages and alarms are the same set."""
    assert sorted({one.alert for one in alarms()}) == sorted(
        page.stem for page in RUNBOOKS.glob("*.md")
    )


def test_names_are_used_once_a_severity() -> None:
    """Two alarms of one name and severity could not be told apart."""
    named = [(one.alert, one.severity) for one in alarms()]
    assert len(named) == len(set(named))


# ── How it is asked ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rule", [pytest.param(one, id=one.record) for one in recorded()])
def test_a_recorded_series_is_named_for_what_it_is(rule: Rule) -> None:
    """`level:metric:operations`; it is asked for somewhere, or it is computed in vain."""
    assert re.fullmatch(r"[a-z_]+:siaga_\w+:[a-z0-9_]+", rule.record)
    asked = [one.expr for one in (*alarms(), *recorded())] + [
        file.read_text("utf-8")
        for folder, kind in (("deploy/grafana", "json"), ("docs", "md"))
        for file in (ROOT / folder).rglob(f"*.{kind}")
    ]
    assert any(rule.record in text for text in asked)


@pytest.mark.parametrize("rule", [pytest.param(one, id=one.record) for one in recorded()])
def test_a_recorded_series_is_added_up_before_eyes(rule: Rule) -> None:
    """A test has numbers of it, whether an alarm asks for it or a dashboard alone."""
    assert rule.record in counted()


@pytest.mark.parametrize("rule", [*WITH_ID, *(pytest.param(r, id=r.record) for r in recorded())])
def test_nothing_is_grouped_by_what_is_listed(rule: Rule) -> None:
    """`by` would drop a label that is added later, such as one of an installation."""
    assert not re.search(r"\bby\s*\(", rule.expr)


@pytest.mark.parametrize("alarm", JUDGED)
def test_a_rebalance_is_waited_out(alarm: Rule) -> None:
    """Gauges of partitions are away for seconds then: an alarm about one of them waits longer.

    Sums over a range of time do not mind.
    """
    if "[" not in alarm.expr:
        assert _seconds(alarm.wait) >= 30


# ── What it does ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("alarm", JUDGED)
def test_an_alarm_is_seen_to_fire_to_clear_and_nearly_to_fire(alarm: Rule) -> None:
    """The tests of Prometheus' checker have all three of each alarm and severity."""
    of_it = [case for case in cases() if case.alarm == alarm.alert]
    assert any(case.clears(alarm.severity) for case in of_it), "it never fires and clears again"
    assert any(not any(case.moments) for case in of_it), "no day on which it nearly fires"
    begins = [case.moments[0] for case in of_it if case.clears(alarm.severity)]
    if _seconds(alarm.wait):
        assert frozenset[str]() in begins, "no moment before it has waited long enough"


def test_the_watchdog_always_fires() -> None:
    """From the first moment on, and an hour later."""
    [case] = [case for case in cases() if case.alarm == ALWAYS]
    assert all(case.moments)


def test_every_test_is_of_an_alarm_that_exists() -> None:
    """A renamed alarm would be quiet everywhere, as it should be in every test but one."""
    assert {one.alert for one in alarms()} == {case.alarm for case in cases()}


def test_every_text_that_is_made_is_read_once() -> None:
    """A template that names a label which an alarm has not is an empty place in a sentence."""
    made = {
        (one.alert, one.severity)
        for one in alarms()
        if any("{{" in text for text in one.annotations.values())
    }
    assert made <= {(one.alarm, one.severity) for one in told()}


@pytest.mark.debian
def test_prometheus_takes_the_rules(checker: Path) -> None:
    """By its own checker: the configuration with all that it names."""
    run = promtool(ROOT, "check", "config", PROMETHEUS)
    assert 0 == run.returncode, (checker, run.stderr)
    found = [int(count) for count in re.findall(r"(\d+) rules found", run.stdout)]
    assert len(alarms()) + len(recorded()) == sum(found)


@pytest.mark.debian
@pytest.mark.parametrize("file", [pytest.param(one, id=one.stem) for one in TESTS])
def test_alarms_do_what_their_tests_say(file: Path, checker: Path) -> None:
    """Run by Prometheus' own checker, with the rules as they are deployed."""
    run = promtool(file.parent, "test", "rules", file.name)
    assert 0 == run.returncode, (checker, run.stdout + run.stderr)


@pytest.mark.debian
def test_a_broken_alarm_is_found_out(tmp_path: Path, checker: Path) -> None:
    """With another limit the same tests fail: they do look at the rules that are deployed."""
    for file in (*ALARMS, RULES):
        text = file.read_text("utf-8")
        broken = text.replace("60 * job:siaga_clock_speed:min", "6000 * job:siaga_clock_speed:min")
        (tmp_path / file.name).write_text(broken, "utf-8")
    (tmp_path / "tests").mkdir()
    whole = yaml.safe_load((TESTS[0].parent / "judgment.yml").read_text("utf-8"))
    whole["tests"] = [test for test in whole["tests"] if "one kabupaten" in test["name"]]
    (tmp_path / "tests/one.yml").write_text(yaml.safe_dump(whole), "utf-8")
    run = promtool(tmp_path / "tests", "test", "rules", "one.yml")
    assert 0 != run.returncode, checker
    assert "SiagaBlindArea" in run.stdout + run.stderr


def _seconds(duration: str) -> int:
    assert _DURATION.fullmatch(duration), duration
    units = {"s": 1, "m": 60, "h": 3_600}
    return sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)([smh])", duration))
