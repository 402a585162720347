"""A toy judgment for tests of the engine: counts events of each TPS and tells who fell silent.

It is as small as a judgment can be that needs all that the engine promises: every event exactly
once (the counts, and a line at each tenth), both clocks (silence is settled only as far as
`heard` goes), one order (the lines).

A silence is a gap of more than `silence_ms` behind an event. It is told when `heard` has passed its
deadline, and its end when `heard` has passed the next event: by then both are beyond doubt, in
whatever order the source partitions were read.
"""

import bisect
import heapq
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.events import Source, StatusKind, TpsStatus
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.journal import (
    Accepted,
    AcceptedStatus,
    IntakeMark,
    Origin,
    OwnerMark,
)
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import Role
from streams.engine.ports import Changes, Entry, Output
from streams.wire.journal import decode_record
from streams.wire.records import ClockMessage, DeadLettered, Inbound, Journaled, Taken, header
from streams.wire.time import parse_time

__all__ = ["SILENCE_MS", "ToyAcceptor", "ToyEvent", "ToyFold", "ToyLine", "toy_event"]

SILENCE_MS = 2_000
"""How long a TPS may say nothing."""


class ToyEvent(Struct, frozen=True, gc=False):
    """What a producer sends."""

    id: str
    tps: str


class ToyLine(Struct, frozen=True, gc=False):
    """A change that the toy tells."""

    tps: str
    change: str
    at: EpochMs


class _Row(Struct, gc=False, array_like=True):
    count: int = 0
    times: list[int] = []
    """Times of events whose silence is not settled, in order."""
    is_open: bool = False
    """The silence behind the first of them is told, its end is not."""


class _Meta(Struct, array_like=True):
    now: int = 0
    heard: int = 0
    claims: dict[str, int] = {}
    sources: dict[str, int] = {}
    high: dict[str, int] = {}


def toy_event(number: int, tps: str) -> bytes:
    """Return an event as a producer sends it."""
    return b'{"id":"e%d","tps":"%s"}' % (number, tps.encode())


_decode_event = msgspec.json.Decoder(ToyEvent).decode
_decode_row = msgspec.msgpack.Decoder(_Row).decode


class ToyAcceptor:
    """Takes what decodes, and puts aside the rest."""

    def accept(self, record: Inbound) -> Taken:
        """Judge one record."""
        clock = header(record.headers, "siaga-clock")
        at = record.timestamp_ms if clock is None else parse_time(clock.decode())
        if record.value == b"clock":
            return ClockMessage(at)
        try:
            event = _decode_event(record.value or b"")
        except msgspec.DecodeError as error:
            return DeadLettered(DeadLetterReason.JSON, str(error))
        return Journaled(event.tps[:5].encode(), _accepted(event, record, at))


def _accepted(event: ToyEvent, record: Inbound, at: EpochMs) -> AcceptedStatus:
    return AcceptedStatus(
        received_at=at,
        at=at,
        origin=Origin(record.topic, record.partition, record.offset),
        election=ElectionId("toy"),
        place=AreaCode(event.tps),
        digest="",
        event=TpsStatus(
            id=event.id,
            at="2024-11-27T07:00:00+07:00",
            kind=StatusKind.HEARTBEAT,
            source=Source(event.id, Role.PTPS),
            tps=event.tps,
        ),
    )


class ToyFold:
    """Counter and silence of the TPS of one journal partition."""

    layout = 0

    def __init__(self, partition: int = 0, silence_ms: int = SILENCE_MS) -> None:
        self.partition = partition
        self.silence_ms = silence_ms
        self.rows: dict[str, _Row] = {}
        self.meta = _Meta()
        self._dirty: set[str] = set()
        self._due: list[tuple[int, str]] = []
        self._told: list[Output] = []
        self._offset = 0

    def judge(self, entry: Entry) -> Sequence[Output]:
        """Take in the next record."""
        self._told, self._offset = [], entry.offset
        match decode_record(entry.value):
            case Accepted() as accepted:
                self._event(accepted)
            case OwnerMark():
                self.meta.now = max(self.meta.now, entry.appended_at)
            case IntakeMark() as mark:
                self._hear(mark, mark.clock or entry.appended_at)
                self._settle()
        return self._told

    def _event(self, accepted: Accepted) -> None:
        origin, tps, at = accepted.origin, accepted.place, accepted.received_at
        source = f"{origin.topic}/{origin.partition}"
        self.meta.now = max(self.meta.now, at)
        if origin.offset <= self.meta.high.get(source, -1):
            return  # It was there before: intake may repeat after a crash.
        self.meta.high[source] = origin.offset
        row = self.rows.setdefault(tps, _Row())
        self._dirty.add(tps)
        row.count += 1
        if row.count % 10 == 0:
            self._tell(tps, "tenth", at)
        bisect.insort(row.times, at)
        heapq.heappush(self._due, (self._look_at(row), tps))

    def _look_at(self, row: _Row) -> int:
        """Return the time that `heard` must pass before anything of a row can be settled."""
        if row.is_open:
            return row.times[1] if len(row.times) > 1 else NEVER
        return row.times[0] + self.silence_ms

    def _hear(self, mark: IntakeMark, upto: int) -> None:
        meta = self.meta
        meta.now = max(meta.now, upto)
        for topic, number in mark.sources.items():
            meta.sources[topic] = max(number, meta.sources.get(topic, 0))
        for source, claim in mark.claims.items():
            meta.claims[source] = max(meta.claims.get(source, 0), min(claim, upto))
        names = [f"{topic}/{p}" for topic, n in meta.sources.items() for p in range(n)]
        heard = min(meta.claims.get(name, 0) for name in names)
        meta.heard = max(meta.heard, min(heard, meta.now))

    def _settle(self) -> None:
        due: set[str] = set()
        while self._due and self._due[0][0] < self.meta.heard:
            due.add(heapq.heappop(self._due)[1])
        # In the order of names: after a load the heap has other entries than before it.
        for tps in sorted(due):
            row = self.rows[tps]
            if self._look_at(row) >= self.meta.heard:
                continue
            self._dirty.add(tps)
            while self._look_at(row) < self.meta.heard:
                self._settle_first(tps, row)
            heapq.heappush(self._due, (self._look_at(row), tps))

    def _settle_first(self, tps: str, row: _Row) -> None:
        due = row.times[0] + self.silence_ms
        if row.is_open:
            self._tell(tps, "ended", row.times[1])
            row.is_open, row.times = False, row.times[1:]
        elif len(row.times) > 1 and row.times[1] <= due:
            row.times = row.times[1:]
        else:
            self._tell(tps, "opened", due)
            row.is_open = True

    def _tell(self, tps: str, change: str, at: int) -> None:
        line = msgspec.json.encode(ToyLine(tps, change, EpochMs(at)))
        n = sum(output.line for output in self._told)
        headers = (("offset", b"%d" % self._offset), ("n", b"%d" % n))
        self._told.append(Output("siaga.alerts", tps.encode(), line))
        self._told.append(Output("siaga.transitions", tps.encode(), line, headers, line=True))

    def picture(self) -> Iterator[Output | None]:
        """Yield nothing: it has none."""
        return iter(())

    def take_changes(self) -> Changes:
        """Return what changed since the last call."""
        encode = msgspec.msgpack.encode
        rows = {tps.encode(): encode(self.rows[tps]) for tps in sorted(self._dirty)}
        self._dirty = set()
        return Changes(rows, encode(self.meta))

    def load(self, rows: Iterable[tuple[bytes, bytes]], meta: bytes | None) -> None:
        """Take on a saved state."""
        self.rows = {tps.decode(): _decode_row(row) for tps, row in rows}
        if meta is not None:
            self.meta = msgspec.msgpack.decode(meta, type=_Meta)
        self._due = [(self._look_at(row), tps) for tps, row in self.rows.items()]
        heapq.heapify(self._due)
