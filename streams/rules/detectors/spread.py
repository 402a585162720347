"""Detector `spread`: the same thing burns in several desa near each other, so it is one matter.

What burns are the open alerts of one category in one kabupaten, the *children*. They become one
matter, a *parent* with the code of a kecamatan, in two ways, each from `desa_min` desa on whose
children opened within one window (closed on both sides, so two a window apart are in one):

    of a kecamatan       desa that burn in it, whoever they belong to
    of neighbours        desa that burn and belong to nobody, connected with each other by
                         adjacency; their parent is the kecamatan of the lowest code among them

A parent absorbs what burns near it, whenever it opened: in its own kecamatan, and whatever is
connected with it by adjacency. Each desa has at most one parent: that of its own kecamatan, if
there is one; else the one that took it first, for as long as it burns, even when those have gone
out by which it was connected; of two that could take it, the one with the lower code.

    no parent --enough desa in a window--> HOLDING
    HOLDING --`raise_at` desa, or a critical child--> HOLDING, raised (till its end)
    HOLDING --none of its desa burns, or all have found the parent of their own--> no parent

Which groups there are from nothing is a function of the children; who absorbs depends on who held
before, so that a fire that grows over a border does not change its name.

Bound: each desa of the kabupaten once. A step looks at each child, and at each pair of neighbours
that burn once a parent that begins.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.times import EpochMs

__all__ = [
    "Began",
    "Child",
    "Finding",
    "Finished",
    "Neighbours",
    "Parent",
    "Rose",
    "SpreadLimits",
    "SpreadState",
    "parent_of",
    "step",
]

Neighbours = Mapping[AreaCode, tuple[AreaCode, ...]]
"""Neighbours of each desa, both ways; a desa without any may be missing."""
_Owners = dict[AreaCode, AreaCode]
"""The parents of the desa that burn and have one."""


class Child(Struct, frozen=True, gc=False):
    """An open alert. Several may be of one desa, as of its TPS."""

    desa: AreaCode
    opened_at: EpochMs
    critical: bool = False


class Parent(Struct, frozen=True, gc=False, array_like=True):
    """One matter, and the desa that are part of it."""

    kecamatan: AreaCode
    desa: tuple[AreaCode, ...]
    """In order; those of its neighbours too."""
    raised: bool = False


class SpreadState(Struct, frozen=True, gc=False, array_like=True):
    """The parents of one category in one kabupaten that hold, in order."""

    parents: tuple[Parent, ...] = ()


class SpreadLimits(Struct, frozen=True, gc=False):
    """What a rule asks of the children."""

    desa_min: int
    """2 or more: so many desa begin it."""
    window_ms: int
    """Within which these have opened."""
    raise_at: int
    """From so many desa on it is raised."""


class Began(Struct, frozen=True, gc=False):
    """A parent holds; whether it is raised at once stands in the state."""

    kecamatan: AreaCode


class Rose(Struct, frozen=True, gc=False):
    """A parent that held already is raised."""

    kecamatan: AreaCode


class Finished(Struct, frozen=True, gc=False):
    """Nothing of it burns any more."""

    kecamatan: AreaCode


Finding = Began | Rose | Finished


def step(
    state: SpreadState,
    children: tuple[Child, ...],
    neighbours: Neighbours,
    limits: SpreadLimits,
) -> tuple[SpreadState, tuple[Finding, ...]]:
    """Take in the children as they stand now, in any order.

    Findings come in the order of their kecamatan, first what ended, then the rest.
    """
    opened: dict[AreaCode, list[EpochMs]] = {}
    for child in children:
        opened.setdefault(child.desa, []).append(child.opened_at)
    before = {parent.kecamatan: parent for parent in state.parents}
    of_parent: dict[AreaCode, list[AreaCode]] = {}
    for desa, owner in sorted(_owners(state, opened, neighbours, limits).items()):
        of_parent.setdefault(owner, []).append(desa)
    critical = {child.desa for child in children if child.critical}
    parents = tuple(
        _parent(before.get(kecamatan, Parent(kecamatan, ())), desa, critical, limits)
        for kecamatan, desa in sorted(of_parent.items())
    )
    ended = [Finished(kecamatan) for kecamatan in before if kecamatan not in of_parent]
    changed = [one for parent in parents for one in _changed(before.get(parent.kecamatan), parent)]
    return SpreadState(parents), (*ended, *changed)


def _parent(
    before: Parent, desa: list[AreaCode], critical: set[AreaCode], limits: SpreadLimits
) -> Parent:
    raised = len(desa) >= limits.raise_at or not critical.isdisjoint(desa)
    return Parent(before.kecamatan, tuple(desa), before.raised or raised)


def _changed(before: Parent | None, parent: Parent) -> tuple[Finding, ...]:
    if before is None:
        return (Began(parent.kecamatan),)
    return (Rose(parent.kecamatan),) if parent.raised and not before.raised else ()


def parent_of(state: SpreadState, desa: AreaCode) -> AreaCode | None:
    """Return the parent that a desa is part of, or None."""
    return next((one.kecamatan for one in state.parents if desa in one.desa), None)


def _owners(
    state: SpreadState,
    opened: Mapping[AreaCode, list[EpochMs]],
    neighbours: Neighbours,
    limits: SpreadLimits,
) -> _Owners:
    """Return who owns what burns: first those that held, then kecamatan, then neighbours."""
    owners: _Owners = {
        desa: parent.kecamatan for parent in state.parents for desa in parent.desa if desa in opened
    }
    held = set(owners.values())
    of_kecamatan: dict[AreaCode, list[AreaCode]] = {}
    for desa in sorted(opened):
        of_kecamatan.setdefault(kecamatan_of(desa), []).append(desa)
    for kecamatan, own in of_kecamatan.items():
        if kecamatan in held or _burst(own, opened, limits):
            owners.update(dict.fromkeys(own, kecamatan))
    _absorb(owners, opened, neighbours)
    looked_at: set[AreaCode] = set()
    # In order, so that each group is met at its lowest code.
    for desa in sorted(opened):
        if desa in owners or desa in looked_at:
            continue
        group = _connected([desa], opened, neighbours, owners)
        looked_at |= group
        if _burst(group, opened, limits):
            kecamatan = kecamatan_of(desa)
            owners.update(dict.fromkeys((*group, *of_kecamatan[kecamatan]), kecamatan))
            _absorb(owners, opened, neighbours)
    return owners


def _absorb(
    owners: _Owners, opened: Mapping[AreaCode, list[EpochMs]], neighbours: Neighbours
) -> None:
    """Give to each parent, the lowest code first, what is connected with its desa."""
    for kecamatan in sorted(set(owners.values())):
        own = [desa for desa, owner in owners.items() if owner == kecamatan]
        owners.update(dict.fromkeys(_connected(own, opened, neighbours, owners), kecamatan))


def _connected(
    start: Iterable[AreaCode],
    opened: Mapping[AreaCode, list[EpochMs]],
    neighbours: Neighbours,
    owners: _Owners,
) -> set[AreaCode]:
    """Return where one can go from `start` through desa that burn and have no owner."""
    found = set(start)
    ways = list(found)
    while ways:
        for near in neighbours.get(ways.pop(), ()):
            if near in opened and near not in owners and near not in found:
                found.add(near)
                ways.append(near)
    return found


def _burst(
    desa: Iterable[AreaCode], opened: Mapping[AreaCode, list[EpochMs]], limits: SpreadLimits
) -> bool:
    """Tell whether enough of some desa opened within one window."""
    recent: dict[AreaCode, EpochMs] = {}
    for at, newest in sorted((at, one) for one in desa for at in opened[one]):
        recent = {one: seen for one, seen in recent.items() if seen >= at - limits.window_ms}
        recent[newest] = at
        if len(recent) >= limits.desa_min:
            return True
    return False
