"""Drives the detector `overdue` over the facts of TPS and pairs.

A status changes the facts at once; what is overdue by them is told only when `heard` has passed
the deadline (`settle`), while the end of what was told is told at once (`notice`). An ordinary
heartbeat moves no deadline that is not looked at anyway, so it costs next to nothing.

What a line of absence says of its limit is the limit alone, beside the time that it counts from
and the deadline. A measured span would say nothing: the line is told for its deadline, when the
span is the limit to the millisecond, and how much later a mark settled it tells of our marks and
not of the TPS.
"""

from typing import Final

from streams.alerts.book import Case, Moment
from streams.domain.alert import Evidence, Text, Why
from streams.domain.events import StatusKind
from streams.domain.facts import Point, Span, TpsFacts, add_message, add_point, take_back
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.journal import AcceptedStatus
from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, EpochMs
from streams.judge.arming import arm, overdue_spans_of
from streams.judge.state import Messages, PartitionState
from streams.judge.subjects import (
    Subject,
    limit_of,
    pair_subject,
    pairs_of,
    raise_after_of,
    subject_key,
    tps_subject,
)
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.rules.compiled import OverdueRule, minutes_text
from streams.rules.detectors import overdue
from streams.rules.wording import clock_text
from streams.territory.plan import Tps

__all__ = ["notice", "settle"]

_EMPTY: Final = overdue.OverdueState()
_NO_FACTS: Final = TpsFacts()
_NO_POINTS: Final = frozenset(
    {
        StatusKind.HEARTBEAT,
        StatusKind.CHECKIN,
        StatusKind.DURESS,
        StatusKind.LOGISTICS_RECEIVED,
        StatusKind.ESCORT_JOINED,
    }
)
_OF_THE_DAY: Final = frozenset(
    {
        StatusKind.OPENED,
        StatusKind.SUSPENDED,
        StatusKind.RESUMED,
        StatusKind.CLOSED,
        StatusKind.COUNTING_STARTED,
        StatusKind.COUNTING_FINISHED,
    }
)
"""Stages of voting and counting; a box or a postponement may be spoken of days before."""
_EARLY_MS: Final = 6 * HOUR_MS
"""Stages of voting that are told longer before the opening than this are a rehearsal's."""
_DAY_SLACK_MS: Final = 2 * DAY_MS
"""Messages further from the opening than this say nothing about the day."""


def notice(teller: Teller, accepted: AcceptedStatus) -> None:
    """Put a status among the facts, and end what it ends."""
    state, election = teller.state, accepted.election
    watched = state.world.of(election)
    changed = False
    told_of = accepted.event.tps
    # None: its desa voted by the folder that intake had; by the one of today it doesn't.
    tps = watched.plan.tps_or_unknown(AreaCode(told_of)) if isinstance(told_of, str) else None
    if tps is not None:
        changed, ordinary = _note(teller, accepted, tps)
        scope = Scope(tps.code)
        asked = _to_ask(state, watched.rules.overdue_tps, (election, scope), changed, ordinary)
        if asked:
            subject = tps_subject(state, election, tps)
            for rule in asked:
                _look(teller, rule, subject, overdue.NOTHING)
    for scope in pairs_of(watched.plan, accepted):
        ordinary = _note_pair(teller, accepted, scope)
        asked = _to_ask(state, watched.rules.overdue_pair, (election, scope), changed, ordinary)
        if asked:
            subject = pair_subject(state, watched, election, scope)
            for rule in asked:
                _look(teller, rule, subject, overdue.NOTHING)


def settle(teller: Teller, wake: Key, due: EpochMs) -> None:
    """Look at the deadlines of one rule and scope up to `heard`; it was queued for `due`."""
    state, clocks = teller.state, teller.state.clocks
    election, rule_id, scope = ElectionId(wake[0]), wake[1], Scope(wake[2])
    watched = state.world.of(election)
    assert clocks.started_at is not None, "a deadline is settled by a mark, which starts the log"
    if scope in watched.pairs:
        subject = pair_subject(state, watched, election, scope)
        rules = watched.rules.overdue_pair
    else:
        tps = watched.plan.tps_or_unknown(AreaCode(scope))
        assert tps is not None, "only a TPS whose desa votes is queued"
        subject = tps_subject(state, election, tps)
        rules = watched.rules.overdue_tps
    settled = overdue.Settled(clocks.started_at, clocks.heard_before, clocks.heard, due)
    for rule in rules:
        if rule.head.rule.id == rule_id:
            _look(teller, rule, subject, settled)


def _note(teller: Teller, accepted: AcceptedStatus, tps: Tps) -> tuple[bool, bool]:
    """Put a status among the facts of its TPS.

    Returns whether a stage may have changed, and whether the message is an ordinary one: the
    newest of its TPS.
    """
    state, event = teller.state, accepted.event
    key = (accepted.election, tps.code)
    before = state.facts.get(key)
    facts = before or _NO_FACTS
    ordinary = False
    if abs(accepted.at - tps.opens_at) <= _DAY_SLACK_MS:
        islands = add_message(facts.islands, accepted.at, teller.name)
        ordinary = islands[-1][1] == accepted.at
        facts = TpsFacts(facts.points, islands, facts.taken_back)
    if event.corrects:
        facts = take_back(facts, event.source.id, event.corrects)
    if event.kind not in _NO_POINTS and not _is_rehearsed(accepted, tps):
        point = Point(accepted.at, event.kind, event.id, event.source.id, teller.name)
        facts = add_point(facts, point)
    state.facts.put(key, facts)
    return before is None or facts.points != before.points, ordinary


def _is_rehearsed(accepted: AcceptedStatus, tps: Tps) -> bool:
    """Tell whether a stage was told so early that it can't be one of the day.

    By the time of receipt: a telephone whose date is wrong still speaks of the day.
    """
    return accepted.event.kind in _OF_THE_DAY and accepted.received_at < tps.opens_at - _EARLY_MS


def _note_pair(teller: Teller, accepted: AcceptedStatus, scope: Scope) -> bool:
    """Put a status among the messages of a pair; return whether it is the newest."""
    key = (accepted.election, scope)
    heard = teller.state.pairs.get(key) or Messages()
    islands = add_message(heard.islands, accepted.at, teller.name)
    teller.state.pairs.put(key, Messages(islands))
    return islands[-1][1] == accepted.at


def _to_ask(
    state: PartitionState,
    rules: tuple[OverdueRule, ...],
    subject: tuple[ElectionId, Scope],
    changed: bool,  # noqa: FBT001  two answers of `_note`, handed on
    ordinary: bool,  # noqa: FBT001  as above
) -> tuple[OverdueRule, ...]:
    """Return the rules to ask after a message: none, if it can have changed nothing.

    An ordinary message only moves a deadline that is looked at anyway when it comes, unless an
    alert waits for it.
    """
    if changed:
        return rules
    election, scope = subject
    asked: list[OverdueRule] = []
    for rule in rules:
        if not rule.messages:
            continue
        key = (election, rule.head.rule.id, scope)
        told = state.overdue.get(key)
        waiting = told is None or told.holding is None
        if not (ordinary and waiting and state.by_heard.is_armed(key)):
            asked.append(rule)
    return tuple(asked)


def _look(teller: Teller, rule: OverdueRule, subject: Subject, settled: overdue.Settled) -> None:
    """Ask the detector what there is to tell of one rule and subject, and tell it."""
    state, key = teller.state, subject_key(rule, subject)
    before = state.overdue.get(key) or _EMPTY

    def ask() -> tuple[tuple[Span, ...], overdue.OverdueState, tuple[overdue.Finding, ...]]:
        spans = overdue_spans_of(rule, subject)
        return spans, *overdue.step(before, spans, settled, raise_after_of(rule, subject))

    if (answer := teller.guard(rule.head, _case(rule, subject), ask)) is None:
        return
    spans, after, findings = answer
    if after != before:
        state.overdue.put(key, after)
    for finding in findings:
        _tell(teller, rule, subject, finding)
    arm(state, rule, subject, spans)


def _case(rule: OverdueRule, subject: Subject) -> Case:
    return Case(subject.election, rule.head.rule.id, subject.scope, "", subject.place)


def _tell(teller: Teller, rule: OverdueRule, subject: Subject, finding: overdue.Finding) -> None:
    case = _case(rule, subject)
    match finding:
        case overdue.Began(deadline=deadline):
            grounds = _grounds(teller, rule, subject, deadline)
            teller.hold(rule.head, case, grounds, teller.by_deadline(deadline))
        case overdue.Rose(deadline=deadline):
            assert rule.raise_to is not None, "a rule that rises says to what"
            multiple = 1 + (raise_after_of(rule, subject) or 0) / limit_of(rule, subject)
            why = Why("limit_multiple", multiple)
            teller.rise(case, rule.raise_to, why, teller.by_deadline(deadline))
        case overdue.Finished(end=end):
            accepted = teller.accepted
            moment = teller.by_record() if accepted else _ended(teller, subject, end)
            teller.end(case, moment)
        case overdue.Moved(deadline=deadline, to=to):
            teller.rebase(case, deadline, to)
        case overdue.TakenBack(deadline=deadline):
            if _is_correction(teller):
                teller.end(case, teller.by_record(), held_from=deadline)
            else:
                teller.take_back(case, deadline, teller.by_record("late"))


def _ended(teller: Teller, subject: Subject, end: EpochMs) -> Moment:
    """Return the moment of an end that was known before its beginning was told."""
    return Moment(end, teller.now, _name_at(subject, end))


def _is_correction(teller: Teller) -> bool:
    """Tell whether the record takes back a status: what rested on it ends, it was not wrong."""
    accepted = teller.accepted
    return isinstance(accepted, AcceptedStatus) and accepted.event.corrects != ""


def _name_at(subject: Subject, at: EpochMs) -> str:
    """Return where the message or change of stage at `at` stands in the journal."""
    names = [point.offset for points in subject.points for point in points if point.at == at]
    names += [name for first, _, name in subject.messages if first == at]
    assert names, "what ends a span is a message or a point"
    return names[0]


def _grounds(teller: Teller, rule: OverdueRule, subject: Subject, deadline: EpochMs) -> Grounds:
    limit_ms = limit_of(rule, subject)
    begins = EpochMs(deadline - limit_ms)
    offset = teller.state.world.of(subject.election).plan.offset_minutes(subject.place)
    texts = {
        "begins": clock_text(begins, offset),
        "deadline": clock_text(deadline, offset),
        "limit_minutes": minutes_text(limit_ms),
    }
    return Grounds(
        tps_class=subject.tps_class,
        values={name: Text(text, text) for name, text in texts.items()},
        why=(
            Why("class", subject.tps_class.value),
            Why("since", texts["begins"]),
            Why("expected_by", "not received", texts["deadline"]),
            Why("limit_minutes", limit_ms / MINUTE_MS),
        ),
        evidence=_evidence(subject, begins),
    )


def _evidence(subject: Subject, begins: EpochMs) -> tuple[Evidence, ...]:
    """Return the status that the clock started with, where it was one."""
    started = (p for points in subject.points for p in points if p.at == begins)
    return tuple(Evidence("tps.status", p.id, p.at, p.source, p.offset) for p in started)[:1]
