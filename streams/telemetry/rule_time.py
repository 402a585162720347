"""Measures how long rules are asked, at one journal record in so many.

To look at a clock before and after every question would take longer than some of the answers.
"""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from prometheus_client import Counter

from streams.rules.head import RuleHead

__all__ = ["RESTRICTED", "TIMED_EVERY", "RuleTimer"]

RESTRICTED: Final = "restricted"
"""In the place of a rule whose alerts only some may see."""
TIMED_EVERY: Final = 64
"""Journal records of a partition of which one is measured, and counts for all."""
_Answer = TypeVar("_Answer")


class RuleTimer:
    """Adds up the time by rule; implements the judgment's `Stopwatch`."""

    def __init__(
        self, seconds_by_rule: Counter, seconds: Callable[[], float] = time.thread_time
    ) -> None:
        """Count into a metric, by a clock that stands still while other threads run."""
        self._by_rule = seconds_by_rule
        self._seconds = seconds

    def time(self, head: RuleHead, ask: Callable[[], _Answer]) -> _Answer:
        """Ask, and note how long the answer takes."""
        began = self._seconds()
        try:
            return ask()
        finally:
            # That a report has come of which only some may know must not show in a rule's time.
            rule = RESTRICTED if head.rule.restricted_to else head.rule.id
            self._by_rule.labels(rule).inc((self._seconds() - began) * TIMED_EVERY)
