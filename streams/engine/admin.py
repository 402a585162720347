"""Makes the topics of a plan on a broker, and refuses a broker that is not as planned.

Two habits of brokers shape the code. Asking for a topic by name may create it (Tansu always does,
Kafka by default), so we only ever ask for all of them. And a broker answers `create` before the
topic is known everywhere, so `create_topics` waits until it is.

What aiokafka hands back are its own protocol classes, which differ with the version that the
broker speaks. They are read into the small types at the end, which name what we need of them.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeVar

import msgspec
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, TopicAlreadyExistsError
from msgspec import Struct

from streams.engine.topic_check import (
    Difference,
    FoundTopic,
    Missing,
    OtherPartitions,
    TopicsError,
    compare,
)
from streams.engine.topics import TopicName, TopicSpec
from streams.errors import UnavailableError

__all__ = [
    "Admin",
    "check_topics",
    "create_topics",
    "find_differences",
    "open_admin",
]

_CONNECT_S: Final = 5.0
_ANSWER_S: Final = 15.0
_APPEAR_S: Final = 10.0
_POLL_S: Final = 0.05

_Answer = TypeVar("_Answer")


class Admin(Struct, frozen=True):
    """An open connection to a broker, and the address that messages name."""

    client: AIOKafkaAdminClient
    address: str


@asynccontextmanager
async def open_admin(address: str, connect_s: float = _CONNECT_S) -> AsyncGenerator[Admin]:
    """Connect to the broker at `address` (`host:port`, or several with commas).

    Raises:
        UnavailableError: Nobody answers within `connect_s` seconds.
    """
    client = AIOKafkaAdminClient(
        bootstrap_servers=address, request_timeout_ms=int(_ANSWER_S * 1000)
    )
    try:
        async with asyncio.timeout(connect_s):
            await client.start()
    except (KafkaError, OSError, TimeoutError) as error:
        await client.close()
        raise UnavailableError(
            f"no Kafka broker answers at {address} within {connect_s:g} s ({_words(error)}): "
            "start it, or name the right one as `broker` in siaga.toml or in SIAGA_BROKER"
        ) from error
    try:
        yield Admin(client, address)
    finally:
        await client.close()


async def create_topics(admin: Admin, plan: tuple[TopicSpec, ...]) -> tuple[TopicName, ...]:
    """Create what is missing of the plan and return the names; what is there is left alone.

    Raises:
        UnavailableError: The broker does not answer, or refuses.
    """
    there = await _partitions(admin)
    new = [spec for spec in plan if spec.name not in there]
    if not new:
        return ()
    answer = msgspec.convert(
        (await _ask(admin, admin.client.create_topics([_request(one) for one in new]))).to_object(),
        _Created,
    )
    refused = [
        f"{one.topic}: {one.error_message}"
        for one in answer.topic_errors
        if one.error_code not in {0, TopicAlreadyExistsError.errno}
    ]
    if refused:
        raise UnavailableError(f"{admin.address} refuses to create topics: {'; '.join(refused)}")
    await _until_there(admin, {spec.name for spec in new})
    return tuple(spec.name for spec in new)


async def find_differences(
    admin: Admin, plan: tuple[TopicSpec, ...], *, embedded: bool = False
) -> tuple[Difference, ...]:
    """Return everything in which the broker is not as planned.

    Args:
        admin: The broker.
        plan: What must be there.
        embedded: The broker is the embedded one, which keeps no promise about replicas and
            settings: only names and partitions count.

    Raises:
        UnavailableError: The broker does not answer, or does not tell its settings.
    """
    there = await _partitions(admin)
    names = [spec.name for spec in plan if spec.name in there]
    settings = {} if embedded else await _settings(admin, names)
    found = {
        name: FoundTopic(len(there[name]), min(there[name]), settings.get(name, {}))
        for name in names
    }
    seen = compare(plan, found)
    return tuple(one for one in seen if not embedded or isinstance(one, Missing | OtherPartitions))


async def check_topics(
    admin: Admin, plan: tuple[TopicSpec, ...], *, embedded: bool = False
) -> None:
    """Refuse a broker that is not as planned, naming all that is wrong and how to mend it.

    Raises:
        TopicsError: Something is not as planned.
        UnavailableError: The broker does not answer, or does not tell its settings.
    """
    if seen := await find_differences(admin, plan, embedded=embedded):
        raise TopicsError(admin.address, seen)


async def _partitions(admin: Admin) -> dict[TopicName, list[int]]:
    """Return the number of replicas of each partition, by topic."""
    # By name a broker would make the topic it is asked about.
    topics = await _ask(admin, admin.client.describe_topics())
    return {
        one.topic: [len(partition.replicas) for partition in one.partitions]
        for one in msgspec.convert(topics, list[_Described])
    }


async def _settings(admin: Admin, names: Sequence[TopicName]) -> dict[TopicName, dict[str, str]]:
    """Return all settings of each topic, the broker's own defaults among them."""
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    if not asked:
        return {}
    answers = await _ask(admin, admin.client.describe_configs(asked))
    told = [
        one for answer in answers for one in msgspec.convert(answer.to_object(), _Configs).resources
    ]
    for one in told:
        if one.error_code:
            raise UnavailableError(
                f"{admin.address} does not tell the settings of {one.resource_name} "
                f"({one.error_message}): allow this user DescribeConfigs on it"
            )
    return {
        one.resource_name: {
            entry.config_names: entry.config_value or "" for entry in one.config_entries
        }
        for one in told
    }


async def _until_there(admin: Admin, names: set[TopicName]) -> None:
    """Wait until the broker knows all of `names`."""
    give_up = asyncio.get_running_loop().time() + _APPEAR_S
    while missing := names - set(await _partitions(admin)):
        if asyncio.get_running_loop().time() > give_up:
            raise UnavailableError(
                f"{admin.address} took the request to create {', '.join(sorted(missing))} "
                f"but has not done so after {_APPEAR_S:g} s: look into its log"
            )
        await asyncio.sleep(_POLL_S)


async def _ask(admin: Admin, request: Awaitable[_Answer]) -> _Answer:
    try:
        async with asyncio.timeout(_ANSWER_S):
            return await request
    except (KafkaError, OSError, TimeoutError) as error:
        raise UnavailableError(
            f"the Kafka broker at {admin.address} does not answer any more ({_words(error)}): "
            "see whether it runs, and look into its log"
        ) from error


def _request(spec: TopicSpec) -> NewTopic:
    settings = {setting.name: setting.value for setting in spec.settings}
    return NewTopic(spec.name, spec.partitions, spec.replication_factor, topic_configs=settings)


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


class _Partition(Struct):
    replicas: list[int]


class _Described(Struct):
    topic: TopicName
    partitions: list[_Partition]


class _CreatedTopic(Struct):
    topic: str
    error_code: int
    error_message: str | None = None


class _Created(Struct):
    topic_errors: list[_CreatedTopic]


class _Entry(Struct):
    config_names: str
    config_value: str | None


class _TopicConfigs(Struct):
    error_code: int
    error_message: str | None
    resource_name: TopicName
    config_entries: list[_Entry]


class _Configs(Struct):
    resources: list[_TopicConfigs]
