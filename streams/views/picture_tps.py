"""How a TPS stands for the picture, by what is known of its day."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct, UnsetType

from streams.domain.facts import Stage, TpsFacts, staged
from streams.domain.happenings import Happening, Point
from streams.domain.ids import ElectionId
from streams.domain.times import MINUTE_MS, EpochMs
from streams.judge.posture import is_raised
from streams.judge.state import PartitionState
from streams.judge.subjects import Subject, box_subjects, ways_of
from streams.judge.world import Watched
from streams.rules.compiled import OverdueRule
from streams.territory.plan import Tps
from streams.views.picture_counts import TpsShare
from streams.views.pictured import Away, BoxPlace

__all__ = ["STAGES_MAX", "UNHEARD", "Standing", "same_day", "stages_of", "standing_of"]

STAGES_MAX: Final = 16
"""Changes of stage that are told of a TPS, the newest: a day has six, and a few pauses."""

_NO_FACTS: Final = TpsFacts()
_LEFT: Final = Happening.BOX_DEPARTED
_CAME: Final = Happening.BOX_ARRIVED
_MOVES: Final = frozenset({_LEFT, _CAME})


class Standing(Struct, frozen=True, gc=False, kw_only=True):
    """How a TPS stands, but for its newest message and its alerts."""

    share: TpsShare = TpsShare()
    stage_at: EpochMs | None = None
    suspended_stage: Stage | None = None
    box: BoxPlace | None = None
    away: tuple[Away, ...] = ()
    points: tuple[Point, ...] = ()
    remarks: tuple[Point, ...] = ()
    """By what it was made, with the points: as long as these are the same, so is the standing."""


UNHEARD: Final = Standing()
"""That of a TPS of which nothing is known."""


def same_day(standing: Standing, facts: TpsFacts) -> bool:
    """Tell whether facts say the same of the day, but for the newest message.

    Facts are never changed in place, so it is enough to see that they are the very same.
    """
    return (
        facts.points is standing.points
        and facts.remarks is standing.remarks
        and (standing.share.heard or not facts.islands)
    )


def standing_of(
    state: PartitionState, watched: Watched, election: ElectionId, tps: Tps
) -> Standing:
    """Return how a TPS stands at present."""
    facts = state.facts.get((election, tps.code)) or _NO_FACTS
    stage, stage_at, before = _stage(facts.points)
    box, away = _boxes(state, watched, election, tps)
    return Standing(
        share=TpsShare(
            stage=stage,
            heard=bool(facts.islands),
            raised=is_raised(state, election, tps.code, state.clocks.now),
            away=len(away),
        ),
        stage_at=stage_at,
        suspended_stage=before if stage is Stage.SUSPENDED else None,
        box=box,
        away=away,
        points=facts.points,
        remarks=facts.remarks,
    )


def _stage(points: tuple[Point, ...]) -> tuple[Stage, EpochMs | None, Stage]:
    """Return the stage that points lead to, since when, and the one before."""
    stage, since, before = Stage.NOT_OPEN, None, Stage.NOT_OPEN
    for after, at in stages_of(points):
        stage, since, before = after, at, stage
    return stage, since, before


def stages_of(points: Iterable[Point]) -> tuple[tuple[Stage, EpochMs], ...]:
    """Return the newest stages that a TPS has come to, and when, in the order of its day."""
    found: list[tuple[Stage, EpochMs]] = []
    before = Stage.NOT_OPEN
    for point, stage in staged(points):
        if stage is not before:
            found.append((stage, point.at))
        before = stage
    return tuple(found[-STAGES_MAX:])


def _boxes(
    state: PartitionState, watched: Watched, election: ElectionId, tps: Tps
) -> tuple[BoxPlace | None, tuple[Away, ...]]:
    """Return where the boxes of a TPS are together, and those on their way."""
    facts = state.facts.get((election, tps.code)) or _NO_FACTS
    if not any(point.kind in _MOVES for point in facts.points):
        return None, ()
    subjects = box_subjects(watched, state, election, tps)
    moved = [one for one in subjects if any(point.kind in _MOVES for point in one.points[0])]
    away = tuple(box for one in moved for box in _away(watched, tps, one))
    return (BoxPlace.LEFT if away else BoxPlace.ARRIVED), away


def _away(watched: Watched, tps: Tps, subject: Subject) -> Iterator[Away]:
    """Yield a box if it is on its way."""
    (points,) = subject.points
    departed = max((p for p in points if p.kind is _LEFT), key=lambda p: p.order, default=None)
    if departed is None or any(p.kind is _CAME and p.at >= departed.at for p in points):
        return
    since, due_at = _due(watched.rules.overdue_box, subject, departed.at)
    yield Away(
        box=subject.scope.partition("/")[2],
        tps=tps.code,
        name=tps.name,
        left_at=departed.at,
        due_at=due_at,
        limit_ms=0 if due_at is None else due_at - since,
        eta_at=_eta_at(tps, departed),
        escorts=len(frozenset(_escorts(points))),
    )


def _due(
    rules: tuple[OverdueRule, ...], subject: Subject, left_at: EpochMs
) -> tuple[EpochMs, EpochMs | None]:
    """Return since when a box is on its way, and when that is too long by the rules that await it.

    A rule that awaits its escort says nothing of its arrival.
    """
    ways = (
        (due_at, since)
        for rule in rules
        if Happening.ESCORT_JOINED not in rule.kinds
        for due_at, (since, until) in ways_of(rule, subject).items()
        if since <= left_at < until
    )
    due_at, since = min(ways, default=(None, left_at))
    return since, due_at


def _eta_at(tps: Tps, departed: Point) -> EpochMs | None:
    told = departed.said.eta_minutes
    minutes = tps.transit_minutes if isinstance(told, UnsetType) else told
    return None if minutes is None else EpochMs(departed.at + round(minutes * MINUTE_MS))


def _escorts(points: tuple[Point, ...]) -> Iterator[str]:
    """Yield who is named with a box since it last came in; who joins and names nobody is one."""
    came_at = max((one.at for one in points if one.kind is _CAME), default=EpochMs(-1))
    for point in points:
        if point.at > came_at:
            named = point.said.escort
            if isinstance(named, tuple) and named:
                yield from named
            elif point.kind is Happening.ESCORT_JOINED:
                yield point.source
