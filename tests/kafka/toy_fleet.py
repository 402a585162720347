"""Toy workers as real processes on a real broker, and the load for them."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from confluent_kafka import Consumer, Message, TopicPartition

from streams.app import ENGINE_TOPICS
from streams.embedded import bound_to_this_process
from streams.engine.admin import create_topics, open_admin
from streams.engine.ports import Slot
from streams.engine.topics import TopicLayout, plan_topics
from tests.kafka.oracle import Day
from tests.kafka.toy import toy_event
from tests.support.records import ordered_producer
from tests.unit.engine.simulated_broker import Stored

__all__ = [
    "BUSY",
    "PARTITIONS",
    "ToyFleet",
    "make_topics",
    "read_day",
    "send_events",
    "under_load",
    "wait_until_judged",
]

PARTITIONS = 4
INPUT_PARTITIONS = 2
BUSY = [f"{11 + k:02d}.01.01.2001-{i:03d}" for k in range(20) for i in range(1, 11)]
QUIET = [f"{11 + k:02d}.01.02.2001-{i:03d}" for k in range(20) for i in range(1, 41)]


def make_topics(broker: str, prefix: str) -> None:
    """Create all topics of an installation."""
    layout = TopicLayout(prefix=prefix, partitions=PARTITIONS, input_partitions=INPUT_PARTITIONS)

    async def make() -> None:
        async with open_admin(broker) as admin:
            await create_topics(admin, plan_topics(layout))

    asyncio.run(make())


def send_events(broker: str, prefix: str, rate: float, enough: threading.Event) -> None:
    """Send events at a rate: most from busy TPS, some from quiet ones, one in 1000 is broken.

    Nobody writes to the last partition of `vote.counts`.
    """
    producer = ordered_producer(broker, linger_ms=2)
    source, began, number = random.Random(1), time.monotonic(), 0
    topics = [topic for topic in ENGINE_TOPICS.sources if topic != "operator.commands"]
    while not enough.is_set():
        while number < (time.monotonic() - began) * rate:
            name = source.choice(BUSY if source.random() < 0.95 else QUIET)
            value = toy_event(number, name)[: -4 if number % 1000 == 999 else None]
            topic = topics[number % len(topics)]
            partition = 0 if topic == "vote.counts" else number // 3 % INPUT_PARTITIONS
            producer.produce(prefix + topic, value, partition=partition)
            number += 1
        producer.poll(0.005)
    assert producer.flush(60) == 0


@contextmanager
def under_load(broker: str, prefix: str, rate: float) -> Generator[None]:
    """Send events beside the block, and have all of them acknowledged at its end."""
    enough = threading.Event()
    load = threading.Thread(target=send_events, args=(broker, prefix, rate, enough))
    load.start()
    try:
        yield
    finally:
        enough.set()
        load.join()


class ToyFleet:
    """Worker processes, started again whenever they end."""

    def __init__(self, broker: str, prefix: str, folder: Path, settings: Mapping[str, str]) -> None:
        self._environment = {
            **os.environ,
            "SIAGA_BROKER": broker,
            "SIAGA_PREFIX": prefix,
            "SIAGA_PARTITIONS": str(PARTITIONS),
            "SIAGA_STATE_BATCH_MIB": "1",
            **settings,
        }
        self._folder = folder
        self._roles: list[str] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self.exits: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def start(self, *roles: str) -> None:
        """Start one more worker for each role."""
        for role in roles:
            self._roles.append(role)
            self.processes.append(self._spawn(len(self.processes), role))

    def _spawn(self, number: int, role: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.kafka.toy_worker"]
        instance = {"SIAGA_INSTANCE": f"w{number}", "SIAGA_ROLE": role}
        with (self._folder / f"worker{number}.log").open("ab") as log:
            return subprocess.Popen(
                bound_to_this_process(command),
                env={**self._environment, **instance},
                stdout=log,
                stderr=log,
            )

    def log(self, number: int) -> str:
        """Return what a worker has printed, over all its lives."""
        return (self._folder / f"worker{number}.log").read_text("utf-8", "replace")

    def signal(self, number: int, what: signal.Signals) -> None:
        """Send a signal to a worker."""
        self.processes[number].send_signal(what)

    def wait_until_all_own(self, give_up_s: float) -> None:
        """Wait until each worker has taken over a partition in its present life."""
        give_up = time.monotonic() + give_up_s
        for number, process in enumerate(self.processes):
            while f"TAKEOVER {process.pid} " not in self.log(number):
                assert time.monotonic() < give_up, self.log(number)[-2_000:]
                assert process.poll() is None, self.log(number)[-2_000:]
                time.sleep(0.1)

    def wait_until_ended(self, number: int, give_up_s: float) -> None:
        """Wait until a worker has ended itself."""
        self.processes[number].wait(give_up_s)

    def kill(self, number: int) -> None:
        """End a worker as a power cut would."""
        self.processes[number].kill()
        self.processes[number].wait()

    def revive(self) -> None:
        """Start again those that have ended."""
        for number, process in enumerate(self.processes):
            if (code := process.poll()) is not None:
                self.exits.append(code)
                self.processes[number] = self._spawn(number, self._roles[number])


def wait_until_judged(broker: str, prefix: str, role: str, give_up_s: float) -> None:
    """Wait until a group has committed all inputs, and the journal as it is then."""
    give_up = time.monotonic() + give_up_s
    for topics in (ENGINE_TOPICS.sources, (ENGINE_TOPICS.journal,)):
        consumer = Consumer({"bootstrap.servers": broker, "group.id": f"{prefix}siaga-{role}"})
        metadata = consumer.list_topics(timeout=10).topics
        wanted = {
            (prefix + t, p): consumer.get_watermark_offsets(TopicPartition(prefix + t, p))[1]
            for t in topics
            for p in metadata[prefix + t].partitions
        }
        while any(
            found.offset < wanted[found.topic, found.partition]
            for found in consumer.committed([TopicPartition(*tp) for tp in wanted], timeout=10)
            if wanted[found.topic, found.partition]
        ):
            assert time.monotonic() < give_up, f"{topics} are not judged in time"
            time.sleep(0.1)
        consumer.close()


ALL_TOPICS = (
    *ENGINE_TOPICS.sources,
    ENGINE_TOPICS.journal,
    ENGINE_TOPICS.state,
    ENGINE_TOPICS.dead_letters,
    *ENGINE_TOPICS.lines,
)


def read_day(broker: str, prefix: str, topics: Sequence[str] = ALL_TOPICS) -> Day:
    """Read everything that lies in the topics."""
    consumer = Consumer(
        {"bootstrap.servers": broker, "group.id": f"{prefix}oracle", "enable.auto.commit": False}
    )
    metadata = consumer.list_topics(timeout=10).topics
    slots = [Slot(t, p) for t in topics for p in metadata[prefix + t].partitions]
    try:
        return Day(ENGINE_TOPICS, {slot: _read(consumer, prefix, slot) for slot in slots})
    finally:
        consumer.close()


def _read(consumer: Consumer, prefix: str, slot: Slot) -> Sequence[Stored]:
    partition = TopicPartition(prefix + slot.topic, slot.partition, 0)
    _, end = consumer.get_watermark_offsets(partition, timeout=10)
    consumer.assign([partition])
    records: list[Stored] = []
    give_up = time.monotonic() + 30
    while True:
        # The embedded broker's end is that of the last batch but one, plus one: look once more.
        missing = end - (records[-1].offset + 1 if records else 0)
        found = consumer.consume(min(max(missing, 1), 10_000), 0.5 if missing > 0 else 0.1)
        if not found and missing <= 0:
            return records
        assert time.monotonic() < give_up, f"{slot} ends at {end}, read {len(records)}"
        for message in found:
            assert message.error() is None
            records.append(_stored(message))


def _stored(message: Message) -> Stored:
    offset, (_, timestamp) = message.offset(), message.timestamp()
    assert offset is not None
    headers = message.headers() or []
    assert isinstance(headers, list)
    known = [(name, value) for name, value in headers if isinstance(value, bytes)]
    return Stored(offset, timestamp, message.key(), message.value(), known)
