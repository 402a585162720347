"""A TPS that is closed or postponed: what that ends, and what goes on all the same (`tables`).

Each firing case is cut at its first alert. A second before that alert every TPS of the case says
that it was closed, or postponed; or a minute after it. The rest of the day stays out, so that only
this word can have made the difference.
"""

from functools import cache

import pytest
from msgspec.structs import replace

from streams.domain.effects import Line
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS
from tests.conformance.cases import RULE_IDS, Tried
from tests.conformance.final import openings
from tests.conformance.left_out import Transform, cases_for
from tests.conformance.playing import Played, Scenario, play
from tests.conformance.tables import TABLE, Word
from tests.conformance.transforms import merged, told_by_all, until_ms
from tests.conformance.worlds import scenario_of

WORDS = {"closed": Transform.CLOSED, "postponed": Transform.POSTPONED}
WATCHED_MS = 3 * HOUR_MS
"""How long nothing may fire after the word."""


def word_of(rule_id: str, kind: str) -> Word:
    """Return what the table says of a rule. Raises AssertionError: nobody has said it."""
    assert rule_id in TABLE, f"say in tables.py what {rule_id} does at a TPS that is {kind}"
    row = TABLE[rule_id]
    return row.closed if kind == "closed" else row.postponed


def firing(kind: str, rule_id: str) -> list[tuple[Tried, Line]]:
    """Return the cases of a rule that fire, each with its first alert."""
    cases = [one for one in cases_for(WORDS[kind], rule_id) if one.fires]
    return [(one, first_of(one)) for one in cases]


@cache
def first_of(tried: Tried) -> Line:
    """Return the line with which the first alert of a firing case opens."""
    return openings(play(scenario_of(tried)), tried.rule)[0]


def with_word(scenario: Scenario, kind: str, at_ms: int) -> Scenario:
    """Return a scenario in which every TPS says a word more, a whole second before what follows."""
    words = told_by_all(scenario, kind, at_ms // SECOND_MS * SECOND_MS)
    return replace(scenario, messages=merged(words, scenario.messages))


def is_of(first: Line, line: Line) -> bool:
    """Tell whether two lines are about one thing."""
    return (first.scope, first.key) == (line.scope, line.key)


def still_holds(played: Played, first: Line) -> bool:
    """Tell whether the alert of a line holds in the end."""
    return any(one.id == first.alert and one.holds for one in played.alerts)


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_what_comes_after_the_word(rule_id: str, kind: str) -> None:
    """What would fire a second later fires all the same, or not for hours."""
    word, found = word_of(rule_id, kind), list[str]()
    for tried, first in firing(kind, rule_id):
        cut = until_ms(scenario_of(tried), first.at, first.at + WATCHED_MS)
        played = play(with_word(cut, kind, first.at - SECOND_MS))
        fires = any(is_of(first, line) for line in openings(played, rule_id))
        if fires is not word.fires_after:
            found.append(f"{tried.name}: fires after {kind}: {fires}, though: {word.reason}")
    assert [] == found


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_what_holds_when_the_word_comes(rule_id: str, kind: str) -> None:
    """What has been told holds on, or ends with it."""
    word, found = word_of(rule_id, kind), list[str]()
    cases = holding_on(rule_id, kind)
    assert cases, "some alert must be there"
    for tried, first in cases:
        holds = still_holds(play(with_word(*first_minute(tried, first, kind))), first)
        if holds is not word.outlives:
            found.append(f"{tried.name}: outlives {kind}: {holds}, though: {word.reason}")
    assert [] == found


def first_minute(tried: Tried, first: Line, kind: str) -> tuple[Scenario, str, int]:
    """Return a case up to a minute after its first alert, and what is said then."""
    then = first.at + MINUTE_MS
    return until_ms(scenario_of(tried), then - SECOND_MS, then + SECOND_MS), kind, then


def holding_on(rule_id: str, kind: str) -> list[tuple[Tried, Line]]:
    """Return the firing cases whose first alert holds a minute later if nothing more is said."""
    return [
        (tried, first)
        for tried, first in firing(kind, rule_id)
        if still_holds(play(first_minute(tried, first, kind)[0]), first)
    ]
