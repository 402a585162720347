"""Phrases found in a text that was read: words in order, with a little room between them.

A phrase is a row of slots; a slot takes any of several words. Between two slots of a phrase a few
other words may stand, but no end of a clause and no barrier: a word such as *tidak* or *oleh* that
turns round what the phrase says ("kotak tidak dirusak"). Light words ("kotak suara DI TPS 03
dirusak") take no room, `LIGHT_MAX` of them at most; numbers are light. Where a barrier is itself a
word of the phrase ("belum datang"), the next word follows at once, and one more may stand after it.

Work is bounded: a phrase is looked for only where all its slots occur, each of its beginnings is
tried once, and room and length of a phrase are small.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from streams.rules.spelling import Keys, Reading

__all__ = ["LIGHT_MAX", "SLOTS_MAX", "Found", "Phrase", "Phrases", "Seen"]

SLOTS_MAX: Final = 6
"""Slots of a phrase at most."""
LIGHT_MAX: Final = 4
_BARRIER, _LIGHT = 0, 1
_NO_SLOTS: Final[frozenset[int]] = frozenset()
_NUMBER: Final = frozenset((_LIGHT,))


class Phrase(NamedTuple):
    """Words in order; `id` is what its owner knows it by."""

    id: int
    slots: tuple[frozenset[str], ...]
    """The keys of words that each slot takes."""
    rooms: tuple[int, ...]
    """Other words that may stand before each slot; of the first it says nothing."""


class Found(NamedTuple):
    """A phrase at a place: the positions of its words, in order."""

    id: int
    at: tuple[int, ...]

    @property
    def start(self) -> int:
        """The position of its first word."""
        return self.at[0]

    @property
    def end(self) -> int:
        """The position behind its last word."""
        return self.at[-1] + 1


class Seen(NamedTuple):
    """A text as slots: which of them each word fills, and where each of them is filled."""

    reading: Reading
    fills: list[frozenset[int]]
    places: dict[int, list[int]]


class Phrases:
    """Many phrases, looked for in one pass over a text.

    Args:
        phrases: What is looked for.
        barriers: Keys of words over which no phrase reaches.
        light: Keys of words that take no room.
        vocabulary: The keys of all known words, so that a text costs one look-up a word.
    """

    def __init__(
        self,
        phrases: Sequence[Phrase],
        barriers: frozenset[str],
        light: frozenset[str],
        vocabulary: Iterable[Keys],
    ) -> None:
        numbers: dict[frozenset[str], int] = {}
        for phrase in phrases:
            for slot in phrase.slots:
                numbers.setdefault(slot, len(numbers) + 2)
        by_key: dict[str, set[int]] = {}
        for slot, number in ((barriers, _BARRIER), (light, _LIGHT), *numbers.items()):
            for key in slot:
                by_key.setdefault(key, set()).add(number)
        self._fills = {
            keys: frozenset(number for key in keys for number in by_key.get(key, ()))
            | (_NUMBER if keys[0].isdigit() else _NO_SLOTS)
            for keys in vocabulary
        }
        self._rows = [
            (phrase.id, tuple(numbers[slot] for slot in phrase.slots), phrase.rooms)
            for phrase in phrases
        ]
        self._by_anchor = self._anchored()

    def _anchored(self) -> dict[int, list[int]]:
        """Sort the phrases by their rarest slot: where it is missing, none of them is tried."""
        uses: dict[int, int] = {}
        for _, slots, _ in self._rows:
            for slot in set(slots):
                uses[slot] = uses.get(slot, 0) + 1
        by_anchor: dict[int, list[int]] = {}
        for row, (_, slots, _) in enumerate(self._rows):
            anchor = min(slots, key=lambda slot: (uses[slot], slot))
            by_anchor.setdefault(anchor, []).append(row)
        return by_anchor

    def see(self, reading: Reading) -> Seen:
        """Return a text as slots."""
        fills = [
            self._fills.get(keys, _NUMBER if keys[0].isdigit() else _NO_SLOTS)
            for keys in reading.words
        ]
        places: dict[int, list[int]] = {}
        for position, slots in enumerate(fills):
            for slot in slots:
                places.setdefault(slot, []).append(position)
        return Seen(reading, fills, places)

    def find(self, seen: Seen) -> list[Found]:
        """Return every phrase of a text, once for each word that it can begin at."""
        rows = sorted(row for slot in seen.places for row in self._by_anchor.get(slot, ()))
        return [found for row in rows for found in self._find_row(seen, row)]

    def _find_row(self, seen: Seen, row: int) -> Iterator[Found]:
        phrase, slots, rooms = self._rows[row]
        if any(slot not in seen.places for slot in slots):
            return
        for start in seen.places[slots[0]]:
            at = _follow(seen, (start,), slots, rooms)
            if at:
                yield Found(phrase, at)


def _follow(
    seen: Seen, at: tuple[int, ...], slots: tuple[int, ...], rooms: tuple[int, ...]
) -> tuple[int, ...] | None:
    """Return the positions of the whole phrase, the nearest ones, if it goes on from `at`."""
    if len(at) == len(slots):
        return at
    slot, room = slots[len(at)], rooms[len(at)]
    if any(_BARRIER in seen.fills[position] for position in at):
        room = 0 if _BARRIER in seen.fills[at[-1]] else min(room, 1)
    for position in _within(seen, at[-1], room):
        if slot in seen.fills[position]:
            whole = _follow(seen, (*at, position), slots, rooms)
            if whole:
                return whole
    return None


def _within(seen: Seen, last: int, room: int) -> Iterator[int]:
    """Yield the positions at which a phrase may go on after `last`."""
    clauses = seen.reading.clauses
    for position in range(
        last + 1, min(last + 2 + room + (LIGHT_MAX if room else 0), len(clauses))
    ):
        if clauses[position] != clauses[last]:
            return
        yield position
        room -= _LIGHT not in seen.fills[position]
        if room < 0 or _BARRIER in seen.fills[position]:
            return
