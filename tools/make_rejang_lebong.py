"""Write `elections/rejang-lebong-2024`: the folder that the demo plays and many tests use.

Counts and codes are those of the real poll, as far as they were published; what was not (which TPS
is vulnerable, who watches it, where it stands) is invented by seeded arithmetic, so that the folder
can be made again byte for byte. The README in the folder says which is which.

    python -m tools.make_rejang_lebong [FOLDER]
"""

from collections.abc import Sequence

from tools.folder_parts import (
    ROOT,
    Desa,
    Draw,
    adjacency_rows,
    desa_within,
    shared_out,
    table,
    write_folder,
)
from tools.folder_watch import (
    BHABIN_PER_MILLE,
    Kabupaten,
    Team,
    Tps,
    pairs,
    personnel_rows,
    tps_rows,
    with_bhabin,
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
KABUPATEN = Kabupaten("17.02", "Rejang Lebong", "Bengkulu", KECAMATAN)
draw = Draw("rejang-lebong-2024")
VOTERS_MAX = 600
HARD_TRANSIT = (120, 240)
TPS_OF_A_PAIR = {"kurang_rawan": 8, "rawan": 2, "sangat_rawan": 1, "khusus": 1}
"""Patterns police:TPS:linmas 2:8:16, 2:2:4, 2:1:2 and 2:1; in the town 2:16:32."""
TPS_OF_A_TOWN_PAIR = 16
TOWN_POLSEK = "Curup"


def all_tps(desa: Sequence[Desa]) -> list[Tps]:
    """Lay out the TPS: at least one a desa, more in kelurahan, those of the prison beside them."""
    weights = [
        draw(4, 6, "w", one.code) if one.is_kelurahan else draw(1, 4, "w", one.code) for one in desa
    ]
    least = [1 + HARD_DESA.get(one.name, 0) for one in desa]
    counts = shared_out(TPS_COUNT - len(LAPAS_NUMBERS), weights, least)
    found: list[Tps] = []
    for one, count in zip(desa, counts, strict=True):
        found += [station(one, number, count) for number in range(1, count + 1)]
        if one.code == LAPAS_DESA:
            found += prison(one)
    dpt = voters(found)
    return [one._replace(dpt=dpt[one.code]) for one in found]


def station(desa: Desa, number: int, count: int) -> Tps:
    """Return one of `count` TPS of a desa, its voters still unknown.

    The last numbers of a desa are its hamlets far away from the village.
    """
    hard = number > count - HARD_DESA.get(desa.name, 0)
    return Tps(
        desa,
        number,
        dpt=0,
        tps_class=class_of(desa, number, count),
        transit=HARD_TRANSIT if hard else KECAMATAN[desa.kecamatan].transit,
        online=not hard,
        bawaslu_class="tanpa internet" if hard else "",
    )


def prison(desa: Desa) -> list[Tps]:
    """Return the TPS inside the prison."""
    transit = KECAMATAN[desa.kecamatan].transit
    return [
        Tps(desa, number, dpt, "khusus", transit, site="Lapas Kelas IIA Curup")
        for number, dpt in zip(LAPAS_NUMBERS, LAPAS_DPT, strict=True)
    ]


def class_of(desa: Desa, number: int, count: int) -> str:
    """Return the invented class: vulnerable is one TPS of each desa in the lists, the last."""
    if number == count and desa.name in SANGAT_RAWAN_DESA:
        return "sangat_rawan"
    return "rawan" if number == count and desa.name in RAWAN_DESA else "kurang_rawan"


def voters(tps: Sequence[Tps]) -> dict[str, int]:
    """Share out the list of voters: hamlets are small, nobody has more than the law allows."""
    found = {one.code: one.dpt for one in tps if one.dpt}
    found |= {one.code: draw(90, 260, "dpt", one.code) for one in tps if not one.online}
    others = [one.code for one in tps if one.code not in found]
    rooms = [VOTERS_MAX - draw(20, 240, "room", code) for code in others]
    shares = shared_out(DPT - sum(found.values()), rooms, [0] * len(others))
    assert max(shares) <= VOTERS_MAX, max(shares)
    return found | dict(zip(others, shares, strict=True))


def alike(tps: Tps) -> tuple[object, ...]:
    """Return what the TPS of a pair have in common: one kecamatan, one class."""
    return tps.desa.kecamatan, tps.tps_class


def of_a_pair(tps: Tps) -> int:
    """Return how many such TPS a pair watches."""
    town = tps.tps_class == "kurang_rawan" and KABUPATEN.polsek_of(tps.desa) == TOWN_POLSEK
    return TPS_OF_A_TOWN_PAIR if town else TPS_OF_A_PAIR[tps.tps_class]


def files() -> dict[str, str]:
    """Make every file of the folder but its README."""
    desa = desa_within({code: area.position for code, area in KECAMATAN.items()}, draw)
    tps = all_tps(desa)
    watched_by = pairs(tps, alike, of_a_pair)
    teams = {
        watched_by[one.code]: Team("pam_tps", "Rajawali", KABUPATEN.polsek_of(one.desa))
        for one in tps
    }
    bhabin = with_bhabin(desa, draw, len(desa) * BHABIN_PER_MILLE // 1000)
    personnel = personnel_rows(KABUPATEN, teams, bhabin, POLICE_POSTS)
    return {
        "election.toml": ELECTION,
        "tps.csv": table(tps_rows(KABUPATEN, tps, watched_by, draw)),
        "personnel.csv": table(personnel),
        "adjacency.csv": table(adjacency_rows(desa)),
        "actors.csv": ACTORS,
        "contacts.toml": CONTACTS,
    }


def main() -> None:
    """Write the files."""
    write_folder(files(), FOLDER)


if __name__ == "__main__":
    main()
