"""The size of code and tests is counted the same way."""

from tests.tidy.ratio import code_lines, ratio_report


def test_empty_lines_and_comments_do_not_count() -> None:
    """Only what says something to Python counts."""
    assert 2 == code_lines("# Why.\n\nx = 1  # Here.\n    \n    y = 2\n")


def test_the_report_names_sizes_and_ratio() -> None:
    """Two lines of tests for each line of code."""
    expected = "2 lines of code, 4 lines of tests: 2.00 for each line"
    assert expected == ratio_report(["x\n", "y\n"], ["a\nb\n", "c\nd\n"])


def test_nothing_has_no_ratio() -> None:
    """An empty tree is reported, not divided by."""
    assert "0 lines of code, 0 lines of tests: 0.00 for each line" == ratio_report([], [])
