"""Asks the detector `overdue` what there is to tell of one thing that is watched, and tells it.

A *watch* says of a rule and scope when it was overdue by all that is known, and what to say of it.
Whatever it watches, a TPS, a pair, a box, an officer or a whole kecamatan, what is told of it, when
it is looked at again and what a late fact takes back is the same.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from streams.alerts.case import Case, Moment
from streams.domain.alert import Why
from streams.domain.facts import Span
from streams.domain.happenings import Happening
from streams.domain.journal import AcceptedCommand, AcceptedStatus
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import Severity
from streams.judge.facts import EVERYTHING, Noted
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.rules.detectors import overdue
from streams.rules.head import RuleHead

__all__ = ["AT_ONCE", "Watch", "arm", "look", "may_change", "never_moves"]

_EMPTY: Final = overdue.OverdueState()
_UNMOVED: Final[Mapping[EpochMs, EpochMs]] = MappingProxyType({})
AT_ONCE: Final = EpochMs(1)
"""Before every deadline: the next mark looks at it."""


class Watch(Struct, frozen=True, kw_only=True):
    """A rule and what it watches; its functions know the facts as they stand now."""

    head: RuleHead
    case: Case
    key: Key
    """Of what is remembered of it, and of its wake."""
    spans: Callable[[], tuple[Span, ...]]
    """When it was overdue."""
    raise_after: overdue.RaiseAfter
    raise_to: Severity | None
    grounds: Callable[[EpochMs], Grounds]
    """What an alert says that opens at a deadline."""
    still_missing: Callable[[EpochMs], Why]
    """What it says when it rises."""
    name_of_end: Callable[[EpochMs], str]
    """Where that stands in the journal by which it was over at a moment."""
    still_ran: Callable[[EpochMs], bool]
    """Whether the clock that led to a deadline still started."""
    moved: Callable[[tuple[EpochMs, ...]], Mapping[EpochMs, EpochMs]]
    """What deadlines that were told are now, where their limit has become a longer one."""


def never_moves(_told: tuple[EpochMs, ...]) -> Mapping[EpochMs, EpochMs]:
    """Return that every deadline stays what it was."""
    return _UNMOVED


def may_change(
    state: PartitionState, key: Key, noted: Noted, kinds: frozenset[Happening], *, listens: bool
) -> bool:
    """Tell whether a message can have changed what a watch has to tell.

    An ordinary message only moves a deadline that is looked at anyway when it comes, unless an
    alert waits for it. `listens`: any message starts the clock anew.
    """
    if noted.changed == EVERYTHING or noted.changed & kinds:
        return True
    if not listens or Happening.COUNT in noted.changed:
        return False
    told = state.overdue.get(key)
    waiting = told is None or told.holding is None
    return not (noted.ordinary and waiting and state.by_heard.is_armed(key))


def look(teller: Teller, watch: Watch, settled: overdue.Settled = overdue.NOTHING) -> None:
    """Tell what there is to tell, and look again when it may be overdue next."""
    state = teller.state
    before = state.overdue.get(watch.key) or _EMPTY

    def ask() -> tuple[tuple[Span, ...], overdue.OverdueState, tuple[overdue.Finding, ...]]:
        spans = watch.spans()
        moved = watch.moved(before.told)
        return spans, *overdue.step(before, spans, settled, watch.raise_after, moved)

    if (answer := teller.guard(watch.head, watch.case, ask)) is None:
        return
    spans, after, findings = answer
    if after != before:
        state.overdue.put(watch.key, after)
    for finding in findings:
        _tell(teller, watch, finding)
    _arm(state, watch, spans)


def arm(state: PartitionState, watch: Watch) -> None:
    """Queue a watch for the next thing that a mark could tell of it."""
    try:
        spans = watch.spans()
    except Exception:  # noqa: BLE001  A rule that fails does so again, where it is guarded.
        state.by_heard.arm(watch.key, AT_ONCE)
    else:
        _arm(state, watch, spans)


def _arm(state: PartitionState, watch: Watch, spans: tuple[Span, ...]) -> None:
    told = state.overdue.get(watch.key) or _EMPTY
    started_at = state.clocks.started_at or EpochMs(0)
    wake = overdue.next_wake(told, spans, started_at, watch.raise_after)
    state.by_heard.arm(watch.key, None if wake == NEVER else wake)


def _tell(teller: Teller, watch: Watch, finding: overdue.Finding) -> None:
    case = watch.case
    match finding:
        case overdue.Began(deadline=deadline):
            moment = teller.by_deadline(deadline)
            teller.hold(watch.head, case, watch.grounds(deadline), moment)
        case overdue.Rose(deadline=deadline):
            assert watch.raise_to is not None, "a rule that rises says to what"
            missing = watch.still_missing(deadline)
            teller.rise(case, watch.raise_to, missing, teller.by_deadline(deadline))
        case overdue.Finished(end=end):
            teller.end(case, teller.by_record() if teller.accepted else _ended(teller, watch, end))
        case overdue.Moved(deadline=deadline, to=to):
            teller.rebase(case, deadline, to)
        case overdue.TakenBack(deadline=deadline):
            if _is_taken_back(teller, watch, deadline):
                teller.end(case, teller.by_record(), held_from=deadline)
            else:
                teller.take_back(case, deadline, teller.by_record("late"))


def _ended(teller: Teller, watch: Watch, end: EpochMs) -> Moment:
    """Return the moment of an end that was known before its beginning was told."""
    return Moment(end, teller.now, watch.name_of_end(end))


def _is_taken_back(teller: Teller, watch: Watch, deadline: EpochMs) -> bool:
    """Tell whether a status that a deadline counted from is taken back, or its rule.

    Then what was told was right. A correction is a message too: it may meet one by its own time.
    """
    accepted = teller.accepted
    if isinstance(accepted, AcceptedCommand):
        return True
    if not isinstance(accepted, AcceptedStatus) or not accepted.event.corrects:
        return False
    return accepted.at > deadline or not watch.still_ran(deadline)
