"""What the transport knows of the engine: handed to it on the Faust app, as `app.link`."""

from typing import Protocol, cast

from msgspec import Struct

from streams.engine.crash import Die
from streams.engine.engine import Engine
from streams.engine.flow import Flow
from streams.engine.lease import Lease
from streams.engine.ports import Slot
from streams.engine.transport_inside import TopicAndPartition

__all__ = ["Link", "TopicNames", "link_of"]


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
    """The engine, and what else the transport needs."""

    engine: Engine
    flow: Flow
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
        topics = self.flow.topics
        ours = (topics.journal, *topics.sources, *topics.unclaimed)
        return frozenset(map(self.names.at_broker, ours))


class _Linked(Protocol):
    link: Link


def link_of(app: object) -> Link:
    """Return the link of a Faust app that was built here."""
    return cast("_Linked", app).link
