"""A day as it stood at a moment: the state and the chronicle that views are made from.

A journal has several partitions, and an area may lie in several of them. Each is judged for itself,
as its worker did; what they remember is then put together, because no two know of one place.
"""

import asyncio
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from streams import pipeline
from streams.cli.judging import (
    Lines,
    entries_of_broker,
    entries_of_file,
    outcomes_of_events,
)
from streams.config import Config
from streams.domain.effects import DeadLetterReason
from streams.domain.journal import Accepted, IntakeMark, JournalRecord
from streams.domain.times import NEVER, EpochMs
from streams.engine.ports import Entry
from streams.errors import InputError
from streams.judge.state import PartitionState
from streams.judge.world import World
from streams.replay import Replay
from streams.setup import Setup
from streams.views.chronicle import Chronicle
from streams.wire.journal import decode_record

__all__ = ["Day", "day_of_broker", "day_of_events", "day_of_journal"]


class Day(Struct, frozen=True):
    """What is known at a moment, and what has happened until then."""

    state: PartitionState
    chronicle: Chronicle


def day_of_events(setup: Setup, lines: Lines, until: EpochMs | None) -> Day:
    """Judge recorded events up to a moment; None: to their end."""
    replay, chronicle = Replay(setup.world, setup.acceptor, until), Chronicle()
    for judged in outcomes_of_events(replay, lines, _pass_over):
        chronicle.take(judged.record, judged.effects)
    return Day(replay.state, chronicle)


def day_of_journal(world: World, lines: Lines, name: str, until: EpochMs | None) -> Day:
    """Judge an exported journal up to a moment; None: to its end.

    Raises:
        InputError: A line is none of a journal.
    """
    judge = _Judge(world, until)
    for entry in entries_of_file(lines, name):
        judge.take(entry)
    return judge.day()


def day_of_broker(world: World, config: Config, until: EpochMs | None) -> Day:
    """Judge the journal that the broker keeps, up to a moment; None: to its present end.

    Raises:
        InputError: A record is none of ours.
        UnavailableError: No broker answers, or it has no journal.
    """

    async def read() -> Day:
        judge = _Judge(world, until)
        async for entry in entries_of_broker(config):
            judge.take(entry)
        return judge.day()

    return asyncio.run(read())


class _Judge:
    """Judges the records of a journal that lie before a moment."""

    def __init__(self, world: World, until: EpochMs | None) -> None:
        self._world = world
        self._until = NEVER if until is None else until
        self._states: dict[int, PartitionState] = {}
        self._chronicle = Chronicle()

    def take(self, entry: Entry) -> None:
        """Judge one record, unless it is later than was asked for."""
        try:
            record = decode_record(entry.value)
        except InputError as error:
            where = f"journal, partition {entry.partition}, offset {entry.offset}"
            raise InputError(f"{where}: {error}") from error
        if _time_of(record, entry.appended_at) > self._until:
            return
        state = self._states.setdefault(
            entry.partition, PartitionState(entry.partition, self._world)
        )
        name = f"{entry.partition}:{entry.offset}"
        step = pipeline.Step(name, entry.appended_at, record)
        self._chronicle.take(record, pipeline.step(state, step))

    def day(self) -> Day:
        """Return the day as it stands after the records so far."""
        states = list(self._states.values()) or [PartitionState(0, self._world)]
        return Day(states[0] if len(states) == 1 else _together(states), self._chronicle)


def _time_of(record: JournalRecord, appended_at: EpochMs) -> EpochMs:
    match record:
        case Accepted():
            return record.received_at
        case IntakeMark(clock=clock) if clock is not None:
            return clock
        case _:
            return appended_at


def _together(states: Iterable[PartitionState]) -> PartitionState:
    """Return one state with the rows of several, as old as the one that has heard least."""
    first, *others = [one for one in states if one.clocks.started_at is not None] or [*states]
    clocks = msgspec.structs.replace(
        first.clocks,
        now=max(one.clocks.now for one in (first, *others)),
        heard=min(one.clocks.heard for one in (first, *others)),
    )
    merged = PartitionState(first.partition, first.world)
    for state in (first, *others):
        rows, _ = state.take_changes()
        kept = ((key, row) for key, row in rows.items() if row is not None)
        merged.load(kept, msgspec.msgpack.encode(clocks))
    pipeline.restore(merged)
    return merged


def _pass_over(number: int, reason: DeadLetterReason, detail: str) -> None:
    """Leave dead letters to `siaga replay`."""
