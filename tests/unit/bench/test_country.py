"""Properties of the synthetic election."""

from collections import Counter

import pytest

from streams.domain.words import TpsClass
from streams.territory.fault import errors_of
from streams.territory.parse import parse_folder
from streams.territory.plan import Plan
from tests.bench.country import country_texts, small_country
from tests.unit.territory.folders import AREAS


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan of the election as it is measured."""
    parsed, faults = parse_folder(country_texts(small_country(), "2024-11-27"), AREAS)
    assert () == tuple(errors_of(faults))
    assert parsed is not None
    return parsed


def test_the_country_is_of_national_shape(plan: Plan) -> None:
    """4,800 TPS in twenty kabupaten of all three zones."""
    assert 4_800 == len(plan.tps)
    assert 20 == len(plan.kabupaten)
    assert {420, 480, 540} == {plan.offset_minutes(code) for code in plan.kabupaten}


def test_every_class_of_tps_occurs(plan: Plan) -> None:
    """Limits and ladders of each class are exercised."""
    classes = Counter(tps.tps_class for tps in plan.tps.values())
    assert set(TpsClass) == set(classes)
    assert TpsClass.KURANG_RAWAN is classes.most_common(1)[0][0]


def test_every_pair_watches_four_tps_and_has_two_officers(plan: Plan) -> None:
    """Silence of pairs is judged, and calls for help find their TPS."""
    assert {4} == {len(codes) for codes in plan.pairs.values()}
    officers = Counter((one.kabupaten, one.pair) for one in plan.officers.values())
    assert set(plan.pairs) == set(officers)
    assert {2} == set(officers.values())


def test_every_officer_belongs_to_the_pair_of_his_tps(plan: Plan) -> None:
    """An officer's call is about a TPS that his pair watches."""
    for officer in small_country().officers:
        assert officer.pair == plan.tps[officer.tps].pair  # type: ignore[index]  # It is a code.
