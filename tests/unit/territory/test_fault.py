"""A fault says where it is, what stands there and what should."""

import pytest

from streams.territory.fault import Faults, FaultSeverity, errors_of, quote, some_of


def test_a_fault_reads_as_one_line() -> None:
    """File, line, column, found, expected; a warning is marked."""
    faults = Faults("tps.csv")
    faults.error(12, "class", "'aman'", "one of rawan, khusus")
    faults.warning(3, "dpt", "'900'", "at most 600")
    faults.error(0, "", "no such file", "it")
    expected = [
        "tps.csv:12: class: found 'aman', expected one of rawan, khusus",
        "tps.csv:3: dpt: found '900', expected at most 600 [warning]",
        "tps.csv: found no such file, expected it",
    ]
    assert expected == [str(fault) for fault in faults.noted]


def test_only_errors_stop_a_folder() -> None:
    """Warnings are for a person to look at."""
    faults = Faults("tps.csv")
    faults.warning(1, "a", "b", "c")
    faults.quoted(2, "a", "b", "c")
    assert [FaultSeverity.ERROR] == [one.severity for one in errors_of(tuple(faults.noted))]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("", "nothing"), ("a b", "'a b'"), ("a\nb", r"'a\nb'"), ("x" * 99, f"'{'x' * 60}…'")],
)
def test_a_cell_is_shown_in_one_short_line(text: str, shown: str) -> None:
    """A line break or a page of text in a cell does not break the list of faults."""
    assert shown == quote(text)


def test_long_lists_are_cut() -> None:
    """A national folder does not print 514 codes in one line."""
    assert "a, b" == some_of(["a", "b"])
    assert "a, b, c and 2 more" == some_of(["a", "b", "c", "d", "e"])
