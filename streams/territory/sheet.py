"""A sheet: rows of a CSV file, with the habits of the programs that people keep them in.

Taken silently: UTF-8 with a byte order mark, `,` or `;` (the header decides, or Excel's `sep=;`
above it), any line end, blanks around cells and names, quoted cells with line breaks in them, empty
lines, columns in any order, rows cut short at empty cells. Named: everything else.
"""

import csv
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from msgspec import Struct

from streams.territory.fault import Faults, quote

__all__ = ["Columns", "Row", "nearest", "read_rows"]

_BYTE_ORDER_MARK: Final = "\ufeff"
_DELIMITERS: Final = ",;"
_SEPARATOR_LINE: Final = "sep="
_BAD_QUOTES: Final = 'quotes in pairs: a cell that holds a quote is quoted, and the quote is ""'


class Columns(Struct, frozen=True):
    """Which columns a file must have, and which it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return self.required + self.optional


class Row(dict[str, str]):
    """One row: text by column, without the blanks around it, and where to note what is wrong.

    A column that the file does not have reads as empty. It is a dictionary, as a national file
    has 435,296 rows of nineteen cells and most cells are read more than once.

    Attributes:
        line: Line in the file where the row starts, from 1.
    """

    __slots__ = ("_faults", "line")

    def __init__(self, line: int, cells: Iterable[tuple[str, str]], faults: Faults) -> None:
        super().__init__(cells)
        self.line = line
        self._faults = faults

    def __missing__(self, column: str) -> str:
        """Return nothing, as for an empty cell."""
        return ""

    def error(self, column: str, expected: str) -> None:
        """Note that a cell makes the folder unusable."""
        self._faults.error(self.line, column, quote(self[column]), expected)

    def warning(self, column: str, expected: str) -> None:
        """Note that a person should look at a cell."""
        self._faults.warning(self.line, column, quote(self[column]), expected)

    def hidden(self, column: str, expected: str) -> None:
        """Note an error in a cell that must not be shown: a telephone number, an address."""
        self._faults.error(self.line, column, "something else (not shown)", expected)


def read_rows(text: str, columns: Columns, faults: Faults) -> Iterator[Row]:
    """Read a CSV file row by row; what cannot be read is noted in `faults` and left out.

    Nothing is yielded if the header is unusable, so that one wrong name gives one fault.
    """
    lines = _lines(text)
    start, delimiter = _dialect(lines)
    if start >= len(lines):
        faults.error(0, "", "an empty file", f"a header with {', '.join(columns.required)}")
        return
    records = _records(lines, start, delimiter, faults)
    header = next(records, None)
    if header is None:
        return
    names = _header(header, columns, faults)
    if names is None:
        return
    width = len(names)
    for line, cells in records:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            faults.error(
                line,
                "",
                f"{len(cells)} cells",
                f'{width}; a cell that holds the separator "{delimiter}" must be quoted',
            )
        else:
            # A row may be cut short at empty cells: the columns it does not reach are missing.
            yield Row(line, zip(names, map(str.strip, cells), strict=False), faults)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean …?)` if `word` looks like a slip of one of `known`, else nothing."""
    match = get_close_matches(word, list(known), n=1)
    return f" (did you mean {match[0]}?)" if match else ""


def _lines(text: str) -> list[str]:
    plain = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return plain.split("\n")


def _dialect(lines: list[str]) -> tuple[int, str]:
    """Find the line of the header, from 0, and the delimiter."""
    start = 0
    declared = ""
    while start < len(lines) and not lines[start].strip(f" \t{_DELIMITERS}"):
        start += 1
    if start < len(lines) and lines[start].lower().startswith(_SEPARATOR_LINE):
        declared = lines[start].strip()[-1]
        start += 1
    header = lines[start] if start < len(lines) else ""
    if declared and declared in _DELIMITERS:
        return start, declared
    return start, max(_DELIMITERS, key=header.count)


def _records(
    lines: list[str], start: int, delimiter: str, faults: Faults
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not empty, with the line it starts on."""
    ended = (f"{line}\n" for line in lines[start:])
    reader = csv.reader(ended, delimiter=delimiter, strict=True)
    line = start + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = start + reader.line_num + 1
    except csv.Error:
        # What follows cannot be told apart any more: a quote may have swallowed whole rows.
        faults.error(line, "", "a cell whose quotes do not end", _BAD_QUOTES)


def _header(record: tuple[int, list[str]], columns: Columns, faults: Faults) -> list[str] | None:
    """Return the names of the columns, or None if one that is needed is missing or any is twice."""
    line, cells = record
    names = [cell.strip().lower() for cell in cells]
    missing = [name for name in columns.required if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    for name in names:
        if name and name not in columns.known:
            expected = f"one of {', '.join(columns.known)}{nearest(name, columns.known)}"
            faults.warning(line, name, "an unknown column, which is not read", expected)
    for name in missing:
        faults.error(line, name, "no such column", f"a header with {','.join(columns.required)}")
    for name in twice:
        faults.error(line, name, f"{names.count(name)} such columns", "one")
    return None if missing or twice else names
