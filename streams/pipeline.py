"""The whole judgment on one page: one journal record in, effects out.

    record ─► clocks ─► what time alone asks for ─► the event: facts, rules, book ─► who is told
                                   └──────── each followed by what follows ───────┘

Everything that a day brings passes through `step`, record by record, in the order of the journal.
Nothing here or below reads a clock, a file or chance, so the same journal gives the same effects,
live, in a replay, after a crash, and however it is cut into batches.

Time alone moves two things. By `now`, alerts climb, shelves end, quiet times pass; by `heard`,
absence is told. An event is judged after all that fell due before it, and before what falls due
at its very moment; a mark settles everything up to it, the earlier first.
"""

from collections.abc import Sequence

from msgspec import UNSET, Struct, UnsetType

from streams.alerts import book
from streams.domain.effects import DeadLetterReason, Effect, Rejected
from streams.domain.events import CrowdReport
from streams.domain.ids import kabupaten_of
from streams.domain.journal import (
    AcceptedCommand,
    AcceptedCount,
    AcceptedGateway,
    AcceptedReceipt,
    AcceptedReport,
    AcceptedStatus,
    IntakeMark,
    JournalRecord,
    OwnerMark,
)
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import Situation, SourceClass, source_class_of
from streams.judge import (
    absence,
    arming,
    beginning,
    crowd,
    desk,
    disputes,
    duress,
    endings,
    following,
    gateways,
    health,
    margins,
    notifying,
    order,
    orders,
    packs,
    rates,
    receipts,
    shortages,
    stages,
    storms,
    triage,
    words,
)
from streams.judge.seen import Familiarity
from streams.judge.state import PartitionState
from streams.judge.telling import ALERT_WAKE, Teller

__all__ = ["Step", "restore", "step"]

_Event = AcceptedStatus | AcceptedReport | AcceptedCount | AcceptedCommand | AcceptedGateway


class Step(Struct, frozen=True, gc=False):
    """One record of the journal, as the fold takes it in."""

    name: str
    """How lines name it as their cause: `3:8812`, or `input:12` of a replayed file."""
    appended_at: EpochMs
    """The journal's own time of appending; 0 where there is none (a replayed file)."""
    record: JournalRecord


def step(state: PartitionState, taken: Step) -> Sequence[Effect]:
    """Judge one record; `state` is changed, and the effects are to be carried out in order."""
    match taken.record:
        case OwnerMark() | IntakeMark() as mark:
            return _mark(state, taken, mark)
        case AcceptedReceipt() as receipt:
            return _receipt(state, taken, receipt)
        case accepted:
            return _event(state, taken, accepted)


def _mark(state: PartitionState, taken: Step, mark: OwnerMark | IntakeMark) -> Sequence[Effect]:
    state.clocks.mark(mark, taken.appended_at)
    teller = Teller(state, taken.name)
    if isinstance(mark, IntakeMark) and not state.planned:
        arming.arm_plan(state)
        beginning.tell(teller)
    health.note_mark(teller, mark)
    following.follow(teller)
    _settle(teller)
    notifying.tell(teller)
    state.seen.forget(state.clocks.now)
    return teller.effects


def _event(state: PartitionState, taken: Step, accepted: _Event) -> Sequence[Effect]:
    # A heartbeat is journaled once for each kabupaten that its gateway serves.
    part = kabupaten_of(accepted.place) if isinstance(accepted, AcceptedGateway) else ""
    if state.clocks.is_repeated(accepted.origin, part):
        return ()
    state.clocks.event(accepted.received_at)
    teller = Teller(state, taken.name, accepted)
    _pass_time(teller, EpochMs(state.clocks.now - 1))
    match state.seen.look(accepted):
        case Familiarity.NEW:
            health.note_input(teller, accepted)
            _judge(teller, accepted)
            following.follow(teller)
        case Familiarity.CONFLICTING:
            detail = f"id {accepted.event.id} came before with other content"
            teller.effects.append(
                Rejected(reason=DeadLetterReason.ID_CONFLICT, detail=detail, origin=accepted.origin)
            )
        case Familiarity.REPEATED:
            pass
    _pass_time(teller, state.clocks.now)
    notifying.tell(teller)
    return teller.effects


def _receipt(state: PartitionState, taken: Step, accepted: AcceptedReceipt) -> Sequence[Effect]:
    """Judge word of our own notices; it is no word of the day, and of two the first counts."""
    if state.clocks.is_repeated(accepted.origin):
        return ()
    state.clocks.event(accepted.received_at)
    teller = Teller(state, taken.name, accepted)
    _pass_time(teller, EpochMs(state.clocks.now - 1))
    if state.seen.look(accepted) is Familiarity.NEW:
        receipts.note(teller, accepted)
        following.follow(teller)
    _pass_time(teller, state.clocks.now)
    notifying.tell(teller)
    return teller.effects


def _judge(teller: Teller, accepted: _Event) -> None:
    match accepted:
        case AcceptedStatus(event=event):
            stages.notice(teller, accepted)
            duress.notice(teller, accepted)
            if event.corrects:
                endings.taken_back(teller, accepted)
                words.forget_word(teller.state, accepted)
                disputes.taken_back(teller, accepted)
                desk.taken_back(teller, accepted)
            _hear_officer(teller, accepted, event.situation)
            if event.situation is Situation.GANGGUAN:
                crowd.report(teller, accepted)
        case AcceptedReport(event=event):
            _hear_officer(teller, accepted, event.situation if event.category is UNSET else UNSET)
            if not (_says_calm(event) and _is_police(accepted)):
                crowd.report(teller, accepted)
        case AcceptedCommand():
            orders.carry_out(teller, accepted)
        case AcceptedCount():
            stages.notice(teller, accepted)
        case AcceptedGateway():
            gateways.note(teller, accepted)


def _hear_officer(
    teller: Teller, accepted: AcceptedStatus | AcceptedReport, situation: Situation | UnsetType
) -> None:
    """Take in what an officer says of a place, that all is well or that it is not."""
    if isinstance(situation, UnsetType) or not _is_police(accepted):
        return
    word = words.keep_word(teller.state, accepted, situation, teller.name)
    if situation is Situation.AMAN:
        endings.calm(teller, accepted)
    if word is not None and situation is not Situation.WASPADA:
        disputes.say(teller, accepted, word)


def _says_calm(event: CrowdReport) -> bool:
    return event.situation is Situation.AMAN and not isinstance(event.category, str)


def _is_police(accepted: AcceptedStatus | AcceptedReport) -> bool:
    return source_class_of(accepted.event.source.speaks_as) is SourceClass.POLICE


def _or_never(at: EpochMs | None) -> EpochMs:
    """Return when something is queued for; 0 is a moment, and never is none."""
    return NEVER if at is None else at


def _settle(teller: Teller) -> None:
    """Do what time asks for up to the clocks of a mark, the earlier first."""
    state = teller.state
    while True:
        by_heard, by_now = _or_never(state.by_heard.next_at()), _or_never(state.by_now.next_at())
        timely = by_now <= state.clocks.now
        if by_heard < state.clocks.heard and not (timely and by_now < by_heard):
            absence.settle(teller, state.by_heard.pop(), by_heard)
            following.follow(teller)
        elif timely:
            _wake(teller, by_now)
        else:
            return


def _pass_time(teller: Teller, until: EpochMs) -> None:
    """Do what is due by `now`, up to and including `until`."""
    wakes = teller.state.by_now
    while (at := wakes.next_at()) is not None and at <= until:
        _wake(teller, at)


def _wake(teller: Teller, due: EpochMs) -> None:
    """Do what was queued for `due`; what waits for something later by now is left alone till then.

    Else the order of lines would depend on what stood in the queue before a restart.
    """
    kind, *rest = teller.state.by_now.pop()
    match kind:
        case endings.SCORE_WAKE:
            endings.wake(teller, tuple(rest), due)
        case order.SEQUENCE_WAKE:
            order.wake(teller, tuple(rest), due)
        case rates.SURGE_WAKE:
            rates.wake(teller, tuple(rest), due)
        case health.HEALTH_WAKE:
            health.wake(teller, tuple(rest), due)
        case margins.MARGIN_WAKE:
            margins.wake(teller, tuple(rest), due)
        case shortages.SHIFT_WAKE:
            shortages.wake(teller, tuple(rest), due)
        case triage.TRIAGE_WAKE:
            triage.wake(teller.state, tuple(rest), due)
        case storms.STORM_WAKE:
            storms.wake(teller, tuple(rest))
        case _:
            assert kind == ALERT_WAKE, kind
            _wake_alert(teller, rest[0], due)
    following.follow(teller)


def _wake_alert(teller: Teller, alert_id: str, due: EpochMs) -> None:
    alert = teller.state.alert(alert_id)
    assert alert is not None, "alerts are kept"
    wake = book.next_wake(alert)
    stepped = book.due(alert, teller.now) if wake <= due else None
    if stepped is not None:
        teller.put(stepped)
    else:
        teller.state.by_now.arm((ALERT_WAKE, alert.id), None if wake == NEVER else wake)


def restore(state: PartitionState) -> None:
    """Make what follows from a saved state, after it was loaded."""
    packs.restore(state)
    arming.restore_wakes(state)
    endings.restore_wakes(state)
    order.restore_wakes(state)
    rates.restore_wakes(state)
    health.restore_wakes(state)
    margins.restore_wakes(state)
    shortages.restore(state)
    storms.restore_wakes(state)
    triage.restore_wakes(state)
    for key, alert in state.alerts.items():
        wake = book.next_wake(alert)
        state.by_now.arm((ALERT_WAKE, *key), None if wake == NEVER else wake)
