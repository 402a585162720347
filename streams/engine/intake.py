"""Intake: each record of a source topic is judged once, and goes to the journal or is put aside.

What is decided about a record is the acceptor's; here it is only carried out. The commit point of a
source partition moves when the round with its last record is acknowledged, so a crash brings
records again and never loses one. The fold drops what came before, by its origin.
"""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from msgspec.structs import replace

from streams.domain.journal import AcceptedCommand, JournalRecord
from streams.domain.partition import partition_of
from streams.domain.times import EpochMs
from streams.engine.flow import Flow
from streams.engine.marks import count_sources, intake_mark
from streams.engine.ports import Fetched, Output, RecordView, Slot
from streams.engine.world import World
from streams.engine.writer import Writer
from streams.wire.journal import encode_record
from streams.wire.outputs import letter
from streams.wire.records import (
    Broadcast,
    ClockMessage,
    DeadLettered,
    Inbound,
    Journaled,
    Parted,
    Taken,
)

__all__ = ["Acceptor", "Intake", "inbound"]

_SLICE: Final = 128
"""Records that are judged before others get a turn: a few milliseconds."""
_WAITING_MAX: Final = 10_000
"""Records that may wait for the round in flight before intake waits for it."""
_OUTCOMES: Final = {
    Journaled: "journaled",
    Broadcast: "broadcast",
    Parted: "journaled",
    DeadLettered: "dead",
    ClockMessage: "clock",
}


class Acceptor(Protocol):
    """Intake's judgment: pure, and it never raises."""

    def accept(self, record: Inbound) -> Taken:
        """Say what becomes of a record."""
        ...


class Intake:
    """Takes partition batches of the source topics, and appends to journal and dead letters."""

    def __init__(
        self, world: World, flow: Flow, acceptor: Acceptor, writer: Writer, journal_partitions: int
    ) -> None:
        """`journal_partitions` never changes: a kabupaten would move away from its state."""
        self._world = world
        self._flow = flow
        self._acceptor = acceptor
        self._writer = writer
        self._journal = [Slot(flow.topics.journal, number) for number in range(journal_partitions)]
        self._homes: dict[bytes, Slot] = {}
        self._taken = self._refused = 0
        self._lock = asyncio.Lock()

    async def take(self, fetched: Fetched) -> None:
        """Take in a partition batch, unless it has become worthless meanwhile."""
        async with self._lock:
            for start in range(0, len(fetched.records), _SLICE):
                if fetched.epoch != self._flow.epoch:
                    return
                await self._take_slice(fetched.slot, fetched.records[start : start + _SLICE])

    async def _take_slice(self, slot: Slot, records: Sequence[RecordView]) -> None:
        for record in records:
            came = inbound(slot, record)
            taken = self._acceptor.accept(came)
            if isinstance(taken, Broadcast):
                taken = await self._with_pack(taken)
            self._carry_out(came, taken)
        last = records[-1]
        if slot.topic in self._flow.topics.sources:
            self._flow.claims.take(slot, last.offset + 1, EpochMs(last.timestamp))
        self._mark_safe_later(slot, last.offset + 1)
        await self._pause()

    async def settle(self) -> None:
        """Wait until what was begun is acknowledged; nothing is begun meanwhile."""
        async with self._lock:
            await self._writer.flush()

    async def mark(self, claims: dict[Slot, EpochMs], clock: EpochMs | None = None) -> None:
        """Tell every partition of the journal how far we have heard."""
        sources = await count_sources(self._world.log, self._flow.topics.sources)
        mark = replace(
            intake_mark(claims, sources, clock, len(self._journal)),
            taken=self._taken,
            refused=self._refused,
        )
        self._taken = self._refused = 0
        self._broadcast(mark, clock or EpochMs(0))
        self._world.observer.on_mark(claims)

    def _carry_out(self, record: Inbound, taken: Taken) -> None:
        # Word of our own notices would make what others send seem well, or ill.
        counts = record.topic in self._flow.topics.sources
        match taken:
            case Journaled():
                self._taken += counts
                self._journal_one(taken, record.timestamp_ms)
            case Parted(parts):
                self._taken += counts
                for part in parts:
                    self._journal_one(part, record.timestamp_ms)
            case Broadcast(journaled):
                self._broadcast(journaled, record.timestamp_ms)
            case DeadLettered():
                self._refused += counts
                self._put_aside(record, taken)
            case ClockMessage():
                pass
        self._world.observer.on_accepted(record.topic, _OUTCOMES[type(taken)])

    def _journal_one(self, taken: Journaled, timestamp: EpochMs) -> None:
        value = encode_record(taken.record)
        self._writer.put(self._home(taken.key), taken.key, value, timestamp)

    async def _with_pack(self, taken: Broadcast) -> Broadcast:
        """Put the pack that a command names into its record, so that the journal has it."""
        record = taken.record
        if not isinstance(record, AcceptedCommand) or not record.event.pack:
            return taken
        name = record.event.pack.encode()
        found = dict[bytes | None, bytes | None]()

        def see(_: Slot, records: Sequence[RecordView]) -> None:
            found.update((one.key, one.value) for one in records if one.key == name)

        await self._world.log.read({Slot(self._flow.topics.packs, 0): 0}, see)
        published = (found.get(name) or b"").decode(errors="replace")
        return Broadcast(replace(record, published=published))

    def _broadcast(self, record: JournalRecord, timestamp: EpochMs) -> None:
        value = encode_record(record)
        for slot in self._journal:
            self._writer.put(slot, None, value, timestamp)

    def _home(self, key: bytes) -> Slot:
        # There are 514 keys, and murmur2 in Python takes longer than all the rest of an append.
        slot = self._homes.get(key)
        if slot is None:
            slot = self._homes[key] = self._journal[partition_of(key, len(self._journal))]
        return slot

    def _put_aside(self, record: Inbound, verdict: DeadLettered) -> None:
        written = letter(record, verdict.reason, verdict.detail)
        topic = self._flow.topics.dead_letters
        output = Output(topic, written.key, written.value, written.headers)
        self._writer.put_output(0, output, record.timestamp_ms)
        self._world.observer.on_dead_letter(verdict.reason)

    def _mark_safe_later(self, slot: Slot, end: int) -> None:
        """Let a commit point move when all that was put is acknowledged."""
        epoch = self._flow.epoch
        self._writer.barrier().add_done_callback(lambda _: self._flow.mark_safe(slot, end, epoch))

    async def _pause(self) -> None:
        """Let others run; wait for the broker when it is far behind us."""
        if self._writer.waiting > _WAITING_MAX:
            await self._writer.flush()
        else:
            await asyncio.sleep(0)


def inbound(slot: Slot, record: RecordView) -> Inbound:
    """Return a fetched record as the acceptor takes it."""
    return Inbound(
        slot.topic,
        slot.partition,
        record.offset,
        EpochMs(record.timestamp),
        record.key,
        record.value,
        tuple(record.headers),
    )
