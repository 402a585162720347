"""The pemilu in two zones: real where it can be, made by a program, without a fault."""

from collections import Counter

import pytest

from streams.domain.ids import AreaCode, desa_of, kabupaten_of, kecamatan_of
from streams.domain.words import AreaKind, TpsClass
from streams.territory.plan import ElectionKind, Plan
from streams.wire.folder import load_folder, shipped_areas
from streams.wire.time import format_time
from tools.make_dua_zona import BOTH, FOLDER, files

SERANG, JAYAPURA = AreaCode("36.04"), AreaCode("91.03")


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Load the folder; it must have no fault at all, not even a warning."""
    found, faults = load_folder(FOLDER)
    assert () == faults
    assert found is not None
    return found


def test_it_can_be_made_again_byte_for_byte() -> None:
    """Nobody edited it by hand, and no hash seed, clock or locale is in it."""
    made = {name: text.encode() for name, text in files().items()}
    assert made == {name: (FOLDER / name).read_bytes() for name in made}


def test_every_desa_of_seven_kecamatan_votes(plan: Plan) -> None:
    """Three of Serang and four of Jayapura, by their real codes."""
    chosen = {code for one in BOTH for code in one.kecamatan}
    real = shipped_areas().below([SERANG, JAYAPURA], AreaKind.DESA)
    assert set(plan.tps_of_desa) == {code for code in real if kecamatan_of(code) in chosen}
    areas = {code[:5] for code in chosen}
    assert ({SERANG, JAYAPURA}, 7, 69) == (areas, len(chosen), len(plan.tps_of_desa))


def test_all_open_at_seven_by_their_own_clocks(plan: Plan) -> None:
    """And close at one."""
    assert (ElectionKind.PEMILU, "2024-02-14") == (plan.election.kind, plan.election.date)
    for tps in plan.tps.values():
        offset = plan.offset_minutes(tps.code)
        assert "07:00" == format_time(tps.opens_at, offset)[11:16]
        assert "13:00" == format_time(tps.closes_at, offset)[11:16]
    assert (420, 540) == (plan.offset_minutes(SERANG), plan.offset_minutes(JAYAPURA))


def test_each_tps_votes_in_three_contests(plan: Plan) -> None:
    """Two are wider than its kabupaten."""
    for code in plan.tps:
        wide = [code[:2], code[:2], code[:5]]
        assert wide == [contest.area for contest in plan.election.contests_of(code)]


def test_size_and_classes_are_those_of_the_readme(plan: Plan) -> None:
    """122 TPS and 30,275 voters, at most 300 each."""
    assert (122, 30_275) == (len(plan.tps), sum(tps.dpt for tps in plan.tps.values()))
    assert 300 >= max(tps.dpt for tps in plan.tps.values())
    expected = {TpsClass.KURANG_RAWAN: 119, TpsClass.RAWAN: 3}
    assert expected == Counter(tps.tps_class for tps in plan.tps.values())
    assert 2 == len([tps for tps in plan.tps.values() if tps.internet is False])


def test_one_name_can_be_two_desa(plan: Plan) -> None:
    """Mekarsari of Anyar and Mekarsari of Cinangka."""
    named = {desa_of(code) for code in plan.tps if "Mekarsari" in plan.tps[code].name}
    assert {"36.04.30.2009", "36.04.31.2013"} == named


def test_both_kabupaten_have_a_pair_of_one_name(plan: Plan) -> None:
    """A pair belongs to its kabupaten; an officer's id is nobody else's."""
    assert {(SERANG, "P01"), (JAYAPURA, "P01")} <= set(plan.pairs)
    for (kabupaten, _), codes in plan.pairs.items():
        assert {kabupaten} == {kabupaten_of(code) for code in codes}
    officers = [officer for _, officer in plan.officers]
    assert len(set(officers)) == len(officers)


def test_everybody_reached_is_invented(plan: Plan) -> None:
    """A demo must not call a real person."""
    assert {} == plan.phones.numbers
    assert all(officer.name.startswith("Sandi ") for officer in plan.officers.values())
    assert all(
        contact.target.startswith("https://notify.example.invalid/") for contact in plan.contacts
    )
