"""Dead letters as their topic has them: what was put aside, what of it was sent again, and how.

A letter stays in `siaga.deadletter` for good, so that it was sent again is a record of its own
behind it: an empty value, and the header `resent` with the letter's number. A letter that has one
is done. Who dies between sending and writing that down leaves a letter open that was sent; sending
it once more is harmless, because a message that came before is not taken twice.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

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
    "desk_of",
    "letter_of",
    "message_of",
    "resent_letter",
]

Number = tuple[int, int]
"""Partition and offset of a letter in `siaga.deadletter`."""
_OURS: Final = frozenset({"reason", "detail", "topic", "partition", "offset", RESENT_FROM})
_SIZE: Final = "size"
_SIZE_DIGITS: Final = 12
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


def desk_of(records: Iterable[tuple[Slot, RecordView]]) -> list[DeskLetter]:
    """Return the letters among some records, each with what became of it."""
    resent = dict[str, int]()
    found: list[tuple[Number, RecordView]] = []
    for slot, record in records:
        number = resent_letter(record.headers)
        if number is not None:
            resent[number] = resent.get(number, 0) + 1
        else:
            found.append(((slot.partition, record.offset), record))
    return [
        letter_of(number, record, resent.get(f"{number[0]}:{number[1]}", 0))
        for number, record in sorted(found, key=_number_of)
    ]


def resent_letter(headers: Headers) -> str | None:
    """Return which letter was sent again, of a record that says so; None: it is a letter."""
    names = _last_of(headers)
    return _text(names[RESENT]) if RESENT in names else None


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


def letter_of(number: Number, record: RecordView, resent: int = 0) -> DeskLetter:
    """Return a letter, from its record; `resent` is how often it was sent again."""
    names = _last_of(record.headers)
    size = _size_of(_text(names.get(_SIZE)))
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
        resent=resent,
        resent_from=_text(names.get(RESENT_FROM)),
    )


def _size_of(told: str) -> int:
    """Return how long a value was; 0: it does not say. A message may have any header of its own."""
    is_one = told.isascii() and told.isdecimal() and len(told) <= _SIZE_DIGITS
    return int(told) if is_one else 0


def _last_of(headers: Headers) -> dict[str, bytes | None]:
    """Return the last value of each header."""
    return dict(headers)


def _text(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")


def _number_of(found: tuple[Number, RecordView]) -> Number:
    return found[0]
