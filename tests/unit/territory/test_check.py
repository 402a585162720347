"""What shows only when rows and files are laid side by side."""

import pytest

from streams.domain.ids import AreaCode
from streams.territory.areas import NO_AREAS
from streams.territory.parse import parse_folder
from tests.unit.territory.folders import (
    MEKARSARI_AREAS,
    PERSONNEL,
    TEXTS,
    TPS,
    cell,
    faults_of,
    replaced,
    row,
    told,
)


def twin(polres: str) -> str:
    """Return a row of a Polsek Carenang in another kabupaten."""
    areas = "Dwi Tunggal,Curup,Rejang Lebong,Bengkulu"
    return row("17.02.09.1012-001", areas, "Carenang", "P09", polres)


@pytest.mark.parametrize("area", ["17.02", "36.05", "36.04.19", "36.04.17.2011", "35"])
def test_a_contest_needs_voters(area: str) -> None:
    """An area without a TPS is named on the line of the contest."""
    faults = faults_of(replaced("election.toml", ('area = "36"', f'area = "{area}"')))
    assert [("election.toml", 18, "area", f"'{area}'")] == [
        (one.file, one.line, one.column, one.found) for one in faults
    ]


@pytest.mark.parametrize("area", ["36.04.17", "36.04.17.2010", "36"])
def test_a_contest_may_be_smaller_or_larger_than_a_kabupaten(area: str) -> None:
    """It is added up over its own area; some TPS of it must be there."""
    assert [] == told(replaced("election.toml", ('area = "36.04"', f'area = "{area}"')))


def test_a_tps_that_votes_in_no_contest_is_told() -> None:
    """Its counts could never be judged."""
    texts = replaced(
        "election.toml",
        ('area = "36.04"', 'area = "36.04.17"'),
        ('area = "36"', 'area = "36.04.17"'),
    )
    faults = faults_of(texts)
    assert ["1 TPS that vote in no contest, the first 36.04.18.2007-001"] == [
        one.found for one in faults
    ]
    assert ["election.toml:0: contests: warning"] == told(texts)


def test_a_polsek_lies_in_one_kabupaten() -> None:
    """Two kabupaten may each have a Polsek of one name, but not one of one Polres."""
    election = replaced("election.toml", ('area = "36"', 'area = "17"'))
    tps = replaced("tps.csv", ("P01,20,true,,,,", "P01,20,true,,,Polres A,"))
    people = {
        "personnel.csv": PERSONNEL.replace(",,,,\n", ",,,,36.04\n").replace(",,,\n", ",,,36.04\n")
    }
    people["personnel.csv"] = people["personnel.csv"].replace("18:00,\n", "18:00,36.04\n")
    shared = election | people | {"tps.csv": tps["tps.csv"] + twin("Polres A")}
    apart = election | people | {"tps.csv": tps["tps.csv"] + twin("Polres B")}
    errors = [one for one in faults_of(shared) if one.severity == "error"]
    assert [("tps.csv", 6, "polsek")] == [(one.file, one.line, one.column) for one in errors]
    assert [] == [one for one in faults_of(apart) if one.severity == "error"]


def test_a_desa_and_a_pair_have_one_polsek_each() -> None:
    """Two are told once, where the second is first seen."""
    texts = cell("tps.csv", 3, "polsek", "Binuang")
    texts["tps.csv"] += row("36.04.17.2010-003", MEKARSARI_AREAS, "Binuang", "P01")
    faults = [str(one) for one in faults_of(texts)]
    expected = [
        "tps.csv:3: polsek: found 'Binuang', elsewhere 'Carenang', expected one Polsek for all TPS"
        f" of a {group} [warning]"
        for group in ("desa", "pair")
    ]
    assert expected == faults


def test_a_pair_without_officers_is_told_once() -> None:
    """On the line of its first TPS; the folder can be used."""
    lines = [line for line in PERSONNEL.split("\n") if not line.startswith("A1")]
    assert ["tps.csv:2: pair: warning"] == told(TEXTS | {"personnel.csv": "\n".join(lines)})


def test_pairs_are_not_counted_while_the_roster_has_faults() -> None:
    """The officer who could not be read may be the missing one."""
    assert ["personnel.csv:2: role: error"] == told(cell("personnel.csv", 2, "role", "x"))


def test_two_desa_of_one_name_in_a_kecamatan_are_told() -> None:
    """Rarely true (17 times in the country), mostly a code that was mistyped."""
    more = row("36.04.17.2011-001", "MEKAR SARI,Carenang,Serang,Banten")
    faults = faults_of(TEXTS | {"tps.csv": TPS + more})
    assert "'MEKAR SARI' for 36.04.17.2011 and for 36.04.17.2010" in [one.found for one in faults]
    assert {"warning"} == {one.severity for one in faults}


def test_homonyms_in_two_kecamatan_are_no_fault() -> None:
    """Mekarsari is three desa of Serang."""
    more = row("36.04.30.2009-001", "Mekarsari,36.04.30,Serang,Banten")
    assert [] == told(TEXTS | {"tps.csv": TPS + more})


def test_a_code_that_the_register_does_not_have_is_told() -> None:
    """It may be new: the folder can be used."""
    more = row("36.04.17.2999-001", "Baru Sekali,Carenang,Serang,Banten")
    assert ["tps.csv:6: tps: warning"] == told(TEXTS | {"tps.csv": TPS + more})


def test_a_name_that_differs_from_the_register_is_told() -> None:
    """Both names are understood then."""
    faults = faults_of(cell("tps.csv", 5, "desa", "Lamaran Baru"))
    expected = (
        "tps.csv:5: desa: found 'Lamaran Baru', expected 'Lamaran', the register's name of"
        " 36.04.18.2007; both are understood [warning]"
    )
    assert [expected] == [str(one) for one in faults]


def test_a_code_without_any_name_is_told() -> None:
    """People need names; the code stands in until there is one."""
    texts = cell("tps.csv", 5, "desa", "36.04.18.2007")
    plan, faults = parse_folder(texts, NO_AREAS)
    named = [(one.line, one.column, one.found) for one in faults if one.line]
    assert [(5, "desa", "only the code 36.04.18.2007")] == named
    assert plan is not None
    assert "36.04.18.2007" == plan.desa[AreaCode("36.04.18.2007")]


def test_a_kabupaten_without_a_register_is_told_once() -> None:
    """Reports from its desa without a TPS could not be placed by name."""
    _, faults = parse_folder(TEXTS, NO_AREAS)
    found = [one.found for one in faults if one.file == "tps.csv"]
    assert ["no register of the desa of 36.04"] == found
