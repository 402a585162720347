"""The ordinary morning of one TPS: materials, opening, heartbeats, more and more voters, closing.

    D-1 evening or dawn    06:55 … 07:08             about every heartbeat          13:00 … 13:25
    logistics_received ──► opened ──► heartbeat ──► heartbeat ──► … ──► (queue) ──► closed

Everything stays well within what the rules allow: the opening within six tenths of the grace of its
class, two heartbeats never further apart than 1.2 times the agreed time (X01 begins at 1.25).
"""

from collections.abc import Iterator
from random import Random
from typing import Final

from msgspec.structs import replace

from streams.domain.events import Source, StatusKind, TpsStatus
from streams.domain.ids import desa_of
from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, Channel, Role, Situation
from streams.simulation.outage import Outage, outage_of
from streams.simulation.post import Post, chance_of, delay_ms, minutes, post_status, whole_second
from streams.territory.plan import Plan, Tps
from streams.wire.time import format_time

__all__ = ["station_posts"]

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
_WARY_SHARE: Final = 0.02
_PTPS_SHARE: Final = 0.12
"""Of the heartbeats, how many a supervisor sends and not the KPPS."""


class _Station:
    """One TPS, its luck and its ways of sending."""

    def __init__(self, plan: Plan, tps: Tps, seed: int) -> None:
        self.plan = plan
        self.tps = tps
        self.chance = chance_of(seed, "station", tps.code)
        self._outage: Outage | None = outage_of(self.chance, tps)
        self._channel = Channel.SMS if tps.internet is False else Channel.APP
        self._offset = plan.offset_minutes(tps.code)
        self._about = (tps.code, desa_of(tps.code))
        self._turnout = self.chance.uniform(*_TURNOUT)
        self._count = 0

    def status(self, kind: StatusKind, at: EpochMs) -> TpsStatus:
        """Return a status without details."""
        self._count += 1
        of_ptps = kind is StatusKind.HEARTBEAT and self.chance.random() < _PTPS_SHARE
        role = Role.PTPS if of_ptps else Role.KPPS
        return TpsStatus(
            id=f"{self.tps.code}-{self._count:02}",
            at=format_time(at, self._offset),
            kind=kind,
            source=Source(f"{role}-{self.tps.code}", role, channel=self._channel),
            tps=self.tps.code,
        )

    def send(self, event: TpsStatus, at: EpochMs) -> Post:
        """Return the post of a status, late if there is no signal."""
        held = self._outage.received_at(self.chance, at) if self._outage else None
        received = held or EpochMs(at + delay_ms(self.chance, self._channel))
        return post_status(event, at, received, self._about)

    def voters(self, at: EpochMs) -> int:
        """Return how many have voted by then, fewer of them in each later hour."""
        hours = self.tps.closes_at - self.tps.opens_at
        share = min(1.0, max(0.0, (at - self.tps.opens_at) / hours))
        return int(self.tps.dpt * self._turnout * (1 - (1 - share) ** _RUSH))


def station_posts(plan: Plan, tps: Tps, seed: int) -> Iterator[Post]:
    """Return all messages of one TPS, in the order in which they were written."""
    station = _Station(plan, tps, seed)
    yield from _logistics(station)
    opened_at = _opening(station.chance, tps)
    yield station.send(station.status(StatusKind.OPENED, opened_at), opened_at)
    yield from _heartbeats(station, opened_at)
    yield from _closing(station)


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
        status = station.status(StatusKind.LOGISTICS_RECEIVED, at)
        ballots = election.ballots_due(tps.dpt)
        whole = replace(status, ballots=ballots, complete=True, contest=contest.id)
        yield station.send(whole, at)
        came += minutes(chance, 1, 4)


def _opening(chance: Random, tps: Tps) -> EpochMs:
    latest = _GRACE_MINUTES[TPS_CLASSES.index(tps.tps_class)] * _GRACE_USED
    drawn = chance.gauss(_OPENING_MEAN_MINUTES, _OPENING_SPREAD_MINUTES)
    late = min(latest, max(_EARLIEST_MINUTES, drawn))
    return whole_second(tps.opens_at + late * MINUTE_MS)


def _heartbeats(station: _Station, opened_at: EpochMs) -> Iterator[Post]:
    chance, tps = station.chance, station.tps
    every = station.plan.election.heartbeat_minutes
    at: float = opened_at + minutes(chance, 0.4 * every, every)
    while at < tps.closes_at:
        moment = whole_second(at)
        status = station.status(StatusKind.HEARTBEAT, moment)
        wary = chance.random() < _WARY_SHARE
        heartbeat = replace(
            status,
            situation=Situation.WASPADA if wary else Situation.AMAN,
            queue=int(chance.triangular(0, 40, 6)),
            voters=station.voters(moment),
        )
        yield station.send(heartbeat, moment)
        at += minutes(chance, *(share * every for share in _HEARTBEAT_SHARES))


def _closing(station: _Station) -> Iterator[Post]:
    """Who queues when it is time still votes; the TPS says so, and closes when they have."""
    chance, tps = station.chance, station.tps
    at = whole_second(tps.closes_at + minutes(chance, 0, 6))
    if chance.random() < _QUEUE_SHARE:
        queue = chance.randint(3, 25)
        waiting = station.status(StatusKind.HEARTBEAT, tps.closes_at)
        waiting = replace(
            waiting, situation=Situation.AMAN, queue=queue, voters=station.voters(tps.closes_at)
        )
        yield station.send(waiting, tps.closes_at)
        at = whole_second(at + minutes(chance, 6, 18))
    closed = station.status(StatusKind.CLOSED, at)
    yield station.send(replace(closed, queue=0, voters=station.voters(at)), at)
