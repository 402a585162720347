"""Documentation keeps its form, and its links lead somewhere."""

import pytest

from tests.tidy.pages import bad_record, broken_links, links_of, numbers_used_twice
from tests.tidy.tree import ROOT, listed, markdown_sources, under

RECORD = """# 7. Use one journal

Date: 2024-11-27
Status: accepted

## Context
## Options
## Decision
## Consequences
"""


def records() -> dict[str, str]:
    """Return the decision records by file name; the template has no number and is none."""
    pages = {source.path.removeprefix("docs/adr/"): source.text for source in under("docs/adr")}
    return {name: text for name, text in pages.items() if name != "template.md"}


def test_decision_records_are_in_form() -> None:
    """Each has number, title, status, context, options, decision and consequences."""
    found = (
        f"{name}:{fault}" for name, text in records().items() for fault in bad_record(name, text)
    )
    assert "" == listed(found)


def test_no_two_decision_records_share_a_number() -> None:
    """A number names one decision for good."""
    assert [] == numbers_used_twice(records())


def test_every_link_leads_somewhere() -> None:
    """A relative link names a file or folder of this repository."""
    found = (
        broken
        for source in markdown_sources()
        for broken in broken_links(source.path, source.text, lambda path: (ROOT / path).exists())
    )
    assert "" == listed(found)


def test_a_good_record_passes() -> None:
    """The form can be met."""
    assert [] == bad_record("0007-one-journal.md", RECORD)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("7-one-journal.md", RECORD),
        ("0008-one-journal.md", RECORD),
        ("0007-one-journal.md", RECORD.replace("## Options\n", "")),
        ("0007-one-journal.md", RECORD.replace("Status: accepted", "")),
        ("0007-one-journal.md", RECORD.replace("Decision", "Choice")),
    ],
    ids=["name", "number", "no options", "no status", "other section"],
)
def test_each_fault_of_a_record_is_found(name: str, text: str) -> None:
    """Name, number, status and sections are all looked at."""
    assert 1 == len(bad_record(name, text))


def test_a_number_used_twice_is_found() -> None:
    """Two records of one number are named by it; a page without number is not a record."""
    assert ["0002"] == numbers_used_twice(["0001-a.md", "0002-b.md", "0002-c.md", "template.md"])


def test_links_of_every_form_are_seen() -> None:
    """Inline, picture, reference and fragment links count; code and the web do not."""
    page = (
        "[a](a.md) ![b](b.png) [c](../c.md#part) [web](https://example.org) [here](#part)\n"
        "`[code](code.md)`\n```\n[fence](fence.md)\n```\n[d]: d.md\n"
    )
    assert ["a.md", "b.png", "../c.md", "d.md"] == links_of(page)


def test_a_broken_link_is_found() -> None:
    """A link is followed from the folder of its page."""
    expected = ["docs/a.md: nothing is at c.md"]
    there = {"docs/b.md"}
    assert expected == broken_links("docs/a.md", "[b](b.md) [c](c.md)", there.__contains__)
