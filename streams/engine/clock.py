"""The broker's clock, as far as a worker can know it without a clock of its own.

The append time in an acknowledgement was the broker's time at some moment before the answer came.
From then on this machine only counts seconds (its monotonic clock); what its wall clock believes is
never read. So `now` may be late by the way of an answer, and is never ahead of the broker, as long
as the broker's own clock is not set back.
"""

from collections.abc import Callable

from streams.domain.times import EpochMs
from streams.engine.ports import Appended

__all__ = ["BrokerClock", "Seconds"]

Seconds = Callable[[], float]
"""A clock that only counts: seconds from some moment, never back."""


class BrokerClock:
    """Learns the broker's time from acknowledgements; 0 as long as there was none."""

    def __init__(self, seconds: Seconds) -> None:
        self._seconds = seconds
        self._ahead_ms: float | None = None

    def learn(self, answer: Appended) -> None:
        """Take in an acknowledgement at the moment it is handled."""
        assert answer.appended_at is not None, "the journal must have LogAppendTime"
        self._ahead_ms = answer.appended_at - self._seconds() * 1000

    def now(self) -> EpochMs:
        """Return a time that the broker's clock has surely reached."""
        if self._ahead_ms is None:
            return EpochMs(0)
        return EpochMs(int(self._seconds() * 1000 + self._ahead_ms))
