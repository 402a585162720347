"""What was before: read from the receipts when partitions are taken over (docs/adr/0025).

    notices from the commit points on ─► which ids there are, and what they tell
    all receipts that are kept        ─► what became of them · windows of limits · references

What was told is known before the first notice is read again: an older one lies before the newer
one that made it needless, so it would be sent before anybody came to the newer.

Receipts are kept for a week and are short, so all are read, and put in the order of their times:
that of partitions is another one, and a message of yesterday may be edited today.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct, field

from streams.courier.memory import Memory, Sent
from streams.delivery.bundle import Says
from streams.delivery.parcel import addressee_of
from streams.domain.alert import AlertState
from streams.domain.ids import AlertId
from streams.domain.notice import NoticeKind
from streams.domain.receipt import Receipt, ReceiptOutcome
from streams.domain.times import SECOND_MS
from streams.engine.ports import Log, RecordView, Slot
from streams.engine.topics import Topic
from streams.wire.text import NOT_READABLE
from streams.wire.time import parse_time

__all__ = ["RECEIPTS", "Before", "Went", "nothing_before", "read_past"]

RECEIPTS: Final = (Topic.RECEIPTS, Topic.RESTRICTED_RECEIPTS)
_WINDOW_S: Final = 86_400.0
"""The longest span that a limit can have."""


class _Telling(Struct, frozen=True, gc=False):
    alert: AlertId
    revision: int
    kind: NoticeKind
    state: AlertState


class _Named(Struct, frozen=True):
    """As much of a notice as must be known of it; its texts would fill the memory."""

    id: str
    alerts: tuple[_Telling, ...] = field(default=(), name="tellings")


_decode_named: Final = msgspec.json.Decoder(_Named).decode
_decode_receipt: Final = msgspec.json.Decoder(Receipt).decode


class Went(NamedTuple):
    """A message that reached a destination; the receipts of one bundle are one."""

    channel: str
    destination: str
    election: str
    attempt: int
    at: float
    reference: str


class _Delivered(NamedTuple):
    at: float
    sent: Sent
    alerts: tuple[AlertId, ...]


class _Message(NamedTuple):
    """What the receipts of one message have in common, and those of no other."""

    at: float
    addressee: str
    channel: str
    name: str
    """Its reference. Without one each notice counts as a message of its own: what they asked for
    together is not known, and at worst a call is told once more."""


class Before:
    """What the receipts tell."""

    def __init__(
        self,
        wanted: Mapping[str, Says],
        now: float,
        believes: Callable[[Slot, RecordView], bool],
    ) -> None:
        """Begin with nothing.

        Args:
            wanted: The notices that are going to be read again, by their ids.
            now: The time, in seconds since 1970.
            believes: Whether a receipt is by somebody who may write them.
        """
        self.settled: set[AlertId] = set()
        """Of the wanted ones those that are done with."""
        self.failed: dict[AlertId, int] = {}
        """The highest attempt that has failed, of the wanted ones that are not settled."""
        self.went: set[Went] = set()
        self._told = defaultdict[_Message, list[Says]](list)
        self._delivered: list[_Delivered] = []
        self._wanted = wanted
        self._now = now
        self._believes = believes

    @property
    def memory(self) -> Memory:
        """What is remembered of the messages that went out: the newest of them counts."""
        memory = Memory()
        for one in sorted(self._delivered, key=lambda one: one.at):
            memory.note(one.sent, one.alerts)
        return memory

    @property
    def told(self) -> Iterator[tuple[str, Sequence[Says]]]:
        """Whom each message was for and what of the wanted it told, the oldest message first."""
        for message in sorted(self._told):
            yield message.addressee, self._told[message]

    def see(self, slot: Slot, records: Sequence[RecordView]) -> None:
        """Take in receipts; what is none, or forged, is left to intake, which puts it aside."""
        for record in records:
            if not self._believes(slot, record):
                continue
            try:
                receipt = _decode_receipt(record.value or b"")
                self._take(receipt, parse_time(receipt.at) / SECOND_MS)
            except NOT_READABLE:
                continue

    def _take(self, receipt: Receipt, at: float) -> None:
        notice = AlertId(receipt.notice)
        is_failed = receipt.outcome is ReceiptOutcome.FAILED
        if receipt.notice in self._wanted and is_failed:
            self.failed[notice] = max(receipt.attempt, self.failed.get(notice, 0))
        elif receipt.notice in self._wanted:
            self.settled.add(notice)
        if receipt.outcome is ReceiptOutcome.DELIVERED:
            addressee = addressee_of(receipt.election, receipt.destination)
            sent = Sent(addressee, receipt.channel, receipt.reference)
            alerts = tuple(AlertId(one.alert) for one in receipt.alerts)
            self._delivered.append(_Delivered(at, sent, alerts))
            # Without a try it was not told itself: something newer had been.
            if receipt.tries and receipt.notice in self._wanted:
                name = receipt.reference or receipt.notice
                message = _Message(at, addressee, receipt.channel, name)
                self._told[message].append(self._wanted[receipt.notice])
            if at > self._now - _WINDOW_S:
                went = receipt.channel, receipt.destination, receipt.election, receipt.attempt
                self.went.add(Went(*went, at, receipt.reference))


def nothing_before() -> Before:
    """Return what is known before anything has been read."""
    return Before({}, 0.0, lambda _slot, _record: True)


async def read_past(
    log: Log,
    starts: Mapping[Slot, int],
    now: float,
    believes: Callable[[Slot, RecordView], bool],
) -> Before:
    """Read what became of the notices from some offsets on.

    Args:
        log: The broker.
        starts: Commit points of partitions of notices.
        now: The time, in seconds since 1970.
        believes: Whether a receipt is by somebody who may write them.
    """
    wanted = dict[str, Says]()

    def collect(_: Slot, records: Sequence[RecordView]) -> None:
        for record in records:
            if (found := _named(record.value)) is not None:
                wanted[found.id] = found

    await log.read(starts, collect)
    before = Before(wanted, now, believes)
    receipts = {
        Slot(topic, number): 0
        for topic in RECEIPTS
        for number in range(await log.partitions(topic))
    }
    await log.read(receipts, before.see)
    return before


def _named(value: bytes | None) -> _Named | None:
    try:
        return _decode_named(value or b"")
    except NOT_READABLE:
        return None
