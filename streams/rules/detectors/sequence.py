"""Detector `sequence`: a stage has come, and the one that must come before it has not.

A table says which happening needs which other *before* it. The missing stage and the one that
came are an *edge*, `closed>counting_started`. "Before" has no lower end, and allows a tolerance
for the clocks of two senders:

    needed      o                             o                           o
    came               o                o                      o
                in order          within the tolerance      a gap: |--tolerance--|

What one stage needs, its first point needs most: if that has it, so has every later one. So each
edge is a question about the first points of two kinds, and as points are kept by their own time,
whatever the order in which they came, it does not matter to the gaps either.

A gap is not told at once: what fills it may be on its way. The wait counts from the receipt of the
record by which the gap was first there; a second one that shows the same gap changes nothing.

    IDLE --a record shows the gap--> PENDING, for `wait`
    PENDING --filled, or the later stage taken back--> IDLE, nothing is told
    PENDING --`now` reaches the end of the wait--> HOLDING, since that moment
    HOLDING --filled, or the later stage taken back--> IDLE

After its end a gap may come again, and waits again. What is due when a record comes is settled
before it (ADR 6): a record received at the very end of the wait is looked at first, and may still
fill the gap; one received later may not.

Bound: one entry an edge of the table. `gaps` looks at each point and each edge once.
"""

from typing import Final

from msgspec import Struct

from streams.domain.happenings import Happening, Point
from streams.domain.times import EpochMs

__all__ = [
    "Began",
    "Finding",
    "Finished",
    "Gap",
    "Needs",
    "SequenceState",
    "due",
    "gaps",
    "look",
    "next_wake",
]

Needs = tuple[tuple[Happening, Happening], ...]
"""(stage, the one that it needs before it); a stage may need several."""


class SequenceState(Struct, frozen=True, gc=False, array_like=True):
    """Of one scope: which gaps wait, and which have been told. Each edge is in one of the two."""

    pending: tuple[tuple[str, EpochMs], ...] = ()
    """Edges and the ends of their waits, in the order of the edges."""
    holding: tuple[str, ...] = ()
    """In order."""


class Gap(Struct, frozen=True, gc=False):
    """A stage that is missing now."""

    missing: Happening
    shown_by: Point
    """The first of the stage that came; of several at one moment the first in their order."""

    @property
    def edge(self) -> str:
        """The missing stage and the one that came: the key of the alert."""
        return f"{self.missing}>{self.shown_by.kind}"


class Began(Struct, frozen=True, gc=False):
    """Nothing has filled the gap while it waited; it holds since `at`, the end of the wait."""

    edge: str
    at: EpochMs


class Finished(Struct, frozen=True, gc=False):
    """The gap is filled, or what showed it was taken back. The record that did it says when."""

    edge: str


Finding = Began | Finished
_IDLE: Final = SequenceState()


def gaps(points: tuple[Point, ...], needs: Needs, tolerance_ms: int) -> tuple[Gap, ...]:
    """Return the gaps that are open, in the order of their edges.

    Args:
        points: Of one scope, in any order.
        needs: Which stage needs which.
        tolerance_ms: 0 or more. A needed stage so much later than the one that needs it still
            counts as before it; one millisecond more does not.
    """
    first: dict[Happening, Point] = {}
    for point in points:
        known = first.get(point.kind)
        if known is None or point.order < known.order:
            first[point.kind] = point
    found = [
        Gap(needed, first[stage])
        for stage, needed in needs
        if stage in first and not _precedes(first.get(needed), first[stage], tolerance_ms)
    ]
    return tuple(sorted(found, key=lambda gap: gap.edge))


def _precedes(needed: Point | None, point: Point, tolerance_ms: int) -> bool:
    return needed is not None and needed.at <= point.at + tolerance_ms


def look(
    state: SequenceState, found: tuple[Gap, ...], received_at: EpochMs, wait_ms: int
) -> tuple[SequenceState, tuple[Finished, ...]]:
    """Take in the gaps as they stand after a record.

    A record that takes one status back and says another is looked at once, after both.

    Args:
        state: As it was.
        found: What `gaps` returns now.
        received_at: When the record was received; the wait of a new gap counts from it.
        wait_ms: 0 or more. With 0 a gap is due at once, still by `due`.
    """
    edges = {gap.edge for gap in found}
    waits = dict(state.pending)
    pending = tuple(
        (edge, waits.get(edge, EpochMs(received_at + wait_ms)))
        for edge in sorted(edges.difference(state.holding))
    )
    holding = tuple(edge for edge in state.holding if edge in edges)
    ended = tuple(Finished(edge) for edge in state.holding if edge not in edges)
    return SequenceState(pending, holding) if edges else _IDLE, ended


def due(state: SequenceState, now: EpochMs) -> tuple[SequenceState, tuple[Began, ...]]:
    """Let time pass: what has waited until `now` or earlier holds, the earliest first."""
    over = sorted((until, edge) for edge, until in state.pending if until <= now)
    if not over:
        return state, ()
    pending = tuple((edge, until) for edge, until in state.pending if until > now)
    holding = tuple(sorted((*state.holding, *(edge for _, edge in over))))
    return SequenceState(pending, holding), tuple(Began(edge, until) for until, edge in over)


def next_wake(state: SequenceState) -> EpochMs | None:
    """Return when the next wait ends, or None."""
    return min((until for _, until in state.pending), default=None)
