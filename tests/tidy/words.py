"""The glossary's second names: words that mean what another word already means.

`docs/glossary.md` is the table; this module reads its last column and looks for those words. A word
is found in prose and inside identifiers alike: between letters of other words it is not itself,
but an underscore or a digit ends it.
"""

import re
from typing import NamedTuple

from tests.tidy.tree import Source, line_of


class Refused(NamedTuple):
    """A second name, the name to use instead, and the folders where the second name is right."""

    word: str
    instead: str
    allowed_in: tuple[str, ...]


def refused_words(glossary: str) -> list[Refused]:
    """Read the tables of the glossary: `| name | is | word, word (folder, folder) |`."""
    rows = [line.strip("| ").split("|") for line in glossary.splitlines() if line.startswith("|")]
    return [
        Refused(match["word"].strip(), row[0].strip(), folders_of(match["folders"]))
        for row in rows
        if len(row) == len(("name", "is", "not")) and row[2].strip() not in {"not", "---"}
        for match in re.finditer(r"(?P<word>[^,(]+)(\((?P<folders>[^)]*)\))?(,|$)", row[2])
    ]


def folders_of(listed: str | None) -> tuple[str, ...]:
    """Split `a/b, c/d` into folders; none listed is none allowed."""
    return tuple(folder.strip() for folder in listed.split(",")) if listed else ()


def second_names(source: Source, refused: list[Refused]) -> list[str]:
    """Complain of each second name in a file."""
    lowered = source.text.lower()
    return [
        f"{source.path}:{line_of(source.text, hit.start())}: {hit[0]}: write {entry.instead}"
        for entry in refused
        # Most words are in few files, and a text is found much faster than a pattern.
        if not source.path.startswith(entry.allowed_in) and beginning_of(entry.word) in lowered
        for hit in pattern_of(entry.word).finditer(source.text)
    ]


def beginning_of(word: str) -> str:
    """Return what is in every text that has the word: all up to its first space or hyphen."""
    return re.split(r"[ -]", word)[0].lower()


def pattern_of(word: str) -> re.Pattern[str]:
    """Match a word in any case and its plural; a space in it may be a line end, `_` or `-`."""
    spelling = r"[\s_-]+".join(re.escape(part) for part in re.split(r"[ -]", word))
    return re.compile(rf"(?<![A-Za-z]){spelling}s?(?![A-Za-z])", re.IGNORECASE)
