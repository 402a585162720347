"""Keeps checkpoints: lines acknowledged, then state acknowledged, then the commit point moves.

That order is the whole of "no loss, no repeat" (docs/adr/0011): a state is only there when every
line up to its cut is, and the journal is only committed when the state is.

Only the owner of a partition writes its state, so its appends join without a hole. An acknowledged
offset that is not the expected next one shows a foreign write: a process that was paused in the
middle of a write and woke up. Its rows are older versions of ours, harmless until compaction
prefers them for lying behind ours. So their keys are read back and written again, as they
were at our last complete checkpoint, together with the next one; the topic's compaction lag gives
time for it.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.engine.checkpoint import META_KEY, Kind, Meta, StateReader, Version, encode_version
from streams.engine.flow import Flow
from streams.engine.host import FoldHost, Hosted
from streams.engine.ports import Appended, Appender, RecordView, Slot
from streams.engine.world import World
from streams.engine.writer import Writer

__all__ = ["Keeper"]

_EARLY_ENTRIES: Final = 20_000
"""Records of one partition, judged since its last checkpoint, that call for the next one before its
time: it keeps a checkpoint within one batch, and a replay after a crash short, while a backlog is
judged."""

_Rows = dict[bytes, bytes | None]
"""State records by key; None is a real tombstone."""


class _Cut(Struct, frozen=True):
    """One partition's part of a checkpoint, ready to be sent."""

    hosted: Hosted
    next: int
    rows: _Rows
    meta: bytes


class Keeper:
    """Takes checkpoints of hosted folds, one checkpoint at a time."""

    def __init__(
        self, world: World, flow: Flow, host: FoldHost, writers: tuple[Writer, Appender]
    ) -> None:
        """`writers`: the writer of lines, and where the state is appended."""
        self._world = world
        self._flow = flow
        self._host = host
        self._lines = writers[0]
        self.writer = Writer(writers[1], world.die, self._see_answer)
        self._lock = asyncio.Lock()

    @property
    def early(self) -> frozenset[int]:
        """Partitions of which so much was judged that their checkpoint should not wait."""
        hosted = self._host.hosted.items()
        return frozenset(number for number, own in hosted if _news(own) > _EARLY_ENTRIES)

    def expect(self, ends: Mapping[Slot, int]) -> None:
        """Remember where the state partitions ended when they were taken over."""
        self.writer.ends.update(ends)

    async def checkpoint(self, numbers: Iterable[int] | None = None) -> None:
        """Make what was judged so far durable, and move the commit points.

        Args:
            numbers: Of these partitions, as far as they are hosted; by default of all.
        """
        async with self._lock:
            began, epoch = self._world.seconds(), self._flow.epoch
            asked = self._asked(numbers)
            cuts = [await self._cut(own) for own in asked if _is_due(own)]
            await self._lines.flush()
            for cut in cuts:
                self._put(cut)
                await asyncio.sleep(0)  # An alert need not wait for the state of all partitions.
            await self.writer.flush()
            for cut in cuts:
                self._complete(cut, epoch)
            for own in asked:
                if not own.floor:
                    own.saved_at = began  # Of one without news nothing had to be written.
            if cuts:
                self._report(cuts, began)

    def _asked(self, numbers: Iterable[int] | None) -> list[Hosted]:
        hosted = self._host.hosted
        asked = hosted if numbers is None else hosted.keys() & set(numbers)
        return [hosted[number] for number in sorted(asked)]

    async def _cut(self, hosted: Hosted) -> _Cut:
        repaired = await self._repair(hosted)
        await asyncio.sleep(0)
        # From here on without an await: rows, offset and ends of lines belong to one moment.
        if not hosted.told:
            self._move_lines_from(hosted)
        changes = hosted.fold.take_changes()
        meta = msgspec.msgpack.encode(
            Meta(dict(hosted.lines_from), changes.meta, hosted.fold.layout)
        )
        rows: _Rows = {**dict.fromkeys(hosted.stale), **hosted.overlaid, **repaired}
        if hosted.floor:
            # The state that is there can't be trusted: this one replaces all of it.
            gone = encode_version(Version(hosted.next, Kind.GONE, 0, b""))
            rows |= dict.fromkeys(hosted.known, gone)
        for key, payload in changes.rows.items():
            rows[key] = self._version(hosted, key, payload)
        return _Cut(
            hosted, hosted.next, rows, encode_version(Version(hosted.next, Kind.KEPT, 0, meta))
        )

    def _move_lines_from(self, hosted: Hosted) -> None:
        # What is acknowledged by now precedes every line of a record still to be judged.
        for topic in self._flow.topics.lines:
            end = self._lines.ends.get(Slot(topic, hosted.partition), 0)
            hosted.lines_from[topic] = max(hosted.lines_from.get(topic, 0), end)

    @staticmethod
    def _version(hosted: Hosted, key: bytes, payload: bytes | None) -> bytes:
        assert not key.startswith(b"\0"), "keys of rows never begin with a zero byte"
        if key in hosted.known:
            kind, since = (Kind.GONE if payload is None else Kind.KEPT), 0
        else:
            kind, since = (Kind.PASSED if payload is None else Kind.NEW), hosted.base
        return encode_version(Version(hosted.next, kind, since, payload or b""))

    def _put(self, cut: _Cut) -> None:
        # The meta goes last, so that it is only there if all rows are.
        slot = Slot(self._flow.topics.state, cut.hosted.partition)
        for key, value in cut.rows.items():
            self.writer.put(slot, key, value, 0)
        self.writer.put(slot, META_KEY, cut.meta, 0)

    def _complete(self, cut: _Cut, epoch: int) -> None:
        hosted = cut.hosted
        hosted.base = cut.next
        hosted.known |= cut.rows.keys()
        hosted.known.difference_update(hosted.stale)
        hosted.floor, hosted.overlaid, hosted.stale = 0, {}, ()
        self._flow.mark_safe(Slot(self._flow.topics.journal, hosted.partition), cut.next, epoch)

    def _report(self, cuts: Sequence[_Cut], began: float) -> None:
        values = [value or b"" for cut in cuts for value in cut.rows.values()]
        size = sum(map(len, values))
        seconds = self._world.seconds() - began
        self._world.observer.on_checkpoint(len(values), size, seconds)

    # ── Foreign writes ───────────────────────────────────────────────────────────────────────────

    def _see_answer(self, slot: Slot, answer: Appended) -> None:
        """Check an acknowledgement of the state for continuity."""
        expected = self.writer.ends.get(slot, answer.offset)
        hosted = self._host.hosted.get(slot.partition)
        if answer.offset != expected and hosted is not None:
            hosted.foreign.append((expected, answer.offset))
            self._world.observer.on_foreign_write(slot.partition)

    async def _repair(self, hosted: Hosted) -> _Rows:
        """Return what the keys of foreign writes were at our last complete checkpoint."""
        if not hosted.foreign or hosted.floor:
            return {}
        foreign, hosted.foreign = hosted.foreign, []
        reader, keys, base = StateReader(hosted.base), set[bytes](), hosted.base

        def see(_: Slot, records: Sequence[RecordView]) -> None:
            for record in records:
                assert record.key is not None
                reader.add(record.key, record.value, record.timestamp)
                if any(start <= record.offset < end for start, end in foreign):
                    keys.add(record.key)

        await self._world.log.read({Slot(self._flow.topics.state, hosted.partition): 0}, see)
        gone = Version(base, Kind.GONE, 0, b"")
        return {key: encode_version(reader.best(key) or gone) for key in keys if key != META_KEY}


def _is_due(own: Hosted) -> bool:
    return _news(own) > 0 or bool(own.foreign) or bool(own.overlaid)


def _news(own: Hosted) -> int:
    """Count the records that were judged since the last checkpoint, or since one is allowed."""
    return own.next - max(own.base, own.floor)
