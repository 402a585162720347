"""In which order the picture is told, and how much of it at once.

    changed ──areas, then TPS──► told          what changed since it was told last
    later   ──areas, then TPS──► told          everything, after a takeover; a part of each round

A round is what goes out at one time, once a second: a key is in it once, so nothing is told more
often than that. Most of a round is for what has changed; a part is kept for the rest, so that this
comes to an end however much happens.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from streams.domain.ids import AreaCode, ElectionId

__all__ = ["LATER_MIN", "ROUND_MAX", "PictureQueue", "Where"]

Where = tuple[ElectionId, AreaCode]
"""A TPS or area in an election, or in a drill of one."""

ROUND_MAX: Final = 500
"""Places of one round, beside the kabupaten."""
LATER_MIN: Final = 100
"""Of these, for what has not changed, as long as there is some."""
_TPS_LENGTH: Final = 17


class _Places:
    """Places in the order in which they came, each once; areas before TPS."""

    def __init__(self) -> None:
        self._areas: dict[Where, None] = {}
        self._tps: dict[Where, None] = {}

    def __len__(self) -> int:
        return len(self._areas) + len(self._tps)

    def add(self, where: Where) -> None:
        """Put a place at the end, unless it is there."""
        self._of(where).setdefault(where)

    def add_tps(self, stations: Iterable[Where]) -> None:
        """Put TPS at the end, except those that are there."""
        self._tps.update(dict.fromkeys(stations))

    def discard(self, where: Where) -> None:
        """Take a place out, if it is there."""
        self._of(where).pop(where, None)

    def take(self, most: int) -> list[Where]:
        """Take out so many from the front."""
        areas = list(islice(self._areas, most))
        tps = list(islice(self._tps, most - len(areas)))
        for where in (*areas, *tps):
            self.discard(where)
        return areas + tps

    def _of(self, where: Where) -> dict[Where, None]:
        return self._tps if len(where[1]) == _TPS_LENGTH else self._areas


class PictureQueue:
    """What is still to be told."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._changed = _Places()
        self._later = _Places()

    def __len__(self) -> int:
        """Return how many places are to be told."""
        return len(self._changed) + len(self._later)

    def change(self, where: Where) -> None:
        """Tell a place soon: it has changed."""
        self._changed.add(where)

    def change_tps(self, stations: Iterable[Where]) -> None:
        """Tell some TPS soon: they have changed."""
        self._changed.add_tps(stations)

    def tell_later(self, where: Where) -> None:
        """Tell a place when there is room."""
        self._later.add(where)

    def take(self) -> list[Where]:
        """Return the places of the next round."""
        kept = min(len(self._later), LATER_MIN)
        taken = self._changed.take(ROUND_MAX - kept)
        for where in taken:
            self._later.discard(where)
        later = self._later.take(ROUND_MAX - len(taken))
        for where in later:
            self._changed.discard(where)
        return taken + later
