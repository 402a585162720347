"""A circuit breaker: whoever has failed time and again is left alone for a while, then asked once.

    CLOSED ──5 failures in a row──► OPEN ──time is over, somebody tries──► HALF_OPEN
       ▲                              ▲                                       │
       └───────── a success ──────────┼──────────── a failure ────────────────┘

A gateway that is down fails for everybody; a number that the gateway chokes on fails for itself
alone, and must not silence the others. So failures open the breaker of a shared channel only if
they are of two destinations at least. A refusal is a success here: somebody has answered.
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["Breaker", "BreakerState"]

_FAILURES: Final = 5
_OPEN_S: Final = 5.0
_OPEN_MAX_S: Final = 60.0
_TRIPS_MAX: Final = 10  # Beyond them the time is the longest anyway.


class BreakerState(StrEnum):
    """Whether tries are let through."""

    CLOSED = "closed"
    """All are."""
    OPEN = "open"
    """None is, until a time."""
    HALF_OPEN = "half_open"
    """One is on its way; what comes of it decides for the others."""


class Breaker(Struct, frozen=True):
    """What is known of a server."""

    state: BreakerState = BreakerState.CLOSED
    until: float = 0.0
    """Of an open one: from when on one may try."""
    failures: int = 0
    """In a row."""
    of: frozenset[str] = frozenset()
    """The destinations of these failures, as far as they must be told apart."""
    trips: int = 0
    """How often it has opened since the last success."""

    def free_at(self, now: float) -> float:
        """Return from when on one may try; infinite while somebody else finds out."""
        match self.state:
            case BreakerState.CLOSED:
                return now
            case BreakerState.OPEN:
                return max(now, self.until)
            case BreakerState.HALF_OPEN:
                return float("inf")

    def tried(self) -> "Breaker":
        """Return it when a try goes out."""
        if self.state is BreakerState.OPEN:
            return replace(self, state=BreakerState.HALF_OPEN)
        return self

    def succeeded(self) -> "Breaker":
        """Return it after an answer."""
        return Breaker()

    def failed(self, destination: str, witnesses: int, now: float) -> "Breaker":
        """Return it after a failure; it opens for those of at least `witnesses` destinations."""
        failures = min(self.failures + 1, _FAILURES)
        seen = self.of if len(self.of) >= witnesses else self.of | {destination}
        is_enough = failures >= _FAILURES and len(seen) >= witnesses
        if self.state is BreakerState.HALF_OPEN or (
            self.state is BreakerState.CLOSED and is_enough
        ):
            until = now + min(_OPEN_S * 2**self.trips, _OPEN_MAX_S)
            trips = min(self.trips + 1, _TRIPS_MAX)
            return Breaker(BreakerState.OPEN, until, failures, seen, trips)
        return replace(self, failures=failures, of=seen)
