"""A sheet is read with the habits of the programs that people keep it in."""

import pytest

from streams.territory.fault import Faults
from streams.territory.sheet import Columns, nearest, read_rows

MUST_BE_QUOTED = 'a cell that holds the separator "," must be quoted'
IN_PAIRS = 'quotes in pairs: a cell that holds a quote is quoted, and the quote is ""'
COLUMNS = Columns(required=("code", "name"), optional=("note",))


def read(text: str) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Return (line, cells) of each row, and the faults as text."""
    faults = Faults("x.csv")
    rows = [(row.line, dict(row)) for row in read_rows(text, COLUMNS, faults)]
    return rows, [str(fault) for fault in faults.noted]


@pytest.mark.parametrize(
    "text",
    [
        "code,name\n1,a\n",
        "\ufeffcode,name\n1,a\n",
        "code;name\r\n1;a\r\n",
        "code,name\r1,a\r",
        "code,name\n1,a",
        '"code";"name"\n"1";"a"\n',
        " code , NAME \n 1 ,\ta\u00a0\n",
        "code,name,\n1,a,\n",
    ],
    ids=["plain", "mark", "semicolon", "old mac", "no end", "quoted", "blanks", "empty column"],
)
def test_habits_change_nothing(text: str) -> None:
    """However it was saved, it is the same row."""
    rows, faults = read(text)
    assert [(2, "1", "a")] == [(line, row["code"], row["name"]) for line, row in rows]
    assert [] == faults


def test_empty_lines_are_no_rows() -> None:
    """Blank lines and lines of separators alone, anywhere, are passed over and still counted."""
    rows, faults = read("\n,,\ncode,name\n\n1,a\n , \n2,b\n\n\n")
    assert [5, 7] == [line for line, _ in rows]
    assert [] == faults


def test_excel_says_its_separator() -> None:
    """A line `sep=;` above the header is a setting, not a header."""
    rows, faults = read("sep=;\ncode;name\n1;a,b\n")
    assert [(3, {"code": "1", "name": "a,b"})] == rows
    assert [] == faults


def test_a_line_break_in_a_cell_is_part_of_it() -> None:
    """The next row is still named by its own line."""
    rows, _ = read('code,name\n1,"a\nb"\n2,c\n')
    assert [(2, {"code": "1", "name": "a\nb"}), (4, {"code": "2", "name": "c"})] == rows


def test_columns_come_in_any_order() -> None:
    """The header decides, not the position."""
    rows, _ = read("note,name,code\nn,a,1\n")
    assert [(2, {"note": "n", "name": "a", "code": "1"})] == rows


def test_a_row_may_end_early() -> None:
    """Empty cells at the end may be missing, as may the column as a whole."""
    faults = Faults("x.csv")
    row = next(read_rows("code,name,note\n1,a\n", COLUMNS, faults))
    assert ("1", "a", "", "") == (row["code"], row["name"], row["note"], row["anything"])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "x.csv: found an empty file, expected a header with code, name"),
        ("\n\n", "x.csv: found an empty file, expected a header with code, name"),
        ("code\n1\n", "x.csv:1: name: found no such column, expected a header with code,name"),
        (
            "code,name,name\n1,a,b\n",
            "x.csv:1: name: found 2 such columns, expected one",
        ),
        (
            "code,name\n1,a,b\n",
            f"x.csv:2: found 3 cells, expected 2; {MUST_BE_QUOTED}",
        ),
        (
            'code,name\n1,"a\n2,b\n',
            f"x.csv:2: found a cell whose quotes do not end, expected {IN_PAIRS}",
        ),
    ],
    ids=["nothing", "blank", "missing", "twice", "too wide", "open quote"],
)
def test_what_is_no_sheet_is_named(text: str, fault: str) -> None:
    """One slip is one fault, with its line."""
    rows, faults = read(text)
    assert ([], [fault]) == (rows, faults)


def test_an_unknown_column_does_not_pass_silently() -> None:
    """A misspelt name is told with the nearest known one; the rows are read."""
    rows, faults = read("code,name,notes\n1,a,b\n")
    assert 1 == len(rows)
    expected = (
        "x.csv:1: notes: found an unknown column, which is not read, expected one of code, name,"
        " note (did you mean note?) [warning]"
    )
    assert [expected] == faults


def test_an_empty_quoted_header_is_no_header() -> None:
    """A file that ends within its header has no rows."""
    rows, faults = read('"code,name\n')
    assert ([], 1) == (rows, len(faults))


def test_only_likely_slips_are_hinted_at() -> None:
    """A word that is like none of the known ones gets no hint."""
    assert " (did you mean rawan?)" == nearest("rawn", ["rawan", "khusus"])
    assert "" == nearest("zzz", ["rawan", "khusus"])
