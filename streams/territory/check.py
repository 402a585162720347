"""Checks across the rows and files of an election folder.

What one cell or row says is checked where it is read. Here is what shows only when they are laid
side by side: a Polsek in two kabupaten, a pair without officers, a contest without voters, a name
that differs from the register.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from streams.domain.ids import AreaCode, area_kind, desa_of, kabupaten_of
from streams.domain.words import AreaKind
from streams.territory.areas import Areas
from streams.territory.fault import Faults, some_of
from streams.territory.names import fold, same_name
from streams.territory.parse_election import ElectionText
from streams.territory.parse_tps import TpsSheet
from streams.territory.plan import Tps

__all__ = ["check_contests", "check_pairs_are_manned", "check_register", "check_tps"]

_LENGTHS: Final = (2, 5, 8, 13)
"""Of the codes of the areas a TPS lies in."""
_PARENT_LENGTHS: Final = {AreaKind.KABUPATEN: 2, AreaKind.KECAMATAN: 5, AreaKind.DESA: 8}


def check_contests(text: ElectionText, sheet: TpsSheet, faults: Faults) -> None:
    """Note contests in which no TPS votes, and TPS that vote in no contest."""
    areas = {code[:length] for code in sheet.lines for length in _LENGTHS}
    contests = text.election.contests
    for contest in contests:
        well_formed = area_kind(contest.area) not in (None, AreaKind.TPS)
        if contest.area not in areas and well_formed:
            line = text.contest_lines.get(contest.id, 0)
            faults.quoted(line, "area", contest.area, "an area with TPS in tps.csv")
    voting = {contest.area for contest in contests}
    idle = [code for code in sheet.lines if not _lies_in(code, voting)]
    if idle and contests:
        found = f"{len(idle)} TPS that vote in no contest, the first {idle[0]}"
        faults.warning(0, "contests", found, "a contest whose area covers each TPS")


def check_tps(sheet: TpsSheet, faults: Faults) -> None:
    """Note Polsek, pairs and names that do not fit together."""
    _check_polsek_in_one_kabupaten(sheet, faults)
    for expected, group_of in (
        ("one Polsek for all TPS of a desa", _desa_key),
        ("one Polsek for all TPS of a pair", _pair_key),
    ):
        polsek: dict[str, str] = {}
        told = set[str]()
        for code, tps in sheet.tps.items():
            group = group_of(tps)
            if not group or polsek.setdefault(group, tps.polsek) == tps.polsek or group in told:
                continue
            told.add(group)
            found = f"{tps.polsek!r}, elsewhere {polsek[group]!r}"
            faults.warning(sheet.lines[code], "polsek", found, expected)
    _check_names_differ(sheet, faults)


def _desa_key(tps: Tps) -> str:
    return tps.desa


def _pair_key(tps: Tps) -> str:
    return f"{tps.kabupaten}/{tps.pair}" if tps.pair else ""


def _check_polsek_in_one_kabupaten(sheet: TpsSheet, faults: Faults) -> None:
    """Two kabupaten may have a Polsek of one name, but then not of one Polres."""
    lines: dict[tuple[AreaCode, str], int] = {}
    for code, tps in sheet.tps.items():
        lines.setdefault((tps.kabupaten, tps.polsek), sheet.lines[code])
    seen: dict[tuple[str, str], AreaCode] = {}
    for (kabupaten, polsek), polres in sheet.polres_given.items():
        first = seen.setdefault((fold(polres), fold(polsek)), kabupaten)
        if first != kabupaten:
            found = f"{polsek!r} of Polres {polres} in {kabupaten} and {first}"
            line = lines.get((kabupaten, polsek), 0)
            faults.error(line, "polsek", found, "each Polsek within one kabupaten")


def _check_names_differ(sheet: TpsSheet, faults: Faults) -> None:
    """Two areas of one name below one parent: rarely true, mostly a code that was mistyped."""
    lines = _first_lines(sheet)
    seen: dict[tuple[str, str], AreaCode] = {}
    for code, name in sheet.names.items():
        kind = area_kind(code)
        if kind is not None and kind in _PARENT_LENGTHS:
            key = (code[: _PARENT_LENGTHS[kind]], fold(name))
            other = seen.setdefault(key, code)
            if other != code:
                found = f"{name!r} for {code} and for {other}"
                faults.warning(lines.get(code, 0), kind, found, "different names, or one code")


def check_register(sheet: TpsSheet, areas: Areas, faults: Faults) -> None:
    """Note codes that the register does not have, and names that differ from it."""
    lines = _first_lines(sheet)
    unlisted = set[AreaCode]()
    for code, line in lines.items():
        kind = area_kind(code)
        assert kind is not None, code
        official, name = areas.names.get(code), sheet.names.get(code)
        if official is None and name is None:
            expected = "its name, as the register has none"
            faults.warning(line, kind, f"only the code {code}", expected)
        if official is None and kabupaten_of(code) in areas.complete:
            faults.warning(line, "tps", f"{code}", f"a {kind} that the register has")
        elif official is None and kind is AreaKind.DESA:
            unlisted.add(kabupaten_of(code))
        elif official is not None and name is not None and not same_name(name, official, kind):
            expected = f"{official!r}, the register's name of {code}; both are understood"
            faults.warning(line, kind, f"{name!r}", expected)
    if unlisted:
        codes = sorted(unlisted)
        found = f"no register of the desa of {some_of(codes)}"
        expected = "areas.csv in the folder (code,name), to place reports from desa without a TPS"
        faults.warning(0, "", found, expected)


def check_pairs_are_manned(
    sheet: TpsSheet, officers: Iterable[tuple[AreaCode, str]], faults: Faults
) -> None:
    """Note pairs that watch TPS but have nobody on the roster.

    Args:
        sheet: The TPS.
        officers: (kabupaten, pair) of everybody on the roster.
        faults: Where to note it.
    """
    manned = set(officers)
    seen = set[tuple[AreaCode, str]]()
    for code, tps in sheet.tps.items():
        key = (tps.kabupaten, tps.pair)
        if tps.pair and key not in manned and key not in seen:
            seen.add(key)
            expected = "a pair that somebody in personnel.csv belongs to"
            faults.warning(sheet.lines[code], "pair", f"{tps.pair!r}", expected)


def _first_lines(sheet: TpsSheet) -> Mapping[AreaCode, int]:
    """Return the line on which each area is first seen, provinces down to desa."""
    lines: dict[AreaCode, int] = {}
    known = set[AreaCode]()
    for code, line in sheet.lines.items():
        desa = desa_of(code)
        if desa not in known:
            known.add(desa)
            for length in _LENGTHS:
                lines.setdefault(AreaCode(code[:length]), line)
    return lines


def _lies_in(code: AreaCode, areas: set[AreaCode]) -> bool:
    return any(code[:length] in areas for length in _LENGTHS)
