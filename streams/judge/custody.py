"""Where the ballot boxes of a TPS are, by what was said of them."""

from collections.abc import Iterable, Mapping
from typing import Final

from streams.domain.boxes import boxes_of
from streams.domain.facts import Span
from streams.domain.happenings import Happening, Point
from streams.domain.ids import ElectionId
from streams.domain.times import NEVER, EpochMs
from streams.judge.state import PartitionState
from streams.territory.plan import Plan, Tps

__all__ = ["boxes_in", "boxes_in_at", "boxes_known", "escorts_out"]

_LEFT: Final = Happening.BOX_DEPARTED
_CAME: Final = Happening.BOX_ARRIVED


def boxes_known(
    plan: Plan, tps: Tps, points: Iterable[Point], before: Iterable[Point] = ()
) -> Mapping[str, tuple[Point, ...]]:
    """Return what happened to each box that a TPS has spoken of, or had by what was known `before`.

    What was said of a box may have been taken back as a whole; then nothing has happened to it.
    """
    count = len(plan.election.contests_of(tps.code))
    known: dict[str, tuple[Point, ...]] = dict.fromkeys(boxes_of(tps.code, before, count), ())
    return {**known, **boxes_of(tps.code, points, count)}


def _boxes(
    state: PartitionState, election: ElectionId, tps: Tps
) -> Mapping[str, tuple[Point, ...]]:
    facts = state.facts.get((election, tps.code))
    return boxes_known(state.world.of(election).plan, tps, facts.points) if facts else {}


def boxes_in_at(state: PartitionState, election: ElectionId, tps: Tps) -> EpochMs:
    """Return when the last box of a TPS came in; `NEVER` while one is out, or none has left."""
    boxes = _boxes(state, election, tps)
    in_at = EpochMs(0)
    for points in boxes.values():
        left_at = max((one.at for one in points if one.kind is _LEFT), default=EpochMs(0))
        came_at = max((one.at for one in points if one.kind is _CAME), default=None)
        if came_at is None or came_at < left_at:
            return NEVER
        in_at = max(in_at, came_at)
    return in_at if boxes else NEVER


def boxes_in(state: PartitionState, election: ElectionId, tps: Tps) -> tuple[Span, ...]:
    """Return when all boxes of a TPS that had left were in, in order; `NEVER` ends what lasts."""
    boxes = _boxes(state, election, tps)
    moves = sorted(
        (point.at, point.kind is _LEFT, box)
        for box, points in boxes.items()
        for point in points
        if point.kind in {_LEFT, _CAME}
    )
    spans: list[Span] = []
    out: set[str] = set()
    in_since: EpochMs | None = None
    for at, leaves, box in moves:
        if leaves:
            out.add(box)
        else:
            out.discard(box)
        if out and in_since is not None:
            spans.append((in_since, at))
            in_since = None
        elif not out and in_since is None:
            in_since = at
    return (*spans, (in_since, NEVER)) if in_since is not None else tuple(spans)


def escorts_out(state: PartitionState, election: ElectionId, tps: Tps) -> frozenset[str]:
    """Return who is with a box of a TPS that has left and is not in, as the messages call them.

    Whoever has joined before it left is with it, unless that was before it last came in.
    """
    found: set[str] = set()
    for points in _boxes(state, election, tps).values():
        came_at = max((one.at for one in points if one.kind is _CAME), default=EpochMs(-1))
        away = [one for one in points if one.at > came_at]
        if any(one.kind is _LEFT for one in away):
            named = (one.said.escort for one in away)
            found.update(name for some in named if isinstance(some, tuple) for name in some)
            found.update(one.source for one in away if one.kind is Happening.ESCORT_JOINED)
    return frozenset(found)
