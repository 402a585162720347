"""What may stand around the question that a rule is asked: a clock, which the judgment has none of.

Whoever hosts a fold may put a stopwatch into its state. It hands on the question and the answer
as they are, so what is judged is the same with one and without.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from streams.rules.head import RuleHead

__all__ = ["Stopwatch"]

_Answer = TypeVar("_Answer")


class Stopwatch(Protocol):
    """Measures how long rules are asked."""

    def time(self, head: RuleHead, ask: Callable[[], _Answer]) -> _Answer:
        """Ask, and return the answer; an error of the rule passes through."""
        ...
