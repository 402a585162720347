"""The page that says what answers each need names only what there is, and where it is shown."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct

from streams.rules.reading import draft_of
from streams.setup import pack_text
from streams.simulation.story import Incident
from streams.simulation.story_file import load_story
from tests.stories.judging import (
    CARENANG_BINUANG,
    DUA_ZONA,
    OGAN_ILIR,
    PEKALONGAN,
    REJANG_LEBONG,
    REJANG_LEBONG_PILKADES,
    plan_of,
)
from tests.support.named_tests import is_a_test, named_tests

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "explanation" / "seeds.md").read_text(encoding="utf-8")
FOLDERS: Final = {
    folder.name: folder
    for folder in (
        CARENANG_BINUANG,
        DUA_ZONA,
        OGAN_ILIR,
        PEKALONGAN,
        REJANG_LEBONG,
        REJANG_LEBONG_PILKADES,
    )
}
RULES: Final = frozenset(draft_of(pack_text("siaga", "pilkada")).rules)
RULE: Final = re.compile(r"\b[TVWX][0-9]{2}\b")
RANGE: Final = re.compile(r"\b[TVWX][0-9]{2}–[TVWX][0-9]{2}\b")
INCIDENT: Final = re.compile(r"`([a-z0-9-]+)/([a-z0-9-]+)`")
TO_COME: Final = frozenset[str]()
"""What the page names as missing."""


class Row(Struct, frozen=True):
    """One need, and what answers it."""

    need: str
    rules: str
    shown: str
    held: str


def rows() -> Iterator[Row]:
    """Return the needs of all tables."""
    for line in PAGE.splitlines():
        if line.startswith("| ") and not line.startswith("| need |"):
            need, rules, shown, held = line.strip("| ").split(" | ")
            yield Row(need, rules, shown, held)


@cache
def incidents_of(folder: str) -> dict[str, Incident]:
    """Return the incidents of a shipped day by their ids."""
    path = FOLDERS[folder]
    return {one.id: one for one in load_story(path, plan_of(path)).incidents}


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.need)
def test_a_need_names_incidents_that_show_its_rules(row: Row) -> None:
    """A rule beside an incident is told there, or its silence is the point; a range is a day's."""
    named = INCIDENT.findall(row.shown)
    assert ("`" in row.shown and "/" in row.shown) == bool(named)
    incidents = [incidents_of(folder)[incident] for folder, incident in named]
    shown = {line.rule for one in incidents for line in one.expected}
    shown |= {line.rule for one in incidents for line in one.never}
    asked = set(RULE.findall(RANGE.sub("", row.rules)))
    assert set() == (asked - shown if named else set())


@pytest.mark.parametrize(("file", "name"), named_tests(PAGE))
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    """By its file and its name."""
    assert is_a_test(file, name)


def test_the_rules_that_are_named_are_shipped() -> None:
    """But those that the page calls missing; these are not shipped, or it would be wrong."""
    named = set(RULE.findall(PAGE))
    assert named - TO_COME <= RULES
    assert set() == TO_COME & RULES


def test_each_need_has_an_answer() -> None:
    """A test, or a plain word that there is none."""
    plain = ("out of scope", "to come", "not met", "as above")
    for row in rows():
        assert "`" in row.held or any(word in row.held.lower() for word in plain), row.need


def test_every_day_is_on_the_page() -> None:
    """Each folder answers something."""
    assert set(FOLDERS) == {folder for folder, _ in INCIDENT.findall(PAGE)} & set(FOLDERS)
