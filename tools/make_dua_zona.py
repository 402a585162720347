"""Write `elections/dua-zona-2024`: a pemilu in two kabupaten, one in WIB and one in WIT.

It shows what one zone cannot: the same hours, judged by the clocks of each place, and a TPS with
several ballots, of which the widest is added up over more than a kabupaten. Areas, day, hours and
limits are real; which desa vote, TPS, voters, classes and officers are invented by seeded
arithmetic, so that the folder can be made again byte for byte. The README in the folder says which
is which.

    python -m tools.make_dua_zona [FOLDER]

Sources: a pemilu has at most 300 voters a TPS and 2 % of ballots in reserve, rounded up, and is
open from 07:00 to 13:00 local time (KPU). Areas: `idn-area-data`.
"""

from collections.abc import Iterator, Mapping, Sequence

from tools.folder_parts import (
    ROOT,
    Desa,
    Draw,
    Kecamatan,
    Level,
    adjacency_rows,
    contacts,
    desa_within,
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
    polsek_posts,
    tps_rows,
    with_bhabin,
)

FOLDER = ROOT / "elections" / "dua-zona-2024"
draw = Draw("dua-zona-2024")

SERANG = Kabupaten(
    "36.04",
    "Serang",
    "Banten",
    {
        "36.04.29": Kecamatan("Padarincang", "Padarincang", (-62100, 1059700, 250), (10, 35)),
        "36.04.30": Kecamatan("Anyar", "Anyar", (-60600, 1059000, 200), (8, 25)),
        "36.04.31": Kecamatan("Cinangka", "Cinangka", (-61300, 1058800, 250), (10, 30)),
    },
)
JAYAPURA = Kabupaten(
    "91.03",
    "Jayapura",
    "Papua",
    {
        "91.03.01": Kecamatan("Sentani", "Sentani", (-25700, 1405100, 150), (8, 30)),
        "91.03.02": Kecamatan("Sentani Timur", "Sentani Timur", (-25900, 1406000, 200), (12, 45)),
        "91.03.04": Kecamatan("Sentani Barat", "Sentani Barat", (-25300, 1403500, 250), (15, 50)),
        "91.03.13": Kecamatan("Waibu", "Sentani Barat", (-25500, 1404400, 200), (10, 40)),
    },
)
BOTH = (SERANG, JAYAPURA)
TPS_OF_A_DESA = (1, 2)
TPS_OF_A_KELURAHAN = 4
VOTERS = (190, 296)
"""Of a TPS; the rule allows 300."""
HARD_TRANSIT = (70, 110)
TPS_OF_A_PAIR = {"kurang_rawan": 8, "rawan": 2}
"""Patterns police:TPS:linmas 2:8:16 and 2:2:4."""
RAWAN_DESA = ("36.04.31.2009", "91.03.02.3003", "91.03.13.3001")
"""Invented: the last TPS of each is `rawan`."""
HARD_DESA = ("91.03.02.3003", "91.03.13.3001")
"""Invented: the last TPS of each is far away and has no internet."""
HOURS = ("05:00", "19:00")
INITIALS = {"36.04": "S", "91.03": "J"}
"""Before the id of each officer: one who checks in without a TPS must be one of one kabupaten."""

ELECTION = """\
id = "dua-zona-2024"
kind = "pemilu"
profile = "pemilu"
pack = "siaga"
languages = ["id", "en"]
date = 2024-02-14
poll_opens = "07:00"            # local time of each TPS: WIB in Serang, WIT in Jayapura
poll_closes = "13:00"
heartbeat_minutes = 12
ballot_reserve = 0.02
max_voters = 300
"""
CONTEST = """
[[contests]]
id = "{name}"
area = "{area}"
choices = [{choices}]
"""
CONTESTS = (
    ("presiden-36", "36", 3),
    ("dprd-36", "36", 4),
    ("dprd-36.04", "36.04", 4),
    ("presiden-91", "91", 3),
    ("dprd-91", "91", 4),
    ("dprd-91.03", "91.03", 4),
)
"""Id, area and how many stand; the area of a contest is a province at the widest."""

ACTORS_HEAD = """\
actor,role,area
siaga,system,
"""
ACTORS = """\
kapolres-{name},commander,{code}
kabag-ops-{name},commander,{code}
posko-{name},operator,{code}
kpu-{name},liaison,{code}
bawaslu-{name},liaison,{code}
propam-{name},propam,{code}
polda-{provinsi},viewer,{province}
"""


def election() -> str:
    """Write `election.toml`."""
    text = ELECTION
    for name, area, count in CONTESTS:
        choices = ", ".join(f'"{number:02}"' for number in range(1, count + 1))
        text += CONTEST.format(name=name, area=area, choices=choices)
    return text


def all_tps(kabupaten: Kabupaten, desa: Sequence[Desa]) -> Iterator[Tps]:
    """Lay out the TPS: one or two a desa, four a kelurahan."""
    for one in desa:
        count = TPS_OF_A_KELURAHAN if one.is_kelurahan else draw(*TPS_OF_A_DESA, "n", one.code)
        for number in range(1, count + 1):
            hard = number == count and one.code in HARD_DESA
            yield Tps(
                one,
                number,
                dpt=draw(*VOTERS, "dpt", one.code, number),
                tps_class="rawan" if number == count and one.code in RAWAN_DESA else "kurang_rawan",
                transit=HARD_TRANSIT if hard else kabupaten.kecamatan[one.kecamatan].transit,
                online=not hard,
                bawaslu_class="tanpa internet" if hard else "",
            )


def alike(tps: Tps) -> tuple[object, ...]:
    """Return what the TPS of a pair have in common: one kecamatan, one class."""
    return tps.desa.kecamatan, tps.tps_class


def of_a_pair(tps: Tps) -> int:
    """Return how many such TPS a pair watches."""
    return TPS_OF_A_PAIR[tps.tps_class]


def personnel(
    kabupaten: Kabupaten, tps: Sequence[Tps], watched_by: Mapping[str, str]
) -> Iterator[Sequence[object]]:
    """Yield who is on duty in a kabupaten, below a row of column names."""
    desa = sorted({one.desa for one in tps})
    teams = {
        watched_by[one.code]: Team("pam_tps", "Rajawali", kabupaten.polsek_of(one.desa))
        for one in tps
    }
    bhabin = with_bhabin(desa, draw, len(desa) * BHABIN_PER_MILLE // 1000)
    polsek = dict.fromkeys(area.polsek for area in kabupaten.kecamatan.values())
    head, *rows = personnel_rows(kabupaten, teams, bhabin, polsek_posts(polsek, HOURS))
    yield head
    for officer, *others in rows:
        yield (f"{INITIALS[kabupaten.code]}{officer}", *others)


def actors() -> str:
    """Write `actors.csv`: who may command in which kabupaten."""
    return ACTORS_HEAD + "".join(
        ACTORS.format(
            name=one.name.lower(),
            code=one.code,
            provinsi=one.provinsi.lower(),
            province=one.code[:2],
        )
        for one in BOTH
    )


def levels(kabupaten: Kabupaten) -> Iterator[Level]:
    """Yield one contact a level for a kabupaten."""
    name, code = kabupaten.name, kabupaten.code
    province, provinsi = code[:2], kabupaten.provinsi
    for ladder, level, area, who in (
        ("OPS", "tps", code, f"Kelompok Pam TPS {name}"),
        ("OPS", "polsek", code, f"Piket Polsek {name}"),
        ("OPS", "polres_ops", code, f"Kabag Ops dan posko Polres {name}"),
        ("OPS", "polres", code, f"Kapolres {name}"),
        ("OPS", "polda", province, f"Posko Polda {provinsi}"),
        ("ADM", "kpps", code, f"Kelompok KPPS {name}"),
        ("ADM", "ppk", code, f"Kelompok PPK {name}"),
        ("ADM", "kpu", code, f"Helpdesk KPU {name}"),
        ("GAK", "ptps", code, f"Kelompok PTPS {name}"),
        ("GAK", "panwascam", code, f"Kelompok Panwascam {name}"),
        ("GAK", "bawaslu", code, f"Sentra Gakkumdu {name}"),
        ("PROP", "propam_polres", code, f"Sipropam Polres {name}"),
        ("PROP", "propam_polda", province, f"Bidpropam Polda {provinsi}"),
        ("SYS", "it", code, f"Petugas TI siaga {name}"),
        ("SYS", "polres_ops", code, f"Posko Polres {name}"),
    ):
        yield ladder, level, area, who, f"{ladder.lower()}-{level.replace('_', '-')}-{area}"


def files() -> dict[str, str]:
    """Make every file of the folder but its README and its story."""
    tps_table: list[Sequence[object]] = []
    people: list[Sequence[object]] = []
    neighbours: list[Sequence[object]] = []
    for kabupaten in BOTH:
        positions = {code: area.position for code, area in kabupaten.kecamatan.items()}
        desa = desa_within(positions, draw)
        tps = list(all_tps(kabupaten, desa))
        watched_by = pairs(tps, alike, of_a_pair)
        for rows, below in (
            (tps_rows(kabupaten, tps, watched_by, draw), tps_table),
            (personnel(kabupaten, tps, watched_by), people),
            (adjacency_rows(desa), neighbours),
        ):
            head, *others = rows
            below.extend(others if below else (head, *others))
    return {
        "election.toml": election(),
        "tps.csv": table(tps_table),
        "personnel.csv": table(people),
        "adjacency.csv": table(neighbours),
        "actors.csv": actors(),
        "contacts.toml": contacts(level for one in BOTH for level in levels(one)),
    }


def main() -> None:
    """Write the files."""
    write_folder(files(), FOLDER)


if __name__ == "__main__":
    main()
