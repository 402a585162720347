"""Where the ballot boxes are: each from its TPS to the kabupaten, with its seals and its escort.

    not left ──departed──► on the way ──arrived──► arrived ──departed──► on the way …
                               └── later than the rule of its way allows: overdue

Several arrivals are the stations of one way: PPS, PPK or kecamatan, KPU or kabupaten. A box is
*disputed* while an alert about it holds that is none of waiting: its seal or number differs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from msgspec import UNSET, Struct, UnsetType

from streams.domain.alert import Alert
from streams.domain.boxes import last_departure
from streams.domain.events import BoxPlace
from streams.domain.facts import Stage, TpsFacts, stage_of
from streams.domain.happenings import Happening, Point
from streams.domain.ids import AreaCode, Scope
from streams.domain.times import MINUTE_MS, EpochMs
from streams.judge.state import PartitionState
from streams.judge.subjects import Subject, box_subjects, ways_of
from streams.judge.world import Watched
from streams.rules.compiled import OverdueRule
from streams.territory.plan import Tps
from streams.views.asked import Asked, alerts_of, tps_of_area

__all__ = ["Box", "BoxState", "Custody", "CustodyCounts", "Station", "custody_of"]

_NO_FACTS: Final = TpsFacts()
_LEFT: Final = Happening.BOX_DEPARTED
_CAME: Final = Happening.BOX_ARRIVED


class BoxState(StrEnum):
    """Where a box that has left is."""

    ON_THE_WAY = "on_the_way"
    OVERDUE = "overdue"
    ARRIVED = "arrived"


class Station(Struct, frozen=True):
    """An arrival: where a box was handed over."""

    at: EpochMs
    place: BoxPlace | None
    seal: str
    seal_intact: bool | None


class Box(Struct, frozen=True, kw_only=True):
    """A box that has left its TPS, or of which somebody has said that it arrived."""

    id: str
    tps: AreaCode
    state: BoxState
    departed_at: EpochMs | None
    """Of its last departure; None: nobody has told of one."""
    seal: str
    """On that departure."""
    escort: tuple[str, ...]
    """Who was named then or has joined since."""
    eta_at: EpochMs | None
    """When it should be there, by what was told."""
    due_at: EpochMs | None
    """When it is overdue, while it is on its way."""
    stations: tuple[Station, ...]
    seal_agrees: bool | None
    """Whether all seals that were told are that of the departure, and whole; None: none can be
    compared."""
    alerts: tuple[Alert, ...]
    """Open ones about it."""
    disputed: bool


class CustodyCounts(Struct, frozen=True):
    """How many boxes are where."""

    tps_waiting: int
    """TPS of which no box has left, but those whose vote is put off."""
    on_the_way: int
    """Overdue ones are not among them."""
    overdue: int
    arrived: int
    disputed: int
    """Wherever they are."""


class Custody(Struct, frozen=True):
    """The boxes of an area, by TPS and number."""

    counts: CustodyCounts
    boxes: tuple[Box, ...]


class _Table(Struct, frozen=True):
    """What every box is looked at with."""

    watched: Watched
    asked: Asked
    alerts: Mapping[Scope, tuple[Alert, ...]]


def custody_of(state: PartitionState, asked: Asked) -> Custody:
    """Return where the boxes of an area are."""
    watched = state.world.of(asked.election)
    table = _Table(watched, asked, _by_scope(alerts_of(state, asked)))
    boxes: list[Box] = []
    waiting = 0
    for tps in tps_of_area(watched.plan, asked):
        facts = state.facts.get((asked.election, tps.code)) or _NO_FACTS
        own = [
            _box(table, subject)
            for subject in box_subjects(watched, state, asked.election, tps)
            if any(point.kind in {_LEFT, _CAME} for point in subject.points[0])
        ]
        waiting += not own and stage_of(facts) is not Stage.POSTPONED
        boxes += own
    return Custody(_counts(waiting, boxes), tuple(boxes))


def _counts(waiting: int, boxes: Iterable[Box]) -> CustodyCounts:
    states = Counter(box.state for box in boxes)
    return CustodyCounts(
        tps_waiting=waiting,
        on_the_way=states[BoxState.ON_THE_WAY],
        overdue=states[BoxState.OVERDUE],
        arrived=states[BoxState.ARRIVED],
        disputed=sum(box.disputed for box in boxes),
    )


def _by_scope(alerts: Iterable[Alert]) -> Mapping[Scope, tuple[Alert, ...]]:
    found: dict[Scope, tuple[Alert, ...]] = {}
    for alert in alerts:
        if alert.is_open:
            found[alert.scope] = (*found.get(alert.scope, ()), alert)
    return found


def _box(table: _Table, subject: Subject) -> Box:
    (tps,), (points,) = subject.tps, subject.points
    departed = max((p for p in points if p.kind is _LEFT), key=lambda p: p.order, default=None)
    since = EpochMs(0) if departed is None else departed.at
    is_in = any(point.kind is _CAME and point.at >= since for point in points)
    due_at = None if is_in else _due_at(table.watched.rules.overdue_box, subject, table.asked.now)
    overdue = due_at is not None and due_at < table.asked.now
    alerts = table.alerts.get(subject.scope, ())
    waits = {rule.head.rule.id for rule in table.watched.rules.overdue_box}
    return Box(
        id=subject.scope.partition("/")[2],
        tps=tps.code,
        state=BoxState.ARRIVED if is_in else BoxState.OVERDUE if overdue else BoxState.ON_THE_WAY,
        departed_at=None if departed is None else departed.at,
        seal="" if departed is None else departed.said.seal,
        escort=tuple(_escort(points, since)),
        eta_at=None if departed is None else _eta_at(tps, departed),
        due_at=due_at,
        stations=tuple(map(_station, (point for point in points if point.kind is _CAME))),
        seal_agrees=_seals_agree(points),
        alerts=alerts,
        disputed=any(alert.holds and alert.rule not in waits for alert in alerts),
    )


def _due_at(rules: Iterable[OverdueRule], subject: Subject, now: EpochMs) -> EpochMs | None:
    """Return when the way that a box is on now is too long, by the rules that wait for its end."""
    return min(
        (
            due_at
            for rule in rules
            if Happening.ESCORT_JOINED not in rule.kinds
            for due_at, (since, until) in ways_of(rule, subject).items()
            if since <= now < until
        ),
        default=None,
    )


def _eta_at(tps: Tps, departed: Point) -> EpochMs | None:
    told = departed.said.eta_minutes
    minutes = tps.transit_minutes if isinstance(told, UnsetType) else told
    return None if minutes is None else EpochMs(departed.at + round(minutes * MINUTE_MS))


def _escort(points: Iterable[Point], since: EpochMs) -> Iterator[str]:
    named = (p.said.escort for p in points if p.kind is not _CAME and p.at >= since)
    return iter(dict.fromkeys(name for one in named if one is not UNSET for name in one))


def _station(point: Point) -> Station:
    said = point.said
    return Station(
        at=point.at,
        place=None if isinstance(said.place, UnsetType) else said.place,
        seal=said.seal,
        seal_intact=None if isinstance(said.seal_intact, UnsetType) else said.seal_intact,
    )


def _seals_agree(points: tuple[Point, ...]) -> bool | None:
    found: list[bool] = []
    for point in points:
        if point.kind is not _CAME:
            continue
        if not isinstance(point.said.seal_intact, UnsetType):
            found.append(point.said.seal_intact)
        departed = last_departure(points, point)
        if departed is not None and departed.said.seal and point.said.seal:
            found.append(departed.said.seal == point.said.seal)
    return all(found) if found else None
