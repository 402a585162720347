"""What intake takes in and what it makes of it: a record of an input topic, and its verdict."""

from msgspec import Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.journal import JournalRecord
from streams.domain.times import EpochMs

__all__ = [
    "Broadcast",
    "ClockMessage",
    "DeadLettered",
    "Headers",
    "Inbound",
    "Journaled",
    "Parted",
    "Taken",
    "header",
]

Headers = tuple[tuple[str, bytes | None], ...]
"""Kafka's headers: a name may come twice, and a value may be null."""


class Inbound(Struct, frozen=True, gc=False):
    """A record of an input topic, as the broker gave it."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: EpochMs
    """The broker's append time."""
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


class Journaled(Struct, frozen=True, gc=False):
    """Accepted: `record` belongs in the journal under `key`, the kabupaten's code."""

    key: bytes
    record: JournalRecord


class Broadcast(Struct, frozen=True, gc=False):
    """Accepted, and of every place: `record` belongs in every partition of the journal."""

    record: JournalRecord
    """A command that names a pack gets it put in, from where it was published."""


class Parted(Struct, frozen=True, gc=False):
    """Accepted, and of several kabupaten: a part of it belongs in the journal for each."""

    parts: tuple[Journaled, ...]


class DeadLettered(Struct, frozen=True, gc=False):
    """Not accepted: the message goes whole to the dead letters."""

    reason: DeadLetterReason
    detail: str


class ClockMessage(Struct, frozen=True, gc=False):
    """The player of a played day says what time it is in this source partition."""

    clock: EpochMs


Taken = Journaled | Broadcast | Parted | DeadLettered | ClockMessage
"""The verdict on a record of an input topic."""


def header(headers: Headers, name: str) -> bytes | None:
    """Return the last value of a header, as Kafka's own clients do; None without one."""
    found: bytes | None = None
    for key, value in headers:
        if key == name:
            found = value
    return found
