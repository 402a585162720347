"""A pack made ready for one election: each rule beside what it listens to.

Thresholds are resolved into milliseconds and scores by class here, once, so that the judgment of
an event looks nothing up but tuples.
"""

from msgspec import Struct

from streams.domain.alert import Ladder
from streams.domain.events import StatusKind
from streams.domain.times import MINUTE_MS
from streams.domain.words import TPS_CLASSES, Severity, TpsClass
from streams.rules.detectors.score import ScoreLimits
from streams.rules.pack import (
    Anchor,
    ConditionDetector,
    Maturity,
    OverdueDetector,
    OverdueWatch,
    Pack,
    Rule,
    ScoreDetector,
    ScoreScope,
    WatchScope,
    duration_ms,
    of_class,
    version_of,
)

__all__ = ["CompiledPack", "ConditionRule", "OverdueRule", "RuleHead", "ScoreRule", "compile_pack"]


class RuleHead(Struct, frozen=True):
    """What every rule has, whatever its detector."""

    rule: Rule
    version: str
    quiet_ms: int
    act_by_ms: int | None

    def severity(self, tps_class: TpsClass) -> Severity:
        """Return the severity at opening."""
        return of_class(self.rule.severity, tps_class)

    def ladders(self, tps_class: TpsClass) -> tuple[Ladder, tuple[str, ...]]:
        """Return the ladder that is climbed, and the route."""
        first, *route = of_class(self.rule.ladders, tps_class).split("+")
        return Ladder(first), tuple(route)


class OverdueRule(Struct, frozen=True):
    """One watch of a rule of absence."""

    head: RuleHead
    limits_ms: tuple[int, ...]
    """By class, as `TPS_CLASSES`."""
    raise_after_ms: tuple[int | None, ...]
    """After the deadline, by class; None: it does not rise."""
    raise_to: Severity | None
    begins: frozenset[StatusKind]
    """Empty: watching begins when the plan says that the TPS opens."""
    ends: frozenset[StatusKind]
    messages: bool


class ScoreRule(Struct, frozen=True):
    """A rule of evidence, for one category or for several together."""

    head: RuleHead
    key: str
    """Key of its alerts: the category, or empty where categories count together."""
    scope: ScoreScope
    limits: ScoreLimits
    end_quiet_ms: int
    """Quiet time that calm must be joined by."""


class ConditionRule(Struct, frozen=True):
    """A rule of one event."""

    head: RuleHead
    releases: tuple[str, ...]


class CompiledPack(Struct, frozen=True):
    """The rules of one election, by what they listen to."""

    pack: Pack
    overdue_tps: tuple[OverdueRule, ...]
    overdue_pair: tuple[OverdueRule, ...]
    score: dict[str, tuple[ScoreRule, ...]]
    """By category of report."""
    condition: dict[StatusKind, tuple[ConditionRule, ...]]


def compile_pack(pack: Pack) -> CompiledPack:
    """Put the rules of a pack in place; a rule of maturity `shadow` is left out of judgment."""
    overdue: dict[WatchScope, list[OverdueRule]] = {scope: [] for scope in WatchScope}
    score: dict[str, tuple[ScoreRule, ...]] = {}
    condition: dict[StatusKind, tuple[ConditionRule, ...]] = {}
    for rule in pack.rules:
        if rule.maturity is Maturity.SHADOW:
            continue
        head = _head(rule)
        match rule.detector:
            case OverdueDetector() as detector:
                for watch in detector.watches:
                    overdue[watch.scope].append(_overdue(head, detector, watch))
            case ScoreDetector() as detector:
                for category in detector.categories:
                    one = _score(head, detector, pack, category)
                    score[category] = (*score.get(category, ()), one)
            case ConditionDetector(status=status, releases=releases):
                one_event = ConditionRule(head, releases)
                condition[status] = (*condition.get(status, ()), one_event)
    return CompiledPack(
        pack, tuple(overdue[WatchScope.TPS]), tuple(overdue[WatchScope.PAIR]), score, condition
    )


def _head(rule: Rule) -> RuleHead:
    act_by = None if rule.act_by is None else duration_ms(rule.act_by)
    return RuleHead(rule, version_of(rule), duration_ms(rule.quiet), act_by)


def _overdue(head: RuleHead, detector: OverdueDetector, watch: OverdueWatch) -> OverdueRule:
    limits = tuple(duration_ms(of_class(watch.limit, one)) for one in TPS_CLASSES)
    factor = None if watch.raise_at is None else watch.raise_at - 1
    return OverdueRule(
        head=head,
        limits_ms=limits,
        raise_after_ms=tuple(None if factor is None else round(ms * factor) for ms in limits),
        raise_to=detector.raise_to,
        begins=frozenset() if isinstance(watch.begins, Anchor) else frozenset(watch.begins),
        ends=frozenset(watch.ends),
        messages=watch.messages,
    )


def _score(head: RuleHead, detector: ScoreDetector, pack: Pack, category: str) -> ScoreRule:
    route = pack.taxonomy[category]
    limits = ScoreLimits(
        thresholds=detector.threshold or _easier(route.corroboration),
        window_ms=duration_ms(detector.window),
        within_m=detector.within_m,
        voices_min=detector.voices_min,
        classes_min=max(detector.classes_min, route.classes_min),
    )
    key = category if detector.by_category else ""
    return ScoreRule(head, key, detector.scope, limits, duration_ms(detector.quiet))


def _easier(corroboration: float) -> tuple[float, ...]:
    """Return a threshold by class: one level easier where a TPS is `sangat_rawan` (contract §4)."""
    easier = corroboration if corroboration == 0 else max(1.0, corroboration - 1)
    return tuple(easier if one is TpsClass.SANGAT_RAWAN else corroboration for one in TPS_CLASSES)


def minutes_text(span_ms: int) -> str:
    """Return a span in minutes, as people write it: `20`, `7.5`."""
    return f"{span_ms / MINUTE_MS:g}"
