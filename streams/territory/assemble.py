"""From what the files say to the plan: names, indexes, one order.

Everything is sorted by code, whatever the order of the rows: two folders with the same rows are the
same plan.
"""

from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

from msgspec import Struct

from streams.domain.ids import AreaCode, desa_of, kabupaten_of, kecamatan_of, provinsi_of
from streams.domain.words import AreaKind
from streams.territory.areas import Areas
from streams.territory.beside import Override, Phones
from streams.territory.names import fold
from streams.territory.parse_people import PersonnelSheet
from streams.territory.parse_tps import TpsSheet
from streams.territory.plan import Actor, Contact, Election, Plan

__all__ = ["Parts", "assemble"]

Key = TypeVar("Key", bound=Hashable)


class Parts(Struct, frozen=True, kw_only=True):
    """What the files of a folder say, each checked."""

    election: Election
    sheet: TpsSheet
    areas: Areas
    personnel: PersonnelSheet
    actors: tuple[Actor, ...] | None
    adjacency: Mapping[AreaCode, tuple[AreaCode, ...]]
    contacts: tuple[Contact, ...]
    overrides: tuple[Override, ...]


def assemble(parts: Parts) -> Plan:
    """Make the plan of parts without errors."""
    sheet, areas, personnel = parts.sheet, parts.areas, parts.personnel
    codes = sorted(sheet.tps)
    tps = {code: sheet.tps[code] for code in codes}
    votes = _grouped((desa_of(code), code) for code in codes)
    kabupaten = {kabupaten_of(code) for code in votes}
    desa = areas.below(kabupaten, AreaKind.DESA).keys() | votes.keys()
    kecamatan = areas.below(kabupaten, AreaKind.KECAMATAN).keys()
    return Plan(
        election=parts.election,
        tps=tps,
        officers=dict(sorted(personnel.officers.items())),
        actors=parts.actors,
        contacts=parts.contacts,
        adjacency=parts.adjacency,
        provinsi=_named({provinsi_of(code) for code in kabupaten}, parts),
        kabupaten=_named(kabupaten, parts),
        kecamatan=_named(kecamatan | {kecamatan_of(code) for code in desa}, parts),
        desa=_named(desa, parts),
        other_names=_other_names(parts),
        complete=frozenset(kabupaten & areas.complete),
        tps_of_desa=votes,
        tps_of_kabupaten=_grouped((kabupaten_of(code), code) for code in codes),
        polsek=_grouped(((one.kabupaten, one.polsek), code) for code, one in tps.items()),
        pairs=_grouped(((one.kabupaten, one.pair), code) for code, one in tps.items() if one.pair),
        overrides=parts.overrides,
        phones=Phones(personnel.phones),
    )


def _grouped(
    items: Iterable[tuple[Key, AreaCode]],
) -> dict[Key, tuple[AreaCode, ...]]:
    """Gather the codes of each key, which come sorted."""
    found: dict[Key, list[AreaCode]] = {}
    for key, code in items:
        found.setdefault(key, []).append(code)
    return {key: tuple(codes) for key, codes in found.items()}


def _named(codes: AbstractSet[AreaCode], parts: Parts) -> dict[AreaCode, str]:
    """Give each area the folder's name, else the register's, else its code."""
    own, official = parts.sheet.names, parts.areas.names
    return {code: own.get(code) or official.get(code) or code for code in sorted(codes)}


def _other_names(parts: Parts) -> dict[AreaCode, str]:
    official = parts.areas.names
    return {
        code: official[code]
        for code, name in sorted(parts.sheet.names.items())
        if code in official and fold(name) != fold(official[code])
    }
