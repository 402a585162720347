"""What `make_pekalongan` starts from: the published facts, and the lists that are invented.

Sources: humas.co.id, 5 February 2022, on a meeting at Polres Pekalongan: the poll is on Wednesday
23 February 2022, health rules, neutral Bhabinkamtibmas who calm people, a map of vulnerable spots
that is not told. Radar Semarang, 22 February 2022: 33 desa, 27 of them in the area of Polres
Pekalongan with 64 candidates, the others in that of Polres Pekalongan Kota; 319 officers and 31 of
Brimob. Kemenag Pekalongan: 72,376 voters, at most 500 a TPS; Tirto (of Polres Pekalongan Kota)
among the kecamatan. Radar Pekalongan, 2019: Surobayan and Sidosari were put off to 2022, 206 others
voted then. A list of the desa was not found: all but these two are invented, and so are TPS,
voters, candidates, classes, officers, addresses and which Polsek has which kecamatan.
"""

from tools.folder_parts import Kecamatan, contacts
from tools.folder_watch import Kabupaten, Post, polsek_posts
from tools.pilkades_parts import Named

KABUPATEN = Kabupaten(
    "33.26",
    "Pekalongan",
    "Jawa Tengah",
    {
        "33.26.02": Kecamatan("Paninggaran", "Paninggaran", (-71350, 1095800, 250), (20, 50)),
        "33.26.04": Kecamatan("Petungkriyono", "Petungkriyono", (-71550, 1097300, 250), (35, 75)),
        "33.26.08": Kecamatan("Kajen", "Kajen", (-70250, 1095850, 200), (8, 25)),
        "33.26.09": Kecamatan("Kesesi", "Kesesi", (-69950, 1095150, 250), (12, 35)),
        "33.26.12": Kecamatan("Wonopringgo", "Wonopringgo", (-69850, 1096200, 120), (8, 20)),
        "33.26.13": Kecamatan("Kedungwuni", "Kedungwuni", (-69650, 1096550, 150), (8, 25)),
        "33.26.19": Kecamatan("Wonokerto", "Wonokerto", (-68600, 1096200, 150), (10, 30)),
    },
)
VOTING = {
    "33.26.02": (2001, 2012),
    "33.26.04": (2007, 2009),
    "33.26.08": (2020, 2024, 2025),
    "33.26.09": (2019, 2020),
    "33.26.12": (2006, 2009, 2014),
    "33.26.13": (2007, 2011, 2017),
    "33.26.19": (2008, 2009, 2012),
}
"""By kecamatan, the last four digits of the desa that vote: 18 of the 27."""
REALLY_VOTED = frozenset({"33.26.12.2014", "33.26.09.2019"})
"""Surobayan and Sidosari: named by the press, and kept out of the story."""

GEJLIG = "33.26.08.2020"
PROTO = "33.26.13.2007"
SAMPIH = "33.26.12.2009"
KAYUPURING = "33.26.04.2009"
NAMED = {
    GEJLIG: Named(2_240, ("sangat_rawan", "rawan"), 2),
    PROTO: Named(1_820, ("rawan", "rawan"), 3),
    SAMPIH: Named(1_330, ("rawan",), 2),
    # In the mountains, where a signal comes and goes.
    KAYUPURING: Named(900, ("kurang_rawan",), 2, transit=(60, 75), offline=(1, 2)),
}
"""The map of vulnerable spots, invented: the real one is not told."""
OTHER_VOTERS = (1_400, 2_900)
"""72,376 voters in 33 desa are 2,193 a desa."""
OTHER_CHOICES = (2, 3)
"""64 candidates in 27 desa."""
TPS_OF_A_PAIR = {"kurang_rawan": 8, "rawan": 2, "sangat_rawan": 1}
"""Patterns police:TPS:linmas 2:8:16, 2:2:4 and 2:1:2."""

_POLSEK = tuple(area.polsek for area in KABUPATEN.kecamatan.values())
POSTS: tuple[Post, ...] = (
    *polsek_posts(_POLSEK, ("05:00", "20:00")),
    *((f"R{n}", f"Sandi Cakra {n}", "polres", "", "true", "", "") for n in range(1, 4)),
)

ELECTION = """\
id = "pekalongan-pilkades-2022"
kind = "pilkades"
profile = "pilkades"
pack = "siaga"
languages = ["id", "en"]
date = 2022-02-23
poll_opens = "07:00"
poll_closes = "13:00"
heartbeat_minutes = 12
ballot_reserve = 0.025
max_voters = 500
"""

ACTORS = """\
actor,role,area
kapolres,commander,33.26
kabag-ops,commander,33.26
posko-1,operator,33.26
posko-2,operator,33.26
posko-kajen,operator,33.26.08
posko-kedungwuni,operator,33.26.13
penghubung-pmd,liaison,33.26
propam-1,propam,33.26
dinkes,viewer,33.26
polda,viewer,33
siaga,system,
"""

_LEVELS = (
    ("OPS", "tps", "33.26", "Kelompok Pam TPS", "pam-tps"),
    ("OPS", "polsek", "33.26", "Piket Polsek", "piket-polsek"),
    ("OPS", "polres_ops", "33.26", "Kabag Ops dan posko Polres", "posko"),
    ("OPS", "polres", "33.26", "Kapolres", "kapolres"),
    ("OPS", "polda", "33", "Posko Polda Jawa Tengah", "polda"),
    ("ADM", "panitia", "33.26", "Kelompok panitia pemilihan desa", "panitia"),
    ("ADM", "camat", "33.26", "Kelompok camat", "camat"),
    ("ADM", "panitia_kab", "33.26", "Panitia kabupaten, Dinas PMD Pekalongan", "panitia-kab"),
    ("GAK", "panitia", "33.26", "Kelompok panitia pemilihan desa", "panitia"),
    ("GAK", "satreskrim", "33.26", "Satreskrim Polres Pekalongan", "satreskrim"),
    ("PROP", "propam_polres", "33.26", "Sipropam Polres", "sipropam"),
    ("PROP", "propam_polda", "33", "Bidpropam Polda Jawa Tengah", "bidpropam"),
    ("SYS", "it", "33.26", "Petugas TI siaga", "ti"),
    ("SYS", "polres_ops", "33.26", "Posko Polres", "posko"),
)
CONTACTS = contacts(
    (
        *_LEVELS,
        *(
            ("OPS", "polsek", code, f"Polsek {area.polsek}", area.polsek.lower())
            for code, area in KABUPATEN.kecamatan.items()
        ),
    )
)
"""One contact a level for the kabupaten, and the Polsek of each kecamatan."""
