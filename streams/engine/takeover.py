"""Takeover: what a worker does before it judges the first record of a partition it was given.

1. Read the state partition from its beginning; choose the state that counts (`checkpoint.py`).
2. Read the topics of lines from where that state's meta says: lines of records that are not in the
   state were told already, by an owner that died before its next checkpoint.
3. Begin to read the journal at the state's cut. What is judged again gives the same lines, byte
   for byte, and those of step 2 are not told again.

A state that can't be trusted, or was laid out by another version, is not used: then the fold starts
empty at the journal's first record, and no line that was ever told is told again.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from streams.engine.checkpoint import StateReader
from streams.engine.flow import EngineTopics
from streams.engine.host import Hosted
from streams.engine.ports import FoldFactory, RecordView, Slot
from streams.engine.told import line_identity
from streams.engine.world import World

__all__ = ["TakenOver", "take_over"]


class TakenOver(Struct, frozen=True):
    """What a takeover found, for all partitions of one assignment."""

    hosted: dict[int, Hosted]
    ends: dict[Slot, int]
    """Where the state partitions and the partitions of lines ended."""


async def take_over(
    world: World, topics: EngineTopics, make_fold: FoldFactory, partitions: Iterable[int]
) -> TakenOver:
    """Load the folds of these journal partitions and read back which lines were told."""
    numbers = sorted(partitions)
    if not numbers:
        return TakenOver({}, {})
    readers, state_ends = await _read_states(world, topics, numbers)
    hosted = dict[int, Hosted]()
    for number in numbers:
        fold = make_fold(number)
        own = hosted[number] = Hosted(number, fold, readers.pop(number).image(fold.layout))
        world.observer.on_takeover(number, own.next, rebuilt=own.floor > 0)
        await asyncio.sleep(0)
    line_ends = await _read_lines(world, topics, hosted)
    return TakenOver(hosted, {**state_ends, **line_ends})


async def _read_states(
    world: World, topics: EngineTopics, numbers: Sequence[int]
) -> tuple[dict[int, StateReader], Mapping[Slot, int]]:
    readers = {number: StateReader() for number in numbers}

    def see(slot: Slot, records: Sequence[RecordView]) -> None:
        for record in records:
            assert record.key is not None, "every record of the state has a key"
            readers[slot.partition].add(record.key, record.value, record.timestamp)

    ends = await world.log.read({Slot(topics.state, number): 0 for number in numbers}, see)
    return readers, ends


async def _read_lines(
    world: World, topics: EngineTopics, hosted: Mapping[int, Hosted]
) -> Mapping[Slot, int]:
    def see(slot: Slot, records: Sequence[RecordView]) -> None:
        own = hosted[slot.partition]
        for record in records:
            offset, n = line_identity(record.headers)
            if offset >= own.next:
                own.told.add(offset, n)

    starts = {
        Slot(topic, number): own.lines_from.get(topic, 0)
        for number, own in hosted.items()
        for topic in topics.lines
    }
    return await world.log.read(starts, see)
