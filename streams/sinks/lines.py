"""Messages as lines of JSON: for whoever reads a file or the output of a process.

A line has no address in it and no means to answer: more people read a log than are told.
"""

from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.sinks.document import Telling, tellings_of
from streams.sinks.saying import short_of, subject_of
from streams.sinks.sender import Message
from streams.sinks.sink import Exercise

__all__ = ["Line", "line_of"]

_encode: Final = msgspec.json.Encoder().encode


class Line(Struct, frozen=True, kw_only=True):
    """A message; a repeat has the same key."""

    key: str
    exercise: bool
    subject: str
    text: str
    tellings: tuple[Telling, ...]


def line_of(one: Message) -> bytes:
    """Return a message as one line, with its end."""
    unanswerable = replace(one, answers=())
    line = Line(
        key=one.key,
        exercise=isinstance(one, Exercise),
        subject=subject_of(one),
        text=short_of(unanswerable),
        tellings=tellings_of(one),
    )
    return _encode(line) + b"\n"
