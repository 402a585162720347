"""What the engine asks of others: of Kafka (`Log`, `Appender`), of the judgment (`Fold`).

The engine sees a broker as named logs: append a batch, read from here to the present end, and
partition batches that are handed to it. Faust's transport is one implementation
(`transport_log.py`); a seeded one in memory, with late answers, dead owners and compaction, is in
the tests. Neither appears in any decision.

Topics are named as the contract names them; only the real side knows the installation's prefix.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from msgspec import Struct

from streams.domain.times import EpochMs

__all__ = [
    "Appended",
    "Appender",
    "BatchBuilder",
    "Changes",
    "Entry",
    "Fetched",
    "Fold",
    "FoldFactory",
    "Headers",
    "Log",
    "Observer",
    "Output",
    "RecordView",
    "Slot",
]

Headers = Sequence[tuple[str, bytes | None]]
"""Headers of a record, in order; a name may come twice, a value may be null."""


class Slot(NamedTuple):
    """One partition of one topic; the topic as the contract names it."""

    topic: str
    partition: int


# ── The judgment ─────────────────────────────────────────────────────────────────────────────────


class Entry(Struct, frozen=True, gc=False):
    """One record of a journal partition."""

    partition: int
    offset: int
    appended_at: EpochMs
    """The broker's time of appending."""
    value: bytes


class Output(Struct, frozen=True, gc=False):
    """One record that a fold wants written, on the partition number of its journal record."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    line: bool = False
    """A line goes out after everything else of its round, and is never told twice: its headers
    `offset` and `n` (decimal) say which line of which journal record it is."""


class Changes(Struct, frozen=True):
    """What has changed in a fold since the last time it was asked."""

    rows: Mapping[bytes, bytes | None]
    """New content by key; None: the row is gone."""
    meta: bytes
    """The fold's own scalars."""


class Fold(Protocol):
    """State of one journal partition and the judgment over it: deterministic, without IO."""

    @property
    def layout(self) -> int:
        """Version of the rows: a state that was saved in another one is not loaded."""
        ...

    def judge(self, entry: Entry) -> Sequence[Output]:
        """Take in the next record (offsets may have gaps) and say what must be written."""
        ...

    def picture(self) -> Iterator[Output | None]:
        """Yield what of the picture is to be told now, no key twice; asked once a second.

        None is a good moment between two of them to let others have a turn.
        """
        ...

    def take_changes(self) -> Changes:
        """Return what changed since the last call, and regard it as taken."""
        ...

    def load(self, rows: Iterable[tuple[bytes, bytes]], meta: bytes | None) -> None:
        """Take on a saved state, before the first `judge`; without one it is not called."""
        ...


FoldFactory = Callable[[int], Fold]
"""Makes an empty fold of a journal partition."""


# ── Kafka ────────────────────────────────────────────────────────────────────────────────────────


class RecordView(Protocol):
    """A record as it is read; aiokafka's own record is one."""

    @property
    def offset(self) -> int:
        """Place in its partition."""
        ...

    @property
    def timestamp(self) -> int:
        """Milliseconds: the broker's append time, where the topic is set up so."""
        ...

    @property
    def key(self) -> bytes | None:
        """Key as it was sent."""
        ...

    @property
    def value(self) -> bytes | None:
        """Value as it was sent; None is a tombstone."""
        ...

    @property
    def headers(self) -> Headers:
        """Headers as they were sent."""
        ...


class Fetched(Struct, frozen=True):
    """What one fetch brought of one partition: contiguous, in order, never empty."""

    slot: Slot
    epoch: int
    """`Flow.epoch` when it was fetched; a later epoch makes it worthless."""
    records: Sequence[RecordView]

    @property
    def end(self) -> int:
        """Offset behind the last record."""
        return self.records[-1].offset + 1


class Appended(Struct, frozen=True, gc=False):
    """A broker's answer to an appended batch."""

    offset: int
    """Of the batch's first record."""
    appended_at: EpochMs | None
    """The broker's time of appending; None if this topic keeps the sender's times."""


class BatchBuilder(Protocol):
    """A record batch being filled."""

    def append(
        self,
        *,
        timestamp: int,
        key: bytes | None,
        value: bytes | None,
        headers: list[tuple[str, bytes | None]],
    ) -> object | None:
        """Add a record, and leave the list alone; None: it is full, the record is not in it."""
        ...

    def record_count(self) -> int:
        """Say how many records are in it."""
        ...


class Appender(Protocol):
    """Appends batches; batches of one slot stay in the order in which they were sent."""

    def batch(self) -> BatchBuilder:
        """Return an empty batch."""
        ...

    async def send(self, slot: Slot, batch: BatchBuilder) -> Awaitable[Appended]:
        """Hand over a batch; what is returned is done when the broker has acknowledged it."""
        ...


class Log(Protocol):
    """The broker, apart from appending and from the partitions that are fetched for us."""

    async def partitions(self, topic: str) -> int:
        """Say how many partitions a topic has at present."""
        ...

    async def read(
        self, starts: Mapping[Slot, int], each: Callable[[Slot, Sequence[RecordView]], None]
    ) -> Mapping[Slot, int]:
        """Hand over all records from `starts` to the present ends at least.

        Returns, by slot, the offset behind what was handed over. A start before the first record
        that is kept means that record.
        """
        ...


# ── Those who watch the engine ───────────────────────────────────────────────────────────────────


class Observer(Protocol):
    """Is told what happened, for metrics and logs; must neither wait nor raise."""

    def on_accepted(self, topic: str, outcome: str) -> None:
        """One input record was taken; `outcome` is journaled, broadcast, dead or clock."""
        ...

    def on_dead_letter(self, reason: str) -> None:
        """One input record could not be taken."""
        ...

    def on_line(self, output: Output) -> None:
        """One line was told."""
        ...

    def on_mark(self, claims: Mapping[Slot, EpochMs]) -> None:
        """A mark of intake was put into the journal."""
        ...

    def on_judged(self, partition: int, entries: int) -> None:
        """So many journal records of a partition were judged."""
        ...

    def on_takeover(self, partition: int, next_offset: int, *, rebuilt: bool) -> None:
        """A journal partition became ours, and is judged from `next_offset` on.

        `rebuilt`: its state could not be used, so it is judged from the journal's beginning.
        """
        ...

    def on_assigned(self, partitions: int, seconds: float) -> None:
        """Records flow again after an assignment that was begun to take over `seconds` ago.

        `partitions`: how many of the journal it has, maybe none.
        """
        ...

    def on_checkpoint(self, rows: int, size: int, seconds: float) -> None:
        """A checkpoint of some owned partitions was acknowledged; `size` in bytes of values."""
        ...

    def on_foreign_write(self, partition: int) -> None:
        """Somebody else has written into the state of a partition that we own."""
        ...
