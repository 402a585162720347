"""`tps.csv`: every cell checked, every row that is wrong named."""

import pytest

from streams.domain.ids import AreaCode
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import TpsClass
from streams.territory.parse_tps import polsek_name
from streams.territory.plan import Tps
from streams.territory.zone import local_time
from tests.unit.territory.folders import (
    TEXTS,
    TPS,
    TPS_HEADER,
    Texts,
    cell,
    faults_of,
    plan_of,
    replaced,
    row,
    told,
)

DAY = "2024-11-27"
FIRST = AreaCode("36.04.17.2010-001")


def wib(clock: str) -> EpochMs:
    """Return a time of the day of the poll in Serang."""
    return local_time(DAY, clock, 420)


def test_a_row_arrives_whole() -> None:
    """Every column has its place, empty cells have their defaults."""
    plan = plan_of()
    expected = Tps(
        code=FIRST,
        name="TPS 1",
        desa=AreaCode("36.04.17.2010"),
        kecamatan=AreaCode("36.04.17"),
        kabupaten=AreaCode("36.04"),
        provinsi=AreaCode("36"),
        polsek="Carenang",
        polres="Serang",
        dpt=500,
        tps_class=TpsClass.RAWAN,
        lat=-6.06,
        lon=106.36,
        pair="P01",
        transit_minutes=20,
        internet=True,
        opens_at=wib("07:00"),
        closes_at=wib("13:00"),
        logistics_due_at=None,
        bawaslu_class="",
    )
    assert expected == plan.tps[FIRST]


def test_a_row_may_have_hours_of_its_own() -> None:
    """Hours are data of the TPS; logistics are due on the day of the poll."""
    tps = plan_of().tps[AreaCode("36.04.17.2010-002")]
    assert (wib("08:00"), wib("12:00")) == (tps.opens_at, tps.closes_at)
    assert (wib("05:30"), "x", None, None) == (
        tps.logistics_due_at,
        tps.bawaslu_class,
        tps.transit_minutes,
        tps.internet,
    )


def test_hours_follow_the_zone_of_the_province() -> None:
    """Seven o'clock in Jayapura comes two hours before seven o'clock in Serang."""
    more = row("91.03.01.2001-001", "Sentani,Sentani,Jayapura,Papua")
    texts = replaced("election.toml", ('area = "36"', 'area = "91"')) | {"tps.csv": TPS + more}
    tps = plan_of(texts).tps[AreaCode("91.03.01.2001-001")]
    assert wib("07:00") - 2 * HOUR_MS == tps.opens_at


@pytest.mark.parametrize(
    ("column", "value", "severity"),
    [
        ("tps", "", "error"),
        ("tps", "3604172010001", "error"),
        ("tps", "36.04.17.2010-1", "error"),
        ("tps", "36.04.17.2010", "error"),
        ("tps", "20.04.17.2010-001", "error"),
        ("name", "", "error"),
        ("desa", "", "error"),
        ("desa", "36.04.17.2006", "error"),
        ("desa", "3604170010", "error"),
        ("desa", "...", "error"),
        ("kecamatan", "36.04.18", "error"),
        ("kecamatan", "Tanara", "error"),
        ("kabupaten", "36.05", "error"),
        ("kabupaten", "3604", "error"),
        ("provinsi", "35", "error"),
        ("kabupaten", "Kota Serang", "error"),
        ("provinsi", "Jawa Barat", "error"),
        ("polsek", "", "error"),
        ("dpt", "", "error"),
        ("dpt", "-5", "error"),
        ("dpt", "4.500", "error"),
        ("dpt", "601", "warning"),
        ("class", "aman", "error"),
        ("class", "", "error"),
        ("lat", "", "error"),
        ("lon", "", "error"),
        ("lat", "6°", "error"),
        ("lat", "51.5", "error"),
        ("lon", "10.5", "error"),
        ("transit_minutes", "0", "error"),
        ("transit_minutes", "30.5", "error"),
        ("transit_minutes", "9999", "error"),
        ("internet", "mungkin", "error"),
        ("opens", "pagi", "error"),
        ("logistics_due", "25:00", "error"),
    ],
)
def test_each_wrong_cell_is_named_once(column: str, value: str, severity: str) -> None:
    """One slip, one fault, on its line; what it breaks elsewhere is not told as well."""
    texts = cell("tps.csv", 2, column, value)
    lines = [fault for fault in faults_of(texts) if fault.line == 2]
    assert [(column, severity)] == [(one.column, one.severity) for one in lines]


@pytest.mark.parametrize(("line", "other"), [(2, 3), (3, 2)])
def test_a_name_that_differs_from_the_register_is_the_wrong_one(line: int, other: int) -> None:
    """Whichever row comes first: the register knows that the desa is Mekarsari."""
    faults = faults_of(cell("tps.csv", line, "desa", "Mekarsaru"))
    assert [(line, "desa")] == [(one.line, one.column) for one in faults]
    assert f"one name for 36.04.17.2010: line {other} says 'Mekarsari'" == faults[0].expected


@pytest.mark.parametrize(
    ("names", "wrong"), [("ABB", [2]), ("ABA", [3]), ("ABC", [3, 4]), ("AAA", [])]
)
def test_without_a_register_the_majority_is_right(names: str, wrong: list[int]) -> None:
    """And among as many the first; every row that is wrong is named."""
    rows = "".join(
        row(f"32.01.01.1001-00{at}", f"{name},K,Bogor,Jawa Barat")
        for at, name in enumerate(names, start=1)
    )
    texts = TEXTS | {"tps.csv": f"{TPS_HEADER}\n{rows}"}
    faults = [one for one in faults_of(texts) if (one.file, one.column) == ("tps.csv", "desa")]
    assert wrong == [one.line for one in faults]


@pytest.mark.parametrize("value", ["0", "600"])
def test_the_limits_of_a_list_are_within_it(value: str) -> None:
    """A TPS may have nobody, and as many as the election allows."""
    assert [] == told(cell("tps.csv", 2, "dpt", value))


def test_a_slip_that_was_copied_down_is_named_in_each_row() -> None:
    """Who mends a sheet wants all of its lines at once."""
    texts = replaced(
        "tps.csv",
        ("001,TPS 1,Mekarsari,Carenang,Serang,Banten", "001,TPS 1,Mekarsari,Carenang,Serang,35"),
        ("002,TPS 2,Mekarsari,Carenang,Serang,Banten", "002,TPS 2,Mekarsari,Carenang,Serang,35"),
        ("2006-001,TPS 1,Ragas Masigit", "2006-001,,Ragas Masigit"),
    )
    assert [
        "tps.csv:2: provinsi: error",
        "tps.csv:3: provinsi: error",
        "tps.csv:4: name: error",
    ] == told(texts)


@pytest.mark.parametrize(
    ("opens", "closes"), [("13:00", ""), ("", "07:00"), ("09:00", "08:00"), ("09:00", "09:00")]
)
def test_a_tps_opens_before_it_closes(opens: str, closes: str) -> None:
    """With the election's hours for what a row leaves empty."""
    texts = cell("tps.csv", 2, "opens", opens)
    line = texts["tps.csv"].split("\n")
    cells = line[1].split(",")
    cells[15] = closes
    line[1] = ",".join(cells)
    assert ["tps.csv:2: closes: error"] == told(texts | {"tps.csv": "\n".join(line)})


def test_swapped_positions_are_recognized() -> None:
    """A latitude of 106 is a longitude."""
    faults = faults_of(replaced("tps.csv", ("-6.06,106.36", "106.36,-6.06")))
    assert ["lat"] == [one.column for one in faults]
    assert faults[0].expected.endswith("; lat and lon seem to be swapped")


def test_a_second_row_of_a_tps_names_the_first() -> None:
    """So that one sees both."""
    faults = faults_of(cell("tps.csv", 4, "tps", str(FIRST)))
    assert "one row for each TPS; line 2 has it already" in [one.expected for one in faults]


def as_codes() -> Texts:
    """Return the folder with codes in all columns of areas, as a spreadsheet writes them."""
    rows = [line.split(",") for line in TPS.strip().split("\n")]
    for cells in rows[1:]:
        code = cells[0]
        cells[2:6] = [code[:13], code[:8], code[:5], code[:2]]
    return TEXTS | {"tps.csv": "\n".join(";".join(cells) for cells in rows)}


def test_areas_may_be_given_by_code() -> None:
    """Names come from the register then."""
    plan = plan_of(as_codes())
    assert ("Banten", "Kabupaten Serang", "Carenang", "Mekarsari", "TPS 1") == plan.name_path(FIRST)
    assert {"Serang"} == {tps.polres for tps in plan.tps.values()}


def test_a_code_that_became_a_number_is_the_code() -> None:
    """Excel writes 16.10 as 16.1, and with an Indonesian keyboard as 16,1."""
    more = row("16.10.01.2001-001", 'A,B,"16,1",Sumatera Selatan').replace(
        ",,,,", ',"-3,2","104,6",,', 1
    )
    texts = replaced("election.toml", ('area = "36"', 'area = "16"')) | {"tps.csv": TPS + more}
    tps = plan_of(texts).tps[AreaCode("16.10.01.2001-001")]
    assert (-3.2, 104.6) == (tps.lat, tps.lon)


@pytest.mark.parametrize("text", ["Polsek Carenang", "CARENANG", "polsek  carenang", "Care-Nang"])
def test_a_polsek_is_one_however_it_is_written(text: str) -> None:
    """Scopes carry its name without the word, as first written."""
    plan = plan_of(cell("tps.csv", 4, "polsek", text))
    assert {"Carenang"} == {tps.polsek for tps in plan.tps.values()}


def test_only_the_word_polsek_is_dropped() -> None:
    """A name that begins like it stays whole."""
    assert ["Carenang", "Polsekan", ""] == [
        polsek_name(text) for text in ("Polsek Carenang", "Polsekan", "")
    ]


def test_a_file_without_rows_is_no_plan() -> None:
    """A header alone is one fault, and no fault of the other files."""
    texts = TEXTS | {"tps.csv": TPS.split("\n")[0]}
    assert ["tps.csv:0: : error"] == told(texts)


def test_a_missing_column_is_one_fault() -> None:
    """And no fault of the files that refer to what it would have said."""
    texts = replaced("tps.csv", (",class,", ",klas,"))
    assert ["tps.csv:1: klas: warning", "tps.csv:1: class: error"] == told(texts)
