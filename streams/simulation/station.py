"""The ordinary day of one TPS: materials, opening, heartbeats, more and more voters, closing.

    D-1 evening or dawn    06:55 … 07:08             about every heartbeat          13:00 … 13:25
    logistics_received ──► opened ──► heartbeat ──► heartbeat ──► … ──► (queue) ──► closed

After that come counting and the way of the boxes, which have pages of their own (`counting`,
`box`). Everything stays well within what the rules allow: the opening within six tenths of the
grace of its class, two heartbeats never further apart than 1.2 times the agreed time (X01 begins at
1.25), also where a TPS is open after the hour.
"""

from collections.abc import Generator, Iterator
from random import Random
from typing import Final

from msgspec.structs import replace

from streams.domain.events import StatusKind, TpsStatus
from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, Situation
from streams.simulation.box import box_posts, carried_after_minutes
from streams.simulation.counting import counted_after_minutes, counting_posts
from streams.simulation.post import Post, chance_of, minutes, whole_second
from streams.simulation.sender import Sender
from streams.simulation.tally import tally_of
from streams.territory.plan import Plan, Tps

__all__ = ["boxes_in_at", "station_posts"]

_GRACE_MINUTES: Final = (30, 20, 10, 20)
"""How late a TPS may open, by class (T03). Source: domain §4b, proposal."""
_GRACE_USED: Final = 0.6
_EARLIEST_MINUTES: Final = -5
_OPENING_MEAN_MINUTES: Final = 1.0
_OPENING_SPREAD_MINUTES: Final = 3.5
_HEARTBEAT_SHARES: Final = (0.75, 1.2)
_EVENING_HOURS: Final = (16.0, 20.5)
"""Local time at which materials come on the evening before."""
_DAWN_MINUTES: Final = (5, 60)
"""How long before they are due materials come at dawn."""
_TURNOUT: Final = (0.62, 0.86)
_RUSH: Final = 1.7
"""How much the voters prefer the early hours: 1 is evenly."""
_QUEUE_SHARE: Final = 0.15
"""Of the TPS, how many still have a queue at closing."""
_CLOSING_MINUTES: Final = (0, 6)
_QUEUE_MINUTES: Final = (6, 18)
_STILL_WAITING: Final = (1, 6)
_WARY_SHARE: Final = 0.02
_SUPERVISOR_SHARE: Final = 0.12
"""Of the heartbeats, how many a supervisor sends and not the organisers."""


class _Station:
    """One TPS, and how many vote there."""

    def __init__(self, plan: Plan, tps: Tps, seed: int) -> None:
        self.plan = plan
        self.tps = tps
        self.seed = seed
        self.sender = Sender(plan, tps, seed)
        self.chance = self.sender.chance
        self._turnout = self.chance.uniform(*_TURNOUT)

    def heartbeat(self, at: EpochMs) -> TpsStatus:
        """Return a heartbeat with the voters so far, of whoever happens to send it."""
        sender = self.sender
        by_supervisor = self.chance.random() < _SUPERVISOR_SHARE
        role = sender.supervisor if by_supervisor else sender.organiser
        status = sender.status(StatusKind.HEARTBEAT, at, sender.source(role))
        return replace(status, voters=self.voters(at))

    def voters(self, at: EpochMs) -> int:
        """Return how many have voted by then, fewer of them in each later hour."""
        hours = self.tps.closes_at - self.tps.opens_at
        share = min(1.0, max(0.0, (at - self.tps.opens_at) / hours))
        return int(self.tps.dpt * self._turnout * (1 - (1 - share) ** _RUSH))


def station_posts(plan: Plan, tps: Tps, seed: int) -> Iterator[Post]:
    """Return all messages of one TPS in the order in which things happened, but for one thing.

    The heartbeats after the hour come last: what else happens does not depend on them.
    """
    station = _Station(plan, tps, seed)
    yield from _logistics(station)
    opened_at = _opening(station.chance, tps)
    opened = station.sender.status(StatusKind.OPENED, opened_at)
    yield station.sender.send(opened, opened_at)
    next_at = yield from _heartbeats(station, opened_at)
    closed_at = yield from _closing(station)
    contests, voted = plan.election.contests_of(tps.code), station.voters(closed_at)
    tallies = tuple(tally_of(plan, tps, contest, (seed, voted)) for contest in contests)
    finished_at = yield from counting_posts(station.sender, closed_at, tallies)
    yield from box_posts(station.sender, finished_at)
    yield from _after_the_hour(station, next_at, closed_at)


def boxes_in_at(plan: Plan, tps: Tps) -> EpochMs:
    """Return when all boxes of a TPS are in at the latest, on any ordinary day."""
    contests = len(plan.election.contests_of(tps.code))
    after = (
        _CLOSING_MINUTES[1]
        + _QUEUE_MINUTES[1]
        + counted_after_minutes(round(tps.dpt * _TURNOUT[1]), contests)
        + carried_after_minutes(tps)
    )
    return EpochMs(tps.closes_at + round(after * MINUTE_MS))


def _logistics(station: _Station) -> Iterator[Post]:
    """Materials of each contest come whole: on the evening before, or at dawn where it is safer."""
    tps, election, chance = station.tps, station.plan.election, station.chance
    if tps.logistics_due_at is None:
        midnight = election.day_start_at(station.plan.offset_minutes(tps.code))
        came = midnight - DAY_MS + chance.uniform(*_EVENING_HOURS) * HOUR_MS
    else:
        came = tps.logistics_due_at - minutes(chance, *_DAWN_MINUTES)
    for contest in election.contests_of(tps.code):
        at = whole_second(came)
        status = station.sender.status(StatusKind.LOGISTICS_RECEIVED, at)
        ballots = election.ballots_due(tps.dpt)
        whole = replace(status, ballots=ballots, complete=True, contest=contest.id)
        yield station.sender.send(whole, at)
        came += minutes(chance, 1, 4)


def _opening(chance: Random, tps: Tps) -> EpochMs:
    latest = _GRACE_MINUTES[TPS_CLASSES.index(tps.tps_class)] * _GRACE_USED
    drawn = chance.gauss(_OPENING_MEAN_MINUTES, _OPENING_SPREAD_MINUTES)
    late = min(latest, max(_EARLIEST_MINUTES, drawn))
    return whole_second(tps.opens_at + late * MINUTE_MS)


def _heartbeats(station: _Station, opened_at: EpochMs) -> Generator[Post, None, float]:
    """Send heartbeats until the hour of closing; return when the next one is due."""
    chance, tps = station.chance, station.tps
    every = station.plan.election.heartbeat_minutes
    at: float = opened_at + minutes(chance, 0.4 * every, every)
    while at < tps.closes_at:
        moment = whole_second(at)
        heartbeat = station.heartbeat(moment)
        wary = chance.random() < _WARY_SHARE
        heartbeat = replace(
            heartbeat,
            situation=Situation.WASPADA if wary else Situation.AMAN,
            queue=int(chance.triangular(0, 40, 6)),
        )
        yield station.sender.send(heartbeat, moment)
        at += minutes(chance, *(share * every for share in _HEARTBEAT_SHARES))
    return at


def _after_the_hour(station: _Station, at: float, closed_at: EpochMs) -> Iterator[Post]:
    """Go on until it closes: who has declared a queue at the hour says that it is still there."""
    chance = chance_of(station.seed, "after the hour", station.tps.code)
    every = station.plan.election.heartbeat_minutes
    # Without a queue it closes by then.
    waits = closed_at > station.tps.closes_at + _CLOSING_MINUTES[1] * MINUTE_MS
    while at < closed_at:
        moment = whole_second(at)
        beat = station.heartbeat(moment)
        queue = chance.randint(*_STILL_WAITING) if waits else 0
        beat = replace(beat, situation=Situation.AMAN, queue=queue)
        yield station.sender.send(beat, moment)
        at += minutes(chance, *(share * every for share in _HEARTBEAT_SHARES))


def _closing(station: _Station) -> Generator[Post, None, EpochMs]:
    """Who queues when it is time still votes; the TPS says so, and closes when they have."""
    chance, tps, sender = station.chance, station.tps, station.sender
    at = whole_second(tps.closes_at + minutes(chance, *_CLOSING_MINUTES))
    if chance.random() < _QUEUE_SHARE:
        queue = chance.randint(3, 25)
        waiting = station.heartbeat(tps.closes_at)
        waiting = replace(waiting, situation=Situation.AMAN, queue=queue)
        yield sender.send(waiting, tps.closes_at)
        at = whole_second(at + minutes(chance, *_QUEUE_MINUTES))
    closed = sender.status(StatusKind.CLOSED, at)
    yield sender.send(replace(closed, queue=0, voters=station.voters(at)), at)
    return at
