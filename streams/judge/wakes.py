"""A queue of times at which something must be looked at again."""

from heapq import heappop, heappush

from streams.domain.times import EpochMs
from streams.judge.table import Key

__all__ = ["Wakes"]


class Wakes:
    """A queue of (time, key): each key is queued for its earliest time."""

    def __init__(self) -> None:
        """Make an empty queue."""
        self._heap: list[tuple[EpochMs, Key]] = []
        self._at: dict[Key, EpochMs] = {}

    def arm(self, key: Key, at: EpochMs | None) -> None:
        """Wake `key` at `at`, unless it is woken earlier anyway; None asks for nothing."""
        if at is not None and at < self._at.get(key, at + 1):
            self._at[key] = at
            heappush(self._heap, (at, key))

    def is_armed(self, key: Key) -> bool:
        """Tell whether `key` is going to be woken."""
        return key in self._at

    def next_at(self) -> EpochMs | None:
        """Return the earliest time, or None."""
        while self._heap and self._at.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop(self) -> Key:
        """Return the key of the earliest time, which is no longer queued."""
        assert self._heap, "ask `next_at` first"
        _, key = heappop(self._heap)
        del self._at[key]
        return key
