"""Following topics: all their records from the beginning, then every new one, until cancelled.

Outside of any group, so nothing is committed and nobody else's partitions move. Whoever follows
keeps in memory what it makes of the records, so there is nothing to take over either.

    connect ─► read from where we are ─► all ends of the start reached: caught up ─► go on reading
       ▲                 │
       └── broker gone ◄─┘        a partition that a topic gets later is read from its beginning

A partition's records come in its order, each once, also over the end of a connection. Of a topic
that was made anew nothing that was handed over is true any more: then the following ends.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn, Protocol, cast

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from msgspec import Struct

from streams.engine.link import TopicNames
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.engine.transport_inside import TopicAndPartition
from streams.errors import UnavailableError

__all__ = ["Followed", "follow"]

_log: Final = logging.getLogger(__name__)
_FETCH_BYTES: Final = 4 * 1024 * 1024
_FETCH_WAIT_MS: Final = 100
_POLL_MS: Final = 200
_METADATA_MS: Final = 30_000
"""Age at which it is asked again which partitions a topic has."""
_RETRY_MS: Final = 500
"""Between two questions for a topic that is missing: each is a line in the log."""
_PAUSE_S: Final = 1.0
"""Before another connection is tried."""
_BREATH_S: Final = 0.01
"""After so long a time of handing over others have their turn: a fetch may bring 10,000 records."""


class Followed(Struct, frozen=True):
    """What is followed, and what becomes of it."""

    broker: str
    prefix: str
    topics: tuple[Topic, ...]
    each: Callable[[Slot, RecordView], None]
    """Is handed each record; what it raises ends the following."""
    caught_up: Callable[[], None]
    """Is told once, when all that was there at the start has been handed over."""
    told: Callable[[str], None] = lambda _problem: None
    """Is told after each round what is wrong, as a sentence; empty: all is being read."""


class _Consumer(Protocol):
    """As much of aiokafka's consumer as is used."""

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    def assign(self, partitions: Sequence[object]) -> None: ...
    def seek(self, partition: object, offset: int) -> None: ...
    def partitions_for_topic(self, topic: str) -> set[int] | None: ...
    async def end_offsets(self, partitions: Sequence[object]) -> Mapping[object, int]: ...
    async def getmany(
        self, *, timeout_ms: int
    ) -> Mapping[TopicAndPartition, Sequence[RecordView]]: ...
    async def position(self, partition: object) -> int: ...


async def follow(followed: Followed) -> NoReturn:
    """Hand over every record of the topics until cancelled; wait for a broker that is not there.

    Raises:
        UnavailableError: A topic was made anew; whoever follows must begin anew as well.
    """
    reading = _Reading(followed)
    while True:
        try:
            await reading.run()
        except (KafkaError, OSError) as error:
            kind = type(error).__name__
            _log.warning("%s: %s; trying again", ", ".join(followed.topics), str(error) or kind)
            # Not its words: they name addresses, and what is told may be shown to anybody.
            followed.told(f"Kafka's topics cannot be read: {kind}")
        await asyncio.sleep(_PAUSE_S)


class _Reading:
    """Where we are in each partition: it outlives connections."""

    def __init__(self, followed: Followed) -> None:
        self._followed = followed
        self._names = TopicNames(followed.prefix)
        self._next: dict[Slot, int] = {}
        self._lost = frozenset[str]()
        """Topics that have been read, and were not there when it was last looked."""
        self._is_caught_up = False

    async def run(self) -> NoReturn:
        """Read over one connection until it fails."""
        made = AIOKafkaConsumer(
            bootstrap_servers=self._followed.broker,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            fetch_max_wait_ms=_FETCH_WAIT_MS,
            max_partition_fetch_bytes=_FETCH_BYTES,
            metadata_max_age_ms=_METADATA_MS,
            retry_backoff_ms=_RETRY_MS,
        )
        consumer = cast("_Consumer", made)
        self._seek(consumer, [])
        try:
            await consumer.start()
            await self._read(consumer)
        finally:
            await consumer.stop()

    async def _read(self, consumer: _Consumer) -> NoReturn:
        slots: list[Slot] = []
        ends: Mapping[object, int] = {}
        while True:
            if (present := self._partitions(consumer)) != slots:
                slots = present
                self._note_lost(slots)
                self._seek(consumer, slots)
                ends = {} if self._is_caught_up else await self._ends(consumer, slots)
            for partition, records in (await consumer.getmany(timeout_ms=_POLL_MS)).items():
                await self._hand_over(self._names.slot(partition), records)
            missing = self._missing(slots)
            if not self._is_caught_up and not missing:
                await self._look_whether_caught_up(consumer, ends)
            self._followed.told(_missing_words(missing))

    def _partitions(self, consumer: _Consumer) -> list[Slot]:
        """Return the partitions of all topics, as far as the broker has told."""
        known = {
            topic: consumer.partitions_for_topic(self._names.at_broker(topic)) or set[int]()
            for topic in self._followed.topics
        }
        return [Slot(topic, number) for topic in known for number in sorted(known[topic])]

    def _missing(self, slots: Sequence[Slot]) -> list[Topic]:
        there = {slot.topic for slot in slots}
        return [topic for topic in self._followed.topics if topic not in there]

    def _note_lost(self, slots: Sequence[Slot]) -> None:
        missing = self._missing(slots)
        for topic in sorted(self._lost.difference(missing)):
            raise _made_anew(topic)
        self._lost = frozenset(slot.topic for slot in self._next).intersection(missing)

    def _seek(self, consumer: _Consumer, slots: Sequence[Slot]) -> None:
        # Every topic has a partition 0; naming it makes the client ask for the others.
        asked_for = [Slot(topic, 0) for topic in self._missing(slots)]
        consumer.assign(self._at_broker([*slots, *asked_for]))
        for slot, partition in zip(slots, self._at_broker(slots), strict=True):
            if slot in self._next:
                consumer.seek(partition, self._next[slot])

    async def _ends(self, consumer: _Consumer, slots: Sequence[Slot]) -> Mapping[object, int]:
        return await consumer.end_offsets(self._at_broker(slots)) if slots else {}

    async def _look_whether_caught_up(
        self, consumer: _Consumer, ends: Mapping[object, int]
    ) -> None:
        for partition, end in ends.items():
            if await consumer.position(partition) < end:
                return
        self._is_caught_up = True
        self._followed.caught_up()

    async def _hand_over(self, slot: Slot, records: Sequence[RecordView]) -> None:
        if records and records[0].offset < self._next.get(slot, 0):
            raise _made_anew(slot.topic)
        began = time.perf_counter()
        for record in records:
            self._followed.each(slot, record)
            self._next[slot] = record.offset + 1
            if time.perf_counter() - began >= _BREATH_S:
                await asyncio.sleep(0)
                began = time.perf_counter()
        await asyncio.sleep(0)

    def _at_broker(self, slots: Sequence[Slot]) -> list[object]:
        return [TopicPartition(self._names.at_broker(one.topic), one.partition) for one in slots]


def _missing_words(topics: Sequence[Topic]) -> str:
    if not topics:
        return ""
    return f"not there: {', '.join(topics)}; `siaga topics create` makes what is missing"


def _made_anew(topic: str) -> UnavailableError:
    return UnavailableError(
        f"{topic} was made anew: what was read of it is no longer there; start this again"
    )
