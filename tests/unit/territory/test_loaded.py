"""Several elections at once: which of them a place belongs to."""

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import DAY_MS, EpochMs
from streams.errors import InputError
from streams.territory.loaded import Territory
from streams.territory.plan import Plan
from streams.territory.zone import local_time
from tests.unit.territory.folders import TEXTS, TPS, plan_of

BASE = plan_of()
LISTED = AreaCode("36.04.17.2010-001")
DAY = "2024-11-27"


def election(name: str, date: str, *, tps: str = TPS) -> Plan:
    """Return a plan of another date, perhaps with other TPS."""
    plan = (
        plan_of(TEXTS | {"tps.csv": tps, "adjacency.csv": "desa_a,desa_b\n"})
        if tps != TPS
        else BASE
    )
    return replace(plan, election=replace(plan.election, id=ElectionId(name), date=date))


FEW = (
    "\n".join(
        line for line in TPS.split("\n") if not line.startswith(("36.04.17.2010", "36.04.17.2006"))
    ).replace(",P02,", ",P01,")
    + TPS.split("\n")[4].replace("2007-001", "2007-002")
    + "\n"
)


def noon(date: str) -> EpochMs:
    """Return noon of a day in Serang."""
    return local_time(date, "12:00", 420)


def test_plans_are_found_by_id() -> None:
    """In the order of their ids."""
    territory = Territory.of([election("b", DAY), election("a", "2025-06-01")])
    assert ["a", "b"] == list(territory.plans)
    found = territory.by_id("b")
    assert found is not None
    assert "b" == found.election.id
    assert territory.by_id("c") is None


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("2024-11-27", "first"),
        ("2024-12-01", "first"),
        ("2024-12-04", "second"),
        ("2024-12-07", "second"),
        ("2025-03-01", "second"),
        ("2023-01-01", "first"),
    ],
)
def test_a_place_belongs_to_the_nearest_election(near: str, expected: str) -> None:
    """A repeated poll ten days later takes over half way."""
    territory = Territory.of([election("second", "2024-12-07"), election("first", DAY)])
    for code in (LISTED, AreaCode("36.04.17.2011"), AreaCode("36.04"), AreaCode("36")):
        found = territory.of_place(code, noon(near))
        assert found is not None
        assert expected == found.election.id


def test_of_two_as_near_the_earlier_is_taken() -> None:
    """So that the answer does not depend on the order of loading."""
    plans = [election("a", "2024-12-07"), election("b", "2024-11-27")]
    between = EpochMs(local_time("2024-12-02", 0, 420) + DAY_MS // 2)
    for order in (plans, plans[::-1]):
        found = Territory.of(order).of_place(LISTED, between)
        assert found is not None
        assert "b" == found.election.id


def test_a_tps_belongs_to_an_election_that_has_it() -> None:
    """Even if another, of the same kabupaten, is nearer; its desa's citizens follow the nearer."""
    few = election("repeat", "2024-12-07", tps=FEW)
    territory = Territory.of([BASE, few])
    on_the_day = noon("2024-12-07")
    for code, expected in (
        (LISTED, BASE.election.id),
        (AreaCode("36.04.17.2010-099"), BASE.election.id),
        (AreaCode("36.04.18.2007-001"), "repeat"),
        (AreaCode("36.04.18.2007-002"), "repeat"),
        (AreaCode("36.04.18.2007-099"), "repeat"),
        (AreaCode("36.04.17.2011-001"), "repeat"),
        (AreaCode("36.04.17.2010"), "repeat"),
    ):
        found = territory.of_place(code, on_the_day)
        assert found is not None
        assert (code, expected) == (code, found.election.id)


def test_a_place_that_nobody_watches_belongs_to_none() -> None:
    """Nor does a province without a TPS, nor a code that no province has."""
    territory = Territory.of([BASE])
    for code in ("17.02.09.1012", "17", "20.01", "99"):
        assert territory.of_place(AreaCode(code), noon(DAY)) is None
    assert Territory.of([]).of_place(LISTED, noon(DAY)) is None


@pytest.mark.parametrize("days", ["2024-11-27", "2024-11-24", "2024-11-30"])
def test_two_that_share_a_tps_lie_apart(days: str) -> None:
    """Within three days nobody could tell to which a message belongs."""
    with pytest.raises(InputError, match=r"36\.04\.17\.2006-001 in other .* and in serang-2024"):
        Territory.of([BASE, election("other", days)])


def test_four_days_are_apart_enough_and_other_tps_too() -> None:
    """Only a shared TPS is a clash."""
    tps = FEW.replace("2007-001", "2007-005").replace("2007-002", "2007-006")
    assert 2 == len(Territory.of([BASE, election("other", "2024-12-01")]).plans)
    assert 2 == len(Territory.of([BASE, election("other", DAY, tps=tps)]).plans)


def test_two_of_one_id_are_refused() -> None:
    """Messages name an election by its id."""
    with pytest.raises(InputError, match="expected an id that no other has"):
        Territory.of([BASE, election("serang-2024", "2025-11-27")])
