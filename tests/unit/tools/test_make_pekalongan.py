"""The pilkades amid the pandemic that ships: made by a program, without a fault."""

from collections import Counter

import pytest

from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.words import AreaKind, Role, TpsClass
from streams.territory.plan import ElectionKind, Plan
from streams.wire.folder import load_folder, shipped_areas
from tools.make_pekalongan import FOLDER, files
from tools.pekalongan_facts import GEJLIG, KAYUPURING, PROTO, REALLY_VOTED, SAMPIH

KABUPATEN = AreaCode("33.26")
OF_ANOTHER_POLRES = {"33.26.14", "33.26.15"}
"""Buaran and Tirto are guarded by Polres Pekalongan Kota."""


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


def test_eighteen_desa_vote_on_the_day(plan: Plan) -> None:
    """By their real codes, none of a kelurahan or of another Polres; on 23 February 2022, WIB."""
    voting = set(plan.tps_of_desa)
    assert 18 == len(voting)
    assert voting < set(shipped_areas().below([KABUPATEN], AreaKind.DESA))
    assert {"2"} == {code[9] for code in voting}
    kecamatan = {kecamatan_of(code) for code in voting}
    assert 7 == len(kecamatan)
    assert kecamatan.isdisjoint(OF_ANOTHER_POLRES)
    assert ("2022-02-23", 420) == (plan.election.date, plan.offset_minutes(KABUPATEN))


def test_who_is_known_to_have_voted_votes(plan: Plan) -> None:
    """Surobayan and Sidosari were put off to this day."""
    names = {plan.desa[AreaCode(code)] for code in REALLY_VOTED}
    assert {"Surobayan", "Sidosari"} == names
    assert set(plan.tps_of_desa) > REALLY_VOTED


def test_each_desa_elects_its_head(plan: Plan) -> None:
    """One contest a desa, with two or three to choose from, by number."""
    assert ElectionKind.PILKADES is plan.election.kind
    contests = {contest.area: contest for contest in plan.election.contests}
    assert 18 == len(plan.election.contests) == len(contests)
    assert set(plan.tps_of_desa) == set(contests)
    assert {2, 3} == {len(contest.choices) for contest in contests.values()}


def test_no_tps_has_more_voters_than_the_rule_allows(plan: Plan) -> None:
    """86 TPS, 35,877 voters, at most 500 each; about as many a desa as in the kabupaten."""
    voters = sum(tps.dpt for tps in plan.tps.values())
    assert (86, 35_877) == (len(plan.tps), voters)
    assert 500 >= max(tps.dpt for tps in plan.tps.values())
    assert 0.85 < (voters / 18) / (72_376 / 33) < 1.15


def test_the_map_of_vulnerable_spots_is_that_of_the_story(plan: Plan) -> None:
    """Five TPS of three desa, one of them above all; those in the mountains have no internet."""
    unsafe = [tps for tps in plan.tps.values() if tps.tps_class is not TpsClass.KURANG_RAWAN]
    assert {GEJLIG: 2, PROTO: 2, SAMPIH: 1} == Counter(tps.desa for tps in unsafe)
    [worst] = [tps.code for tps in unsafe if tps.tps_class is TpsClass.SANGAT_RAWAN]
    assert f"{GEJLIG}-001" == worst
    offline = [tps.code for tps in plan.tps.values() if tps.internet is False]
    assert [f"{KAYUPURING}-001", f"{KAYUPURING}-002"] == offline


def test_the_named_desa_have_a_bhabinkamtibmas(plan: Plan) -> None:
    """Nine of eighteen desa have one."""
    desa = {o.desa for o in plan.officers.values() if o.role is Role.BHABINKAMTIBMAS}
    assert {GEJLIG, PROTO, SAMPIH, KAYUPURING} <= desa
    assert 9 == len(desa)


def test_everybody_reached_is_invented(plan: Plan) -> None:
    """A demo must not call a real person."""
    assert {} == plan.phones.numbers
    assert all(officer.name.startswith("Sandi ") for officer in plan.officers.values())
    assert all(
        contact.target.startswith("https://notify.example.invalid/") for contact in plan.contacts
    )
