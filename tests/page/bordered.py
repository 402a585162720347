"""Made-up borders for the made-up afternoon: whatever is nearest to the middle of a kecamatan.

No real border is like these. They are as crooked as real ones, the same each time, and two
neighbours have the same line between them.
"""

import itertools
import json
import math
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from streams.domain.words import AreaKind
from streams.room.borders import draw
from streams.room.documents import Snapshot
from streams.room.geojson import shapes_of
from streams.room.settings import BordersFile

__all__ = ["borders_of", "geojson_of", "middles_of", "with_borders"]

Point = tuple[float, float]
_ROUNDS: Final = 4
_CROOKED: Final = 0.13
_FAR: Final = 0.06
"""Degrees between the outermost middle and the border of all."""


def with_borders(snapshot: Snapshot, *levels: AreaKind) -> Snapshot:
    """Return a snapshot of a room that has borders of these levels."""
    return replace(snapshot, session=replace(snapshot.session, borders=levels))


def borders_of(snapshot: Snapshot, *, without: Iterable[str] = ()) -> dict[str, object]:
    """Return the drawing of all kecamatan but those, as the room would send it."""
    middles = middles_of(snapshot)
    content = geojson_of({code: at for code, at in middles.items() if code not in without})
    file = BordersFile(file="made-up.geojson")
    shapes = {one.code: one.polygons for one in shapes_of(content, file)}
    drawing: dict[str, object] = json.loads(msgspec.json.encode(draw(shapes)))
    return drawing


def middles_of(snapshot: Snapshot) -> dict[str, Point]:
    """Return the middle of the TPS of each kecamatan: longitude, latitude."""
    found: dict[str, list[Point]] = {}
    for one in snapshot.tps:
        if one.place is not None:
            found.setdefault(one.code[:8], []).append((one.place.lon, one.place.lat))
    return {
        code: (sum(lon for lon, _ in at) / len(at), sum(lat for _, lat in at) / len(at))
        for code, at in sorted(found.items())
    }


def geojson_of(middles: Mapping[str, Point]) -> bytes:
    """Return a file of borders around these middles."""
    features = [
        {
            "type": "Feature",
            "properties": {"kode": code.replace(".", "")},
            "geometry": {"type": "Polygon", "coordinates": [_ring(at, middles.values())]},
        }
        for code, at in middles.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _ring(own: Point, middles: Iterable[Point]) -> list[Point]:
    others = [one for one in middles if one != own]
    lons, lats = [one[0] for one in (own, *others)], [one[1] for one in (own, *others)]
    west, east = min(lons) - _FAR, max(lons) + _FAR
    south, north = min(lats) - _FAR, max(lats) + _FAR
    corners: Sequence[Point] = [(west, south), (east, south), (east, north), (west, north)]
    for other in others:
        corners = _nearer(corners, own, other)
    rounded = [(round(lon, 7), round(lat, 7)) for lon, lat in corners]
    line = [
        point
        for one, other in zip(rounded, (*rounded[1:], rounded[0]), strict=True)
        for point in _crooked(one, other)[:-1]
    ]
    return [*line, line[0]]


def _nearer(corners: Sequence[Point], own: Point, other: Point) -> list[Point]:
    """Cut off what is nearer to another middle."""

    def beyond(point: Point) -> float:
        return math.dist(point, own) ** 2 - math.dist(point, other) ** 2

    kept = list[Point]()
    for one, after in zip(corners, (*corners[1:], corners[0]), strict=True):
        here, there = beyond(one), beyond(after)
        if here <= 0:
            kept.append(one)
        if here * there < 0:
            part = here / (here - there)
            kept.append((one[0] + part * (after[0] - one[0]), one[1] + part * (after[1] - one[1])))
    return kept


def _crooked(one: Point, other: Point) -> list[Point]:
    """Return a crooked line, which is the same from both of its ends."""
    first, last = sorted((one, other))
    luck = random.Random(f"{first[0]:.5f} {first[1]:.5f} {last[0]:.5f} {last[1]:.5f}")
    line = [first, last]
    for _ in range(_ROUNDS):
        halves = [line[0]]
        for begin, end in itertools.pairwise(line):
            aside = luck.uniform(-_CROOKED, _CROOKED)
            halves += [
                (
                    (begin[0] + end[0]) / 2 + aside * (end[1] - begin[1]),
                    (begin[1] + end[1]) / 2 - aside * (end[0] - begin[0]),
                ),
                end,
            ]
        line = halves
    return line if first == one else line[::-1]
