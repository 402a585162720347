"""The player's way into Kafka: record batches filled here, one round for all partitions.

The clock alone is a record a played second for each source partition, at 60 times real time about a
thousand a second. Handed to a producer one by one they would cost more than everything else that is
played; in batches of our own they cost next to nothing, and it is certain what has been
acknowledged.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

from streams.engine.admin import open_admin
from streams.engine.lease import Lease
from streams.engine.link import TopicNames
from streams.engine.ports import Appender, BatchBuilder, Slot
from streams.engine.topics import SOURCES
from streams.engine.transport_log import KafkaAppender, ProducerSettings
from streams.wire.clock import CLOCK_HEADER

__all__ = ["COMPRESSIONS", "KafkaSink", "open_appender", "source_partitions"]

COMPRESSIONS: Final = ("gzip", "snappy", "lz4", "zstd")
"""What a batch may be compressed with."""
_MS: Final = 1_000


class KafkaSink:
    """Fills batches, and appends them; implements the player's `Sink`."""

    def __init__(self, appender: Appender) -> None:
        """`appender` is connected."""
        self._appender = appender
        self._filled: dict[Slot, list[BatchBuilder]] = {}

    def send(self, slot: Slot, key: bytes | None, value: bytes, clock: bytes) -> None:
        """Put a record into the batch of its partition."""
        batches = self._filled.setdefault(slot, [])
        if batches and _append(batches[-1], key, value, clock):
            return
        batches.append(self._appender.batch())
        taken = _append(batches[-1], key, value, clock)
        assert taken, "an empty batch takes a record of any size"

    async def flush(self) -> None:
        """Append all batches and wait for the broker: partitions side by side, each in order."""
        filled, self._filled = self._filled, {}
        await asyncio.gather(*(self._append(slot, filled[slot]) for slot in filled))

    async def _append(self, slot: Slot, batches: Sequence[BatchBuilder]) -> None:
        for batch in batches:
            await (await self._appender.send(slot, batch))


def _append(batch: BatchBuilder, key: bytes | None, value: bytes, clock: bytes) -> bool:
    headers: list[tuple[str, bytes | None]] = [(CLOCK_HEADER, clock)]
    now = round(time.time() * _MS)
    taken = batch.append(timestamp=now, key=key, value=value, headers=headers)
    return taken is not None


async def source_partitions(appender: KafkaAppender) -> Mapping[str, int]:
    """Return how many partitions each source topic has; the topics must be there."""
    return {topic: await appender.partitions(topic) for topic in SOURCES}


@asynccontextmanager
async def open_appender(settings: ProducerSettings, prefix: str) -> AsyncGenerator[KafkaAppender]:
    """Connect to a broker for the time of the block.

    Args:
        settings: The broker, and how to write; the embedded one knows no idempotent writer.
        prefix: Of the installation's topics.

    Raises:
        UnavailableError: Nobody answers.
    """
    async with open_admin(settings.broker):
        appender = KafkaAppender(settings, TopicNames(prefix), _endless_lease())
        await appender.start()
    try:
        yield appender
    finally:
        await appender.stop()


def _endless_lease() -> Lease:
    """A player owns nothing that somebody else could take over: its lease never runs out."""
    lease = Lease(lambda: 0.0, session_s=1.0)
    lease.renew(since=0.0)
    return lease
