"""What `make_carenang_binuang` starts from: the published facts, and the lists that are invented.

Sources: Tribrata News Polda Banten, 31 August 2019, on a visit to Polsek Carenang: two kecamatan of
8 and 7 desa, 24 officers with the Kapolsek, Mekarsari and Lamaran vulnerable and why, Renged the
farthest, a Bhabinkamtibmas in the desa, BKO to be shared out by vulnerability. Kabar Banten, 4
November 2019: the poll was on 3 November 2019, in 150 desa of the kabupaten. Poskota, 30 October
2019: 474 officers and 200 of Brimob and Polda for them. Fakta Banten, 2017: about 1,109,495 voters
in the 326 desa of the kabupaten, so about 3,400 a desa. How many TPS a desa had, its voters and
candidates were not found: these, and classes, positions, officers and addresses are invented.
"""

from tools.folder_parts import Kecamatan, contacts
from tools.folder_watch import Kabupaten, Post
from tools.pilkades_parts import Named

POLSEK = "Carenang"
OFFICERS = 24
"""Of the Polsek, with its head."""
KABUPATEN = Kabupaten(
    "36.04",
    "Serang",
    "Banten",
    {
        "36.04.17": Kecamatan("Carenang", POLSEK, (-60850, 1063600, 250), (8, 20)),
        "36.04.18": Kecamatan("Binuang", POLSEK, (-61250, 1063300, 250), (12, 28)),
    },
)

MEKARSARI = "36.04.17.2010"
LAMARAN = "36.04.18.2007"
RENGED = "36.04.18.2003"
NAMED = {
    # The former kades against a strong rival: two camps, so two names on the paper.
    MEKARSARI: Named(1_410, ("sangat_rawan", "rawan", "rawan"), 2),
    # Somebody who lost the last time stands again.
    LAMARAN: Named(2_310, ("rawan", "rawan"), 3),
    # Far from the Polsek; its last TPS is the farthest hamlet.
    RENGED: Named(1_860, ("kurang_rawan",) * 3 + ("rawan",), 2, transit=(38, 45), offline=(4,)),
}
OTHER_VOTERS = (2_400, 4_100)
OTHER_CHOICES = (2, 4)
TPS_OF_A_PAIR = {"kurang_rawan": 16, "rawan": 2, "sangat_rawan": 1}
"""Patterns police:TPS:linmas 2:16:32, 2:2:4 and 2:1:2."""

POSTS: tuple[Post, ...] = (
    ("K1", "Sandi Garuda 1", "polsek", POLSEK, "true", "", ""),
    ("C1A", "Sandi Elang 1A", "polsek", POLSEK, "true", "04:00", "20:00"),
    ("C1B", "Sandi Elang 1B", "polsek", POLSEK, "true", "04:00", "20:00"),
    ("C1C", "Sandi Elang 1C", "polsek", POLSEK, "true", "04:00", "20:00"),
    ("C1D", "Sandi Elang 1D", "polsek", POLSEK, "true", "04:00", "20:00"),
    ("C1E", "Sandi Elang 1E", "polsek", POLSEK, "true", "20:00", "04:00"),
    ("C1F", "Sandi Elang 1F", "polsek", POLSEK, "true", "20:00", "04:00"),
    ("C1G", "Sandi Elang 1G", "polsek", POLSEK, "false", "", ""),
    ("C1H", "Sandi Elang 1H", "polsek", POLSEK, "false", "", ""),
)
"""Officers of the Polsek without a pair."""

ELECTION = """\
id = "carenang-binuang-2019"
kind = "pilkades"
profile = "pilkades"
pack = "siaga"
languages = ["id", "en"]
date = 2019-11-03
poll_opens = "07:00"
poll_closes = "13:00"
heartbeat_minutes = 12
ballot_reserve = 0.025
max_voters = 500
"""

ACTORS = """\
actor,role,area
kapolres,commander,36.04
kabag-ops,commander,36.04
posko-1,operator,36.04
posko-carenang,operator,36.04.17
posko-binuang,operator,36.04.18
C1A,operator,36.04.17
C1E,operator,36.04.17
penghubung-pmd,liaison,36.04
propam-1,propam,36.04
camat-carenang,viewer,36.04.17
camat-binuang,viewer,36.04.18
polda,viewer,36
siaga,system,
"""

CONTACTS = contacts(
    (
        ("OPS", "tps", "36.04", "Kelompok Pam TPS", "pam-tps"),
        ("OPS", "polsek", "36.04", "Piket Polsek Carenang", "carenang"),
        ("OPS", "polres_ops", "36.04", "Kabag Ops dan posko Polres", "posko"),
        ("OPS", "polres", "36.04", "Kapolres", "kapolres"),
        ("OPS", "polda", "36", "Posko Polda Banten", "polda"),
        ("ADM", "panitia", "36.04", "Kelompok panitia pemilihan desa", "panitia"),
        ("ADM", "camat", "36.04.17", "Camat Carenang", "camat-carenang"),
        ("ADM", "camat", "36.04.18", "Camat Binuang", "camat-binuang"),
        ("ADM", "panitia_kab", "36.04", "Panitia kabupaten, Dinas PMD Serang", "panitia-kab"),
        ("GAK", "panitia", "36.04", "Kelompok panitia pemilihan desa", "panitia"),
        ("GAK", "satreskrim", "36.04", "Satreskrim Polres Serang", "satreskrim"),
        ("PROP", "propam_polres", "36.04", "Sipropam Polres", "sipropam"),
        ("PROP", "propam_polda", "36", "Bidpropam Polda Banten", "bidpropam"),
        ("SYS", "it", "36.04", "Petugas TI siaga", "ti"),
        ("SYS", "polres_ops", "36.04", "Posko Polres", "posko"),
    )
)
