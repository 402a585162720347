"""The Polsek of a plan: whose officers they are, where they lie, and how far the next one is.

Nobody has told where a Polsek stands, so it is taken to stand in the middle of its TPS. A road is
longer than the straight line, and a patrol car drives slower than it could.
"""

from collections import Counter
from collections.abc import Mapping
from math import ceil
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode, desa_of, kecamatan_of
from streams.domain.words import SourceClass, source_class_of
from streams.judge.roster import common_area
from streams.rules.evidence import distance_m
from streams.territory.plan import Officer, Plan

__all__ = ["Near", "Station", "is_police", "polsek_of", "stations_of"]

_ROAD_FACTOR: Final = 1.4
"""A road by the straight line. A planning value."""
_SPEED_M_PER_MINUTE: Final = 500
"""30 km/h. A planning value."""
_TPS_LENGTH: Final = 17
_Position = tuple[float, float]


class Near(Struct, frozen=True, gc=False):
    """Another Polsek of the kabupaten."""

    polsek: str
    minutes: int | None
    """Estimated travel time; None: one of the two has no TPS with coordinates."""


class Station(Struct, frozen=True):
    """A Polsek."""

    kabupaten: AreaCode
    name: str
    place: AreaCode
    """The narrowest area that all of its TPS lie in."""
    officers: tuple[Officer, ...]
    """Its police officers, in order of their ids; none: the roster does not know its strength."""
    near: tuple[Near, ...]
    """The others, the nearest first."""


def is_police(officer: Officer) -> bool:
    """Tell whether somebody on the roster is of the police."""
    return source_class_of(officer.role) is SourceClass.POLICE


def stations_of(plan: Plan) -> Mapping[AreaCode, Mapping[str, Station]]:
    """Return the Polsek of each kabupaten by name, in order."""
    officers: dict[tuple[AreaCode, str], list[Officer]] = {key: [] for key in plan.polsek}
    for one in plan.officers.values():
        if one.polsek and is_police(one):
            officers.setdefault((one.kabupaten, one.polsek), []).append(one)
    found: dict[AreaCode, dict[str, Station]] = {}
    for key in sorted(officers):
        kabupaten, name = key
        others = [other for place, other in officers if place == kabupaten and other != name]
        found.setdefault(kabupaten, {})[name] = Station(
            kabupaten=kabupaten,
            name=name,
            place=common_area(plan.polsek[key]) if key in plan.polsek else kabupaten,
            officers=tuple(sorted(officers[key], key=lambda one: one.officer)),
            near=_near(plan, key, others),
        )
    return found


def _near(plan: Plan, home: tuple[AreaCode, str], others: list[str]) -> tuple[Near, ...]:
    """Return the others: by travel time, then those beside it, then by name."""
    kabupaten, _ = home
    beside, middle = _beside(plan, home), _middle(plan, home)
    ranked: list[tuple[bool, int, bool, str]] = []
    for other in others:
        minutes = _minutes(middle, _middle(plan, (kabupaten, other)))
        codes = plan.polsek.get((kabupaten, other), ())
        is_beside = not beside.isdisjoint(
            area for code in codes for area in (desa_of(code), kecamatan_of(code))
        )
        ranked.append((minutes is None, minutes or 0, not is_beside, other))
    return tuple(Near(name, None if far else minutes) for far, minutes, _, name in sorted(ranked))


def _beside(plan: Plan, home: tuple[AreaCode, str]) -> frozenset[str]:
    """Return the kecamatan of a Polsek, and the neighbours of its desa."""
    codes = plan.polsek.get(home, ())
    desa = {desa_of(code) for code in codes}
    neighbours = {other for one in desa for other in plan.adjacency.get(one, ())}
    return frozenset({*plan.polsek_kecamatan(*home), *neighbours})


def _middle(plan: Plan, polsek: tuple[AreaCode, str]) -> _Position | None:
    """Return the middle of the TPS of a Polsek that have coordinates."""
    tps = (plan.tps[code] for code in plan.polsek.get(polsek, ()))
    placed = [(one.lat, one.lon) for one in tps if one.lat is not None and one.lon is not None]
    if not placed:
        return None
    count = len(placed)
    return sum(lat for lat, _ in placed) / count, sum(lon for _, lon in placed) / count


def _minutes(one: _Position | None, other: _Position | None) -> int | None:
    """Return the estimated travel time, whole minutes, at least 1."""
    if one is None or other is None:
        return None
    return max(1, ceil(distance_m(*one, *other) * _ROAD_FACTOR / _SPEED_M_PER_MINUTE))


def polsek_of(plan: Plan, places: tuple[AreaCode, ...]) -> str:
    """Return the Polsek with most of the TPS of some places, the first by name of several.

    A place is a TPS or a desa; empty if none of them votes.
    """
    counted: Counter[str] = Counter()
    for place in places:
        codes = (place,) if len(place) == _TPS_LENGTH else plan.tps_of_desa.get(place, ())
        known = (plan.tps_or_unknown(code) for code in codes)
        counted.update(one.polsek for one in known if one is not None)
    return min(counted, key=lambda name: (-counted[name], name), default="")
