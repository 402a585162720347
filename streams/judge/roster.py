"""Pairs of officers, worked out from the plan once: what they watch, and how vulnerable it is."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from streams.domain.events import StatusKind
from streams.domain.ids import (
    AreaCode,
    Scope,
    desa_of,
    kabupaten_of,
    kecamatan_of,
)
from streams.domain.journal import AcceptedStatus
from streams.domain.words import VULNERABILITY, TpsClass
from streams.territory.plan import Plan, Tps

__all__ = [
    "DutyKey",
    "Pair",
    "common_area",
    "most_vulnerable",
    "on_duty_by_post",
    "pairs_by_scope",
    "pairs_of",
    "place_of",
    "scope_of",
    "tps_of_officer",
]

DutyKey = tuple[str, str, str]
"""`pair` or `desa`; its kabupaten, or the code of the desa; its name."""


_OF_OFFICERS: Final = frozenset({StatusKind.CHECKIN, StatusKind.DURESS})


class Pair(Struct, frozen=True, gc=False):
    """A pair of officers and the TPS that it watches."""

    tps: tuple[Tps, ...]
    tps_class: TpsClass
    place: AreaCode
    """The narrowest area that all of its TPS lie in."""


def scope_of(kabupaten: str, kind: str, name: str) -> Scope:
    """Return the scope of what has no code of its own, as `pair:36.04/P03`."""
    return Scope(f"{kind}:{kabupaten_of(kabupaten)}/{name}")


def place_of(scope: str) -> AreaCode:
    """Return the area of a scope: its code, else the kabupaten that is named in it."""
    kind, named, name = scope.partition(":")
    return AreaCode(name.partition("/")[0]) if named else AreaCode(kind)


def tps_of_officer(plan: Plan, kabupaten: str, officer_id: str) -> tuple[Tps, ...]:
    """Return the TPS of the pair that an officer is in; none, if nobody knows of one."""
    officer = plan.officers.get((kabupaten_of(kabupaten), officer_id))
    codes = plan.pairs.get((officer.kabupaten, officer.pair), ()) if officer else ()
    return tuple(plan.tps[code] for code in codes)


def most_vulnerable(tps: tuple[Tps, ...]) -> TpsClass:
    """Return the class of the most vulnerable TPS; `kurang_rawan` if there is none."""
    classes = (one.tps_class for one in tps)
    return max(classes, key=VULNERABILITY.__getitem__, default=TpsClass.KURANG_RAWAN)


def pairs_by_scope(plan: Plan) -> Mapping[Scope, Pair]:
    """Return every pair of the plan by its scope."""
    pairs: dict[Scope, Pair] = {}
    for (kabupaten, name), codes in plan.pairs.items():
        tps = tuple(plan.tps[code] for code in codes)
        place = common_area(codes)
        pairs[scope_of(kabupaten, "pair", name)] = Pair(tps, most_vulnerable(tps), place)
    return pairs


def common_area(codes: tuple[AreaCode, ...]) -> AreaCode:
    """Return the narrowest area that some places of one kabupaten lie in, a desa or wider."""
    for narrower in (desa_of, kecamatan_of):
        areas = {narrower(code) for code in codes}
        if len(areas) == 1:
            return areas.pop()
    return kabupaten_of(codes[0])


def on_duty_by_post(plan: Plan) -> Mapping[DutyKey, tuple[str, ...]]:
    """Return the officers by what they are on duty for: a pair, else a desa."""
    found: dict[DutyKey, list[str]] = {}
    for (kabupaten, officer_id), officer in plan.officers.items():
        if (kabupaten, officer.pair) in plan.pairs:
            key: DutyKey = ("pair", kabupaten, officer.pair)
        elif officer.desa in plan.tps_of_desa:
            key = ("desa", str(officer.desa), "")
        else:
            continue
        found.setdefault(key, []).append(officer_id)
    return {key: tuple(officers) for key, officers in found.items()}


def pairs_of(plan: Plan, accepted: AcceptedStatus) -> Iterator[Scope]:
    """Return the pairs that a status is a message of: its TPS', and its officer's."""
    event, kabupaten = accepted.event, kabupaten_of(accepted.place)
    tps = plan.tps.get(AreaCode(event.tps)) if isinstance(event.tps, str) else None
    of_tps = tps.pair if tps else ""
    if of_tps:
        yield scope_of(kabupaten, "pair", of_tps)
    if event.kind in _OF_OFFICERS:
        officer = plan.officers.get((kabupaten, str(event.officer)))
        pair = officer.pair if officer else ""
        if pair and pair != of_tps and (kabupaten, pair) in plan.pairs:
            yield scope_of(kabupaten, "pair", pair)
