"""Places that a report may mean, the likeliest first: an aid for the person who decides.

Ranked are the desa of the area that is sure: those whose code was given, then those of that very
name, then those of a name like it; among equals the nearer to the reporter's position. A position
alone proposes the nearest few.
"""

from typing import Final

from msgspec import UNSET

from streams.domain.events import Place
from streams.domain.ids import AreaCode, desa_of
from streams.domain.words import AreaKind
from streams.territory.atlas import Atlas, Position
from streams.territory.names import alikeness, readings
from streams.territory.plan import covers

__all__ = ["candidates"]

_CANDIDATES_MAX: Final = 8
_NEAREST_MAX: Final = 3
_ALIKE_MIN: Final = 0.5
_CLAIMED, _SAME_NAME, _ALIKE, _NEAR = range(4)
_FAR: Final = float("inf")

Rank = tuple[int, float, float, AreaCode]


def candidates(atlas: Atlas, area: AreaCode, place: Place) -> tuple[AreaCode, ...]:
    """Return at most eight desa within `area`, the likeliest first."""
    claimed = {AreaCode(desa_of(code)) for code in (place.tps, place.desa) if code is not UNSET}
    same = atlas.named(place.name, AreaKind.DESA)
    spelt = readings(place.name, AreaKind.DESA)
    ranks: list[Rank] = []
    for desa in _within(atlas, area):
        away = _distance(place, atlas.middle.get(desa))
        if desa in claimed:
            ranks.append((_CLAIMED, 0, away, desa))
        elif desa in same:
            ranks.append((_SAME_NAME, 0, away, desa))
        elif spelt:
            alike = max(alikeness(reading, atlas.folded[desa]) for reading in spelt)
            if alike >= _ALIKE_MIN:
                ranks.append((_ALIKE, -alike, away, desa))
    ranks = ranks or _nearest(atlas, area, place)
    return tuple(desa for _, _, _, desa in sorted(ranks)[:_CANDIDATES_MAX])


def _within(atlas: Atlas, area: AreaCode) -> tuple[AreaCode, ...]:
    desa = atlas.below.get(area)
    if desa is not None:
        return desa
    return tuple(code for code in atlas.folded if covers(area, code))


def _nearest(atlas: Atlas, area: AreaCode, place: Place) -> list[Rank]:
    away = ((_distance(place, atlas.middle.get(desa)), desa) for desa in _within(atlas, area))
    near = sorted((far, desa) for far, desa in away if far < _FAR)
    return [(_NEAR, 0, far, desa) for far, desa in near[:_NEAREST_MAX]]


def _distance(place: Place, middle: Position | None) -> float:
    """Return a measure that grows with the distance; near the equator degrees are alike."""
    if place.lat is UNSET or place.lon is UNSET or middle is None:
        return _FAR
    return (place.lat - middle[0]) ** 2 + (place.lon - middle[1]) ** 2
