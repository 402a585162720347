"""The desk of dead letters: what lies in `siaga.deadletter`, and what is still to be done.

A letter stays in its topic for good, so that it was sent again is a record of its own behind it: an
empty value, and the header `resent` with the letter's number. A letter that has one is done. Who
dies between sending and writing that down leaves a letter open that was sent; sending it once more
is harmless, because a message that came before is not taken twice.
"""

import argparse
import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from streams.cli.broker import Span, find_topics, open_reader
from streams.config import Config
from streams.domain.times import EpochMs
from streams.engine.ports import Headers, RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.wire.inputs import INPUT_TYPES
from streams.wire.outputs import RESENT, RESENT_FROM

__all__ = [
    "DeskLetter",
    "Message",
    "Number",
    "Wanted",
    "desk_of",
    "letter_number",
    "message_of",
    "read_desk",
]

Number = tuple[int, int]
"""Partition and offset of a letter in `siaga.deadletter`."""
_NUMBER: Final = re.compile(r"([0-9]{1,9}):([0-9]{1,18})")
_OURS: Final = frozenset({"reason", "detail", "topic", "partition", "offset", RESENT_FROM})
_SIZE: Final = "size"
_SIGNATURE: Final = "siaga-signature"


class DeskLetter(Struct, frozen=True):
    """A dead letter as the desk sees it."""

    number: Number
    at: EpochMs
    """When it was put aside."""
    words: Mapping[str, str]
    """Our headers as text: reason, detail, topic, partition, offset."""
    key: bytes | None
    value: bytes | None
    original: tuple[tuple[str, bytes | None], ...]
    """Headers that the message came with."""
    whole_bytes: int | None
    """How long the value was, of a letter that was cut; None: it is whole."""
    resent: int
    """How often it was sent again."""
    resent_from: str
    """The letter that the message was sent again from; empty: it came by itself."""

    @property
    def name(self) -> str:
        """How people call it."""
        return f"{self.number[0]}:{self.number[1]}"

    @property
    def origin(self) -> str:
        """Where the message lay: `tps.status/3:8812`."""
        words = self.words
        return f"{words.get('topic', '?')}/{words.get('partition', '?')}:{words.get('offset', '?')}"


class Message(Struct, frozen=True):
    """A record of an input topic, ready to be sent."""

    topic: Topic
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]


class Wanted(Struct, frozen=True):
    """Which letters somebody asks for."""

    reason: str = ""
    topic: str = ""
    since: EpochMs = EpochMs(0)
    done: bool = False
    """Whether those that were sent again count."""

    def has(self, letter: DeskLetter) -> bool:
        """Tell whether a letter is one of them."""
        return (
            self.reason in {"", letter.words.get("reason")}
            and self.topic in {"", letter.words.get("topic")}
            and letter.at >= self.since
            and (self.done or not letter.resent)
        )


def letter_number(text: str) -> Number:
    """Read the number of a letter from the command line, as argparse wants it."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r}: expected PARTITION:OFFSET, as 0:12")
    return int(found[1]), int(found[2])


async def read_desk(config: Config) -> list[DeskLetter]:
    """Return all letters that are kept, the oldest first.

    Raises:
        UnavailableError: No broker answers, or it has no such topic.
    """
    found = await find_topics(config, [Topic.DEADLETTER])
    async with open_reader(found) as reader:
        return desk_of([one async for one in reader.read(found.slots(), Span.KEPT)])


def desk_of(records: Iterable[tuple[Slot, RecordView]]) -> list[DeskLetter]:
    """Return the letters among some records, each with what became of it."""
    resent = dict[str, int]()
    found: list[tuple[Number, RecordView]] = []
    for slot, record in records:
        names = _last_of(record.headers)
        if RESENT in names:
            number = _text(names[RESENT])
            resent[number] = resent.get(number, 0) + 1
        else:
            found.append(((slot.partition, record.offset), record))
    return [_letter(number, record, resent) for number, record in sorted(found, key=_number_of)]


def message_of(letter: DeskLetter, mended: bytes | None = None) -> Message:
    """Return the message of a letter as it came, or with a mended value.

    Raises:
        InputError: It cannot be sent again: it was cut, or came from no input topic.
    """
    if letter.whole_bytes is not None:
        raise InputError(
            f"{letter.name}: of its {letter.whole_bytes} bytes the letter has the first "
            f"{len(letter.value or b'')} and no headers; the whole lies at {letter.origin} as long "
            "as that topic keeps it: have its sender send it, smaller"
        )
    topic = letter.words.get("topic", "")
    if topic not in INPUT_TYPES:
        raise InputError(
            f"{letter.name}: came from {topic or 'nowhere'}; expected one of "
            f"{', '.join(INPUT_TYPES)}"
        )
    # A signature is of the value that its producer sent, and of no other.
    gone = {_SIGNATURE} if mended is not None else set[str]()
    kept = tuple(one for one in letter.original if one[0] not in gone)
    value = letter.value if mended is None else mended
    headers = (*kept, (RESENT_FROM, letter.name.encode()))
    return Message(Topic(topic), letter.key, value, headers)


def _letter(number: Number, record: RecordView, resent: Mapping[str, int]) -> DeskLetter:
    names = _last_of(record.headers)
    told = _text(names.get(_SIZE))
    size = int(told) if told.isascii() and told.isdecimal() else 0
    original = tuple(one for one in record.headers if one[0] not in _OURS)
    # Of a letter that was cut this is the only one; a message may have one of its own as well.
    is_cut = [name for name, _ in original] == [_SIZE] and size >= len(record.value or b"") > 0
    return DeskLetter(
        number=number,
        at=EpochMs(record.timestamp),
        words={name: _text(names[name]) for name in _OURS if name in names},
        key=record.key,
        value=record.value,
        original=original,
        whole_bytes=size if is_cut else None,
        resent=resent.get(f"{number[0]}:{number[1]}", 0),
        resent_from=_text(names.get(RESENT_FROM)),
    )


def _last_of(headers: Headers) -> dict[str, bytes | None]:
    """Return the last value of each header."""
    return dict(headers)


def _text(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")


def _number_of(found: tuple[Number, RecordView]) -> Number:
    return found[0]
