"""A broker in memory behind the engine's ports: with delays, and with everything that goes wrong.

What a real broker promises it keeps: batches of a slot are appended in the order in which they were
sent, each one whole or not at all, and an acknowledged batch is there. All else is drawn from a
seed: how long a request and its answer take, whether what a killed process had already sent still
arrives, and how late (`Process.die`); and what compaction leaves.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from streams.domain.times import EpochMs
from streams.engine.ports import Appended, BatchBuilder, Headers, RecordView, Slot
from tests.unit.engine.virtual_time import pass_time

__all__ = ["Process", "SimulatedBroker", "Stored"]

_EPOCH_MS = 1_700_000_000_000
_LATE_S = 6.0


class Stored(NamedTuple):
    """A record as it lies in a log."""

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


class SimulatedBroker:
    """Logs by slot, and the committed offsets of one group."""

    def __init__(self, random: Random, partitions: Mapping[str, int]) -> None:
        self.random = random
        self.half_round_trip_s = 0.004
        """Longest time from here to there; each is drawn."""
        self.counts = dict(partitions)
        self.logs: dict[Slot, list[Stored]] = defaultdict(list)
        self.ends: dict[Slot, int] = defaultdict(int)
        self.committed: dict[Slot, int] = {}
        self.batches: list[tuple[Slot, int]] = []
        """Slot and number of records of each appended batch, in order."""

    def now(self) -> EpochMs:
        """Return the broker's own time."""
        return EpochMs(_EPOCH_MS + int(asyncio.get_running_loop().time() * 1000))

    def append(
        self, slot: Slot, records: Iterable[tuple[bytes | None, bytes | None, Headers]]
    ) -> Appended:
        """Append a batch at once."""
        first, now = self.ends[slot], self.now()
        for key, value, headers in records:
            self.logs[slot].append(Stored(self.ends[slot], now, key, value, headers))
            self.ends[slot] += 1
        self.batches.append((slot, self.ends[slot] - first))
        return Appended(first, now)

    def tail(self, slot: Slot, start: int) -> list[Stored]:
        """Return the records from an offset on."""
        return [record for record in self.logs[slot] if record.offset >= start]

    def compact(self, slot: Slot, lag_ms: int) -> None:
        """Keep the last record of each key, of those older than the lag."""
        before = self.now() - lag_ms
        last = {r.key: r.offset for r in self.logs[slot] if r.timestamp <= before}
        self.logs[slot] = [
            r for r in self.logs[slot] if r.timestamp > before or last[r.key] == r.offset
        ]

    async def delay(self) -> None:
        """Take the time of half a round trip."""
        await pass_time(self.random.uniform(0.0, self.half_round_trip_s))


class _Batch:
    """A record batch with a limit of size."""

    def __init__(self, limit: int) -> None:
        self.records: list[tuple[bytes | None, bytes | None, Headers]] = []
        self._limit = limit
        self._size = 0

    def append(
        self, *, timestamp: int, key: bytes | None, value: bytes | None, headers: Headers
    ) -> object | None:
        """Add a record if it fits; the first one always does."""
        assert timestamp >= 0
        size = len(key or b"") + len(value or b"")
        if self.records and self._size + size > self._limit:
            return None
        self._size += size
        self.records.append((key, value, tuple(headers)))
        return self

    def record_count(self) -> int:
        """Say how many records are in it."""
        return len(self.records)


class Process:
    """What belongs to one process of a worker, and is gone with it."""

    def __init__(self, broker: SimulatedBroker, batch_bytes: int) -> None:
        self.broker = broker
        self.batch_bytes = batch_bytes
        self.is_alive = True
        self.is_paused_late = False
        """Its last writes to the state arrive seconds after its end: it slept in the socket."""
        self.state_topic = ""
        self._chains: dict[Slot, asyncio.Future[None]] = {}

    # ── Appender ─────────────────────────────────────────────────────────────────────────────────

    def batch(self) -> BatchBuilder:
        """Return an empty batch."""
        return _Batch(self.batch_bytes)

    async def send(self, slot: Slot, batch: BatchBuilder) -> Awaitable[Appended]:
        """Send a batch on its way; the answer comes when it comes."""
        assert isinstance(batch, _Batch)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Appended] = loop.create_future()
        before, done = self._chains.get(slot), loop.create_future()
        self._chains[slot] = done
        # The network is not part of the process: it goes on when the process has ended.
        task = loop.create_task(self._carry(slot, batch, before, answer))
        task.add_done_callback(lambda _: _finish(done))
        return answer

    async def _carry(
        self,
        slot: Slot,
        batch: _Batch,
        before: asyncio.Future[None] | None,
        answer: asyncio.Future[Appended],
    ) -> None:
        if before is not None:
            await before
        if self.has_ended():
            return
        await self.broker.delay()
        if self.has_ended() and not await self._arrives_late(slot):
            return
        appended = self.broker.append(slot, batch.records)
        await self.broker.delay()
        if not self.has_ended() and not answer.done():
            answer.set_result(appended)

    def has_ended(self) -> bool:
        """Say whether this process is no more: that may change at any `await`."""
        return not self.is_alive

    async def _arrives_late(self, slot: Slot) -> bool:
        """Say whether what was on its way at the end of the process still arrives."""
        if slot.topic != self.state_topic:
            return self.broker.random.random() < 0.5
        if self.is_paused_late:
            await pass_time(self.broker.random.uniform(0.0, _LATE_S))
            return True
        return self.broker.random.random() < 0.5

    # ── Log ──────────────────────────────────────────────────────────────────────────────────────

    async def partitions(self, topic: str) -> int:
        """Say how many partitions a topic has."""
        return self.broker.counts[topic]

    async def read(
        self, starts: Mapping[Slot, int], each: Callable[[Slot, Sequence[RecordView]], None]
    ) -> Mapping[Slot, int]:
        """Hand over all records from `starts` to the present ends, in pieces."""
        await self.broker.delay()
        ends = {slot: self.broker.ends[slot] for slot in starts}
        for slot, start in starts.items():
            records = [r for r in self.broker.tail(slot, start) if r.offset < ends[slot]]
            half = len(records) // 2
            for piece in (records[:half], records[half:]):
                if piece:
                    each(slot, piece)
                await self.broker.delay()
        return ends


def _finish(done: asyncio.Future[None]) -> None:
    if not done.cancelled():
        done.set_result(None)
