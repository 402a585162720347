"""The pilkades of 56 desa that ships: real where it can be, made by a program, without a fault."""

from collections import Counter

import pytest

from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.times import HOUR_MS
from streams.domain.words import AreaKind, Role, TpsClass
from streams.territory.plan import ElectionKind, Plan
from streams.wire.folder import load_folder, shipped_areas
from tools.make_rejang_lebong_pilkades import FOLDER, files
from tools.rejang_lebong_pilkades_facts import (
    AIR_NAU,
    BELUMAI_II,
    BENGKO,
    DESA_COUNT,
    DURIAN_MAS,
    REALLY_VOTED,
    SUKA_DATANG,
    VOTED_IN_2023,
)

KABUPATEN = AreaCode("17.02")
CURUP = AreaCode("17.02.09")


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


def test_56_desa_of_14_kecamatan_vote_on_the_day(plan: Plan) -> None:
    """By their real codes, in every kecamatan but Curup, which has no desa; on 20 February 2020."""
    real = shipped_areas().below([KABUPATEN], AreaKind.DESA)
    voting = set(plan.tps_of_desa)
    assert DESA_COUNT == 56 == len(voting)
    assert voting < set(real)
    assert {"2"} == {code[9] for code in voting}
    everywhere = {kecamatan_of(code) for code in real}
    assert everywhere - {CURUP} == {kecamatan_of(code) for code in voting}
    assert ("2020-02-20", 420) == (plan.election.date, plan.offset_minutes(KABUPATEN))


def test_who_is_known_to_have_voted_votes(plan: Plan) -> None:
    """And nobody who voted three years later: a head serves for six."""
    voting = set(plan.tps_of_desa)
    named = {"17.02.11.2013": "Kampung Baru", "17.02.20.2004": "Taba Padang"}
    named["17.02.21.2004"] = "Karang Pinang"
    assert named == {code: plan.desa[AreaCode(code)] for code in sorted(REALLY_VOTED)}
    assert voting >= REALLY_VOTED
    assert voting.isdisjoint(VOTED_IN_2023)


def test_each_desa_elects_its_head(plan: Plan) -> None:
    """One contest a desa, with two to five to choose from, by number."""
    assert ElectionKind.PILKADES is plan.election.kind
    contests = {contest.area: contest for contest in plan.election.contests}
    assert 56 == len(plan.election.contests) == len(contests)
    assert set(plan.tps_of_desa) == set(contests)
    assert {2, 3, 4, 5} == {len(contest.choices) for contest in contests.values()}
    assert {"01", "02", "03", "04", "05"} == {n for one in contests.values() for n in one.choices}


def test_a_desa_has_one_to_three_tps(plan: Plan) -> None:
    """134 with 52,442 voters, at most 500 each; from eight o'clock to two."""
    assert (134, 52_442) == (len(plan.tps), sum(tps.dpt for tps in plan.tps.values()))
    assert 500 >= max(tps.dpt for tps in plan.tps.values())
    assert {1, 2, 3} == {len(codes) for codes in plan.tps_of_desa.values()}
    [(opens_at, closes_at)] = {(tps.opens_at, tps.closes_at) for tps in plan.tps.values()}
    midnight = plan.election.day_start_at(plan.offset_minutes(KABUPATEN))
    assert (8 * HOUR_MS, 14 * HOUR_MS) == (opens_at - midnight, closes_at - midnight)


def test_the_map_of_conflicts_is_that_of_the_story(plan: Plan) -> None:
    """Eight TPS of five desa, one of them above all."""
    unsafe = [tps for tps in plan.tps.values() if tps.tps_class is not TpsClass.KURANG_RAWAN]
    expected = {DURIAN_MAS: 3, BELUMAI_II: 2, SUKA_DATANG: 1, BENGKO: 1, AIR_NAU: 1}
    assert expected == Counter(tps.desa for tps in unsafe)
    [worst] = [tps.code for tps in unsafe if tps.tps_class is TpsClass.SANGAT_RAWAN]
    assert f"{DURIAN_MAS}-001" == worst
    offline = [tps.code for tps in plan.tps.values() if tps.internet is False]
    assert [f"{AIR_NAU}-001", f"{AIR_NAU}-002"] == offline


def test_everybody_who_is_told_something_of_is_reached(plan: Plan) -> None:
    """27 Bhabinkamtibmas, one of them in each desa of the map; pairs have two officers."""
    desa = {o.desa for o in plan.officers.values() if o.role is Role.BHABINKAMTIBMAS}
    assert {DURIAN_MAS, BELUMAI_II, SUKA_DATANG, BENGKO, AIR_NAU} <= desa
    assert 27 == len(desa)
    pairs = Counter(officer.pair for officer in plan.officers.values() if officer.pair)
    assert {pair: 2 for _, pair in plan.pairs} == pairs


def test_everybody_reached_is_invented(plan: Plan) -> None:
    """A demo must not call a real person."""
    assert {} == plan.phones.numbers
    assert all(officer.name.startswith("Sandi ") for officer in plan.officers.values())
    assert all(
        contact.target.startswith("https://notify.example.invalid/") for contact in plan.contacts
    )
