"""Puts the source partitions of a played day into one order: that of the player's clock.

On a real day the order in which intake reads is the order in which things became known. A played
day runs at many times real time, and fetches bring one partition minutes ahead of another; read
as it comes, an acknowledgement given at 10:02 would be judged after the ladder's step of 10:10.
So each record waits until every source partition has had a clock message beyond it: the player
writes one a played second into each of them. What leaves is ordered by (clock, topic,
partition, offset), with a *tick* where a played second ends; so with one intake worker the
journal is the same at every speed, marks included.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from streams.domain.times import EpochMs
from streams.engine.ports import Slot

__all__ = ["PlayedOrder", "Tick", "Timed"]

T = TypeVar("T")


class Timed(NamedTuple, Generic[T]):
    """A record with its partition and the player's time of it."""

    clock: EpochMs
    slot: Slot
    record: T


class Tick(NamedTuple):
    """Everything of all partitions before this clock has left."""

    clock: EpochMs


class PlayedOrder(Generic[T]):
    """Holds records back until all source partitions have had a clock message beyond them."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        """Begin with these partitions, of which nothing was seen yet."""
        self._waiting: dict[Slot, deque[Timed[T]]] = {slot: deque() for slot in sorted(slots)}
        self._reached = dict.fromkeys(self._waiting, EpochMs(0))
        self._ticked = dict.fromkeys(self._waiting, EpochMs(0))
        self._ticks = set[EpochMs]()

    def is_empty(self, slot: Slot) -> bool:
        """Say whether nothing of a partition waits."""
        return not self._waiting[slot]

    def add(self, slot: Slot, clock: EpochMs | None, record: T) -> None:
        """Take in the next record of a partition.

        Without a clock, or with one that goes back, it has the largest of its partition so far.
        """
        reached = max(self._reached[slot], clock or EpochMs(0))
        self._reached[slot] = reached
        self._waiting[slot].append(Timed(reached, slot, record))

    def tick(self, slot: Slot, clock: EpochMs) -> None:
        """Take in a clock message of a partition."""
        self._reached[slot] = max(self._reached[slot], clock)
        if clock > self._ticked[slot]:
            self._ticked[slot] = clock
            self._ticks.add(clock)

    def release(self) -> Iterator[Timed[T] | Tick]:
        """Let go, in order, of everything that no other partition can still precede.

        That is what lies before the last clock message that all have had: of the very moment
        itself, more may still come.
        """
        ticked = min(self._ticked.values(), default=EpochMs(0))
        ready = self._ready(ticked)
        ticks = sorted(clock for clock in self._ticks if clock <= ticked)
        self._ticks.difference_update(ticks)
        for clock in ticks:
            while ready and ready[0].clock < clock:
                yield ready.popleft()
            yield Tick(clock)

    def _ready(self, before: EpochMs) -> deque[Timed[T]]:
        ready = list[Timed[T]]()
        for waiting in self._waiting.values():
            while waiting and waiting[0].clock < before:
                ready.append(waiting.popleft())
        # The sort is stable: within a partition the order of offsets stays.
        return deque(sorted(ready, key=lambda timed: (timed.clock, timed.slot)))
