"""The changelog can be read by people and by programs."""

import pytest

from tests.tidy.changelog import malformed
from tests.tidy.tree import listed, read

GOOD = """# Changelog

## [Unreleased]

### Added

- rules: Three new rules for pilkades
  and their runbooks.

## [0.2.0] - 2024-11-27

### Fixed

- wire: A count of exactly zero is taken.

## [0.1.0] - 2024-10-01
"""


def test_our_changelog_is_in_form() -> None:
    """Keep a Changelog, with a subsystem before each sentence."""
    assert "" == listed(malformed(read("CHANGELOG.md")))


def test_a_good_changelog_passes() -> None:
    """Entries may span lines; releases go back in time."""
    assert [] == malformed(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("# Changelog", "# Changes", 1),
        ("## [Unreleased]\n", "", 1),
        ("### Fixed", "### Mended", 12),
        ("[0.2.0] - 2024-11-27", "[0.2.0]", 10),
        ("[0.2.0]", "[0.0.9]", 16),
        ("- wire: A count", "- A count", 14),
        ("zero is taken.", "zero is taken", 14),
        ("  and their runbooks.", "  and more", 7),
    ],
)
def test_each_fault_of_form_is_found(old: str, new: str, line: int) -> None:
    """A wrong title, order, kind, date, subsystem or end of sentence is named by its line."""
    found = malformed(GOOD.replace(old, new))
    assert [str(line)] == [complaint.split(":")[0] for complaint in found]
