"""The page that answers what users of alerting systems ask for names what there is."""

from pathlib import Path
from typing import Final

import pytest

from tests.support.named_tests import is_a_test, named_tests

PAGE: Final = (Path(__file__).parents[3] / "docs" / "explanation" / "what-users-ask.md").read_text(
    encoding="utf-8"
)
ROWS: Final = [
    line.strip("| ").split(" | ")
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| complaint |")
]


@pytest.mark.parametrize(("file", "name"), named_tests(PAGE))
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    """By its file and its name."""
    assert is_a_test(file, name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_complaint_has_threads_and_an_answer(row: list[str]) -> None:
    """A test, or a plain word why it is left out."""
    _, threads, answer, held = row
    assert "#" in threads or "target/goalert" in threads
    assert "::" in held or "Left out" in answer


def test_the_complaints_are_many() -> None:
    """Twenty and more: the page is no sample."""
    assert len(ROWS) >= 20
