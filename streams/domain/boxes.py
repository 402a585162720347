"""Ballot boxes of a TPS: which departure, escort and arrival belong to which box.

A box is called by its number; one without a number is `TPS#1`. What names no box, or one that never
left that TPS, belongs to the box that departed last before it; where none did, to the box that it
names itself. An escort that names none joins the box on its way; if none is, the next that leaves.
So a box whose number has changed on the way stays one box. Who confirms a seal has the box in mind
that he names, whatever has left since.
"""

from collections.abc import Iterable
from typing import Final

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


def boxes_of(tps: AreaCode, points: Iterable[Point]) -> dict[str, tuple[Point, ...]]:
    """Return what happened to each box of a TPS, by the id of the box; `points` are in order."""
    own = tuple(point for point in points if point.kind in OF_BOXES)
    departures = tuple(point for point in own if point.kind is Happening.BOX_DEPARTED)
    boxes: dict[str, list[Point]] = {}
    away: str | None = None
    """The box that is on its way, if one is."""
    for point in own:
        box = _box_of(tps, point, departures, away)
        boxes.setdefault(box, []).append(point)
        if point.kind is Happening.BOX_DEPARTED:
            away = box
        elif point.kind is Happening.BOX_ARRIVED and box == away:
            away = None
    return {box: tuple(happened) for box, happened in boxes.items()}


def _box_of(tps: AreaCode, point: Point, departures: tuple[Point, ...], away: str | None) -> str:
    named = point.said.box
    if point.kind in _NAMED or named in {_id_of(tps, one) for one in departures}:
        return _id_of(tps, point)
    if point.kind is Happening.ESCORT_JOINED and not named and away is None:
        after = (one for one in departures if one.at >= point.at)
        leaves_next = next(after, None)
        if leaves_next is not None:
            return _id_of(tps, leaves_next)
    before = [one for one in departures if one.at <= point.at]
    return _id_of(tps, before[-1] if before else point)


def _id_of(tps: AreaCode, point: Point) -> str:
    return point.said.box or f"{tps}#1"


def last_departure(points: Iterable[Point], arrived: Point) -> Point | None:
    """Return the last departure of a box before it arrived, or None."""
    before = (
        point for point in points if point.kind is Happening.BOX_DEPARTED and point.at <= arrived.at
    )
    return max(before, key=lambda point: point.order, default=None)
