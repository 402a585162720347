"""Which of several notifiers without channels keeps the mirrors: one of a group of their own.

Who has channels takes notices in the group of notifiers, and one of these leads by that. Who has
none must not be in it: a share of the notices would be taken away from those that can tell people.
So such notifiers share the same partitions in another group, read none of them, and commit nothing.

Who has been there longest leads: a mirror that cannot be asked what it has begins anew with each
leader, and calls somebody twice, so nobody takes over from one that lives. Partitions are dealt out
in the order of the names of members, and a name begins with what we say of ourselves.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import Final, NoReturn, Protocol, cast

from aiokafka import AIOKafkaConsumer
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.errors import KafkaError
from msgspec import Struct

from streams.domain.times import EpochMs
from streams.engine.link import TopicNames
from streams.engine.topics import Topic
from streams.engine.transport_inside import TopicAndPartition

__all__ = ["Group", "Leading"]

_log: Final = logging.getLogger(__name__)
_GROUP: Final = "siaga-mirror"
_LOOK_MS: Final = 500
"""How often it is looked which partitions are ours; to ask for records shows that we live, too."""
_PAUSE_S: Final = 1.0
"""Before another connection is tried."""


class Group(Struct, frozen=True, kw_only=True):
    """Where the group is, and how soon a member that is silent is given up."""

    broker: str
    prefix: str
    session_s: float
    heartbeat_s: float


class _Consumer(Protocol):
    """As much of aiokafka's consumer as is used."""

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    def assignment(self) -> Collection[TopicAndPartition]: ...
    def pause(self, *partitions: TopicAndPartition) -> None: ...
    async def getmany(self, *, timeout_ms: int) -> object: ...


class Leading:
    """A membership; who has the first partition leads."""

    def __init__(
        self,
        group: Group,
        since: EpochMs,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Be no member yet.

        Args:
            group: Of what to be a member.
            since: When this process began.
            pause: Waits for some seconds.
        """
        self._group = group
        self._pause = pause
        self._name = f"{_GROUP}-{since:015}"
        self._leads = False

    @property
    def leads(self) -> bool:
        """Whether this is the process that mirrors."""
        return self._leads

    async def run(self) -> NoReturn:
        """Be a member until cancelled; wait for a broker that is not there."""
        while True:
            try:
                await self._be_member()
            except (KafkaError, OSError) as error:
                words = str(error) or type(error).__name__
                _log.warning("group of mirrors: %s; trying again", words)
            await self._pause(_PAUSE_S)

    async def _be_member(self) -> NoReturn:
        group = self._group
        made = AIOKafkaConsumer(
            TopicNames(group.prefix).at_broker(Topic.NOTICES),
            bootstrap_servers=group.broker,
            client_id=self._name,
            partition_assignment_strategy=(RoundRobinPartitionAssignor,),
            group_id=f"{group.prefix}{_GROUP}",
            auto_offset_reset="latest",
            enable_auto_commit=False,
            session_timeout_ms=int(group.session_s * 1000),
            heartbeat_interval_ms=int(group.heartbeat_s * 1000),
        )
        consumer = cast("_Consumer", made)
        said: bool | None = None
        try:
            await consumer.start()
            while True:
                mine = consumer.assignment()
                consumer.pause(*mine)
                self._leads = any(one.partition == 0 for one in mine)
                if said is not self._leads:
                    said = self._leads
                    _log.info("mirrors are kept by %s process", "this" if said else "another")
                await consumer.getmany(timeout_ms=_LOOK_MS)
        finally:
            self._leads = False
            await consumer.stop()
