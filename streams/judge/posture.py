"""Live posture: a TPS is judged one class tighter while something makes it more dangerous.

A cause raises the posture of an area, a TPS or larger, from one moment until it is over and a
while beyond (contract: "One class tighter"). The map of classes stays as it is; rules that say so
judge by the tighter class in that time, and their why names both.

    map       rawan    rawan    rawan    rawan
    cause              |--------|
    judged    rawan    sangat_rawan..........rawan
                       since                 until
"""

from typing import Final

from streams.domain.facts import Span, union
from streams.domain.ids import AreaCode, ElectionId, parents_of
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import TpsClass
from streams.judge.rows import Posture
from streams.judge.state import PartitionState

__all__ = [
    "TIGHTER",
    "is_raised",
    "lower_posture",
    "raise_posture",
    "raised_causes",
    "raised_spans",
]

TIGHTER: Final = {
    TpsClass.KURANG_RAWAN: TpsClass.RAWAN,
    TpsClass.RAWAN: TpsClass.SANGAT_RAWAN,
    TpsClass.SANGAT_RAWAN: TpsClass.SANGAT_RAWAN,
    TpsClass.KHUSUS: TpsClass.SANGAT_RAWAN,
}
"""Source: contract §1."""


def raise_posture(
    state: PartitionState, election: ElectionId, area: AreaCode, cause: str, since: EpochMs
) -> None:
    """Raise the posture of an area from `since` on; a cause that raises it already keeps it up."""
    raised = raised_causes(state, election, area)
    own = [one for one in raised if one[0] == cause and since <= one[2]]
    first = min((start for _, start, _ in own), default=since)
    others = tuple(one for one in raised if one not in own)
    state.posture.put((election, area), Posture((*others, (cause, first, NEVER))))


def lower_posture(
    state: PartitionState, election: ElectionId, area: AreaCode, cause: str, until: EpochMs
) -> None:
    """Let the posture of an area fall at `until` at the latest, as far as this cause raised it."""
    lowered = tuple(
        (name, since, EpochMs(min(end, until)) if name == cause else end)
        for name, since, end in raised_causes(state, election, area)
    )
    state.posture.put((election, area), Posture(lowered))


def raised_causes(
    state: PartitionState, election: ElectionId, area: AreaCode
) -> tuple[tuple[str, EpochMs, EpochMs], ...]:
    """Return by which causes, since when and until when the posture of this very area is raised."""
    row = state.posture.get((election, area))
    return () if row is None else row.raised


def raised_spans(state: PartitionState, election: ElectionId, place: AreaCode) -> tuple[Span, ...]:
    """Return when the posture of a TPS or desa is raised, by whatever cause, in order."""
    if not len(state.posture):
        return ()
    areas = dict.fromkeys((*parents_of(place), place))
    raised = (one for area in areas for one in raised_causes(state, election, area))
    return union([(since, until) for _, since, until in raised])


def is_raised(state: PartitionState, election: ElectionId, place: AreaCode, at: EpochMs) -> bool:
    """Tell whether the posture of a TPS or desa is raised at a moment."""
    return any(since <= at < until for since, until in raised_spans(state, election, place))
