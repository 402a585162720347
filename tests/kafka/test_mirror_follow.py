"""Following topics of a real broker: everything once and in order, whatever happens to it."""

import asyncio
import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

import pytest

from streams.engine.admin import create_topics, open_admin
from streams.engine.follow import Followed, follow
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic, TopicLayout, plan_topics
from streams.errors import UnavailableError
from tests.support.kafka import Kafka, tool_command
from tests.support.records import ordered_producer

pytestmark = pytest.mark.kafka

TOPICS: Final = (Topic.ALERTS, Topic.RESTRICTED_ALERTS)
PATIENCE_S: Final = 60


class Follower:
    """Somebody who follows, and what has been handed over so far."""

    def __init__(self) -> None:
        self.seen: list[tuple[Slot, int, bytes]] = []
        self.caught_up = asyncio.Event()
        self.has_problem = asyncio.Event()
        self.problem = ""
        self._more = asyncio.Event()

    def each(self, slot: Slot, record: RecordView) -> None:
        """Note a record."""
        self.seen.append((slot, record.offset, record.value or b""))
        self._more.set()

    def told(self, problem: str) -> None:
        """Note what is told."""
        self.problem = problem
        if problem:
            self.has_problem.set()

    def values(self) -> list[str]:
        """Return all values, sorted."""
        return sorted(value.decode() for _, _, value in self.seen)

    async def until(self, count: int) -> None:
        """Wait until so many records have been handed over."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.seen) < count:
                self._more.clear()
                await self._more.wait()


@asynccontextmanager
async def following(kafka: Kafka, prefix: str) -> AsyncGenerator[Follower]:
    """Follow both topics for a while."""
    follower = Follower()
    task = asyncio.create_task(follow(followed_by(follower, kafka, prefix)))
    try:
        yield follower
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def followed_by(follower: Follower, kafka: Kafka, prefix: str) -> Followed:
    """Return what is followed."""
    caught_up = follower.caught_up.set
    return Followed(kafka.bootstrap, prefix, TOPICS, follower.each, caught_up, follower.told)


async def create(kafka: Kafka, prefix: str, partitions: int = 2) -> None:
    """Make both topics."""
    plan = plan_topics(TopicLayout(prefix=prefix, partitions=partitions))
    async with open_admin(kafka.bootstrap) as admin:
        await create_topics(admin, tuple(one for one in plan if one.topic in TOPICS))


def send(kafka: Kafka, prefix: str, values: range, topic: Topic = Topic.ALERTS) -> None:
    """Write some numbers, and wait until the broker has them."""
    producer = ordered_producer(kafka.bootstrap)
    for value in values:
        producer.produce(prefix + topic, f"{value:03}".encode(), key=str(value).encode())
    assert 0 == producer.flush(PATIENCE_S)


def words(values: range) -> list[str]:
    """Return how numbers are written."""
    return [f"{value:03}" for value in values]


def test_everything_from_the_beginning_and_then_what_comes(kafka: Kafka, prefix: str) -> None:
    """Of all partitions of all topics; caught up when all that was there is handed over."""
    asyncio.run(create(kafka, prefix))
    send(kafka, prefix, range(50))
    send(kafka, prefix, range(50, 60), Topic.RESTRICTED_ALERTS)

    async def run() -> None:
        async with following(kafka, prefix) as follower:
            await asyncio.wait_for(follower.caught_up.wait(), PATIENCE_S)
            assert words(range(60)) == follower.values()
            await asyncio.to_thread(send, kafka, prefix, range(60, 70))
            await follower.until(70)
            assert words(range(70)) == follower.values()

    asyncio.run(run())


def test_empty_topics_are_caught_up_with(kafka: Kafka, prefix: str) -> None:
    """On the morning of the first day there is nothing to read."""
    asyncio.run(create(kafka, prefix))

    async def run() -> None:
        async with following(kafka, prefix) as follower:
            await asyncio.wait_for(follower.caught_up.wait(), PATIENCE_S)
            assert [] == follower.seen

    asyncio.run(run())


def test_a_topic_that_is_not_there_yet_is_waited_for(kafka: Kafka, prefix: str) -> None:
    """It is not made by being asked for; half of the topics is not caught up."""

    async def run() -> None:
        async with following(kafka, prefix) as follower:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(follower.caught_up.wait(), 1)
            await create(kafka, prefix)
            await asyncio.to_thread(send, kafka, prefix, range(5))
            await follower.until(5)
            await asyncio.wait_for(follower.caught_up.wait(), PATIENCE_S)

    asyncio.run(run())


def test_a_topic_that_is_deleted_is_told_and_made_anew_it_ends(kafka: Kafka, prefix: str) -> None:
    """Nothing fails when it is gone: nothing comes."""
    asyncio.run(create(kafka, prefix))
    send(kafka, prefix, range(5))

    async def run() -> None:
        follower = Follower()
        task = asyncio.create_task(follow(followed_by(follower, kafka, prefix)))
        await asyncio.wait_for(follower.caught_up.wait(), PATIENCE_S)
        assert "" == follower.problem
        async with open_admin(kafka.bootstrap) as admin:
            await admin.client.delete_topics([prefix + Topic.ALERTS])
        await asyncio.wait_for(follower.has_problem.wait(), PATIENCE_S)
        assert follower.problem.startswith("not there: siaga.alerts; ")
        await create(kafka, prefix)
        with pytest.raises(UnavailableError, match=r"siaga\.alerts was made anew"):
            await asyncio.wait_for(task, PATIENCE_S)

    asyncio.run(run())


def test_partitions_that_come_later_are_read_from_their_beginning(
    kafka: Kafka, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing of the others is read twice."""
    monkeypatch.setattr("streams.engine.follow._METADATA_MS", 500)
    asyncio.run(create(kafka, prefix, partitions=1))
    send(kafka, prefix, range(20))

    def widen() -> None:
        asked = ("--bootstrap-server", kafka.bootstrap, "--alter", "--topic", prefix + Topic.ALERTS)
        tool = tool_command("org.apache.kafka.tools.TopicCommand", *asked, "--partitions", "4")
        subprocess.run(tool, check=True, capture_output=True, timeout=PATIENCE_S)
        send(kafka, prefix, range(20, 60))

    async def run() -> None:
        async with following(kafka, prefix) as follower:
            await follower.until(20)
            await asyncio.to_thread(widen)
            await follower.until(60)
            assert words(range(60)) == follower.values()
            assert 4 == len({slot for slot, _, _ in follower.seen})

    asyncio.run(run())


def test_a_broker_that_dies_and_comes_back_costs_nothing(prefix: str) -> None:
    """Nothing is left out and nothing comes twice; it is caught up with once."""
    with Kafka() as own:
        asyncio.run(create(own, prefix))
        send(own, prefix, range(30))

        async def run() -> None:
            async with following(own, prefix) as follower:
                await asyncio.wait_for(follower.caught_up.wait(), PATIENCE_S)
                for turn in (1, 2):
                    own.kill()
                    await asyncio.to_thread(own.restart)
                    await asyncio.to_thread(send, own, prefix, range(30 * turn, 30 * (turn + 1)))
                    await follower.until(30 * (turn + 1))
                assert words(range(90)) == follower.values()

        asyncio.run(run())
