"""The plan: hours, names, and the TPS that nobody listed."""

from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import HOUR_MS
from streams.domain.words import TpsClass
from streams.territory.plan import covers
from tests.unit.territory.folders import plan_of

PLAN = plan_of()
SERANG = AreaCode("36.04")
KNOWN, UNKNOWN = AreaCode("36.04.17.2010-001"), AreaCode("36.04.17.2010-009")


def test_a_listed_tps_is_itself() -> None:
    """Asking for it as maybe unknown changes nothing."""
    assert PLAN.tps[KNOWN] is PLAN.tps_or_unknown(KNOWN)


def test_an_unknown_tps_of_a_desa_that_votes_is_taken() -> None:
    """`kurang_rawan`, the election's hours, no voters, no pair, and it says that it is unlisted."""
    tps = PLAN.tps_or_unknown(UNKNOWN)
    assert tps is not None
    assert (UNKNOWN, "TPS 009", False) == (tps.code, tps.name, tps.listed)
    assert (TpsClass.KURANG_RAWAN, 0, "") == (tps.tps_class, tps.dpt, tps.pair)
    assert (PLAN.election.opens_at(420), PLAN.election.closes_at(420)) == (
        tps.opens_at,
        tps.closes_at,
    )
    assert ("Carenang", "Serang", AreaCode("36.04.17")) == (tps.polsek, tps.polres, tps.kecamatan)
    assert (None, None, None, None, None) == (
        tps.lat,
        tps.lon,
        tps.transit_minutes,
        tps.internet,
        tps.logistics_due_at,
    )


def test_a_tps_of_a_desa_that_does_not_vote_is_none() -> None:
    """Panunggulan exists, but has no TPS in this election."""
    assert PLAN.tps_or_unknown(AreaCode("36.04.17.2011-001")) is None


def test_names_go_from_the_province_down() -> None:
    """As far as a code goes; a code stands in for a name that is not known."""
    expected = ("Banten", "Serang", "Carenang", "Mekarsari", "TPS 1")
    assert expected == PLAN.name_path(KNOWN)
    assert expected[:3] == PLAN.name_path("36.04.17")
    assert (*expected[:4], str(UNKNOWN)) == PLAN.name_path(UNKNOWN)
    assert ("17", "17.02") == PLAN.name_path("17.02")


def test_areas_without_a_tps_have_names_as_well() -> None:
    """All desa of a watched kabupaten are known, and no other."""
    assert 326 == len(PLAN.desa)
    assert 29 == len(PLAN.kecamatan)
    assert ({SERANG: "Serang"}, (SERANG,)) == (PLAN.kabupaten, PLAN.kabupaten_codes)
    assert {SERANG} == PLAN.complete


def test_indexes_hold_sorted_codes() -> None:
    """TPS by desa, by Polsek and by pair."""
    first = [AreaCode(f"36.04.17.2010-00{number}") for number in (1, 2)]
    ragas, lamaran = AreaCode("36.04.17.2006-001"), AreaCode("36.04.18.2007-001")
    assert tuple(first) == PLAN.tps_of_desa[AreaCode("36.04.17.2010")]
    assert {(SERANG, "Carenang"): (ragas, *first, lamaran)} == PLAN.polsek
    assert {(SERANG, "P01"): (ragas, *first), (SERANG, "P02"): (lamaran,)} == PLAN.pairs


def test_a_polsek_may_span_kecamatan() -> None:
    """Carenang covers Binuang as well."""
    expected = (AreaCode("36.04.17"), AreaCode("36.04.18"))
    assert expected == PLAN.polsek_kecamatan(SERANG, "Carenang")
    assert () == PLAN.polsek_kecamatan(SERANG, "Curup")


@pytest.mark.parametrize(
    ("code", "watches", "votes"),
    [
        ("36.04.17.2010-009", True, True),
        ("36.04.17.2010", True, True),
        ("36.04.17.2011", True, False),
        ("36.04", True, False),
        ("17.02.09.1012", False, False),
    ],
)
def test_a_kabupaten_is_watched_a_desa_votes(code: str, *, watches: bool, votes: bool) -> None:
    """A desa of a watched kabupaten need not vote."""
    assert (watches, votes) == (PLAN.watches(code), PLAN.votes(code))


def test_hours_are_local() -> None:
    """The day begins in Jayapura two hours earlier."""
    election = PLAN.election
    assert election.day_start_at(420) - 2 * HOUR_MS == election.day_start_at(540)
    assert election.day_start_at(420) + 7 * HOUR_MS == election.opens_at(420)
    assert election.day_start_at(420) + 13 * HOUR_MS == election.closes_at(420)
    assert (420, 540) == (PLAN.offset_minutes("36.04"), PLAN.offset_minutes("91.03.01.2001-001"))


@given(st.integers(0, 100_000), st.sampled_from([0.0, 0.02, 0.025, 0.1, 1.0]))
def test_the_reserve_is_rounded_up_exactly(dpt: int, rate: float) -> None:
    """2.5 % of 200 is 5, not 6: no floating point error adds a ballot."""
    election = replace(PLAN.election, ballot_reserve=rate)
    exact = (Decimal(str(rate)) * dpt).to_integral_value(ROUND_CEILING)
    assert dpt + exact == election.ballots_due(dpt)


def test_a_tps_votes_in_the_contests_whose_area_holds_it() -> None:
    """Serang votes for bupati and gubernur, the rest of Banten for gubernur alone."""
    contests = PLAN.election.contests
    assert contests == PLAN.election.contests_of(KNOWN)
    assert contests[1:] == PLAN.election.contests_of("36.73.01.1001-001")
    assert () == PLAN.election.contests_of("17.02.09.1012-001")


@pytest.mark.parametrize(
    ("area", "code", "held"),
    [
        ("36", "36.04", True),
        ("36.04", "36.04", True),
        ("36.04.17.2010", "36.04.17.2010-001", True),
        ("36.04.17", "36.04.18.2007", False),
        ("36.04", "36", False),
        ("", "36", True),
    ],
)
def test_codes_nest_by_prefix(area: str, code: str, *, held: bool) -> None:
    """An area holds itself and what lies in it."""
    assert held is covers(area, code)
