"""Dead letters that wait for somebody, as the room holds them: the newest, until sent again.

Whose a letter is nobody is sure: its place could not be found, or its content not be read. So it
is of no place, and only who has everything sees it. What can be read of it may still be for few,
whatever else is wrong with it:

| what it is, or names                                      | who sees it                   |
|-----------------------------------------------------------|-------------------------------|
| a category that is for few (NET-01); a restricted topic   | those few (Propam)            |
| a command                                                 | commanders; of Propam: Propam |
| a count of votes, or a report about one (HIT-02)          | who sees counts               |
| no object of JSON, or one in base64                       | commanders                    |
| anything else                                             | whoever works at the desk     |

A code is looked for in the bytes, wherever it stands and however it is written (`net-1`, escaped):
a letter may be wrapped twice, or cut, and a code that nobody knows is why it is one. Of telephone
numbers nobody is shown more than a mark, which becomes the number again when the letter is mended
and sent.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from streams.domain.alert import Text
from streams.domain.events import ActorRole
from streams.engine.letters import DeskLetter, letter_of, resent_letter
from streams.engine.topics import Topic
from streams.room.arrived import Arrived
from streams.room.documents import LetterRow
from streams.room.evidence import FIGURES
from streams.room.sight import COUNT_ROLES, Shade
from streams.texts.letters import advice_text, reason_text
from streams.wire.pseudonym import without_numbers
from streams.wire.rejection import Rejection
from streams.wire.text import json_value, require_utf8
from streams.wire.time import format_time

__all__ = ["CONDUCT", "Letters", "letter_row", "with_numbers"]

CONDUCT: Final[Mapping[str, tuple[str, ...]]] = {"NET-01": (ActorRole.PROPAM,)}
"""Categories that only some roles may know of, in the packs that are shipped."""
_MAX: Final = 2_000
_SHOWN: Final = 4_096
_READ: Final = 4 * _SHOWN + 256
"""Bytes in which as many letters stand, and whatever number begins among them."""
_EVERYBODY: Final = Shade("")
_COUNTS: Final = Shade("", COUNT_ROLES)
_COMMANDERS: Final = Shade("", (ActorRole.COMMANDER,))
_PROPAM: Final = Shade("", (ActorRole.PROPAM,))
_RESTRICTED: Final = "siaga.restricted."
_ESCAPED: Final = re.compile(rb"\\+u00([2-7][0-9a-fA-F])")
_UTC: Final = 0


def _spelt(code: str) -> re.Pattern[bytes]:
    """Return what a code may look like where somebody has mistyped it."""
    letters, _, number = code.partition("-")
    return re.compile(rf"{letters}[^a-z0-9]{{0,3}}0*{int(number)}(?![0-9])".encode(), re.IGNORECASE)


_FIGURES: Final = _spelt(FIGURES)


def _unescaped(value: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), value)


class Letters:
    """Letters that nobody has sent again, by their numbers."""

    def __init__(self, restricted: Mapping[str, tuple[str, ...]] = CONDUCT) -> None:
        """Begin with none; know which categories only some roles may know of."""
        self.open: dict[str, DeskLetter] = {}
        self._shades: dict[str, Shade] = {}
        self._restricted = [(_spelt(code), Shade("", roles)) for code, roles in restricted.items()]

    def apply(self, arrived: Arrived) -> Iterator[tuple[str, Shade | None]]:
        """Take in a record; yield the letters that changed, each with who saw it before."""
        resent = resent_letter(arrived.headers)
        if resent is not None:
            if resent in self.open:
                yield resent, self._remove(resent)
            return
        letter = letter_of((arrived.partition, arrived.offset), arrived)
        yield letter.name, None
        self.open[letter.name] = letter
        self._shades[letter.name] = self._shade_of(letter)
        while len(self.open) > _MAX:
            oldest = next(iter(self.open))
            yield oldest, self._remove(oldest)

    def shade(self, number: str) -> Shade | None:
        """Return what decides who sees a letter; None: there is none."""
        return self._shades.get(number)

    def _remove(self, number: str) -> Shade:
        del self.open[number]
        return self._shades.pop(number)

    def _shade_of(self, letter: DeskLetter) -> Shade:
        value, topic = _unescaped(letter.value or b""), letter.words.get("topic", "")
        for spelt, shade in self._restricted:
            if spelt.search(value):
                return shade
        if topic.startswith(_RESTRICTED):
            return _PROPAM
        if topic == Topic.OPERATOR_COMMANDS:
            return _PROPAM if b'"propam"' in value else _COMMANDERS
        if topic == Topic.VOTE_COUNTS or b"votes" in value or _FIGURES.search(value):
            return _COUNTS
        return _EVERYBODY if _is_readable(letter.value or b"") else _COMMANDERS


def letter_row(letter: DeskLetter) -> LetterRow:
    """Return the row of a letter."""
    reason = letter.words.get("reason", "")
    what, advice = reason_text(reason), advice_text(reason)
    value = _marked((letter.value or b"")[:_READ], [])
    return LetterRow(
        number=letter.name,
        at=format_time(letter.at, _UTC),
        reason=reason,
        detail=without_numbers(letter.words.get("detail", "")),
        says=Text(f"{what.id}: {advice.id}", f"{what.en}: {advice.en}"),
        topic=letter.words.get("topic", ""),
        value=value[:_SHOWN],
        is_cut=letter.whole_bytes is not None or len(value) > _SHOWN,
    )


def with_numbers(mended: str, letter: DeskLetter) -> str:
    """Return a mended value with the telephone numbers of the letter in the places of its marks."""
    numbers: list[str] = []
    _marked(letter.value or b"", numbers)
    for place, number in enumerate(numbers, 1):
        mended = mended.replace(_mark(place), number)
    return mended


def _marked(value: bytes, numbers: list[str]) -> str:
    """Return a value as text with a mark for each telephone number, and note which they are."""

    def mark(number: str) -> str:
        if number not in numbers:
            numbers.append(number)
        return _mark(numbers.index(number) + 1)

    return without_numbers(value.decode("utf-8", "backslashreplace"), mark)


def _mark(place: int) -> str:
    return f"[…{place}]"


def _is_readable(value: bytes) -> bool:
    """Tell whether a value can be read by whoever looks at it, so that it hides nothing."""
    try:
        require_utf8(value)
        return isinstance(json_value(value), dict) and b'"data_base64"' not in value
    except Rejection:
        return False
