"""From `siaga.alerts` on a real broker into the real Alertmanager, over lives of a notifier."""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest

from streams.domain.times import EpochMs
from streams.engine.admin import create_topics, open_admin
from streams.engine.topics import Topic, TopicLayout, plan_topics
from streams.sinks.mirror import Mirroring, run_mirrors
from streams.sinks.mirror_settings import AlertmanagerSettings
from streams.sinks.mirrors import build_mirrors
from tests.support.alert_records import alert_records, board_after
from tests.support.alertmanager import Alertmanager, alertmanagers
from tests.support.amtool import free_ports, held, should_have
from tests.support.debian import or_left_out, unpacked
from tests.support.kafka import Kafka
from tests.support.records import ordered_producer

pytestmark = [pytest.mark.kafka, pytest.mark.debian]

ROOT: Final = Path(__file__).parents[2]
DAY: Final = ROOT / "elections" / "carenang-binuang-2019"
EXAMPLE: Final = ROOT / "deploy" / "alertmanager" / "alertmanager.yml"
SOURCE: Final = "siaga/posko"
PATIENCE_S: Final = 60


class Noting:
    """Whoever wants to know how mirrors fare."""

    def __init__(self) -> None:
        self.heard: set[str] = set()

    def mirror_looked(self, mirror: str, outcome: str) -> None:
        """Note it."""
        self.heard.add(f"{mirror} {outcome}")

    def unreadable(self, topic: str) -> None:
        """Note it."""
        self.heard.add(f"unreadable {topic}")


def now() -> EpochMs:
    """Return the time by which the real Alertmanager decides."""
    return EpochMs(int(time.time() * 1000))


async def create(kafka: Kafka, prefix: str) -> None:
    """Make the topics of an installation."""
    async with open_admin(kafka.bootstrap) as admin:
        await create_topics(admin, plan_topics(TopicLayout(prefix=prefix)))


def send(kafka: Kafka, prefix: str, records: Sequence[tuple[bytes, bytes]]) -> None:
    """Write records as the workers do: all of an alert into one partition."""
    producer = ordered_producer(kafka.bootstrap)
    for key, value in records:
        producer.produce(prefix + Topic.ALERTS, value, key=key, partition=3)
    assert 0 == producer.flush(PATIENCE_S)


@asynccontextmanager
async def notifier(
    kafka: Kafka, prefix: str, replicas: Sequence[Alertmanager]
) -> AsyncGenerator[Noting]:
    """Run the mirrors of a process, which dies at the end of the block."""
    observer = Noting()
    settings = AlertmanagerSettings(urls=tuple(one.url for one in replicas), timeout_s=5)
    around = Mirroring(
        broker=kafka.bootstrap, prefix=prefix, now=now, observer=observer, leads=lambda: True
    )
    mirrors = build_mirrors({"posko": settings})
    task = asyncio.create_task(run_mirrors(mirrors, around, restricted=True))
    try:
        yield observer
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until_equal(
    replicas: Sequence[Alertmanager], records: Sequence[tuple[bytes, bytes]]
) -> None:
    """Wait until every replica has exactly what is open after these records."""
    expected = should_have(board_after(tuple(records), now()))
    give_up = time.monotonic() + PATIENCE_S
    for replica in replicas:
        found: Mapping[str, tuple[str, str]] = {}
        while found != expected and time.monotonic() < give_up:
            found = await asyncio.to_thread(held, replica, SOURCE)
        assert expected == found


def test_a_day_comes_from_the_topic_into_every_replica(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """What happened while the notifier was dead is there as soon as it lives again."""
    or_left_out(lambda: unpacked("prometheus-alertmanager"))
    records = alert_records(DAY)
    third = len(records) // 3

    async def story(replicas: Sequence[Alertmanager]) -> set[str]:
        await create(kafka, prefix)
        send(kafka, prefix, records[:third])
        async with notifier(kafka, prefix, replicas):
            await until_equal(replicas, records[:third])
        send(kafka, prefix, records[third : 2 * third])
        async with notifier(kafka, prefix, replicas) as observer:
            await until_equal(replicas, records[: 2 * third])
            send(kafka, prefix, [*records[2 * third :], (b"3604-AAAAAAAAAAAAAAAA", b"not ours")])
            await until_equal(replicas, records)
        return observer.heard

    with alertmanagers(tmp_path, free_ports(2), EXAMPLE.read_text()) as replicas:
        heard = asyncio.run(story(replicas))
    assert {"posko/1 equal", "posko/2 equal", f"unreadable {Topic.ALERTS}"} == heard
