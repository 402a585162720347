"""Single records of the journal, read from Kafka outside of any group.

    kept(offsets) ─► held? ─► else: one at a time, a partition after the other ─► held

One connection for all who ask, opened by the first. Who asks waits as long as for anything else of
Kafka (`kafka_s`). How much is held is limited, and so is what one question may ask for: an alert
rests on 200 events at most, and the desk asks for a page of reports at once.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Protocol, cast

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from streams.engine.ports import RecordView
from streams.engine.topics import Topic, topic_name
from streams.room.journal import Kept, kept_of
from streams.web.refusal import Reason, Refusal

__all__ = ["KafkaJournal", "slots_of"]

_HELD_MAX: Final = 5_000
_FETCH_BYTES: Final = 256 * 1024
_POLL_MS: Final = 100
_RETRY_S: Final = 2.0


class _Consumer(Protocol):
    """As much of aiokafka's consumer as is used."""

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    def assign(self, partitions: Sequence[object]) -> None: ...
    def pause(self, partition: object) -> None: ...
    def seek(self, partition: object, offset: int) -> None: ...
    async def beginning_offsets(self, partitions: Sequence[object]) -> Mapping[object, int]: ...
    async def end_offsets(self, partitions: Sequence[object]) -> Mapping[object, int]: ...
    async def getmany(self, *, timeout_ms: int) -> Mapping[object, Sequence[RecordView]]: ...


class KafkaJournal:
    """The journal on a broker."""

    def __init__(self, broker: str, prefix: str, kafka_s: float) -> None:
        """Connect to nothing yet."""
        self._broker = broker
        self._topic = topic_name(prefix, Topic.JOURNAL)
        self._kafka_s = kafka_s
        self._lock = asyncio.Lock()
        self._consumer: _Consumer | None = None
        self._held: OrderedDict[str, Kept] = OrderedDict()

    async def kept(self, offsets: Collection[str]) -> Mapping[str, Kept]:
        """Return the events at some offsets; those that are gone are missing.

        Raises:
            Refusal: `unavailable`; Kafka has not answered in time.
        """
        found = {one: self._held[one] for one in offsets if one in self._held}
        wanted = slots_of(one for one in offsets if one not in found)
        if not wanted:
            return found
        try:
            async with asyncio.timeout(self._kafka_s), self._lock:
                consumer = await self._connected()
                for partition, numbers in wanted.items():
                    found |= await self._read(consumer, partition, numbers)
        except (KafkaError, OSError, TimeoutError) as error:
            detail = "the journal could not be read in time"
            raise Refusal(Reason.UNAVAILABLE, detail, retry_after_s=_RETRY_S) from error
        return found

    async def close(self) -> None:
        """End the connection, if there is one."""
        if self._consumer is not None:
            await self._consumer.stop()

    async def _connected(self) -> _Consumer:
        if self._consumer is None:
            made = AIOKafkaConsumer(
                bootstrap_servers=self._broker,
                auto_offset_reset="earliest",
                enable_auto_commit=False,
                max_partition_fetch_bytes=_FETCH_BYTES,
            )
            consumer = cast("_Consumer", made)
            try:
                await consumer.start()
            except BaseException:
                await consumer.stop()
                raise
            self._consumer = consumer
        return self._consumer

    async def _read(
        self, consumer: _Consumer, partition: int, numbers: Sequence[int]
    ) -> Mapping[str, Kept]:
        """Return the events at some offsets of a partition; the offsets are sorted."""
        at_broker = TopicPartition(self._topic, partition)
        consumer.assign([at_broker])
        begin = (await consumer.beginning_offsets([at_broker]))[at_broker]
        end = (await consumer.end_offsets([at_broker]))[at_broker]
        left = [one for one in numbers if begin <= one < end]
        found: dict[str, Kept] = {}
        while left:
            consumer.seek(at_broker, left[0])
            records = await _next_records(consumer)
            wanted = set(left)
            for record in records:
                kept = kept_of(record.value or b"") if record.offset in wanted else None
                if kept is not None:
                    found[f"{partition}:{record.offset}"] = kept
            left = [one for one in left if one > records[-1].offset]
        # Nobody is to fetch on while nobody asks.
        consumer.pause(at_broker)
        self._hold(found)
        return found

    def _hold(self, found: Mapping[str, Kept]) -> None:
        self._held.update(found)
        while len(self._held) > _HELD_MAX:
            self._held.popitem(last=False)


async def _next_records(consumer: _Consumer) -> Sequence[RecordView]:
    """Wait for records of the one partition that is assigned."""
    while True:
        for records in (await consumer.getmany(timeout_ms=_POLL_MS)).values():
            if records:
                return records


def slots_of(offsets: Iterable[str]) -> Mapping[int, Sequence[int]]:
    """Return the offsets of each partition, sorted; what is no `partition:offset` is left out."""
    found: dict[int, set[int]] = {}
    for one in offsets:
        partition, _, offset = one.partition(":")
        if partition.isdecimal() and offset.isdecimal():
            found.setdefault(int(partition), set()).add(int(offset))
    return {partition: sorted(found[partition]) for partition in sorted(found)}
