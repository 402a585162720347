"""Told twice is told once: a redelivery changes no line and no alert, of no rule."""

import pytest

from streams.domain.times import HOUR_MS, MINUTE_MS
from tests.conformance.cases import RULE_IDS
from tests.conformance.left_out import Transform, cases_for
from tests.conformance.playing import Prepare, as_told, differences, play
from tests.conformance.transforms import again, longer
from tests.conformance.worlds import scenario_of


def told_otherwise(rule_id: str, after_ms: int, prepare: Prepare | None = None) -> list[str]:
    """Deliver all messages of a rule's cases twice, and return what is told otherwise by that."""
    found: list[str] = []
    for tried in cases_for(Transform.DUPLICATE, rule_id):
        scenario = longer(scenario_of(tried), after_ms + MINUTE_MS if after_ms else 0)
        once = as_told(play(scenario, prepare))
        twice = as_told(play(again(scenario, after_ms), prepare))
        found += differences(tried.name, once, twice)
    return found


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_what_is_delivered_twice_at_once_counts_once(rule_id: str) -> None:
    """Same id, same content, next to each other: the same lines and alerts, to the letter."""
    assert [] == told_otherwise(rule_id, 0)


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_what_is_redelivered_an_hour_later_counts_once(rule_id: str) -> None:
    """As after a worker was lost: nothing reopens, nothing ends, nothing climbs by it."""
    assert [] == told_otherwise(rule_id, HOUR_MS)
