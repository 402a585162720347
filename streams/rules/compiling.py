"""Makes a pack ready for one election: thresholds by class, expressions as closures.

Done once, before the first event: a pack that compiles is judged by without looking anything up.
"""

from collections.abc import Container, Iterable, Iterator
from functools import partial
from typing import TypeVar

from streams.domain.happenings import STAGES, Happening
from streams.rules.area_compiling import AreaRule, area_rule, area_rules
from streams.rules.area_specs import AreaSpec
from streams.rules.classifying import classifier_of
from streams.rules.compiled import (
    CompiledPack,
    ConditionRule,
    DisputeRule,
    OverdueRule,
    RumourRule,
    ScoreRule,
    SequenceRule,
    SurgeRule,
)
from streams.rules.count_compiling import CountRule, count_rule, count_rules, form_rule
from streams.rules.count_specs import CountSpec
from streams.rules.expression.condition import Environment
from streams.rules.fields import Clause, Clauses, by_class, duration_ms
from streams.rules.head import RuleHead
from streams.rules.matching import NOTHING, Matcher, matcher_of
from streams.rules.pack import Pack, Rule, version_of
from streams.rules.report_compiling import dispute_rule, rumour_rule, score_rule, surge_rule
from streams.rules.report_specs import DisputeSpec, RumourSpec, ScoreSpec, SurgeScope, SurgeSpec
from streams.rules.specs import (
    ConditionScope,
    ConditionSpec,
    Listens,
    OverdueSpec,
    OverdueWatch,
    SequenceSpec,
    WatchScope,
)
from streams.rules.wheres import BOX_NAMES, TPS_NAMES, compile_where, names_of

__all__ = ["compile_pack"]


def compile_pack(pack: Pack, shadows: Container[str] = ()) -> CompiledPack:
    """Put the rules of a pack in place; of its shadows, those that an author asks for by id."""
    pack = pack.judging(shadows)
    made: list[_AnyRule] = [one for rule in pack.rules for one in _compiled(pack, rule)]
    overdue = [one for one in made if isinstance(one, OverdueRule)]
    condition = [one for one in made if isinstance(one, ConditionRule)]
    surge = [one for one in made if isinstance(one, SurgeRule)]
    of_places = [one for one in condition if one.scope is not ConditionScope.OFFICER]
    return CompiledPack(
        pack=pack,
        overdue_tps=tuple(one for one in overdue if one.scope is WatchScope.TPS),
        overdue_pair=tuple(one for one in overdue if one.scope is WatchScope.PAIR),
        overdue_box=tuple(one for one in overdue if one.scope is WatchScope.BOX),
        condition_tps=tuple(one for one in condition if one.scope is ConditionScope.TPS),
        condition_box=tuple(one for one in condition if one.scope is ConditionScope.BOX),
        condition_officer=tuple(one for one in condition if one.scope is ConditionScope.OFFICER),
        sequence=tuple(one for one in made if isinstance(one, SequenceRule)),
        score=_by_category([one for one in made if isinstance(one, ScoreRule)]),
        disputes=_by_category([one for one in made if isinstance(one, DisputeRule)]),
        rumours=_by_category([one for one in made if isinstance(one, RumourRule)]),
        surge_desa=tuple(one for one in surge if one.scope is SurgeScope.DESA),
        surge_source=tuple(one for one in surge if one.scope is SurgeScope.SOURCE),
        counts=count_rules(made),
        areas=area_rules(made),
        classifier=(
            None if pack.lexicon is None else classifier_of(pack.lexicon, frozenset(pack.taxonomy))
        ),
        remarks=_remarks(
            (
                *(one for rule in overdue for one in _asked_by(rule)),
                *(one for rule in of_places for one in (rule.happens, *rule.ends)),
            )
        ),
    )


_AnyRule = (
    OverdueRule
    | ConditionRule
    | SequenceRule
    | ScoreRule
    | SurgeRule
    | DisputeRule
    | RumourRule
    | CountRule
    | AreaRule
)
_OfCategory = TypeVar("_OfCategory", ScoreRule, DisputeRule, RumourRule)


def _by_category(rules: list[_OfCategory]) -> dict[str, tuple[_OfCategory, ...]]:
    """Return rules of reports by the category that they hear."""
    categories = dict.fromkeys(one.category for one in rules)
    return {
        category: tuple(one for one in rules if one.category == category) for category in categories
    }


_SingleSpec = ConditionSpec | SequenceSpec | SurgeSpec | CountSpec | AreaSpec


def _compiled(pack: Pack, rule: Rule) -> Iterator[_AnyRule]:
    """Yield what a rule is made of: one watch each, one category each, else itself."""
    head = _head(rule)
    match rule.detector:
        case OverdueSpec() as detector:
            for watch in detector.watches:
                yield _overdue(head, detector, watch)
        case ScoreSpec() as detector:
            for category in detector.categories:
                yield score_rule(head, detector, pack, category)
        case DisputeSpec() as detector:
            for category in detector.categories:
                yield dispute_rule(head, detector, pack, category)
        case RumourSpec() as detector:
            for category in detector.categories:
                yield rumour_rule(head, detector, pack, category)
        case detector:
            yield _single(head, detector, pack)


def _single(head: RuleHead, detector: _SingleSpec, pack: Pack) -> _AnyRule:
    if isinstance(detector, AreaSpec):
        return area_rule(head, detector, pack)
    match detector:
        case ConditionSpec(check=None):
            return _condition(head, detector)
        case ConditionSpec():
            return form_rule(head, detector)
        case SequenceSpec():
            return _sequence(head, detector)
        case SurgeSpec():
            return surge_rule(head, detector)
        case _:
            return count_rule(head, detector)


def _head(rule: Rule) -> RuleHead:
    act_by = None if rule.act_by is None else duration_ms(rule.act_by)
    return RuleHead(rule, version_of(rule), duration_ms(rule.quiet), act_by)


def _overdue(head: RuleHead, detector: OverdueSpec, watch: OverdueWatch) -> OverdueRule:
    limits = tuple(map(duration_ms, by_class(watch.limit)))
    names = BOX_NAMES if watch.scope is WatchScope.BOX else TPS_NAMES
    begins, ends = _matcher(watch.begins, names), _matcher(watch.ends, names)
    pauses = tuple(
        (_matcher(pause.begins, names), _matcher(pause.ends, names)) for pause in watch.pauses
    )
    counts = watch.final_counts or watch.messages is Listens.COUNTS
    return OverdueRule(
        head=head,
        scope=watch.scope,
        limits_ms=limits,
        raise_after_ms=_raise_after(watch, limits),
        raise_to=detector.raise_to,
        since=watch.since,
        begins=begins,
        ends=ends,
        messages=watch.messages,
        final_counts=watch.final_counts,
        pauses=pauses,
        eta_times=watch.eta_times,
        posture=detector.posture,
        kinds=begins.kinds.union(
            ends.kinds,
            *(one.kinds for pause in pauses for one in pause),
            {Happening.COUNT} if counts else (),
        ),
    )


def _raise_after(watch: OverdueWatch, limits: tuple[int, ...]) -> tuple[int | None, ...]:
    if watch.raise_after is not None:
        return (duration_ms(watch.raise_after),) * len(limits)
    factor = watch.raise_at
    return tuple(None if factor is None else round(ms * (factor - 1)) for ms in limits)


def _condition(head: RuleHead, detector: ConditionSpec) -> ConditionRule:
    names = names_of(detector.scope)
    happens = _matcher((Clause(detector.on, detector.where),), names)
    severe = detector.raise_where and _matcher((Clause(detector.on, detector.raise_where),), names)
    ends = tuple(_matcher((one,), names) for one in detector.ends)
    return ConditionRule(
        head=head,
        scope=detector.scope,
        happens=happens,
        severe=severe or NOTHING,
        raise_to=() if detector.raise_to is None else by_class(detector.raise_to),
        ends=ends,
        needed=detector.needed,
        by_contest=detector.by_contest,
        answered=detector.answered,
        kinds=happens.kinds.union(
            *(one.kinds for one in ends),
            # What is said of the departure may come after the arrival.
            {Happening.BOX_DEPARTED} if detector.scope is ConditionScope.BOX else (),
        ),
    )


def _sequence(head: RuleHead, detector: SequenceSpec) -> SequenceRule:
    needs = tuple((one.stage, one.needs) for one in detector.order)
    return SequenceRule(
        head=head,
        needs=needs,
        wait_ms=duration_ms(detector.wait),
        tolerance_ms=duration_ms(detector.tolerance),
        kinds=frozenset(kind for need in needs for kind in need),
    )


def _asked_by(rule: OverdueRule) -> Iterable[Matcher]:
    return rule.begins, rule.ends, *(one for pause in rule.pauses for one in pause)


def _remarks(matchers: Iterable[Matcher]) -> dict[Happening, Matcher]:
    """Return, by kind, what is asked for that the facts of a TPS don't have anyway."""
    found: dict[Happening, Matcher] = {}
    for matcher in matchers:
        for kind in matcher.kinds - STAGES - {Happening.COUNT}:
            known = found.get(kind, NOTHING)
            found[kind] = Matcher(known.bare | matcher.bare, known.wheres + matcher.wheres)
    return found


def _matcher(clauses: Clauses, names: Environment) -> Matcher:
    return matcher_of(clauses, partial(compile_where, names=names))
