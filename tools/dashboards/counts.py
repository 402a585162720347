"""Counts progress: how many forms are in. Never for whom: no metric knows."""

from typing import Final

from tools.dashboards.frame import Frame
from tools.dashboards.shared import KABUPATEN, NAMED, each, together
from tools.dashboards.specs import (
    Bars,
    Column,
    Curve,
    Head,
    Key,
    Number,
    Query,
    Row,
    Rows,
    Said,
    Spec,
)
from tools.dashboards.words import AMBER, CALM, FORMS, NONE, RED, STAGES

__all__ = ["COUNTS", "PANELS"]

COUNTS: Final = Frame(
    uid="siaga-counts",
    title=Said("Kemajuan penghitungan", "Counts progress"),
    about=Said(
        "Berapa formulir sudah masuk, di mana yang belum. Tidak pernah siapa yang unggul.",
        "How many forms are in, and where not. Never who leads.",
    ),
    since="now-12h",
    areas=("province", "kabupaten"),
)
_FORMS: Final = "siaga_area_counts_tps"


def _of(form: str) -> str:
    return together(_FORMS, f'form="{form}"', ", contest, form")


def _by_area(form: str) -> str:
    chosen = f'form="{form}"'
    return f"{each(_FORMS, chosen, ', form')} * on(kabupaten) group_left(name) {NAMED}"


def _have(stages: str, legend: str) -> Query:
    """Return how many TPS have come to one of some stages."""
    return Query(together("siaga_area_tps", f'stage=~"{stages}"', ", stage"), legend)


_COUNTED: Final = "counted|box_away|box_in"
_EXPECTED: Final = together("siaga_area_tps_expected", 'stage="counted"', ", stage")

_NUMBERS: Final = (
    Number(
        Head(
            Said("Formulir masuk", "Forms in"),
            Said(
                "Bagian dari semua formulir yang diharapkan, semua pemilihan bersama. Bila "
                "berhenti naik, lihat tabel di bawah.",
                "Share of all forms that are expected, all contests together. If it stops climbing "
                "look at the table below.",
            ),
            (5, 4),
        ),
        "percentunit",
        f"{_of('reported')} / ({_of('expected')} > 0)",
    ),
    Number(
        Head(
            Said("Formulir final", "Forms final"),
            Said(
                "Bagian yang sudah final. Yang masuk tetapi lama tidak final: tanyakan ke KPPS.",
                "Share that is final. In but not final for long: ask the KPPS.",
            ),
            (5, 4),
        ),
        "percentunit",
        f"{_of('final')} / ({_of('expected')} > 0)",
    ),
    Number(
        Head(
            Said("Formulir belum masuk", "Forms not in"),
            Said(
                "Yang masih ditunggu. Setelah batas waktu, hubungi TPS-nya satu per satu lewat "
                "ruang kendali.",
                "Those that are awaited. After the deadline call their TPS one by one from the "
                "control room.",
            ),
            (5, 4),
        ),
        "none",
        f"{_of('expected')} - {_of('reported')}",
    ),
    Number(
        Head(
            Said("Paling tertinggal", "Farthest behind"),
            Said(
                "Bagian formulir yang masuk di wilayah dan pemilihan yang paling sedikit. Bantu "
                "wilayah itu dulu.",
                "Share of forms in where it is least, of areas and contests. Help that area first.",
            ),
            (5, 4),
        ),
        "percentunit",
        f"min without(instance, job, kabupaten) (siaga_area_reporting_ratio{{{KABUPATEN}}})",
        ((0, AMBER), (0.5, CALM)),
    ),
    Number(
        Head(
            Said("Kotak di jalan", "Boxes away"),
            Said(
                "Kotak yang berangkat dan belum tiba. Lewat tengah malam masih banyak: cari "
                "pengawalnya.",
                "Boxes that have left and not come in. Still many after midnight: look for the "
                "escorts.",
            ),
            (4, 4),
        ),
        "none",
        together("siaga_area_boxes_away"),
    ),
)
_IN: Final = (
    Row(Said("Formulir", "Forms")),
    Curve(
        Head(
            Said("Formulir masuk dan final", "Forms in and final"),
            Said(
                "Kurva yang mendatar sebelum mencapai garis abu-abu: jalan masuk tersumbat atau "
                "penghitungan berhenti.",
                "A curve that flattens before the grey line: a way in is blocked, or counting has "
                "stopped.",
            ),
            (12, 10),
        ),
        "none",
        (Query(together(_FORMS, dropped=", contest"), "{{form}}"),),
        FORMS,
    ),
    Curve(
        Head(
            Said("Formulir per 15 menit", "Forms in 15 minutes"),
            Said(
                "Kecepatan masuk, menurut pemilihan. Puncaknya menunjukkan kapan operator paling "
                "dibutuhkan.",
                "How fast they come, by contest. The peak says when operators are needed most.",
            ),
            (6, 10),
        ),
        "none",
        (
            Query(
                "clamp_min(sum without(instance, job, kabupaten, form) (delta("
                f'{_FORMS}{{{KABUPATEN},form="reported"}}[15m])), 0)',
                "{{contest}}",
            ),
        ),
        stacked=True,
    ),
    Bars(
        Head(
            Said("Lima belas terendah", "Lowest fifteen"),
            Said(
                "Bagian formulir yang masuk, 15 wilayah terendah. Telepon dari atas ke bawah.",
                "Share of forms in, the 15 lowest areas. Call from the top down.",
            ),
            (6, 10),
        ),
        "percentunit",
        (
            Query(
                "sort(bottomk(15, max without(instance, job)"
                f" (siaga_area_reporting_ratio{{{KABUPATEN}}}) * on(kabupaten)"
                f" group_left(name) {NAMED}))",
                "{{name}}",
            ),
        ),
    ),
)
_WHERE: Final = (
    Rows(
        Head(
            Said("Menurut wilayah dan pemilihan", "By area and contest"),
            Said(
                "Berapa TPS memilih, berapa formulir masuk, berapa final. Klik judul kolom untuk "
                "mengurutkan.",
                "How many TPS vote, how many forms are in, how many final. A click on a heading "
                "sorts.",
            ),
            (12, 10),
        ),
        (
            Key("name", Said("Wilayah", "Area")),
            Key("kabupaten", Said("Kode", "Code"), width=90),
            Key("contest", Said("Pemilihan", "Contest")),
        ),
        tuple(
            Column(
                _by_area(form),
                title,
            )
            for form, title in (
                ("expected", Said("TPS", "Stations")),
                ("reported", Said("Masuk", "In")),
                ("final", Said("Final", "Final forms")),
            )
        ),
    ),
    Curve(
        Head(
            Said("Dibuang sebelum dinilai", "Refused before they were judged"),
            Said(
                "Pesan hasil hitung yang tidak dapat diterima, per menit, di samping yang "
                "diterima. Lihat meja surat mati di ruang kendali.",
                "Messages with counts that could not be taken, a minute, beside those that were. "
                "Look at the desk of dead letters in the control room.",
            ),
            (12, 10),
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job) (rate(siaga_events_total"
                '{topic="vote.counts",outcome!="clock"}[$__rate_interval]))',
                "{{outcome}}",
            ),
        ),
        {
            "journaled": ("diterima · taken", STAGES["counted"][1]),
            "broadcast": ("disiarkan · broadcast", STAGES["voting"][1]),
            "dead": ("ditolak · refused", RED),
        },
        stacked=True,
    ),
)
_STAGES: Final = (
    Row(Said("Tahap penghitungan", "Stages of counting")),
    Curve(
        Head(
            Said("Mulai menghitung", "Counting has begun"),
            Said(
                "TPS yang sudah tutup dan yang sudah mulai menghitung. Selisih yang tidak menutup: "
                "tanyakan lewat Polsek.",
                "TPS that have closed, and that have begun to count. If the gap does not close ask "
                "the Polsek.",
            ),
            (8, 8),
            NONE,
        ),
        "none",
        (
            _have(f"closed|counting|{_COUNTED}", "tutup · closed"),
            _have(f"counting|{_COUNTED}", "mulai · begun"),
        ),
    ),
    Curve(
        Head(
            Said("Selesai menghitung", "Counting has ended"),
            Said(
                "Yang menurut jadwal selesai dan yang sudah. TPS yang menghitung sampai malam "
                "butuh penjagaan lebih lama.",
                "Those that should have ended by the plan, and that have. TPS that count into the "
                "night need guards for longer.",
            ),
            (8, 8),
            NONE,
        ),
        "none",
        (
            Query(_EXPECTED, "seharusnya · should have"),
            _have(_COUNTED, "selesai · ended"),
        ),
    ),
    Curve(
        Head(
            Said("Kotak tiba", "Boxes are in"),
            Said(
                "Kotak yang berangkat dan yang tiba. Selisih di akhir hari: kotaknya di mana, "
                "dengan siapa?",
                "Boxes that have left, and that are in. A gap at the end of the day: where is the "
                "box, and with whom?",
            ),
            (8, 8),
            NONE,
        ),
        "none",
        (
            _have("box_away|box_in", "berangkat · left"),
            _have("box_in", "tiba · in"),
        ),
    ),
)
PANELS: Final[tuple[Spec | Row, ...]] = (*_NUMBERS, *_IN, *_WHERE, *_STAGES)
"""How far, how fast, where not, and how far the TPS are."""
