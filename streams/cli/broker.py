"""Reads and writes topics for a person at a terminal: outside of any group, committing nothing.

So `tail`, `send` and `export` never disturb the workers of an installation, and need no more than
the right to read or to write.
"""

from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from enum import Enum
from typing import Final, Protocol, cast

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError
from msgspec import Struct

from streams.cli.settings import UsageError
from streams.config import Config
from streams.engine.admin import find_differences, open_admin
from streams.engine.ports import RecordView, Slot
from streams.engine.topic_check import Missing, OtherPartitions
from streams.engine.topics import (
    Topic,
    TopicLayout,
    TopicSpec,
    plan_topics,
)
from streams.errors import UnavailableError

__all__ = [
    "Found",
    "Producer",
    "Reader",
    "Span",
    "delete_topics",
    "find_topics",
    "layout_of",
    "open_producer",
    "open_reader",
    "topic_of",
]

_POLL_MS: Final = 200
_FETCH_WAIT_MS: Final = 20  # The embedded broker wakes no waiting fetch, it polls.
_FETCH_BYTES: Final = 4 * 1024 * 1024
_BATCH_BYTES: Final = 256 * 1024


class Producer(Protocol):
    """As much of aiokafka's producer as is used."""

    async def send(
        self, topic: str, value: bytes | None, *, key: bytes | None, **details: object
    ) -> Awaitable[object]:
        """Hand over a record; what is returned is done when the broker has acknowledged it."""
        ...

    async def flush(self) -> None:
        """Wait until everything handed over is acknowledged."""
        ...


class _Consumer(Protocol):
    """As much of aiokafka's consumer as is used."""

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    def assign(self, partitions: Sequence[object]) -> None: ...
    def seek(self, partition: object, offset: int) -> None: ...
    async def beginning_offsets(self, partitions: Sequence[object]) -> Mapping[object, int]: ...
    async def end_offsets(self, partitions: Sequence[object]) -> Mapping[object, int]: ...
    async def getmany(self, *, timeout_ms: int) -> Mapping[object, Sequence[RecordView]]: ...
    async def position(self, partition: object) -> int: ...


class Found(Struct, frozen=True):
    """Topics of an installation as the broker has them."""

    broker: str
    prefix: str
    partitions: Mapping[Topic, int]

    def slots(self, partition: int | None = None) -> list[Slot]:
        """Return their partitions; or only this one of each."""
        return [
            Slot(topic, number)
            for topic, count in self.partitions.items()
            for number in range(count)
            if partition in {None, number}
        ]


class Span(Enum):
    """What is to be read of a partition."""

    KEPT = "all that is kept at present"
    NEW = "what comes from now on, for ever"
    ALL = "all that is kept, and then what comes, for ever"


def layout_of(config: Config) -> TopicLayout:
    """Return what an installation has chosen about its topics."""
    return TopicLayout(
        prefix=config.prefix,
        partitions=config.partitions,
        input_partitions=config.input_partitions,
        replication_factor=config.replication_factor,
        state_batch_mib=config.state_batch_mib,
    )


def topic_of(name: str, prefix: str) -> Topic:
    """Return the topic of a name, with the installation's prefix or without it.

    Raises:
        UsageError: There is none.
    """
    try:
        return Topic(name.removeprefix(prefix))
    except ValueError as error:
        raise UsageError(f"no topic is called {name!r}; known are {', '.join(Topic)}") from error


async def find_topics(config: Config, topics: Sequence[Topic]) -> Found:
    """Ask the broker for some topics, so that none of them is created by being asked for.

    Raises:
        UnavailableError: No broker answers, or it has not all of them.
    """
    plan = tuple(spec for spec in plan_topics(layout_of(config)) if spec.topic in topics)
    async with open_admin(config.broker) as admin:
        differences = await find_differences(admin, plan, embedded=True)
    partitions = {spec.topic: spec.partitions for spec in plan}
    for one in differences:
        if isinstance(one, Missing):
            raise UnavailableError(_missing(one.spec, config))
        if isinstance(one, OtherPartitions):
            partitions[one.spec.topic] = one.actual
    return Found(config.broker, config.prefix, partitions)


async def delete_topics(config: Config) -> None:
    """Delete all topics of an installation with everything in them.

    Raises:
        UnavailableError: The broker does not answer.
    """
    names: list[str] = [spec.name for spec in plan_topics(layout_of(config))]
    async with open_admin(config.broker) as admin:
        try:
            await admin.client.delete_topics(names)
        except (KafkaError, OSError) as error:
            raise _gone(config.broker, error) from error


@asynccontextmanager
async def open_producer(config: Config) -> AsyncGenerator[Producer]:
    """Connect a producer, and let it finish at the end of the block.

    Raises:
        UnavailableError: No broker answers.
    """
    producer = AIOKafkaProducer(
        bootstrap_servers=config.broker,
        acks="all",
        enable_idempotence=not config.embedded,
        max_batch_size=_BATCH_BYTES,
        max_request_size=8 * _BATCH_BYTES,
        compression_type="lz4",
        linger_ms=5,
    )
    try:
        await producer.start()
        try:
            yield cast("Producer", producer)
        finally:
            await producer.stop()
    except (KafkaError, OSError) as error:
        raise _gone(config.broker, error) from error


class Reader:
    """Reads partitions, one call after the other."""

    def __init__(self, consumer: _Consumer, prefix: str) -> None:
        """Made by `open_reader`."""
        self._consumer = consumer
        self._prefix = prefix

    async def read(
        self, slots: Sequence[Slot], span: Span
    ) -> AsyncGenerator[tuple[Slot, RecordView]]:
        """Yield the records of some partitions, those of each in its order."""
        consumer = self._consumer
        names: dict[object, Slot] = {
            TopicPartition(self._prefix + slot.topic, slot.partition): slot for slot in slots
        }
        consumer.assign(list(names))
        ends = await consumer.end_offsets(list(names))
        is_new = span is Span.NEW
        starts = ends if is_new else await consumer.beginning_offsets(list(names))
        for partition, offset in starts.items():
            consumer.seek(partition, offset)
        behind = {one for one in names if starts[one] < ends[one]}
        while behind or span is not Span.KEPT:
            for partition, records in (await consumer.getmany(timeout_ms=_POLL_MS)).items():
                for record in records:
                    if record.offset < ends[partition] or span is not Span.KEPT:
                        yield names[partition], record
            behind = {one for one in behind if await consumer.position(one) < ends[one]}


@asynccontextmanager
async def open_reader(found: Found) -> AsyncGenerator[Reader]:
    """Connect a reader that is in no group and commits nothing.

    Raises:
        UnavailableError: The broker does not answer any more.
    """
    made = AIOKafkaConsumer(
        bootstrap_servers=found.broker,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        fetch_max_wait_ms=_FETCH_WAIT_MS,
        max_partition_fetch_bytes=_FETCH_BYTES,
    )
    consumer = cast("_Consumer", made)
    try:
        await consumer.start()
        try:
            yield Reader(consumer, found.prefix)
        finally:
            await consumer.stop()
    except (KafkaError, OSError) as error:
        raise _gone(found.broker, error) from error


def _missing(spec: TopicSpec, config: Config) -> str:
    return (
        f"the broker at {config.broker} has no topic {spec.name}: create it (siaga topics create), "
        "or name the right broker and prefix (--broker, --prefix)"
    )


def _gone(broker: str, error: Exception) -> UnavailableError:
    words = str(error) or type(error).__name__
    return UnavailableError(
        f"the Kafka broker at {broker} does not answer any more ({words}): see whether it runs, "
        "and look into its log"
    )
