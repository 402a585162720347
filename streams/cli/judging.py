"""Judges a file for the verbs that do so offline: outputs come as a worker would write them.

Both kinds of file give the same: the records that follow from each line, lines of alerts among
them. Events are judged as one partition; a journal as the partitions it was exported from.
"""

import sys
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence

from msgspec import Struct

from streams.cli.broker import Span, find_topics, open_reader
from streams.cli.terminal import one_line
from streams.config import Config
from streams.domain.effects import DeadLetterReason, Line, Rejected, RuleFault
from streams.domain.journal import JournalRecord
from streams.domain.times import EpochMs
from streams.engine.ports import Entry, Output
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.fold import documents
from streams.replay import BadLine, Judged, Replay
from streams.setup import Setup
from streams.wire.journal import decode_line, encode_record

__all__ = [
    "Lines",
    "Outputs",
    "TurnAway",
    "entries_of_broker",
    "entries_of_file",
    "judge_events",
    "judge_journal",
    "lines_of_events",
    "outcomes_of_events",
]

Lines = Iterator[tuple[int, bytes]]
"""Lines of a file with their numbers."""
TurnAway = Callable[[int, DeadLetterReason, str], None]
"""Is told of each event that cannot be taken: line, reason, detail."""


class Outputs(Struct, frozen=True):
    """What one line of the file has brought about."""

    number: int
    """Of the line; 0: time alone."""
    partition: int
    outputs: Sequence[Output]
    record: JournalRecord
    """What was judged."""
    name: str
    """How lines call the record as their cause: `3:8812`, or of a file of events `input:12`."""


def judge_events(replay: Replay, lines: Lines, turn_away: TurnAway) -> Iterator[Outputs]:
    """Judge recorded events, and let the clocks run on to the end."""
    world = replay.state.world
    for judged in outcomes_of_events(replay, lines, turn_away):
        outputs = documents(world, judged.effects, judged.record, (0, judged.number))
        name = f"input:{judged.number}" if judged.number else ""
        yield Outputs(judged.number, 0, outputs, judged.record, name)


def lines_of_events(replay: Replay, lines: Lines, turn_away: TurnAway) -> Iterator[Line]:
    """Judge recorded events as `judge_events` does, and yield the lines of alerts alone."""
    for judged in outcomes_of_events(replay, lines, turn_away):
        for effect in judged.effects:
            match effect:
                case Line():
                    yield effect
                case Rejected(reason=reason, detail=detail):
                    turn_away(judged.number, reason, detail)
                case _:
                    pass


def outcomes_of_events(replay: Replay, lines: Lines, turn_away: TurnAway) -> Iterator[Judged]:
    """Judge recorded events, and yield what each record has brought about."""
    for number, line in lines:
        for outcome in replay.take(number, line):
            match outcome:
                case BadLine(reason=reason, detail=detail):
                    turn_away(number, reason, detail)
                case Judged():
                    _tell_faults(outcome)
                    yield outcome
    for judged in replay.finish():
        _tell_faults(judged)
        yield judged


def judge_journal(setup: Setup, lines: Lines, name: str) -> Iterator[Outputs]:
    """Judge an exported journal.

    Args:
        setup: What was known before the day.
        lines: Of the file; the records of each partition in their order.
        name: Of the file, for messages.

    Raises:
        InputError: A line is none of a journal, or out of order.
    """
    partitions: dict[int, _Partition] = {}
    for number, text in lines:
        try:
            line = decode_line(text)
            value = encode_record(line.record)
            entry = Entry(line.partition, line.offset, line.appended_at, value)
            if entry.partition not in partitions:
                partitions[entry.partition] = _Partition(setup, entry.partition)
            outputs = partitions[entry.partition].judge(entry)
            place = f"{entry.partition}:{entry.offset}"
            yield Outputs(number, entry.partition, outputs, line.record, place)
        except InputError as error:
            raise InputError(f"{name}:{number}: {error}") from error


def entries_of_file(lines: Lines, name: str) -> Iterator[Entry]:
    """Yield the records of an exported journal.

    Raises:
        InputError: A line is none of a journal.
    """
    for number, text in lines:
        try:
            yield _entry(text)
        except InputError as error:
            raise InputError(f"{name}:{number}: {error}") from error


async def entries_of_broker(config: Config) -> AsyncGenerator[Entry]:
    """Yield the records of the journal that the broker keeps at present, partition by partition.

    Raises:
        UnavailableError: No broker answers, or it has no journal.
    """
    found = await find_topics(config, [Topic.JOURNAL])
    async with open_reader(found) as reader:
        for slot in found.slots():
            async for _, record in reader.read([slot], Span.KEPT):
                at = EpochMs(record.timestamp)
                yield Entry(slot.partition, record.offset, at, record.value or b"")


def _entry(text: bytes) -> Entry:
    line = decode_line(text)
    return Entry(line.partition, line.offset, line.appended_at, encode_record(line.record))


class _Partition:
    """A partition of the journal, judged as a worker judges it."""

    def __init__(self, setup: Setup, partition: int) -> None:
        self._fold = setup.fold(partition, _tell_fault)
        self._next = 0

    def judge(self, entry: Entry) -> Sequence[Output]:
        if entry.offset < self._next:
            raise InputError(
                f"offset {entry.offset} of partition {entry.partition} stands behind a later one: "
                "expected the order of `siaga export journal`"
            )
        self._next = entry.offset + 1
        return self._fold.judge(entry)


def _tell_faults(judged: Judged) -> None:
    for effect in judged.effects:
        if isinstance(effect, RuleFault):
            _tell_fault(effect)


def _tell_fault(fault: RuleFault) -> None:
    where = f"rule {fault.rule} failed on {fault.scope} and was put aside there"
    print(f"siaga: {where}: {one_line(fault.detail)}", file=sys.stderr)
