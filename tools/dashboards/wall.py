"""Election day: the dashboard that hangs on a wall. What is wrong, where, and do we still see?"""

from typing import Final

from tools.dashboards.area_panels import (
    SILENT_COLUMN,
    TRIAGE_COLUMN,
    compared,
    silent,
    situation,
    stages,
    triage,
)
from tools.dashboards.frame import Frame
from tools.dashboards.shared import KABUPATEN, alarms, each, lag, ordered, together
from tools.dashboards.specs import Column, Curve, Head, Number, Query, Row, Said, Spec
from tools.dashboards.words import AMBER, NONE, RED, SEVERITIES

__all__ = ["PANELS", "WALL"]

WALL: Final = Frame(
    uid="siaga-wall",
    title=Said("Hari pemungutan suara", "Election day"),
    about=Said(
        "Untuk layar besar posko: apa yang terjadi, di mana, dan apakah sistem masih melihat.",
        "For the large screen of the command post: what is wrong, where, and whether we still see.",
    ),
    refresh="5s",
    areas=("province", "kabupaten"),
)
_DONE: Final = "counted|box_away|box_in"


def _behind(stage: str, reached: str) -> str:
    """Return an expression: how many TPS should have come to a stage and have not."""
    expected = together("siaga_area_tps_expected", f'stage="{stage}"', ", stage")
    return f"clamp_min({expected} - {together('siaga_area_tps', reached, ', stage')}, 0)"


def _of_severity(severity: str) -> str:
    chosen = f'siaga_alerts_open{{severity="{severity}"}}'
    return f"sum without(instance, job, severity, level, state) ({chosen})"


_NUMBERS: Final = (
    Number(
        Head(
            Said("Kritis belum diakui", "Critical"),
            Said(
                "Belum ada orang yang mengambilnya. Buka ruang kendali dan akui sekarang.",
                "Nobody has taken these. Open the control room and acknowledge them now.",
            ),
            (4, 4),
        ),
        "none",
        "sum without(instance, job, severity, level, state)"
        ' (siaga_alerts_open{severity="critical",state="unacknowledged"})',
        ((1, RED),),
    ),
    Number(
        Head(
            Said("Kritis tertua", "Oldest critical"),
            Said(
                "Sejak kapan peringatan kritis yang tertua menunggu diakui. Sesudah 3 menit "
                "jenjang naik: telepon penanggung jawabnya.",
                "How long the oldest critical alert has waited to be acknowledged. After 3 minutes "
                "the ladder climbs: call who answers for it.",
            ),
            (4, 4),
            NONE,
        ),
        "s",
        "scalar(max(siaga_now_timestamp_seconds)) - (min without(instance, job, severity)"
        ' (siaga_alerts_oldest_unacknowledged_timestamp_seconds{severity="critical"} > 0))',
        ((0, AMBER), (180, RED)),
    ),
    Number(
        Head(
            Said("Peringatan terbuka", "Open alerts"),
            Said(
                "Semua yang belum selesai, dari semua wilayah. Bila naik tajam, lihat dasbor "
                "Peringatan: mungkin satu kejadian besar.",
                "All that is not resolved, of all areas. If it climbs steeply look at the "
                "dashboard of alerts: it may be one large matter.",
            ),
            (4, 4),
        ),
        "none",
        "sum without(instance, job, severity, level, state) (siaga_alerts_open)",
    ),
    Number(
        Head(
            Said("TPS terdengar", "TPS heard"),
            Said(
                "Bagian TPS yang sudah mengirim kabar. Pagi hari harus naik cepat; bila tidak, "
                "hubungi kecamatannya.",
                "Share of TPS that have sent anything. It must climb fast in the morning; if not, "
                "ask the kecamatan.",
            ),
            (4, 4),
        ),
        "percentunit",
        f"1 - {together('siaga_area_tps_never_heard')}"
        f" / {together('siaga_area_tps', dropped=', stage')}",
    ),
    silent(
        Head(
            Said("TPS diam", "Silent TPS"),
            Said(
                "TPS yang terlalu lama tidak mengirim kabar. Lihat tabel: dalam satu wilayah itu "
                "jaringan, tersebar berarti periksa satu per satu.",
                "TPS that have been quiet for too long. Look at the table: in one area it is the "
                "network, spread out they are looked at one by one.",
            ),
            (4, 4),
        ),
    ),
    triage(
        Head(
            Said("Triase", "Reports that wait"),
            Said(
                "Laporan warga yang tempat atau jenisnya belum pasti. Buka meja triase di ruang "
                "kendali.",
                "Reports whose place or kind is not sure. Open the desk of triage in the control "
                "room.",
            ),
            (4, 4),
        ),
    ),
)
_AREAS: Final = (
    compared(
        Head(
            Said("Wilayah, terburuk dulu", "Areas, the worst first"),
            Said(
                "Satu baris satu kabupaten/kota. Klik kode untuk membuka wilayahnya. Peringatan "
                "terbatas tidak dihitung di sini.",
                "A row a kabupaten. A click on the code opens it. Restricted alerts are not "
                "counted here.",
            ),
            (14, 10),
        ),
        Column(
            each("siaga_area_alerts_open", 'severity="critical"', ", severity, state"),
            Said("Kritis", "Critical"),
            limits=((1, RED),),
        ),
        Column(
            each("siaga_area_alerts_open", 'severity="high"', ", severity, state"),
            Said("Tinggi", "High"),
            limits=((1, AMBER),),
        ),
        SILENT_COLUMN,
        TRIAGE_COLUMN,
        Column(
            f"max without(instance, job) (siaga_area_reporting_ratio{{{KABUPATEN}}})",
            Said("Formulir", "Forms"),
            "percentunit",
        ),
        worst=0,
    ),
    situation(
        Head(
            Said("Situasi wilayah", "Situation of areas"),
            Said(
                "Warna yang ditetapkan komandan. Merah: ikuti perintahnya; turun hanya satu "
                "tingkat, setelah tenang 45 menit.",
                "The colour that commanders have set. Red: follow their orders; it goes down one "
                "step at a time, after 45 calm minutes.",
            ),
            (10, 10),
        ),
    ),
)
_DAY: Final = (
    Row(Said("Perjalanan hari ini", "How the day goes")),
    stages(
        Said(
            "Ke mana hari ini berjalan. Pita yang tidak menyempit pada waktunya: lihat panel "
            "di sebelah, lalu wilayahnya.",
            "Where the day has come to. If a band does not narrow in time look at the panel "
            "beside it, then at the area.",
        ),
        (10, 9),
    ),
    Curve(
        Head(
            Said("Terlambat dari jadwal", "Behind the plan"),
            Said(
                "TPS yang menurut jadwal sudah harus sampai di tahap itu dan belum. Bila tidak "
                "turun dalam 15 menit, tanyakan lewat Polsek. Yang ditunda ikut terhitung.",
                "TPS that should have come to a stage by now and have not. If it does not fall "
                "within 15 minutes ask the Polsek. Postponed ones are counted as well.",
            ),
            (7, 9),
        ),
        "none",
        (
            Query(_behind("voting", 'stage!~"not_open|postponed"'), "buka · opened"),
            Query(_behind("closed", f'stage=~"closed|counting|{_DONE}"'), "tutup · closed"),
            Query(_behind("counted", f'stage=~"{_DONE}"'), "selesai hitung · counted"),
        ),
    ),
    Curve(
        Head(
            Said("Peringatan terbuka", "Open by severity"),
            Said(
                "Beban ruang kendali. Naik terus berarti lebih banyak datang daripada yang "
                "diselesaikan: minta tambahan operator.",
                "What the control room has on its hands. If it only climbs more comes than is "
                "done: ask for another operator.",
            ),
            (7, 9),
        ),
        "none",
        ordered(SEVERITIES, _of_severity),
        SEVERITIES,
        stacked=True,
    ),
)
_ITSELF: Final = (
    Row(Said("Siaga sendiri", "Siaga itself")),
    alarms((8, 7)),
    lag((8, 7)),
    Curve(
        Head(
            Said("Pesan masuk per menit", "Messages a minute"),
            Said(
                "Apa yang datang dari TPS, warga, dan operator. Nol di jam pemungutan bukan hari "
                "yang tenang, melainkan jalan masuk yang putus.",
                "What comes from TPS, citizens and operators. Zero in voting hours is no calm day "
                "but a way in that is cut.",
            ),
            (8, 7),
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job, outcome)"
                ' (rate(siaga_events_total{outcome!="clock"}[$__rate_interval]))',
                "{{topic}}",
            ),
        ),
    ),
)
PANELS: Final[tuple[Spec | Row, ...]] = (*_NUMBERS, *_AREAS, *_DAY, *_ITSELF)
"""What is most urgent first."""
