"""Detector `ratio`: so large a share of the children is affected that it is one matter of them all.

A child counts for spans of the day (a TPS while it is open for voting), and within them it is
affected or not (it is quiet or was heard of). It begins when the share of those affected reaches
one limit and they are enough to be more than chance, and ends when the share falls below a lower
one:

    IDLE --share >= begin, and affected >= min--> HOLDING
    HOLDING --share < end, or none is affected--> IDLE

Between the two limits whatever was goes on (hysteresis), so a child that comes and goes at the
limit does not make it flap. What changes at one moment is taken together: a child that closes
while it is affected must not pass for one that is well in between, nor the other way round.

When it holds is a pure function of the spans, so it does not matter in which order the facts came,
and a late one changes only what it is about. A span that lasts (`NEVER`) lasts as far as is known:
what is not yet overdue will be, if nothing comes. So it also says when it would begin.

The share is compared in whole numbers, `100 · affected >= percent · total`, so 30 % of 20 are 6
on every machine. Cost: O(n log n) for n ends of spans. Bound: the TPS of one kecamatan.
"""

from collections.abc import Iterable

from msgspec import Struct

from streams.domain.facts import Span
from streams.domain.times import NEVER, EpochMs

__all__ = ["Child", "RatioLimits", "counts_at", "ratio_spans"]


class Child(Struct, frozen=True, gc=False):
    """When it counts, and when it is affected; spans in order, the latter within the former."""

    counted: tuple[Span, ...]
    affected: tuple[Span, ...]


class RatioLimits(Struct, frozen=True, gc=False):
    """What a rule asks of the children of a scope."""

    begin_percent: int
    """1 to 100: the share from which it begins."""
    affected_min: int
    """1 or more: so many must be affected for it to begin."""
    end_percent: int
    """0 to `begin_percent`: below this share it ends; 0: when none is affected."""


def ratio_spans(children: Iterable[Child], limits: RatioLimits) -> tuple[Span, ...]:
    """Return when it holds, in order; `NEVER` ends what lasts as far as is known."""
    changes: dict[EpochMs, tuple[int, int]] = {}
    for child in children:
        for start, end in child.counted:
            _change(changes, start, (0, 1))
            _change(changes, end, (0, -1))
        for start, end in child.affected:
            _change(changes, start, (1, 0))
            _change(changes, end, (-1, 0))
    spans: list[Span] = []
    affected = total = 0
    since: EpochMs | None = None
    for at in sorted(changes):
        affected, total = affected + changes[at][0], total + changes[at][1]
        assert 0 <= affected <= total, "who is affected is counted"
        if at == NEVER:
            break
        if since is None and _begins(affected, total, limits):
            since = at
        elif since is not None and _ends(affected, total, limits):
            spans.append((since, at))
            since = None
    if since is not None:
        spans.append((since, NEVER))
    return tuple(spans)


def _change(changes: dict[EpochMs, tuple[int, int]], at: EpochMs, by: tuple[int, int]) -> None:
    affected, total = changes.get(at, (0, 0))
    changes[at] = (affected + by[0], total + by[1])


def _begins(affected: int, total: int, limits: RatioLimits) -> bool:
    return affected >= limits.affected_min and 100 * affected >= limits.begin_percent * total


def _ends(affected: int, total: int, limits: RatioLimits) -> bool:
    return affected == 0 or 100 * affected < limits.end_percent * total


def counts_at(children: Iterable[Child], at: EpochMs) -> tuple[int, int]:
    """Return how many are affected at a moment, and how many count then."""
    known = tuple(children)
    affected = sum(_lasts(child.affected, at) for child in known)
    return affected, sum(_lasts(child.counted, at) for child in known)


def _lasts(spans: tuple[Span, ...], at: EpochMs) -> bool:
    return any(start <= at < end for start, end in spans)
