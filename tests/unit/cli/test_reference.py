"""The reference page of the commands is what the parsers say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from streams.cli.command import INTERRUPTED, READER_GONE, VERBS
from streams.cli.reference import cli_page
from streams.cli.settings_page import settings_page
from streams.config import Config
from streams.engine.crash import CRASHED
from streams.errors import InputError, UnavailableError

FOLDER = Path(__file__).parents[3] / "docs" / "reference"


@pytest.mark.parametrize(("name", "page"), [("cli.md", cli_page), ("settings.md", settings_page)])
def test_the_committed_page_is_the_generated_one(name: str, page: Callable[[], str]) -> None:
    """`python -m streams.cli.reference` writes it anew."""
    assert (FOLDER / name).read_text(encoding="utf-8") == page()


def test_every_setting_says_what_it_is_for_and_what_it_takes() -> None:
    """In the order of the type; with bounds, words, and flags by their own names."""
    sections = settings_page().split("\n## ")[1:]
    names = [section.split("`")[1] for section in sections]
    assert [*Config.__struct_fields__] == names
    assert [] == [name for name, one in zip(names, sections, strict=True) if "\n\n\n" in one]
    said = dict(zip(names, sections, strict=True))
    assert "- takes: `all` or `intake` or `watch`\n" in said["role"]
    assert "- takes: number above 0 to 30\n" in said["session_s"]
    assert "`siaga gate --election`" in said["elections"]


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
