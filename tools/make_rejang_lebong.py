"""Write `elections/rejang-lebong-2024`: the folder that the demo plays and many tests use.

Counts and codes are those of the real poll, as far as they were published; what was not (which TPS
is vulnerable, who watches it, where it stands) is invented by seeded arithmetic, so that the folder
can be made again byte for byte. The README in the folder says which is which.

    python -m tools.make_rejang_lebong [FOLDER]
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

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
from tools.rejang_lebong_facts import (
    ACTORS,
    CONTACTS,
    DPT,
    ELECTION,
    HARD_DESA,
    KECAMATAN,
    LAPAS_DESA,
    LAPAS_DPT,
    LAPAS_NUMBERS,
    POLICE_POSTS,
    RAWAN_DESA,
    SANGAT_RAWAN_DESA,
    TPS_COUNT,
)

FOLDER = ROOT / "elections" / "rejang-lebong-2024"
KABUPATEN = "17.02"
draw = Draw("rejang-lebong-2024")
VOTERS_MAX = 600
BHABIN_SHARE = (466, 1000)
"""Bhabinkamtibmas cover 46.6 % of desa and kelurahan (Validnews, 2023)."""
TPS_OF_A_PAIR = {"kurang_rawan": 8, "rawan": 2, "sangat_rawan": 1, "khusus": 1}
"""Patterns police:TPS:linmas 2:8:16, 2:2:4, 2:1:2 and 2:1; in the town 2:16:32."""
TPS_OF_A_TOWN_PAIR = 16
TOWN_POLSEK = "Curup"


class Tps(NamedTuple):
    """A TPS before it is watched by a pair."""

    desa: Desa
    number: int
    hard: bool
    tps_class: str

    @property
    def code(self) -> str:
        """Code of the TPS."""
        return f"{self.desa.code}-{self.number:03}"

    @property
    def polsek(self) -> str:
        """Polsek of its kecamatan."""
        return KECAMATAN[self.desa.kecamatan].polsek


def all_desa() -> list[Desa]:
    """Read the desa of the kabupaten and give each a middle within its kecamatan's reach."""
    return desa_within({code: area.position for code, area in KECAMATAN.items()}, draw)


def all_tps(desa: Sequence[Desa]) -> list[Tps]:
    """Lay out the TPS: at least one a desa, more in kelurahan, those of the prison beside them."""
    weights = [
        draw(4, 6, "w", one.code) if one.is_kelurahan else draw(1, 4, "w", one.code) for one in desa
    ]
    least = [1 + HARD_DESA.get(one.name, 0) for one in desa]
    counts = shared_out(TPS_COUNT - len(LAPAS_NUMBERS), weights, least)
    found: list[Tps] = []
    for one, count in zip(desa, counts, strict=True):
        # The last numbers of a desa are its hamlets far away from the village.
        hard_from = count - HARD_DESA.get(one.name, 0)
        found += [
            Tps(one, number, number > hard_from, class_of(one, number, count))
            for number in range(1, count + 1)
        ]
        if one.code == LAPAS_DESA:
            found += [Tps(one, number, hard=False, tps_class="khusus") for number in LAPAS_NUMBERS]
    return found


def class_of(desa: Desa, number: int, count: int) -> str:
    """Return the invented class: vulnerable is one TPS of each desa in the lists, the last."""
    if number == count and desa.name in SANGAT_RAWAN_DESA:
        return "sangat_rawan"
    return "rawan" if number == count and desa.name in RAWAN_DESA else "kurang_rawan"


def voters(tps: Sequence[Tps]) -> dict[str, int]:
    """Share out the list of voters: hamlets are small, nobody has more than the law allows."""
    special = dict(
        zip((one.code for one in tps if one.tps_class == "khusus"), LAPAS_DPT, strict=True)
    )
    found = special | {one.code: draw(90, 260, "dpt", one.code) for one in tps if one.hard}
    others = [one.code for one in tps if one.code not in found]
    rooms = [VOTERS_MAX - draw(20, 240, "room", code) for code in others]
    total = DPT - sum(found.values())
    shares = shared_out(total, rooms, [0] * len(others))
    assert max(shares) <= VOTERS_MAX, max(shares)
    return found | dict(zip(others, shares, strict=True))


def pairs(tps: Sequence[Tps]) -> dict[str, str]:
    """Give each TPS a pair: of one kecamatan, of one class, as many as its pattern allows."""
    found: dict[str, str] = {}
    ordered = sorted(tps, key=lambda one: (one.desa.kecamatan, one.tps_class, one.code))
    number = 0
    for (_, word), group in groupby(ordered, key=lambda one: (one.desa.kecamatan, one.tps_class)):
        members = list(group)
        town = word == "kurang_rawan" and members[0].polsek == TOWN_POLSEK
        size = TPS_OF_A_TOWN_PAIR if town else TPS_OF_A_PAIR[word]
        teams = -(-len(members) // size)
        for at, one in enumerate(members):
            found[one.code] = f"P{number + 1 + at * teams // len(members):02}"
        number += teams
    return found


def tps_rows(tps: Sequence[Tps], watched_by: dict[str, str]) -> Iterator[Sequence[object]]:
    """Yield the rows of `tps.csv`."""
    yield TPS_COLUMNS
    dpt = voters(tps)
    for one in tps:
        area = KECAMATAN[one.desa.kecamatan]
        north, east = draw(-30, 30, "lat", one.code), draw(-30, 30, "lon", one.code)
        minutes = draw(120, 240, "t", one.code) if one.hard else draw(*area.transit, "t", one.code)
        inside = one.tps_class == "khusus"
        name = f"TPS {one.number:03} {'Lapas Kelas IIA Curup' if inside else one.desa.name}"
        unsafe = one.tps_class in {"rawan", "sangat_rawan"}
        yield (
            one.code,
            name,
            *(one.desa.name, area.name, "Rejang Lebong", "Bengkulu", area.polsek),
            *(dpt[one.code], one.tps_class),
            *(degrees(one.desa.lat + north), degrees(one.desa.lon + east)),
            *(watched_by[one.code], minutes, "false" if one.hard else "true"),
            *("", "", "Rejang Lebong", "05:30" if unsafe else ""),
            "tanpa internet" if one.hard else "",
        )


def personnel_rows(
    desa: Sequence[Desa], tps: Sequence[Tps], watched_by: dict[str, str]
) -> Iterator[Sequence[object]]:
    """Yield the rows of `personnel.csv`; names are call signs, and nobody has a telephone."""
    yield PERSONNEL_COLUMNS
    polsek_of = {watched_by[one.code]: one.polsek for one in tps}
    for pair, polsek in sorted(polsek_of.items()):
        for half in "AB":
            name = f"Sandi Rajawali {pair[1:]}{half}"
            yield (
                f"{pair}{half}",
                name,
                "pam_tps",
                polsek,
                pair,
                "",
                "true",
                "",
                "",
                "",
                KABUPATEN,
            )
    for number, one in enumerate(with_bhabin(desa), start=1):
        polsek, name = KECAMATAN[one.kecamatan].polsek, f"Sandi Merpati {number:02}"
        row = (f"B{number:02}", name, "bhabinkamtibmas", polsek, "", "", "true")
        yield (*row, one.code, "", "", KABUPATEN)
    for officer, name, role, polsek, on_duty, start, end in POLICE_POSTS:
        yield (officer, name, role, polsek, "", "", on_duty, "", start, end, KABUPATEN)


def with_bhabin(desa: Sequence[Desa]) -> list[Desa]:
    """Choose the desa that have a Bhabinkamtibmas."""
    count = len(desa) * BHABIN_SHARE[0] // BHABIN_SHARE[1]
    return sorted(sorted(desa, key=lambda one: draw(0, 1 << 40, "b", one.code))[:count])


def files() -> dict[str, str]:
    """Make every file of the folder but its README."""
    desa = all_desa()
    tps = all_tps(desa)
    watched_by = pairs(tps)
    return {
        "election.toml": ELECTION,
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
