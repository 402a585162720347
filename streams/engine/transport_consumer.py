# Faust's and aiokafka's own types are Unknown to pyright:
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false, reportUnknownParameterType=false
# pyright: reportUnknownVariableType=false
"""The consumer behind `siaga://`: partition batches, contiguity, commit points, takeover.

Faust starts two tasks for every record that it delivers, and fetches nothing meanwhile. So an agent
gets one record a fetch, that stands for the batches of all its partitions.

The order of things in a rebalance is the heart of it:

    revoked:   stop the flow · machine quiesces (lines, checkpoint) · commit · forget
    assigned:  (Faust) … perform_seek: committed offsets · machine takes over · seek · flow

`perform_seek` is the only step that Faust awaits between an assignment and the flow of records, so
the state is loaded there. Upstream forgets acks before it commits; hence our order at revocation.
"""

import asyncio
import gc
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, cast

from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams.engine.contiguity import Contiguity, FetchAgain
from streams.engine.link import link_of
from streams.engine.ports import Fetched, RecordView, Slot
from streams.engine.transport_thread import BatchThread
from streams.engine.watchdog import Gauge

__all__ = ["BatchConsumer", "BundleRecord"]

_LITTLE: Final = 500
"""Records; after a fetch of fewer the next one is put off a little, to bring more at once."""

Records = Mapping[TP, list[RecordView]]


class BundleRecord:
    """Partition batches that look like one aiokafka record, so that Faust takes them for one."""

    __slots__ = ("offset", "partition", "timestamp", "topic", "value")

    timestamp_type = 0
    headers = ()
    key = None
    checksum = None
    serialized_key_size = 0
    serialized_value_size = 0

    def __init__(self, batches: Mapping[TP, Fetched]) -> None:
        """Stand for the batches under the last offset of the first."""
        tp, first = next(iter(batches.items()))
        last = first.records[-1]
        self.topic, self.partition = tp.topic, tp.partition
        self.offset, self.timestamp = last.offset, last.timestamp
        self.value = tuple(batches.values())


class BatchConsumer(driver.Consumer):
    """Faust's consumer, handing out partition batches and committing what its machine has done."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._link = link_of(self.app)
        self._is_trickling = False
        self._contiguity = Contiguity()

    def _new_consumer_thread(self) -> BatchThread:
        return BatchThread(self, loop=self.loop, beacon=self.beacon)

    @property
    def _batch_thread(self) -> BatchThread:
        return cast("BatchThread", self._thread)

    # ── Fetching ─────────────────────────────────────────────────────────────────────────────────

    async def _getmany(
        self,
        active_partitions: set[TP] | None,
        timeout: float,  # noqa: ASYNC109 - Faust hands it over by this name
    ) -> Records:
        """A fetch may wait through a whole rebalance: only offsets tell what its result is."""
        if self._is_trickling:  # Saves most of the CPU at rates that don't fill a fetch.
            await asyncio.sleep(self._link.fetch_pause_s)
        fetched = await super()._getmany(active_partitions, timeout)
        if not self.flow_active:
            # Upstream would take {} for a reason to run a second, concurrent perform_seek.
            return cast("Records", None)
        self._is_trickling = sum(map(len, fetched.values())) < _LITTLE
        out: dict[TP, list[RecordView]] = {}
        events: list[dict[TP, Fetched]] = [{} for _ in self._link.agents]
        for tp, records in fetched.items():
            if tp.topic not in self._link.batch_topics:
                out[tp] = records
            elif batch := await self._batch(tp, records):
                events[self._agent_of(batch.slot)][tp] = batch
        for event in events:
            if event:
                out[next(iter(event))] = [cast("RecordView", BundleRecord(event))]
        return out

    def _agent_of(self, slot: Slot) -> int:
        return next(n for n, topics in enumerate(self._link.agents) if slot.topic in topics)

    async def _batch(self, tp: TP, records: list[RecordView]) -> Fetched | None:
        slot = self._link.names.slot(tp)
        match self._contiguity.sift(slot, records):
            case FetchAgain(offset):
                self.log.warning("fetching %s from %d again: got %d", tp, offset, records[0].offset)
                await self.seek_wait({tp: offset})
                return None
            case []:
                return None
            case fresh:
                return Fetched(slot, self._link.flow.epoch, fresh)

    # ── Commits ──────────────────────────────────────────────────────────────────────────────────

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Leave batch topics out of Faust's own book of acks."""
        if tp.topic not in self._link.batch_topics:
            await super()._add_gap(tp, offset_from, offset_to)

    def _filter_tps_with_pending_acks(
        self, topics: AbstractSet[str | TP] | None = None
    ) -> Iterator[TP]:
        """Commit what the machine calls safe; all other topics as Faust does."""
        safe = set(self._safe())
        yield from (tp for tp in super()._filter_tps_with_pending_acks(topics) if tp not in safe)
        yield from (tp for tp in safe if topics is None or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: TP) -> int | None:
        if tp.topic in self._link.batch_topics:
            return self._safe().get(tp)
        return super()._new_offset(tp)

    def _safe(self) -> dict[TP, int]:
        return {self._tp(slot): offset for slot, offset in self._link.flow.safe.items()}

    def _tp(self, slot: Slot) -> TP:
        return TP(self._link.names.at_broker(slot.topic), slot.partition)

    # ── Rebalance ────────────────────────────────────────────────────────────────────────────────

    async def perform_seek(self) -> None:
        """Take over what was assigned, and seek each partition to where its reading begins."""
        flow = self._link.flow
        flow.forget()
        self._contiguity.begin({})
        await super().perform_seek()
        mine = {tp for tp in self.assignment() if tp.topic in self._link.batch_topics}
        start = {tp: at for tp in mine if (at := self._read_offset[tp]) is not None}
        start |= await self._earliest(mine - start.keys())
        starts = {self._link.names.slot(tp): offset for tp, offset in start.items()}
        starts |= await self._link.machine.take_over(starts)
        start = {self._tp(slot): offset for slot, offset in starts.items()}
        # The state is large and lives long: the garbage collector need not walk it for ever.
        gc.collect()
        gc.freeze()
        await self.seek_wait(start)
        self._contiguity.begin(starts)
        flow.start(starts)

    async def _earliest(self, tps: AbstractSet[TP]) -> dict[TP, int]:
        if not tps:
            return {}
        found = await self.earliest_offsets(*tps)
        return {TP(tp.topic, tp.partition): offset for tp, offset in found.items()}

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Make durable, commit, and only then forget: upstream forgets first."""
        await self.settle()
        self._link.flow.forget()
        await super().on_partitions_revoked(revoked)

    async def settle(self) -> None:
        """Stop the flow, make everything durable and commit it."""
        self.stop_flow()
        self._link.flow.stop()
        await self._link.machine.quiesce()
        await self.force_commit()

    async def hand_over(self) -> None:
        """Settle, then leave the group, so that others need not wait for a session's end.

        A static member stays in the group: it will be back in a moment.
        """
        await self.settle()
        await self._batch_thread.leave()

    def gauges(self) -> Iterator[Gauge]:
        """Say how far each partition that is ours has come."""
        flow, machine = self._link.flow, self._link.machine
        for slot, position in self._contiguity.positions.items():
            if not machine.is_full:
                yield Gauge(slot, "fetching", *self._batch_thread.fetch_state(self._tp(slot)))
            if machine.must_progress(slot):
                done = machine.progress(slot, flow.done(slot))
                yield Gauge(slot, "judging", done, position)
