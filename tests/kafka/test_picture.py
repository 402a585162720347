"""`siaga.picture` by itself: a worker writes it, and who reads the topic knows how all stands."""

import json
import signal
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple, Self

import pytest
from confluent_kafka import Consumer, TopicPartition
from msgspec.structs import replace

from streams.domain.facts import Stage
from streams.wire.picture import AreaPicture, TpsPicture, decode
from tests.kafka.siaga import Siaga, Started, today_folder, wib_now
from tests.support.commands import TPS, TPS_1, Json
from tests.support.kafka import Kafka

pytestmark = pytest.mark.kafka

_WAIT_S: Final = 20.0
_PARTITIONS: Final = 3
_AREAS: Final = {code[:length] for code in TPS for length in (5, 8, 13)}
_EVERYTHING: Final = {*TPS, *_AREAS}
_SECOND_MS: Final = 1_000


class Record(NamedTuple):
    """A record of the topic."""

    partition: int
    key: str
    document: AreaPicture | TpsPicture
    at_ms: int


class Reader:
    """Somebody who reads the whole topic, and goes on."""

    def __init__(self, kafka: Kafka, prefix: str) -> None:
        settings = {"bootstrap.servers": kafka.bootstrap, "group.id": "unused"}
        self._consumer = Consumer(settings)
        topic = f"{prefix}siaga.picture"
        self._consumer.assign([TopicPartition(topic, number, 0) for number in range(_PARTITIONS)])
        self.records: list[Record] = []

    @classmethod
    @contextmanager
    def of(cls, kafka: Kafka, prefix: str) -> Generator[Self]:
        """Read for the time of the block."""
        reader = cls(kafka, prefix)
        try:
            yield reader
        finally:
            reader._consumer.close()

    @property
    def wall(self) -> dict[str, AreaPicture | TpsPicture]:
        """The newest document of each key, as compaction keeps it."""
        return {one.key: one.document for one in self.records}

    def read(self, wait_s: float = 0.2) -> None:
        """Take what has come."""
        message = self._consumer.poll(wait_s)
        while message is not None:
            assert message.error() is None, message.error()
            key, value, (_, at_ms) = message.key(), message.value(), message.timestamp()
            partition = message.partition()
            assert isinstance(key, bytes)
            assert value is not None
            assert partition is not None
            self.records.append(Record(partition, key.decode(), decode(value), at_ms))
            message = self._consumer.poll(0)

    def until_told(self, keys: set[str], since: int = 0) -> None:
        """Read until each of some keys has come after the record of a number."""
        ends = time.monotonic() + _WAIT_S
        while not keys <= (told := {one.key for one in self.records[since:]}):
            assert time.monotonic() < ends, f"not told: {sorted(keys - told)}"
            self.read()

    def until_stage(self, code: str, stage: str) -> TpsPicture:
        """Read until a TPS has come to a stage."""
        ends = time.monotonic() + _WAIT_S
        while True:
            found = self.wall.get(code)
            if isinstance(found, TpsPicture) and found.stage == stage:
                return found
            assert time.monotonic() < ends, found
            self.read()


def _opened() -> bytes:
    value: Json = {
        "id": "s-1",
        "at": wib_now().isoformat(timespec="seconds"),
        "kind": "opened",
        "tps": TPS_1,
        "source": {"id": "kpps-1", "role": "kpps"},
    }
    return json.dumps(value).encode()


def _timeless(document: AreaPicture | TpsPicture) -> AreaPicture | TpsPicture:
    """Return what a document says, but for its clocks and what follows from them alone."""
    if isinstance(document, TpsPicture):
        return replace(document, at="")
    return replace(document, at="", now="", heard=None, expected=None)


def _start(siaga: Siaga, election: Path) -> Started:
    return siaga.start("worker", "--election", str(election), "--instance", "only")


@pytest.fixture
def siaga(kafka: Kafka, prefix: str, tmp_path: Path) -> Siaga:
    """Return the command on an installation of its own, with topics."""
    found = Siaga(kafka.bootstrap, prefix, tmp_path)
    assert 0 == found.run("topics", "create").returncode
    return found


def test_the_topic_says_how_everything_stands_and_says_it_anew_after_a_takeover(
    siaga: Siaga, kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Each place, at most once a second, on the partition of its kabupaten; changes as they come.

    A worker that dies hard leaves records as they are. Who takes over tells all of it again, and
    the same but for the clocks.
    """
    election = today_folder(tmp_path)
    with Reader.of(kafka, prefix) as reader:
        with _start(siaga, election) as worker:
            reader.until_told(_EVERYTHING)
            assert _EVERYTHING == {*reader.wall}
            assert 0 == siaga.run("send", "tps.status", given=_opened() + b"\n").returncode
            [told] = reader.until_stage(TPS_1, "voting").stages_at
            assert "voting" == told.stage
            since = len(reader.records)
            reader.until_told({TPS_1[:5]}, since)
            area = reader.wall[TPS_1[:5]]
            assert isinstance(area, AreaPicture)
            assert (1, len(TPS)) == (area.stages[Stage.VOTING], area.tps)
            reader.until_told({TPS_1[:5]}, len(reader.records))
            worker.end(signal.SIGKILL)
        reader.read(1.0)
        before, since = reader.wall, len(reader.records)
        with _start(siaga, election) as again:
            reader.until_told(_EVERYTHING, since)
            assert 0 == again.end(signal.SIGTERM)
    assert {key: _timeless(one) for key, one in before.items()} == {
        key: _timeless(one) for key, one in reader.wall.items()
    }
    assert 1 == len({one.partition for one in reader.records})
    assert _is_paced(reader.records[:since])
    assert _is_paced(reader.records[since:])


def _is_paced(records: list[Record]) -> bool:
    """Tell whether no key comes more often than once a second, by the broker's clock.

    A round that is late on a busy machine is nearer to the next; there are no more of them for it.
    """
    first, last = records[0].at_ms, max(one.at_ms for one in records)
    most = Counter(one.key for one in records).most_common(1)[0][1]
    return most <= (last - first) / _SECOND_MS + 2
