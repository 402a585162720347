"""TPS of an election folder and who watches them: pairs, Bhabinkamtibmas, posts of the Polsek.

A pair watches TPS that have something in common, as many as its pattern allows. Officers are call
signs, and nobody has a telephone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tools.folder_parts import (
    PERSONNEL_COLUMNS,
    TPS_COLUMNS,
    Desa,
    Draw,
    Kecamatan,
    degrees,
)

UNSAFE = frozenset({"rawan", "sangat_rawan"})
"""Classes whose materials come at dawn."""
BHABIN_PER_MILLE = 466
"""Bhabinkamtibmas cover 46.6 % of desa and kelurahan (Validnews, 2023)."""

Post = tuple[str, str, str, str, str, str, str]
"""Officer without a pair: id, call sign, role, Polsek, on duty, shift from and to."""


class Tps(NamedTuple):
    """A TPS before it is watched by a pair."""

    desa: Desa
    number: int
    dpt: int
    tps_class: str
    transit: tuple[int, int]
    """Minutes of its box to the kecamatan, from and to."""
    online: bool = True
    site: str = ""
    """What it is called after, if not its desa."""
    bawaslu_class: str = ""

    @property
    def code(self) -> str:
        """Code of the TPS."""
        return f"{self.desa.code}-{self.number:03}"


class Kabupaten(NamedTuple):
    """A kabupaten with the kecamatan that vote."""

    code: str
    name: str
    provinsi: str
    kecamatan: Mapping[str, Kecamatan]

    def polsek_of(self, desa: Desa) -> str:
        """Return the Polsek of a desa."""
        return self.kecamatan[desa.kecamatan].polsek


class Team(NamedTuple):
    """What both officers of a pair are."""

    role: str
    call: str
    polsek: str


def pairs(
    tps: Iterable[Tps], alike: Callable[[Tps], tuple[object, ...]], size: Callable[[Tps], int]
) -> dict[str, str]:
    """Give each TPS a pair, numbered from 1 in the order of `alike`.

    Args:
        tps: All TPS.
        alike: What the TPS of a pair have in common.
        size: How many TPS such a pair may watch at most.
    """
    found: dict[str, str] = {}
    number = 0
    ordered = sorted(tps, key=lambda one: (alike(one), one.code))
    for _, group in groupby(ordered, key=alike):
        members = list(group)
        teams = -(-len(members) // size(members[0]))
        for at, one in enumerate(members):
            found[one.code] = f"P{number + 1 + at * teams // len(members):02}"
        number += teams
    return found


def tps_rows(
    kabupaten: Kabupaten, tps: Iterable[Tps], watched_by: Mapping[str, str], draw: Draw
) -> Iterator[Sequence[object]]:
    """Yield the rows of `tps.csv`."""
    yield TPS_COLUMNS
    for one in tps:
        area = kabupaten.kecamatan[one.desa.kecamatan]
        north, east = draw(-30, 30, "lat", one.code), draw(-30, 30, "lon", one.code)
        yield (
            one.code,
            f"TPS {one.number:03} {one.site or one.desa.name}",
            *(one.desa.name, area.name, kabupaten.name, kabupaten.provinsi, area.polsek),
            *(one.dpt, one.tps_class),
            *(degrees(one.desa.lat + north), degrees(one.desa.lon + east)),
            *(watched_by[one.code], draw(*one.transit, "t", one.code)),
            "true" if one.online else "false",
            *("", "", kabupaten.name, "05:30" if one.tps_class in UNSAFE else ""),
            one.bawaslu_class,
        )


def personnel_rows(
    kabupaten: Kabupaten, teams: Mapping[str, Team], bhabin: Iterable[Desa], posts: Iterable[Post]
) -> Iterator[Sequence[object]]:
    """Yield the rows of `personnel.csv`.

    Args:
        kabupaten: Where all of them serve.
        teams: Of each pair.
        bhabin: The desa that have a Bhabinkamtibmas.
        posts: Officers without a pair.
    """
    yield PERSONNEL_COLUMNS
    for pair, team in sorted(teams.items()):
        for half in "AB":
            name = f"Sandi {team.call} {pair[1:]}{half}"
            row = (f"{pair}{half}", name, team.role, team.polsek, pair, "", "true")
            yield (*row, "", "", "", kabupaten.code)
    for number, one in enumerate(bhabin, start=1):
        polsek, name = kabupaten.polsek_of(one), f"Sandi Merpati {number:02}"
        row = (f"B{number:02}", name, "bhabinkamtibmas", polsek, "", "", "true")
        yield (*row, one.code, "", "", kabupaten.code)
    for officer, name, role, polsek, on_duty, start, end in posts:
        yield (officer, name, role, polsek, "", "", on_duty, "", start, end, kabupaten.code)


def with_bhabin(
    desa: Sequence[Desa], draw: Draw, count: int, first: Iterable[str] = ()
) -> list[Desa]:
    """Choose the desa that have a Bhabinkamtibmas.

    Args:
        desa: All that vote.
        draw: Chooses.
        count: How many have one; `BHABIN_PER_MILLE` of them is usual.
        first: Codes of those that have one in any case.
    """
    surely = frozenset(first)
    drawn = sorted(desa, key=lambda one: (one.code not in surely, draw(0, 1 << 40, "b", one.code)))
    return sorted(drawn[:count])


def polsek_posts(polsek: Iterable[str], hours: tuple[str, str]) -> tuple[Post, ...]:
    """Return the head and four others of each Polsek: two by day, one by night, one off duty."""
    day, night = hours
    found: list[Post] = []
    for number, name in enumerate(polsek, start=1):
        head, reserve = f"Sandi Garuda {number}", f"Sandi Elang {number}"
        found += [
            (f"K{number}", head, "polsek", name, "true", "", ""),
            (f"C{number}A", f"{reserve}A", "polsek", name, "true", day, night),
            (f"C{number}B", f"{reserve}B", "polsek", name, "true", day, night),
            (f"C{number}C", f"{reserve}C", "polsek", name, "true", night, day),
            (f"C{number}D", f"{reserve}D", "polsek", name, "false", "", ""),
        ]
    return tuple(found)
