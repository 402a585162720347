"""A record of a topic as the read model takes it: bytes, and where and when the broker had them."""

from msgspec import Struct

from streams.domain.times import EpochMs
from streams.wire.records import Headers

__all__ = ["Arrived"]


class Arrived(Struct, frozen=True, gc=False):
    """A record of a topic."""

    topic: str
    partition: int
    offset: int
    timestamp: EpochMs
    """The broker's append time."""
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
