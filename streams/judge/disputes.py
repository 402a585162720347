"""Drives the detector `dispute`: what the crowd says of a desa, and officers deny.

The crowd's words are kept by desa and category, the officers' by place (`words`).
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from streams.alerts.case import Case, Moment
from streams.domain.alert import Evidence, Text, Why
from streams.domain.ids import AreaCode, ElectionId, Scope, desa_of
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import SourceClass, source_class_of
from streams.judge.reports import item_of
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.judge.words import words_near
from streams.rules.compiled import DisputeRule
from streams.rules.detectors import dispute
from streams.rules.wording import clock_text
from streams.texts.words import number_text

__all__ = ["hear", "say", "taken_back", "withdraw"]

_NOTHING_HEARD: Final = dispute.DisputeState()
_NOT_CROWD: Final = frozenset({SourceClass.POLICE, SourceClass.SYSTEM})


def hear(teller: Teller, accepted: AcceptedReport | AcceptedStatus, category: str) -> None:
    """Take in a report that is in time and sure of its place: is it denied?"""
    state = teller.state
    rules = state.world.of(accepted.election).rules.disputes.get(category, ())
    if not rules or source_class_of(accepted.event.source.speaks_as) in _NOT_CROWD:
        return
    desa = desa_of(accepted.place)
    item = item_of(state, accepted, teller.name)
    for rule in rules:
        key = (accepted.election, rule.head.rule.id, desa, category)
        _judge(teller, rule, key, dispute.hear(_open(teller, key), item))


def say(teller: Teller, accepted: AcceptedReport | AcceptedStatus, word: dispute.Word) -> None:
    """Take in an officer's word: does it deny what others say of the place, or decide it?"""
    state = teller.state
    for rule, key in _disputed(state, accepted.election, desa_of(word.place)):
        known = _open(teller, key)
        if dispute.decides(known, word):
            _go_on(teller, rule, key, dispute.forget(known, word.at), known.since)
        else:
            _judge(teller, rule, key, known)


def taken_back(teller: Teller, accepted: AcceptedStatus) -> None:
    """Take in that a status takes back another one, which may have been a word or a report."""
    said = (accepted.event.source.id, accepted.event.corrects)
    withdraw(teller, accepted.election, desa_of(accepted.place), said)


def withdraw(teller: Teller, election: ElectionId, desa: AreaCode, said: tuple[str, str]) -> None:
    """Take back what one source has said of a desa in one message."""
    state = teller.state
    for rule, key in _disputed(state, election, desa):
        known = state.disputes.get(key) or _NOTHING_HEARD
        left = dispute.withdraw(known, *said)
        own = (known.source, known.word) == said
        if not known.holding or (left == known and not own):
            state.disputes.put(key, left)
        else:
            _go_on(teller, rule, key, left, known.since)


def _go_on(
    teller: Teller, rule: DisputeRule, key: Key, left: dispute.DisputeState, since: EpochMs
) -> None:
    """Go on with what is left of what has held since then; it ends if nobody contradicts."""
    state = teller.state
    found = dispute.judge(left, _words(state, key), rule.limits)
    if found is None:
        state.disputes.put(key, dispute.over(left))
        teller.end(_case(key), teller.by_record())
    else:
        state.disputes.put(key, dispute.begin(left, found, since))


def _disputed(
    state: PartitionState, election: ElectionId, desa: AreaCode
) -> Iterator[tuple[DisputeRule, Key]]:
    """Yield what somebody of the crowd has said of a desa, by rule and category."""
    for rules in state.world.of(election).rules.disputes.values():
        for rule in rules:
            key = (election, rule.head.rule.id, desa, rule.category)
            if state.disputes.get(key) is not None:
                yield rule, key


def _open(teller: Teller, key: Key) -> dispute.DisputeState:
    """Return what was said, but what led to an alert that a person has resolved since."""
    known = teller.state.disputes.get(key) or _NOTHING_HEARD
    alert = teller.state.latest_of(key)
    if not known.holding or alert is None or alert.is_open or alert.resolved_at is None:
        return known
    teller.end(_case(key), Moment(alert.resolved_at, teller.now, teller.cause))
    return dispute.forget(known, alert.resolved_at)


def _judge(teller: Teller, rule: DisputeRule, key: Key, known: dispute.DisputeState) -> None:
    state, case = teller.state, _case(key)
    words = tuple(_words(state, key))
    ask = partial(dispute.judge, known, words, rule.limits)
    answer = teller.guard(rule.head, case, lambda: (ask(),))
    found = None if answer is None else answer[0]
    if found is None:
        state.disputes.put(key, known)
        return
    moment = teller.by_record()
    state.disputes.put(key, dispute.begin(known, found, moment.at))
    teller.hold(rule.head, case, _grounds(teller, rule, key, found), moment)


def _words(state: PartitionState, key: Key) -> Iterator[dispute.Word]:
    """Yield the officers' words on a desa and its TPS."""
    return words_near(state, ElectionId(key[0]), AreaCode(key[2]))


def _case(key: Key) -> Case:
    election, rule_id, desa, category = key
    return Case(ElectionId(election), rule_id, Scope(desa), category, AreaCode(desa))


def _grounds(teller: Teller, rule: DisputeRule, key: Key, found: dispute.Dispute) -> Grounds:
    plan = teller.state.world.of(ElectionId(key[0])).plan
    crowd, word, route = found.crowd, found.word, rule.head.category
    assert route is not None, "a rule of reports knows its category"
    clock = clock_text(word.at, plan.offset_minutes(AreaCode(key[2])))
    numbers = {"voices": crowd.voices, "score": crowd.score, "threshold": rule.limits.score}
    return Grounds(
        tps_class=crowd.tps_class,
        values={
            **{name: number_text(value) for name, value in numbers.items()},
            "category": Text(route.id, route.en),
            "officer_at": Text(clock, clock),
        },
        why=(
            Why("class", crowd.tps_class.value),
            Why("score", round(crowd.score, 3), rule.limits.score),
            Why("voices", crowd.voices, 1),
            Why("officer_says_calm", clock, holds=False),
            Why("window_minutes", rule.limits.window_ms / MINUTE_MS),
        ),
        evidence=(
            *(Evidence(i.topic, i.id, i.at, i.source, i.offset) for i in crowd.items),
            Evidence(word.topic, word.id, word.at, word.source, word.offset),
        ),
    )
