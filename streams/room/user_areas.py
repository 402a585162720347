"""The areas of users, held against what there is: the register of areas, and the TPS watched.

An area that nobody knows, or that has no TPS, looks like a calm day: no alert ever comes of it.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from streams.domain.ids import AreaCode, area_kind, kabupaten_of, parents_of
from streams.domain.words import AreaKind
from streams.room.borders import watched_by
from streams.territory.areas import Areas
from streams.territory.fault import Fault, Faults, some_of
from streams.territory.plan import Actor, Plan

__all__ = ["fault_of_area", "unwatched"]

_NEAR_MAX: Final = 3
_BELOW_KABUPATEN: Final = frozenset({AreaKind.KECAMATAN, AreaKind.DESA})


def fault_of_area(code: str, areas: Areas) -> str:
    """Return what is wrong with the code of an area that nobody knows; empty: nothing.

    Kecamatan and desa are known of some kabupaten only; of the others any may be meant.
    """
    if area_kind(code) in {None, AreaKind.TPS} or code in areas.names:
        return ""
    inside = kabupaten_of(code)
    is_open = inside in areas.names and inside not in areas.complete
    if is_open and area_kind(code) in _BELOW_KABUPATEN:
        return ""
    near = _nearest(code, areas.names, areas.names)
    return f"area: nobody knows {code}; did you mean {' or '.join(near)}?"


def unwatched(file: str, room: Iterable[Actor], plans: Iterable[Plan]) -> tuple[Fault, ...]:
    """Warn of each user of a file in whose area none of these elections has a TPS."""
    every = tuple(plans)
    watched, faults = watched_by(every), Faults(file)
    names = {code: name for plan in every for code, name in _names(plan)}
    for user in room:
        if watched and user.area and user.area not in watched:
            found = f"{user.area}, where no TPS is watched: the page of this user stays empty"
            near = some_of(_nearest(user.area, watched, names))
            faults.warning(0, f"users.{user.actor}.area", found, f"an area with TPS, as {near}")
    return tuple(faults.noted)


def _names(plan: Plan) -> Iterator[tuple[AreaCode, str]]:
    for known in (plan.provinsi, plan.kabupaten, plan.kecamatan, plan.desa):
        yield from known.items()


def _nearest(
    code: str, known: Iterable[AreaCode], names: Mapping[AreaCode, str]
) -> tuple[str, ...]:
    """Return the areas whose codes are most like one, with their names.

    They lie beside it, or beside the first that it lies in; else they are any of the country.
    """
    kinds = {one: area_kind(one) for one in known}
    anywhere = (AreaCode(""), kabupaten_of(code))
    for wider, one in (*reversed([*pairwise(parents_of(code))]), anywhere):
        kind = area_kind(one)
        beside = [each for each in kinds if kinds[each] is kind and each.startswith(wider)]
        if beside:
            near = difflib.get_close_matches(one, beside, n=_NEAR_MAX, cutoff=0.0)
            return tuple(f"{each} ({names.get(AreaCode(each), '?')})" for each in near)
    return ()
