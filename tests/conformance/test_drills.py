"""A drill is judged as an election of its own: by all rules alike, and apart from the real one."""

from functools import cache

import pytest
from msgspec.structs import replace

from streams.authoring.places import ELECTION
from streams.domain.alert import Change
from streams.domain.ids import DRILL_MARK
from tests.conformance.cases import RULE_IDS, Tried
from tests.conformance.left_out import NOT_OF_A_DRILL, Transform, cases_for
from tests.conformance.playing import Played, Scenario, as_told, differences, play
from tests.conformance.transforms import (
    DRILL,
    as_drill,
    heard_first,
    merged,
    named_apart,
    silent,
)
from tests.conformance.worlds import scenario_of, told_beside

OF_THE_DRILL = f"{ELECTION}{DRILL_MARK}{DRILL}"
_NONE = frozenset[str]()


@cache
def heard(tried: Tried) -> Played:
    """Play a case in which every TPS has said a word before the rest."""
    return play(heard_first(scenario_of(tried)))


def as_heard(tried: Tried, without: frozenset[str] = _NONE) -> tuple[str, ...]:
    """Return what is told of it, of all rules but some."""
    return as_told(heard(tried).without(without))


def drilled(scenario: Scenario) -> Scenario:
    """Return a scenario whose messages are all of a drill."""
    beginning = scenario.messages[:1]
    return replace(scenario, messages=(*beginning, *as_drill(scenario.messages)))


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_drill_is_judged_as_the_day_itself(rule_id: str) -> None:
    """The same lines and alerts, marked as a drill; and none of what a drill has not."""
    found: list[str] = []
    for tried in cases_for(Transform.DRILL, rule_id):
        scenario = heard_first(scenario_of(tried))
        drill = play(drilled(scenario)).of(OF_THE_DRILL)
        found += differences(tried.name, as_heard(tried, NOT_OF_A_DRILL), as_told(drill))
        found += [f"{tried.name}: unmarked {line}" for line in drill.lines if not line.drill]
        found += [f"{tried.name}: unmarked {one}" for one in drill.alerts if not one.drill]
    assert [] == found


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_drill_tells_nothing_of_the_real_election(rule_id: str) -> None:
    """Of the real one is told what is told on a day on which nobody says anything."""
    found: list[str] = []
    for tried in cases_for(Transform.DRILL, rule_id):
        scenario = scenario_of(tried)
        played = play(drilled(scenario))
        real, quiet = played.of(ELECTION), play(silent(scenario))
        found += differences(tried.name, as_told(quiet), as_told(real))
        found += [f"{tried.name}: marked {line}" for line in real.lines if line.drill]
    assert [] == found


@pytest.mark.parametrize("rule_id", RULE_IDS)
@pytest.mark.parametrize("real_first", [True, False], ids=["real_first", "drill_first"])
def test_a_drill_beside_the_real_day_changes_nothing(rule_id: str, *, real_first: bool) -> None:
    """Both hear the same at the same time; each is told as if it were alone.

    Of two messages of one millisecond the first is judged before what falls due in it, so it is
    the one that is looked at.
    """
    found: list[str] = []
    for tried in cases_for(Transform.DRILL, rule_id):
        scenario = heard_first(scenario_of(tried))
        drill = as_drill(named_apart(scenario.messages))
        both = (scenario.messages, drill) if real_first else (drill, scenario.messages)
        played = play(replace(scenario, messages=merged(*both)))
        of, without = (ELECTION, _NONE) if real_first else (OF_THE_DRILL, NOT_OF_A_DRILL)
        told = as_told(played.of(of), told_beside)
        found += differences(tried.name, as_heard(tried, without), told)
    assert [] == found


def test_a_drill_watches_nobody_who_has_not_said_a_word() -> None:
    """No plan says who takes part in a drill: a TPS that is silent in it is not called overdue."""
    tried = next(one for one in cases_for(Transform.DRILL, "T03") if not one.case.events)
    scenario = scenario_of(tried)
    assert any(line.change is Change.OPENED for line in play(scenario).of_rule("T03").lines)
    assert () == play(drilled(scenario)).of(OF_THE_DRILL).lines
