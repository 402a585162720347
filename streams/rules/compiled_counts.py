"""The rules of counts, made ready for one election."""

from enum import StrEnum

from msgspec import Struct

from streams.domain.sums import Tolerance
from streams.domain.words import Severity
from streams.rules.count_specs import FormCheck
from streams.rules.detectors.outlier import OutlierLimits
from streams.rules.detectors.series import PaceLimits
from streams.rules.detectors.tally import TallyLimits
from streams.rules.head import RuleHead
from streams.territory.plan import ElectionKind

__all__ = [
    "ContradictionRule",
    "CountRules",
    "FormRule",
    "ImageRule",
    "OutlierRule",
    "PaceRule",
    "Question",
    "ResultRule",
    "SeriesRule",
    "TallyRule",
    "TurnoutRule",
]


class Question(StrEnum):
    """What is asked of the totals of a contest."""

    TIE = "tie"
    HELD_BACK = "held_back"
    EMPTY_COLUMN = "empty_column"


class FormRule(Struct, frozen=True):
    """A rule of forms of counts."""

    head: RuleHead
    check: FormCheck
    tolerance: Tolerance
    quarantine: bool


class TurnoutRule(Struct, frozen=True):
    """A rule of how many of those on the lists of a TPS have come."""

    head: RuleHead
    percent: tuple[float, ...]
    """From so many on, by class, as `TPS_CLASSES`."""
    listed_min: int
    """1 or more: only of a TPS with so many on the lists."""


class SeriesRule(Struct, frozen=True):
    """A rule of the counts of one side, one after the other."""

    head: RuleHead


class PaceRule(Struct, frozen=True):
    """A rule of how fast ballots are counted."""

    head: RuleHead
    limits: PaceLimits


class OutlierRule(Struct, frozen=True):
    """A rule of a TPS that lies apart from its siblings."""

    head: RuleHead
    limits: OutlierLimits


class ImageRule(Struct, frozen=True):
    """A rule of one photo in the forms of several TPS."""

    head: RuleHead


class ContradictionRule(Struct, frozen=True):
    """A rule of final counts that differ."""

    head: RuleHead
    raise_to: Severity | None


class TallyRule(Struct, frozen=True):
    """A rule of the result of an area."""

    head: RuleHead
    limits: TallyLimits
    posture_ms: int


class ResultRule(Struct, frozen=True):
    """A question of the result of an area, that its totals answer."""

    head: RuleHead
    question: Question
    elections: frozenset[ElectionKind]
    """In which it is asked; empty: in all."""
    limits: TallyLimits
    posture_ms: int | None
    """How long the posture stays raised after it is over; None: it raises none."""


class CountRules(Struct, frozen=True, kw_only=True):
    """The rules of counts, by what they look at."""

    forms: tuple[FormRule, ...]
    series: tuple[SeriesRule, ...]
    contradiction: tuple[ContradictionRule, ...]
    turnout: tuple[TurnoutRule, ...]
    pace: tuple[PaceRule, ...]
    outlier: tuple[OutlierRule, ...]
    images: tuple[ImageRule, ...]
    tally: tuple[TallyRule, ...]
    results: tuple[ResultRule, ...]
