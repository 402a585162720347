"""The pilkades that ships: real where it can be, made by a program, without a fault."""

from collections import Counter

import pytest

from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.words import AreaKind, Role, TpsClass
from streams.territory.plan import ElectionKind, Plan
from streams.wire.folder import load_folder, shipped_areas
from tools.carenang_binuang_facts import LAMARAN, MEKARSARI, OFFICERS, POLSEK, RENGED
from tools.make_carenang_binuang import FOLDER, files

KABUPATEN = AreaCode("36.04")
CARENANG, BINUANG = AreaCode("36.04.17"), AreaCode("36.04.18")


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


def test_fifteen_desa_vote_on_the_day(plan: Plan) -> None:
    """Eight of Carenang and seven of Binuang, by their real codes, on 3 November 2019, WIB."""
    real = shipped_areas().below([KABUPATEN], AreaKind.DESA)
    assert set(plan.tps_of_desa) == {
        code for code in real if kecamatan_of(code) in {CARENANG, BINUANG}
    }
    assert {CARENANG: 8, BINUANG: 7} == Counter(kecamatan_of(code) for code in plan.tps_of_desa)
    assert "2019-11-03" == plan.election.date
    assert 420 == plan.offset_minutes(KABUPATEN)


def test_the_named_desa_have_their_codes(plan: Plan) -> None:
    """Mekarsari occurs three times in the kabupaten: only the code tells which."""
    named = {MEKARSARI: "Mekarsari", LAMARAN: "Lamaran", RENGED: "Renged"}
    assert ("36.04.17.2010", "36.04.18.2007", "36.04.18.2003") == tuple(named)
    assert named == {code: plan.desa[AreaCode(code)] for code in named}
    assert 3 == list(plan.desa.values()).count("Mekarsari")


def test_each_desa_elects_its_head(plan: Plan) -> None:
    """One contest a desa, whose area is the desa, with two to five to choose from, by number."""
    assert ElectionKind.PILKADES is plan.election.kind
    contests = {contest.area: contest for contest in plan.election.contests}
    assert len(plan.election.contests) == len(contests)
    assert set(plan.tps_of_desa) == set(contests)
    for area, contest in contests.items():
        assert f"kades-{area}" == contest.id
        assert contest.choices == tuple(f"{n + 1:02}" for n in range(len(contest.choices)))
        assert 2 <= len(contest.choices) <= 5
    assert ("01", "02") == contests[AreaCode(MEKARSARI)].choices


def test_no_tps_has_more_voters_than_the_rule_allows(plan: Plan) -> None:
    """96 TPS, 42,484 voters, at most 500 each, and no more TPS than that needs by much."""
    assert (96, 42_484) == (len(plan.tps), sum(tps.dpt for tps in plan.tps.values()))
    assert 300 < min(tps.dpt for tps in plan.tps.values())
    assert 500 >= max(tps.dpt for tps in plan.tps.values())


def test_what_is_vulnerable_is_what_the_source_names(plan: Plan) -> None:
    """Mekarsari most of all, then Lamaran; of Renged the farthest TPS, which has no internet."""
    unsafe = [tps for tps in plan.tps.values() if tps.tps_class is not TpsClass.KURANG_RAWAN]
    assert {MEKARSARI: 3, LAMARAN: 2, RENGED: 1} == Counter(tps.desa for tps in unsafe)
    [worst] = [tps.desa for tps in unsafe if tps.tps_class is TpsClass.SANGAT_RAWAN]
    assert MEKARSARI == worst
    assert [f"{RENGED}-004"] == [t.code for t in plan.tps.values() if t.internet is False]


def test_renged_is_the_farthest(plan: Plan) -> None:
    """No box of another desa takes as long."""
    minutes = {code: tps.transit_minutes or 0 for code, tps in plan.tps.items()}
    near = max(time for code, time in minutes.items() if not code.startswith(RENGED))
    assert near < min(time for code, time in minutes.items() if code.startswith(RENGED))


def test_one_polsek_has_two_kecamatan_and_24_officers(plan: Plan) -> None:
    """With its head; who else watches comes from the Polres."""
    assert {(KABUPATEN, POLSEK)} == set(plan.polsek)
    assert (CARENANG, BINUANG) == plan.polsek_kecamatan(KABUPATEN, POLSEK)
    own = [officer for officer in plan.officers.values() if officer.polsek == POLSEK]
    assert 24 == OFFICERS == len(own)
    assert {Role.PAM_TPS: 8, Role.BHABINKAMTIBMAS: 7, Role.POLSEK: 9} == Counter(
        officer.role for officer in own
    )
    others = [officer for officer in plan.officers.values() if officer.polsek != POLSEK]
    assert {(Role.POLRES, "")} == {(officer.role, officer.polsek) for officer in others}


def test_the_polsek_watches_what_is_vulnerable(plan: Plan) -> None:
    """Pairs of its own, each within a desa: 2 TPS where it is `rawan`, 1 above; others 16."""
    for pair, codes in plan.pairs.items():
        group = [plan.tps[code] for code in codes]
        [tps_class] = {tps.tps_class for tps in group}
        [role] = {o.role for o in plan.officers.values() if (o.kabupaten, o.pair) == pair}
        assert (role is Role.POLRES) == (tps_class is TpsClass.KURANG_RAWAN)
        areas = {tps.desa if role is Role.PAM_TPS else tps.kecamatan for tps in group}
        assert 1 == len(areas)
        assert len(codes) <= {TpsClass.RAWAN: 2, TpsClass.SANGAT_RAWAN: 1}.get(tps_class, 16)
    assert 96 == sum(map(len, plan.pairs.values()))


def test_each_pair_is_two_officers_without_a_telephone(plan: Plan) -> None:
    """Call signs only."""
    pairs = Counter(officer.pair for officer in plan.officers.values() if officer.pair)
    assert {pair: 2 for _, pair in plan.pairs} == pairs
    assert {} == plan.phones.numbers
    assert all(officer.name.startswith("Sandi ") for officer in plan.officers.values())


def test_the_named_desa_have_a_bhabinkamtibmas(plan: Plan) -> None:
    """Seven of fifteen desa have one."""
    desa = {o.desa for o in plan.officers.values() if o.role is Role.BHABINKAMTIBMAS}
    assert {MEKARSARI, LAMARAN, RENGED} <= desa
    assert 7 == len(desa)


def test_everybody_reached_is_invented(plan: Plan) -> None:
    """A demo must not call a real person."""
    assert all(
        contact.target.startswith("https://notify.example.invalid/") for contact in plan.contacts
    )


def test_positions_lie_where_the_kecamatan_are(plan: Plan) -> None:
    """Roughly: between 6.0 and 6.2 south, 106.2 and 106.5 east."""
    for tps in plan.tps.values():
        assert tps.lat is not None
        assert tps.lon is not None
        assert -6.2 < tps.lat < -6.0
        assert 106.2 < tps.lon < 106.5


def test_one_of_each_shift_of_the_post_may_command(plan: Plan) -> None:
    """By the id of the roster: so it is noticed when one acts outside the shift."""
    officers = {one.officer for one in plan.officers.values()}
    assert {"C1A", "C1E"} == officers & {actor.actor for actor in plan.actors or ()}
