"""Drives the detector `score`: weighs a report as evidence, and tells what it adds up to."""

from functools import partial
from typing import Final

from msgspec.structs import replace

from streams.alerts.case import Moment
from streams.domain.alert import Evidence, Text, Why
from streams.domain.ids import AreaCode, ElectionId, Scope, desa_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.judge.endings import arm, case_of, keep, recall
from streams.judge.posture import TIGHTER, is_raised
from streams.judge.reports import item_of, officer_of
from streams.judge.roster import most_vulnerable, place_of, scope_of, tps_of_officer
from streams.judge.sorting import Heard
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.judge.triage import count
from streams.rules.compiled import ScoreRule
from streams.rules.detectors import score
from streams.rules.evidence import Cluster, Item
from streams.rules.report_specs import ScoreEnd, ScoreScope
from streams.texts.words import number_text

__all__ = ["TOO_LITTLE", "weigh"]

TOO_LITTLE: Final = "score"
"""Why a report waits: what was said is not enough yet."""
_RESOLVED: Final = "resolved"
_DESA_LENGTH: Final = 13
_EMPTY: Final = score.ScoreState()


def weigh(teller: Teller, rule: ScoreRule, heard: Heard) -> str:
    """Weigh a report by a rule; return why it must wait for a person, or nothing if it counts."""
    accepted = heard.accepted
    place, desa = accepted.place, desa_of(accepted.place)
    match rule.scope:
        case ScoreScope.TPS:
            return _weigh_at(teller, rule, heard, place)
        case ScoreScope.TPS_ELSE_DESA if place != desa:
            wanting = _weigh_at(teller, rule, heard, place)
            key = (accepted.election, rule.head.rule.id, desa, rule.key)
            if wanting != TOO_LITTLE or place in _apart(teller.state, rule, key):
                _remember(teller, key, heard)
                return wanting
            return _weigh_at(teller, rule, heard, desa)
        case ScoreScope.DESA | ScoreScope.TPS_ELSE_DESA:
            return _weigh_at(teller, rule, heard, desa)
        case ScoreScope.OFFICER:
            officer = officer_of(accepted)
            scope = scope_of(place, "officer", officer) if officer else Scope(place)
            return _weigh_at(teller, rule, heard, scope)


def _item(teller: Teller, heard: Heard) -> Item:
    item = item_of(teller.state, heard.accepted, teller.name)
    return replace(item, checked=True) if heard.checked else item


def _remember(teller: Teller, key: Key, heard: Heard) -> None:
    """Keep a report of a TPS with an alert of its own: it may count for the desa when that is over.

    What holds for the desa meanwhile does not rest on it, and does not last longer by it.
    """
    before = teller.state.score.get(key) or _EMPTY
    keep(teller.state, key, score.remembered(before, _item(teller, heard)))


def _weigh_at(teller: Teller, rule: ScoreRule, heard: Heard, scope: str) -> str:
    state = teller.state
    key = (heard.accepted.election, rule.head.rule.id, scope, rule.key)
    item = _item(teller, heard)
    case = case_of(key)
    before = _before(teller, rule, key)
    moment = teller.by_record()
    limits = _limits(state, rule, key, moment.at)
    ask = partial(score.add, before, item, limits, moment.at, _apart(state, rule, key))
    answer = teller.guard(rule.head, case, ask)
    if answer is None:
        return "rule"
    after, held, best = answer
    keep(state, key, after)
    alert = state.latest_of(key) if before.holding else None
    taken = alert is not None and alert.is_open
    if held is None and not taken:
        _clear(teller, key, after)
    # Evidence of an open alert is no longer anybody's to sort out; all other is, until it counts.
    if item not in best.items or (not taken and (held is None or before.holding)):
        return TOO_LITTLE if held is None else _RESOLVED
    held = held or best
    grounds = _grounds(teller, (rule, limits), held, (scope, heard.category))
    known = alert.evidence if alert is not None and taken else ()
    teller.hold(rule.head, case, grounds, moment)
    arm(state, rule, key, after)
    if not before.holding and rule.ends is ScoreEnd.CALM:
        recall(teller, key)
    count(teller, rule.head, case, _new(held.items, known, teller.name))
    return ""


def _new(items: tuple[Item, ...], known: tuple[Evidence, ...], name: str) -> list[Item]:
    """Return the evidence that an alert did not rest on before, and that of the record `name`."""
    offsets = {one.offset for one in known}
    return [one for one in items if one.offset not in offsets or one.offset == name]


def _apart(state: PartitionState, rule: ScoreRule, key: Key) -> frozenset[AreaCode]:
    """Return the TPS of a desa that have an alert of their own by the same rule and category."""
    election, rule_id, place, rule_key = key
    if rule.scope is not ScoreScope.TPS_ELSE_DESA or len(place) > _DESA_LENGTH:
        return frozenset()
    return frozenset(
        AreaCode(scope)
        for _, of_rule, scope, of_key in state.holding_in.get(
            (ElectionId(election), AreaCode(place)), ()
        )
        if (of_rule, of_key) == (rule_id, rule_key) and len(scope) > _DESA_LENGTH
    )


def _clear(teller: Teller, key: Key, evidence: score.ScoreState) -> None:
    """The score has fallen after a person has resolved the alert: it may begin again."""
    if evidence.holding:
        keep(teller.state, key, score.cleared(evidence))
        teller.end(case_of(key), teller.by_record())


def _before(teller: Teller, rule: ScoreRule, key: Key) -> score.ScoreState:
    """Return the evidence that a new item joins.

    After a person has resolved the alert, a window without evidence has cleared the condition.
    """
    state = teller.state.score.get(key) or _EMPTY
    alert = teller.state.latest_of(key)
    if not state.holding or alert is None or alert.is_open:
        return state
    empty_at = EpochMs(state.newest + rule.limits.window_ms)
    if teller.now <= empty_at:
        return state
    teller.end(case_of(key), Moment(empty_at, teller.now, teller.cause))
    return score.cleared(state)


def _limits(state: PartitionState, rule: ScoreRule, key: Key, at: EpochMs) -> score.ScoreLimits:
    """Return the limits of a rule; where the posture is raised, each class has the tighter one."""
    if not rule.posture or not is_raised(state, ElectionId(key[0]), AreaCode(key[2]), at):
        return rule.limits
    tighter = (TPS_CLASSES.index(TIGHTER[one]) for one in TPS_CLASSES)
    return replace(rule.limits, thresholds=tuple(rule.limits.thresholds[n] for n in tighter))


def _posture_why(
    rule: ScoreRule, limits: score.ScoreLimits, tps_class: TpsClass
) -> tuple[Why, ...]:
    """Return by which class it was judged, where a raised posture made it another."""
    if limits == rule.limits:
        return ()
    return (Why("posture", TIGHTER[tps_class].value),)


def _checked_why(held: Cluster) -> tuple[Why, ...]:
    """Return whether a person has checked it: then nothing else need hold."""
    return (Why("checked", held.checked),) if held.checked else ()


def _documented_why(held: Cluster, limits: score.ScoreLimits) -> tuple[Why, ...]:
    """Return whether something was attached, where that is asked for."""
    if not limits.documented:
        return ()
    return (Why("documented", held.documented, holds=held.documented),)


def _class_of(teller: Teller, scope: str, held: Cluster) -> TpsClass:
    """Return the class of an alert: of an officer that of the pair, else of the evidence."""
    assert teller.accepted is not None, "evidence comes with an event"
    plan = teller.state.world.of(teller.accepted.election).plan
    kind, _, name = scope.rpartition("/")
    tps = tps_of_officer(plan, place_of(scope), name) if kind.startswith("officer:") else ()
    return most_vulnerable(tps) if tps else held.tps_class


def _grounds(
    teller: Teller,
    judged_by: tuple[ScoreRule, score.ScoreLimits],
    held: Cluster,
    about: tuple[str, str],
) -> Grounds:
    (rule, limits), (scope, category) = judged_by, about
    threshold = score.threshold_for(held, limits)
    assert teller.accepted is not None, "evidence comes with an event"
    taxonomy = teller.state.world.of(teller.accepted.election).rules.pack.taxonomy
    numbers = {"voices": held.voices, "score": held.score, "threshold": threshold}
    values = {name: number_text(value) for name, value in numbers.items()}
    values["category"] = Text(taxonomy[category].id, taxonomy[category].en)
    items = (Evidence(i.topic, i.id, i.at, i.source, i.offset) for i in held.items)
    tps_class = _class_of(teller, scope, held)
    return Grounds(
        tps_class=tps_class,
        values=values,
        why=(
            Why("class", tps_class.value),
            *_posture_why(rule, limits, held.tps_class),
            Why("score", round(held.score, 3), threshold, score.reaches(held, limits)),
            Why("voices", held.voices, limits.voices_min, held.voices >= limits.voices_min),
            Why(
                "source_classes",
                held.classes,
                limits.classes_min,
                held.classes >= limits.classes_min,
            ),
            *_documented_why(held, limits),
            *_checked_why(held),
            Why("window_minutes", limits.window_ms / MINUTE_MS),
        ),
        evidence=tuple(items),
    )
