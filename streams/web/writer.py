"""The way to Kafka: a record counts as taken when the broker has acknowledged it, never before.

Records of many requests share batches: each waits a few milliseconds for others, and for one
answer of the broker. If that does not come in time the sender is asked to repeat. The record may
have got there all the same, or get there later; then there are two of one id, and intake takes one.

How much may wait is limited: memory must not grow with the time that the broker is away.

    ready ──a record fails──► not ready ──a record is acknowledged──► ready

That the broker answers does not tell that it takes records. So after a failure only a record can
show it: every two seconds the writer says once that it is ready, to get one.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final, Protocol, cast

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from msgspec import Struct

from streams.config import Config
from streams.engine.admin import open_admin
from streams.engine.topics import Topic, topic_name
from streams.errors import UnavailableError
from streams.web.refusal import Reason, Refusal
from streams.wire.inputs import VALUE_BYTES_MAX
from streams.wire.producers import Producers
from streams.wire.records import Headers
from streams.wire.seal import Seal, seal_of

__all__ = ["KafkaWriter", "Patience", "Record", "Writer", "open_writer"]

_LINGER_MS: Final = 2
_BATCH_BYTES: Final = 256 * 1024
_RETRY_S: Final = 2.0
_log: Final = logging.getLogger(__name__)


class Record(Struct, frozen=True):
    """A record to be written."""

    topic: Topic
    value: bytes
    headers: Headers = ()
    key: bytes | None = None
    """Intake looks at no key; what is sent again keeps the one that it came with."""
    is_ours: bool = True
    """False: it is as somebody else has sent and perhaps signed it, and stays so."""


class Patience(Struct, frozen=True):
    """How long a record may wait for its acknowledgement, and how many may wait."""

    kafka_s: float
    waiting_events: int


class Writer(Protocol):
    """Where doors put records."""

    async def is_ready(self) -> bool:
        """Tell whether a record that came now would be acknowledged, as far as is known."""
        ...

    async def put(self, records: Sequence[Record]) -> None:
        """Write records, and return when all of them are acknowledged.

        Raises:
            Refusal: `unavailable`; some of them may have been written.
        """
        ...


class _Client(Protocol):
    """As much of aiokafka's client as is used."""

    async def force_metadata_update(self) -> bool: ...


class _Producer(Protocol):
    """As much of aiokafka's producer as is used."""

    @property
    def client(self) -> _Client: ...

    async def send(
        self,
        topic: str,
        value: bytes,
        *,
        key: bytes | None,
        headers: list[tuple[str, bytes | None]],
    ) -> asyncio.Future[object]: ...

    async def stop(self) -> None: ...


class KafkaWriter:
    """Writes through one producer, for all requests of a process."""

    def __init__(
        self,
        producer: _Producer,
        prefix: str,
        patience: Patience,
        seal: Seal,
        steady_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Made by `open_writer`; the clock is one that never goes back."""
        self._producer = producer
        self._names = {topic: topic_name(prefix, topic) for topic in Topic}
        self._patience = patience
        self._seal = seal
        self._waiting = 0
        self._unanswered = 0
        """Records that Kafka has, or may get, and has said nothing of."""
        self._steady_s = steady_s
        self._is_ready = True
        self._tried_at = 0.0
        """Since not ready: when a record failed, or it was last said that it may get one."""

    async def is_ready(self) -> bool:
        """Tell whether a record that came now would be acknowledged, as far as is known.

        After a failure this is so once in a while: who is not ready gets no requests to find it
        out by.
        """
        now = self._steady_s()
        if self._is_ready or now - self._tried_at < _RETRY_S:
            return self._is_ready
        self._tried_at = now
        return await self.answers()

    async def answers(self) -> bool:
        """Ask the broker, and tell whether it answers."""
        try:
            async with asyncio.timeout(_RETRY_S):
                return await self._producer.client.force_metadata_update()
        except (KafkaError, OSError, TimeoutError):
            return False

    async def put(self, records: Sequence[Record]) -> None:
        """Write records, and return when all of them are acknowledged."""
        if self._waiting + len(records) > self._patience.waiting_events:
            raise Refusal(Reason.UNAVAILABLE, "too much waits for Kafka", retry_after_s=_RETRY_S)
        self._waiting += len(records)
        try:
            async with asyncio.timeout(self._patience.kafka_s):
                await self._write(records)
        except (KafkaError, OSError, TimeoutError) as error:
            self._is_ready, self._tried_at = False, self._steady_s()
            detail = "Kafka has not acknowledged it in time"
            raise Refusal(Reason.UNAVAILABLE, detail, retry_after_s=_RETRY_S) from error
        finally:
            self._waiting -= len(records)
        self._is_ready = True

    async def _write(self, records: Sequence[Record]) -> None:
        acknowledged = [await self._send(record) for record in records]
        for one in acknowledged:
            # A client that gives up must not take back what is on its way with others.
            await asyncio.shield(one)

    async def _send(self, record: Record) -> asyncio.Future[object]:
        sent = await self._producer.send(
            self._names[record.topic],
            record.value,
            key=record.key,
            headers=[*record.headers, *(self._seal(record.value) if record.is_ours else ())],
        )
        self._unanswered += 1
        sent.add_done_callback(self._answer)
        return sent

    def _answer(self, _answered: asyncio.Future[object]) -> None:
        self._unanswered -= 1

    async def end(self) -> None:
        """Let what waits be written, for as long as a record may wait, and tell what was not.

        Without an end of time a process whose broker is away would try for ever.
        """
        try:
            async with asyncio.timeout(self._patience.kafka_s):
                await self._producer.stop()
        except TimeoutError:
            _log.error(
                "Kafka has not acknowledged %d records in %g s: they are given up, and whoever "
                "sent them was told to repeat them",
                self._unanswered,
                self._patience.kafka_s,
            )


@asynccontextmanager
async def open_writer(
    config: Config, patience: Patience, producers: Producers, key_id: str
) -> AsyncGenerator[KafkaWriter]:
    """Connect to the broker for the time of the block; what waits at its end may still be written.

    Raises:
        ConfigError: There is no key of this id to sign with.
        UnavailableError: No broker answers.
    """
    seal = seal_of(producers, key_id)
    async with open_admin(config.broker):
        producer = AIOKafkaProducer(
            bootstrap_servers=config.broker,
            acks="all",
            enable_idempotence=not config.embedded,
            linger_ms=_LINGER_MS,
            max_batch_size=_BATCH_BYTES,
            max_request_size=2 * VALUE_BYTES_MAX,
        )
        try:
            await producer.start()
        except (KafkaError, OSError) as error:
            raise UnavailableError(
                f"the Kafka broker at {config.broker} does not let us write ({error}): "
                "see whether it runs, and look into its log"
            ) from error
    writer = KafkaWriter(cast("_Producer", producer), config.prefix, patience, seal)
    try:
        yield writer
    finally:
        await writer.end()
