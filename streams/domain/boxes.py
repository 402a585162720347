"""Ballot boxes of a TPS: which departure, escort and arrival belong to which box.

A box is called by its number; one without a number is `TPS#1`. What names no box, or one that never
left that TPS, belongs to the box of the TPS that departed last before it; an escort that names none
and joins before all departures, to the first that leaves; else it belongs to the box that it names
itself. So a box whose number has changed on the way stays one box.
"""

from collections.abc import Iterable
from typing import Final

from streams.domain.happenings import Happening, Point
from streams.domain.ids import AreaCode

__all__ = ["OF_BOXES", "box_of", "boxes_of", "last_departure"]

OF_BOXES: Final = frozenset(
    {
        Happening.BOX_DEPARTED,
        Happening.ESCORT_JOINED,
        Happening.BOX_ARRIVED,
        Happening.CONFIRM_SEAL,
    }
)


def boxes_of(tps: AreaCode, points: Iterable[Point]) -> dict[str, tuple[Point, ...]]:
    """Return what happened to each box of a TPS, by the id of the box; `points` are in order."""
    own = tuple(point for point in points if point.kind in OF_BOXES)
    departures = tuple(point for point in own if point.kind is Happening.BOX_DEPARTED)
    boxes: dict[str, tuple[Point, ...]] = {}
    for point in own:
        box = box_of(tps, point, departures)
        boxes[box] = (*boxes.get(box, ()), point)
    return boxes


def box_of(tps: AreaCode, point: Point, departures: tuple[Point, ...]) -> str:
    """Return the id of the box that something happened to, by the departures from its TPS."""
    named = point.said.box
    left = {one.said.box or f"{tps}#1" for one in departures}
    if named in left:
        return named
    before = [one for one in departures if one.at <= point.at]
    if before and point.kind is not Happening.BOX_DEPARTED:
        return before[-1].said.box or f"{tps}#1"
    if point.kind is Happening.ESCORT_JOINED and departures and not named:
        return departures[0].said.box or f"{tps}#1"
    return named or f"{tps}#1"


def last_departure(points: Iterable[Point], arrived: Point) -> Point | None:
    """Return the last departure of a box before it arrived, or None."""
    before = (
        point for point in points if point.kind is Happening.BOX_DEPARTED and point.at <= arrived.at
    )
    return max(before, key=lambda point: point.order, default=None)
