"""A text in parts, for who takes no more than so many characters at a time."""

from typing import Final

__all__ = ["parts"]

_LIMIT_MIN: Final = 20
_SHARE_MIN: Final = 0.5
"""A line end is a good place to part at, unless it would leave a part more than half empty."""


def parts(text: str, limit: int) -> tuple[str, ...]:
    """Return a text in numbered parts, `(1/3) …`; as it is, if it needs no parting.

    Parted is at line ends or between words, and the space there is left out; a word that is longer
    than a part is cut. Nothing else is lost.

    Args:
        text: Of any length.
        limit: Characters of a part, with its number; 20 at least.
    """
    assert limit >= _LIMIT_MIN, limit
    if len(text) <= limit:
        return (text,)
    digits = 1
    while True:
        room = limit - len(f"({'9' * digits}/{'9' * digits}) ")
        chunks = _chunks(text, room)
        if len(str(len(chunks))) <= digits:
            return tuple(f"({n}/{len(chunks)}) {chunk}" for n, chunk in enumerate(chunks, 1))
        digits += 1


def _chunks(text: str, room: int) -> list[str]:
    found: list[str] = []
    rest = text.strip()
    while len(rest) > room:
        at = _break_of(rest, room)
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*found, rest]


def _break_of(text: str, room: int) -> int:
    """Return how much of a text goes into a part."""
    # A space right behind the last character that has room is as good a place.
    window = text[: room + 1]
    line_end = window.rfind("\n")
    if line_end > room * _SHARE_MIN:
        return line_end
    space = max(window.rfind(" "), line_end)
    return space if space > 0 else room
