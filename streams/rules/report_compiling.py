"""Makes the rules of reports ready: whose thresholds hold, what must come with them."""

from typing import Final

from msgspec.structs import replace

from streams.domain.words import TPS_CLASSES, TpsClass
from streams.rules.compiled import DisputeRule, RumourRule, ScoreRule, SurgeRule
from streams.rules.detectors.dispute import DisputeLimits
from streams.rules.detectors.same import AlikeLimits
from streams.rules.detectors.score import ScoreLimits
from streams.rules.detectors.surge import SurgeLimits
from streams.rules.fields import by_class, duration_ms
from streams.rules.head import RuleHead
from streams.rules.pack import Pack
from streams.rules.report_specs import (
    DisputeSpec,
    RumourSpec,
    ScoreSpec,
    SurgeCounts,
    SurgeSpec,
)

__all__ = ["dispute_rule", "rumour_rule", "score_rule", "surge_rule"]

_PERCENT: Final = 100


def score_rule(head: RuleHead, detector: ScoreSpec, pack: Pack, category: str) -> ScoreRule:
    """Return the rule of evidence of a category."""
    route = pack.taxonomy[category]
    limits = ScoreLimits(
        thresholds=_thresholds(detector, route.corroboration),
        window_ms=duration_ms(detector.window),
        within_m=detector.together_m,
        voices_min=detector.voices_min,
        classes_min=max(detector.classes_min, route.classes_min),
        official=route.official,
        documented=route.documented,
    )
    return ScoreRule(
        head=replace(head, category=route),
        category=category,
        key=category if detector.by_category else "",
        scope=detector.scope,
        limits=limits,
        end_quiet_ms=duration_ms(detector.quiet),
        ends=detector.ends,
        posture=detector.posture,
    )


def surge_rule(head: RuleHead, detector: SurgeSpec) -> SurgeRule:
    """Return the rule of how often something is reported."""
    limits = tuple(
        SurgeLimits(
            threshold=int(at_least),
            window_ms=duration_ms(detector.window),
            quiet_ms=duration_ms(detector.quiet),
            each_report=detector.counts is SurgeCounts.REPORTS,
            baseline_windows=detector.baseline_windows,
            baseline_min=detector.baseline_min,
            chance_max=detector.chance_max,
        )
        for at_least in by_class(detector.at_least)
    )
    return SurgeRule(head, detector.scope, limits, detector.weight_max)


def dispute_rule(head: RuleHead, detector: DisputeSpec, pack: Pack, category: str) -> DisputeRule:
    """Return the rule of what is said of a category and denied."""
    limits = DisputeLimits(detector.score, duration_ms(detector.window))
    return DisputeRule(replace(head, category=pack.taxonomy[category]), category, limits)


def rumour_rule(head: RuleHead, detector: RumourSpec, pack: Pack, category: str) -> RumourRule:
    """Return the rule of copied texts of a category."""
    limits = AlikeLimits(
        alike_min=detector.alike_percent / _PERCENT,
        sources_min=detector.sources_min,
        desa_min=detector.desa_min,
        window_ms=duration_ms(detector.window),
    )
    return RumourRule(replace(head, category=pack.taxonomy[category]), category, limits)


def _thresholds(detector: ScoreSpec, corroboration: float) -> tuple[float, ...]:
    """Return a threshold by class: the rule's number wins over the taxonomy's (contract §4)."""
    if detector.threshold is not None:
        return by_class(detector.threshold)
    eased = detector.eased and corroboration > 0
    easier = max(1.0, corroboration - 1) if eased else corroboration
    return tuple(easier if one is TpsClass.SANGAT_RAWAN else corroboration for one in TPS_CLASSES)
