"""An installation of Siaga on a real broker: its settings, its commands, what lies in its topics.

Everything of it has a prefix of its own, so that tests can share a broker; and no setting of who
runs the tests counts.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from confluent_kafka import Consumer, Message, TopicPartition

from streams.config import ClockSource
from streams.engine.ports import Slot

__all__ = ["CLI", "Installation", "Record"]

CLI: Final = "streams.cli"
"""The module that is the command `siaga`."""
_ROOT: Final = Path(__file__).parents[2]
_COMMAND_S: Final = 240
_READ_S: Final = 120
_CONSUME_S: Final = 0.2


class Record(NamedTuple):
    """A record as a client that is not ours reads it."""

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Mapping[str, bytes | None]


class Installation:
    """A prefix on a broker, with an election folder and settings of its own."""

    def __init__(self, broker: str, prefix: str, election: Path, files: Path) -> None:
        """Describe it; `files` is where logs and exports go."""
        self.broker = broker
        self.prefix = prefix
        self.election = election
        self.files = files
        self.settings: dict[str, str] = {
            "broker": broker,
            "prefix": prefix,
            "elections": str(election),
            "clock": ClockSource.PLAYED,
            "partitions": "8",
            "input_partitions": "4",
            "state_batch_mib": "2",
        }
        """As `siaga.toml` names them; a test may change some before the topics are made."""

    @property
    def partitions(self) -> int:
        """Of the journal."""
        return int(self.settings["partitions"])

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a command of this installation sees; nobody else's settings count."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("SIAGA_")}
        ours = {f"SIAGA_{name.upper()}": text for name, text in {**self.settings, **more}.items()}
        return {**kept, **ours, "PYTHONPATH": str(_ROOT)}

    def run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command of `siaga` to its end, which must be a good one."""
        done = subprocess.run(
            [sys.executable, "-m", CLI, *words],
            capture_output=True,
            cwd=self.files,
            env=self.environment(),
            timeout=_COMMAND_S,
            check=False,
        )
        assert 0 == done.returncode, f"siaga {' '.join(words)}: {done.stderr.decode()}"
        return done

    def export(self, what: str) -> Path:
        """Export the journal or the transitions into a file."""
        file = self.files / f"{what}.jsonl"
        self.run("export", what, "--out", str(file))
        return file

    def read(self, *topics: str) -> dict[Slot, list[Record]]:
        """Read all that lies in some topics; a partition without records is left out."""
        consumer = self._consumer("reader")
        try:
            ends = self._ends(consumer, topics)
            consumer.assign([self._at(slot) for slot in ends])
            return self._read(consumer, ends)
        finally:
            consumer.close()

    def uncommitted(self, group: str, topic: str) -> list[str]:
        """Say which partitions of a topic a group has not committed to their present end."""
        consumer = self._consumer(group)
        try:
            ends = self._ends(consumer, [topic])
            committed = consumer.committed([self._at(slot) for slot in ends], timeout=10)
        finally:
            consumer.close()
        return [
            f"{slot.topic}/{slot.partition} at {found.offset} of {end}"
            for (slot, end), found in zip(ends.items(), committed, strict=True)
            if found.offset < end
        ]

    def _ends(self, consumer: Consumer, topics: Iterable[str]) -> dict[Slot, int]:
        """Return the ends of all partitions of some topics that have a record at all."""
        known = consumer.list_topics(timeout=10).topics
        slots = [
            Slot(topic, number)
            for topic in topics
            for number in sorted(known[self.prefix + topic].partitions)
        ]
        ends = {
            slot: consumer.get_watermark_offsets(self._at(slot), timeout=10)[1] for slot in slots
        }
        return {slot: end for slot, end in ends.items() if end}

    def _read(self, consumer: Consumer, ends: Mapping[Slot, int]) -> dict[Slot, list[Record]]:
        found: dict[Slot, list[Record]] = {slot: [] for slot in ends}
        unread, skipped = set(ends), len(self.prefix)
        give_up = time.monotonic() + _READ_S
        while unread:
            assert time.monotonic() < give_up, f"not read in time: {sorted(unread)}"
            for message in consumer.consume(10_000, _CONSUME_S):
                assert message.error() is None, message.error()
                topic, partition = message.topic(), message.partition()
                assert topic is not None, "a record that was read has a topic"
                assert partition is not None, "a record that was read has a partition"
                slot, record = Slot(topic[skipped:], partition), _record(message)
                found[slot].append(record)
                if record.offset >= ends[slot] - 1:
                    unread.discard(slot)
        return found

    def _at(self, slot: Slot) -> TopicPartition:
        return TopicPartition(self.prefix + slot.topic, slot.partition, 0)

    def _consumer(self, group: str) -> Consumer:
        return Consumer(
            {
                "bootstrap.servers": self.broker,
                "group.id": self.prefix + group,
                "enable.auto.commit": False,
            }
        )


def _pairs(message: Message) -> list[tuple[str, str | bytes | None]]:
    # The client's types also allow a mapping, which it never gives for a message that was read.
    headers = message.headers() or []
    assert isinstance(headers, list), "headers as they were sent, in order"
    return headers


def _record(message: Message) -> Record:
    offset = message.offset()
    assert offset is not None, "a record that was read has an offset"
    headers = {name: _bytes(value) for name, value in _pairs(message)}
    return Record(offset, message.timestamp()[1], message.key(), message.value(), headers)


def _bytes(value: str | bytes | None) -> bytes | None:
    return value.encode() if isinstance(value, str) else value
