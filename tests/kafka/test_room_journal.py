"""Single records of the journal, as the room reads them from a real broker."""

import asyncio
from collections.abc import Collection, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol, cast

import pytest
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

from streams.engine.topics import Topic
from streams.room.journal import Kept
from streams.room.journal_reader import KafkaJournal
from streams.web.refusal import Reason, Refusal
from tests.kafka.siaga import Siaga
from tests.support.kafka import Kafka
from tests.support.records import ordered_producer
from tests.unit.gate.ports import free_port
from tests.unit.room.kept import report_record

pytestmark = pytest.mark.kafka

_RECORDS = 5_000
_LATE = 4_321
_KAFKA_S = 20.0


def fill(kafka: Kafka, topic: str) -> None:
    """Put reports into one partition, each at the offset of its number."""
    producer = ordered_producer(kafka.bootstrap, linger_ms=5)
    for number in range(_RECORDS):
        producer.produce(topic, report_record(number, text="ramai " * 50), partition=1)
    producer.flush(_KAFKA_S)


class _Admin(Protocol):
    """As much of the administrator as is used."""

    def delete_records(self, ends: list[TopicPartition]) -> Mapping[object, Future[object]]: ...


def forget(kafka: Kafka, end: TopicPartition) -> None:
    """Let a partition keep nothing before an offset, as its retention would."""
    admin = cast("_Admin", AdminClient({"bootstrap.servers": kafka.bootstrap}))
    for done in admin.delete_records([end]).values():
        done.result()


def read(kafka: Kafka, prefix: str, *asked: Collection[str]) -> list[Mapping[str, Kept]]:
    """Return what one reader finds, question after question."""

    async def run() -> list[Mapping[str, Kept]]:
        journal = KafkaJournal(kafka.bootstrap, prefix, _KAFKA_S)
        found = [await journal.kept(one) for one in asked]
        await journal.close()
        return found

    return asyncio.run(run())


def test_records_are_read_by_their_offsets(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """Wherever they lie; what is not there is missing, and so is what is no longer kept."""
    assert 0 == Siaga(kafka.bootstrap, prefix, tmp_path).run("topics", "create").returncode
    topic = f"{prefix}{Topic.JOURNAL}"
    fill(kafka, topic)
    asked = (f"1:{_LATE}", "1:0", "1:7", f"1:{_RECORDS}", "0:0", "input:3", "")
    first, again = read(kafka, prefix, asked, asked)
    there = {"1:0": "r-0", "1:7": "r-7", f"1:{_LATE}": f"r-{_LATE}"}
    assert there == {offset: one.id for offset, one in first.items()}
    assert first == again
    forget(kafka, TopicPartition(topic, 1, 100))
    [left] = read(kafka, prefix, asked)
    assert {f"1:{_LATE}"} == set(left)


def test_a_broker_that_does_not_answer_is_no_empty_journal(prefix: str) -> None:
    """Who asks is told to ask again."""

    async def run() -> None:
        journal = KafkaJournal(f"127.0.0.1:{free_port()}", prefix, 1.0)
        with pytest.raises(Refusal) as refused:
            await journal.kept(["0:1"])
        assert Reason.UNAVAILABLE is refused.value.reason
        assert {} == await journal.kept([])
        await journal.close()

    asyncio.run(run())
