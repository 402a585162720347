"""Alerts and their ladder: is somebody taking them on, and in time?"""

from typing import Final

from tools.dashboards.alerts_taken import TAKEN
from tools.dashboards.frame import Frame
from tools.dashboards.shared import NAMED, each, ordered
from tools.dashboards.specs import Across, Bars, Curve, Head, Key, Number, Query, Row, Said, Spec
from tools.dashboards.words import AMBER, CHANGES, NONE, RED, SEVERITIES, STATES

__all__ = ["ALERTS", "PANELS"]

ALERTS: Final = Frame(
    uid="siaga-alerts",
    title=Said("Peringatan dan jenjang", "Alerts and ladder"),
    about=Said(
        "Apakah setiap peringatan diambil seseorang pada waktunya, dan siapa yang kewalahan.",
        "Whether somebody takes every alert in time, and who is overwhelmed.",
    ),
    areas=("province", "kabupaten"),
)
_ASKED: Final = {
    "critical": Said(
        "Akui sekarang; jenjang naik sesudah 3 dan 8 menit.",
        "Acknowledge them now; the ladder climbs after 3 and 8 minutes.",
    ),
    "high": Said(
        "Akui dalam 5 menit; sesudah itu jenjang naik.",
        "Acknowledge within 5 minutes; after that the ladder climbs.",
    ),
    "medium": Said(
        "Akui dalam 15 menit; sesudah itu jenjang naik.",
        "Acknowledge within 15 minutes; after that the ladder climbs.",
    ),
    "low": Said(
        "Tidak naik jenjang. Baca bila ada waktu.",
        "They do not climb. Read them when there is time.",
    ),
}


def _waiting(severity: str) -> Number:
    """Return how many alerts of a severity nobody has acknowledged."""
    indonesian, english = SEVERITIES[severity][0].split(" · ")
    limits = {"critical": ((1, RED),), "high": ((1, AMBER), (10, RED)), "medium": ((20, AMBER),)}
    return Number(
        Head(
            Said(f"{indonesian.capitalize()} belum diakui", english.capitalize()),
            _ASKED[severity],
            (4, 4),
        ),
        "none",
        "sum without(instance, job, severity, level, state)"
        f' (siaga_alerts_open{{severity="{severity}",state="unacknowledged"}})',
        limits.get(severity, ()),
    )


def _in_state(state: str) -> str:
    chosen = f'siaga_alerts_open{{state="{state}"}}'
    return f"sum without(instance, job, severity, level, state) ({chosen})"


_NUMBERS: Final = (
    *(_waiting(severity) for severity in SEVERITIES),
    Number(
        Head(
            Said("Tertua menunggu", "Oldest waits"),
            Said(
                "Umur peringatan tertua yang belum diakui siapa pun, dari semua tingkat. Cari di "
                "ruang kendali dengan urutan umur.",
                "Age of the oldest alert that nobody has acknowledged, of any severity. Find it in "
                "the control room, ordered by age.",
            ),
            (4, 4),
            NONE,
        ),
        "s",
        "scalar(max(siaga_now_timestamp_seconds)) - min without(instance, job, severity)"
        " (siaga_alerts_oldest_unacknowledged_timestamp_seconds > 0)",
        ((300, AMBER), (900, RED)),
    ),
    Number(
        Head(
            Said("Tenggat terlewat", "Overdue"),
            Said(
                "Harus nol: jenjang yang sudah waktunya naik dan belum. Bukan kelalaian orang; "
                "lihat dasbor Alur, panggil petugas TI.",
                "Must be zero: ladders that are due and have not climbed. Nobody in the room is to "
                "blame; look at the dashboard of the pipeline and call IT.",
            ),
            (4, 4),
        ),
        "none",
        "sum without(instance, job, level) (siaga_deadlines_overdue)",
        ((1, RED),),
    ),
)
_OPEN: Final = (
    Row(Said("Yang terbuka", "What is open")),
    Curve(
        Head(
            Said("Menurut keadaan", "By state"),
            Said(
                "Yang belum diakui harus sempit. Bila yang diakui menumpuk, orang mengambil dan "
                "tidak menyelesaikan.",
                "The unacknowledged must be a thin band. If acknowledged ones pile up people take "
                "and do not finish.",
            ),
            (8, 9),
        ),
        "none",
        ordered(STATES, _in_state),
        STATES,
        stacked=True,
    ),
    Across(
        Head(
            Said("Di jenjang mana", "On which level"),
            Said(
                "Siapa yang sekarang diberi tahu. Banyak di jenjang tinggi: jenjang bawah tidak "
                "menjawab; telepon mereka.",
                "Who is being told now. Many high up: those below do not answer; call them.",
            ),
            (8, 9),
        ),
        "none",
        "sum without(instance, job, state) (siaga_alerts_open) > 0",
        Key("level", Said("Jenjang", "Level")),
        "severity",
        SEVERITIES,
    ),
    Across(
        Head(
            Said("Di wilayah mana", "In which area"),
            Said(
                "Tanpa yang terbatas. Wilayah teratas lebih dulu dibantu.",
                "Without restricted ones. Help the areas on top first.",
            ),
            (8, 9),
        ),
        "none",
        f"({each('siaga_area_alerts_open', dropped=', state')} > 0) * on(kabupaten)"
        f" group_left(name) {NAMED}",
        Key("name", Said("Wilayah", "Area")),
        "severity",
        SEVERITIES,
    ),
)
_HAPPENED: Final = (
    Row(Said("Yang terjadi", "What happened")),
    Curve(
        Head(
            Said("Perubahan per menit", "Changes a minute"),
            Said(
                "Terbuka terhadap selesai. Lebih dari 10 terbuka dalam 10 menit seorang operator "
                "adalah banjir: bagi wilayahnya.",
                "Opened against resolved. More than 10 opened in 10 minutes for one operator is a "
                "flood: divide the areas.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job) (rate(siaga_lines_total"
                '{change=~"opened|escalated|acknowledged|returned|resolved"}[$__rate_interval]))',
                "{{change}}",
            ),
        ),
        CHANGES,
    ),
    Curve(
        Head(
            Said("Naik jenjang per menit", "Climbs a minute"),
            Said(
                "Menurut jenjang yang diberi tahu. Setiap kenaikan berarti tidak ada yang mengakui "
                "pada waktunya.",
                "By the level that was told. Each climb means that nobody acknowledged in time.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job) (rate(siaga_escalations_total[$__rate_interval]))",
                "{{level}}",
            ),
        ),
    ),
    Bars(
        Head(
            Said("Aturan yang paling sering menyala", "Rules that fire most"),
            Said(
                "Dalam jangka waktu yang dipilih, latihan termasuk. Satu aturan jauh di atas: "
                "kejadian besar, atau ambangnya terlalu rendah.",
                "Over the chosen time, drills included. One far above the rest: a large matter, or "
                "a threshold that is too low.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "sort_desc(topk(10, sum without(instance, job)"
                " (increase(siaga_rule_firings_total[$__range])) > 0))",
                "{{rule}}",
            ),
        ),
    ),
)
PANELS: Final[tuple[Spec | Row, ...]] = (*_NUMBERS, *TAKEN, *_OPEN, *_HAPPENED)
"""What waits, how fast it is taken, what is open, what happened."""
