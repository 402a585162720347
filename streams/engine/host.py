"""Hosts the folds of the journal partitions that this worker owns.

A fold is judged record by record, without an `await` inside a record: so whenever somebody else
runs (a checkpoint, a rebalance) every fold stands exactly between two records, and the first
offset it has not seen is its *cut*. Long batches are judged in slices of a few milliseconds, so
that no partition and no mark waits for another one's backlog.
"""

import asyncio
from typing import Final

from streams.domain.times import EpochMs
from streams.engine.checkpoint import StateImage
from streams.engine.flow import Flow
from streams.engine.ports import Entry, Fetched, Fold, RecordView
from streams.engine.told import Told
from streams.engine.world import World
from streams.engine.writer import Writer

__all__ = ["FoldHost", "Hosted"]

_SLICE_S: Final = 0.006
_WAITING_MAX: Final = 20_000
"""Outputs that may wait for the round in flight before judging waits for it."""


class Hosted:
    """One owned journal partition: its fold, and what is known of its checkpoints and lines."""

    def __init__(self, partition: int, fold: Fold, image: StateImage) -> None:
        """Take on the state that was read; without one the fold stays as it was made."""
        self.partition = partition
        self.fold = fold
        self.next = image.cut
        """First journal offset that is not judged."""
        self.base = image.cut
        """Cut of the last complete checkpoint."""
        self.saved_at: float | None = None
        """When all that was judged by then was last known to be saved, by the engine's seconds."""
        self.floor = image.floor
        self.known = image.known
        self.overlaid = image.overlaid
        self.stale = image.stale
        self.lines_from = dict(image.meta.lines_from) if image.meta else {}
        self.told = Told()
        self.foreign: list[tuple[int, int]] = []
        """Ranges of offsets in the state topic that somebody else wrote."""
        if image.meta is not None:
            fold.load(image.rows.items(), image.meta.fold)


class FoldHost:
    """Judges what is fetched of the journal, and hands outputs to the writer."""

    def __init__(self, world: World, flow: Flow, writer: Writer) -> None:
        self._world = world
        self._flow = flow
        self._writer = writer
        self.hosted: dict[int, Hosted] = {}
        self.judged = 0
        """Records judged by this process."""

    async def take(self, fetched: Fetched) -> None:
        """Judge a partition batch, unless it has become worthless meanwhile."""
        if fetched.epoch != self._flow.epoch:
            return
        hosted = self.hosted[fetched.slot.partition]
        seconds, before = self._world.seconds, self.judged
        until = seconds() + _SLICE_S
        for record in fetched.records:
            self._judge(hosted, record)
            if seconds() > until:
                await self._pause()
                if fetched.epoch != self._flow.epoch:
                    return
                until = seconds() + _SLICE_S
        self._world.observer.on_judged(hosted.partition, self.judged - before)
        await self._pause()

    async def _pause(self) -> None:
        """Let others run; wait for the broker when it is far behind us."""
        if self._writer.waiting > _WAITING_MAX:
            await self._writer.flush()
        else:
            await asyncio.sleep(0)

    def _judge(self, hosted: Hosted, record: RecordView) -> None:
        offset, value = record.offset, record.value
        if offset < hosted.next:
            return
        assert value is not None, "the journal has no tombstones"
        at = EpochMs(record.timestamp)
        for output in hosted.fold.judge(Entry(hosted.partition, offset, at, value)):
            if output.line:
                if hosted.told.has(output.headers):
                    continue
                self._world.observer.on_line(output)
            # Dead letters have one partition, whichever partition of the journal they come from.
            is_letter = output.topic == self._flow.topics.dead_letters
            self._writer.put_output(0 if is_letter else hosted.partition, output, at)
        hosted.next = offset + 1
        hosted.told.pass_by(offset)
        self.judged += 1
