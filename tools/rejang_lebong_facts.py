"""What `make_rejang_lebong` starts from: the published facts, and the lists that are invented.

Sources: KPU Rejang Lebong by Antara (August and September 2024): 445 TPS, 443 and two in the
prison (663 voters), 156 desa and kelurahan, 15 hard to reach. Rakyat Bengkulu: DPT of 20 September
2024, 208,094. Antara (December 2024): three pairs for bupati; the province had two for gubernur.
Bengkulu Ekspress (2020): the desa of the 15 TPS that are hard to reach; a list of 2024 was not
found. Classes, positions, minutes, officers and addresses are invented.
"""

from tools.folder_parts import Kecamatan, contacts
from tools.folder_watch import Post, polsek_posts

TPS_COUNT = 445
DPT = 208_094
LAPAS_DPT = (332, 331)
LAPAS_NUMBERS = (901, 902)
"""KPU numbers special TPS from 901."""
LAPAS_DESA = "17.02.09.1012"
"""Assumed: the kelurahan in which the prison of Curup lies was not looked up."""

HARD_DESA = {
    "Kampung Jeruk": 1,
    "Air Apo": 1,
    "Tanjung Gelang": 2,
    "Kota Padang Baru": 1,
    "Lubuk Mumpo": 1,
    "Air Nau": 2,
    "Lubuk Alai": 1,
    "Taba Tinggi": 1,
    "Sinar Gunung": 3,
    "Suka karya": 1,
    "LubukTunjung": 1,
}
"""TPS that are hard to reach, by the register's name of their desa."""
RAWAN_DESA = (
    "Kampung Jeruk",
    "Taba Padang",
    "Kepala Curup",
    "Tanjung Sanai I",
    "Belumai II",
    "Cahaya Negeri",
    "Kampung Jawa",
    "Dusun Sawah",
)
"""Invented: one TPS of each is `rawan`."""
SANGAT_RAWAN_DESA = ("Lubuk Alai", "Sinar Gunung", "Suka karya")
"""Invented: one TPS of each is `sangat_rawan`."""


KECAMATAN = {
    "17.02.06": Kecamatan("Kota Padang", "Kota Padang", (-31800, 1028700, 350), (25, 75)),
    "17.02.07": Kecamatan(
        "Padang Ulak Tanding", "Padang Ulak Tanding", (-33000, 1027700, 350), (20, 60)
    ),
    "17.02.08": Kecamatan("Sindang Kelingi", "Sindang Kelingi", (-34200, 1026800, 300), (15, 50)),
    "17.02.09": Kecamatan("Curup", "Curup", (-34700, 1025200, 80), (8, 20)),
    "17.02.10": Kecamatan("Bermani Ulu", "Bermani Ulu", (-34000, 1024500, 250), (15, 50)),
    "17.02.11": Kecamatan("Selupu Rejang", "Selupu Rejang", (-34700, 1026100, 250), (15, 45)),
    "17.02.16": Kecamatan("Curup Utara", "Curup", (-34300, 1025000, 150), (10, 30)),
    "17.02.17": Kecamatan("Curup Timur", "Curup", (-34720, 1025480, 100), (8, 25)),
    "17.02.18": Kecamatan("Curup Selatan", "Curup", (-35050, 1025060, 200), (10, 35)),
    "17.02.19": Kecamatan("Curup Tengah", "Curup", (-34790, 1025330, 80), (8, 20)),
    "17.02.20": Kecamatan("Binduriang", "Binduriang", (-33700, 1027200, 250), (20, 60)),
    "17.02.21": Kecamatan(
        "Sindang Beliti Ulu", "Padang Ulak Tanding", (-32700, 1027200, 300), (30, 80)
    ),
    "17.02.22": Kecamatan("Sindang Dataran", "Sindang Kelingi", (-35300, 1027000, 300), (25, 70)),
    "17.02.23": Kecamatan("Sindang Beliti Ilir", "Kota Padang", (-32100, 1027900, 300), (30, 80)),
    "17.02.24": Kecamatan("Bermani Ulu Raya", "Bermani Ulu", (-33500, 1024300, 250), (20, 60)),
}
POLSEK = (
    "Curup",
    "Bermani Ulu",
    "Selupu Rejang",
    "Sindang Kelingi",
    "Binduriang",
    "Padang Ulak Tanding",
    "Kota Padang",
)

POLICE_POSTS: tuple[Post, ...] = (
    *polsek_posts(POLSEK, ("05:00", "17:00")),
    *((f"R{n}", f"Sandi Cakra {n}", "polres", "", "true", "", "") for n in range(1, 5)),
)

ELECTION = """\
id = "rejang-lebong-2024"
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

[[contests]]
id = "bupati"
area = "17.02"
choices = ["01", "02", "03"]

[[contests]]
id = "gubernur"
area = "17"
choices = ["01", "02"]
"""

ACTORS = """\
actor,role,area
kapolres,commander,17.02
kabag-ops,commander,17.02
posko-1,operator,17.02
posko-2,operator,17.02
posko-curup,operator,17.02.09
posko-put,operator,17.02.07
penghubung-kpu,liaison,17.02
penghubung-bawaslu,liaison,17.02
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
    ("ADM", "kpps", "17.02", "Kelompok KPPS", "kpps"),
    ("ADM", "ppk", "17.02", "Kelompok PPK", "ppk"),
    ("ADM", "kpu", "17.02", "Helpdesk KPU Rejang Lebong", "kpu"),
    ("GAK", "ptps", "17.02", "Kelompok PTPS", "ptps"),
    ("GAK", "panwascam", "17.02", "Kelompok Panwascam", "panwascam"),
    ("GAK", "bawaslu", "17.02", "Sentra Gakkumdu Rejang Lebong", "gakkumdu"),
    ("PROP", "propam_polres", "17.02", "Sipropam Polres", "sipropam"),
    ("PROP", "propam_polda", "17", "Bidpropam Polda Bengkulu", "bidpropam"),
    ("SYS", "it", "17.02", "Petugas TI siaga", "ti"),
    ("SYS", "polres_ops", "17.02", "Posko Polres", "posko"),
)


def _all_contacts() -> str:
    """One contact a level for the kabupaten, and the Polsek of each kecamatan."""
    own = [
        ("OPS", "polsek", code, f"Polsek {area.polsek}", area.polsek.lower().replace(" ", "-"))
        for code, area in KECAMATAN.items()
    ]
    return contacts((*_LEVELS, *own))


CONTACTS = _all_contacts()
