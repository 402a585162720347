"""What `make_rejang_lebong_pilkades` starts from: the published facts, and what is invented.

Sources: Pedoman Bengkulu on what the Kabag Ops of Polres Rejang Lebong said on 4 February 2020: 56
desa, conflicts are mapped and detected early, provocation is met firmly, panitia and citizens tell
Polres or the Bhabinkamtibmas. Antara Bengkulu, 23 February 2020: 56 desa in 14 kecamatan voted on
20 February; a list of them was not found, only that Taba Padang (the same), Kampung Baru and Karang
Pinang (Rakyat Bengkulu) were among them. Antara Bengkulu (2023) on the poll of 21 June 2023, by the
same Perbup 57/2018: 08:00 to 14:00, and five desa that voted then, so not in 2020. Which others
voted, TPS, voters, candidates, classes, officers and addresses are invented.
"""

from tools.folder_parts import contacts
from tools.folder_watch import Kabupaten, Post, polsek_posts
from tools.pilkades_parts import Named
from tools.rejang_lebong_facts import KECAMATAN as ALL_KECAMATAN
from tools.rejang_lebong_facts import POLSEK

DESA_COUNT = 56
VOTING = {
    "17.02.06": (2001, 2003, 2006, 2020),
    "17.02.07": (2001, 2007, 2008, 2012, 2028),
    "17.02.08": (2001, 2004, 2011, 2014),
    "17.02.10": (2001, 2003, 2013, 2018, 2020),
    "17.02.11": (2003, 2005, 2009, 2013, 2016),
    "17.02.16": (2003, 2006, 2008, 2011, 2013),
    "17.02.17": (2006, 2008),
    "17.02.18": (2003, 2006, 2008, 2011),
    "17.02.19": (2010,),
    "17.02.20": (2001, 2003, 2004),
    "17.02.21": (2002, 2004, 2005, 2009),
    "17.02.22": (2001, 2003, 2006),
    "17.02.23": (2002, 2004, 2006, 2008, 2009),
    "17.02.24": (2001, 2004, 2005, 2007, 2009, 2010),
}
"""By kecamatan, the last four digits of the desa that vote."""
REALLY_VOTED = frozenset({"17.02.20.2004", "17.02.11.2013", "17.02.21.2004"})
"""Taba Padang, Kampung Baru and Karang Pinang: named by the press, and kept out of the story."""
VOTED_IN_2023 = frozenset(
    {"17.02.07.2010", "17.02.07.2021", "17.02.07.2025", "17.02.21.2006", "17.02.23.2001"}
)
"""Ulak Tanding, Taba Tinggi, Taktoi, Pengambang and Merantau: a head serves for six years."""
KABUPATEN = Kabupaten(
    "17.02", "Rejang Lebong", "Bengkulu", {code: ALL_KECAMATAN[code] for code in VOTING}
)

DURIAN_MAS = "17.02.06.2006"
BELUMAI_II = "17.02.07.2008"
SUKA_DATANG = "17.02.16.2008"
BENGKO = "17.02.22.2003"
AIR_NAU = "17.02.21.2009"
NAMED = {
    DURIAN_MAS: Named(1_180, ("sangat_rawan", "rawan", "rawan"), 2),
    BELUMAI_II: Named(910, ("rawan", "rawan"), 3),
    SUKA_DATANG: Named(880, ("rawan", "kurang_rawan"), 4),
    BENGKO: Named(450, ("rawan",), 2),
    # Hard to reach, and without internet.
    AIR_NAU: Named(720, ("kurang_rawan", "rawan"), 2, transit=(70, 95), offline=(1, 2)),
}
"""The map of conflicts, invented: where an alert needs less, and comes sooner."""
OTHER_VOTERS = (350, 1_390)
OTHER_CHOICES = (2, 5)
TPS_OF_A_PAIR = {"kurang_rawan": 8, "rawan": 2, "sangat_rawan": 1}
"""Patterns police:TPS:linmas 2:8:16, 2:2:4 and 2:1:2."""

POSTS: tuple[Post, ...] = (
    *polsek_posts(POLSEK, ("05:00", "20:00")),
    *((f"R{n}", f"Sandi Cakra {n}", "polres", "", "true", "", "") for n in range(1, 5)),
)

ELECTION = """\
id = "rejang-lebong-pilkades-2020"
kind = "pilkades"
profile = "pilkades"
pack = "siaga"
languages = ["id", "en"]
date = 2020-02-20
poll_opens = "08:00"
poll_closes = "14:00"
heartbeat_minutes = 12
ballot_reserve = 0.025
max_voters = 500
"""

ACTORS = """\
actor,role,area
kapolres,commander,17.02
kabag-ops,commander,17.02
posko-1,operator,17.02
posko-2,operator,17.02
posko-kota-padang,operator,17.02.06
posko-put,operator,17.02.07
posko-curup-utara,operator,17.02.16
penghubung-pmd,liaison,17.02
propam-1,propam,17.02
pemda,viewer,17.02
polda,viewer,17
siaga,system,
"""

_LEVELS = (
    ("OPS", "tps", "17.02", "Kelompok Pam TPS", "pam-tps"),
    ("OPS", "polsek", "17.02", "Piket Polsek", "piket-polsek"),
    ("OPS", "polres_ops", "17.02", "Kabag Ops dan posko Polres", "posko"),
    ("OPS", "polres", "17.02", "Kapolres", "kapolres"),
    ("OPS", "polda", "17", "Posko Polda Bengkulu", "polda"),
    ("ADM", "panitia", "17.02", "Kelompok panitia pemilihan desa", "panitia"),
    ("ADM", "camat", "17.02", "Kelompok camat", "camat"),
    ("ADM", "panitia_kab", "17.02", "Panitia kabupaten, Dinas PMD Rejang Lebong", "panitia-kab"),
    ("GAK", "panitia", "17.02", "Kelompok panitia pemilihan desa", "panitia"),
    ("GAK", "satreskrim", "17.02", "Satreskrim Polres Rejang Lebong", "satreskrim"),
    ("PROP", "propam_polres", "17.02", "Sipropam Polres", "sipropam"),
    ("PROP", "propam_polda", "17", "Bidpropam Polda Bengkulu", "bidpropam"),
    ("SYS", "it", "17.02", "Petugas TI siaga", "ti"),
    ("SYS", "polres_ops", "17.02", "Posko Polres", "posko"),
)
CONTACTS = contacts(
    (
        *_LEVELS,
        *(
            ("OPS", "polsek", code, f"Polsek {area.polsek}", area.polsek.lower().replace(" ", "-"))
            for code, area in KABUPATEN.kecamatan.items()
        ),
    )
)
"""One contact a level for the kabupaten, and the Polsek of each kecamatan."""
