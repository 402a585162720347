"""Real borders, drawn once at the start: for each group of siblings one small drawing.

    polygons ─► scaled to 0…1000, whole numbers ─► straightened ─► path, place of the label

Nothing is ever drawn finer than a screen shows. Two areas that share a border have the same points
on it, and equal points are snapped equally, so that no gap opens between them: lines are simplified
by the grid alone, never by a rule that looks at one area at a time. A drawing that is too long
is made on a coarser grid. An area that the grid swallows is a square, so that it can be pressed.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.ids import AreaCode, area_kind, kabupaten_of, kecamatan_of, provinsi_of
from streams.domain.words import AreaKind
from streams.room.geojson import Polygon, Shapes
from streams.room.outlines import Corners, corners_of, has_inside, label_of, path_of
from streams.territory.plan import Plan

__all__ = ["LEVELS", "NO_BORDERS", "Borders", "Drawing", "Outline", "Sheet", "draw", "watched_by"]

LEVELS: Final = (AreaKind.PROVINSI, AreaKind.KABUPATEN, AreaKind.KECAMATAN, AreaKind.DESA)
_SIDE: Final = 1_000
_SIDE_MIN: Final = 60
_TEXT_MAX: Final = 240_000
"""Characters of all paths of a drawing, which are sent as they are."""
_DOTS: Final = 125
"""A square that stands for an area is so small a part of the drawing."""


class Outline(Struct, frozen=True):
    """An area in a drawing."""

    code: AreaCode
    path: str
    """As SVG has it, filled by the rule `evenodd`."""
    at: tuple[float, float]
    """A place inside it for its label."""
    room: float
    """Half the height of an ellipse around it, twice as wide, that lies inside as well."""
    box: tuple[int, int, int, int]
    """Left, top, right, bottom."""


class Drawing(Struct, frozen=True):
    """Areas of one level, drawn together; north is up."""

    width: int
    height: int
    areas: tuple[Outline, ...]
    """By code."""
    missing: tuple[AreaCode, ...] = ()
    """Areas with an election, of which no file has borders: as public as the election is."""


class Sheet(Struct, frozen=True):
    """A drawing as it is sent."""

    body: bytes
    tag: str
    """By which a browser asks whether it has changed."""


class Borders:
    """All drawings of a room."""

    def __init__(self, shapes: Shapes, watched: AbstractSet[AreaCode]) -> None:
        """Draw the areas that are watched; of all others nothing is kept."""
        groups = {key: sorted(codes) for key, codes in _groups(watched).items()}
        self._sheets: Mapping[tuple[str, str], Sheet] = {
            key: _sheet(shapes, codes)
            for key, codes in groups.items()
            if any(code in shapes for code in codes)
        }

    @property
    def levels(self) -> tuple[AreaKind, ...]:
        """The levels of which there is a drawing."""
        found = {level for level, _ in self._sheets}
        return tuple(level for level in LEVELS if level in found)

    def sheet(self, level: str, area: str) -> Sheet | None:
        """Return the areas of a level within one, empty: everywhere. None: there is no drawing."""
        return self._sheets.get((level, area))


def watched_by(plans: Iterable[Plan]) -> frozenset[AreaCode]:
    """Return every area that has a TPS in one of these plans, from the province to the desa."""
    desa = {code for plan in plans for code in plan.tps_of_desa}
    wider = (provinsi_of, kabupaten_of, kecamatan_of)
    return frozenset(desa | {of(code) for of in wider for code in desa})


def draw(shapes: Shapes, missing: Sequence[AreaCode] = ()) -> Drawing:
    """Draw areas together, at least one, on the finest grid that is not too long."""
    side = _SIDE
    while True:
        grid = _Grid(shapes, side)
        rings = {code: grid.rings(polygons) for code, polygons in shapes.items()}
        paths = {code: path_of(one) for code, one in rings.items()}
        if side <= _SIDE_MIN or sum(map(len, paths.values())) <= _TEXT_MAX:
            break
        side //= 2
    outlines = tuple(_outline(code, one, paths[code]) for code, one in rings.items())
    return Drawing(grid.width, grid.height, outlines, tuple(missing))


def _groups(watched: AbstractSet[AreaCode]) -> dict[tuple[AreaKind, str], set[AreaCode]]:
    """Return siblings by level and by what they lie in; kabupaten also all together."""
    found: dict[tuple[AreaKind, str], set[AreaCode]] = {}
    for code in watched:
        match kind := area_kind(code):
            case AreaKind.PROVINSI:
                within: tuple[str, ...] = ("",)
            case AreaKind.KABUPATEN:
                # Few kabupaten of several provinces are shown side by side.
                within = ("", provinsi_of(code))
            case AreaKind.KECAMATAN:
                within = (kabupaten_of(code),)
            case AreaKind.DESA:
                within = (kecamatan_of(code),)
            case _:
                continue
        for area in within:
            found.setdefault((kind, area), set()).add(code)
    return found


def _sheet(shapes: Shapes, codes: Sequence[AreaCode]) -> Sheet:
    there = {code: shapes[code] for code in codes if code in shapes}
    body = msgspec.json.encode(draw(there, [code for code in codes if code not in shapes]))
    return Sheet(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


class _Grid:
    """Degrees as whole numbers, north up, with the aspect that they have on the ground."""

    def __init__(self, shapes: Shapes, side: int) -> None:
        points = [
            point
            for polygons in shapes.values()
            for polygon in polygons
            for ring in polygon
            for point in ring
        ]
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        self._west, self._north = min(lons), max(lats)
        self._squeeze = max(math.cos(math.radians((min(lats) + max(lats)) / 2)), 1e-3)
        wide = (max(lons) - min(lons)) * self._squeeze
        high = max(lats) - min(lats)
        self._scale = side / max(wide, high, 1e-9)
        self.dot = max(2, side // _DOTS)
        self.width = max(self.dot, round(wide * self._scale))
        self.height = max(self.dot, round(high * self._scale))

    def rings(self, polygons: Sequence[Polygon]) -> list[Corners]:
        """Return an area on the grid; a square where nothing of it is left."""
        parts = ([self._corners(ring) for ring in polygon] for polygon in polygons)
        found = [ring for part in parts if part[0] for ring in part if ring]
        return found if has_inside(found) else [self._square(polygons)]

    def _corners(self, ring: Iterable[tuple[float, float]]) -> Corners:
        x_scale = self._squeeze * self._scale
        return corners_of(
            (round((lon - self._west) * x_scale), round((self._north - lat) * self._scale))
            for lon, lat in ring
        )

    def _square(self, polygons: Sequence[Polygon]) -> Corners:
        x_scale = self._squeeze * self._scale
        lon, lat = polygons[0][0][0]
        left = round((lon - self._west) * x_scale) - self.dot // 2
        top = round((self._north - lat) * self._scale) - self.dot // 2
        left = min(max(left, 0), self.width - self.dot)
        top = min(max(top, 0), self.height - self.dot)
        right, bottom = left + self.dot, top + self.dot
        return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _outline(code: AreaCode, rings: Sequence[Corners], path: str) -> Outline:
    label = label_of(rings)
    assert label is not None, "what has no inside is a square by now"
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return Outline(code, path, *label, (min(xs), min(ys), max(xs), max(ys)))


NO_BORDERS: Final = Borders({}, frozenset())
"""Of a room that has no files of them."""
