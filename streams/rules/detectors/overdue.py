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

    IDLE --D settled, span still open--> HOLDING --the span has an end, or D is gone--> IDLE
    IDLE --D settled, its end is known--> IDLE, told at once with its end
    HOLDING --a multiple of the limit passed, settled--> HOLDING, raised

Bound: the deadlines told of one scope; a day holds at most `2 days / limit` of them.
"""

from msgspec import Struct

from streams.domain.facts import Island, Span
from streams.domain.times import NEVER, EpochMs

__all__ = [
    "Began",
    "Finding",
    "Finished",
    "OverdueState",
    "Rose",
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
    """What was overdue is so no longer."""

    deadline: EpochMs
    end: EpochMs | None
    """When it came. None: the deadline was met after all, or should not have been set."""


Finding = Began | Rose | Finished


def overdue_spans(
    watched: tuple[Span, ...], messages: tuple[Island, ...], limit_ms: int
) -> tuple[Span, ...]:
    """Return (deadline, end) of each time that the limit was exceeded, in order.

    An end of `NEVER` says that nothing has come yet. A message exactly at the deadline is in time.
    """
    overdue: list[Span] = []
    for start, end in watched:
        armed = start
        for first, last, _ in messages:
            if last < start:
                continue
            if first > end:
                break
            if first > armed + limit_ms:
                overdue.append((EpochMs(armed + limit_ms), first))
            armed = max(armed, last)
        if end > armed + limit_ms:
            overdue.append((EpochMs(armed + limit_ms), end))
    return tuple(overdue)


def step(
    state: OverdueState, overdue: tuple[Span, ...], settled: Span, raise_after_ms: int | None
) -> tuple[OverdueState, tuple[Finding, ...]]:
    """Take in the facts of a scope as they stand now, and the time up to which they are whole.

    `settled` is (start of the log, `heard`); deadlines in it are told, those before its start
    are passed over for good, those at or after its end wait. Give (0, 0) to settle none.
    """
    told = list(state.told)
    holding, raised = state.holding, state.raised
    findings: list[Finding] = []
    if holding is not None:
        end = dict(overdue).get(holding)
        if end != NEVER:
            findings.append(Finished(holding, end))
            holding, raised = None, False
        elif not raised and _settled(holding, raise_after_ms, settled):
            assert raise_after_ms is not None, "only a rule that rises has a time for it"
            findings.append(Rose(EpochMs(holding + raise_after_ms)))
            raised = True
    for deadline, end in overdue:
        if deadline >= settled[1] or deadline in told:
            continue
        told.append(deadline)
        # An earlier gap found while a later one is open adds nothing: somebody is told already.
        if deadline < settled[0] or holding is not None:
            continue
        findings.append(Began(deadline))
        rises = _settled(deadline, raise_after_ms, (settled[0], min(settled[1], end)))
        if rises and raise_after_ms is not None:
            findings.append(Rose(EpochMs(deadline + raise_after_ms)))
        if end == NEVER:
            holding, raised = deadline, rises
        else:
            findings.append(Finished(deadline, end))
    return OverdueState(tuple(told), holding, raised), tuple(findings)


def _settled(deadline: EpochMs, raise_after_ms: int | None, settled: Span) -> bool:
    return raise_after_ms is not None and deadline + raise_after_ms < settled[1]


def next_wake(
    state: OverdueState, overdue: tuple[Span, ...], raise_after_ms: int | None
) -> EpochMs | None:
    """Return the next deadline to look at again when `heard` has passed it, or None."""
    waits = [deadline for deadline, _ in overdue if deadline not in state.told]
    if state.holding is not None and raise_after_ms is not None and not state.raised:
        waits.append(EpochMs(state.holding + raise_after_ms))
    return min(waits, default=None)
