"""What has ended, and when it is forgotten: an hour later, by the newest record of any topic.

Topics are read side by side and partition by partition, so what ended first is not what was heard
of first: the order here is that of the broker's clock. On a played day of last year the times in
the documents are last year's, so they are not asked.
"""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from typing import Final, Generic, TypeVar

from streams.domain.times import HOUR_MS, EpochMs

__all__ = ["ENDED_MS", "Endings"]

ENDED_MS: Final = HOUR_MS
"""How long what has ended is held."""
_SPARE: Final = 1_024

Key = TypeVar("Key")


class Endings(Generic[Key]):
    """When each thing has ended, as far as it has."""

    def __init__(self, most: int) -> None:
        """Begin with nothing.

        Args:
            most: How many are held; beyond it those go first that ended first.
        """
        self._most = most
        self._ended: dict[Key, tuple[EpochMs, int]] = {}
        self._heap: list[tuple[EpochMs, int, Key]] = []
        """Those that have ended, and some that did not end after all, or ended again."""
        self._count = 0

    def __contains__(self, key: Key) -> bool:
        """Tell whether something has ended."""
        return key in self._ended

    def end(self, key: Key, at: EpochMs) -> None:
        """Take down that something has ended."""
        self._count += 1
        self._ended[key] = at, self._count
        heappush(self._heap, (at, self._count, key))
        if len(self._heap) > 2 * len(self._ended) + _SPARE:
            self._heap = [(*one, key) for key, one in self._ended.items()]
            heapify(self._heap)

    def take_back(self, key: Key) -> None:
        """Take down that something has not ended, or is not there any more."""
        self._ended.pop(key, None)

    def due(self, now: EpochMs) -> Iterator[Key]:
        """Yield what is to be forgotten now, what ended first first; it is held no longer."""
        while self._heap:
            at, count, key = self._heap[0]
            is_there = self._ended.get(key) == (at, count)
            if is_there and at > now - ENDED_MS and len(self._ended) <= self._most:
                return
            heappop(self._heap)
            if is_there:
                del self._ended[key]
                yield key
