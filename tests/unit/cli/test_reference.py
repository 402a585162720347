"""The reference page of the commands is what the parsers say."""

from pathlib import Path

import pytest

from streams.cli.command import INTERRUPTED, READER_GONE, VERBS
from streams.cli.reference import cli_page
from streams.engine.crash import CRASHED
from streams.errors import InputError, UnavailableError

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "cli.md"


def test_the_committed_page_is_the_generated_one() -> None:
    """`python -m streams.cli.reference` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == cli_page()


def test_every_verb_has_its_section() -> None:
    """In the order of `siaga --help`."""
    headings = [line for line in cli_page().splitlines() if line.startswith("## ")]
    assert [f"## `siaga {name}`" for name in VERBS] == headings


def test_every_exit_code_is_told() -> None:
    """Those of errors, that of a worker that crashed, and those of a shell."""
    codes = (
        0,
        InputError.exit_code,
        2,
        UnavailableError.exit_code,
        CRASHED,
        INTERRUPTED,
        READER_GONE,
    )
    assert [] == [code for code in codes if f"\n| {code} | " not in cli_page()]


def test_the_width_of_a_terminal_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people write the same page."""
    before = cli_page()
    monkeypatch.setenv("COLUMNS", "40")
    assert before == cli_page()
