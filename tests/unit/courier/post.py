"""A courier on a simulated broker and on virtual time, with receivers that a test makes.

async def story() -> None:
    post = Post({"sms": Receiver()})
    post.write(call("A"))
    await post.assign()
    await pass_time(10)
    assert ["delivered"] == post.outcomes()
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from random import Random
from typing import Final

import msgspec
from msgspec import Struct

from streams.courier.answering import Answering
from streams.courier.courier import NOTICES, Courier, CourierWorld
from streams.courier.observer import Held
from streams.courier.office import Office
from streams.courier.past import RECEIPTS
from streams.delivery.parcel import Result
from streams.delivery.policy import ChannelPolicy
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.outgoing import Outgoing
from streams.domain.receipt import Receipt, ReceiptOutcome
from streams.domain.times import SECOND_MS
from streams.engine.flow import Holding
from streams.engine.lease import Lease
from streams.engine.ports import Fetched, Slot
from streams.engine.topics import Topic
from streams.sinks.channels import Channel, DrillChannel, RealChannel
from streams.sinks.sink import Delivered, Delivery, Exercise, Outcome
from streams.territory.directory import Directory
from streams.territory.plan import Contact, Way
from tests.support.notice_records import record_of
from tests.unit.engine.engine_parts import raise_crash
from tests.unit.engine.simulated_broker import Process, SimulatedBroker
from tests.unit.engine.virtual_time import pass_time

__all__ = ["ELECTION", "Message", "Post", "Receiver", "Seen", "Setting", "contact"]

ELECTION: Final = ElectionId("serang-2019")
PARTITIONS: Final = 2
_EPOCH_S: Final = 1_700_000_000.0
_FETCH_S: Final = 0.05

Message = Delivery | Exercise
decode_receipt: Final = msgspec.json.Decoder(Receipt).decode


class Receiver:
    """Takes what is real and what is an exercise, and remembers it."""

    def __init__(
        self,
        answer: Callable[[Message], Outcome | Awaitable[Outcome]] | None = None,
        policy: ChannelPolicy | None = None,
        seconds: float = 0.1,
    ) -> None:
        """`answer` says what comes of a message after some seconds; all is delivered otherwise."""
        self.policy = policy or ChannelPolicy()
        self.got: list[tuple[float, Message]] = []
        self.is_closed = False
        self._answer = answer
        self.seconds = seconds

    @property
    def keys(self) -> list[str]:
        """The keys of all messages, in order."""
        return [one.key for _, one in self.got]

    async def deliver(self, one: Delivery) -> Outcome:
        """Take what is real."""
        return await self._take(one)

    async def rehearse(self, one: Exercise) -> Outcome:
        """Take an exercise."""
        return await self._take(one)

    async def close(self) -> None:
        """Remember that it was let go of."""
        self.is_closed = True

    async def _take(self, one: Message) -> Outcome:
        self.got.append((asyncio.get_running_loop().time(), one))
        await pass_time(self.seconds)
        if self._answer is None:
            return Delivered(f"{len(self.got)}")
        came = self._answer(one)
        return await came if isinstance(came, Awaitable) else came


class Seen:
    """Remembers what the courier tells."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.held = Held({}, {}, {})
        self.most_held = 0

    def on_receipt(self, channel_type: str, outcome: ReceiptOutcome, seconds: float) -> None:
        """Count a receipt."""
        self.counts[f"{channel_type} {outcome}"] += 1
        self.seconds.append(seconds)

    def on_try(self, channel_type: str, result: Result, *, over_limit: bool) -> None:
        """Count a try."""
        self.counts[f"{channel_type} try {result}{' over' * over_limit}"] += 1

    def on_bundle(self, channel_type: str, notices: int) -> None:
        """Count a bundle."""
        self.counts[f"{channel_type} bundle of {notices}"] += 1

    def on_unreadable(self, topic: str) -> None:
        """Count a record that is no notice."""
        self.counts[f"unreadable {topic}"] += 1

    def on_taken_over(self, partitions: int, settled: int) -> None:
        """Remember a takeover."""
        self.counts["partitions"] = partitions
        self.counts["settled"] = settled

    def on_held(self, held: Held) -> None:
        """Remember what is held."""
        self.held = held
        self.most_held = max(self.most_held, sum(held.notices.values()))


class Setting(Struct, frozen=True, kw_only=True):
    """What a post is made of, as far as it matters to few."""

    drills: frozenset[str] = frozenset()
    """Channels that are for drills alone."""
    answering: Answering = Answering()
    contacts: tuple[Contact, ...] | None = None


def contact(*ways: str, actor: str = "") -> Contact:
    """Return a contact of the Polsek; each way's target says which it is."""
    first, *others = ways or ("sms",)
    return Contact(
        ladder="OPS",
        level="polsek",
        area=AreaCode("36.04"),
        name="Piket",
        channel=first,
        target=f"{first}-0",
        language="id",
        hours="",
        fallback=tuple(Way(one, f"{one}-{n}") for n, one in enumerate(others, 1)),
        actor=actor,
    )


class Post:
    """A broker, and one courier after the other."""

    def __init__(self, receivers: Mapping[str, Receiver], setting: Setting = Setting()) -> None:  # noqa: B008 - it is frozen
        counts: dict[str, int] = dict.fromkeys((*NOTICES, *RECEIPTS), PARTITIONS)
        self.broker = SimulatedBroker(Random(1), counts)
        self.receivers = receivers
        self.seen = Seen()
        self._setting = setting
        self._fetching: list[asyncio.Task[None]] = []
        self.begin()

    def begin(self) -> None:
        """Have a new process in the place of the last."""
        loop = asyncio.get_running_loop()
        self.process = Process(self.broker, 1_000_000)
        self.flow = Holding(claimed=())
        self.paused_s = 0.0
        self.lease = Lease(lambda: self.paused_s, 6.0)
        self.lease.renew(0.0)
        world = CourierWorld(
            self.process, self.seen, lambda: _EPOCH_S + loop.time(), self.lease, raise_crash
        )
        contacts = self._setting.contacts or (contact(*self.receivers),)
        office = Office.of(
            {ELECTION: Directory.of(contacts)}, self._channels(), self._setting.answering
        )
        self.courier = Courier(world, self.flow, office)
        self.courier.start(self.process)

    def _channels(self) -> Mapping[str, Channel]:
        return {
            name: (
                DrillChannel(name=name, type=name, policy=one.policy, sink=one)
                if name in self._setting.drills
                else RealChannel(name=name, type=name, policy=one.policy, sink=one)
            )
            for name, one in self.receivers.items()
        }

    def write(self, *notices: Outgoing, topic: str = Topic.NOTICES, partition: int = 0) -> None:
        """Let the fold write notices."""
        self.write_raw(*map(record_of, notices), topic=topic, partition=partition)

    def write_raw(
        self, *values: bytes | None, topic: str = Topic.NOTICES, partition: int = 0
    ) -> None:
        """Let somebody write records."""
        self.broker.append(Slot(topic, partition), [(None, value, ()) for value in values])

    async def assign(self, numbers: Iterable[int] = range(PARTITIONS)) -> None:
        """Hand these partitions to the courier, as the transport does."""
        slots = [Slot(topic, number) for topic in NOTICES for number in numbers]
        starts = {slot: self.broker.committed.get(slot, 0) for slot in slots}
        starts |= await self.courier.take_over(starts)
        self.flow.start(starts)
        self._fetching = [asyncio.create_task(self._fetch(*one)) for one in starts.items()]

    async def revoke(self) -> None:
        """Take them back, in the order of the transport."""
        self.flow.stop()
        for task in self._fetching:
            task.cancel()
        await self.courier.quiesce()
        self._commit()
        self.flow.forget()

    async def kill(self, *, commits: bool = True) -> None:
        """End the process as a power cut would, and have another one."""
        if commits:
            self._commit()
        self.process.is_alive = False
        for task in (*self._fetching, *self.courier.tasks):
            task.cancel()
        await pass_time(1)
        self.begin()
        await self.assign()

    def receipts(self) -> list[Receipt]:
        """Return all receipts in the order of the broker's time."""
        return [one for _, one in self.timed_receipts()]

    def timed_receipts(self) -> list[tuple[float, Receipt]]:
        """Return them with their times, on the clock by which receivers note messages."""
        records = [
            record
            for topic in RECEIPTS
            for number in range(PARTITIONS)
            for record in self.broker.logs[Slot(topic, number)]
        ]
        records.sort(key=lambda record: record.timestamp)
        return [
            (record.timestamp / SECOND_MS - _EPOCH_S, decode_receipt(record.value or b""))
            for record in records
        ]

    def outcomes(self) -> list[str]:
        """Return what became of the notices, in short."""
        return [
            f"{one.attempt}:{one.channel} {one.outcome}" + (f" > {one.next}" if one.next else "")
            for one in self.receipts()
        ]

    def committed(self, topic: str = Topic.NOTICES, partition: int = 0) -> int:
        """Return the commit point of a partition, as it would be committed now."""
        return self.flow.done(Slot(topic, partition))

    def _commit(self) -> None:
        self.broker.committed |= self.flow.safe

    async def _fetch(self, slot: Slot, offset: int) -> None:
        position = offset
        while True:
            if records := self.broker.tail(slot, position):
                fetched = Fetched(slot, self.flow.epoch, records)
                position = fetched.end
                await self.courier.take(fetched)
            await pass_time(_FETCH_S)
