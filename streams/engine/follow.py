"""Following topics: all their records from the beginning, then every new one, until cancelled.

Outside of any group, so nothing is committed and nobody else's partitions move. Whoever follows
keeps in memory what it makes of the records, so there is nothing to take over either.

    connect ─► read from where we are ─► all ends of the start reached: caught up ─► go on reading
       ▲                 │
       └── broker gone ◄─┘        a partition that a topic gets later is read from its beginning

A partition's records come in its order, each once, also over the end of a connection.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn, Protocol, cast

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from msgspec import Struct

from streams.engine.link import TopicNames
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.engine.transport_inside import TopicAndPartition

__all__ = ["Followed", "follow"]

_log: Final = logging.getLogger(__name__)
_FETCH_BYTES: Final = 4 * 1024 * 1024
_FETCH_WAIT_MS: Final = 100
_POLL_MS: Final = 200
_METADATA_MS: Final = 30_000
"""Age at which it is asked again which partitions a topic has."""
_PAUSE_S: Final = 1.0
"""Before another connection is tried."""


class Followed(Struct, frozen=True):
    """What is followed, and what becomes of it."""

    broker: str
    prefix: str
    topics: tuple[Topic, ...]
    each: Callable[[Slot, RecordView], None]
    """Is handed each record; what it raises ends the following."""
    caught_up: Callable[[], None]
    """Is told once, when all that was there at the start has been handed over."""


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
    """Hand over every record of the topics until cancelled; wait for a broker that is not there."""
    reading = _Reading(followed)
    while True:
        try:
            await reading.run()
        except (KafkaError, OSError) as error:
            words = str(error) or type(error).__name__
            _log.warning("%s: %s; trying again", ", ".join(followed.topics), words)
        await asyncio.sleep(_PAUSE_S)


class _Reading:
    """Where we are in each partition: it outlives connections."""

    def __init__(self, followed: Followed) -> None:
        self._followed = followed
        self._names = TopicNames(followed.prefix)
        self._next: dict[Slot, int] = {}
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
        )
        consumer = cast("_Consumer", made)
        # Every topic has a partition 0; naming it makes the client ask for the others.
        consumer.assign(self._at_broker([Slot(topic, 0) for topic in self._followed.topics]))
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
                self._seek(consumer, slots)
                ends = {} if self._is_caught_up else await self._ends(consumer, slots)
            for partition, records in (await consumer.getmany(timeout_ms=_POLL_MS)).items():
                self._hand_over(self._names.slot(partition), records)
            if not self._is_caught_up and self._is_there(slots):
                await self._look_whether_caught_up(consumer, ends)

    def _partitions(self, consumer: _Consumer) -> list[Slot]:
        """Return the partitions of all topics, as far as the broker has told."""
        known = {
            topic: consumer.partitions_for_topic(self._names.at_broker(topic)) or set[int]()
            for topic in self._followed.topics
        }
        return [Slot(topic, number) for topic in known for number in sorted(known[topic])]

    def _is_there(self, slots: Sequence[Slot]) -> bool:
        return {slot.topic for slot in slots} == set(self._followed.topics)

    def _seek(self, consumer: _Consumer, slots: Sequence[Slot]) -> None:
        consumer.assign(self._at_broker(slots))
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

    def _hand_over(self, slot: Slot, records: Sequence[RecordView]) -> None:
        for record in records:
            self._followed.each(slot, record)
            self._next[slot] = record.offset + 1

    def _at_broker(self, slots: Sequence[Slot]) -> list[object]:
        return [TopicPartition(self._names.at_broker(one.topic), one.partition) for one in slots]
