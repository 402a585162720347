"""A cell becomes a value, or a fault that says what was expected."""

from collections.abc import Callable

import pytest

from streams.domain.words import AreaKind, TpsClass
from streams.territory.cells import (
    area_code,
    boolean,
    clock,
    decimal,
    kabupaten_code,
    required,
    tps_class,
    whole,
    why_no_code,
)
from streams.territory.fault import Faults
from streams.territory.sheet import Row

KABUPATEN = "a Kemendagri code of a kabupaten as 36.04"
Read = Callable[[Row, str], object]


def up_to_600(row: Row, column: str) -> int | None:
    """Read a whole number with limits."""
    return whole(row, column, 0, 600)


def desa(row: Row, column: str) -> str | None:
    """Read a code of a desa."""
    return area_code(row, column, AreaKind.DESA)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (required, "x", "x"),
        (up_to_600, "0", 0),
        (up_to_600, "600", 600),
        (up_to_600, "007", 7),
        (decimal, "-3.4667", -3.4667),
        (decimal, "-3,4667", -3.4667),
        (decimal, "106", 106.0),
        (decimal, "+6.5", 6.5),
        (boolean, "true", True),
        (boolean, "TRUE", True),
        (boolean, "Benar", True),
        (boolean, "ya", True),
        (boolean, "1", True),
        (boolean, "false", False),
        (boolean, "SALAH", False),
        (boolean, "tidak", False),
        (boolean, "", None),
        (clock, "7.00", 420),
        (clock, "", None),
        (tps_class, "rawan", TpsClass.RAWAN),
        (tps_class, "Kurang Rawan", TpsClass.KURANG_RAWAN),
        (tps_class, "SANGAT-RAWAN", TpsClass.SANGAT_RAWAN),
        (tps_class, "sangat  rawan", TpsClass.SANGAT_RAWAN),
        (desa, "36.04.17.2010", "36.04.17.2010"),
        (kabupaten_code, "36.04", "36.04"),
        (kabupaten_code, "16.1", "16.10"),
        (kabupaten_code, "16,1", "16.10"),
        (kabupaten_code, "36,04", "36.04"),
    ],
)
def test_what_can_be_read_in_one_way_is_taken(read: Read, text: str, value: object) -> None:
    """A spreadsheet's changes are undone where only one reading is possible."""
    faults = Faults("x.csv")
    found = read(Row(2, [("c", text)], faults), "c")
    assert (value, []) == (found, faults.noted)
    assert type(value) is type(found)


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (required, "", "a text"),
        (up_to_600, "601", "a whole number from 0 to 600, digits only"),
        (up_to_600, "-1", "a whole number from 0 to 600, digits only"),
        (up_to_600, "1.0", "a whole number from 0 to 600, digits only"),
        (up_to_600, "1.234", "a whole number from 0 to 600, digits only"),
        (up_to_600, "٣", "a whole number from 0 to 600, digits only"),
        (up_to_600, "", "a whole number from 0 to 600, digits only"),
        (decimal, "3°28'", "degrees as -3.4667"),
        (decimal, "1e2", "degrees as -3.4667"),
        (decimal, "nan", "degrees as -3.4667"),
        (boolean, "mungkin", "true or false"),
        (clock, "pagi", "a local time as 07:00"),
        (tps_class, "", "one of kurang_rawan, rawan, sangat_rawan, khusus"),
        (tps_class, "aman", "one of kurang_rawan, rawan, sangat_rawan, khusus"),
        (desa, "Mekarsari", "a Kemendagri code of a desa as 36.04.17.2010"),
        (
            kabupaten_code,
            "99.01",
            f"{KABUPATEN}; no province has the code 99",
        ),
        (
            kabupaten_code,
            "3604",
            f"{KABUPATEN}; this looks like a code of BPS, whose numbers differ",
        ),
    ],
)
def test_what_cannot_be_read_is_named(read: Read, text: str, expected: str) -> None:
    """There is no value then, and one fault with line, column, finding and expectation."""
    faults = Faults("x.csv")
    found = read(Row(7, [("c", text)], faults), "c")
    assert not found
    assert [(7, "c", expected)] == [(one.line, one.column, one.expected) for one in faults.noted]


@pytest.mark.parametrize(
    ("text", "kind", "hint"),
    [
        ("3604170010", AreaKind.DESA, "; this looks like a code of BPS, whose numbers differ"),
        ("3604170", AreaKind.KECAMATAN, "; this looks like a code of BPS, whose numbers differ"),
        ("36.04.17.2010-1", AreaKind.TPS, "; three digits after the dash: 36.04.17.2010-001"),
        ("36.04.17.2010 12", AreaKind.TPS, "; three digits after the dash: 36.04.17.2010-012"),
        ("36.04", AreaKind.TPS, ", not of a kabupaten"),
        ("20.04", AreaKind.KABUPATEN, "; no province has the code 20"),
        ("x", AreaKind.PROVINSI, ""),
    ],
)
def test_a_wrong_code_is_recognized(text: str, kind: AreaKind, hint: str) -> None:
    """The usual mix-ups are called by their name."""
    assert why_no_code(text, kind).endswith(hint)
    assert why_no_code(text, kind).startswith(f"a Kemendagri code of a {kind} as ")


def test_what_is_hidden_is_not_shown() -> None:
    """A telephone number does not reach the list of faults."""
    faults = Faults("x.csv")
    Row(2, [("phone", "0812 0000")], faults).hidden("phone", "a number")
    Row(2, [("phone", "0812 0000")], faults).warning("phone", "a number")
    assert "0812" not in faults.noted[0].found
    assert "'0812 0000'" == faults.noted[1].found
