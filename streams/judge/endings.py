"""Ends what evidence has begun: by an officer's word, by quiet, by a person's acknowledgement.

Some rules wait for an officer's "aman" and a quiet time after the last evidence, others for the
quiet time and somebody who has acknowledged the alert, whichever comes later. Others again wait for
a person who closes them, and are let alone here.
"""

from typing import Final

from streams.alerts.book import due_at
from streams.alerts.case import Case
from streams.domain.alert import Alert, AlertState
from streams.domain.ids import AreaCode, ElectionId, Scope, desa_of
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.times import EpochMs
from streams.domain.words import Situation
from streams.judge import rates
from streams.judge.roster import place_of
from streams.judge.sorting import DISTURBANCE
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Teller
from streams.judge.words import words_near
from streams.rules.compiled import ScoreRule
from streams.rules.detectors import score
from streams.rules.report_specs import ScoreEnd

__all__ = [
    "SCORE_WAKE",
    "acknowledged",
    "arm",
    "calm",
    "case_of",
    "keep",
    "recall",
    "reopened",
    "restore_wakes",
    "taken_back",
    "wake",
    "withdraw",
]

SCORE_WAKE: Final = "score"
"""First part of the key under which evidence is woken."""
_DESA_LENGTH: Final = 13


def calm(teller: Teller, accepted: AcceptedReport | AcceptedStatus) -> None:
    """Take in an officer's word that a TPS or desa is calm."""
    if len(accepted.place) < _DESA_LENGTH:
        return
    state = teller.state
    # Sorted, because after a restart they stand in another order than that of their beginning.
    for key in sorted(state.holding_in.get((accepted.election, desa_of(accepted.place)), ())):
        _calm(teller, key, accepted.place, accepted.at)


def recall(teller: Teller, key: Key) -> None:
    """Take in words that all is calm which were given since something began, and came before it.

    A sender's clock may be ahead: then its word is of after the report that it came before.
    """
    evidence = teller.state.score.get(key)
    assert evidence is not None, "it has just begun"
    election, _, scope, _ = key
    desa = desa_of(scope)
    for word in words_near(teller.state, ElectionId(election), desa):
        if word.situation is Situation.AMAN and word.at >= evidence.since:
            _calm(teller, key, word.place, word.at)


def _calm(teller: Teller, key: Key, place: AreaCode, at: EpochMs) -> None:
    state = teller.state
    rule, evidence = _rule_of(state, key), state.score.get(key)
    concerned = evidence is not None and _concerns(place, key, evidence)
    if rule is None or evidence is None or not (rule.ends is ScoreEnd.CALM and concerned):
        return
    after, over = score.calm(evidence, at, teller.now, rule.end_quiet_ms)
    keep(state, key, after)
    if over:
        teller.end(case_of(key), teller.by_record())
    else:
        arm(state, rule, key, after)


def wake(teller: Teller, key: Key, due: EpochMs) -> None:
    """Look whether the quiet time of some evidence is over by `due`."""
    state = teller.state
    rule, evidence = _rule_of(state, key), state.score.get(key)
    if rule is None or evidence is None:
        return
    over_at = _next_wake(rule, evidence)
    if over_at is None or over_at > due:
        arm(state, rule, key, evidence)
    elif rule.ends is ScoreEnd.CALM or _is_acknowledged(state.latest_of(key)):
        keep(state, key, score.cleared(evidence))
        teller.end(case_of(key), due_at(over_at, teller.now))


def _is_acknowledged(alert: Alert | None) -> bool:
    if alert is None:
        return False
    paused = alert.state in {AlertState.SHELVED, AlertState.INHIBITED}
    return AlertState.ACKNOWLEDGED is (alert.former if paused else alert.state)


def arm(state: PartitionState, rule: ScoreRule, key: Key, evidence: score.ScoreState) -> None:
    """Queue some evidence for the end of its quiet time."""
    state.by_now.arm((SCORE_WAKE, *key), _next_wake(rule, evidence))


def _next_wake(rule: ScoreRule, evidence: score.ScoreState) -> EpochMs | None:
    match rule.ends:
        case ScoreEnd.CALM:
            return score.next_wake(evidence, rule.end_quiet_ms)
        case ScoreEnd.ACKNOWLEDGED:
            return score.quiet_from(evidence, rule.end_quiet_ms)
        case ScoreEnd.PERSON:
            return None


def restore_wakes(state: PartitionState) -> None:
    """Queue the quiet times that are waited for, after a saved state was taken on."""
    for key, evidence in state.score.items():
        if evidence.holding:
            _index(state, key, holding=True)
        if rule := _rule_of(state, key):
            arm(state, rule, key, evidence)


def taken_back(teller: Teller, accepted: AcceptedStatus) -> None:
    """Take in that a status takes back another one, which may have been a report."""
    state, event = teller.state, accepted.event
    rates.taken_back(teller, accepted)
    rules = state.world.of(accepted.election).rules.score.get(DISTURBANCE, ())
    for rule in rules:
        for place in dict.fromkeys((accepted.place, desa_of(accepted.place))):
            key = (accepted.election, rule.head.rule.id, Scope(place), rule.key)
            _withdraw(teller, rule, key, (event.source.id, event.corrects))


def withdraw(teller: Teller, election: ElectionId, said: tuple[str, str]) -> None:
    """Take back what one source has said in one report, wherever it is evidence."""
    held = (
        key for key, row in teller.state.score.items() if key[0] == election and _has(row, said)
    )
    # Sorted, because after a restart they stand in another order than that of their beginning.
    for key in sorted(held):
        if rule := _rule_of(teller.state, key):
            _withdraw(teller, rule, key, said)


def _has(evidence: score.ScoreState, said: tuple[str, str]) -> bool:
    return any((item.source, item.id) == said for item in evidence.items)


def _withdraw(teller: Teller, rule: ScoreRule, key: Key, said: tuple[str, str]) -> None:
    if (evidence := teller.state.score.get(key)) is None:
        return
    after, over = score.withdraw(evidence, *said, rule.limits)
    keep(teller.state, key, after)
    if over:
        teller.end(case_of(key), teller.by_record())


def acknowledged(teller: Teller, alert: Alert) -> None:
    """Take in that somebody has acknowledged an alert: it is over if that was all it waited for."""
    key = (alert.election, alert.rule, alert.scope, alert.key)
    rule, evidence = _rule_of(teller.state, key), teller.state.score.get(key)
    if rule is None or evidence is None or rule.ends is not ScoreEnd.ACKNOWLEDGED:
        return
    # It may be an older alert that was taken: the one that holds still waits for somebody.
    if not _is_acknowledged(teller.state.latest_of(key)):
        return
    due = score.quiet_from(evidence, rule.end_quiet_ms)
    if due is not None and due <= teller.now:
        keep(teller.state, key, score.cleared(evidence))
        teller.end(case_of(key), teller.by_record())


def reopened(teller: Teller, alert: Alert, at: EpochMs) -> None:
    """Take in that a person has opened an alert again: no word from before `at` ends it."""
    key = (alert.election, alert.rule, alert.scope, alert.key)
    rule, evidence = _rule_of(teller.state, key), teller.state.score.get(key)
    latest = teller.state.latest_of(key)
    if rule is None or evidence is None or latest is None or latest.id != alert.id:
        return
    after = score.reopened(evidence, at)
    keep(teller.state, key, after)
    arm(teller.state, rule, key, after)


def keep(state: PartitionState, key: Key, evidence: score.ScoreState) -> None:
    """Remember some evidence, and in which desa it holds."""
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


def case_of(key: Key) -> Case:
    """Return what an alert of some evidence is about."""
    election, rule_id, scope, rule_key = key
    return Case(ElectionId(election), rule_id, Scope(scope), rule_key, place_of(scope))


def _concerns(place: AreaCode, key: Key, evidence: score.ScoreState) -> bool:
    """Tell whether calm at `place` speaks of this evidence: same TPS, or the whole desa.

    Where no evidence has a TPS, an officer anywhere in the desa speaks of it.
    """
    if len(place) == _DESA_LENGTH or place == key[2]:
        return True
    return len(key[2]) == _DESA_LENGTH and (place in evidence.places or not evidence.places)
