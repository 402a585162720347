"""The index of a gazetteer: watched areas by name, and what lies in what."""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode, area_kind, desa_of, kabupaten_of, kecamatan_of
from streams.domain.words import AreaKind
from streams.territory.areas import Areas
from streams.territory.names import fold, readings, short_name
from streams.territory.plan import Plan

__all__ = ["Atlas", "Position"]

Position = tuple[float, float]
"""Latitude and longitude in degrees."""
Names = Mapping[str, frozenset[AreaCode]]

_NOTHING: Final = frozenset[AreaCode]()


class Atlas(Struct, frozen=True, kw_only=True):
    """What is known of the watched kabupaten.

    Attributes:
        watched: Kabupaten that have TPS of an election.
        complete: Those of them all of whose desa are known.
        known: Codes of all known areas in them, kabupaten down to desa.
        below: Desa of each kecamatan and kabupaten, sorted.
        folded: Folded name of each desa.
        middle: Mean position of the TPS of a desa, where any is known.
        by_name: Watched areas of each level by folded name.
        other_kabupaten: Kabupaten that are not watched, by folded name.
    """

    watched: frozenset[AreaCode]
    complete: frozenset[AreaCode]
    known: frozenset[AreaCode]
    below: Mapping[AreaCode, tuple[AreaCode, ...]]
    folded: Mapping[AreaCode, str]
    middle: Mapping[AreaCode, Position]
    by_name: Mapping[AreaKind, Names]
    other_kabupaten: Names

    @classmethod
    def of(cls, plans: tuple[Plan, ...], areas: Areas) -> "Atlas":
        """Index the areas of some plans, and the other kabupaten of the register."""
        watched = frozenset(code for plan in plans for code in plan.kabupaten)
        desa = _merged(plan.desa for plan in plans)
        kecamatan = _merged(plan.kecamatan for plan in plans)
        kabupaten = _merged(plan.kabupaten for plan in plans)
        spellings = [*(plan.other_names for plan in plans), areas.names]
        others = {
            code: name
            for code, name in areas.names.items()
            if area_kind(code) is AreaKind.KABUPATEN and code not in watched
        }
        return cls(
            watched=watched,
            complete=frozenset(code for plan in plans for code in plan.complete),
            known=frozenset([*desa, *kecamatan, *kabupaten]),
            below=_below(desa),
            folded={code: fold(name) for code, name in desa.items()},
            middle=_middles(plans),
            by_name={
                AreaKind.DESA: _by_name([desa, *(_only(desa, more) for more in spellings)]),
                AreaKind.KECAMATAN: _by_name(
                    [kecamatan, *(_only(kecamatan, more) for more in spellings)]
                ),
                AreaKind.KABUPATEN: _by_name(
                    [kabupaten, *(_only(kabupaten, more) for more in spellings)]
                ),
            },
            other_kabupaten=_by_name([others]),
        )

    def named(self, name: str, kind: AreaKind) -> frozenset[AreaCode]:
        """Return the watched areas of one level that a name, as people write it, can mean."""
        names = self.by_name[kind]
        return _NOTHING.union(*(names.get(reading, _NOTHING) for reading in readings(name, kind)))

    def kabupaten_named(self, name: str) -> frozenset[AreaCode]:
        """Return the kabupaten that a name can mean: watched ones, else any of the country."""
        found = self.named(name, AreaKind.KABUPATEN)
        others = (
            self.other_kabupaten.get(reading, _NOTHING)
            for reading in readings(name, AreaKind.KABUPATEN)
        )
        return found or _NOTHING.union(*others)


def _merged(tables: Iterable[Mapping[AreaCode, str]]) -> dict[AreaCode, str]:
    merged: dict[AreaCode, str] = {}
    for table in tables:
        merged.update(table)
    return dict(sorted(merged.items()))


def _only(wanted: Mapping[AreaCode, str], names: Mapping[AreaCode, str]) -> dict[AreaCode, str]:
    return {code: names[code] for code in wanted if code in names}


def _by_name(tables: Iterable[Mapping[AreaCode, str]]) -> Names:
    """Index areas by every folded spelling; a kabupaten also without its kind."""
    found: dict[str, set[AreaCode]] = {}
    for table in tables:
        for code, name in table.items():
            for spelling in (name, short_name(name)):
                found.setdefault(fold(spelling), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items() if name}


def _below(desa: Iterable[AreaCode]) -> dict[AreaCode, tuple[AreaCode, ...]]:
    found: dict[AreaCode, list[AreaCode]] = {}
    for code in desa:
        for parent in (kecamatan_of(code), kabupaten_of(code)):
            found.setdefault(parent, []).append(code)
    return {parent: tuple(codes) for parent, codes in found.items()}


def _middles(plans: tuple[Plan, ...]) -> dict[AreaCode, Position]:
    positions: dict[AreaCode, list[Position]] = {}
    for plan in plans:
        for code, tps in plan.tps.items():
            if tps.lat is not None and tps.lon is not None:
                positions.setdefault(desa_of(code), []).append((tps.lat, tps.lon))
    return {
        code: (sum(lat for lat, _ in found) / len(found), sum(lon for _, lon in found) / len(found))
        for code, found in positions.items()
    }
