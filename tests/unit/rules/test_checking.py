"""Rules that make no sense: told with file, line, field and what was expected."""

from typing import Final

import pytest

from streams.errors import ConfigError
from streams.rules.checking import detector_name
from streams.rules.reading import read_pack
from tests.support.packs import changed, rule_of, text_of

T03: Final = "rules/T03.yaml"
W02: Final = "rules/W02.yaml"
W04: Final = "rules/W04.yaml"
W05: Final = "rules/W05.yaml"

SENSE: Final = {
    "a category that is not in the taxonomy": (
        W04,
        "[INT-01, INT-02]",
        "[INT-01, INT-09]",
        9,
        "detector.categories[1]: INT-09 is not in the taxonomy",
    ),
    "a surge of none": (W05, "at_least: 6", "at_least: 0", 6, "detector.at_least: expected 1"),
    "a surge of none in one class": (
        W05,
        "at_least: 6",
        "at_least: [6, 6, 0, 6]",
        6,
        "detector.at_least: expected 1 or more",
    ),
    "no severity": (
        T03,
        "severity: medium\n",
        "",
        1,
        "severity: is missing; only evidence can take the taxonomy's",
    ),
    "no ladder": (
        W05,
        "ladders: OPS\n",
        "",
        1,
        "ladders: is missing; only evidence can take the taxonomy's",
    ),
    "two watches over one scope": (
        T03,
        "{scope: pair, begins",
        "{scope: tps, begins",
        11,
        "detector.watches[1]: scope tps stands twice; expected one watch each",
    ),
    "a clock that nothing starts": (
        T03,
        "since: plan.opens_at, ",
        "",
        10,
        "detector.watches[0]: expected `begins`, `since`, or both: when the clock starts",
    ),
    "a time of the plan for a pair": (
        T03,
        "{scope: pair,",
        "{scope: pair, since: plan.opens_at,",
        11,
        "detector.watches[1]: `since` and `final_counts` are for a TPS, not a pair",
    ),
    "final counts of a pair": (
        T03,
        "{scope: pair,",
        "{scope: pair, final_counts: true,",
        11,
        "detector.watches[1]: `since` and `final_counts` are for a TPS, not a pair",
    ),
    "a rise to nothing": (
        T03,
        "  raise_to: high\n",
        "",
        9,
        "detector.watches[0]: rises without detector.raise_to; expected a severity",
    ),
    "two ways to rise": (
        T03,
        "raise_at: 2",
        "raise_at: 2, raise_after: 5m",
        10,
        "detector.watches[0]: expected one of `raise_at` and `raise_after`",
    ),
    "a silence that cannot be told from heartbeats": (
        T03,
        "[45m, 30m, 15m, 30m]",
        "[45m, 30m, 14m, 30m]",
        11,
        "detector.watches[1].limit: expected 15m or longer for silence",
    ),
    "an expression that does not close": (
        T03,
        "ends: [closed]",
        "ends: [closed, {on: [postponed], where: '(true'}]",
        11,
        "detector.watches[1].ends[1].where: line 1, column 6: found the end, expected an operator",
    ),
    "an expression that is no yes or no": (
        T03,
        "begins: [opened]",
        "begins: [{on: [opened], where: event.kind}]",
        11,
        "detector.watches[1].begins[0].where: line 1, column 1: found Happening, expected bool",
    ),
    "a box asked for where there is none": (
        T03,
        "begins: [opened]",
        "begins: [{on: [opened], where: 'departure.box == event.box'}]",
        11,
        "detector.watches[1].begins[0].where: line 1, column 1: found departure",
    ),
    "a pause that cannot be read": (
        T03,
        "raise_at: 2",
        "pauses: [{begins: [{on: [suspended], where: x}], ends: [resumed]}]",
        10,
        "detector.watches[0].pauses[0].begins[0].where: line 1, column 1: found x",
    ),
    "a pause that cannot end": (
        T03,
        "raise_at: 2",
        "pauses: [{begins: [suspended], ends: [resumed, {on: [opened], where: x}]}]",
        10,
        "detector.watches[0].pauses[0].ends[1].where: line 1, column 1: found x",
    ),
    "a condition of nothing": (
        W02,
        "  on: [duress]\n",
        "",
        6,
        "detector: expected `on`, the happenings that it is about; not for a form",
    ),
    "a form without a check": (
        W02,
        "scope: officer",
        "scope: form",
        6,
        "detector: expected `check` with scope form, and only there",
    ),
    "a check without a form": (
        W02,
        "scope: officer",
        "scope: officer\n  check: sums",
        6,
        "detector: expected `check` with scope form, and only there",
    ),
    "happenings of a form": (
        W02,
        "scope: officer",
        "scope: form\n  check: sums",
        6,
        "detector: expected `on`, the happenings that it is about; not for a form",
    ),
    "a quarantine of what is no form": (
        W02,
        "scope: officer",
        "scope: officer\n  quarantine: true",
        6,
        "detector: `quarantine` is for scope form",
    ),
    "a worse case that is not worse": (
        W02,
        "scope: officer",
        "scope: officer\n  raise_where: 'event.queue > 3'",
        6,
        "detector: raise_where without raise_to; expected a severity",
    ),
    "an end that names the TPS of an officer": (
        W02,
        'event.situation == "aman"',
        "tps.dpt > 3",
        11,
        "detector.ends[0].where: line 1, column 25: found tps",
    ),
    "a condition that cannot be read": (
        W02,
        "scope: officer",
        "scope: officer\n  where: event.boss",
        9,
        "detector.where: line 1, column 7: found boss, expected a field of event",
    ),
    "a worse case that cannot be read": (
        W02,
        "scope: officer",
        "scope: officer\n  raise_to: high\n  raise_where: event.boss",
        10,
        "detector.raise_where: line 1, column 7: found boss, expected a field of event",
    ),
}
"""What is changed in which file, on which line it is told, and what is said."""


@pytest.mark.parametrize(("file", "old", "new", "line", "told"), SENSE.values(), ids=SENSE)
def test_a_rule_that_makes_no_sense_is_refused(
    file: str, old: str, new: str, line: int, told: str
) -> None:
    """The message names the file, the line, the field, and what was expected."""
    with pytest.raises(ConfigError) as refused:
        read_pack(changed(file, old, new))
    assert str(refused.value).startswith(f"{file}:{line}: {told}")


def test_only_evidence_may_leave_severity_and_ladder_to_the_taxonomy() -> None:
    """The rule of evidence names neither, and is read."""
    rule = rule_of(text_of(), "W04")
    assert (None, None) == (rule.severity, rule.ladders)


def test_the_shortest_silence_that_can_be_told_is_allowed() -> None:
    """One minute less is refused; a watch that does not listen for any message may be shorter."""
    assert "T03" == rule_of(text_of()).id
    short = changed(T03, "messages: any, limit: [45m, 30m, 15m, 30m]", "limit: 1m")
    assert "T03" == rule_of(short).id


def test_a_rise_after_a_time_is_as_good_as_a_multiple() -> None:
    """Either is enough, and both name where it rises to."""
    assert "T03" == rule_of(changed(T03, "raise_at: 2", "raise_after: 5m")).id


@pytest.mark.parametrize(
    ("rule_id", "name"),
    [("T03", "overdue"), ("W02", "condition"), ("W04", "score"), ("W05", "surge")],
)
def test_a_detector_has_the_name_that_packs_call_it_by(rule_id: str, name: str) -> None:
    """The word behind `type:`."""
    assert name == detector_name(rule_of(text_of(), rule_id).detector)
