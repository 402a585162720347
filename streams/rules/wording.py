"""Fills the texts of a rule: names in braces stand for what the judgment knows.

Times are local to the place. A name that a rule uses and its detector does not know is a fault of
the pack; `FIELDS` says which there are, and reading a pack checks it.
"""

import re
from string import Formatter
from typing import Final

from streams.domain.alert import Text
from streams.domain.ids import AreaCode, Scope, kecamatan_of
from streams.domain.times import DAY_MS, MINUTE_MS, EpochMs
from streams.domain.words import SourceClass
from streams.territory.plan import Plan
from streams.texts.words import source_class_text

__all__ = [
    "FIELDS",
    "area_text",
    "clock_text",
    "contest_text",
    "fill",
    "local_times",
    "place_text",
    "sides_text",
    "unknown_fields",
]

_OF_TOTALS: Final = ("place", "contest", "tps_final", "tps_all")
FIELDS: Final = {
    "overdue": frozenset({"place", "begins", "deadline", "limit_minutes"}),
    "score": frozenset({"place", "category", "voices", "score", "threshold"}),
    "condition": frozenset(
        {
            "place",
            "area",
            "at",
            "ballots",
            "queue",
            "voters",
            "dpt",
            "expected",
            "contest",
            "box",
            "seal",
            "departed_box",
            "departed_seal",
            "formula",
        }
    ),
    "turnout": frozenset({"place", "contest", "formula"}),
    "pace": frozenset({"place", "contest", "ballots", "minutes"}),
    "outlier": frozenset({"place", "contest", "percent"}),
    "same_image": frozenset({"place", "tps_names", "tps_count"}),
    "series": frozenset({"place", "contest", "peak", "now"}),
    "contradiction": frozenset({"place", "contest", "sides"}),
    "tally": frozenset({*_OF_TOTALS, "margin", "limit"}),
    "tie": frozenset({*_OF_TOTALS, "tied", "votes", "worksheet", "clear"}),
    "held_back": frozenset({*_OF_TOTALS, "reach", "margin", "tps_held", "tps_missing"}),
    "empty_column": frozenset({*_OF_TOTALS, "percent"}),
    "dispute": frozenset({"place", "category", "voices", "score", "threshold", "officer_at"}),
    "rumour": frozenset({"place", "area", "desa_names", "sources", "desa_count", "window_minutes"}),
    "ratio": frozenset(
        {"place", "quiet", "open", "percent", "limit_minutes", "begins", "deadline"}
    ),
    "checkin": frozenset({"place", "begins", "deadline", "limit_minutes"}),
    "spread": frozenset({"place", "category", "desa_count", "desa_names"}),
    "situation": frozenset({"place", "colour", "critical", "high"}),
    "dossier": frozenset({"place", "ground", "facts", "latest"}),
    "blind": frozenset({"place", "what"}),
    "off_duty": frozenset({"place", "command", "at"}),
    "strength": frozenset(
        {"place", "demand", "free", "shortfall", "crew", "officers", "ready", "loans", "bko"}
    ),
    "unassigned": frozenset({"place", "ladder", "level", "instead"}),
    "undelivered": frozenset({"place", "ladder", "level", "area", "contacts"}),
    "surge": frozenset({"place", "count", "usual", "threshold", "window_minutes"}),
    "sequence": frozenset({"place", "missing", "stage", "at", "wait_minutes"}),
}
"""Names that the texts of a rule may use, by type of detector."""

_TPS_CODE_LENGTH: Final = 17
_KECAMATAN_LENGTH: Final = 8
_KABUPATEN_LENGTH: Final = 5
_FIRST_KOTA: Final = "71"
"""Of the last two digits of a kota. Source: Kemendagri's codes."""
_UTC: Final = re.compile(r"\d{4}-\d\d-\d\dT(?P<h>\d\d):(?P<m>\d\d):(?P<s>\d\d(?:\.\d+)?)Z")


def unknown_fields(text: Text, detector: str) -> frozenset[str]:
    """Return the names in braces that a detector of this type does not know."""
    parsed = (*Formatter().parse(text.id), *Formatter().parse(text.en))
    used = {name for _, name, _, _ in parsed if name is not None}
    return frozenset(used - FIELDS[detector])


def fill(text: Text, values: dict[str, Text]) -> Text:
    """Return the text with every name filled in, in each of its languages, as a sentence."""
    return Text(
        _sentence(text.id.format_map({name: value.id for name, value in values.items()})),
        _sentence(text.en.format_map({name: value.en for name, value in values.items()})),
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def sides_text(one: SourceClass, other: SourceClass) -> Text:
    """Return how people call two sides that differ; no camp is named.

    Only witnesses have several sides, one a camp.
    """
    if one == other:
        return Text("saksi dua kubu", "witnesses of two camps")
    left, right = source_class_text(one), source_class_text(other)
    return Text(f"{left.id} dan {right.id}", f"{left.en} and {right.en}")


def local_times(text: str, offset_minutes: int) -> str:
    """Return a text with its UTC times, as `2019-11-03T05:20:00Z`, as local times of day."""
    return _UTC.sub(lambda found: _local(found, offset_minutes), text)


def _local(found: re.Match[str], offset_minutes: int) -> str:
    hours, minutes, seconds = int(found["h"]), int(found["m"]), found["s"]
    of_day = (hours * 60 + minutes + offset_minutes) % (24 * 60)
    clock = f"{of_day // 60:02}:{of_day % 60:02}"
    return clock if float(seconds) == 0 else f"{clock}:{seconds}"


def clock_text(at: EpochMs, offset_minutes: int) -> str:
    """Return the local time of day as `07:10`."""
    minutes = (at + offset_minutes * MINUTE_MS) % DAY_MS // MINUTE_MS
    return f"{minutes // 60:02}:{minutes % 60:02}"


def place_text(plan: Plan, scope: Scope, place: AreaCode) -> Text:
    """Return how people call what an alert is about; officers are called by their sign."""
    kind, _, name = scope.partition(":")
    sign = name.partition("/")[2]
    if not sign:
        return area_text(plan, place)
    if kind == "box":
        return _box_text(plan, sign, place)
    words = {
        "pair": Text("pasangan {}", "pair {}"),
        "officer": Text("petugas {}", "officer {}"),
        "polsek": Text("Polsek {}", "Polsek {}"),
        "source": Text("pelapor {}", "reporter {}"),
    }
    word = words.get(kind, Text("{}", "{}"))
    return Text(word.id.format(sign), word.en.format(sign))


def area_text(plan: Plan, place: AreaCode) -> Text:
    """Return how people call a place: a TPS with its desa, a desa with its kecamatan."""
    if len(place) == _TPS_CODE_LENGTH:
        name = f"TPS {place[-3:]} {plan.name_of(AreaCode(place[:13]))}"
        return Text(name, name)
    name = plan.name_of(place)
    if len(place) <= len(kecamatan_of(place)):
        return _wide_area_text(place, name)
    above = plan.name_of(kecamatan_of(place))
    name = name if above == name else f"{name}, {above}"
    return Text(name, name)


def _wide_area_text(place: AreaCode, name: str) -> Text:
    """Return how people call a kecamatan or kabupaten, which may bear one name."""
    if name == place:
        # Nobody knows its name, and a code says itself what it is of.
        return Text(name, name)
    if len(place) == _KECAMATAN_LENGTH:
        return Text(f"Kecamatan {name}", f"Kecamatan {name}")
    if len(place) != _KABUPATEN_LENGTH or name.startswith(("Kota ", "Kabupaten ")):
        return Text(name, name)
    kind = "Kota" if place[3:] >= _FIRST_KOTA else "Kabupaten"
    return Text(f"{kind} {name}", f"{kind} {name}")


def _box_text(plan: Plan, sign: str, place: AreaCode) -> Text:
    """Return how people call a box: by its TPS, and by its number where somebody has told one."""
    tps = area_text(plan, place)
    # A box that nobody has named is called by its TPS: `36.04.17.2010-001#1`.
    number = "" if sign.startswith(f"{place}#") else f" {sign}"
    return Text(f"kotak suara{number} {tps.id}", f"ballot box{number} of {tps.en}")


def contest_text(plan: Plan, contest: str) -> str:
    """Return how people call a contest: `kades-36.04.17.2010` is that of the desa Mekarsari."""
    office, _, area = contest.partition("-")
    name = plan.name_of(AreaCode(area))
    return contest if name == area else f"{office} {name}"
