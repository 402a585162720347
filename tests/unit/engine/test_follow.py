"""What is told of the following of topics, over a broker that a test changes as it likes."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import CorruptRecordException
from msgspec import Struct

from streams.engine.follow import Followed, follow
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import UnavailableError

_TOPICS: Final = (Topic.ALERTS, Topic.REPLIES)
_ALERTS: Final = "x.siaga.alerts"
_REPLIES: Final = "x.siaga.replies"
_TURNS: Final = 1_000


class Stored(Struct, frozen=True):
    """A record, as far as anybody here looks at it."""

    offset: int


class Broker:
    """Topics of one partition each, and how many records they have."""

    def __init__(self, **topics: int) -> None:
        self.topics = {f"x.siaga.{name}": ends for name, ends in topics.items()}
        self.fails = 0
        """So many fetches go wrong from now on."""
        self.asked_for = set[str]()

    def __call__(self, **_settings: object) -> "Consumer":
        """Connect."""
        return Consumer(self)


class Consumer:
    """As much of aiokafka's consumer as is used."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._at = dict[TopicPartition, int]()

    async def start(self) -> None:
        """Connect."""

    async def stop(self) -> None:
        """Let go."""

    def assign(self, partitions: Sequence[TopicPartition]) -> None:
        """Read these from their beginning."""
        self._at = dict.fromkeys(partitions, 0)
        self._broker.asked_for = {one.topic for one in partitions}

    def seek(self, partition: TopicPartition, offset: int) -> None:
        """Read on from there."""
        self._at[partition] = offset

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        """Tell of a topic that was asked for."""
        is_known = topic in self._broker.topics and topic in self._broker.asked_for
        return {0} if is_known else None

    async def end_offsets(self, partitions: Sequence[TopicPartition]) -> Mapping[object, int]:
        """Tell how many records there are."""
        return {one: self._broker.topics[one.topic] for one in partitions}

    async def position(self, partition: TopicPartition) -> int:
        """Tell where we are."""
        return self._at[partition]

    async def getmany(self, *, timeout_ms: int) -> Mapping[object, Sequence[object]]:
        """Return all that is new; after an end that went back from the beginning."""
        assert timeout_ms
        await asyncio.sleep(0)
        if self._broker.fails:
            self._broker.fails -= 1
            raise CorruptRecordException
        found = dict[object, Sequence[object]]()
        for one, at in self._at.items():
            end = self._broker.topics.get(one.topic, 0)
            begin = 0 if at > end else at
            if begin < end:
                found[one] = [Stored(offset) for offset in range(begin, end)]
                self._at[one] = end
        return found


class Follower:
    """Somebody who follows, and what he was told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []
        self.said = [""]
        self.caught_up_at: list[int] = []
        self._rounds = 0

    def each(self, slot: Slot, record: RecordView) -> None:
        """Note a record."""
        self.seen.append((slot.topic, record.offset))

    def caught_up(self) -> None:
        """Note that all was read."""
        self.caught_up_at.append(len(self.seen))

    def told(self, problem: str) -> None:
        """Note what is told, when it is something else."""
        self._rounds += 1
        if problem != self.said[-1]:
            self.said.append(problem)

    async def rounds(self, number: int = 3) -> None:
        """Wait for some rounds."""
        until = self._rounds + number
        for _ in range(_TURNS):
            if self._rounds < until:
                await asyncio.sleep(0)
        assert self._rounds >= until, "no round ends"


@asynccontextmanager
async def following(broker: Broker) -> AsyncGenerator[tuple[Follower, "asyncio.Task[object]"]]:
    """Follow both topics for a while."""
    follower = Follower()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streams.engine.follow.AIOKafkaConsumer", broker)
        patch.setattr("streams.engine.follow._PAUSE_S", 0)
        followed = Followed(
            "broker", "x.", _TOPICS, follower.each, follower.caught_up, follower.told
        )
        task = asyncio.create_task(follow(followed))
        try:
            yield follower, task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def test_while_all_is_read_nothing_is_told() -> None:
    """Each record comes once."""

    async def run() -> None:
        broker = Broker(alerts=3, replies=1)
        async with following(broker) as (follower, _):
            await follower.rounds()
            assert [4] == follower.caught_up_at
            broker.topics[_REPLIES] = 2
            await follower.rounds()
            assert [""] == follower.said
            alerts = [(Topic.ALERTS, offset) for offset in range(3)]
            assert [*alerts, (Topic.REPLIES, 0), (Topic.REPLIES, 1)] == follower.seen

    asyncio.run(run())


def test_a_topic_that_was_never_there_is_told_and_asked_for() -> None:
    """As long as one is missing, so that it is seen when it comes."""

    async def run() -> None:
        broker = Broker(alerts=1)
        async with following(broker) as (follower, _):
            await follower.rounds()
            assert [] == follower.caught_up_at
            assert "siaga.replies" in follower.said[-1]
            assert "siaga.alerts" not in follower.said[-1]
            broker.topics[_REPLIES] = 1
            await follower.rounds()
            assert [2] == follower.caught_up_at
            assert "" == follower.said[-1]
            assert [(Topic.ALERTS, 0), (Topic.REPLIES, 0)] == follower.seen

    asyncio.run(run())


def test_a_topic_that_is_deleted_is_told() -> None:
    """The broker answers, and nothing comes: else it would look like a quiet day."""

    async def run() -> None:
        broker = Broker(alerts=2, replies=1)
        async with following(broker) as (follower, task):
            await follower.rounds()
            del broker.topics[_ALERTS]
            await follower.rounds()
            assert "not there: siaga.alerts" in follower.said[-1]
            broker.topics[_REPLIES] = 2
            await follower.rounds()
            assert (Topic.REPLIES, 1) == follower.seen[-1]
            assert not task.done()

    asyncio.run(run())


@pytest.mark.parametrize("records", [0, 1, 9])
def test_a_topic_that_was_made_anew_ends_the_following(records: int) -> None:
    """However much is in it by then: what was made of the old one is true no longer."""

    async def run() -> None:
        broker = Broker(alerts=2, replies=1)
        async with following(broker) as (follower, task):
            await follower.rounds()
            del broker.topics[_ALERTS]
            await follower.rounds()
            broker.topics[_ALERTS] = records
            with pytest.raises(UnavailableError, match=r"siaga\.alerts was made anew"):
                await task
            assert 3 == len(follower.seen)

    asyncio.run(run())


def test_a_topic_that_was_made_anew_between_two_looks_is_known_by_its_offsets() -> None:
    """They begin again."""

    async def run() -> None:
        broker = Broker(alerts=2, replies=1)
        async with following(broker) as (follower, task):
            await follower.rounds()
            broker.topics[_ALERTS] = 1
            with pytest.raises(UnavailableError, match=r"siaga\.alerts was made anew"):
                await task
            assert 3 == len(follower.seen)

    asyncio.run(run())


def test_a_round_that_fails_is_told_without_its_words() -> None:
    """They may name an address of ours. When it goes on, nothing comes twice."""

    async def run() -> None:
        broker = Broker(alerts=2, replies=1)
        async with following(broker) as (follower, _):
            await follower.rounds()
            broker.fails = 2
            await follower.rounds(6)
            problem = "Kafka's topics cannot be read: CorruptRecordException"
            assert ["", problem, ""] == follower.said
            assert 3 == len(follower.seen)

    asyncio.run(run())


def test_a_large_fetch_leaves_others_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A beat of the streams must not wait until all of it is handed over."""
    monkeypatch.setattr("streams.engine.follow._BREATH_S", 0)

    async def run() -> None:
        async with following(Broker(alerts=100, replies=1)) as (follower, _):
            found = set[int]()
            for _ in range(_TURNS):
                await asyncio.sleep(0)
                found.add(len(follower.seen))
            assert {*range(102)} == found

    asyncio.run(run())
