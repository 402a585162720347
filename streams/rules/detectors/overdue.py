"""Detector `overdue`: something should have come by a deadline, and has not.

A scope is *watched* for spans of the day (a TPS while it votes; a TPS from the start of a
suspension until it is resumed). Within a span a clock runs: it starts with the span and, where
*messages* are given, anew with each of them. When it has run for the limit, a deadline D has
passed: the scope is overdue from D until a message comes or the span ends.

    watched      |-----------------------------|
    messages     m    m  m            m     m
    overdue                   D=======          (limit after the third message, until the fourth)

Overdue spans are a pure function of spans, messages and limit, so it does not matter in which
order the facts came. What matters is when a deadline may be told: only when everything sent
before it must have been heard of (`heard` > D, contract §4). And once told:

    IDLE --D settled, span still open--> HOLDING --the span has an end--> IDLE
    IDLE --D settled, its end is known--> IDLE, told at once with its end
    IDLE --the end of a D that was told is taken back--> HOLDING
    HOLDING --a multiple of the limit passed, settled--> HOLDING, raised
    any --a late fact shows that D never passed--> IDLE, taken back
    any --a late fact shows that it was overdue before D--> the same
    any --a late fact shows that its limit is a longer one--> the same, since the longer one

A deadline that becomes known only after its own mark is told if it still holds; if it is over as
well, there is nobody left to send.

Bound: the deadlines told of one scope; a day holds at most `2 days / limit` of them.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from streams.domain.facts import Island, Span
from streams.domain.times import NEVER, EpochMs

__all__ = [
    "NOTHING",
    "Began",
    "Finding",
    "Finished",
    "Moved",
    "OverdueState",
    "RaiseAfter",
    "Rose",
    "Settled",
    "TakenBack",
    "never_rises",
    "next_wake",
    "overdue_spans",
    "step",
]


class OverdueState(Struct, frozen=True, gc=False, array_like=True):
    """Which deadlines of one scope have been told, and which of them still holds."""

    told: tuple[EpochMs, ...] = ()
    holding: EpochMs | None = None
    raised: bool = False


class Began(Struct, frozen=True, gc=False):
    """The deadline passed without what was expected."""

    deadline: EpochMs


class Rose(Struct, frozen=True, gc=False):
    """It is still missing at a multiple of the limit."""

    deadline: EpochMs


class Finished(Struct, frozen=True, gc=False):
    """What was overdue has come, at `end`."""

    deadline: EpochMs
    end: EpochMs


class TakenBack(Struct, frozen=True, gc=False):
    """The deadline was met after all, or should never have been set."""

    deadline: EpochMs


class Moved(Struct, frozen=True, gc=False):
    """Its limit is a longer one: what was told since `deadline` holds since `to`."""

    deadline: EpochMs
    to: EpochMs


class Settled(Struct, frozen=True, gc=False):
    """What a mark settles: deadlines before `heard` that no mark has settled yet."""

    started_at: EpochMs
    """Start of the log: what fell due before it is passed over for good."""
    before: EpochMs
    """`heard` of the mark before."""
    heard: EpochMs
    due: EpochMs
    """What the scope was queued for. If it waits for something later by now, it is left alone till
    then: the order of lines must not depend on what stood in the queue before a restart."""


NOTHING: Final = Settled(EpochMs(0), EpochMs(0), EpochMs(0), NEVER)
"""No mark: only what was told can end or be taken back."""

RaiseAfter = Callable[[EpochMs], int | None]
"""How long after a deadline it rises, in milliseconds; None: never."""


def never_rises(_deadline: EpochMs) -> None:
    """Raise nothing."""


_UNMOVED: Final[Mapping[EpochMs, EpochMs]] = MappingProxyType({})

Finding = Began | Rose | Finished | TakenBack | Moved


def overdue_spans(
    watched: tuple[Span, ...],
    messages: tuple[Island, ...],
    due_after: Callable[[EpochMs], EpochMs],
) -> tuple[Span, ...]:
    """Return (deadline, end) of each time that the limit was exceeded, in order.

    An end of `NEVER` says that nothing has come yet. A message exactly at the deadline is in time.
    `due_after` says when the next message is due after the clock has started at some time; what
    starts it later is due no earlier.
    """
    overdue: list[Span] = []
    for start, end in watched:
        armed = start
        for first, last, _ in messages:
            if last < start:
                continue
            if first > end:
                break
            if first > (due := due_after(armed)):
                overdue.append((due, first))
            armed = max(armed, last)
        if end > (due := due_after(armed)):
            overdue.append((due, end))
    return tuple(overdue)


def step(
    state: OverdueState,
    overdue: tuple[Span, ...],
    settled: Settled,
    raise_after: RaiseAfter,
    moved: Mapping[EpochMs, EpochMs] = _UNMOVED,
) -> tuple[OverdueState, tuple[Finding, ...]]:
    """Take in the facts of a scope as they stand now, and what a mark settles of them.

    Args:
        state: What was told of the scope.
        overdue: When it was overdue, by all that is known.
        settled: What a mark settles; `NOTHING` where none does.
        raise_after: How long after a deadline it rises.
        moved: Deadlines that were told, and what they are now that their limit is longer.
    """
    if next_wake(state, overdue, settled.started_at, raise_after) > settled.due:
        return state, ()
    followed = {at: _followed(at, overdue, moved) for at in state.told}
    findings: list[Finding] = [_changed(at, now) for at, now in followed.items() if at != now]
    told = [at for at in dict.fromkeys(followed.values()) if at is not None]
    holding = None if state.holding is None else followed[state.holding]
    raised = state.raised and holding is not None
    if holding is not None:
        if (end := _end_of(holding, overdue)) != NEVER:
            findings.append(Finished(holding, end))
            holding, raised = None, False
        elif not raised and (at := _rise_at(holding, raise_after)) < settled.heard:
            findings.append(Rose(at))
            raised = True
    for deadline, end in overdue:
        # What has ended and lasts after all, because its end was taken back, is told again.
        known = _is_told(deadline, end, told) and (end != NEVER or holding is not None)
        if deadline >= settled.heard or known:
            continue
        told = [*(at for at in told if not deadline <= at < end), deadline]
        if holding is not None or not _worth_telling(deadline, end, settled):
            continue
        found = _begun(deadline, end, settled, raise_after)
        findings += found
        if end == NEVER:
            holding, raised = deadline, len(found) > 1
    return OverdueState(tuple(told), holding, raised), tuple(findings)


def _followed(
    deadline: EpochMs, overdue: tuple[Span, ...], moved: Mapping[EpochMs, EpochMs]
) -> EpochMs | None:
    """Return what a told deadline is called now: as before, unless its limit is a longer one.

    It keeps its name where it was overdue even earlier: what is said later of that earlier time
    does not change whether it was overdue then. None: at that time nothing was overdue.
    """
    if any(start <= deadline < end for start, end in overdue):
        return deadline
    return moved.get(deadline)


def _end_of(deadline: EpochMs, overdue: tuple[Span, ...]) -> EpochMs:
    return next(end for start, end in overdue if start <= deadline < end)


def _changed(deadline: EpochMs, now: EpochMs | None) -> Finding:
    return TakenBack(deadline) if now is None else Moved(deadline, now)


def _worth_telling(deadline: EpochMs, end: EpochMs, settled: Settled) -> bool:
    late_and_over = deadline < settled.before and end != NEVER
    return deadline >= settled.started_at and not late_and_over


def _begun(
    deadline: EpochMs, end: EpochMs, settled: Settled, raise_after: RaiseAfter
) -> list[Finding]:
    found: list[Finding] = [Began(deadline)]
    if (at := _rise_at(deadline, raise_after)) < min(settled.heard, end):
        found.append(Rose(at))
    if end != NEVER:
        found.append(Finished(deadline, end))
    return found


def _rise_at(deadline: EpochMs, raise_after: RaiseAfter) -> EpochMs:
    after_ms = raise_after(deadline)
    return NEVER if after_ms is None else EpochMs(deadline + after_ms)


def _is_told(deadline: EpochMs, end: EpochMs, told: Iterable[EpochMs]) -> bool:
    return any(deadline <= at < end for at in told)


def next_wake(
    state: OverdueState,
    overdue: tuple[Span, ...],
    started_at: EpochMs,
    raise_after: RaiseAfter,
) -> EpochMs:
    """Return the next deadline to look at again when `heard` has passed it, or `NEVER`."""
    waits = [
        deadline
        for deadline, end in overdue
        if deadline >= started_at
        and (not _is_told(deadline, end, state.told) or (end == NEVER and state.holding is None))
    ]
    if state.holding is not None and not state.raised:
        waits.append(_rise_at(state.holding, raise_after))
    return min(waits, default=NEVER)
