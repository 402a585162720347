"""What an author writes of each detector: its fields, and what they are by default.

The machines themselves are in `streams.rules.detectors`, one module each of the same name. What
stands here is read from a pack and made ready for an election by `streams.rules.compiled`.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from streams.domain.happenings import Happening
from streams.domain.words import Severity
from streams.rules.area_specs import AreaSpec
from streams.rules.count_specs import CountSpec, FormCheck
from streams.rules.fields import (
    Clauses,
    Duration,
    DurationByClass,
    Pauses,
    SeverityByClass,
    Where,
)
from streams.rules.report_specs import DisputeSpec, RumourSpec, ScoreSpec, SurgeSpec

__all__ = [
    "Anchor",
    "ConditionScope",
    "ConditionSpec",
    "DetectorSpec",
    "Listens",
    "Need",
    "Needed",
    "OverdueSpec",
    "OverdueWatch",
    "SequenceSpec",
    "WatchScope",
]


class Anchor(StrEnum):
    """A time of the plan that a clock can start with."""

    LOGISTICS_DUE = "plan.logistics_due"
    """The TPS' own time on the day, else 21:00 of the day before."""
    OPENS_AT = "plan.opens_at"
    CLOSES_AT = "plan.closes_at"
    DAY_ENDS = "plan.day_ends"
    """Midnight after the poll."""


class WatchScope(StrEnum):
    """What a watch is kept over."""

    TPS = "tps"
    PAIR = "pair"
    BOX = "box"


class Listens(StrEnum):
    """Which messages start the clock of a watch anew."""

    NONE = "none"
    ANY = "any"
    COUNTS = "counts"


class OverdueWatch(Struct, frozen=True, forbid_unknown_fields=True):
    """One watch of a rule of absence."""

    scope: WatchScope
    limit: DurationByClass
    ends: Clauses
    begins: Clauses = ()
    """Empty: at `since`."""
    since: Anchor | None = None
    """Watched from this time on only."""
    messages: Listens = Listens.NONE
    final_counts: bool = False
    """Whether a final count of every contest of the TPS ends it too."""
    pauses: tuple[Pauses, ...] = ()
    """While any of them lasts, nothing is waited for."""
    eta_times: Annotated[float, Meta(gt=0)] | None = None
    """Of a box: the limit is so many times the minutes that its way should take, where told."""
    raise_at: Annotated[float, Meta(gt=1)] | None = None
    """Multiple of the limit at which the severity rises to `raise_to`."""
    raise_after: Duration | None = None
    """Time after the deadline at which it rises."""


class OverdueSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="overdue", tag_field="type"):
    """See `streams.rules.detectors.overdue`."""

    watches: tuple[OverdueWatch, ...]
    raise_to: Severity | None = None
    posture: bool = False
    """Whether a raised posture tightens the limits by one class."""


class Need(Struct, frozen=True, forbid_unknown_fields=True):
    """A stage, and the one that must come before it."""

    stage: Happening
    needs: Happening


class SequenceSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="sequence", tag_field="type"
):
    """See `streams.rules.detectors.sequence`."""

    order: tuple[Need, ...]
    wait: Duration
    """How long something late may fill the gap."""
    tolerance: Duration = "0s"
    """By how much two senders' clocks may differ."""


class ConditionScope(StrEnum):
    """What one event is about."""

    TPS = "tps"
    OFFICER = "officer"
    BOX = "box"
    FORM = "form"
    """A form of counts: of each side the latest one of a TPS and contest is looked at."""


class Needed(StrEnum):
    """How many of the ends a condition needs to be over."""

    ANY = "any"
    ALL = "all"


class ConditionSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="condition", tag_field="type"
):
    """See `streams.rules.detectors.condition`."""

    scope: ConditionScope
    on: tuple[Happening, ...] = ()
    where: Where = ""
    check: FormCheck | None = None
    """Of forms, instead of `on` and `where`."""
    tolerance_votes: Annotated[int, Meta(ge=0)] = 0
    tolerance_percent: Annotated[int, Meta(ge=0, le=100)] = 0
    """Of sums in a provisional form: up to the larger of the two may be missing."""
    quarantine: bool = False
    """Of forms: whether one that it holds for is left out of every total."""
    raise_where: Where = ""
    """Where this is true as well, the severity is `raise_to`."""
    raise_to: SeverityByClass | None = None
    ends: Clauses = ()
    needed: Needed = Needed.ANY
    by_contest: bool = False
    """Whether each contest is judged by itself and is the key of the alert."""
    answered: bool = False
    """Whether a person's word answers it, so that the next event is a new matter."""


DetectorSpec = (
    OverdueSpec
    | SequenceSpec
    | ConditionSpec
    | CountSpec
    | ScoreSpec
    | SurgeSpec
    | DisputeSpec
    | RumourSpec
    | AreaSpec
)
