"""Drives the detector `overdue` over the facts of TPS and pairs.

A status changes the facts at once; what is overdue by them is told only when `heard` has passed
the deadline (`settle`), while the end of what was told is told at once (`notice`). An ordinary
heartbeat moves no deadline that is not looked at anyway, so it costs next to nothing.

What a line of absence says of its limit is the limit alone, beside the time that it counts from
and the deadline. A measured span would say nothing: the line is told for its deadline, when the
span is the limit to the millisecond, and how much later a mark settled it tells of our marks and
not of the TPS.
"""

from collections.abc import Iterable
from typing import Final

from streams.alerts.book import Case, Moment
from streams.domain.facts import Span, add_message
from streams.domain.happenings import Happening
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId, Scope
from streams.domain.journal import AcceptedCommand, AcceptedCount, AcceptedStatus
from streams.domain.times import EpochMs
from streams.judge.absence_grounds import grounds_of, name_of_end, still_missing
from streams.judge.arming import arm
from streams.judge.facts import EVERYTHING, Noted
from streams.judge.state import Messages, PartitionState, Watched
from streams.judge.subjects import (
    Subject,
    box_subjects,
    overdue_spans_of,
    pair_subject,
    pairs_of,
    raise_after_of,
    still_ran,
    subject_key,
    tps_subject,
    ways_of,
)
from streams.judge.table import Key
from streams.judge.telling import Teller
from streams.rules.compiled import OverdueRule
from streams.rules.detectors import overdue
from streams.rules.specs import Listens, WatchScope
from streams.territory.plan import Tps

__all__ = ["look_again", "look_at_boxes", "notice", "settle"]

_EMPTY: Final = overdue.OverdueState()
_NOT_NOTED: Final = Noted(frozenset(), ordinary=False)


def notice(
    teller: Teller, accepted: AcceptedStatus | AcceptedCount, tps: Tps | None, noted: Noted | None
) -> None:
    """Look at what a message may end, or begin, now that it is among the facts."""
    state, election = teller.state, accepted.election
    watched = state.world.of(election)
    noted = noted or _NOT_NOTED
    if tps is not None:
        _notice_tps(teller, watched, tps, noted)
    if isinstance(accepted, AcceptedCount):
        return
    for scope in pairs_of(watched.plan, accepted):
        heard = Noted(noted.changed, _note_pair(teller, accepted, scope))
        asked = _to_ask(state, watched.rules.overdue_pair, (election, scope), heard)
        if asked:
            _look_all(teller, asked, pair_subject(watched, state, election, scope))


def _notice_tps(teller: Teller, watched: Watched, tps: Tps, noted: Noted) -> None:
    state = teller.state
    assert teller.accepted is not None, "a message has been noted"
    election = teller.accepted.election
    asked = _to_ask(state, watched.rules.overdue_tps, (election, Scope(tps.code)), noted)
    if asked:
        _look_all(teller, asked, tps_subject(watched, state, election, tps))
    of_boxes = [rule for rule in watched.rules.overdue_box if rule.kinds & noted.changed]
    if of_boxes:
        for box in box_subjects(watched, state, election, tps, noted.before):
            _look_all(teller, of_boxes, box)


def look_at_boxes(teller: Teller, watched: Watched, tps: Tps) -> None:
    """Look at the boxes of a TPS anew, after the limits for them have changed."""
    assert teller.accepted is not None, "a message has changed them"
    for box in box_subjects(watched, teller.state, teller.accepted.election, tps):
        _look_all(teller, watched.rules.overdue_box, box)


def settle(teller: Teller, wake: Key, due: EpochMs) -> None:
    """Look at the deadlines of one rule and scope up to `heard`; it was queued for `due`."""
    state, clocks = teller.state, teller.state.clocks
    election, rule_id = ElectionId(wake[0]), wake[1]
    watched = state.world.of(election)
    assert clocks.started_at is not None, "a deadline is settled by a mark, which starts the log"
    settled = overdue.Settled(clocks.started_at, clocks.heard_before, clocks.heard, due)
    rules, subject = _queued(state, watched, election, wake)
    for rule in rules:
        if subject is not None and rule.head.rule.id == rule_id:
            _look(teller, rule, subject, settled)


def look_again(teller: Teller, election: ElectionId) -> None:
    """Look at everything that was told of an election, after its rules have changed."""
    state = teller.state
    keys = [key for key, _ in state.overdue.items() if key[0].partition(DRILL_MARK)[0] == election]
    for key in sorted(keys):
        of = ElectionId(key[0])
        rules, subject = _queued(state, state.world.of(of), of, key)
        for rule in rules:
            if subject is not None and rule.head.rule.id == key[1]:
                _look(teller, rule, subject, overdue.NOTHING)


def _queued(
    state: PartitionState, watched: Watched, election: ElectionId, wake: Key
) -> tuple[tuple[OverdueRule, ...], Subject | None]:
    """Return what was queued under a key; None: a box that was taken back."""
    scope = Scope(wake[2])
    if scope in watched.pairs:
        return watched.rules.overdue_pair, pair_subject(watched, state, election, scope)
    tps = watched.plan.tps_or_unknown(AreaCode(wake[-1]))
    assert tps is not None, "only a TPS whose desa votes is queued"
    if scope == Scope(tps.code):
        return watched.rules.overdue_tps, tps_subject(watched, state, election, tps)
    boxes = box_subjects(watched, state, election, tps)
    return watched.rules.overdue_box, next((box for box in boxes if box.scope == scope), None)


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
    noted: Noted,
) -> list[OverdueRule]:
    """Return the rules to ask after a message: none, if it can have changed nothing.

    An ordinary message only moves a deadline that is looked at anyway when it comes, unless an
    alert waits for it.
    """
    if noted.changed == EVERYTHING:
        return list(rules)
    election, scope = subject
    asked: list[OverdueRule] = []
    for rule in rules:
        if noted.changed & rule.kinds:
            asked.append(rule)
        elif rule.messages is Listens.ANY and Happening.COUNT not in noted.changed:
            key = (election, rule.head.rule.id, scope)
            told = state.overdue.get(key)
            waiting = told is None or told.holding is None
            if not (noted.ordinary and waiting and state.by_heard.is_armed(key)):
                asked.append(rule)
    return asked


def _look_all(teller: Teller, rules: Iterable[OverdueRule], subject: Subject) -> None:
    for rule in rules:
        _look(teller, rule, subject, overdue.NOTHING)


def _look(teller: Teller, rule: OverdueRule, subject: Subject, settled: overdue.Settled) -> None:
    """Ask the detector what there is to tell of one rule and subject, and tell it."""
    state, key = teller.state, subject_key(rule, subject)
    before = state.overdue.get(key) or _EMPTY

    def ask() -> tuple[tuple[Span, ...], overdue.OverdueState, tuple[overdue.Finding, ...]]:
        spans = overdue_spans_of(rule, subject)
        moved = _lengthened(teller, rule, subject, before.told)
        return spans, *overdue.step(before, spans, settled, raise_after_of(rule, subject), moved)

    if (answer := teller.guard(rule.head, _case(rule, subject), ask)) is None:
        return
    spans, after, findings = answer
    if after != before:
        state.overdue.put(key, after)
    for finding in findings:
        _tell(teller, rule, subject, finding)
    arm(state, rule, subject, spans)


def _lengthened(
    teller: Teller, rule: OverdueRule, subject: Subject, told: Iterable[EpochMs]
) -> dict[EpochMs, EpochMs]:
    """Return what deadlines of a box on its way are now: a word of it may make its limit longer."""
    if rule.scope is not WatchScope.BOX:
        return {}
    started = {at: teller.counted_from(_case(rule, subject), at) for at in told}
    return {
        at: due
        for due, (start, end) in ways_of(rule, subject).items()
        for at, since in started.items()
        if since is not None and start <= since <= at < due < end
    }


def _case(rule: OverdueRule, subject: Subject) -> Case:
    return Case(subject.election, rule.head.rule.id, subject.scope, "", subject.place)


def _tell(teller: Teller, rule: OverdueRule, subject: Subject, finding: overdue.Finding) -> None:
    case = _case(rule, subject)
    match finding:
        case overdue.Began(deadline=deadline):
            grounds = grounds_of(rule, subject, deadline)
            teller.hold(rule.head, case, grounds, teller.by_deadline(deadline))
        case overdue.Rose(deadline=deadline):
            assert rule.raise_to is not None, "a rule that rises says to what"
            teller.rise(
                case, rule.raise_to, still_missing(rule, subject), teller.by_deadline(deadline)
            )
        case overdue.Finished(end=end):
            accepted = teller.accepted
            moment = teller.by_record() if accepted else _ended(teller, rule, subject, end)
            teller.end(case, moment)
        case overdue.Moved(deadline=deadline, to=to):
            teller.rebase(case, deadline, to)
        case overdue.TakenBack(deadline=deadline):
            if _is_taken_back(teller, rule, subject, deadline):
                teller.end(case, teller.by_record(), held_from=deadline)
            else:
                teller.take_back(case, deadline, teller.by_record("late"))


def _ended(teller: Teller, rule: OverdueRule, subject: Subject, end: EpochMs) -> Moment:
    """Return the moment of an end that was known before its beginning was told."""
    return Moment(end, teller.now, name_of_end(rule, subject, end))


def _is_taken_back(teller: Teller, rule: OverdueRule, subject: Subject, deadline: EpochMs) -> bool:
    """Tell whether a status that a deadline counted from is taken back, or its rule.

    Then what was told was right. A correction is a message too: it may meet one by its own time.
    """
    accepted = teller.accepted
    if isinstance(accepted, AcceptedCommand):
        return True
    if not isinstance(accepted, AcceptedStatus) or not accepted.event.corrects:
        return False
    return accepted.at > deadline or not still_ran(rule, subject, deadline)
