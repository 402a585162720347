"""Dead letters as records of their topic: what intake writes, and what says that one was sent."""

from typing import Final

from msgspec import Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.times import EpochMs
from streams.engine.letters import DeskLetter, desk_of
from streams.engine.ports import Headers, Slot
from streams.engine.topics import Topic
from streams.wire.outputs import letter
from streams.wire.records import Inbound

__all__ = ["AT", "DESK", "LetterRecord", "one", "put_aside", "sent_again"]

AT: Final = EpochMs(1_732_665_600_000)
DESK: Final = Slot(Topic.DEADLETTER, 0)


class LetterRecord(Struct, frozen=True):
    """A record as a broker gives it."""

    offset: int
    value: bytes | None
    key: bytes | None = None
    headers: Headers = ()
    timestamp: int = AT


def put_aside(
    offset: int,
    value: bytes | None = b'{"id":',
    reason: str = "json",
    headers: Headers = (),
    key: bytes | None = b"k",
) -> tuple[Slot, LetterRecord]:
    """Return the letter that intake writes of a message."""
    inbound = Inbound("tps.status", 3, 8_800 + offset, AT, key, value, tuple(headers))
    written = letter(inbound, DeadLetterReason(reason), "$.id: half a value")
    return DESK, LetterRecord(offset, written.value, written.key, written.headers, AT + offset)


def sent_again(offset: int, number: str) -> tuple[Slot, LetterRecord]:
    """Return the record that says so."""
    return DESK, LetterRecord(offset, b"", None, (("resent", number.encode()),))


def one(*records: tuple[Slot, LetterRecord]) -> DeskLetter:
    """Return the only letter among some records."""
    [found] = desk_of(records)
    return found
