"""The source tree as the checkers see it: each file once, as path and text.

A checker is a pure function from such a text to a list of complaints; so each can be shown to
refuse a small bad example. A test then runs it over the tree and expects no complaint. Files that
git ignores are not part of the tree.
"""

import subprocess
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Source(NamedTuple):
    """One text file: its path from the root of the repository, and what it says."""

    path: str
    text: str


def listed_paths() -> list[str]:
    """List what is committed, or will be with the next `git add`, sorted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    # A file that was deleted but not yet committed as deleted is still listed.
    return sorted(path for path in set(listed.stdout.split("\0")) if (ROOT / path).is_file())


@cache
def sources() -> tuple[Source, ...]:
    """Read every text file of the tree; what is not UTF-8 is not text."""
    found: list[Source] = []
    for path in listed_paths():
        try:
            found.append(Source(path, (ROOT / path).read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return tuple(found)


def under(*folders: str, suffix: str = "") -> list[Source]:
    """Return the files below any of `folders` whose name ends in `suffix`."""
    starts = tuple(f"{folder}/" for folder in folders)
    return [
        source
        for source in sources()
        if source.path.startswith(starts) and source.path.endswith(suffix)
    ]


def python_sources() -> list[Source]:
    """Return every Python file, tests included."""
    return [source for source in sources() if source.path.endswith(".py")]


def markdown_sources() -> list[Source]:
    """Return every page of documentation."""
    return [source for source in sources() if source.path.endswith(".md")]


def read(path: str) -> str:
    """Return the text of one file, named from the root."""
    return (ROOT / path).read_text("utf-8")


def line_of(text: str, position: int) -> int:
    """Return the number, from 1, of the line that holds the character at `position`."""
    return text.count("\n", 0, position) + 1


def complaints(check: Callable[[str], list[str]], over: Iterable[Source]) -> str:
    """Run `check` over the text of each file; each complaint is led by the file's path."""
    return listed(f"{source.path}:{found}" for source in over for found in check(source.text))


def listed(found: Iterable[str]) -> str:
    """Put one complaint on a line, so that a failed test shows all; none is an empty text."""
    return "\n".join(found)
