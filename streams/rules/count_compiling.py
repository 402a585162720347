"""Makes the rules of counts ready: forms that do not hold, results that are close."""

from collections.abc import Iterable
from typing import Final

from streams.domain.sums import Tolerance
from streams.rules.compiled_counts import (
    ContradictionRule,
    CountRules,
    FormRule,
    ImageRule,
    OutlierRule,
    PaceRule,
    Question,
    ResultRule,
    SeriesRule,
    TallyRule,
    TurnoutRule,
)
from streams.rules.count_specs import (
    ContradictionSpec,
    CountSpec,
    EmptyColumnSpec,
    HeldBackSpec,
    OutlierSpec,
    PaceSpec,
    SameImageSpec,
    SeriesSpec,
    TallySpec,
    TieSpec,
    TurnoutSpec,
)
from streams.rules.detectors.outlier import OutlierLimits
from streams.rules.detectors.series import PaceLimits
from streams.rules.detectors.tally import TallyLimits
from streams.rules.fields import by_class, duration_ms
from streams.rules.head import RuleHead
from streams.rules.specs import ConditionSpec

__all__ = ["CountRule", "count_rule", "count_rules", "form_rule"]

CountRule = (
    FormRule
    | SeriesRule
    | ContradictionRule
    | TurnoutRule
    | PaceRule
    | OutlierRule
    | ImageRule
    | TallyRule
    | ResultRule
)
"""Any rule of counts."""

_PERMILLE: Final = 10
"""Of a percent."""


def form_rule(head: RuleHead, detector: ConditionSpec) -> FormRule:
    """Return the rule of a check of forms."""
    assert detector.check is not None, "the reader has asked for it"
    tolerance = Tolerance(detector.tolerance_votes, detector.tolerance_percent * _PERMILLE)
    return FormRule(head, detector.check, tolerance, detector.quarantine)


def count_rule(head: RuleHead, detector: CountSpec) -> CountRule:
    """Return the rule of a detector of counts."""
    match detector:
        case SeriesSpec():
            return SeriesRule(head)
        case ContradictionSpec(raise_to=raise_to):
            return ContradictionRule(head, raise_to)
        case TurnoutSpec(percent=percent, listed_min=listed_min):
            return TurnoutRule(head, by_class(percent), listed_min)
        case SameImageSpec():
            return ImageRule(head)
        case PaceSpec() | OutlierSpec():
            return _of_numbers(head, detector)
        case TallySpec() | TieSpec() | HeldBackSpec() | EmptyColumnSpec():
            return _of_results(head, detector)


def count_rules(made: Iterable[object]) -> CountRules:
    """Return the rules of counts among those of a pack, by what they look at."""
    rules = tuple(made)
    return CountRules(
        forms=tuple(one for one in rules if isinstance(one, FormRule)),
        series=tuple(one for one in rules if isinstance(one, SeriesRule)),
        contradiction=tuple(one for one in rules if isinstance(one, ContradictionRule)),
        turnout=tuple(one for one in rules if isinstance(one, TurnoutRule)),
        pace=tuple(one for one in rules if isinstance(one, PaceRule)),
        outlier=tuple(one for one in rules if isinstance(one, OutlierRule)),
        images=tuple(one for one in rules if isinstance(one, ImageRule)),
        tally=tuple(one for one in rules if isinstance(one, TallyRule)),
        results=tuple(one for one in rules if isinstance(one, ResultRule)),
    )


def _of_numbers(head: RuleHead, detector: PaceSpec | OutlierSpec) -> PaceRule | OutlierRule:
    match detector:
        case PaceSpec():
            pace = PaceLimits(
                ballots_per_minute=detector.ballots_per_minute,
                over_ms=duration_ms(detector.over),
                final_after_ms=duration_ms(detector.final_after),
                final_ballots=detector.final_ballots,
            )
            return PaceRule(head, pace)
        case OutlierSpec():
            limits = OutlierLimits(
                z=detector.z,
                share_permille=detector.share_percent * _PERMILLE,
                siblings_min=detector.siblings_min,
            )
            return OutlierRule(head, limits)


def _of_results(
    head: RuleHead, detector: TallySpec | TieSpec | HeldBackSpec | EmptyColumnSpec
) -> TallyRule | ResultRule:
    match detector:
        case TallySpec():
            limits = TallyLimits(
                margin_votes=detector.margin_votes,
                margin_permille=detector.margin_percent * _PERMILLE,
                counted_permille=detector.counted_percent * _PERMILLE,
                quiet_ms=duration_ms(detector.quiet),
            )
            return TallyRule(head, limits, duration_ms(detector.posture_for))
        case TieSpec(elections=elections):
            return ResultRule(head, Question.TIE, frozenset(elections), TallyLimits(), None)
        case HeldBackSpec():
            return ResultRule(head, Question.HELD_BACK, frozenset(), TallyLimits(), None)
        case EmptyColumnSpec():
            limits = TallyLimits(
                counted_permille=detector.counted_percent * _PERMILLE,
                pair_permille_min=detector.from_percent * _PERMILLE,
                pair_permille_max=detector.to_percent * _PERMILLE,
            )
            posture_ms = duration_ms(detector.posture_for)
            return ResultRule(head, Question.EMPTY_COLUMN, frozenset(), limits, posture_ms)
