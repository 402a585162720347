"""Judges recorded events offline: the same acceptance and the same judgment, without a broker.

A file of events has no journal, so one is made on the way: each line is accepted as intake would
accept it, and between lines stands a mark at every whole second, after all that was received up
to it. `now` = `heard` = the largest time of receipt so far (contract §7). Seconds at which nothing
is due are passed over; that changes nothing but the time it takes.
"""

from collections.abc import Iterator
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Raw, Struct

from streams import pipeline
from streams.domain.alert import Alert
from streams.domain.effects import DeadLetterReason, Effect
from streams.domain.journal import Accepted, IntakeMark, JournalRecord
from streams.domain.times import HOUR_MS, SECOND_MS, EpochMs
from streams.judge.state import PartitionState
from streams.judge.world import World
from streams.wire.accept import DRILL_HEADER, Acceptor
from streams.wire.inputs import INPUT_TYPES
from streams.wire.records import ClockMessage, DeadLettered, Inbound, Parted
from streams.wire.rejection import Rejection
from streams.wire.text import require_json, require_utf8
from streams.wire.time import TimeTextError, parse_time

__all__ = ["BadLine", "Judged", "Replay"]

_SOURCE: Final = "replay"
_AHEAD_MAX_MS: Final = HOUR_MS
"""A line without `received_at` may be at most this far beyond the one before it."""


class _FileLine(Struct, frozen=True):
    """One line of an events file."""

    topic: str
    value: Raw
    received_at: str = ""
    drill: Annotated[str, Meta(max_length=64)] = ""


class _Timed(Struct, frozen=True):
    at: str


class BadLine(Struct, frozen=True):
    """A line that could not be taken: what live would be a dead letter."""

    number: int
    reason: DeadLetterReason
    detail: str


class Judged(Struct, frozen=True):
    """What one journal record of the replay brought about."""

    number: int
    """Line of the file; 0: a mark."""
    record: JournalRecord
    effects: tuple[Effect, ...]


Outcome = BadLine | Judged


class Replay:
    """The judgment of one file of events."""

    def __init__(self, world: World, acceptor: Acceptor, until: EpochMs | None = None) -> None:
        """Begin before the first line; later lines than `until` are ignored."""
        self.state = PartitionState(0, world)
        self._acceptor = acceptor
        self._until = until
        self._received_at: EpochMs | None = None
        """Time of receipt of the line before."""
        self._taken = self._refused = 0
        """Lines since the last mark, as intake counts them."""
        self._refused_at: EpochMs | None = None
        """Time of receipt of a line that was refused since the last mark."""
        self._marked_at: EpochMs | None = None
        """Last whole second at which a mark stands."""

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """The latest state of every alert, in the order of their opening."""
        alerts = (alert for _, alert in self.state.alerts.items())
        return tuple(sorted(alerts, key=lambda alert: (alert.opened_at, alert.id)))

    def take(self, number: int, line: bytes) -> Iterator[Outcome]:
        """Judge the next line of the file, after the marks that stand before it."""
        try:
            inbound = self._read(number, line)
        except Rejection as rejection:
            self._refused += 1
            yield BadLine(number, rejection.reason, rejection.detail)
            return
        except TimeTextError as error:
            self._refused += 1
            yield BadLine(number, DeadLetterReason.BAD_TIME, str(error))
            return
        self._received_at = inbound.timestamp_ms
        if self._until is not None and inbound.timestamp_ms > self._until:
            return
        taken = self._acceptor.accept(inbound)
        assert not isinstance(taken, ClockMessage), "a line has no header that brings the time"
        if isinstance(taken, DeadLettered):
            if self._marked_at is not None:
                yield from self._marks_before(inbound.timestamp_ms)
                self._refused_at = inbound.timestamp_ms
            self._refused += 1
            yield BadLine(number, taken.reason, taken.detail)
        else:
            for part in taken.parts if isinstance(taken, Parted) else (taken,):
                yield from self._judge(number, part.record)
            self._taken += 1

    def finish(self) -> Iterator[Judged]:
        """Let both clocks run on to the end: `until`, or the last event."""
        now = self.state.clocks.now
        if self.state.clocks.started_at is None:
            return
        end = max(self._until or now, now)
        yield from self._marks_before(EpochMs(end + 1))
        yield from self._mark(end)

    def _read(self, number: int, line: bytes) -> Inbound:
        """Read a line. Raises Rejection."""
        require_utf8(line)
        require_json(line)
        try:
            read = msgspec.json.decode(line, type=_FileLine)
        except msgspec.ValidationError as error:
            detail = f"expected topic, value and received_at: {error}"
            raise Rejection(DeadLetterReason.ENVELOPE, detail) from error
        if read.topic not in INPUT_TYPES:
            detail = f"topic {read.topic!r}: expected one of {', '.join(INPUT_TYPES)}"
            raise Rejection(DeadLetterReason.ENVELOPE, detail)
        value = bytes(read.value)
        headers = ((DRILL_HEADER, read.drill.encode()),) if read.drill else ()
        at = self._received(read, value)
        return Inbound(read.topic, 0, number, at, None, value, headers)

    def _received(self, read: _FileLine, value: bytes) -> EpochMs:
        if read.received_at:
            return parse_time(read.received_at)
        try:
            at = parse_time(msgspec.json.decode(value, type=_Timed).at)
        except msgspec.ValidationError as error:
            detail = f"without received_at the value needs its time `at`: {error}"
            raise Rejection(DeadLetterReason.SCHEMA, detail) from error
        if self._received_at is not None and at > self._received_at + _AHEAD_MAX_MS:
            detail = "no received_at, and `at` is more than 1 h beyond the line before"
            raise Rejection(DeadLetterReason.BAD_TIME, detail)
        return at

    def _judge(self, number: int, record: JournalRecord) -> Iterator[Judged]:
        assert isinstance(record, Accepted), "intake journals nothing else for an input"
        if self._marked_at is None:
            self._marked_at = _second_before(record.received_at)
        yield from self._marks_before(record.received_at)
        yield self._step(number, record)

    def _marks_before(self, at: EpochMs) -> Iterator[Judged]:
        """Put marks at the whole seconds before `at` at which something is due, and at the last.

        The last stands for those that are passed over: what a mark settles begins where the mark
        before it ended, and a record that comes now must not reach back over the gap.
        """
        while (second := self._next_second()) is not None and second < at:
            yield from self._mark(second)
        yield from self._mark(_second_before(at))

    def _next_second(self) -> EpochMs | None:
        """Return the next whole second at which a mark would bring something about."""
        assert self._marked_at is not None, "marks follow the first record"
        by_heard, by_now = self.state.by_heard.next_at(), self.state.by_now.next_at()
        if not self.state.planned:
            return EpochMs(self._marked_at + SECOND_MS)
        dues = [one for one in (by_now, self._refused_at) if one is not None]
        if by_heard is not None:
            dues.append(EpochMs(by_heard + 1))
        if not dues:
            return None
        second = -(-min(dues) // SECOND_MS) * SECOND_MS
        return EpochMs(max(second, self._marked_at + SECOND_MS))

    def _mark(self, at: EpochMs) -> Iterator[Judged]:
        """Put a mark, unless one stands there or later already."""
        if self._marked_at is None or at <= self._marked_at:
            return
        self._marked_at = at
        mark = IntakeMark(
            claims={f"{_SOURCE}/0": at},
            sources={_SOURCE: 1},
            clock=at,
            taken=self._taken,
            refused=self._refused,
        )
        self._taken = self._refused = 0
        self._refused_at = None
        judged = self._step(0, mark)
        if judged.effects:
            yield judged

    def _step(self, number: int, record: JournalRecord) -> Judged:
        name = f"input:{number}" if number else "mark"
        effects = pipeline.step(self.state, pipeline.Step(name, EpochMs(0), record))
        return Judged(number, record, tuple(effects))


def _second_before(at: EpochMs) -> EpochMs:
    """Return the last whole second before `at`."""
    return EpochMs(-(-at // SECOND_MS) * SECOND_MS - SECOND_MS)
