"""How fast a sender may send: one bucket of tokens each, filled at his pace up to his burst.

A request of several events takes as many tokens. One that is larger than the burst is taken when
the bucket is full and leaves it in debt, for else it could never be sent. Each process counts for
itself: behind a balancer of n of them a sender has n times the pace.

A bucket that is full again says nothing that a new one does not, so it is dropped. How many there
are follows from how many senders have come within the time that a bucket needs to fill.
"""

from typing import Final

from msgspec import Struct

__all__ = ["Buckets", "Load", "Pace"]

_SWEEP_FROM: Final = 1_024
_MOST: Final = 100_000
"""Beyond these the oldest is dropped: better one sender too fast than no memory."""


class Pace(Struct, frozen=True):
    """How many events a second, and how many at once after a pause."""

    events_per_s: float
    burst: int


class Load(Struct, frozen=True):
    """What a request weighs."""

    events: int
    paid: int = 0
    """How many of them are paid for already, by this request."""


class _Bucket(Struct):
    tokens: float
    at: float
    full_at: float


class Buckets:
    """The buckets of all senders that have come of late."""

    def __init__(self) -> None:
        """Begin with full buckets."""
        self._buckets: dict[str, _Bucket] = {}
        self._sweep_at = _SWEEP_FROM

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str, load: Load, pace: Pace, now: float) -> float:
        """Take tokens for some events, and return 0; or take none, and return how long to wait.

        Args:
            key: Of the sender.
            load: What he sends.
            pace: What he may.
            now: In seconds, by a clock that never goes back.
        """
        bucket = self._buckets.get(key) or self._new(key, pace, now)
        grown = bucket.tokens + (now - bucket.at) * pace.events_per_s
        bucket.tokens, bucket.at = min(grown, pace.burst), now
        need = min(load.events, pace.burst)
        if need > bucket.tokens + load.paid:
            return (need - bucket.tokens) / pace.events_per_s
        bucket.tokens -= load.events - load.paid
        bucket.full_at = now + (pace.burst - bucket.tokens) / pace.events_per_s
        return 0.0

    def _new(self, key: str, pace: Pace, now: float) -> _Bucket:
        if len(self._buckets) >= self._sweep_at:
            self._sweep(now)
        made = self._buckets[key] = _Bucket(pace.burst, now, now)
        return made

    def _sweep(self, now: float) -> None:
        """Drop what is full again; next when twice as many are there, so that it costs little."""
        for key in [key for key, one in self._buckets.items() if one.full_at <= now]:
            del self._buckets[key]
        while len(self._buckets) >= _MOST:
            del self._buckets[next(iter(self._buckets))]
        self._sweep_at = min(max(_SWEEP_FROM, 2 * len(self._buckets)), _MOST)
