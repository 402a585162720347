"""The plan of topics on a real broker: it can be made, what is wrong is named, and remedies mend.

What the broker must do by these settings is tested here too, because the design stands on it.
"""

import asyncio
import random
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import pytest
from confluent_kafka import TIMESTAMP_LOG_APPEND_TIME
from msgspec import structs

from streams.engine.admin import (
    Admin,
    check_topics,
    create_topics,
    find_differences,
    open_admin,
)
from streams.engine.topic_check import (
    FewReplicas,
    Missing,
    OtherPartitions,
    OtherSetting,
    TopicsError,
    mend,
)
from streams.engine.topics import (
    Setting,
    Topic,
    TopicLayout,
    TopicSpec,
    plan_topics,
    topic_name,
)
from streams.errors import UnavailableError
from tests.support.kafka import Kafka, tool_command
from tests.support.records import read_one, send_one

pytestmark = pytest.mark.kafka

T = TypeVar("T")
MIB: Final = 1_048_576
HOUR_MS: Final = 3_600_000
# Kafka's scripts are one line each: they start one of these classes.
SCRIPTS: Final = {
    "kafka-topics.sh": "org.apache.kafka.tools.TopicCommand",
    "kafka-configs.sh": "kafka.admin.ConfigCommand",
}


def ask(kafka: Kafka, job: Callable[[Admin], Awaitable[T]]) -> T:
    """Run one job on an open connection."""

    async def run() -> T:
        async with open_admin(kafka.bootstrap) as admin:
            return await job(admin)

    return asyncio.run(run())


def spoiled(spec: TopicSpec, partitions: int, **settings: str) -> TopicSpec:
    """Return a topic as somebody else would have made it, with `_` for `.` in settings."""
    named = tuple(Setting(name.replace("_", "."), value, "") for name, value in settings.items())
    return structs.replace(spec, partitions=partitions, settings=named)


def planned(prefix: str, topic: Topic) -> TopicSpec:
    """Return one topic of the default plan."""
    return next(one for one in plan_topics(TopicLayout(prefix=prefix)) if one.topic is topic)


def test_creating_makes_the_plan_true_once(kafka: Kafka, prefix: str) -> None:
    """The first call creates every topic, the second finds nothing to do."""
    plan = plan_topics(TopicLayout(prefix=prefix))

    async def job(admin: Admin) -> None:
        assert tuple(spec.name for spec in plan) == await create_topics(admin, plan)
        await check_topics(admin, plan)
        assert () == await create_topics(admin, plan)

    ask(kafka, job)


def test_installations_share_a_broker(kafka: Kafka, prefix: str) -> None:
    """Another prefix is another set of topics, with another number of partitions if need be."""
    one = plan_topics(TopicLayout(prefix=f"{prefix}one."))
    two = plan_topics(TopicLayout(prefix=f"{prefix}two.", partitions=3))

    async def job(admin: Admin) -> None:
        await create_topics(admin, one)
        assert len(two) == len(await create_topics(admin, two))
        await check_topics(admin, one)
        await check_topics(admin, two)

    ask(kafka, job)


def test_creating_completes_a_plan_and_leaves_the_rest_alone(kafka: Kafka, prefix: str) -> None:
    """A topic that is there is not touched, right or wrong; only what is missing is made."""
    plan = plan_topics(TopicLayout(prefix=prefix))
    journal = planned(prefix, Topic.JOURNAL)

    async def job(admin: Admin) -> set[str]:
        await create_topics(admin, (spoiled(journal, 2),))
        made = await create_topics(admin, plan)
        assert {spec.name for spec in plan} - {journal.name} == set(made)
        return {one.spec.name for one in await find_differences(admin, plan)}

    assert {journal.name} == ask(kafka, job)


def test_everything_wrong_is_named_at_once(kafka: Kafka, prefix: str) -> None:
    """A missing topic, a number of partitions, each setting: one call tells all of them."""
    plan = plan_topics(TopicLayout(prefix=prefix))
    state = planned(prefix, Topic.STATE)
    settings = {one.name: one.value for one in state.settings}
    there = (
        spoiled(planned(prefix, Topic.VOTE_COUNTS), 5),
        spoiled(planned(prefix, Topic.JOURNAL), 8, cleanup_policy="compact"),
        spoiled(state, 8, **settings | {"min.compaction.lag.ms": "1000"}),
    )
    wrong = {Topic.PACKS, *(spec.topic for spec in there)}

    async def job(admin: Admin) -> list[tuple[Topic, type, str, str]]:
        await create_topics(admin, tuple(spec for spec in plan if spec.topic not in wrong))
        await create_topics(admin, there)
        return [
            (one.spec.topic, type(one), one.setting.name, one.actual)
            if isinstance(one, OtherSetting)
            else (one.spec.topic, type(one), "", "")
            for one in await find_differences(admin, plan)
        ]

    week_ms = str(7 * 24 * HOUR_MS)
    assert [
        (Topic.VOTE_COUNTS, OtherPartitions, "", ""),
        (Topic.VOTE_COUNTS, OtherSetting, "message.timestamp.type", "CreateTime"),
        (Topic.JOURNAL, OtherSetting, "message.timestamp.type", "CreateTime"),
        (Topic.JOURNAL, OtherSetting, "cleanup.policy", "compact"),
        (Topic.JOURNAL, OtherSetting, "retention.ms", week_ms),
        (Topic.STATE, OtherSetting, "min.compaction.lag.ms", "1000"),
        (Topic.PACKS, Missing, "", ""),
    ] == ask(kafka, job)


def test_the_commands_mend_what_they_are_named_for(kafka: Kafka, prefix: str) -> None:
    """Whoever runs each command that the error lists has a broker that is as planned."""
    plan = plan_topics(TopicLayout(prefix=prefix))

    async def spoil(admin: Admin) -> list[str]:
        inputs = planned(prefix, Topic.TPS_STATUS)
        await create_topics(admin, (spoiled(inputs, 1, cleanup_policy="compact"), *plan[1:]))
        with pytest.raises(TopicsError) as refusal:
            await check_topics(admin, plan)
        commands = [mend(one, kafka.bootstrap) for one in refusal.value.differences]
        assert all(command in str(refusal.value) for command in commands)
        return commands

    commands = ask(kafka, spoil)
    assert {"kafka-topics.sh", "kafka-configs.sh"} == {line.split()[0] for line in commands}
    for line in commands:
        script, *arguments = line.split()
        subprocess.run(tool_command(SCRIPTS[script], *arguments), check=True, capture_output=True)
    ask(kafka, lambda admin: check_topics(admin, plan))


def test_a_plan_for_three_brokers_finds_one(kafka: Kafka, prefix: str) -> None:
    """Too few replicas are named, and so is every promise that stands on them."""
    alone = plan_topics(TopicLayout(prefix=prefix))
    plan = plan_topics(TopicLayout(prefix=prefix, replication_factor=3))

    async def job(admin: Admin) -> tuple[object, ...]:
        await create_topics(admin, alone)
        return await find_differences(admin, plan)

    journal = next(spec for spec in plan if spec.topic is Topic.JOURNAL)
    in_sync = next(one for one in journal.settings if one.name == "min.insync.replicas")
    found = ask(kafka, job)
    assert FewReplicas(journal, 1) in found
    assert OtherSetting(journal, in_sync, "1") in found


def test_a_broker_that_refuses_to_create_is_quoted(kafka: Kafka, prefix: str) -> None:
    """The broker's own words say why, for each topic."""
    plan = plan_topics(TopicLayout(prefix=prefix, replication_factor=3))
    with pytest.raises(UnavailableError, match=rf"{prefix}siaga\.journal: .*replication factor"):
        ask(kafka, lambda admin: create_topics(admin, plan))


@pytest.mark.parametrize("wrong_by_ms", [-20 * 365 * 24 * HOUR_MS, 48 * HOUR_MS])
def test_the_time_of_a_record_is_the_brokers(kafka: Kafka, prefix: str, wrong_by_ms: int) -> None:
    """A sender's clock that is years behind or days ahead changes nothing, and is not refused."""
    plan = plan_topics(TopicLayout(prefix=prefix))
    ask(kafka, lambda admin: create_topics(admin, plan))
    for topic in (Topic.TPS_STATUS, Topic.JOURNAL, Topic.STATE, Topic.ALERTS):
        name = topic_name(prefix, topic)
        began = int(time.time() * 1000)
        place = send_one(kafka.bootstrap, name, b"{}", time_ms=began + wrong_by_ms)
        told = read_one(kafka.bootstrap, place).timestamp()
        assert TIMESTAMP_LOG_APPEND_TIME == told[0]
        assert began <= told[1] <= int(time.time() * 1000), topic


def test_a_message_over_the_limit_still_arrives(kafka: Kafka, prefix: str) -> None:
    """So that it can be put aside whole with reason `size`, instead of failing at its sender."""
    plan = plan_topics(TopicLayout(prefix=prefix))
    ask(kafka, lambda admin: create_topics(admin, plan))
    sizes = {Topic.CROWD_REPORTS: 2 * MIB - 1000, Topic.DEADLETTER: 2 * MIB + 1000}
    for topic, size in sizes.items():
        name = topic_name(prefix, topic)
        value = read_one(kafka.bootstrap, send_one(kafka.bootstrap, name, bytes(size))).value()
        assert bytes(size) == value


def test_the_largest_checkpoint_fits_in_one_batch(kafka: Kafka, prefix: str) -> None:
    """16 MiB as one record batch are taken, although a broker's own default is 1 MiB."""
    state = planned(prefix, Topic.STATE)
    ask(kafka, lambda admin: create_topics(admin, (state,)))
    rows = random.Random(1).randbytes(16 * MIB - 200)
    place = send_one(kafka.bootstrap, state.name, rows)
    assert rows == read_one(kafka.bootstrap, place).value()


def test_a_broker_that_is_not_there_is_named_soon() -> None:
    """The message has the address and what to do; nobody waits for a minute."""

    async def job() -> None:
        async with open_admin("127.0.0.1:1"):
            pytest.fail("somebody answered at port 1")

    began = time.monotonic()
    with pytest.raises(UnavailableError, match=r"127\.0\.0\.1:1.*siaga\.toml"):
        asyncio.run(job())
    assert time.monotonic() - began < 5


def test_a_broker_that_says_nothing_is_named_in_time() -> None:
    """A port that takes the connection and never answers is given up too."""

    async def job(port: int) -> None:
        async with open_admin(f"127.0.0.1:{port}", connect_s=0.3):
            pytest.fail("silence was taken for an answer")

    began = time.monotonic()
    # The kernel takes connections to a listening socket, and nobody ever asks for them.
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(UnavailableError, match=r"within 0\.3 s"),
    ):
        asyncio.run(job(silent.getsockname()[1]))
    assert time.monotonic() - began < 5


def test_a_broker_that_goes_away_is_named_and_comes_back_whole() -> None:
    """A connection that was good and is no more ends in a sentence; what was on disk is kept."""
    plan = plan_topics(TopicLayout())
    with Kafka() as kafka:

        async def lose_it(admin: Admin) -> None:
            await create_topics(admin, plan)
            kafka.kill()
            await check_topics(admin, plan)

        with pytest.raises(UnavailableError, match="does not answer any more"):
            ask(kafka, lose_it)
        kafka.restart()
        ask(kafka, lambda admin: check_topics(admin, plan))
