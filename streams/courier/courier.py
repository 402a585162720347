"""The courier of one process: what the transport calls, and the loop that sends.

    assigned ─► take_over (receipts read back) ─► fetched … fetched ─► revoked ─► quiesce
                                                     │
              outbox ◄── a parcel, or a receipt ◄────┘      beside it: the loop
                 └─► tries ─► what came of them ─► receipts ─► acknowledged ─► offset safe

Order in the place of transactions: a notice is settled when its receipt is acknowledged, and a
commit point lies before the first notice that is not settled. So a process that is killed anywhere
loses no notice; what it had sent without a receipt is sent again under the same key.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final, NamedTuple

from streams.courier.addressing import Unsendable
from streams.courier.custody import Custody
from streams.courier.held import Crowding, held_by_type
from streams.courier.observer import CourierObserver
from streams.courier.office import Office
from streams.courier.past import RECEIPTS, Before, nothing_before, read_past
from streams.courier.receipts import output_of, receipt_of, receipt_unsent
from streams.delivery.outbox import Outbox, Past
from streams.delivery.parcel import Ended, Result, Send, addressee_of
from streams.domain.ids import AlertId
from streams.domain.outgoing import Outgoing
from streams.domain.partition import partition_of
from streams.domain.receipt import Receipt
from streams.domain.times import SECOND_MS
from streams.engine.crash import Die, crash_only
from streams.engine.flow import Holding
from streams.engine.lease import Lease
from streams.engine.ports import Appender, Fetched, Log, RecordView, Slot
from streams.engine.topics import Topic
from streams.engine.writer import Writer
from streams.errors import InputError
from streams.wire.outgoing import read_notice

__all__ = ["NOTICES", "Courier", "CourierWorld"]

NOTICES: Final = (Topic.NOTICES, Topic.RESTRICTED_NOTICES)
"""The topics that a courier takes from."""

_SLICE: Final = 64
"""Records that are taken in before others get a turn."""
_HELD_MAX: Final = 50_000
"""Notices that may be held; beyond them nothing more is taken in before some are settled."""
_CROWDED: Final = (
    "{} notices are held, of {} that may be; then nothing more is taken in, for anybody: "
    "siaga_notify_held and siaga_notify_breakers say what does not answer"
)
_GRACE_S: Final = 3.5
"""How long tries may go on when everything must end; the rest is tried again by the next owner."""
_LOOK_S: Final = 1.0

_log: Final = logging.getLogger(__name__)


class CourierWorld(NamedTuple):
    """What surrounds the courier of one process."""

    log: Log
    observer: CourierObserver
    clock: Callable[[], float]
    """The time, in seconds since 1970; never set back."""
    lease: Lease
    die: Die


class Courier:
    """Takes notices, tries, and writes receipts."""

    def __init__(self, world: CourierWorld, flow: Holding, office: Office) -> None:
        """Make a courier that still stands."""
        self._world = world
        self._flow = flow
        self._office = office
        self._policies = {name: one.policy for name, one in office.channels.items()}
        self._wake = asyncio.Event()
        self._eased = asyncio.Event()
        self._tries: set[asyncio.Task[None]] = set()
        self._partitions: dict[str, int] = {}
        self._slots: frozenset[Slot] = frozenset()
        self._told_held_at = 0.0
        self._crowding = Crowding()
        self._reset(nothing_before())

    def start(self, appender: Appender) -> None:
        """Begin to work; an event loop must be running."""
        die = self._world.die
        self._writer = Writer(appender, die)
        self._loop = asyncio.create_task(crash_only(die)(self._send)())

    @property
    def tasks(self) -> tuple[asyncio.Task[None], ...]:
        """Everything that runs beside the flow of records, for whoever ends the courier."""
        return (self._loop, self._writer.task, *self._tries)

    @property
    def leads(self) -> bool:
        """Whether this is the one of several that does what only one may do."""
        return self._flow.is_active and Slot(Topic.NOTICES, 0) in self._slots

    # ── What the transport calls ─────────────────────────────────────────────────────────────────

    async def take(self, fetched: Fetched) -> None:
        """Take in a partition batch, unless it has become worthless meanwhile."""
        for start in range(0, len(fetched.records), _SLICE):
            if fetched.epoch != self._flow.epoch:
                return
            for record in fetched.records[start : start + _SLICE]:
                self._take(fetched.slot, record)
            self._mark(fetched.slot)
            self._wake.set()
            await self._room(fetched.epoch)

    async def take_over(self, starts: Mapping[Slot, int]) -> Mapping[Slot, int]:
        """Make partitions ours: read what became of their notices; an error ends the process."""
        return await crash_only(self._world.die)(self._take_over)(starts)

    async def quiesce(self) -> None:
        """Let tries end, write their receipts, and let go of everything."""
        assert not self._flow.is_active, "records still come in"
        if self._tries:
            await asyncio.wait(self._tries, timeout=_GRACE_S)
        for task in self._tries:
            task.cancel()
        await asyncio.gather(*self._tries, return_exceptions=True)
        await self._writer.flush()
        await asyncio.sleep(0)  # What waits for the acknowledgement has settled by then.
        self._slots = frozenset()
        self._reset(nothing_before())
        self._tell_held(self._world.clock())

    @property
    def is_full(self) -> bool:
        """Whether so much is held that nothing more is taken in."""
        return len(self._custody) >= _HELD_MAX

    def must_progress(self, slot: Slot) -> bool:
        """Say that nothing must: one destination may hold its partition for hours."""
        return slot.topic not in NOTICES

    def progress(self, slot: Slot, done: int) -> int:
        """Return how far a partition has come."""
        assert slot.topic in NOTICES, "no other is ours"
        return done

    # ── Taking ───────────────────────────────────────────────────────────────────────────────────

    async def _take_over(self, starts: Mapping[Slot, int]) -> Mapping[Slot, int]:
        world = self._world
        for topic in RECEIPTS:
            self._partitions[topic] = await world.log.partitions(topic)
        before = await read_past(world.log, starts, world.clock(), self._office.seals.believes)
        self._reset(before)
        self._slots = frozenset(starts)
        world.observer.on_taken_over(len(starts), len(before.settled))
        self._wake.set()
        return {}

    def _reset(self, before: Before) -> None:
        self._custody, self._memory = Custody(before), before.memory
        self._outbox = Outbox(self._policies)
        self._outbox.remember(self._past(before))
        now = self._world.clock()
        for addressee, notices in before.told:
            self._outbox.heard(addressee, notices, now)
        self._eased.set()

    def _past(self, before: Before) -> Iterable[Past]:
        for one in before.went:
            way = self._office.book.way_of(one.election, one.destination, one.attempt)
            if way is not None:
                yield Past(one.channel, addressee_of(one.election, one.destination), way, one.at)

    def _take(self, slot: Slot, record: RecordView) -> None:
        try:
            notice = read_notice(record.value or b"")
        except InputError:
            # Without the words of the error: they may quote the record.
            _log.error("%s/%d: the record at %d is no notice", *slot, record.offset)
            self._world.observer.on_unreadable(slot.topic)
            self._custody.skip(slot, record.offset)
            return
        if self._custody.take(slot, record.offset, notice.id):
            self._accept(notice, record.timestamp / SECOND_MS)

    def _accept(self, notice: Outgoing, since: float) -> None:
        now = self._world.clock()
        addressed = self._office.book.address(notice, since)
        if isinstance(addressed, Unsendable):
            self._write(receipt_unsent(notice, addressed, now), notice, since, is_settled=True)
            return
        parcel = self._custody.resumed(addressed, now)
        if parcel is None:
            self._settle(self._custody, notice.id)
        else:
            self._outbox.put(parcel, now)

    async def _room(self, epoch: int) -> None:
        """Let others run; wait while too much is held."""
        await asyncio.sleep(0)
        while self.is_full and epoch == self._flow.epoch:
            self._eased.clear()
            await self._eased.wait()

    # ── Sending ──────────────────────────────────────────────────────────────────────────────────

    async def _send(self) -> None:
        """Do what is due, again and again."""
        while True:
            self._wake.clear()
            look_at = await self._turn()
            try:
                async with asyncio.timeout(look_at - self._world.clock()):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _turn(self) -> float:
        """Begin what is due now, and return when to look again."""
        await self._world.lease.hold()
        now = self._world.clock()
        if not self._flow.is_active:
            return now + _LOOK_S
        due = self._outbox.due(now)
        self._finish(due.ended, now)
        for send in due.sends:
            task = asyncio.create_task(crash_only(self._world.die)(self._try)(send))
            self._tries.add(task)
            task.add_done_callback(self._tries.discard)
        self._tell_held(now)
        return min(due.look_at, now + _LOOK_S)

    async def _try(self, send: Send) -> None:
        outbox = self._outbox
        tried = await self._office.carrier.carry(send, self._memory, self._world.clock())
        if outbox is not self._outbox:
            return  # Its partition was taken away and taken over; whoever has it tries it again.
        now, kind = self._world.clock(), self._type_of(send.first.channel)
        self._world.observer.on_try(kind, tried.result, over_limit=send.over_limit)
        if tried.result is Result.DELIVERED and len(send.parcels) > 1:
            self._world.observer.on_bundle(kind, len(send.parcels))
        self._finish(self._outbox.done(send.key, tried, now), now)
        self._wake.set()

    def _finish(self, ended: Iterable[Ended], now: float) -> None:
        for one in ended:
            parcel = one.parcel
            receipt = receipt_of(one, now)
            self._write(receipt, parcel.notice, parcel.since, is_settled=one.is_settled)

    # ── Receipts ─────────────────────────────────────────────────────────────────────────────────

    def _write(self, receipt: Receipt, notice: Outgoing, since: float, *, is_settled: bool) -> None:
        output, now = output_of(receipt, notice, self._office.seals.sign), self._world.clock()
        assert output.key is not None, "receipts have their notice as key"
        partition = partition_of(output.key, self._partitions[output.topic])
        self._writer.put_output(partition, output, int(now * SECOND_MS))
        kind = self._type_of(receipt.channel)
        self._world.observer.on_receipt(kind, receipt.outcome, max(0.0, now - since))
        if is_settled:
            settle = partial(self._settle, self._custody, notice.id)
            self._writer.barrier().add_done_callback(settle)

    def _settle(self, custody: Custody, notice: AlertId, _: object = None) -> None:
        """Let commit points move; what was let go of meanwhile has none."""
        if custody is self._custody:
            for slot in custody.settle(notice):
                self._mark(slot)
            self._eased.set()

    def _mark(self, slot: Slot) -> None:
        self._flow.mark_safe(slot, self._custody.safe(slot), self._flow.epoch)

    def _type_of(self, channel: str) -> str:
        found = self._office.channels.get(channel)
        return "none" if found is None else found.type

    def _tell_held(self, now: float) -> None:
        if now >= self._told_held_at + _LOOK_S or not len(self._custody):
            self._told_held_at = now
            count = len(self._custody)
            held = held_by_type(self._outbox, self._type_of, count / _HELD_MAX)
            self._world.observer.on_held(held)
            if self._crowding.begins(held.filled):
                _log.warning("%s", _CROWDED.format(count, _HELD_MAX))
