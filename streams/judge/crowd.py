"""Drives the detector `score` over reports, and says what waits for a person instead.

Nothing that somebody reports is dropped: what is not sure in place or category, comes too late
for its window or stays below its threshold goes to triage, and leaves it as confirmed when the
voices add up.
"""

from functools import partial
from typing import Final

from streams.alerts.book import Case, Moment, due_at
from streams.domain.alert import Evidence, Text, Why
from streams.domain.effects import Triage, TriageStatus
from streams.domain.events import Source
from streams.domain.ids import AreaCode, ElectionId, Scope, desa_of, digest_id, kabupaten_of
from streams.domain.journal import Accepted, AcceptedReport, AcceptedStatus, Flag
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import (
    Channel,
    Situation,
)
from streams.judge.reports import item_of
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.rules.compiled import ScoreRule
from streams.rules.detectors import score
from streams.rules.evidence import Cluster
from streams.rules.pack import ScoreScope

__all__ = ["SCORE_WAKE", "calm", "report", "restore_wakes", "wake"]

SCORE_WAKE: Final = "score"
"""First part of the key under which evidence is woken."""
DISTURBANCE: Final = "UMM-01"
"""What an officer's or committee's `gangguan` is a report of (contract §2)."""
_LATE_MS: Final = 10 * MINUTE_MS
_LATE_BY_CHANNEL_MS: Final = {Channel.SMS: HOUR_MS, Channel.RADIO: HOUR_MS}
"""Windows take evidence that comes later than this no more. Source: domain §4b, proposal."""
_DESA_LENGTH: Final = 13
_EMPTY: Final = score.ScoreState()


def report(teller: Teller, accepted: AcceptedReport | AcceptedStatus) -> None:
    """Take in a report: as evidence where it is sure, else as a matter of triage."""
    category = _category(accepted)
    rules = teller.state.world.of(accepted.election).rules.score.get(category, ())
    doubt = _doubt(accepted, category, rules)
    if doubt:
        teller.effects.append(_triage(teller, accepted, category, TriageStatus.OPEN, doubt))
        return
    for rule in rules:
        _weigh(teller, rule, accepted, category)


def calm(teller: Teller, accepted: AcceptedReport | AcceptedStatus) -> None:
    """Take in an officer's word that a TPS or desa is calm."""
    if len(accepted.place) < _DESA_LENGTH:
        return
    state = teller.state
    # Sorted, because after a restart they stand in another order than that of their beginning.
    for key in sorted(state.holding_in.get((accepted.election, desa_of(accepted.place)), ())):
        rule, evidence = _rule_of(state, key), state.score.get(key)
        if rule is None or evidence is None or not _concerns(accepted.place, key, evidence):
            continue
        after, over = score.calm(evidence, accepted.at, teller.now, rule.end_quiet_ms)
        _keep(state, key, after)
        if over:
            teller.end(_case(key), teller.by_record())
        else:
            state.by_now.arm((SCORE_WAKE, *key), score.next_wake(after, rule.end_quiet_ms))


def wake(teller: Teller, key: Key, due: EpochMs) -> None:
    """Look whether the quiet time of some evidence is over by `due`."""
    state = teller.state
    rule, evidence = _rule_of(state, key), state.score.get(key)
    if rule is None or evidence is None:
        return
    after, over_at = score.quiet(evidence, due, rule.end_quiet_ms)
    if over_at is None:
        state.by_now.arm((SCORE_WAKE, *key), score.next_wake(after, rule.end_quiet_ms))
        return
    _keep(state, key, after)
    teller.end(_case(key), due_at(over_at, teller.now))


def restore_wakes(state: PartitionState) -> None:
    """Queue the quiet times that are waited for, after a saved state was taken on."""
    for key, evidence in state.score.items():
        if evidence.holding:
            _index(state, key, holding=True)
        if rule := _rule_of(state, key):
            state.by_now.arm((SCORE_WAKE, *key), score.next_wake(evidence, rule.end_quiet_ms))


def _category(accepted: AcceptedReport | AcceptedStatus) -> str:
    if isinstance(accepted, AcceptedStatus):
        return DISTURBANCE
    category = accepted.event.category
    if isinstance(category, str):
        return category
    return DISTURBANCE if accepted.event.situation is Situation.GANGGUAN else ""


def _doubt(accepted: Accepted, category: str, rules: tuple[ScoreRule, ...]) -> str:
    """Return why a person must look at a report before it can count; empty if none must."""
    if Flag.PLACE_UNSURE in accepted.flags or len(accepted.place) < _DESA_LENGTH:
        return "place"
    if not rules:
        return "rule" if category else "category"
    return "late" if accepted.received_at - accepted.at > _patience_ms(accepted) else ""


def _patience_ms(accepted: Accepted) -> int:
    channel = _source(accepted).channel
    return _LATE_BY_CHANNEL_MS.get(channel, _LATE_MS) if isinstance(channel, Channel) else _LATE_MS


def _source(accepted: Accepted) -> Source:
    assert isinstance(accepted, AcceptedReport | AcceptedStatus), "a command has no source"
    return accepted.event.source


def _weigh(
    teller: Teller, rule: ScoreRule, accepted: AcceptedReport | AcceptedStatus, category: str
) -> None:
    state = teller.state
    of_tps = rule.scope is ScoreScope.TPS
    scope = Scope(accepted.place if of_tps else desa_of(accepted.place))
    key = (accepted.election, rule.head.rule.id, scope, rule.key)
    item = item_of(state, accepted, teller.name)
    case = Case(accepted.election, rule.head.rule.id, scope, rule.key, AreaCode(scope))
    before = _before(teller, rule, key)
    moment = teller.by_record()
    ask = partial(score.add, before, item, rule.limits, moment.at)
    answer = teller.guard(rule.head, case, ask)
    if answer is None:
        return
    after, held, best = answer
    _keep(state, key, after)
    alert = state.latest_of(key) if before.holding else None
    taken = alert is not None and alert.is_open
    if held is None and not taken:
        _clear(teller, key, after)
    # Evidence of an open alert is no longer anybody's to sort out; all other is, until it counts.
    if item not in best.items or (not taken and (held is None or before.holding)):
        why = "score" if held is None else "resolved"
        teller.effects.append(_triage(teller, accepted, category, TriageStatus.OPEN, why))
        return
    held = held or best
    grounds = _grounds(teller, rule, held, category)
    teller.hold(rule.head, case, grounds, moment)
    state.by_now.arm((SCORE_WAKE, *key), score.next_wake(after, rule.end_quiet_ms))
    if not before.holding:
        _confirm(teller, rule, held, accepted, category)


def _clear(teller: Teller, key: Key, evidence: score.ScoreState) -> None:
    """The score has fallen after a person has resolved the alert: it may begin again."""
    if evidence.holding:
        _keep(teller.state, key, score.cleared(evidence))
        teller.end(_case(key), teller.by_record())


def _before(teller: Teller, rule: ScoreRule, key: Key) -> score.ScoreState:
    """Return the evidence that a new item joins.

    After a person has resolved the alert, a window without evidence has cleared the condition.
    """
    state = teller.state.score.get(key) or _EMPTY
    alert = teller.state.latest_of(key)
    if not state.holding or alert is None or alert.is_open:
        return state
    empty_at = EpochMs(state.items[-1].at + rule.limits.window_ms)
    if teller.now <= empty_at:
        return state
    teller.end(_case(key), Moment(empty_at, teller.now, teller.cause))
    return score.cleared(state)


def _confirm(
    teller: Teller, rule: ScoreRule, held: Cluster, accepted: Accepted, category: str
) -> None:
    """Take the earlier reports that now count out of triage."""
    for item in held.items:
        if item.offset == teller.name:
            continue
        evidence = Evidence(item.topic, item.id, item.at, item.source, item.offset)
        teller.effects.append(
            Triage(
                id=digest_id(kabupaten_of(accepted.place), item.source, item.id),
                status=TriageStatus.CONFIRMED,
                at=teller.now,
                election=accepted.election,
                area=AreaCode(item.tps or desa_of(accepted.place)),
                why=rule.head.rule.id,
                category=category,
                candidates=(),
                evidence=evidence,
            )
        )


def _keep(state: PartitionState, key: Key, evidence: score.ScoreState) -> None:
    state.score.put(key, evidence)
    _index(state, key, holding=evidence.holding)


def _index(state: PartitionState, key: Key, *, holding: bool) -> None:
    election, _, scope, _ = key
    place = (ElectionId(election), desa_of(scope))
    keys = dict.fromkeys(state.holding_in.get(place, ()))
    if holding:
        keys[key] = None
    else:
        keys.pop(key, None)
    state.holding_in[place] = tuple(keys)


def _rule_of(state: PartitionState, key: Key) -> ScoreRule | None:
    election, rule_id, _, rule_key = key
    by_category = state.world.of(ElectionId(election)).rules.score
    found = (
        rule
        for rules in by_category.values()
        for rule in rules
        if rule.head.rule.id == rule_id and rule.key == rule_key
    )
    return next(found, None)


def _case(key: Key) -> Case:
    election, rule_id, scope, rule_key = key
    return Case(ElectionId(election), rule_id, Scope(scope), rule_key, AreaCode(scope))


def _concerns(place: AreaCode, key: Key, evidence: score.ScoreState) -> bool:
    """Tell whether calm at `place` speaks of this evidence: same TPS, or the whole desa.

    Where no evidence has a TPS, an officer anywhere in the desa speaks of it.
    """
    if len(place) == _DESA_LENGTH or place == key[2]:
        return True
    return len(key[2]) == _DESA_LENGTH and (place in evidence.places or not evidence.places)


def _grounds(teller: Teller, rule: ScoreRule, held: Cluster, category: str) -> Grounds:
    limits = rule.limits
    threshold = score.threshold_for(held, limits)
    assert teller.accepted is not None, "evidence comes with an event"
    taxonomy = teller.state.world.of(teller.accepted.election).rules.pack.taxonomy
    numbers = {"voices": held.voices, "score": held.score, "threshold": threshold}
    values = {name: Text(f"{value:.3g}", f"{value:.3g}") for name, value in numbers.items()}
    values["category"] = Text(taxonomy[category].id, taxonomy[category].en)
    items = (Evidence(i.topic, i.id, i.at, i.source, i.offset) for i in held.items)
    return Grounds(
        tps_class=held.tps_class,
        values=values,
        why=(
            Why("class", held.tps_class.value),
            Why("score", round(held.score, 3), threshold, score.reaches(held, limits)),
            Why("voices", held.voices, limits.voices_min, held.voices >= limits.voices_min),
            Why(
                "source_classes",
                held.classes,
                limits.classes_min,
                held.classes >= limits.classes_min,
            ),
            Why("window_minutes", limits.window_ms / MINUTE_MS),
        ),
        evidence=tuple(items),
    )


def _triage(
    teller: Teller,
    accepted: AcceptedReport | AcceptedStatus,
    category: str,
    status: TriageStatus,
    why: str,
) -> Triage:
    event = accepted.event
    evidence = Evidence(accepted.origin.topic, event.id, accepted.at, event.source.id, teller.name)
    return Triage(
        id=digest_id(kabupaten_of(accepted.place), event.source.id, event.id),
        status=status,
        at=EpochMs(max(accepted.at, accepted.received_at)),
        election=accepted.election,
        area=accepted.place,
        why=why,
        category=category,
        candidates=accepted.candidates if isinstance(accepted, AcceptedReport) else (),
        evidence=evidence,
    )
