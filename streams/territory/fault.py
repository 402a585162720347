"""What is wrong in an election folder, as values: all of it at once, nothing thrown.

A person who mends a spreadsheet wants one list. So a parser notes a fault and goes on, and a value
that could not be read is left out of what follows, so that one slip gives one fault.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

__all__ = ["Fault", "FaultSeverity", "Faults", "errors_of", "quote", "some_of"]

_SHOWN_MAX: Final = 60
_WORDS_MAX: Final = 3


class FaultSeverity(StrEnum):
    """Whether the folder can be used all the same."""

    ERROR = "error"
    WARNING = "warning"


class Fault(Struct, frozen=True, kw_only=True):
    """One fault: where it is, what stands there and what should."""

    file: str
    line: int
    """From 1; 0 means the file as a whole."""
    column: str
    """Column or key; empty means the line as a whole."""
    found: str
    expected: str
    """Empty: `found` says what is wrong in a sentence of its own."""
    severity: FaultSeverity

    def __str__(self) -> str:
        """Say it as `tps.csv:12: class: found 'aman', expected ...`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f" {self.column}:" if self.column else ""
        mark = " [warning]" if self.severity is FaultSeverity.WARNING else ""
        told = f"found {self.found}, expected {self.expected}" if self.expected else self.found
        return f"{place}:{column} {told}{mark}"


class Faults:
    """Collects the faults of one file while it is read.

    Attributes:
        file: Name of the file within the folder.
        noted: What was found so far, in the order of finding.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.noted: list[Fault] = []

    def error(self, line: int, column: str, found: str, expected: str) -> None:
        """Note what makes the folder unusable."""
        self._note(FaultSeverity.ERROR, (line, column), found, expected)

    def warning(self, line: int, column: str, found: str, expected: str) -> None:
        """Note what a person should look at, though the folder can be used."""
        self._note(FaultSeverity.WARNING, (line, column), found, expected)

    def quoted(self, line: int, column: str, text: str, expected: str) -> None:
        """Note an error whose finding is the text of a cell."""
        self.error(line, column, quote(text), expected)

    def _note(
        self, severity: FaultSeverity, at: tuple[int, str], found: str, expected: str
    ) -> None:
        line, column = at
        self.noted.append(
            Fault(
                file=self.file,
                line=line,
                column=str(column),
                found=found,
                expected=expected,
                severity=severity,
            )
        )


def quote(text: str) -> str:
    """Show the text of a cell in a message: quoted, in one line, not too long."""
    if not text:
        return "nothing"
    return repr(text if len(text) <= _SHOWN_MAX else f"{text[:_SHOWN_MAX]}…")


def some_of(words: Sequence[str]) -> str:
    """Name the first few of some words, and how many more there are."""
    shown = ", ".join(words[:_WORDS_MAX])
    more = len(words) - _WORDS_MAX
    return f"{shown} and {more} more" if more > 0 else shown


def errors_of(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return those that make the folder unusable."""
    return tuple(fault for fault in faults if fault.severity is FaultSeverity.ERROR)
