"""Facts of a TPS: what it said of its day, in the order of the day and not of its telling.

Messages come late, twice and out of order, so nothing here depends on the order of arrival. Four
things are kept:

- *points*: the statuses that change the stage, each with the id that a correction may name;
- *remarks*: what else was said that some rule of the pack asks for, as the length of a queue;
- *counts*: when which contest was counted;
- *islands*: spans of time in which no two neighbouring messages were further apart than
  `ISLAND_GAP_MS`. Whether a limit that long or longer was ever exceeded can be told from the
  islands alone, and a day of heartbeats is one island instead of hundreds of times.

Stages (domain: election day):

    NOT_OPEN --opened--> VOTING --closed--> CLOSED --counting_started--> COUNTING
    VOTING, COUNTING --suspended--> SUSPENDED --resumed--> where it was
    any --postponed--> POSTPONED
    COUNTING --counting_finished--> COUNTED --box_departed--> BOX_AWAY --box_arrived--> BOX_IN
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import chain, pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.happenings import Happening, Point
from streams.domain.times import DAY_MS, MINUTE_MS, NEVER, EpochMs

__all__ = [
    "ISLAND_GAP_MS",
    "POINTS_MAX",
    "REMARKS_MAX",
    "Island",
    "Matches",
    "Span",
    "Stage",
    "TpsFacts",
    "add_count",
    "add_message",
    "add_point",
    "add_remark",
    "spans_between",
    "stage_of",
    "staged",
    "take_back",
    "union",
    "without",
]

ISLAND_GAP_MS: Final = 15 * MINUTE_MS
"""Smallest limit of silence that can be judged: no rule may ask for a shorter one."""
POINTS_MAX: Final = 256
"""Points kept of one TPS; a TPS that sends more changes of stage in a day is not believed."""
REMARKS_MAX: Final = 64
"""Remarks kept of each kind."""
_ISLANDS_MAX: Final = 3 * DAY_MS // ISLAND_GAP_MS

Island = tuple[EpochMs, EpochMs, str]
"""First and last message of a span without a long gap; where the first stands in the journal."""
Span = tuple[EpochMs, EpochMs]
"""From (inclusive) until; `NEVER` as the end of what still lasts."""
Matches = Callable[[Point], bool]
"""Tells whether a point is one of those that are asked for."""


class Stage(StrEnum):
    """Where the day of a TPS stands."""

    NOT_OPEN = "not_open"
    VOTING = "voting"
    SUSPENDED = "suspended"
    POSTPONED = "postponed"
    CLOSED = "closed"
    COUNTING = "counting"
    COUNTED = "counted"
    BOX_AWAY = "box_away"
    BOX_IN = "box_in"


class TpsFacts(Struct, frozen=True, gc=False, array_like=True):
    """All that is remembered of the day of one TPS."""

    points: tuple[Point, ...] = ()
    """Ordered by time."""
    islands: tuple[Island, ...] = ()
    """Ordered, at least `ISLAND_GAP_MS` apart."""
    taken_back: tuple[tuple[str, str], ...] = ()
    """Source and id of what was taken back; it may come later than its correction."""
    remarks: tuple[Point, ...] = ()
    """Ordered by time."""
    counts: tuple[Point, ...] = ()
    """Ordered by time. A corrected one stays: somebody counted then."""

    @property
    def happenings(self) -> tuple[Point, ...]:
        """Points, remarks and counts together, in their order."""
        if not self.remarks and not self.counts:
            return self.points
        told = [one for one in (self.points, self.remarks, self.counts) if one]
        told.sort(key=lambda one: one[0].order)
        together = tuple(chain.from_iterable(told))
        # On most days they follow one another: voting, then the queue, then counts.
        in_turn = all(one[-1].order <= next_[0].order for one, next_ in pairwise(told))
        return together if in_turn else _sorted(together)


def add_message(islands: tuple[Island, ...], at: EpochMs, offset: str) -> tuple[Island, ...]:
    """Return the islands with one more message; at most `3 days / ISLAND_GAP_MS` are kept.

    `offset` names the message. Where two islands grow together the first keeps its name.
    """
    if islands:
        first, last, name = islands[-1]
        if first <= at <= last:
            return islands
        if last < at <= last + ISLAND_GAP_MS:
            return (*islands[:-1], (first, at, name))
    return _insert(islands, (at, at, offset))


def _insert(islands: tuple[Island, ...], message: Island) -> tuple[Island, ...]:
    at = message[0]
    before = tuple(island for island in islands if island[1] < at - ISLAND_GAP_MS)
    after = tuple(island for island in islands if island[0] > at + ISLAND_GAP_MS)
    near = (message, *islands[len(before) : len(islands) - len(after)])
    first = min(near, key=lambda island: island[0])
    joined = (first[0], max(island[1] for island in near), first[2])
    return (*before, joined, *after)[-_ISLANDS_MAX:]


def add_point(facts: TpsFacts, point: Point) -> TpsFacts:
    """Return the facts with one more change of stage, unless it was taken back before it came."""
    if (point.source, point.id) in facts.taken_back:
        return facts
    return replace(facts, points=_with(facts.points, point)[-POINTS_MAX:])


def add_remark(facts: TpsFacts, point: Point) -> TpsFacts:
    """Return the facts with one more remark, unless it was taken back before it came."""
    if (point.source, point.id) in facts.taken_back:
        return facts
    remarks = _with(facts.remarks, point)
    alike = [one for one in remarks if one.kind is point.kind]
    if len(alike) > REMARKS_MAX:
        # Of its own kind: a flood of one must not drown a cry of another.
        remarks = tuple(one for one in remarks if one is not alike[0])
    return replace(facts, remarks=remarks)


def add_count(facts: TpsFacts, point: Point) -> TpsFacts:
    """Return the facts with one more count."""
    return replace(facts, counts=_with(facts.counts, point)[-POINTS_MAX:])


def _with(points: tuple[Point, ...], point: Point) -> tuple[Point, ...]:
    # Nearly always the newest is told last.
    if not points or points[-1].order <= point.order:
        return (*points, point)
    return _sorted((*points, point))


def _sorted(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda point: point.order))


def take_back(facts: TpsFacts, source: str, status_id: str) -> TpsFacts:
    """Return the facts without a status that `source` takes back, now and if it comes later.

    Ids are unique within a source only, so a source means its own status; somebody else's is
    meant where no other has that id.
    """
    named = [point for point in (*facts.points, *facts.remarks) if point.id == status_id]
    own = [point for point in named if point.source == source]
    gone = own or (named if len({point.source for point in named}) == 1 else [])
    return replace(
        facts,
        points=tuple(point for point in facts.points if point not in gone),
        remarks=tuple(point for point in facts.remarks if point not in gone),
        taken_back=(*facts.taken_back, (source, status_id))[-POINTS_MAX:],
    )


def spans_between(points: tuple[Point, ...], begins: Matches, ends: Matches) -> tuple[Span, ...]:
    """Return the spans from a point that begins one to the next that ends it; points in order.

    At one moment an end comes after a beginning: what began and ended at once is no span.
    """
    spans: list[Span] = []
    since: EpochMs | None = None
    ended_at: EpochMs | None = None
    for point in points:
        if ends(point):
            ended_at = point.at
            if since is not None and since < ended_at:
                spans.append((since, ended_at))
            since = None
        elif since is None and point.at != ended_at and begins(point):
            since = point.at
    if since is not None:
        spans.append((since, NEVER))
    return tuple(spans)


def union(spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans in order, joined where they touch or overlap."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def without(spans: tuple[Span, ...], pauses: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return what is left of ordered spans when ordered pauses are cut out of them."""
    left: list[Span] = []
    for start, end in spans:
        since = start
        for pause_start, pause_end in pauses:
            if pause_end > since and pause_start < end:
                if pause_start > since:
                    left.append((since, pause_start))
                since = max(since, pause_end)
        if since < end:
            left.append((since, end))
    return tuple(left)


_STAGE_AFTER: Final = {
    Happening.OPENED: Stage.VOTING,
    Happening.POSTPONED: Stage.POSTPONED,
    Happening.CLOSED: Stage.CLOSED,
    Happening.COUNTING_STARTED: Stage.COUNTING,
    Happening.COUNTING_FINISHED: Stage.COUNTED,
    Happening.BOX_DEPARTED: Stage.BOX_AWAY,
    Happening.BOX_ARRIVED: Stage.BOX_IN,
}


def stage_of(facts: TpsFacts) -> Stage:
    """Return the stage that the points lead to."""
    stages = [stage for _, stage in staged(facts.points)]
    return stages[-1] if stages else Stage.NOT_OPEN


def staged(points: Iterable[Point]) -> Iterator[tuple[Point, Stage]]:
    """Yield each point with the stage that it leads to, which may be the one before."""
    stage, before = Stage.NOT_OPEN, Stage.NOT_OPEN
    for point in points:
        match point.kind:
            case Happening.SUSPENDED if stage is not Stage.SUSPENDED:
                stage, before = Stage.SUSPENDED, stage
            case Happening.RESUMED if stage is Stage.SUSPENDED:
                stage = before
            case kind:
                stage = _STAGE_AFTER.get(kind, stage)
        yield point, stage
