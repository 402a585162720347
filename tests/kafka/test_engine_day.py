"""One worker on a real Kafka and on the embedded broker: a short day, an orderly end, a restart."""

import asyncio
import signal
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from confluent_kafka import Producer

from streams.app import ENGINE_TOPICS
from streams.domain.journal import Accepted, IntakeMark
from streams.embedded import embedded_broker
from streams.engine.ports import RecordView
from streams.wire.journal import decode_record
from tests.kafka.oracle import check
from tests.kafka.toy import toy_event
from tests.kafka.toy_fleet import (
    BUSY,
    ToyFleet,
    make_topics,
    read_day,
    under_load,
    wait_until_judged,
)
from tests.support.kafka import Kafka
from tests.support.records import ordered_producer

PLAYED_FROM_MS = 1_732_662_000_000
PLAYED_S = 120


@pytest.mark.kafka
def test_a_worker_hands_over_and_goes_on(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """Asked to end under load, it is gone in seconds; the next one goes on where it was."""
    make_topics(kafka.bootstrap, prefix)
    with ToyFleet(kafka.bootstrap, prefix, tmp_path, {}) as fleet:
        fleet.start("all")
        fleet.wait_until_all_own(60)
        with under_load(kafka.bootstrap, prefix, 1_000):
            time.sleep(2)
            fleet.signal(0, signal.SIGTERM)
            fleet.wait_until_ended(0, 10)
            fleet.revive()
            fleet.wait_until_all_own(60)
        wait_until_judged(kafka.bootstrap, prefix, "all", 60)
        fleet.signal(0, signal.SIGTERM)
        fleet.wait_until_ended(0, 10)
    assert fleet.exits == [0]
    assert fleet.processes[0].returncode == 0
    assert "from 0 rebuilt" not in fleet.log(0).split("handed over")[1]
    check(read_day(kafka.bootstrap, prefix))


def play(broker: str, prefix: str, speed: float) -> None:
    """Play two minutes of a day: events, and a clock message a played second everywhere."""
    producer, source = ordered_producer(broker, linger_ms=2), Random(3)
    began, number = time.monotonic(), 0
    for second in range(PLAYED_S + 1):
        while (time.monotonic() - began) * speed < second:
            producer.poll(0.001)
        for topic in ENGINE_TOPICS.sources:
            for partition in range(2):
                send(producer, (prefix + topic, partition), b"clock", second * 1_000)
        for place in range(10):
            value = toy_event(number, source.choice(BUSY[:30]))
            where = prefix + ENGINE_TOPICS.sources[source.randrange(3)], source.randrange(2)
            send(producer, where, value, second * 1_000 + 50 + place * 90)
            number += 1
    assert producer.flush(30) == 0


def send(producer: Producer, where: tuple[str, int], value: bytes, at_ms: int) -> None:
    """Send one message of the player."""
    moment = datetime.fromtimestamp((PLAYED_FROM_MS + at_ms) / 1_000, UTC)
    clock = moment.isoformat(timespec="milliseconds").encode()
    topic, partition = where
    producer.produce(topic, value, partition=partition, headers=[("siaga-clock", clock)])


def played_order(journal: Sequence[RecordView]) -> list[tuple[int, str]]:
    """Return what lies in a journal partition: time and place of events, marks."""
    order: list[tuple[int, str]] = []
    for record in journal:
        match decode_record(record.value or b""):
            case Accepted() as accepted:
                order.append((accepted.received_at, accepted.place))
            case IntakeMark(clock=clock):
                order.append((clock or 0, "mark"))
            case _:
                order.append((0, "owner's mark"))
    return order


def played_day(folder: Path, speed: float) -> dict[int, list[tuple[int, str]]]:
    """Play a day on a broker of its own, and return the order of each journal partition."""

    async def day() -> dict[int, list[tuple[int, str]]]:
        async with embedded_broker() as broker:
            return await asyncio.to_thread(worked, broker.address)

    def worked(broker: str) -> dict[int, list[tuple[int, str]]]:
        make_topics(broker, "played.")
        settings = {"SIAGA_EMBEDDED": "true", "SIAGA_CLOCK": "played"}
        with ToyFleet(broker, "played.", folder, settings) as fleet:
            fleet.start("all")
            fleet.wait_until_all_own(60)
            play(broker, "played.", speed)
            give_up = time.monotonic() + 60
            end = PLAYED_FROM_MS + PLAYED_S * 1_000
            while True:
                logs = read_day(broker, "played.", [ENGINE_TOPICS.journal]).logs
                orders = {slot.partition: played_order(log) for slot, log in logs.items()}
                if all(order and order[-1] == (end, "mark") for order in orders.values()):
                    return orders
                assert time.monotonic() < give_up, fleet.log(0)[-2_000:]
                time.sleep(0.5)

    return asyncio.run(day())


def test_a_played_day_is_the_same_at_every_speed(tmp_path: Path) -> None:
    """In the order of the player's clock, with one mark a played second, and no others."""
    slow, fast = tmp_path / "slow", tmp_path / "fast"
    slow.mkdir()
    fast.mkdir()
    orders = played_day(fast, 100_000)
    for order in orders.values():
        assert order == sorted(order, key=lambda one: one[0])
        marks = [at for at, what in order if what == "mark"]
        assert [PLAYED_FROM_MS + second * 1_000 for second in range(PLAYED_S + 1)] == marks
    assert orders == played_day(slow, 20)
