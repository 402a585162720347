"""Evidence: how much several voices say together (contract §4).

A voice weighs what its role weighs, in full for 15 minutes before the newest evidence, then
halving every 15. It counts once, however often it speaks: one voice per source, photo and text;
witnesses of one camp are one source. Evidence belongs together if it is about the same TPS, or
lies within a distance; what is about the desa alone joins every such cluster.

Bound: `EVIDENCE_MAX` items a scope; the oldest go first.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import VULNERABILITY, SourceClass, TpsClass

__all__ = ["EVIDENCE_MAX", "Cluster", "Item", "clusters_of", "distance_m", "faded"]

EVIDENCE_MAX: Final = 200
_FULL_MINUTES: Final = 15.0
_HALF_LIFE_MINUTES: Final = 15.0
_OFFICIAL: Final = frozenset({SourceClass.POLICE, SourceClass.SUPERVISORS, SourceClass.ORGANISERS})
_EARTH_RADIUS_M: Final = 6_371_000.0
"""Mean radius of the earth. Source: IUGG mean radius R1, rounded."""


class Item(Struct, frozen=True, gc=False, array_like=True):
    """One report as evidence."""

    at: EpochMs
    weight: float
    source_class: SourceClass
    voices: tuple[str, ...]
    """What makes it the same voice as another: `source:…`, `photo:…`, `text:…`."""
    tps: AreaCode | None
    tps_class: TpsClass
    """Of its TPS; what is about no TPS is `kurang_rawan`."""
    lat: float | None
    lon: float | None
    topic: str
    id: str
    source: str
    offset: str
    documented: bool = False
    """Whether something is attached to it."""
    checked: bool = False
    """Whether a person has checked it: then it is enough by itself."""


class Cluster(Struct, frozen=True, gc=False):
    """Items that belong together, and what they say."""

    items: tuple[Item, ...]
    """In order of time."""
    score: float
    voices: int
    """Number of voices that count."""
    classes: int
    """Number of classes of sources among them."""
    official: bool
    """Whether police, supervisors or organisers are among them."""
    documented: bool
    """Whether one of them has attached something."""
    tps_class: TpsClass
    """Of the most vulnerable TPS among the items."""
    checked: bool = False
    """Whether a person has checked one of them."""


def distance_m(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the distance of two points in metres, by the haversine formula on a sphere."""
    half_lat = sin(radians(lat_b - lat_a) / 2) ** 2
    half_lon = sin(radians(lon_b - lon_a) / 2) ** 2
    chord = half_lat + cos(radians(lat_a)) * cos(radians(lat_b)) * half_lon
    return 2 * _EARTH_RADIUS_M * asin(sqrt(min(1.0, chord)))


def clusters_of(
    items: tuple[Item, ...], newcomer: Item, window_ms: int, within_m: float | None
) -> tuple[Cluster, ...]:
    """Return the clusters that a new item is in, the highest score first.

    Other clusters are not looked at: a score changes only where evidence comes (contract §4).
    `window_ms` reaches back from the newest item of a cluster; without `within_m` all items belong
    together, wherever they lie. Of two alike the one with the more
    vulnerable TPS comes first, then that of the earlier centre.
    """
    recent = tuple(item for item in items if item.at >= newcomer.at - window_ms)
    if within_m is None:
        return (_cluster(recent, window_ms),)
    placed = tuple(item for item in recent if item.tps is not None or item.lat is not None)
    around = _clusters_around(placed, recent, newcomer, (window_ms, within_m))
    if not around:
        around = _clusters_around((newcomer,), recent, newcomer, (window_ms, within_m))
    return tuple(sorted(around, key=lambda one: (-one.score, -VULNERABILITY[one.tps_class])))


def _clusters_around(
    centres: tuple[Item, ...], items: tuple[Item, ...], newcomer: Item, limits: tuple[int, float]
) -> list[Cluster]:
    """Return the cluster of each centre that the newcomer is near to.

    A centre that is too old for its own window brings nothing together any more.
    """
    window_ms, within_m = limits
    groups: dict[tuple[Item, ...], Cluster] = {}
    for centre in centres:
        group = tuple(item for item in items if _near(item, centre, within_m))
        if newcomer in group:
            cluster = _cluster(group, window_ms)
            if centre == newcomer or centre in cluster.items:
                groups[group] = cluster
    return list(groups.values())


def _near(item: Item, centre: Item, within_m: float) -> bool:
    if item.tps is None and item.lat is None:
        return True
    if item.tps is not None and item.tps == centre.tps:
        return True
    if item.lat is None or item.lon is None or centre.lat is None or centre.lon is None:
        return False
    return distance_m(item.lat, item.lon, centre.lat, centre.lon) <= within_m


def _cluster(items: tuple[Item, ...], window_ms: int) -> Cluster:
    newest = max(item.at for item in items)
    inside = tuple(sorted((i for i in items if i.at >= newest - window_ms), key=_order))
    heard: set[str] = set()
    counted: list[Item] = []
    # The weightiest first, so that a repeat never lowers what a voice has said already.
    for item in sorted(inside, key=lambda i: (-_weight(i, newest), _order(i))):
        if item.weight > 0 and heard.isdisjoint(item.voices):
            counted.append(item)
        heard.update(item.voices)
    score = sum(_weight(item, newest) for item in sorted(counted, key=_order))
    classes = {item.source_class for item in counted}
    tps_class = max((item.tps_class for item in inside), key=VULNERABILITY.__getitem__)
    official = not classes.isdisjoint(_OFFICIAL)
    # A voice is all that it has said, its copies too; who has no weight is none.
    documented = any(item.documented for item in inside if item.weight > 0)
    return Cluster(
        items=inside,
        score=score,
        voices=len(counted),
        classes=len(classes),
        official=official,
        documented=documented,
        tps_class=tps_class,
        checked=any(item.checked for item in inside),
    )


def faded(weight: float, age_ms: int) -> float:
    """Return what is left of a weight, so long before the newest evidence (contract §4)."""
    fade = max(0.0, age_ms / MINUTE_MS - _FULL_MINUTES) / _HALF_LIFE_MINUTES
    return float(weight * 2.0**-fade)


def _weight(item: Item, newest: EpochMs) -> float:
    return faded(item.weight, newest - item.at)


def _order(item: Item) -> tuple[EpochMs, str, str, str]:
    return item.at, item.topic, item.source, item.id
