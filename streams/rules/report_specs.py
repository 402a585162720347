"""What an author writes of the detectors of reports: what adds up, and what comes too often.

The machines themselves are `streams.rules.detectors.score` and `surge`.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from streams.rules.fields import Category, Duration, NumberByClass

__all__ = [
    "DisputeSpec",
    "RumourSpec",
    "ScoreEnd",
    "ScoreScope",
    "ScoreSpec",
    "SurgeCounts",
    "SurgeScope",
    "SurgeSpec",
]


class ScoreScope(StrEnum):
    """What evidence is collected for; a report without a TPS is always of its desa."""

    TPS = "tps"
    DESA = "desa"
    TPS_ELSE_DESA = "tps_else_desa"
    """The TPS if its own evidence is enough, else the desa."""
    OFFICER = "officer"
    """The officer whom a report is about; of none, its TPS or desa."""


class ScoreEnd(StrEnum):
    """What ends an alert of evidence."""

    CALM = "calm"
    """An officer's "aman", and the quiet time."""
    ACKNOWLEDGED = "acknowledged"
    """A person's acknowledgement, and the quiet time."""
    PERSON = "person"
    """A person who resolves it or closes the case; time and an "aman" do not."""


class ScoreSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="score", tag_field="type"):
    """See `streams.rules.detectors.score`."""

    scope: ScoreScope
    categories: tuple[Category, ...]
    by_category: bool
    """Whether each category is judged by itself and is the key of the alert."""
    window: Duration
    quiet: Duration = "0s"
    """How long after the last evidence it may be over."""
    ends: ScoreEnd = ScoreEnd.CALM
    """What ends an alert: an officer's "aman", an acknowledgement, or a person who closes it."""
    threshold: NumberByClass | None = None
    """By class; None: that of the taxonomy."""
    eased: bool = False
    """Whether the taxonomy's threshold is one level easier where a TPS is `sangat_rawan`."""
    together_m: Annotated[float, Meta(ge=0)] | None = None
    """How far apart evidence of different TPS may lie to belong together; None: any distance."""
    voices_min: Annotated[int, Meta(ge=1)] = 1
    classes_min: Annotated[int, Meta(ge=1)] = 1
    posture: bool = False
    """Whether a raised posture tightens the threshold by one class."""


class DisputeSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="dispute", tag_field="type"):
    """See `streams.rules.detectors.dispute`."""

    categories: tuple[Category, ...]
    """Each is judged by itself and is the key of the alert."""
    score: Annotated[float, Meta(gt=0)]
    """The crowd's evidence must reach it."""
    window: Duration
    """Of the evidence, and between it and the officer's word."""


class RumourSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="rumour", tag_field="type"):
    """See `streams.rules.detectors.same`."""

    categories: tuple[Category, ...]
    """Of the reports whose texts are compared."""
    alike_percent: Annotated[int, Meta(ge=1, le=100)]
    """Of the runs of letters so many must be in both texts."""
    sources_min: Annotated[int, Meta(ge=1)]
    """So many must have sent it,"""
    desa_min: Annotated[int, Meta(ge=1)]
    """from so many desa,"""
    window: Duration
    """within this time."""


class SurgeScope(StrEnum):
    """Whose reports are counted."""

    DESA = "desa"
    SOURCE = "source"


class SurgeCounts(StrEnum):
    """What is counted."""

    SOURCES = "sources"
    REPORTS = "reports"


class SurgeSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="surge", tag_field="type"):
    """See `streams.rules.detectors.surge`."""

    scope: SurgeScope
    counts: SurgeCounts
    at_least: NumberByClass
    window: Duration
    quiet: Duration
    """How long the rate must be normal."""
    baseline_windows: Annotated[int, Meta(ge=0)] = 0
    """Windows before this one that say what is usual; 0: nothing does."""
    baseline_min: Annotated[float, Meta(gt=0)] = 0.2
    """Reports a window that are usual everywhere."""
    chance_max: Annotated[float, Meta(gt=0, le=1)] = 0.001
    """It holds if so many are less likely than this (Poisson)."""
    weight_max: Annotated[float, Meta(ge=0)] | None = None
    """Of a source: what its later reports weigh at most while it holds."""
