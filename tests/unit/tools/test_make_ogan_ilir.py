"""The pilkada with a single pair: real where it can be, made by a program, without a fault."""

from collections import Counter

import pytest

from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.words import AreaKind, TpsClass
from streams.simulation.tally import EMPTY_COLUMN
from streams.territory.plan import ElectionKind, Plan
from streams.wire.folder import load_folder, shipped_areas
from tools.make_ogan_ilir import FOLDER, PAYARAMAN, files

KABUPATEN = AreaCode("16.10")


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


def test_all_sixteen_kecamatan_vote(plan: Plan) -> None:
    """With real codes: six desa of each, and all thirteen of Payaraman."""
    real = shipped_areas().below([KABUPATEN], AreaKind.DESA)
    assert 241 == len(real)
    assert set(plan.tps_of_desa) <= set(real)
    kecamatan = shipped_areas().below([KABUPATEN], AreaKind.KECAMATAN)
    expected = dict.fromkeys(kecamatan, 6) | {AreaCode(PAYARAMAN): 13}
    assert expected == Counter(kecamatan_of(code) for code in plan.tps_of_desa)
    assert 16 == len(expected)


def test_a_single_pair_stands_against_the_empty_column(plan: Plan) -> None:
    """On the day of the pilkada, in the whole kabupaten."""
    assert (ElectionKind.PILKADA, "2024-11-27") == (plan.election.kind, plan.election.date)
    [contest] = plan.election.contests
    assert (KABUPATEN, ("01", EMPTY_COLUMN)) == (contest.area, contest.choices)


def test_size_and_classes_are_those_of_the_readme(plan: Plan) -> None:
    """164 TPS and 73,008 voters, at most 600 each."""
    assert (164, 73_008) == (len(plan.tps), sum(tps.dpt for tps in plan.tps.values()))
    assert 600 >= max(tps.dpt for tps in plan.tps.values())
    expected = {TpsClass.KURANG_RAWAN: 158, TpsClass.RAWAN: 5, TpsClass.SANGAT_RAWAN: 1}
    assert expected == Counter(tps.tps_class for tps in plan.tps.values())
    assert 2 == len([tps for tps in plan.tps.values() if tps.internet is False])


def test_six_polsek_watch_with_pairs_of_their_own(plan: Plan) -> None:
    """A pair has as many TPS as the pattern of their class allows, and two officers."""
    assert 6 == len(plan.polsek)
    most = {TpsClass.KURANG_RAWAN: 8, TpsClass.RAWAN: 2, TpsClass.SANGAT_RAWAN: 1}
    for codes in plan.pairs.values():
        [tps_class] = {plan.tps[code].tps_class for code in codes}
        assert len(codes) <= most[tps_class]
    pairs = Counter(one.pair for one in plan.officers.values() if one.pair)
    assert {pair: 2 for _, pair in plan.pairs} == pairs


def test_everybody_reached_is_invented(plan: Plan) -> None:
    """A demo must not call a real person."""
    assert {} == plan.phones.numbers
    assert all(officer.name.startswith("Sandi ") for officer in plan.officers.values())
    assert all(
        contact.target.startswith("https://notify.example.invalid/") for contact in plan.contacts
    )
