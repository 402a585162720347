"""What can go wrong with an expression: it is refused when read, or fails when evaluated.

Inside the package a fault is a `Refusal`: what is wrong and where, without the text. The one who
has the text makes an `ExpressionError` of it, which draws the line and points below it:

    line 1, column 36: found quue, expected a field of event; did you mean queue?
      event.kind == "heartbeat" && event.quue > 50
                                         ^^^^
"""

import difflib
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from streams.errors import ConfigError, SiagaError

__all__ = ["EvaluationError", "ExpressionError", "Refusal", "Span", "nearest"]

_SHOWN_MAX: Final = 100
"""Characters of a line that are drawn; a longer one is cut around the place."""


class Span(Struct, frozen=True):
    """A piece of the text: `start` up to `end` in characters, and where its start is for people."""

    start: int
    end: int
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""


class Refusal(Exception):  # noqa: N818  # Never seen outside: it becomes an `ExpressionError`.
    """What is wrong at a place of the text."""

    def __init__(self, problem: str, span: Span) -> None:
        super().__init__(problem)
        self.problem = problem
        self.span = span


class ExpressionError(ConfigError):
    """An expression cannot be used; the message says where, what was found and expected."""

    def __init__(self, problem: str, span: Span, text: str) -> None:
        self.problem = problem
        self.line = span.line
        self.column = span.column
        where = f"line {span.line}, column {span.column}: {problem}"
        super().__init__(f"{where}\n{_drawn(text, span)}")


class EvaluationError(SiagaError):
    """A checked expression has no value for these values: overflow, division by zero, no item."""

    reason = "evaluation"
    exit_code = 1


def _drawn(text: str, span: Span) -> str:
    """Draw the line of the text with carets below the place."""
    first = span.start - (span.column - 1)
    line = text[first:].split("\n", 1)[0].rstrip("\r")
    begin = max(0, span.column - 1 - _SHOWN_MAX // 2)
    shown = line[begin : begin + _SHOWN_MAX]
    at = span.column - 1 - begin
    width = max(1, min(span.end - span.start, len(shown) - at))
    # A tab stays a tab, so that the carets stand below their place whatever its width.
    margin = "".join(character if character == "\t" else " " for character in shown[:at])
    return f"  {shown}\n  {margin.ljust(at)}{'^' * width}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which names are known, and which one was probably meant."""
    names = sorted(known)
    meant = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {meant[0]}?" if meant else f"expected one of {', '.join(names)}"
