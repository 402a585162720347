"""Makes the rules of counts ready: forms that do not hold, results that are close."""

from typing import Final

from streams.domain.sums import Tolerance
from streams.rules.compiled import FormRule, Question, ResultRule, RuleHead, TallyRule
from streams.rules.detectors.tally import TallyLimits
from streams.rules.fields import by_class, duration_ms
from streams.rules.specs import ConditionSpec, EmptyColumnSpec, HeldBackSpec, TallySpec, TieSpec

__all__ = ["ResultSpec", "form_rule", "result_rule", "tally_rule"]

ResultSpec = TieSpec | HeldBackSpec | EmptyColumnSpec

_PERMILLE: Final = 10
"""Of a percent."""


def form_rule(head: RuleHead, detector: ConditionSpec) -> FormRule:
    """Return the rule of a check of forms."""
    assert detector.check is not None, "the reader has asked for it"
    tolerance = Tolerance(detector.tolerance_votes, detector.tolerance_percent * _PERMILLE)
    percent = detector.turnout_percent
    return FormRule(
        head=head,
        check=detector.check,
        tolerance=tolerance,
        turnout_percent=() if percent is None else by_class(percent),
        listed_min=detector.listed_min,
        quarantine=detector.quarantine,
    )


def tally_rule(head: RuleHead, detector: TallySpec) -> TallyRule:
    """Return the rule of a close result."""
    limits = TallyLimits(
        margin_votes=detector.margin_votes,
        margin_permille=detector.margin_percent * _PERMILLE,
        counted_permille=detector.counted_percent * _PERMILLE,
        quiet_ms=duration_ms(detector.quiet),
    )
    return TallyRule(head, limits, duration_ms(detector.posture_for))


def result_rule(head: RuleHead, detector: ResultSpec) -> ResultRule:
    """Return the rule of a question that totals answer."""
    match detector:
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
