"""The insides of aiokafka 0.14.0 that the transport watches, as far as it looks at them.

Nothing here is a promise of aiokafka: `tests/unit/engine/test_transport_upstream.py` holds each of
these shapes against the installed version.
"""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Protocol

from streams.engine.ports import RecordView

__all__ = [
    "Client",
    "Consumer",
    "Coordinator",
    "FetchRequest",
    "FetchResponse",
    "FetchState",
    "Fetcher",
    "Metadata",
    "TopicAndPartition",
]


class TopicAndPartition(Protocol):
    """aiokafka's or Faust's name of a partition."""

    @property
    def topic(self) -> str:
        """The topic, as the broker names it."""
        ...

    @property
    def partition(self) -> int:
        """Its number."""
        ...


class Coordinator(Protocol):
    """Keeps the membership in the group."""

    member_id: str
    """Empty when the membership is lost."""

    async def _do_heartbeat(self) -> bool:
        """Send a heartbeat, and say whether it was accepted."""
        ...


class Client(Protocol):
    """Sends requests to brokers."""

    async def send(self, node_id: int, request: object, **kwargs: object) -> object:
        """Send a request, and return the response."""
        ...


class Fetcher(Protocol):
    """Fetches ahead, and hands out what it has."""

    _fetch_max_wait_ms: int

    async def fetched_records(
        self, *args: object, **kwargs: object
    ) -> Mapping[TopicAndPartition, Sequence[RecordView]]:
        """Hand out records."""
        ...


class FetchState(Protocol):
    """Where a partition is fetched from."""

    has_valid_position: bool
    position: int
    highwater: int | None


class Consumer(Protocol):
    """aiokafka's consumer."""

    _coordinator: Coordinator
    _client: Client
    _fetcher: Fetcher

    def stop(self) -> Awaitable[None]:
        """Leave the group and disconnect."""
        ...


class FetchRequest(Protocol):
    """A fetch, by topic: partition, offset asked for, bytes."""

    topics: Sequence[tuple[str, Sequence[tuple[int, int, int]]]]


class FetchResponse(Protocol):
    """Its answer, by topic: partition, error, high watermark, and more."""

    topics: Sequence[tuple[str, Sequence[tuple[int, int, int]]]]


class Metadata(Protocol):
    """The answer to an appended batch."""

    offset: int
    timestamp: int
    timestamp_type: int
