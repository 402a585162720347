"""Metrics of places: read from the picture of the owned partitions when Prometheus asks.

A kabupaten or kota is the finest area that an installation of any size shows; the kecamatan are
shown as well where few kabupaten are watched. Drills are in none of these metrics, and neither is
what only some may see. Of votes they say how many TPS have sent a form, never what is in it.

Where several elections are watched in one kabupaten, numbers are their sum, a colour is the worst
of them, and the share of what is reported the least.
"""

from typing import Final

from streams.telemetry.metrics import SEVERITY, STATE, Kind, Label, Metric

__all__ = [
    "AREA_ALERTS",
    "AREA_AWAY",
    "AREA_CLASS",
    "AREA_COLOUR",
    "AREA_COUNTS",
    "AREA_EXPECTED",
    "AREA_HEARD",
    "AREA_INFO",
    "AREA_METRICS",
    "AREA_NEVER_HEARD",
    "AREA_NOW",
    "AREA_RAISED",
    "AREA_REPORTING",
    "AREA_SILENT",
    "AREA_STAGE",
    "AREA_STRENGTH",
    "AREA_TRIAGE",
    "AREA_TRIAGE_OLDEST",
    "KECAMATAN_ALERTS",
    "KECAMATAN_INFO",
    "KECAMATAN_SILENT",
    "KECAMATAN_STAGE",
    "STAGE_CLASS",
]

_KABUPATEN: Final = Label("kabupaten", "code of a kabupaten or kota that is watched: `17.02`")
_KECAMATAN: Final = Label("kecamatan", "code of a kecamatan: `17.02.09`")
_PROVINCE: Final = Label("province", "code of a province: `17`")
_PROVINCE_NAME: Final = Label("province_name", "what the province is called")
_NAME: Final = Label("name", "what the area is called")
_STAGE: Final = Label("stage", "stages of the day of a TPS: `not_open`, `voting`, `box_in` …")
_CLASS: Final = Label("class", "`kurang_rawan`, `rawan`, `sangat_rawan`, `khusus`")
_CONTEST: Final = Label(
    "contest",
    "ids of the contests of whole kabupaten or provinces; of a narrower one without its area:"
    " `kades`",
)
_FORM: Final = Label(
    "form", "`expected`: TPS that vote in the contest; `reported`, `final`: that have sent a form"
)
_DUTY: Final = Label(
    "duty",
    "`free`, `bound`, `escorting`, `off_duty` are all officers; `missing` are among the `free`;"
    " `needed` are asked for, `bko` of them from elsewhere",
)

AREA_INFO: Final = Metric(
    "siaga_area_info",
    Kind.INFO,
    "Always 1; says what a watched kabupaten is called.",
    (_KABUPATEN, _NAME, _PROVINCE, _PROVINCE_NAME),
)
AREA_STAGE: Final = Metric(
    "siaga_area_tps", Kind.GAUGE, "TPS of the plan by stage.", (_KABUPATEN, _STAGE)
)
AREA_CLASS: Final = Metric(
    "siaga_area_tps_class", Kind.GAUGE, "TPS of the plan by class.", (_KABUPATEN, _CLASS)
)
STAGE_CLASS: Final = Metric(
    "siaga_tps_stage_class",
    Kind.GAUGE,
    "TPS of the plan by stage and class together.",
    (_PROVINCE, _STAGE, _CLASS),
)
AREA_SILENT: Final = Metric(
    "siaga_area_tps_silent", Kind.GAUGE, "TPS of which an alert says: silent.", (_KABUPATEN,)
)
AREA_NEVER_HEARD: Final = Metric(
    "siaga_area_tps_never_heard",
    Kind.GAUGE,
    "TPS that have sent nothing at all so far.",
    (_KABUPATEN,),
)
AREA_RAISED: Final = Metric(
    "siaga_area_tps_raised", Kind.GAUGE, "TPS where the posture is raised.", (_KABUPATEN,)
)
AREA_EXPECTED: Final = Metric(
    "siaga_area_tps_expected",
    Kind.GAUGE,
    "TPS that should have come to a stage by now, by the rules that await it.",
    (_KABUPATEN, _STAGE),
)
AREA_COUNTS: Final = Metric(
    "siaga_area_counts_tps",
    Kind.GAUGE,
    "TPS by how far their forms are in: never what is in one.",
    (_KABUPATEN, _CONTEST, _FORM),
)
AREA_REPORTING: Final = Metric(
    "siaga_area_reporting_ratio",
    Kind.GAUGE,
    "Share of the TPS that have sent a form, of the contest in which it is least.",
    (_KABUPATEN,),
)
AREA_ALERTS: Final = Metric(
    "siaga_area_alerts_open",
    Kind.GAUGE,
    "Open alerts that everybody may see.",
    (_KABUPATEN, SEVERITY, STATE),
)
AREA_TRIAGE: Final = Metric(
    "siaga_area_triage_open",
    Kind.GAUGE,
    "Reports that wait for a person, and that everybody may see.",
    (_KABUPATEN,),
)
AREA_TRIAGE_OLDEST: Final = Metric(
    "siaga_area_triage_oldest_timestamp_seconds",
    Kind.GAUGE,
    "When the oldest of these came in, by stream time; 0: none waits.",
    (_KABUPATEN,),
)
AREA_STRENGTH: Final = Metric(
    "siaga_area_strength",
    Kind.GAUGE,
    "Officers of the Polsek by what they do, and how many are asked for.",
    (_KABUPATEN, _DUTY),
)
AREA_AWAY: Final = Metric(
    "siaga_area_boxes_away", Kind.GAUGE, "Ballot boxes on their way.", (_KABUPATEN,)
)
AREA_COLOUR: Final = Metric(
    "siaga_area_colour",
    Kind.GAUGE,
    "Situation: 0 hijau (calm), 1 kuning (tense), 2 merah (out of hand).",
    (_KABUPATEN,),
)
AREA_NOW: Final = Metric(
    "siaga_area_now_timestamp_seconds",
    Kind.GAUGE,
    "The clock `now` of the partition that has the kabupaten.",
    (_KABUPATEN,),
)
AREA_HEARD: Final = Metric(
    "siaga_area_heard_timestamp_seconds",
    Kind.GAUGE,
    "The clock `heard` of that partition: what is said of silence is true up to then.",
    (_KABUPATEN,),
)
KECAMATAN_INFO: Final = Metric(
    "siaga_kecamatan_info",
    Kind.INFO,
    "Always 1; says what a kecamatan is called. Where 20 kabupaten or more are watched, there is"
    " no metric of kecamatan.",
    (_KECAMATAN, _NAME, _KABUPATEN),
)
KECAMATAN_STAGE: Final = Metric(
    "siaga_kecamatan_tps", Kind.GAUGE, "TPS of the plan by stage.", (_KECAMATAN, _STAGE)
)
KECAMATAN_SILENT: Final = Metric(
    "siaga_kecamatan_tps_silent", Kind.GAUGE, "TPS of which an alert says: silent.", (_KECAMATAN,)
)
KECAMATAN_ALERTS: Final = Metric(
    "siaga_kecamatan_alerts_open",
    Kind.GAUGE,
    "Open alerts that everybody may see.",
    (_KECAMATAN, SEVERITY),
)

AREA_METRICS: Final = (
    AREA_INFO,
    AREA_STAGE,
    AREA_CLASS,
    STAGE_CLASS,
    AREA_SILENT,
    AREA_NEVER_HEARD,
    AREA_RAISED,
    AREA_EXPECTED,
    AREA_COUNTS,
    AREA_REPORTING,
    AREA_ALERTS,
    AREA_TRIAGE,
    AREA_TRIAGE_OLDEST,
    AREA_STRENGTH,
    AREA_AWAY,
    AREA_COLOUR,
    AREA_NOW,
    AREA_HEARD,
    KECAMATAN_INFO,
    KECAMATAN_STAGE,
    KECAMATAN_SILENT,
    KECAMATAN_ALERTS,
)
"""All of them, in the order in which they are shown."""
