"""The little election of a test: its places, its hours, its day."""

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from streams.authoring.places import (
    DATE,
    KABUPATEN,
    NUMBERS,
    desa_code,
    moment_ms,
    moment_text,
    named,
    plan_of,
    tps_code,
    tps_of,
)
from streams.domain.ids import AreaCode
from streams.domain.times import DAY_MS, HOUR_MS
from streams.domain.words import TpsClass
from streams.errors import InputError
from streams.rules.cases import CaseWorld, RuleCase
from streams.territory.plan import Plan

CASE = RuleCase(name="a", until="08:00", expect=())
ALL = sorted(NUMBERS)


def plan(world: CaseWorld | None = None, numbers: Iterable[str] = "") -> Plan:
    """Return the plan of a test in a world of its own."""
    return plan_of(replace(CASE, world=world or CaseWorld()), numbers)


def test_the_tps_lie_in_six_desa() -> None:
    """Four of A, one of each other, and many more of A; C is of another kecamatan."""
    found = plan(numbers=ALL).tps
    desa = [found[tps_code(number)].desa for number in "123456789"]
    assert [desa_code(name) for name in "AAAABCDEF"] == desa
    assert {desa_code("A")} == {found[tps_code(str(number))].desa for number in range(101, 141)}
    others = [number for number in ALL if found[tps_code(number)].kecamatan != "36.04.17"]
    assert ["6"] == others


def test_a_desa_is_told_by_its_first_tps() -> None:
    """So that it votes where a report is of the desa alone."""
    assert ["1", "5", "6", "7", "8", "9"] == [tps_of(name) for name in "ABCDEF"]


def test_desa_are_neighbours_where_the_world_says() -> None:
    """Both ways, of those that the test speaks of."""
    world = CaseWorld(neighbours=(("B", "C"), ("A", "D")))
    beside = plan(world, "56").adjacency
    assert (desa_code("C"),) == beside[AreaCode(desa_code("B"))]
    assert AreaCode(desa_code("D")) not in beside


def test_a_test_has_only_the_tps_that_it_speaks_of() -> None:
    """And the first, or there would be no election."""
    assert {tps_code("1")} == set(plan().tps)
    assert {tps_code("1"), tps_code("3"), tps_code("6")} == set(plan(numbers="36").tps)


def test_codes_stand_for_braces() -> None:
    """Of TPS by number, of desa by letter; other braces stay."""
    assert "T03@36.04.17.2001-002" == named("T03@{2}")
    assert "36.04.17.2001-001 36.04.18.2001-001" == named("{1} {6}")
    assert "36.04.17.2001 36.04.17.2002 36.04.18.2001" == named("{A} {B} {C}")
    assert "36.04.17.2003 36.04.17.2001-112" == named("{D} {112}")
    assert "{0} {X} {place} 1 A" == named("{0} {X} {place} 1 A")


def test_a_world_says_what_matters_to_the_test() -> None:
    """Of every TPS; what it does not say is as on any day."""
    world = CaseWorld(
        poll_opens="08:00", poll_closes="12:00", dpt=100, transit_minutes=25, pair="P01"
    )
    tps = plan(world).tps[tps_code("1")]
    assert (100, 25, "P01") == (tps.dpt, tps.transit_minutes, tps.pair)
    assert (moment_ms("08:00"), moment_ms("12:00")) == (tps.opens_at, tps.closes_at)
    usual = plan().tps[tps_code("1")]
    assert (440, None, "", None) == (
        usual.dpt,
        usual.transit_minutes,
        usual.pair,
        usual.logistics_due_at,
    )
    assert (moment_ms("07:00"), moment_ms("13:00")) == (usual.opens_at, usual.closes_at)


def test_logistics_may_be_due_at_a_time_of_their_own() -> None:
    """On the day, as the plan has it."""
    tps = plan(CaseWorld(logistics_due="05:30")).tps[tps_code("1")]
    assert moment_ms("05:30") == tps.logistics_due_at


def test_ballots_follow_from_the_world() -> None:
    """440 voters and a reserve of a tenth are 484 ballots."""
    found = plan(CaseWorld(ballot_reserve=0.1, max_voters=500)).election
    assert (484, 500) == (found.ballots_due(440), found.max_voters)


def test_a_class_is_of_all_tps_or_of_one() -> None:
    """`class` for all, `classes` for some."""
    case = replace(CASE, tps_class=TpsClass.RAWAN, classes={"2": TpsClass.KHUSUS})
    found = plan_of(case, "123").tps
    assert ["rawan", "khusus", "rawan"] == [found[tps_code(number)].tps_class for number in "123"]


def test_a_dpt_is_of_all_tps_or_of_one() -> None:
    """`dpt` for all, `dpts` for some."""
    found = plan(CaseWorld(dpt=100, dpts={"2": 300}), "123").tps
    assert [100, 300, 100] == [found[tps_code(number)].dpt for number in "123"]


def test_a_contest_is_of_the_kabupaten() -> None:
    """With its choices; there may be several."""
    world = CaseWorld(contests={"bupati": ("01", "02"), "dprd": ("1", "2", "3")})
    found = [(one.id, one.area, one.choices) for one in plan(world).election.contests]
    assert [("bupati", KABUPATEN, ("01", "02")), ("dprd", KABUPATEN, ("1", "2", "3"))] == found


def test_in_a_pilkades_each_desa_has_its_own_contest() -> None:
    """Of those that the test speaks of."""
    world = CaseWorld(kind="pilkades", contests={"kades": ("01", "02")})
    found = plan(world, "26").election
    assert ("pilkades", [("kades-A", desa_code("A")), ("kades-C", desa_code("C"))]) == (
        found.kind,
        [(one.id, one.area) for one in found.contests],
    )


def test_officers_watch_where_the_world_says() -> None:
    """Two of the pair, the others of none; one of the desa B."""
    found = plan(CaseWorld(pair="P01"), "5").officers.values()
    assert {"petugas-1", "petugas-2"} == {one.officer for one in found if one.pair == "P01"}
    assert {"bhabin-2"} == {one.officer for one in found if one.desa == desa_code("B")}
    assert {"petugas-3"} == {one.officer for one in found if not one.on_duty}


@pytest.mark.parametrize(
    ("clock", "text"),
    [
        ("07:20", f"{DATE}T07:20:00+07:00"),
        ("07:20:01", f"{DATE}T07:20:01+07:00"),
        ("-1 21:00", "2024-11-26T21:00:00+07:00"),
        ("+1 12:00", "2024-11-28T12:00:00+07:00"),
        ("+4 12:00", "2024-12-01T12:00:00+07:00"),
    ],
)
def test_a_time_is_of_the_day_or_of_one_beside_it(clock: str, text: str) -> None:
    """Over the end of the month as well."""
    assert text == moment_text(clock)


def test_times_can_be_reckoned_with() -> None:
    """In milliseconds, wherever the day lies."""
    assert (HOUR_MS, DAY_MS) == (
        moment_ms("08:00") - moment_ms("07:00"),
        moment_ms("+1 07:00") - moment_ms("07:00"),
    )


@pytest.mark.parametrize(
    "clock", ["25:00", "07:60", "7:00", "07.00", "pagi", "x 07:00", "0700", ""]
)
def test_a_time_that_there_is_not_is_told(clock: str) -> None:
    """With the forms that there are."""
    with pytest.raises(InputError) as refused:
        moment_ms(clock)
    expected = f"found time {clock!r}, expected as 07:20, 07:20:01, -1 21:00 or +1 12:00"
    assert expected == str(refused.value)


def test_a_place_that_there_is_not_is_told() -> None:
    """With what there is."""
    with pytest.raises(InputError, match=r"^found TPS '0', expected 1 to 9 or 101 to 140$"):
        plan(numbers="0")
    with pytest.raises(InputError, match=r"^found desa 'X', expected one of A, B, C, D, E, F$"):
        desa_code("X")


@pytest.mark.parametrize(
    ("world", "told"),
    [
        (CaseWorld(kind="pilpres"), "kind: found 'pilpres'"),
        (CaseWorld(poll_opens="-1 07:00"), "poll_opens: found '-1 07:00'"),
        (CaseWorld(contests={}), "contests: found nothing"),
    ],
)
def test_a_world_that_cannot_be_is_told(world: CaseWorld, told: str) -> None:
    """What is wrong, and no warning beside it."""
    with pytest.raises(InputError, match=r"^its world cannot be: ") as refused:
        plan(world)
    assert told in str(refused.value)
    assert "[warning]" not in str(refused.value)
