"""The journal of a day on which intake workers lag, each in its own way.

Every worker reads its source partitions in the order of the player's clock, and marks each played
second; but one of them may be minutes behind another, as after a crash. So events of different
partitions come into the journal in another order than that of their receipt, which no replay of a
file ever shows.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from random import Random
from typing import Final, NamedTuple

from streams.domain.journal import JournalRecord
from streams.domain.partition import partition_of
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.engine.marks import intake_mark
from streams.engine.ports import Slot
from streams.engine.topics import SOURCES
from streams.simulation.played import Played, clock_text
from streams.wire.accept import Acceptor
from streams.wire.clock import CLOCK_HEADER
from streams.wire.journal import JournalLine
from streams.wire.records import Inbound, Journaled
from tests.faults.load import Load

__all__ = ["disordered"]

_WORKERS: Final = 3
_PARTITIONS: Final = 4
"""Of each source topic."""
_LAGS_MS: Final = (0, 0, 500, 5_000, MINUTE_MS, 5 * MINUTE_MS)
_SPELLS_MS: Final = (20_000, MINUTE_MS, 3 * MINUTE_MS, 7 * MINUTE_MS)
"""How long a worker may lag in one way."""


class _Read(NamedTuple):
    """A message that a worker comes upon, or the player's clock."""

    clock: EpochMs
    slot: Slot | None = None
    """None: it is the clock."""
    value: bytes = b""


def disordered(load: Load, acceptor: Acceptor, seed: int) -> Iterator[JournalLine]:
    """Yield the one partition of a journal that such workers make of a day.

    Args:
        load: The day; clock messages come from its start to its end.
        acceptor: Intake's judgment, by the player's clock.
        seed: Of the lags, and of who reads what.
    """
    chance = Random(seed)
    slots = [Slot(topic, number) for topic in SOURCES for number in range(_PARTITIONS)]
    owner = {slot: chance.randrange(_WORKERS) for slot in slots}
    sent = [_sent(played, chance) for played in load.day]
    ticks = [_Read(EpochMs(clock)) for clock in range(load.starts, load.ends + 1, SECOND_MS)]
    workers = [
        _Worker(
            number,
            [slot for slot in slots if owner[slot] == number],
            [one for one in sent if one.slot is not None and owner[one.slot] == number],
        )
        for number in range(_WORKERS)
    ]
    comes = [worker.comes_upon(ticks, chance) for worker in workers]
    offsets = itertools.count()
    for at, number, one in merge(*comes, key=lambda read: read[:2]):
        record = workers[number].take(one, acceptor)
        if record is not None:
            yield JournalLine(0, next(offsets), at, record)


class _Worker:
    """An intake worker: which partitions it has, and what lies in them."""

    def __init__(self, number: int, slots: Sequence[Slot], sent: Sequence[_Read]) -> None:
        self._number = number
        self._slots = slots
        self._sent = sent
        self._offsets = dict.fromkeys(slots, 0)

    def comes_upon(
        self, ticks: Iterable[_Read], chance: Random
    ) -> Iterator[tuple[EpochMs, int, _Read]]:
        """Yield what it reads, in order, each with the time at which it comes to it."""
        at, lag_ms, until = EpochMs(0), 0, 0
        for one in merge(ticks, self._sent, key=lambda read: read.clock):
            until = until or one.clock
            while until <= one.clock:
                lag_ms = chance.choice(_LAGS_MS)
                until += chance.choice(_SPELLS_MS)
            at = EpochMs(max(at, one.clock + lag_ms))
            yield at, self._number, one

    def take(self, one: _Read, acceptor: Acceptor) -> JournalRecord | None:
        """Return what it appends to the journal."""
        if one.slot is None:
            claims = dict.fromkeys(self._slots, one.clock)
            return intake_mark(claims, dict.fromkeys(SOURCES, _PARTITIONS), one.clock)
        offset = self._offsets[one.slot]
        self._offsets[one.slot] += 1
        header = CLOCK_HEADER, clock_text(one.clock).encode()
        came = Inbound(*one.slot, offset, EpochMs(0), None, one.value, (header,))
        taken = acceptor.accept(came)
        return taken.record if isinstance(taken, Journaled) else None


def _sent(played: Played, chance: Random) -> _Read:
    drawn = chance.randrange(_PARTITIONS)
    number = drawn if played.key is None else partition_of(played.key, _PARTITIONS)
    return _Read(played.received_at, Slot(played.topic, number), played.value)
