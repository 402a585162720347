"""How fast a sender may send: one bucket of tokens each, filled at his pace up to his burst.

A request of several events takes as many tokens. One that is larger than the burst is taken when
the bucket is full and leaves it in debt, for else it could never be sent. Each gate counts for
itself: behind a balancer of n gates a sender has n times the pace.
"""

from msgspec import Struct

__all__ = ["Buckets", "Pace"]


class Pace(Struct, frozen=True):
    """How many events a second, and how many at once after a pause."""

    events_per_s: float
    burst: int


class _Bucket(Struct):
    tokens: float
    at: float


class Buckets:
    """The buckets of all senders that this gate knows; as many as there are keys."""

    def __init__(self) -> None:
        """Begin with full buckets."""
        self._buckets: dict[str, _Bucket] = {}

    def take(self, key: str, events: int, pace: Pace, now: float) -> float:
        """Take tokens for some events, and return 0; or take none, and return how long to wait.

        Args:
            key: Of the sender.
            events: How many he sends.
            pace: What he may.
            now: In seconds, by a clock that never goes back.
        """
        bucket = self._buckets.setdefault(key, _Bucket(pace.burst, now))
        grown = bucket.tokens + (now - bucket.at) * pace.events_per_s
        bucket.tokens, bucket.at = min(grown, pace.burst), now
        lack = min(events, pace.burst) - bucket.tokens
        if lack > 0:
            return lack / pace.events_per_s
        bucket.tokens -= events
        return 0.0
