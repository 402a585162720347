"""Write `elections/carenang-binuang-2019`: a pilkades, one contest a desa, watched by one Polsek.

Areas, officers, what is vulnerable and the day are those of the sources; TPS, voters, candidates
and all else are invented by seeded arithmetic, so that the folder can be made again byte for byte.
The README in the folder says which is which.

    python -m tools.make_carenang_binuang [FOLDER]
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from tools.carenang_binuang_facts import (
    ACTORS,
    BHABIN_SHARE,
    CONTACTS,
    CONTEST,
    ELECTION,
    KABUPATEN,
    KECAMATAN,
    LAMARAN,
    MEKARSARI,
    NAMED,
    OTHER_CHOICES,
    OTHER_VOTERS,
    POLSEK,
    POSTS,
    RENGED,
    TPS_OF_A_PAIR,
    VOTERS_MAX,
    VOTERS_PLANNED,
)
from tools.folder_parts import (
    PERSONNEL_COLUMNS,
    ROOT,
    TPS_COLUMNS,
    Desa,
    Draw,
    adjacency_rows,
    degrees,
    desa_within,
    shared_out,
    table,
    write_folder,
)

FOLDER = ROOT / "elections" / "carenang-binuang-2019"
draw = Draw("carenang-binuang-2019")


class Tps(NamedTuple):
    """A TPS before it is watched by a pair."""

    desa: Desa
    number: int
    dpt: int
    tps_class: str

    @property
    def code(self) -> str:
        """Code of the TPS."""
        return f"{self.desa.code}-{self.number:03}"

    @property
    def is_watched_by_the_polsek(self) -> bool:
        """Tell it from those that officers from outside (BKO) watch: it is vulnerable."""
        return self.tps_class != "kurang_rawan"


def all_desa() -> list[Desa]:
    """Read the desa and give each a middle within its kecamatan's reach."""
    return desa_within({code: area.position for code, area in KECAMATAN.items()}, draw)


def all_tps(desa: Sequence[Desa]) -> list[Tps]:
    """Lay out the TPS: as few a desa as its voters need, none with more than the rule allows."""
    found: list[Tps] = []
    for one in desa:
        named = NAMED.get(one.code)
        voters = draw(*OTHER_VOTERS, "voters", one.code) if named is None else named.voters
        count = -(-voters // VOTERS_PLANNED)
        weights = [draw(94, 100, "w", one.code, number) for number in range(count)]
        classes = () if named is None else named.classes
        for number, dpt in enumerate(shared_out(voters, weights, [0] * count), start=1):
            assert dpt <= VOTERS_MAX, (one.name, number, dpt)
            tps_class = classes[number - 1] if number <= len(classes) else "kurang_rawan"
            found.append(Tps(one, number, dpt, tps_class))
    return found


def pairs(tps: Sequence[Tps]) -> dict[str, str]:
    """Give each TPS a pair; the first ones are the Polsek's own, for what is vulnerable."""
    found: dict[str, str] = {}
    number = 0
    for (outside, _, word), group in groupby(sorted(tps, key=_watch), key=_watch):
        members = list(group)
        size = TPS_OF_A_PAIR[word]
        assert outside == (word == "kurang_rawan")
        teams = -(-len(members) // size)
        for at, one in enumerate(members):
            found[one.code] = f"P{number + 1 + at * teams // len(members):02}"
        number += teams
    return found


def _watch(tps: Tps) -> tuple[bool, str, str]:
    """Tell what a pair has in common: who sends it, where it goes, how vulnerable it is there.

    A pair of the Polsek stays in its desa, one from outside in its kecamatan.
    """
    own = tps.is_watched_by_the_polsek
    return not own, tps.desa.code if own else tps.desa.kecamatan, tps.tps_class


def tps_rows(tps: Sequence[Tps], watched_by: dict[str, str]) -> Iterator[Sequence[object]]:
    """Yield the rows of `tps.csv`."""
    yield TPS_COLUMNS
    for one in tps:
        area, named = KECAMATAN[one.desa.kecamatan], NAMED.get(one.desa.code)
        transit = area.transit if named is None or named.transit is None else named.transit
        online = named is None or one.number not in named.offline
        north, east = draw(-30, 30, "lat", one.code), draw(-30, 30, "lon", one.code)
        yield (
            one.code,
            f"TPS {one.number:03} {one.desa.name}",
            *(one.desa.name, area.name, "Serang", "Banten", POLSEK),
            *(one.dpt, one.tps_class),
            *(degrees(one.desa.lat + north), degrees(one.desa.lon + east)),
            watched_by[one.code],
            draw(*transit, "t", one.code),
            "true" if online else "false",
            *("", "", "Serang", "05:30" if one.is_watched_by_the_polsek else "", ""),
        )


def personnel_rows(
    desa: Sequence[Desa], tps: Sequence[Tps], watched_by: dict[str, str]
) -> Iterator[Sequence[object]]:
    """Yield the rows of `personnel.csv`; names are call signs, and nobody has a telephone."""
    yield PERSONNEL_COLUMNS
    own = {watched_by[one.code]: one.is_watched_by_the_polsek for one in tps}
    for pair, is_own in sorted(own.items()):
        role, polsek = ("pam_tps", POLSEK) if is_own else ("polres", "")
        call = "Rajawali" if is_own else "Kujang"
        for half in "AB":
            name = f"Sandi {call} {pair[1:]}{half}"
            row = (f"{pair}{half}", name, role, polsek, pair, "", "true")
            yield (*row, "", "", "", KABUPATEN)
    for number, one in enumerate(with_bhabin(desa), start=1):
        name = f"Sandi Merpati {number:02}"
        row = (f"B{number:02}", name, "bhabinkamtibmas", POLSEK, "", "", "true")
        yield (*row, one.code, "", "", KABUPATEN)
    for officer, name, role, on_duty, start, end in POSTS:
        yield (officer, name, role, POLSEK, "", "", on_duty, "", start, end, KABUPATEN)


def with_bhabin(desa: Sequence[Desa]) -> list[Desa]:
    """Choose the desa that have a Bhabinkamtibmas, those that are named among them."""
    first = (MEKARSARI, LAMARAN, RENGED)
    count = -(-len(desa) * BHABIN_SHARE[0] // BHABIN_SHARE[1])
    drawn = sorted(desa, key=lambda one: (one.code not in first, draw(0, 1 << 40, "b", one.code)))
    return sorted(drawn[:count])


def election(desa: Sequence[Desa]) -> str:
    """Write `election.toml`: each desa elects its head, on a paper of its own."""
    text = ELECTION
    for one in desa:
        named = NAMED.get(one.code)
        count = draw(*OTHER_CHOICES, "choices", one.code) if named is None else named.choices
        choices = ", ".join(f'"{number:02}"' for number in range(1, count + 1))
        text += CONTEST.format(name=one.name, code=one.code, choices=choices)
    return text


def files() -> dict[str, str]:
    """Make every file of the folder but its README and its story."""
    desa = all_desa()
    tps = all_tps(desa)
    watched_by = pairs(tps)
    return {
        "election.toml": election(desa),
        "tps.csv": table(tps_rows(tps, watched_by)),
        "personnel.csv": table(personnel_rows(desa, tps, watched_by)),
        "adjacency.csv": table(adjacency_rows(desa)),
        "actors.csv": ACTORS,
        "contacts.toml": CONTACTS,
    }


def main() -> None:
    """Write the files."""
    write_folder(files(), FOLDER)


if __name__ == "__main__":
    main()
