# aiokafka's own types are Unknown to pyright:
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false, reportUnknownParameterType=false
# pyright: reportUnknownVariableType=false
"""The ports' real side: appending to Kafka and reading it, through aiokafka."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, cast

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.structs import TopicPartition
from msgspec import Struct

from streams.domain.times import EpochMs
from streams.engine.lease import Lease
from streams.engine.link import TopicNames
from streams.engine.ports import Appended, BatchBuilder, RecordView, Slot
from streams.engine.transport_inside import Client, Metadata
from streams.errors import UnavailableError

__all__ = ["METADATA_MS", "KafkaAppender", "KafkaLog", "ProducerSettings"]

METADATA_MS: Final = 30_000
"""Age at which it is asked again which partitions a topic has: source topics may get more."""

_APPEND_TIME: Final = 1
"""Kafka's number for a time that the broker gave."""
_FETCH_BYTES: Final = 8 * 1024 * 1024
_POLL_MS: Final = 200
_PATIENCE_S: Final = 30.0
"""How long a read may bring nothing before its end: the client itself would wait for ever."""


class ProducerSettings(Struct, frozen=True):
    """How batches are appended."""

    broker: str
    is_idempotent: bool
    """An append that is tried again is there once. The embedded broker can't promise that."""
    batch_bytes: int
    """Size up to which a batch is filled, before compression."""
    compression: str | None


class KafkaAppender:
    """Appends record batches over a connection of its own, while the lease is valid."""

    def __init__(self, settings: ProducerSettings, names: TopicNames, lease: Lease) -> None:
        """Make an appender that is not connected yet."""
        self._settings = settings
        self._names = names
        self._lease = lease

    async def start(self) -> None:
        """Connect."""
        self._producer = AIOKafkaProducer(
            bootstrap_servers=self._settings.broker,
            acks="all",
            enable_idempotence=self._settings.is_idempotent,
            max_batch_size=self._settings.batch_bytes,
            compression_type=self._settings.compression,
            metadata_max_age_ms=METADATA_MS,
        )
        await self._producer.start()
        self._guard()

    async def stop(self) -> None:
        """Disconnect."""
        await self._producer.stop()

    def _guard(self) -> None:
        """Let no produce request out without a lease: the last line before the socket."""
        client = cast("Client", self._producer.client)
        send, lease = client.send, self._lease

        @functools.wraps(send)
        async def guarded(node_id: int, request: object, **kwargs: object) -> object:
            if type(request).__name__.startswith("Produce"):
                await lease.hold()
            return await send(node_id, request, **kwargs)

        client.send = guarded  # type: ignore[method-assign] # guarding is the point

    async def partitions(self, topic: str) -> int:
        """Say how many partitions a topic has, by metadata that is refreshed now and then."""
        return len(await self._producer.partitions_for(self._names.at_broker(topic)))

    def batch(self) -> BatchBuilder:
        """Return an empty batch."""
        batch: BatchBuilder = self._producer.create_batch()
        return batch

    async def send(self, slot: Slot, batch: BatchBuilder) -> Awaitable[Appended]:
        """Hand over a batch."""
        topic = self._names.at_broker(slot.topic)
        sent = await self._producer.send_batch(batch, topic, partition=slot.partition)
        return _answer(sent)


async def _answer(sent: Awaitable[Metadata]) -> Appended:
    metadata = await sent
    is_brokers = metadata.timestamp_type == _APPEND_TIME
    return Appended(metadata.offset, EpochMs(metadata.timestamp) if is_brokers else None)


class KafkaLog:
    """Reads partitions from an offset to their present end, outside of any group."""

    def __init__(self, broker: str, names: TopicNames, appender: KafkaAppender) -> None:
        """`appender` lends its knowledge of the topics."""
        self._broker = broker
        self._names = names
        self._appender = appender

    async def partitions(self, topic: str) -> int:
        """Say how many partitions a topic has."""
        return await self._appender.partitions(topic)

    async def read(
        self, starts: Mapping[Slot, int], each: Callable[[Slot, Sequence[RecordView]], None]
    ) -> Mapping[Slot, int]:
        """Hand over all records from `starts` to the present ends, and return where it stopped.

        Raises:
            UnavailableError: Nothing has come for half a minute, and the end is not reached.
        """
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._broker,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            max_partition_fetch_bytes=_FETCH_BYTES,
        )
        await consumer.start()
        try:
            return await self.read_by(consumer, starts, each)
        finally:
            await consumer.stop()

    async def read_by(
        self,
        consumer: AIOKafkaConsumer,
        starts: Mapping[Slot, int],
        each: Callable[[Slot, Sequence[RecordView]], None],
    ) -> Mapping[Slot, int]:
        """Do what `read` does, with a consumer that is connected."""
        slots = {
            TopicPartition(self._names.at_broker(slot.topic), slot.partition): slot
            for slot in starts
        }
        consumer.assign(list(slots))
        ends = await consumer.end_offsets(list(slots))
        for tp, slot in slots.items():
            consumer.seek(tp, starts[slot])
        behind, seconds = set(slots), asyncio.get_running_loop().time
        give_up = seconds() + _PATIENCE_S
        while behind := {tp for tp in behind if await consumer.position(tp) < ends[tp]}:
            for tp, records in (await consumer.getmany(timeout_ms=_POLL_MS)).items():
                each(slots[tp], records)
                give_up = seconds() + _PATIENCE_S
            if seconds() > give_up:
                names = ", ".join(f"{tp.topic}/{tp.partition}" for tp in sorted(behind))
                raise UnavailableError(f"{names}: the broker brings nothing more of it")
        # What came behind the end meanwhile was handed over too. (The embedded broker even tells
        # an end in the middle of its last batch.)
        return {slots[tp]: max(end, await consumer.position(tp)) for tp, end in ends.items()}
