"""The register of areas."""

import pytest

from streams.domain.ids import AreaCode, area_kind
from streams.domain.words import AreaKind
from streams.territory.areas import NO_AREAS, Areas, parse_areas
from streams.territory.fault import Faults
from tests.unit.territory.folders import AREAS

SERANG, LEBONG = AreaCode("36.04"), AreaCode("17.02")


def parsed(text: str) -> tuple[Areas, list[str]]:
    """Return a register and its faults as text."""
    faults = Faults("areas.csv")
    return parse_areas(text, faults), [f"{one.line} {one.column}" for one in faults.noted]


@pytest.mark.parametrize(("kind", "count"), [(AreaKind.PROVINSI, 38), (AreaKind.KABUPATEN, 514)])
def test_the_shipped_register_has_the_whole_country(kind: AreaKind, count: int) -> None:
    """All provinces and all kabupaten/kota are in it."""
    assert count == sum(area_kind(code) is kind for code in AREAS.names)


@pytest.mark.parametrize(
    ("kabupaten", "kecamatan", "desa"),
    [("17.02", 15, 156), ("36.04", 29, 326), ("16.10", 16, 241), ("33.26", 19, 285)],
)
def test_the_kabupaten_of_the_examples_are_whole(kabupaten: str, kecamatan: int, desa: int) -> None:
    """Counts are those of Kemendagri."""
    code = AreaCode(kabupaten)
    assert kecamatan == len(AREAS.below([code], AreaKind.KECAMATAN))
    assert desa == len(AREAS.below([code], AreaKind.DESA))
    assert code in AREAS.complete


def test_rejang_lebong_has_34_kelurahan() -> None:
    """The last four digits tell kelurahan from desa: 122 and 34."""
    codes = AREAS.below([LEBONG], AreaKind.DESA)
    assert 34 == sum(code[9] == "1" for code in codes)


def test_a_kabupaten_without_desa_is_not_complete() -> None:
    """Nobody can say then which codes are wrong."""
    assert AreaCode("32.01") in AREAS.names
    assert AreaCode("32.01") not in AREAS.complete


def test_bad_rows_are_named_and_left_out() -> None:
    """Every one of them, with its line."""
    areas, faults = parsed(
        "code,name\n36,Banten\n3604,Serang\n36.04,\n36,Bantam\n36.04.17.2010-001,x\n36,Banten\n"
    )
    assert {"36": "Banten"} == areas.names
    assert ["3 code", "4 name", "5 code", "6 code"] == faults


def test_a_folder_may_add_a_kabupaten() -> None:
    """What it brings is added; the rest stays."""
    more, _ = parsed("code,name\n32.01,Bogor\n32.01.01,Cibinong\n32.01.01.1001,Pondok Rajeg\n")
    both = AREAS.with_more(more)
    assert "Bogor" == both.names[AreaCode("32.01")]
    assert {AreaCode("32.01"), SERANG} <= both.complete
    assert len(AREAS.names) + 2 == len(both.names)


def test_a_folder_may_bring_another_decree() -> None:
    """A kabupaten whose desa it lists has those only, and keeps its name."""
    more, _ = parsed("code,name\n36.04.17,Carenang\n36.04.17.2010,Mekar Sari\n")
    both = AREAS.with_more(more)
    assert {"36.04.17.2010": "Mekar Sari"} == both.below([SERANG], AreaKind.DESA)
    assert "Kabupaten Serang" == both.names[SERANG]
    assert 156 == len(both.below([LEBONG], AreaKind.DESA))


def test_a_register_is_sorted() -> None:
    """A parent stands before what lies in it."""
    areas = Areas.of({AreaCode("36.04"): "b", AreaCode("36"): "a"})
    assert ["36", "36.04"] == list(areas.names)
    assert {} == NO_AREAS.names
