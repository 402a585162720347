"""The four columns of `tps.csv` that say in which areas a TPS lies, by name or by code.

A code must be that of the TPS's own parent. A name is one in the whole file, for each code: if rows
disagree, the register decides which of them is wrong, else the majority, and every row that is
wrong is named. So rows are only gathered while the file is read, those with the same cells together
(a national file has 435,296 rows and 84,000 combinations), and judged when it ends.
"""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from streams.domain.ids import (
    AreaCode,
    area_kind,
    desa_of,
    kabupaten_of,
    kecamatan_of,
    provinsi_of,
)
from streams.domain.words import AreaKind
from streams.territory.areas import Areas
from streams.territory.cells import why_no_code
from streams.territory.fault import Faults, quote
from streams.territory.names import fold, same_name
from streams.territory.sheet import Row

__all__ = ["AreaColumns", "is_like_a_code"]

_COLUMNS: Final = (AreaKind.DESA, AreaKind.KECAMATAN, AreaKind.KABUPATEN, AreaKind.PROVINSI)
_CODE_LIKE: Final = re.compile(r"[0-9][0-9.,-]*")

Cells = tuple[AreaCode, str, str, str, str]
"""Code of the desa, and the texts of the four columns."""


class _Cell(Struct, frozen=True, gc=False):
    """One cell, the code it must agree with, and how many rows have it."""

    kind: AreaKind
    code: AreaCode
    text: str
    line: int
    rows: int


class AreaColumns:
    """Gathers the columns of all rows, then judges them."""

    def __init__(self) -> None:
        self._lines: dict[Cells, list[int]] = {}

    def take(self, row: Row, code: AreaCode) -> None:
        """Remember the cells of a row; `code` is empty where the TPS's code could not be read."""
        cells = (desa_of(code), row["desa"], row["kecamatan"], row["kabupaten"], row["provinsi"])
        self._lines.setdefault(cells, []).append(row.line)

    def names(self, areas: Areas, faults: Faults) -> dict[AreaCode, str]:
        """Note every row that is wrong, and return the name of each area that the file names."""
        chosen = self._chosen(areas)
        for cells, lines in self._lines.items():
            for cell in _cells(cells, lines):
                expected = _why_wrong(cell, chosen)
                for line in lines if expected else ():
                    faults.error(line, cell.kind, quote(cell.text), expected)
        return {code: cell.text for code, cell in chosen.items() if fold(cell.text)}

    def _chosen(self, areas: Areas) -> dict[AreaCode, _Cell]:
        """Choose among the names of each area."""
        spelt: dict[AreaCode, dict[str, _Cell]] = {}
        for cells, lines in self._lines.items():
            for cell in _cells(cells, lines):
                if cell.code and cell.text and not is_like_a_code(cell.text):
                    names = spelt.setdefault(cell.code, {})
                    folded = fold(cell.text)
                    names[folded] = _together(names.get(folded), cell)
        return {code: _likeliest(list(names.values()), areas) for code, names in spelt.items()}


def is_like_a_code(text: str) -> bool:
    """Tell whether a cell was meant as a code: digits, dots, a spreadsheet's comma."""
    return _CODE_LIKE.fullmatch(text) is not None


def _cells(cells: Cells, lines: list[int]) -> Iterator[_Cell]:
    code = cells[0]
    parents = (code, kecamatan_of(code), kabupaten_of(code), provinsi_of(code))
    for kind, parent, text in zip(_COLUMNS, parents, cells[1:], strict=True):
        yield _Cell(kind, parent, text, lines[0], len(lines))


def _together(seen: _Cell | None, cell: _Cell) -> _Cell:
    """Add the rows of two cells of one name; the spelling of the earlier line stays."""
    if seen is None:
        return cell
    first = min(seen, cell, key=lambda one: one.line)
    return _Cell(cell.kind, cell.code, first.text, first.line, seen.rows + cell.rows)


def _likeliest(names: list[_Cell], areas: Areas) -> _Cell:
    """Return the register's name, else that of most rows, else of the first."""
    official = areas.names.get(names[0].code)
    agreeing = [
        cell for cell in names if official is not None and same_name(cell.text, official, cell.kind)
    ]
    return min(agreeing or names, key=lambda cell: (-cell.rows, cell.line))


def _why_wrong(cell: _Cell, chosen: dict[AreaCode, _Cell]) -> str:
    """Return what was expected of a cell that is wrong; nothing if it is right."""
    if not cell.text:
        return "a name or a code"
    if not cell.code:
        return ""
    if is_like_a_code(cell.text):
        return _why_other_code(cell)
    if not fold(cell.text):
        return "a name with letters, or a code"
    first = chosen[cell.code]
    if fold(first.text) == fold(cell.text):
        return ""
    return f"one name for {cell.code}: line {first.line} says {first.text!r}"


def _why_other_code(cell: _Cell) -> str:
    text = cell.text.replace(",", ".")
    # Excel takes a kabupaten for a number: 36.10 becomes 36.1.
    if cell.kind is AreaKind.KABUPATEN and len(text) < len(cell.code):
        text = text.ljust(len(cell.code), "0")
    if text == cell.code:
        return ""
    expected = f"{cell.code}, as the code of the TPS says, or a name"
    return expected if area_kind(text) else f"{why_no_code(text, cell.kind)}; {expected}"
