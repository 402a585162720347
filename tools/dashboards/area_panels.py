"""Panels about the chosen kabupaten that more than one dashboard has, each with words of its own.

What a number means, and from when on somebody must look, is said here once.
"""

from typing import Final

from tools.dashboards.frame import AREA
from tools.dashboards.shared import KABUPATEN, NAMED, each, in_stage, ordered, together
from tools.dashboards.specs import (
    Column,
    Curve,
    Head,
    Key,
    Limits,
    Number,
    Query,
    Rows,
    Said,
    Timeline,
)
from tools.dashboards.words import AMBER, RED, SITUATION, STAGES

__all__ = [
    "SILENT_COLUMN",
    "TRIAGE_COLUMN",
    "WITH_NAME",
    "compared",
    "silent",
    "situation",
    "stages",
    "triage",
]

WITH_NAME: Final = f"* on(kabupaten) group_left(name) {NAMED}"
"""Behind an expression of kabupaten: gives each its name."""
_COLOUR: Final = f"max without(instance, job) (siaga_area_colour{{{KABUPATEN}}})"
_SILENT: Final[Limits] = ((1, AMBER), (10, RED))

SILENT_COLUMN: Final = Column(each("siaga_area_tps_silent"), Said("Diam", "Silent"), limits=_SILENT)
"""How many TPS have been quiet for too long."""
TRIAGE_COLUMN: Final = Column(each("siaga_area_triage_open"), Said("Triase", "Triage"))
"""How many reports wait for a person."""


def silent(head: Head) -> Number:
    """Return how many TPS have been quiet for too long, all together."""
    return Number(head, "none", together("siaga_area_tps_silent"), _SILENT)


def triage(head: Head) -> Number:
    """Return how many reports wait for a person, all together."""
    return Number(head, "none", together("siaga_area_triage_open"), ((20, AMBER), (100, RED)))


def stages(about: Said, size: tuple[int, int]) -> Curve:
    """Return how many TPS are in each stage, over time."""
    head = Head(Said("TPS menurut tahap", "TPS by stage"), about, size)
    return Curve(head, "none", ordered(STAGES, in_stage), STAGES, stacked=True)


def situation(head: Head) -> Timeline:
    """Return the colour that the commanders have set for each kabupaten, over time."""
    return Timeline(head, SITUATION, Query(f"{_COLOUR} {WITH_NAME}", "{{name}}"))


def compared(head: Head, *columns: Column, worst: int) -> Rows:
    """Return a table with a row a kabupaten, which leads to it.

    Args:
        head: What stands above.
        columns: What stands behind code, name and colour.
        worst: By which of them rows are ordered, counted from 0; the largest first.
    """
    keys = (
        Key("kabupaten", Said("Kode", "Code"), link=AREA, width=110),
        Key("name", Said("Wilayah", "Area")),
    )
    known = (
        Column(NAMED, Said("Ada", "There"), hidden=True),
        Column(_COLOUR, Said("Warna", "Colour"), words=SITUATION),
    )
    return Rows(head, keys, (*known, *columns), worst=len(known) + worst)
