"""Puts traffic on the input topics through a Kafka client that is not ours."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from confluent_kafka import Producer

from streams.domain.partition import partition_of
from tests.bench.traffic import Message

__all__ = ["INPUT_PARTITIONS", "Sender", "now_text"]

INPUT_PARTITIONS: Final = 4
_QUEUE_RECORDS: Final = 200_000
_FLUSH_S: Final = 60


def now_text() -> str:
    """Return the present time as events carry it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Sender:
    """Sends messages, all of one kabupaten to one partition, as plain Faust needs it."""

    def __init__(self, broker: str, prefix: str, linger_ms: int) -> None:
        """`linger_ms` is how long a message may wait for others of its batch."""
        self._producer = Producer(
            {
                "bootstrap.servers": broker,
                "linger.ms": linger_ms,
                "queue.buffering.max.messages": _QUEUE_RECORDS,
            }
        )
        self._prefix = prefix
        self._partitions: dict[str, int] = {}

    def send(self, message: Message) -> None:
        """Send a message; if the client's queue is full, wait for it."""
        topic, kabupaten, value = message
        partition = self._partitions.get(kabupaten)
        if partition is None:
            partition = partition_of(kabupaten.encode(), INPUT_PARTITIONS)
            self._partitions[kabupaten] = partition
        while True:
            try:
                self._producer.produce(self._prefix + topic, value, kabupaten, partition)
            except BufferError:
                self._producer.poll(0.05)
            else:
                return

    def send_all(self, messages: Iterable[Message]) -> int:
        """Send messages, wait until the broker has them, and return how many there were."""
        count = 0
        for message in messages:
            self.send(message)
            count += 1
        self.flush()
        return count

    def serve(self) -> None:
        """Let the client do what is due; call it now and then."""
        self._producer.poll(0)

    def flush(self) -> None:
        """Wait until the broker has everything."""
        left = self._producer.flush(_FLUSH_S)
        assert left == 0, f"the broker has not taken {left} messages within {_FLUSH_S} s"
