"""Dead letters that wait for somebody, as the room holds them: the newest, until sent again.

Whose a letter is nobody is sure: its place could not be found, or its content not be read. So it
is of no place, and only who has everything sees it. What can be read of it may still be for few: a
count of votes is not shown to who may not see counts, whatever else is wrong with it.
"""

from collections.abc import Iterator
from typing import Final

from streams.domain.alert import Text
from streams.engine.letters import DeskLetter, letter_of, resent_letter
from streams.engine.topics import Topic
from streams.room.arrived import Arrived
from streams.room.documents import LetterRow
from streams.room.sight import COUNT_ROLES, Shade
from streams.texts.letters import advice_text, reason_text
from streams.wire.time import format_time

__all__ = ["Letters", "letter_row"]

_MAX: Final = 2_000
_SHOWN: Final = 4_096
_EVERYBODY: Final = Shade("")
_COUNTS: Final = Shade("", COUNT_ROLES)
_UTC: Final = 0


class Letters:
    """Letters that nobody has sent again, by their numbers."""

    def __init__(self) -> None:
        """Begin with none."""
        self.open: dict[str, DeskLetter] = {}

    def apply(self, arrived: Arrived) -> Iterator[tuple[str, Shade | None]]:
        """Take in a record; yield the letters that changed, each with who saw it before."""
        resent = resent_letter(arrived.headers)
        if resent is not None:
            if resent in self.open:
                yield resent, self.shade(resent)
                del self.open[resent]
            return
        letter = letter_of((arrived.partition, arrived.offset), arrived)
        yield letter.name, None
        self.open[letter.name] = letter
        while len(self.open) > _MAX:
            oldest = next(iter(self.open))
            yield oldest, self.shade(oldest)
            del self.open[oldest]

    def shade(self, number: str) -> Shade | None:
        """Return what decides who sees a letter; None: there is none."""
        letter = self.open.get(number)
        if letter is None:
            return None
        return _COUNTS if letter.words.get("topic") == Topic.VOTE_COUNTS else _EVERYBODY


def letter_row(letter: DeskLetter) -> LetterRow:
    """Return the row of a letter."""
    reason = letter.words.get("reason", "")
    what, advice = reason_text(reason), advice_text(reason)
    value = (letter.value or b"")[: 4 * _SHOWN].decode("utf-8", "backslashreplace")
    return LetterRow(
        number=letter.name,
        at=format_time(letter.at, _UTC),
        reason=reason,
        detail=letter.words.get("detail", ""),
        says=Text(f"{what.id}: {advice.id}", f"{what.en}: {advice.en}"),
        topic=letter.words.get("topic", ""),
        value=value[:_SHOWN],
        is_cut=letter.whole_bytes is not None or len(value) > _SHOWN,
    )
