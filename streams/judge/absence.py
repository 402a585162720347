"""Drives the detector `overdue` over the facts of TPS and pairs.

A status changes the facts at once; what is overdue by them is told only when `heard` has passed
the deadline (`settle`), while the end of what was told is told at once (`notice`). An ordinary
heartbeat moves no deadline that is not looked at anyway, so it costs next to nothing.

What a line of absence says of its limit is the limit alone, beside the time that it counts from
and the deadline. A measured span would say nothing: the line is told for its deadline, when the
span is the limit to the millisecond, and how much later a mark settled it tells of our marks and
not of the TPS.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from streams.domain.facts import add_message
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId, Scope, kabupaten_of
from streams.domain.journal import AcceptedCount, AcceptedStatus
from streams.domain.times import EpochMs
from streams.judge import checkins, gateways, health, silence
from streams.judge.facts import Noted
from streams.judge.roster import pairs_of
from streams.judge.rows import Messages
from streams.judge.state import PartitionState
from streams.judge.subjects import Subject, box_subjects, pair_subject, tps_subject
from streams.judge.table import Key
from streams.judge.telling import Teller
from streams.judge.watches import watch_of
from streams.judge.watching import Watch, look, may_change
from streams.judge.world import Watched
from streams.rules.compiled import OverdueRule
from streams.rules.detectors import overdue
from streams.rules.specs import Listens
from streams.territory.plan import Tps

__all__ = ["look_again", "look_at_boxes", "notice", "settle"]

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
        checkins.notice_tps(teller, watched, tps, noted)
    if isinstance(accepted, AcceptedCount):
        return
    if tps is not None:
        silence.notice(teller, watched, tps, noted)
    checkins.notice(teller, accepted)
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
    if wake[1] == gateways.GATEWAY_WAKE:
        gateways.settle(teller, wake)
    elif wake[2].startswith(health.PIPELINE):
        health.settle(teller, wake, due)
    elif (settled := _settled(teller.state, wake, due)) is not None:
        for watch in _queued(teller.state, wake):
            look(teller, watch, settled)


def _settled(state: PartitionState, wake: Key, due: EpochMs) -> overdue.Settled | None:
    """Return what this mark settles of a rule and scope; None: it waits for a gateway."""
    clocks, before, heard = state.clocks, state.clocks.heard_before, state.clocks.heard
    assert clocks.started_at is not None, "a deadline is settled by a mark, which starts the log"
    election, scope = ElectionId(wake[0]), Scope(wake[2])
    if silence.is_area(scope):
        silence.await_gateways(state, election, AreaCode(scope), wake, due)
    elif tps := _silent_tps(state, election, wake[1], scope):
        before = gateways.judged_until(state, election, tps, before)
        heard = gateways.judged_until(state, election, tps, heard)
        if due >= heard:
            gateways.park(state, wake, due, kabupaten_of(tps[0]))
            return None
    return overdue.Settled(clocks.started_at, before, heard, due)


def _silent_tps(
    state: PartitionState, election: ElectionId, rule_id: str, scope: Scope
) -> tuple[AreaCode, ...]:
    """Return the TPS whose gateways a rule must wait for; none, but for a rule of silence."""
    if not len(state.gateways):
        return ()
    watched = state.world.of(election)
    pair = watched.pairs.get(scope)
    rules = watched.rules.overdue_tps if pair is None else watched.rules.overdue_pair
    if not any(one.head.rule.id == rule_id and one.messages is Listens.ANY for one in rules):
        return ()
    return (AreaCode(scope),) if pair is None else tuple(one.code for one in pair.tps)


def look_again(teller: Teller, election: ElectionId) -> None:
    """Look at everything that was told of an election, after its rules have changed."""
    state = teller.state
    keys = [key for key, _ in state.overdue.items() if key[0].partition(DRILL_MARK)[0] == election]
    for key in sorted(keys):
        for watch in _queued(state, key):
            look(teller, watch)


def _queued(state: PartitionState, wake: Key) -> Iterator[Watch]:
    """Yield what was queued under a key; a box may be taken back, and a rule gone, by now."""
    election, rule_id, scope = ElectionId(wake[0]), wake[1], Scope(wake[2])
    watched = state.world.of(election)
    if scope.startswith(checkins.OFFICER):
        yield from checkins.watches(state, election, scope, rule_id)
    elif silence.is_area(scope):
        yield from silence.watches(state, election, AreaCode(scope), rule_id)
    else:
        rules, subject = _queued_subject(state, watched, election, wake)
        for rule in rules:
            if subject is not None and rule.head.rule.id == rule_id:
                yield watch_of(state, rule, subject)


def _queued_subject(
    state: PartitionState, watched: Watched, election: ElectionId, wake: Key
) -> tuple[tuple[OverdueRule, ...], Subject | None]:
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
    """Return the rules to ask after a message: none, if it can have changed nothing."""
    election, scope = subject
    return [
        rule
        for rule in rules
        if may_change(
            state,
            (election, rule.head.rule.id, scope),
            noted,
            rule.kinds,
            listens=rule.messages is Listens.ANY,
        )
    ]


def _look_all(teller: Teller, rules: Iterable[OverdueRule], subject: Subject) -> None:
    for rule in rules:
        look(teller, watch_of(teller.state, rule, subject))
