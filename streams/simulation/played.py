"""A message of a played day: what is sent, to which topic, and when it counts as received.

No message is received at a whole second, and no two at the same millisecond. So the order of a file
of them, the order in which intake releases them, and the side of each second's mark on which they
stand are one and the same, at every speed and over any number of partitions.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from streams.domain.times import SECOND_MS, EpochMs
from streams.wire.time import format_time

__all__ = ["Played", "clock_text", "json_lines"]

_SECONDS_LENGTH: Final = len("2024-11-27T07:02:12")


class Played(Struct, frozen=True, gc=False):
    """One message of a played day."""

    received_at: EpochMs
    topic: str
    """As the contract names it."""
    value: bytes
    key: bytes | None = None


def clock_text(at: EpochMs, offset_minutes: int = 0) -> str:
    """Return a moment as RFC 3339 with milliseconds, as `2024-11-27T07:02:12.345+07:00`."""
    whole = format_time(at, offset_minutes)
    return f"{whole[:_SECONDS_LENGTH]}.{at % SECOND_MS:03}{whole[_SECONDS_LENGTH:]}"


def json_lines(day: Iterable[Played], offset_minutes: int = 0) -> Iterator[bytes]:
    """Return the day as lines of the file that `siaga replay` reads, each with its line end.

    A value that is no JSON makes a line that is none either: both are dead letters of that reason.
    """
    for played in day:
        at = clock_text(played.received_at, offset_minutes)
        head = f'{{"topic":"{played.topic}","received_at":"{at}","value":'
        yield b"".join((head.encode(), played.value, b"}\n"))
