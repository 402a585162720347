"""The sides of an area: its TPS, its alerts and reports, its strength and boxes."""

from typing import Final

from tools.dashboards.area_panels import WITH_NAME, situation, stages
from tools.dashboards.shared import each, ordered, together
from tools.dashboards.specs import Across, Bars, Curve, Head, Key, Query, Row, Said, Spec
from tools.dashboards.words import CLASSES, DUTIES, SEVERITIES, STAGES

__all__ = ["SIDES"]

_PRESENT: Final = ("free", "bound", "escorting", "off_duty")
_WANTED: Final = ("needed", "bko", "missing")


def _of_severity(severity: str) -> str:
    return together("siaga_area_alerts_open", f'severity="{severity}"', ", severity, state")


def _on_duty(duty: str) -> str:
    return together("siaga_area_strength", f'duty="{duty}"', ", duty")


_TPS: Final = (
    Row(Said("Tahap TPS", "Stages of TPS")),
    stages(
        Said(
            "Bagaimana wilayah ini berjalan. Bandingkan dengan panel di sebelah: mana yang "
            "seharusnya sudah.",
            "How this area goes on. Hold it against the panel beside it: what should have been "
            "reached.",
        ),
        (10, 9),
    ),
    Curve(
        Head(
            Said("Seharusnya sampai", "Should be reached"),
            Said(
                "Berapa TPS menurut jadwal sudah harus sampai di tiap tahap. Selisih besar dengan "
                "panel kiri: telepon yang terlambat.",
                "How many TPS should have come to each stage by the plan. Far from the panel on "
                "the left: call those who are late.",
            ),
            (8, 9),
        ),
        "none",
        (Query(together("siaga_area_tps_expected"), "{{stage}}"),),
        STAGES,
    ),
    situation(
        Head(
            Said("Situasi", "Situation"),
            Said(
                "Warna wilayah dari waktu ke waktu; tanpa perintah komandan hijau. Kuning atau "
                "merah: jangan kurangi orang di sana.",
                "The colour of areas over time; green without a word of a commander. Yellow or "
                "red: take nobody away from there.",
            ),
            (6, 9),
        ),
    ),
    Across(
        Head(
            Said("Kelas dan tahap", "Class and stage"),
            Said(
                "Di mana TPS yang rawan berada. Yang sangat rawan dan belum buka atau terhenti "
                "didahulukan. Menurut provinsi.",
                "Where vulnerable TPS are. Very vulnerable ones that have not opened, or are "
                "suspended, come first. By province.",
            ),
            (18, 6),
        ),
        "none",
        'sum without(instance, job, province) (siaga_tps_stage_class{province=~"$province"})',
        Key("class", Said("Kelas", "Class"), words=CLASSES),
        "stage",
        STAGES,
    ),
    Bars(
        Head(
            Said("TPS menurut kelas", "TPS by class"),
            Said(
                "Kerawanan menurut peta polisi. Dari kelas mengikut batas waktu dan jenjang.",
                "Vulnerability by the map of the police. Limits and ladders follow from it.",
            ),
            (6, 6),
        ),
        "none",
        (Query(together("siaga_area_tps_class"), "{{class}}"),),
        CLASSES,
    ),
)
_ALERTS: Final = (
    Row(Said("Peringatan dan laporan", "Alerts and reports")),
    Curve(
        Head(
            Said("Peringatan terbuka menurut beratnya", "Open alerts by severity"),
            Said(
                "Tanpa yang terbatas. Kenaikan serentak di satu wilayah biasanya satu kejadian: "
                "cari induknya di ruang kendali.",
                "Without restricted ones. A leap in one area is mostly one matter: look for the "
                "parent in the control room.",
            ),
            (8, 8),
        ),
        "none",
        ordered(SEVERITIES, _of_severity),
        SEVERITIES,
        stacked=True,
    ),
    Across(
        Head(
            Said("Peringatan per wilayah", "Alerts by area"),
            Said(
                "Di mana bebannya. Wilayah dengan banyak peringatan dan sedikit orang: pinjamkan "
                "operator.",
                "Where the load is. Many alerts and few people in an area: lend it an operator.",
            ),
            (8, 8),
        ),
        "none",
        f"{each('siaga_area_alerts_open', dropped=', state')} {WITH_NAME}",
        Key("name", Said("Wilayah", "Area")),
        "severity",
        SEVERITIES,
    ),
    Curve(
        Head(
            Said("Laporan menunggu orang", "Reports that wait"),
            Said(
                "Dua belas wilayah terbanyak. Garis yang hanya naik: meja triase kekurangan orang.",
                "The twelve areas with most. A line that only climbs: the desk of triage is short "
                "of people.",
            ),
            (8, 8),
        ),
        "none",
        (Query(f"topk(12, {each('siaga_area_triage_open')} {WITH_NAME})", "{{name}}"),),
        stacked=True,
    ),
)
_STRENGTH: Final = (
    Row(Said("Kekuatan dan kotak suara", "Strength and boxes")),
    Curve(
        Head(
            Said("Personel menurut tugas", "Officers by duty"),
            Said(
                "Siapa yang siap dan siapa yang sedang menangani. Bila yang siap habis, kejadian "
                "berikutnya menunggu.",
                "Who is free and who is bound. Once nobody is free the next matter waits.",
            ),
            (8, 8),
        ),
        "none",
        ordered({duty: DUTIES[duty] for duty in _PRESENT}, _on_duty),
        DUTIES,
        stacked=True,
    ),
    Curve(
        Head(
            Said("Diminta dan tak terdengar", "Asked for and missing"),
            Said(
                "Personel yang masih diminta, bagian yang harus datang dari luar (BKO), dan yang "
                "tak terdengar. Di atas nol: minta Polres atau Polda.",
                "Officers still asked for, those of them who must come from outside (BKO), and who "
                "is missing. Above zero: ask the Polres or the Polda.",
            ),
            (8, 8),
        ),
        "none",
        ordered({duty: DUTIES[duty] for duty in _WANTED}, _on_duty),
        DUTIES,
    ),
    Curve(
        Head(
            Said("Kotak suara di jalan", "Boxes on their way"),
            Said(
                "Malam hari harus naik lalu turun ke nol. Yang tidak turun: cari pengawalnya.",
                "At night it must climb and fall to zero. If it does not fall look for the "
                "escorts.",
            ),
            (8, 8),
        ),
        "none",
        (Query(f"topk(12, {each('siaga_area_boxes_away')} {WITH_NAME})", "{{name}}"),),
        stacked=True,
    ),
)
SIDES: Final[tuple[Spec | Row, ...]] = (*_TPS, *_ALERTS, *_STRENGTH)
"""In the order of the dashboard."""
