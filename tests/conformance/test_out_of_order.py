"""Out of order: what comes at once may come in any order.

A network that was away comes back and brings some minutes of messages, or half a day of them, in
one second. In whatever order they stand in the log, the same holds when they are all judged. What
began and ended within the burst may be told or not.
"""

from functools import cache

import pytest

from streams.domain.times import DAY_MS, MINUTE_MS
from tests.conformance.cases import RULE_IDS, Tried
from tests.conformance.final import holding
from tests.conformance.left_out import NOTHING_TO_TURN, Transform, cases_for, live_elsewhere
from tests.conformance.playing import differences, play
from tests.conformance.transforms import longer, turned
from tests.conformance.worlds import scenario_of

AWAY = {"minutes": 9 * MINUTE_MS, "the_whole_day": DAY_MS}
"""A report of nine minutes ago is still in its window; one of the whole day waits for a person."""
ORDERS = {"backwards": 0, "shuffled": 1}
SLACK_MS = 11 * MINUTE_MS
"""Beyond the end of a case: T13 waits for ten minutes from a receipt on."""
TURNED_MIN = 1


@cache
def held_in_turn(tried: Tried, away_ms: int) -> tuple[str, ...]:
    """Return what holds after a case whose bursts came in the order of their sending."""
    return held_after(tried, away_ms, None)


def held_after(tried: Tried, away_ms: int, seed: int | None) -> tuple[str, ...]:
    """Return what holds after a case whose bursts came in some order."""
    played = play(turned(longer(scenario_of(tried), SLACK_MS), away_ms, seed))
    return holding(played.without(live_elsewhere(tried)))


def told_otherwise(rule_id: str, away_ms: int, seed: int) -> list[str]:
    """Turn the bursts of a rule's cases, and return what holds otherwise by that."""
    found: list[str] = []
    for tried in cases_for(Transform.OUT_OF_ORDER, rule_id):
        in_turn, held = held_in_turn(tried, away_ms), held_after(tried, away_ms, seed)
        found += differences(tried.name, in_turn, held)
    return found


@pytest.mark.parametrize("away_ms", AWAY.values(), ids=AWAY)
@pytest.mark.parametrize("seed", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_the_order_within_a_burst_changes_nothing(rule_id: str, seed: int, away_ms: int) -> None:
    """The same alerts hold, as bad, and in the hands of the same people."""
    assert [] == told_otherwise(rule_id, away_ms, seed)


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_every_rule_has_bursts_to_turn(rule_id: str) -> None:
    """The test above is about something: some cases have several messages in one burst.

    What is said to have none has none.
    """
    scenarios = [scenario_of(tried) for tried in cases_for(Transform.OUT_OF_ORDER, rule_id)]
    different = [
        one.name
        for one in scenarios
        if turned(one, DAY_MS, 0).messages != turned(one, DAY_MS, None).messages
    ]
    if rule_id in NOTHING_TO_TURN:
        assert [] == different
    else:
        assert TURNED_MIN <= len(different)
