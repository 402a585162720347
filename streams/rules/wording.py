"""Fills the texts of a rule: names in braces stand for what the judgment knows.

Times are local to the place. A name that a rule uses and its detector does not know is a fault of
the pack; `FIELDS` says which there are, and reading a pack checks it.
"""

from string import Formatter
from typing import Final

from streams.domain.alert import Text
from streams.domain.happenings import Happening
from streams.domain.ids import AreaCode, Scope, kecamatan_of
from streams.domain.times import DAY_MS, MINUTE_MS, EpochMs
from streams.domain.words import SourceClass
from streams.territory.plan import Plan

__all__ = [
    "FIELDS",
    "clock_text",
    "fill",
    "number_text",
    "place_text",
    "sides_text",
    "stage_text",
    "unknown_fields",
]

FIELDS: Final = {
    "overdue": frozenset({"place", "begins", "deadline", "limit_minutes"}),
    "score": frozenset({"place", "category", "voices", "score", "threshold"}),
    "condition": frozenset(
        {
            "place",
            "at",
            "ballots",
            "expected",
            "contest",
            "box",
            "seal",
            "departed_box",
            "departed_seal",
            "formula",
        }
    ),
    "series": frozenset({"place", "contest", "peak", "now"}),
    "contradiction": frozenset({"place", "contest", "sides"}),
    "tally": frozenset({"place", "contest", "margin", "limit", "tps_final", "tps_all"}),
    "surge": frozenset({"place", "count", "usual", "threshold", "window_minutes"}),
    "sequence": frozenset({"place", "missing", "stage", "at", "wait_minutes"}),
}
"""Names that the texts of a rule may use, by type of detector."""

_TPS_CODE_LENGTH: Final = 17


def unknown_fields(text: Text, detector: str) -> frozenset[str]:
    """Return the names in braces that a detector of this type does not know."""
    parsed = (*Formatter().parse(text.id), *Formatter().parse(text.en))
    used = {name for _, name, _, _ in parsed if name is not None}
    return frozenset(used - FIELDS[detector])


def fill(text: Text, values: dict[str, Text]) -> Text:
    """Return the text with every name filled in, in each of its languages."""
    return Text(
        text.id.format_map({name: value.id for name, value in values.items()}),
        text.en.format_map({name: value.en for name, value in values.items()}),
    )


def number_text(value: float) -> Text:
    """Return a number as people write it: `7,5` in Indonesian, `7.5` in English."""
    english = f"{round(value, 2):g}"
    return Text(english.replace(".", ","), english)


_SIDES: Final = {
    SourceClass.ORGANISERS: Text("penyelenggara", "organisers"),
    SourceClass.SUPERVISORS: Text("pengawas", "supervisors"),
    SourceClass.WITNESSES: Text("saksi", "witnesses"),
    SourceClass.POLICE: Text("polisi", "police"),
    SourceClass.CITIZENS: Text("warga", "citizens"),
}


def sides_text(one: SourceClass, other: SourceClass) -> Text:
    """Return how people call two sides that differ; no camp is named.

    Only witnesses have several sides, one a camp.
    """
    if one == other:
        return Text("saksi dua kubu", "witnesses of two camps")
    left, right = _SIDES[one], _SIDES[other]
    return Text(f"{left.id} dan {right.id}", f"{left.en} and {right.en}")


def clock_text(at: EpochMs, offset_minutes: int) -> str:
    """Return the local time of day as `07:10`."""
    minutes = (at + offset_minutes * MINUTE_MS) % DAY_MS // MINUTE_MS
    return f"{minutes // 60:02}:{minutes % 60:02}"


_STAGES: Final = {
    Happening.LOGISTICS_RECEIVED: Text("logistik diterima", "materials received"),
    Happening.OPENED: Text("buka", "opened"),
    Happening.SUSPENDED: Text("terhenti", "halted"),
    Happening.RESUMED: Text("dilanjutkan", "resumed"),
    Happening.POSTPONED: Text("ditunda", "postponed"),
    Happening.CLOSED: Text("tutup", "closed"),
    Happening.COUNTING_STARTED: Text("penghitungan mulai", "counting started"),
    Happening.COUNTING_FINISHED: Text("penghitungan selesai", "counting finished"),
    Happening.BOX_DEPARTED: Text("kotak berangkat", "box departed"),
    Happening.ESCORT_JOINED: Text("pengawal bergabung", "escort joined"),
    Happening.BOX_ARRIVED: Text("kotak tiba", "box arrived"),
}


def stage_text(stage: Happening) -> Text:
    """Return how people call a stage."""
    return _STAGES.get(stage, Text(stage.value, stage.value))


def place_text(plan: Plan, scope: Scope, place: AreaCode) -> Text:
    """Return how people call what an alert is about; officers are called by their sign."""
    kind, _, name = scope.partition(":")
    sign = name.partition("/")[2]
    if not sign:
        return _area_text(plan, place)
    words = {
        "pair": Text("pasangan {}", "pair {}"),
        "officer": Text("petugas {}", "officer {}"),
        "polsek": Text("Polsek {}", "Polsek {}"),
        "box": Text("kotak {}", "box {}"),
        "source": Text("pelapor {}", "reporter {}"),
    }
    word = words.get(kind, Text("{}", "{}"))
    return Text(word.id.format(sign), word.en.format(sign))


def _area_text(plan: Plan, place: AreaCode) -> Text:
    if len(place) == _TPS_CODE_LENGTH:
        name = f"{place[-3:]} {plan.name_of(AreaCode(place[:13]))}"
        return Text(name, name)
    name = plan.name_of(place)
    above = plan.name_of(kecamatan_of(place))
    name = name if above == name or len(place) <= len(kecamatan_of(place)) else f"{name}, {above}"
    return Text(name, name)
