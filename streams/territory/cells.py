"""Cells of a sheet: text to value, or a fault that says what was expected.

A spreadsheet changes what it thinks is a number or a time. What it did is undone where only one
reading is possible (`7:00` is 07:00, `16,1` in a column of kabupaten is 16.10, `-3,46` in a file
with `;` is -3.46, `BENAR` is true), and named where not.
"""

import re
from functools import lru_cache
from typing import Final

from streams.domain.ids import AREA_PATTERNS, area_kind
from streams.domain.words import AreaKind, TpsClass
from streams.territory.sheet import Row
from streams.territory.zone import clock_minutes, in_indonesia

__all__ = [
    "area_code",
    "boolean",
    "clock",
    "decimal",
    "kabupaten_code",
    "required",
    "tps_class",
    "whole",
    "why_no_code",
]

EXAMPLES: Final = {
    AreaKind.PROVINSI: "36",
    AreaKind.KABUPATEN: "36.04",
    AreaKind.KECAMATAN: "36.04.17",
    AreaKind.DESA: "36.04.17.2010",
    AreaKind.TPS: "36.04.17.2010-001",
}
_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,15})?")
_BPS: Final = re.compile(r"[0-9]{4}|[0-9]{6,7}|[0-9]{10}(?:[0-9]{3})?|[0-9]{10}-[0-9]{1,3}")
_KABUPATEN: Final = re.compile(AREA_PATTERNS[AreaKind.KABUPATEN])
# Excel takes 36.10 for a number and drops its last zero; Indonesian Excel writes a comma.
_KABUPATEN_AS_NUMBER: Final = re.compile(r"([0-9]{2})[.,]([0-9]{1,2})")
_TPS_UNPADDED: Final = re.compile(rf"({AREA_PATTERNS[AreaKind.DESA]})[- ]?([0-9]{{1,3}})")
_YES: Final = frozenset({"true", "ya", "yes", "1", "benar"})
_NO: Final = frozenset({"false", "tidak", "no", "0", "salah"})
_CLASSES: Final = {str(word): word for word in TpsClass}


def required(row: Row, column: str) -> str:
    """Return the text of a cell that may not be empty; empty if it was, and that is noted."""
    text = row[column]
    if not text:
        row.error(column, "a text")
    return text


def whole(row: Row, column: str, low: int, high: int) -> int | None:
    """Return a whole number from `low` to `high`; None if it is not one, and that is noted."""
    text = row[column]
    if _WHOLE.fullmatch(text) and low <= int(text) <= high:
        return int(text)
    row.error(column, f"a whole number from {low} to {high}, digits only")
    return None


def decimal(row: Row, column: str) -> float | None:
    """Return a number with a point or a decimal comma; None if it is not one, and that is noted."""
    text = row[column]
    if _DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    row.error(column, "degrees as -3.4667")
    return None


def boolean(row: Row, column: str) -> bool | None:
    """Return a yes or no; None if the cell is empty or neither, and the latter is noted."""
    text = row[column]
    word = text.lower()
    if word in _YES:
        return True
    if word and word not in _NO:
        row.error(column, "true or false")
        return None
    return False if word else None


def clock(row: Row, column: str) -> int | None:
    """Return minutes since midnight; None if the cell is empty or no time, the latter is noted."""
    text = row[column]
    minutes = clock_minutes(text) if text else None
    if text and minutes is None:
        row.error(column, "a local time as 07:00")
    return minutes


def tps_class(row: Row, column: str) -> TpsClass | None:
    """Return a class of a TPS, written with `_`, blank or dash; None is noted."""
    found = _class_of(row[column])
    if found is None:
        row.error(column, f"one of {', '.join(_CLASSES)}")
    return found


@lru_cache(maxsize=256)
def _class_of(text: str) -> TpsClass | None:
    return _CLASSES.get("_".join(re.split(r"[\s_-]+", text.lower())))


def area_code(row: Row, column: str, kind: AreaKind) -> str | None:
    """Return a code of one level in Indonesia; None if it is not one, and that is noted."""
    text = row[column]
    if area_kind(text) is kind and in_indonesia(text):
        return text
    row.error(column, why_no_code(text, kind))
    return None


def kabupaten_code(row: Row, column: str) -> str | None:
    """Return a code of a kabupaten, mended if a spreadsheet took it for a number."""
    text = row[column]
    mended = _KABUPATEN_AS_NUMBER.fullmatch(text)
    code = f"{mended[1]}.{mended[2]:0<2}" if mended else text
    if _KABUPATEN.fullmatch(code) and in_indonesia(code):
        return code
    row.error(column, why_no_code(text, AreaKind.KABUPATEN))
    return None


def why_no_code(text: str, kind: AreaKind) -> str:
    """Say what a code of this level looks like, and what `text` seems to be instead."""
    expected = f"a Kemendagri code of a {kind} as {EXAMPLES[kind]}"
    if _BPS.fullmatch(text):
        return f"{expected}; this looks like a code of BPS, whose numbers differ"
    unpadded = _TPS_UNPADDED.fullmatch(text)
    if kind is AreaKind.TPS and unpadded:
        return f"{expected}; three digits after the dash: {unpadded[1]}-{int(unpadded[2]):03}"
    if area_kind(text) is not None and not in_indonesia(text):
        return f"{expected}; no province has the code {text[:2]}"
    other = area_kind(text)
    return f"{expected}, not of a {other}" if other not in (None, kind) else expected
