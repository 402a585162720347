"""Write `elections/ogan-ilir-2024`: a pilkada with a single pair, against the empty column.

The kabupaten, its 16 kecamatan and the empty column are those of the sources; of its desa a part is
drawn, and TPS, voters, classes and officers are invented by seeded arithmetic, so that the folder
can be made again byte for byte. The README in the folder says which is which.

    python -m tools.make_ogan_ilir [FOLDER]

Sources: Sumatera Ekspres (2024), the Polres on guarding the poll against the empty column: 16
kecamatan, the same procedure at every stage. Sumatera Ekspres and Palembang Pos (2024): the column
was ahead in some TPS of Payaraman, 168 to 136 in one. 895 TPS in 2020. Areas: `idn-area-data`.
"""

from collections.abc import Iterator, Sequence

from tools.folder_parts import (
    ROOT,
    Desa,
    Draw,
    Kecamatan,
    adjacency_rows,
    contacts,
    desa_within,
    table,
    write_folder,
)
from tools.folder_watch import (
    BHABIN_PER_MILLE,
    Kabupaten,
    Post,
    Team,
    Tps,
    pairs,
    personnel_rows,
    polsek_posts,
    tps_rows,
    with_bhabin,
)

FOLDER = ROOT / "elections" / "ogan-ilir-2024"
draw = Draw("ogan-ilir-2024")
DESA_OF_A_KECAMATAN = 6
"""How many of a kecamatan vote here; all of Payaraman do."""
PAYARAMAN = "16.10.16"
TPS_OF_A_DESA = (1, 2)
TPS_OF_A_KELURAHAN = 3
VOTERS = (310, 560)
"""Of a TPS; the rule allows 600 (KPU, 2024)."""
HARD_TRANSIT = (80, 120)
TPS_OF_A_PAIR = {"kurang_rawan": 8, "rawan": 2, "sangat_rawan": 1}
"""Patterns police:TPS:linmas 2:8:16, 2:2:4 and 2:1:2."""

KECAMATAN = {
    "16.10.01": Kecamatan("Muara Kuang", "Muara Kuang", (-36600, 1045300, 300), (20, 55)),
    "16.10.02": Kecamatan("Tanjung Batu", "Tanjung Batu", (-33700, 1046200, 250), (10, 35)),
    "16.10.03": Kecamatan("Tanjung Raja", "Tanjung Raja", (-33300, 1047600, 200), (8, 30)),
    "16.10.04": Kecamatan("Indralaya", "Indralaya", (-32500, 1046500, 200), (8, 25)),
    "16.10.05": Kecamatan("Pemulutan", "Pemulutan", (-30800, 1047700, 250), (12, 40)),
    "16.10.06": Kecamatan("Rantau Alai", "Rantau Alai", (-34300, 1047700, 200), (12, 35)),
    "16.10.07": Kecamatan("Indralaya Utara", "Indralaya", (-31700, 1046000, 250), (10, 35)),
    "16.10.08": Kecamatan("Indralaya Selatan", "Indralaya", (-33100, 1046700, 150), (8, 25)),
    "16.10.09": Kecamatan("Pemulutan Selatan", "Pemulutan", (-31700, 1047700, 200), (15, 45)),
    "16.10.10": Kecamatan("Pemulutan Barat", "Pemulutan", (-31500, 1047200, 200), (15, 45)),
    "16.10.11": Kecamatan("Rantau Panjang", "Tanjung Raja", (-32700, 1047800, 200), (12, 35)),
    "16.10.12": Kecamatan("Sungai Pinang", "Tanjung Raja", (-33700, 1048100, 150), (8, 25)),
    "16.10.13": Kecamatan("Kandis", "Rantau Alai", (-34700, 1047400, 200), (12, 35)),
    "16.10.14": Kecamatan("Rambang Kuang", "Muara Kuang", (-36300, 1043700, 300), (25, 60)),
    "16.10.15": Kecamatan("Lubuk Keliat", "Tanjung Batu", (-35200, 1046800, 200), (15, 40)),
    PAYARAMAN: Kecamatan("Payaraman", "Tanjung Batu", (-34300, 1045500, 250), (15, 40)),
}
KABUPATEN = Kabupaten("16.10", "Ogan Ilir", "Sumatera Selatan", KECAMATAN)
POLSEK = ("Indralaya", "Tanjung Raja", "Tanjung Batu", "Pemulutan", "Rantau Alai", "Muara Kuang")
RAWAN_DESA = ("16.10.04.2013", "16.10.05.2023", "16.10.14.2002", "16.10.16.2001", "16.10.16.2010")
"""Invented: the last TPS of each is `rawan`."""
SANGAT_RAWAN_DESA = ("16.10.16.2003",)
"""Invented: its last TPS is `sangat_rawan`."""
HARD_DESA = ("16.10.05.2023", "16.10.14.2002")
"""Invented: the last TPS of each is far away and has no internet."""
NAMED_DESA = frozenset((*RAWAN_DESA, *SANGAT_RAWAN_DESA, "16.10.04.1030"))
"""They vote here in any case."""

OFFICERS: tuple[Post, ...] = (
    *polsek_posts(POLSEK, ("05:00", "19:00")),
    *((f"R{n}", f"Sandi Cakra {n}", "polres", "", "true", "", "") for n in range(1, 5)),
)

ELECTION = """\
id = "ogan-ilir-2024"
kind = "pilkada"
profile = "pilkada"
pack = "siaga"
languages = ["id", "en"]
date = 2024-11-27
poll_opens = "07:00"
poll_closes = "13:00"
heartbeat_minutes = 12
ballot_reserve = 0.025
max_voters = 600

# A single pair against the empty column, which is a choice like any other.
[[contests]]
id = "bupati"
area = "16.10"
choices = ["01", "kosong"]
"""

ACTORS = """\
actor,role,area
kapolres,commander,16.10
kabag-ops,commander,16.10
posko-1,operator,16.10
posko-2,operator,16.10
posko-tanjung-batu,operator,16.10.02
posko-payaraman,operator,16.10.16
penghubung-kpu,liaison,16.10
penghubung-bawaslu,liaison,16.10
propam-1,propam,16.10
pemda,viewer,16.10
polda,viewer,16
siaga,system,
"""

_LEVELS = (
    ("OPS", "tps", "16.10", "Kelompok Pam TPS", "pam-tps"),
    ("OPS", "polsek", "16.10", "Piket Polsek", "piket-polsek"),
    ("OPS", "polres_ops", "16.10", "Kabag Ops dan posko Polres", "posko"),
    ("OPS", "polres", "16.10", "Kapolres", "kapolres"),
    ("OPS", "polda", "16", "Posko Polda Sumatera Selatan", "polda"),
    ("ADM", "kpps", "16.10", "Kelompok KPPS", "kpps"),
    ("ADM", "ppk", "16.10", "Kelompok PPK", "ppk"),
    ("ADM", "kpu", "16.10", "Helpdesk KPU Ogan Ilir", "kpu"),
    ("GAK", "ptps", "16.10", "Kelompok PTPS", "ptps"),
    ("GAK", "panwascam", "16.10", "Kelompok Panwascam", "panwascam"),
    ("GAK", "bawaslu", "16.10", "Sentra Gakkumdu Ogan Ilir", "gakkumdu"),
    ("PROP", "propam_polres", "16.10", "Sipropam Polres", "sipropam"),
    ("PROP", "propam_polda", "16", "Bidpropam Polda Sumatera Selatan", "bidpropam"),
    ("SYS", "it", "16.10", "Petugas TI siaga", "ti"),
    ("SYS", "polres_ops", "16.10", "Posko Polres", "posko"),
)


def voting(desa: Sequence[Desa]) -> list[Desa]:
    """Choose the desa that vote here: some of each kecamatan, all of Payaraman."""
    found: list[Desa] = []
    for code in KECAMATAN:
        inside = [one for one in desa if one.kecamatan == code]
        count = len(inside) if code == PAYARAMAN else DESA_OF_A_KECAMATAN
        drawn = sorted(
            inside, key=lambda one: (one.code not in NAMED_DESA, draw(0, 1 << 40, "v", one.code))
        )
        found += sorted(drawn[:count])
    return found


def all_tps(desa: Sequence[Desa]) -> Iterator[Tps]:
    """Lay out the TPS: one or two a desa, three a kelurahan."""
    for one in desa:
        count = TPS_OF_A_KELURAHAN if one.is_kelurahan else draw(*TPS_OF_A_DESA, "n", one.code)
        for number in range(1, count + 1):
            yield station(one, number, is_last=number == count)


def station(desa: Desa, number: int, *, is_last: bool) -> Tps:
    """Return one TPS; the last of a desa is the hamlet far away, if it has one."""
    hard = is_last and desa.code in HARD_DESA
    tps_class = "kurang_rawan"
    if is_last and desa.code in SANGAT_RAWAN_DESA:
        tps_class = "sangat_rawan"
    elif is_last and desa.code in RAWAN_DESA:
        tps_class = "rawan"
    return Tps(
        desa,
        number,
        dpt=draw(*VOTERS, "dpt", desa.code, number),
        tps_class=tps_class,
        transit=HARD_TRANSIT if hard else KECAMATAN[desa.kecamatan].transit,
        online=not hard,
        bawaslu_class="tanpa internet" if hard else "",
    )


def alike(tps: Tps) -> tuple[object, ...]:
    """Return what the TPS of a pair have in common: one kecamatan, one class."""
    return tps.desa.kecamatan, tps.tps_class


def of_a_pair(tps: Tps) -> int:
    """Return how many such TPS a pair watches."""
    return TPS_OF_A_PAIR[tps.tps_class]


def all_contacts() -> str:
    """Write one contact a level for the kabupaten, and the Polsek of each kecamatan."""
    own = [
        ("OPS", "polsek", code, f"Polsek {area.polsek}", area.polsek.lower().replace(" ", "-"))
        for code, area in KECAMATAN.items()
    ]
    return contacts((*_LEVELS, *own))


def files() -> dict[str, str]:
    """Make every file of the folder but its README and its story."""
    desa = voting(desa_within({code: area.position for code, area in KECAMATAN.items()}, draw))
    tps = list(all_tps(desa))
    watched_by = pairs(tps, alike, of_a_pair)
    teams = {
        watched_by[one.code]: Team("pam_tps", "Rajawali", KABUPATEN.polsek_of(one.desa))
        for one in tps
    }
    bhabin = with_bhabin(desa, draw, len(desa) * BHABIN_PER_MILLE // 1000)
    return {
        "election.toml": ELECTION,
        "tps.csv": table(tps_rows(KABUPATEN, tps, watched_by, draw)),
        "personnel.csv": table(personnel_rows(KABUPATEN, teams, bhabin, OFFICERS)),
        "adjacency.csv": table(adjacency_rows(desa)),
        "actors.csv": ACTORS,
        "contacts.toml": all_contacts(),
    }


def main() -> None:
    """Write the files."""
    write_folder(files(), FOLDER)


if __name__ == "__main__":
    main()
