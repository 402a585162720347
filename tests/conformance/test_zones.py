"""WIB, WITA, WIT: the same day at the same local times, wherever in Indonesia it is."""

import pytest
from msgspec.structs import replace

from tests.conformance.cases import RULE_IDS, Tried
from tests.conformance.left_out import Transform, cases_for
from tests.conformance.playing import as_told, differences, play
from tests.conformance.worlds import ZONES, Zone, as_written, plan_from, rewritten, scenario_of


def told_there(tried: Tried, zone: Zone) -> tuple[str, ...]:
    """Judge a case in a kabupaten of another zone, and tell it in its own words."""
    scenario = scenario_of(tried)
    there = replace(
        scenario,
        plans=(plan_from(tried.case, zone.says),),
        messages=rewritten(scenario.messages, zone.says),
        until=zone.moment(scenario.until),
    )
    return as_told(play(there), zone.back)


@pytest.mark.parametrize("zone", ZONES, ids=[zone.name for zone in ZONES])
@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_day_is_the_same_in_every_zone(rule_id: str, zone: Zone) -> None:
    """Every line at the same local time; every alert with the same words, numbers and evidence."""
    found: list[str] = []
    for tried in cases_for(Transform.ZONE, rule_id):
        here = as_written(tried)
        found += differences(tried.name, here, told_there(tried, zone))
    assert [] == found
