"""What the transport knows of its machine: handed to it on the Faust app, as `app.link`.

A machine is what partition batches are carried to: the engine of a worker, or the courier of
`siaga notify`. The transport asks it when partitions come and go, and for nothing else.
"""

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from msgspec import Struct

from streams.domain.times import EpochMs
from streams.engine.crash import Die
from streams.engine.flow import Holding
from streams.engine.lease import Lease
from streams.engine.ports import Fetched, Slot
from streams.engine.transport_inside import TopicAndPartition

__all__ = ["Link", "Machine", "TopicNames", "link_of"]


class Machine(Protocol):
    """What takes in partition batches."""

    @property
    def is_full(self) -> bool:
        """Whether it holds so much that nothing need be fetched for now."""
        ...

    async def take(self, fetched: Fetched) -> None:
        """Take in a partition batch."""
        ...

    async def take_over(self, starts: Mapping[Slot, int]) -> Mapping[Slot, int]:
        """Make partitions ours, and say of which the reading begins elsewhere.

        Args:
            starts: The partitions, with their commit points; with their beginnings where there is
                none.
        """
        ...

    async def quiesce(self) -> None:
        """Make everything durable and let go of all partitions; the flow has stopped."""
        ...

    def must_progress(self, slot: Slot) -> bool:
        """Say whether what was fetched of a partition must be done before long."""
        ...

    def progress(self, slot: Slot, done: int) -> int:
        """Return how far a partition has come, of which everything before `done` is safe."""
        ...


class TopicNames:
    """Names of topics at the broker and in the contract: one has the installation's prefix."""

    def __init__(self, prefix: str) -> None:
        """Use `prefix` before every name."""
        self._prefix = prefix

    def at_broker(self, topic: str) -> str:
        """Return what the broker calls a topic."""
        return self._prefix + topic

    def slot(self, tp: TopicAndPartition) -> Slot:
        """Return a partition as the engine names it."""
        return Slot(tp.topic.removeprefix(self._prefix), tp.partition)


class Link(Struct, frozen=True):
    """The machine, and what else the transport needs."""

    machine: Machine
    flow: Holding
    agents: tuple[tuple[str, ...], ...]
    """The topics of each agent; what is fetched for an agent is one event. What is named first is
    handed out first."""
    now: Callable[[], EpochMs]
    """The broker's clock as far as it is known, by which claims are made; 0: not at all."""
    lease: Lease
    names: TopicNames
    die: Die
    fetch_wait_ms: int
    """How long the broker may hold a fetch that finds nothing."""
    fetch_pause_s: float
    """How long to wait before a fetch when the one before brought little."""

    @property
    def batch_topics(self) -> frozenset[str]:
        """All topics that are fetched in partition batches, as the broker names them."""
        return frozenset(self.names.at_broker(topic) for one in self.agents for topic in one)


class _Linked(Protocol):
    link: Link


def link_of(app: object) -> Link:
    """Return the link of a Faust app that was built here."""
    return cast("_Linked", app).link
