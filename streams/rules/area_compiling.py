"""Makes the rules ready that look at more than one place, or at who is on duty."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from streams.domain.alert import Text
from streams.rules.area_specs import (
    AreaSpec,
    BlindSpec,
    CheckinSpec,
    DossierSpec,
    OffDutySpec,
    RatioSpec,
    SituationSpec,
    SpreadSpec,
    StrengthSpec,
    UnassignedSpec,
    UndeliveredSpec,
)
from streams.rules.compiled_areas import (
    AreaRules,
    BlindRule,
    CheckinRule,
    DossierRule,
    OffDutyRule,
    RatioRule,
    SituationRule,
    SpreadRule,
    StrengthRule,
    UnassignedRule,
    UndeliveredRule,
)
from streams.rules.detectors.ratio import RatioLimits
from streams.rules.detectors.situation import SituationLimits
from streams.rules.detectors.spread import SpreadLimits
from streams.rules.fields import Clauses, by_class, duration_ms
from streams.rules.head import RuleHead
from streams.rules.matching import Matcher, matcher_of
from streams.rules.pack import Pack
from streams.rules.report_specs import ScoreSpec
from streams.rules.wheres import TPS_NAMES, compile_where

__all__ = ["AreaRule", "area_rule", "area_rules"]

AreaRule = (
    RatioRule
    | CheckinRule
    | SpreadRule
    | SituationRule
    | DossierRule
    | OffDutyRule
    | StrengthRule
    | UnassignedRule
    | UndeliveredRule
    | BlindRule
)
"""Any rule of areas or duty."""
_PLAIN: Final[Mapping[type[AreaSpec], Callable[[RuleHead], AreaRule]]] = {
    OffDutySpec: OffDutyRule,
    UnassignedSpec: UnassignedRule,
    UndeliveredSpec: UndeliveredRule,
}
"""Of detectors without a field."""


def area_rule(head: RuleHead, detector: AreaSpec, pack: Pack) -> AreaRule:
    """Return the rule of a detector."""
    match detector:
        case RatioSpec():
            return _ratio(head, detector)
        case CheckinSpec():
            return CheckinRule(
                head=head,
                limits_ms=tuple(map(duration_ms, by_class(detector.limit))),
                roles=frozenset(detector.roles),
                unrest=frozenset(detector.unrest),
                unrest_ms=duration_ms(detector.unrest_limit),
                raise_times=detector.raise_at,
                raise_to=detector.raise_to,
            )
        case SpreadSpec():
            return _spread(head, detector, pack)
        case SituationSpec():
            limits = SituationLimits(
                kuning_high=detector.kuning_high,
                window_ms=duration_ms(detector.window),
                merah_critical=detector.merah_critical,
            )
            return SituationRule(head, limits, detector.raise_to, duration_ms(detector.calm))
        case DossierSpec(grounds=grounds, days=days):
            return DossierRule(head, grounds, days)
        case OffDutySpec() | UnassignedSpec() | UndeliveredSpec():
            return _PLAIN[type(detector)](head)
        case StrengthSpec(crew=crew, missing=missing):
            return StrengthRule(head, crew, frozenset(missing))
        case BlindSpec():
            return BlindRule(
                head=head,
                lag_ms=duration_ms(detector.lag),
                silent_ms=duration_ms(detector.silent_for),
                letters_percent=detector.letters_percent,
                letters_min=detector.letters_min,
                letters_ms=duration_ms(detector.letters_window),
                gateway_stuck_ms=duration_ms(detector.gateway_stuck),
                healthy_ms=duration_ms(detector.healthy),
            )


def area_rules(made: Iterable[object]) -> AreaRules:
    """Return these rules among those of a pack, by what they look at."""
    rules = tuple(made)
    return AreaRules(
        ratio=tuple(one for one in rules if isinstance(one, RatioRule)),
        checkin=tuple(one for one in rules if isinstance(one, CheckinRule)),
        spread=tuple(one for one in rules if isinstance(one, SpreadRule)),
        situation=tuple(one for one in rules if isinstance(one, SituationRule)),
        dossier=tuple(one for one in rules if isinstance(one, DossierRule)),
        off_duty=tuple(one for one in rules if isinstance(one, OffDutyRule)),
        strength=tuple(one for one in rules if isinstance(one, StrengthRule)),
        unassigned=tuple(one for one in rules if isinstance(one, UnassignedRule)),
        undelivered=tuple(one for one in rules if isinstance(one, UndeliveredRule)),
        blind=tuple(one for one in rules if isinstance(one, BlindRule)),
    )


def _ratio(head: RuleHead, detector: RatioSpec) -> RatioRule:
    begins, ends = _matcher(detector.begins), _matcher(detector.ends)
    pauses = tuple((_matcher(one.begins), _matcher(one.ends)) for one in detector.pauses)
    return RatioRule(
        head=head,
        begins=begins,
        ends=ends,
        pauses=pauses,
        quiet_ms=duration_ms(detector.quiet),
        heartbeats=detector.heartbeats,
        limits=RatioLimits(detector.begin_percent, detector.affected_min, detector.end_percent),
        inhibits=frozenset(detector.inhibits),
        kinds=begins.kinds.union(ends.kinds, *(one.kinds for pause in pauses for one in pause)),
    )


def _spread(head: RuleHead, detector: SpreadSpec, pack: Pack) -> SpreadRule:
    """Return the rule of what spreads, of evidence that everybody may know of."""
    limits = SpreadLimits(detector.desa_min, duration_ms(detector.window), detector.raise_at)
    names: dict[str, Text] = {}
    children: set[str] = set()
    for rule in pack.rules:
        if not isinstance(rule.detector, ScoreSpec) or rule.restricted_to:
            continue
        children.add(rule.id)
        routes = [pack.taxonomy[one] for one in rule.detector.categories]
        if rule.detector.by_category:
            names |= {
                category: Text(route.id, route.en)
                for category, route in zip(rule.detector.categories, routes, strict=True)
            }
        else:
            names[rule.id] = Text(
                " / ".join(route.id for route in routes), " / ".join(route.en for route in routes)
            )
    return SpreadRule(head, limits, detector.raise_to, frozenset(children), names)


def _matcher(clauses: Clauses) -> Matcher:
    return matcher_of(clauses, partial(compile_where, names=TPS_NAMES))
