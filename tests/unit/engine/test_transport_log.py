"""Reading a partition to its end from a broker that answers, and from one that does not."""

from collections.abc import Mapping, Sequence
from typing import cast

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from streams.engine.link import TopicNames
from streams.engine.ports import RecordView, Slot
from streams.engine.transport_log import KafkaAppender, KafkaLog
from streams.errors import UnavailableError
from tests.unit.engine.simulated_broker import Stored
from tests.unit.engine.virtual_time import pass_time, run_virtually

STATE = Slot("siaga.state", 3)
LOG = KafkaLog("nowhere", TopicNames("test."), cast("KafkaAppender", None))


class Answering:
    """As much of aiokafka's consumer as is asked; brings a record every `every_s`, up to some."""

    def __init__(self, end: int, brings: int, every_s: float) -> None:
        self._end, self._brings, self._every_s = end, brings, every_s
        self._at = 0

    def assign(self, partitions: Sequence[TopicPartition]) -> None:
        """Read these."""
        self._assigned = partitions

    async def end_offsets(self, partitions: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
        """Say where they end."""
        return dict.fromkeys(partitions, self._end)

    def seek(self, partition: TopicPartition, offset: int) -> None:
        """Begin there."""
        assert partition in self._assigned
        self._at = offset

    async def position(self, partition: TopicPartition) -> int:
        """Say what comes next."""
        assert partition in self._assigned
        return self._at

    async def getmany(self, timeout_ms: int) -> Mapping[TopicPartition, Sequence[RecordView]]:
        """Bring a record, or wait in vain."""
        if self._at >= self._brings:
            await pass_time(timeout_ms / 1_000)
            return {}
        await pass_time(self._every_s)
        self._at += 1
        return {self._assigned[0]: [Stored(self._at - 1, 0, b"k", b"v", ())]}


def read(consumer: Answering) -> tuple[list[int], Mapping[Slot, int]]:
    """Return which offsets were handed over, and where reading stopped."""
    offsets: list[int] = []

    def see(slot: Slot, records: Sequence[RecordView]) -> None:
        assert slot == STATE
        offsets.extend(record.offset for record in records)

    async def story() -> Mapping[Slot, int]:
        return await LOG.read_by(cast("AIOKafkaConsumer", consumer), {STATE: 0}, see)

    return offsets, run_virtually(story)


def test_a_slow_broker_is_waited_for() -> None:
    """However long it takes, as long as something comes."""
    assert ([0, 1, 2, 3], {STATE: 4}) == read(Answering(end=4, brings=4, every_s=29))


def test_a_broker_that_brings_nothing_more_is_given_up() -> None:
    """A takeover that hangs would be seen by nobody: the partition is assigned, and stands."""
    with pytest.raises(UnavailableError, match=r"test\.siaga\.state/3: the broker brings nothing"):
        read(Answering(end=4, brings=2, every_s=1))
