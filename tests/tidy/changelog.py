"""The form of CHANGELOG.md: Keep a Changelog, and each entry one sentence for its readers.

    # Changelog
    ## [Unreleased]
    ### Added
    - subsystem: What a user can do now, as a sentence.
    ## [1.2.0] - 2024-11-27

An entry may go on over indented lines.
"""

import re
from collections.abc import Iterator

KINDS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
UNRELEASED = "## [Unreleased]"
RELEASE = re.compile(r"## \[(\d+)\.(\d+)\.(\d+)\] - \d{4}-\d{2}-\d{2}")
ENTRY = re.compile(r"- [a-z][a-z-]*: \S.*[.!]", re.DOTALL)


def malformed(text: str) -> list[str]:
    """Complain of each line that is not in form."""
    lines = text.splitlines()
    found = [] if lines[:1] == ["# Changelog"] else ["1: the first line is '# Changelog'"]
    return [*found, *bad_releases(lines), *bad_kinds(lines), *bad_entries(lines)]


def bad_releases(lines: list[str]) -> Iterator[str]:
    """Check the headings of releases: Unreleased first, then the newest."""
    headings = [(number, line) for number, line in enumerate(lines, 1) if line.startswith("## ")]
    if [line for _, line in headings[:1]] != [UNRELEASED]:
        yield f"1: the first heading is '{UNRELEASED}'"
    newer: tuple[int, ...] | None = None
    for number, line in headings:
        if line == UNRELEASED:
            continue
        release = RELEASE.fullmatch(line)
        if not release:
            yield f"{number}: expected '## [1.2.3] - 2024-11-27', found '{line}'"
            continue
        version = tuple(int(part) for part in release.groups())
        if newer is not None and version >= newer:
            yield f"{number}: releases go from the newest to the oldest"
        newer = version


def bad_kinds(lines: list[str]) -> Iterator[str]:
    """Check the headings of kinds of change."""
    for number, line in enumerate(lines, 1):
        if line.startswith("### ") and line.removeprefix("### ") not in KINDS:
            yield f"{number}: '{line}' is none of {', '.join(KINDS)}"


def bad_entries(lines: list[str]) -> Iterator[str]:
    """Check each entry, joined over its indented lines."""
    for number, line in enumerate(lines, 1):
        if line.startswith("- "):
            following = (rest for rest in lines[number:])
            entry = "\n".join([line, *indented(following)])
            if not ENTRY.fullmatch(entry):
                yield f"{number}: expected '- subsystem: Sentence.', found '{line}'"


def indented(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines up to the first that is not indented."""
    for line in lines:
        if not line.startswith("  "):
            return
        yield line
