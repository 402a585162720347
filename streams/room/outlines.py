"""Outlines of areas on a grid of whole numbers: their corners, their path, the place of a label.

A label stands where it has most room: where an ellipse, twice as wide as high, is the
largest that fits in around it. Candidates are the middles of horizontal chords. Between two lines
of the grid no ring has a corner, so whatever lies on a chord there is surely inside.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

__all__ = ["Corners", "Label", "Point", "corners_of", "has_inside", "label_of", "path_of"]

_LINES: Final = 15
"""So many horizontal lines are tried for a label."""
_ROUGH: Final = 40
"""So many corners of a ring tell well enough where there is room."""
_TRIED: Final = 3
"""So many of these places are looked at closely."""
_CORNERS_MIN: Final = 3

Point = tuple[int, int]
Corners = list[Point]
"""A ring, without its last point."""
Label = tuple[tuple[float, float], float]
"""The place of a label, and half the height of the ellipse around it."""


def corners_of(points: Iterable[Point]) -> Corners:
    """Return the corners of a closed ring: no point that repeats or lies straight on the way.

    None are left of what encloses nothing.
    """
    found: Corners = []
    for point in points:
        while len(found) > 1 and point != found[-1] and _is_straight(found[-2], found[-1], point):
            found.pop()
        if not found or found[-1] != point:
            found.append(point)
    while len(found) >= _CORNERS_MIN:
        if found[0] == found[-1] or _is_straight(found[-2], found[-1], found[0]):
            found.pop()
        elif _is_straight(found[-1], found[0], found[1]):
            found.pop(0)
        else:
            return found
    return []


def path_of(rings: Sequence[Corners]) -> str:
    """Return rings as a path of SVG."""
    return "".join(map(_path, rings))


def has_inside(rings: Sequence[Corners]) -> bool:
    """Tell whether a label could stand inside."""
    return bool(rings) and any(True for line in _rows(rings) for _ in _middles(rings, line))


def label_of(rings: Sequence[Corners]) -> Label | None:
    """Return where a label has most room; None: there is no inside."""
    rows = _rows(rings)
    rough = [ring[:: max(1, len(ring) // _ROUGH)] for ring in rings]
    tried = {rows[len(rows) * step // _LINES] for step in range(_LINES)}
    promising = sorted(
        ((_room(x, line, rough), line) for line in tried for x in _middles(rough, line)),
        reverse=True,
    )
    for lines in ([line for _, line in promising[:_TRIED]], rows):
        places = [(_room(x, line, rings), x, line) for line in lines for x in _middles(rings, line)]
        if places:
            room, x, y = max(places)
            return (x, y), room
    return None


def _rows(rings: Sequence[Corners]) -> Sequence[float]:
    """Return the heights between the lines of the grid, of the largest ring."""
    heights = [y for _, y in max(rings, key=_size)]
    return [line + 0.5 for line in range(min(heights), max(heights))]


def _middles(rings: Sequence[Corners], y: float) -> Iterator[float]:
    """Yield the middles of what is inside at a height."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in _lines(ring)
        if (y1 < y) != (y2 < y)
    )
    for left, right in zip(crossings[::2], crossings[1::2], strict=True):
        if left < right:
            yield (left + right) / 2


def _room(x: float, y: float, rings: Sequence[Corners]) -> float:
    nearest = math.inf
    for ring in rings:
        for (x1, y1), (x2, y2) in _lines(ring):
            from_x, from_y, along_x, along_y = (x1 - x) / 2, y1 - y, (x2 - x1) / 2, y2 - y1
            # Corners of a rough ring may fall together.
            length = along_x * along_x + along_y * along_y or 1.0
            part = -(from_x * along_x + from_y * along_y) / length
            part = 0.0 if part < 0 else 1.0 if part > 1 else part
            off_x, off_y = from_x + part * along_x, from_y + part * along_y
            found = off_x * off_x + off_y * off_y
            nearest = min(nearest, found)
    return math.sqrt(nearest)


def _lines(ring: Corners) -> Iterable[tuple[Point, Point]]:
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _is_straight(one: Point, corner: Point, other: Point) -> bool:
    """Tell whether nothing is lost without the corner; a way there and back is nothing as well."""
    (x1, y1), (x, y), (x2, y2) = one, corner, other
    return (x - x1) * (y2 - y) == (y - y1) * (x2 - x)


def _path(ring: Corners) -> str:
    steps = (f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in [*_lines(ring)][:-1])
    x, y = ring[0]
    return f"M{x} {y}l{' '.join(steps)}z"


def _size(ring: Corners) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _lines(ring))) / 2
