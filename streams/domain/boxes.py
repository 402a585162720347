"""Ballot boxes of a TPS: which departure, escort and arrival belong to which box.

A box is called by its number; one without a number is `TPS#1`. What names no box, or one that never
left that TPS, belongs to the box that departed last before it; where none did, to the box that it
names itself. An escort that names none joins the box on its way; if none is, the next that leaves.
So a box whose number has changed on the way stays one box. Who confirms a seal has the box in mind
that he names, whatever has left since.

A number that comes in and never left is a changed one, or one whose departure is still to be told.
It is no other name of a box that has come in under its own; if all that left have, it is its own as
long as there are no more numbers than boxes, one a contest.
"""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from streams.domain.happenings import Happening, Point
from streams.domain.ids import AreaCode

__all__ = ["OF_BOXES", "boxes_of", "last_departure"]

OF_BOXES: Final = frozenset(
    {
        Happening.BOX_DEPARTED,
        Happening.ESCORT_JOINED,
        Happening.BOX_ARRIVED,
        Happening.CONFIRM_SEAL,
    }
)
_NAMED: Final = frozenset({Happening.BOX_DEPARTED, Happening.CONFIRM_SEAL})
"""What is of the box that it names, and of no other."""


class _Boxes(Struct, frozen=True):
    """What is known of all boxes of a TPS."""

    tps: AreaCode
    departures: tuple[Point, ...]
    """In order."""
    arrivals: tuple[Point, ...]
    """Those that name their box."""
    left: frozenset[str]
    """Ids under which a box has left."""
    all_real: bool
    """Whether each number that was told may be a box: there are no more of them than boxes."""

    def owner_of(self, point: Point, away: str | None) -> str:
        """Return the box that a word belongs to; `away` is on its way then, if one is."""
        named = point.said.box
        if point.kind in _NAMED or named in self.left:
            return _id_of(self.tps, point)
        if point.kind is Happening.ESCORT_JOINED and not named and away is None:
            leaves_next = next((one for one in self.departures if one.at >= point.at), None)
            if leaves_next is not None:
                return _id_of(self.tps, leaves_next)
        before = [one for one in self.departures if one.at <= point.at]
        if point.kind is Happening.BOX_ARRIVED and named:
            out = [one for one in before if not self._is_in(one)]
            if not out and self.all_real:
                return named
            before = out or before
        return _id_of(self.tps, before[-1] if before else point)

    def _is_in(self, departure: Point) -> bool:
        """Tell whether a box has come in under the number under which it left."""
        box = _id_of(self.tps, departure)
        return any(one.said.box == box and one.at >= departure.at for one in self.arrivals)


def boxes_of(tps: AreaCode, points: Iterable[Point], count: int) -> dict[str, tuple[Point, ...]]:
    """Return what happened to each box of a TPS, by the id of the box.

    Args:
        tps: Whose boxes they are.
        points: What is known to have happened there, in order.
        count: How many boxes it has: one a contest.
    """
    own = tuple(point for point in points if point.kind in OF_BOXES)
    if not own:  # So it is until the count is over.
        return {}
    departures = tuple(point for point in own if point.kind is Happening.BOX_DEPARTED)
    arrivals = tuple(one for one in own if one.kind is Happening.BOX_ARRIVED and one.said.box)
    left = frozenset(_id_of(tps, one) for one in departures)
    numbers = left.union(one.said.box for one in arrivals)
    known = _Boxes(tps, departures, arrivals, left, all_real=len(numbers) <= count)
    boxes: dict[str, list[Point]] = {}
    away: str | None = None
    """The box that is on its way, if one is."""
    for point in own:
        box = known.owner_of(point, away)
        boxes.setdefault(box, []).append(point)
        if point.kind is Happening.BOX_DEPARTED:
            away = box
        elif point.kind is Happening.BOX_ARRIVED and box == away:
            away = None
    return {box: tuple(happened) for box, happened in boxes.items()}


def _id_of(tps: AreaCode, point: Point) -> str:
    return point.said.box or f"{tps}#1"


def last_departure(points: Iterable[Point], arrived: Point) -> Point | None:
    """Return the last departure of a box before it arrived, or None."""
    before = (
        point for point in points if point.kind is Happening.BOX_DEPARTED and point.at <= arrived.at
    )
    return max(before, key=lambda point: point.order, default=None)
