"""The sink fills batches, and appends those of a partition one after the other."""

import asyncio
from collections.abc import Awaitable

import pytest

from streams.domain.times import EpochMs
from streams.engine.ports import Appended, Slot
from streams.engine.transport_log import ProducerSettings
from streams.errors import UnavailableError
from streams.simulation.kafka_sink import KafkaSink, open_appender

HOME = Slot("tps.status", 0)
OTHER = Slot("tps.status", 1)


class Batch:
    """A batch that is full with two records."""

    def __init__(self) -> None:
        self.records: list[tuple[bytes | None, bytes | None, list[tuple[str, bytes | None]]]] = []

    def append(
        self,
        *,
        timestamp: int,
        key: bytes | None,
        value: bytes | None,
        headers: list[tuple[str, bytes | None]],
    ) -> object | None:
        """Take a record, if there is room."""
        assert timestamp > 0
        if len(self.records) == 2:
            return None
        self.records.append((key, value, headers))
        return self

    def record_count(self) -> int:
        """Say how many there are."""
        return len(self.records)

    def size(self) -> int:
        """Say nothing."""
        return 0


class Broker:
    """Takes batches, and acknowledges each in the next turn of the loop."""

    def __init__(self) -> None:
        self.taken: list[tuple[Slot, list[bytes | None]]] = []
        self.waiting: dict[Slot, int] = {}
        self.side_by_side = 0

    def batch(self) -> Batch:
        """Return an empty batch."""
        return Batch()

    async def send(self, slot: Slot, batch: object) -> Awaitable[Appended]:
        """Take a batch; of a slot only one at a time."""
        assert isinstance(batch, Batch)
        assert self.waiting.get(slot, 0) == 0, "sent before the one before was acknowledged"
        self.waiting[slot] = 1
        self.side_by_side = max(self.side_by_side, sum(self.waiting.values()))
        self.taken.append((slot, [value for _, value, _ in batch.records]))
        return self._acknowledge(slot)

    async def _acknowledge(self, slot: Slot) -> Appended:
        await asyncio.sleep(0)
        self.waiting[slot] = 0
        return Appended(0, EpochMs(0))


def test_nothing_leaves_before_a_flush() -> None:
    """The player says when."""
    broker = Broker()
    KafkaSink(broker).send(HOME, None, b"a", b"now")
    assert [] == broker.taken


def test_batches_of_a_partition_stay_in_order() -> None:
    """Each is acknowledged before the next one leaves."""
    broker = Broker()
    sink = KafkaSink(broker)
    for value in (b"1", b"2", b"3", b"4", b"5"):
        sink.send(HOME, None, value, b"now")
    asyncio.run(sink.flush())
    assert [(HOME, [b"1", b"2"]), (HOME, [b"3", b"4"]), (HOME, [b"5"])] == broker.taken


def test_partitions_go_side_by_side() -> None:
    """None waits for another."""
    broker = Broker()
    sink = KafkaSink(broker)
    for slot in (HOME, OTHER):
        sink.send(slot, None, b"a", b"now")
    asyncio.run(sink.flush())
    assert 2 == broker.side_by_side


def test_a_flush_sends_once() -> None:
    """What was acknowledged is not sent again."""
    broker = Broker()
    sink = KafkaSink(broker)
    sink.send(HOME, None, b"a", b"now")
    asyncio.run(sink.flush())
    asyncio.run(sink.flush())
    assert 1 == len(broker.taken)


def test_a_record_carries_the_played_clock() -> None:
    """In the header that intake reads."""
    broker = Broker()
    kept: list[Batch] = []

    def batch() -> Batch:
        kept.append(Batch())
        return kept[-1]

    broker.batch = batch  # type: ignore[method-assign]  # to look into the batch afterwards
    KafkaSink(broker).send(HOME, b"k", b"v", b"2024-11-27T07:00:00.000Z")
    expected = [(b"k", b"v", [("siaga-clock", b"2024-11-27T07:00:00.000Z")])]
    assert expected == kept[0].records


def test_where_nobody_answers_that_is_told() -> None:
    """A port at which no broker listens."""
    settings = ProducerSettings(
        "127.0.0.1:1", is_idempotent=False, batch_bytes=1_000, compression=None
    )

    async def connect() -> None:
        async with open_appender(settings, ""):
            pass

    with pytest.raises(UnavailableError, match=r"no Kafka broker answers at 127\.0\.0\.1:1 "):
        asyncio.run(connect())
