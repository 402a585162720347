"""Several elections are loaded at once: each is judged by what is told of it, nothing else."""

import pytest
from msgspec.structs import replace

from streams.authoring.places import ELECTION
from tests.conformance.cases import RULE_IDS, Tried
from tests.conformance.left_out import Transform, cases_for
from tests.conformance.playing import Message, Played, Scenario, as_told, differences, play
from tests.conformance.transforms import merged, named_apart, silent
from tests.conformance.worlds import (
    ANOTHER_POLL,
    BESIDE,
    another_poll_of,
    as_written,
    beside,
    plan_from,
    rewritten,
    scenario_of,
    told_beside,
)


def with_both(tried: Tried, *, own_first: bool) -> Scenario:
    """Return a day on which two elections in other desa of a kabupaten hear the same."""
    scenario = scenario_of(tried)
    plans = (*scenario.plans, plan_from(tried.case, beside))
    there = named_apart(rewritten(scenario.messages[1:], beside), BESIDE)
    both = (scenario.messages, there) if own_first else (there, scenario.messages)
    return replace(scenario, plans=plans, messages=merged(*both))


@pytest.mark.parametrize("rule_id", RULE_IDS)
@pytest.mark.parametrize("own_first", [True, False], ids=["own_first", "other_first"])
def test_an_election_in_other_desa_changes_nothing(rule_id: str, *, own_first: bool) -> None:
    """Two elections of one day in one kabupaten; each is told as if it were alone.

    Of two messages of one millisecond the first is judged before what falls due in it, so it is
    the one that is looked at.
    """
    found: list[str] = []
    for tried in cases_for(Transform.ELECTIONS, rule_id):
        played = play(with_both(tried, own_first=own_first))
        told = as_told(played.of(ELECTION if own_first else BESIDE), told_beside)
        found += differences(tried.name, as_written(tried), told)
    assert [] == found


def beside_another_poll(tried: Tried, messages: tuple[Message, ...]) -> Played:
    """Judge messages where a second poll of the same TPS, eleven days later, is loaded as well."""
    scenario = scenario_of(tried)
    plans = (*scenario.plans, plan_from(tried.case, another_poll_of))
    return play(replace(scenario, plans=plans, messages=messages))


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_what_names_no_election_belongs_to_the_nearest_poll(rule_id: str) -> None:
    """A later poll of the same TPS hears nothing of it, and tells nothing."""
    found: list[str] = []
    for tried in cases_for(Transform.ELECTIONS, rule_id):
        scenario = scenario_of(tried)
        played = beside_another_poll(tried, scenario.messages)
        found += differences(tried.name, as_written(tried), as_told(played.of(ELECTION)))
        found += differences(tried.name, (), as_told(played.of(ANOTHER_POLL)))
    assert [] == found


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_what_names_another_poll_of_the_same_tps_does_not_count(rule_id: str) -> None:
    """Of the nearer one is told what is told on a day on which nobody says anything."""
    found: list[str] = []
    for tried in cases_for(Transform.ELECTIONS, rule_id):
        scenario = scenario_of(tried)
        elsewhere = named_apart(scenario.messages, ANOTHER_POLL)
        played = beside_another_poll(tried, (*scenario.messages[:1], *elsewhere))
        quiet = as_told(play(silent(scenario)))
        found += differences(tried.name, quiet, as_told(played.of(ELECTION)))
    assert [] == found
