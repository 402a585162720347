"""The folder that ships: real where it can be, made by a program, without a fault."""

import time
from collections import Counter
from pathlib import Path

import pytest

from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.words import AreaKind, Role, TpsClass
from streams.territory.plan import Plan
from streams.wire.folder import load_folder, shipped_areas
from tools.make_rejang_lebong import FOLDER, files
from tools.rejang_lebong_facts import HARD_DESA, POLSEK

KABUPATEN = AreaCode("17.02")


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


def test_every_desa_of_the_kabupaten_votes(plan: Plan) -> None:
    """156 desa and kelurahan in 15 kecamatan, 445 TPS, by their real codes."""
    real = shipped_areas().below([KABUPATEN], AreaKind.DESA)
    assert set(real) == set(plan.tps_of_desa)
    assert (445, 156, 15) == (len(plan.tps), len(plan.desa), len(plan.kecamatan))
    assert (KABUPATEN,) == plan.kabupaten_codes
    assert real == dict(plan.desa)


def test_voters_are_those_of_the_list(plan: Plan) -> None:
    """208,094 in all, 663 of them in the prison, at most 600 at a TPS, nowhere none."""
    assert 208_094 == sum(tps.dpt for tps in plan.tps.values())
    assert 663 == sum(tps.dpt for tps in plan.tps.values() if tps.tps_class is TpsClass.KHUSUS)
    assert 1 <= min(tps.dpt for tps in plan.tps.values())
    assert 600 >= max(tps.dpt for tps in plan.tps.values())


def test_each_class_occurs(plan: Plan) -> None:
    """Mostly `kurang_rawan`, and enough of the others to see every rule."""
    expected = {
        TpsClass.KURANG_RAWAN: 432,
        TpsClass.RAWAN: 8,
        TpsClass.SANGAT_RAWAN: 3,
        TpsClass.KHUSUS: 2,
    }
    assert expected == Counter(tps.tps_class for tps in plan.tps.values())


def test_fifteen_are_hard_to_reach(plan: Plan) -> None:
    """Without internet, two hours and more from the PPK, in the desa that were named."""
    hard = [tps for tps in plan.tps.values() if tps.internet is False]
    easy = [tps for tps in plan.tps.values() if tps.internet is not False]
    assert (15, 430) == (len(hard), len(easy))
    assert HARD_DESA == Counter(plan.desa[tps.desa] for tps in hard)
    assert min(tps.transit_minutes or 0 for tps in hard) >= 120
    assert max(tps.transit_minutes or 0 for tps in easy) < 120


def test_each_kecamatan_has_one_polsek(plan: Plan) -> None:
    """Seven Polsek share fifteen kecamatan."""
    assert {(KABUPATEN, name) for name in POLSEK} == set(plan.polsek)
    spans = [plan.polsek_kecamatan(KABUPATEN, name) for name in POLSEK]
    assert sorted(plan.kecamatan) == sorted(code for span in spans for code in span)


def test_pairs_follow_the_patterns(plan: Plan) -> None:
    """At most 8 TPS, in town 16; 2 where it is `rawan`, 1 above; each in one kecamatan."""
    for codes in plan.pairs.values():
        group = [plan.tps[code] for code in codes]
        (rawan,) = {tps.tps_class for tps in group}
        (polsek,) = {tps.polsek for tps in group}
        calm = 16 if polsek == "Curup" else 8
        assert 1 == len({kecamatan_of(code) for code in codes})
        assert len(codes) <= {TpsClass.KURANG_RAWAN: calm, TpsClass.RAWAN: 2}.get(rawan, 1)
    assert 445 == sum(map(len, plan.pairs.values()))
    assert 16 >= max(map(len, plan.pairs.values())) > 8


def test_each_pair_is_two_officers(plan: Plan) -> None:
    """And less than half of the desa have a Bhabinkamtibmas; nobody has a telephone."""
    roles = Counter(officer.role for officer in plan.officers.values())
    pairs = Counter(officer.pair for officer in plan.officers.values() if officer.pair)
    assert {pair: 2 for _, pair in plan.pairs} == pairs
    assert 2 * len(plan.pairs) == roles[Role.PAM_TPS]
    assert 156 * 466 // 1000 == roles[Role.BHABINKAMTIBMAS]
    assert {} == plan.phones.numbers


def test_somebody_is_off_duty(plan: Plan) -> None:
    """An order from the wrong one must be seen to be refused."""
    off = [officer for officer in plan.officers.values() if not officer.on_duty]
    assert 7 == len(off)


def test_positions_lie_in_the_kabupaten(plan: Plan) -> None:
    """Roughly: between 2.9 and 3.7 south, 102.3 and 103.0 east."""
    for tps in plan.tps.values():
        assert tps.lat is not None
        assert tps.lon is not None
        assert -3.7 < tps.lat < -2.9
        assert 102.3 < tps.lon < 103.0


def test_contests_are_those_of_the_day(plan: Plan) -> None:
    """Three pairs for bupati; the province elects its gubernur on the same day."""
    contests = {contest.id: (contest.area, contest.choices) for contest in plan.election.contests}
    assert {"bupati": ("17.02", ("01", "02", "03")), "gubernur": ("17", ("01", "02"))} == contests


def test_everybody_reached_is_invented(plan: Plan) -> None:
    """A demo must not call a real person."""
    assert all(
        contact.target.startswith("https://notify.example.invalid/") for contact in plan.contacts
    )


def test_it_loads_while_one_blinks() -> None:
    """In less than 0.2 s of processor time, the register included."""
    shipped_areas()
    start = time.process_time()
    load_folder(Path(FOLDER))
    assert time.process_time() - start < 0.2
