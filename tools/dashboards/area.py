"""Areas: one kabupaten, or several, down to the kecamatan. Who works there looks here."""

from typing import Final

from tools.dashboards.area_below import BELOW
from tools.dashboards.area_panels import SILENT_COLUMN, TRIAGE_COLUMN, compared, silent, triage
from tools.dashboards.area_sides import SIDES
from tools.dashboards.frame import Frame
from tools.dashboards.shared import KABUPATEN, each, together
from tools.dashboards.specs import Column, Head, Number, Row, Said, Spec
from tools.dashboards.words import AMBER, NONE, RED

__all__ = ["AREAS", "PANELS"]

AREAS: Final = Frame(
    uid="siaga-area",
    title=Said("Wilayah", "Areas"),
    about=Said(
        "Satu wilayah dari dekat: TPS, peringatan, laporan, kekuatan, kotak suara. Pilih di atas.",
        "One area closely: TPS, alerts, reports, strength, boxes. Choose it above.",
    ),
    areas=("province", "kabupaten", "kecamatan"),
)
_NUMBERS: Final = (
    Number(
        Head(
            Said("TPS", "Polling stations"),
            Said(
                "Banyaknya TPS dalam rencana wilayah ini. Tidak cocok dengan daftar "
                "penyelenggara: periksa tps.csv.",
                "How many TPS the plan has here. If the organisers count otherwise look at "
                "tps.csv.",
            ),
            (3, 4),
        ),
        "none",
        together("siaga_area_tps", dropped=", stage"),
    ),
    Number(
        Head(
            Said("Tak terdengar", "Unheard"),
            Said(
                "TPS yang belum mengirim apa pun. Setelah pukul 08.00 tanyakan lewat Polsek.",
                "TPS that have sent nothing yet. After 08:00 ask the Polsek.",
            ),
            (3, 4),
        ),
        "none",
        together("siaga_area_tps_never_heard"),
    ),
    silent(
        Head(
            Said("Diam", "Silent"),
            Said(
                "Terlalu lama tidak terdengar. Telepon; bila tidak diangkat, kirim pasangan "
                "terdekat.",
                "Not heard for too long. Call; if nobody answers send the nearest pair.",
            ),
            (3, 4),
        ),
    ),
    Number(
        Head(
            Said("Lebih ketat", "Tighter"),
            Said(
                "TPS yang dinilai satu kelas lebih ketat karena keadaannya. Batasnya lebih pendek: "
                "harapkan lebih banyak peringatan.",
                "TPS that are judged one class tighter for what goes on there. Limits are shorter: "
                "expect more alerts.",
            ),
            (3, 4),
        ),
        "none",
        together("siaga_area_tps_raised"),
        ((1, AMBER),),
    ),
    Number(
        Head(
            Said("Peringatan", "Open alerts"),
            Said(
                "Yang terbuka, tanpa yang terbatas. Buka ruang kendali, saring wilayah ini.",
                "Open ones, without restricted. Open the control room and filter by this area.",
            ),
            (3, 4),
        ),
        "none",
        together("siaga_area_alerts_open", dropped=", severity, state"),
    ),
    triage(
        Head(
            Said("Triase", "Triage"),
            Said(
                "Menunggu orang yang tahu tempat atau jenisnya. Kerjakan di meja triase.",
                "Wait for somebody who knows where or what. Work on them at the desk of triage.",
            ),
            (3, 4),
        ),
    ),
    Number(
        Head(
            Said("Triase tertua", "Oldest"),
            Said(
                "Berapa lama laporan tertua menunggu. Lebih dari 15 menit: tambah orang di meja "
                "triase wilayah ini.",
                "How long the oldest report has waited. More than 15 minutes: put another person "
                "at the desk of triage of this area.",
            ),
            (3, 4),
            NONE,
        ),
        "s",
        "max without(instance, job, kabupaten)"
        f" (siaga_area_now_timestamp_seconds{{{KABUPATEN}}}"
        f" - (siaga_area_triage_oldest_timestamp_seconds{{{KABUPATEN}}} > 0))",
        ((900, AMBER), (1800, RED)),
    ),
    Number(
        Head(
            Said("Kotak di jalan", "Boxes"),
            Said(
                "Berangkat dan belum tiba. Yang melewati batas ada di ruang kendali, dengan "
                "pengawalnya.",
                "Left and not come in. Those that are overdue are in the control room, with their "
                "escorts.",
            ),
            (3, 4),
        ),
        "none",
        together("siaga_area_boxes_away"),
    ),
)
_COMPARED: Final = (
    compared(
        Head(
            Said("Kabupaten/kota yang dipilih", "Chosen kabupaten"),
            Said(
                "Untuk membandingkan wilayah. Klik judul kolom untuk mengurutkan, klik kode untuk "
                "memilih satu saja.",
                "To hold areas against each other. A click on a heading sorts, a click on a code "
                "chooses that one alone.",
            ),
            (24, 8),
        ),
        Column(each("siaga_area_tps", dropped=", stage"), Said("TPS", "Stations")),
        Column(each("siaga_area_tps_never_heard"), Said("Tak terdengar", "Unheard")),
        SILENT_COLUMN,
        Column(each("siaga_area_tps_raised"), Said("Lebih ketat", "Tighter")),
        Column(
            each("siaga_area_alerts_open", dropped=", severity, state"),
            Said("Peringatan", "Alerts"),
        ),
        TRIAGE_COLUMN,
        Column(each("siaga_area_boxes_away"), Said("Kotak", "Boxes")),
        Column(
            f"max without(instance, job) (siaga_area_now_timestamp_seconds{{{KABUPATEN}}}"
            f" - (siaga_area_heard_timestamp_seconds{{{KABUPATEN}}} > 0))",
            Said("Tertinggal", "Lag"),
            "s",
            limits=((60, RED),),
        ),
        worst=4,
    ),
)
PANELS: Final[tuple[Spec | Row, ...]] = (*_NUMBERS, *_COMPARED, *SIDES, *BELOW)
"""The chosen area in numbers, then each side of it."""
