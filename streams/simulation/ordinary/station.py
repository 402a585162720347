"""A TPS from its materials to closing: what is done by people takes as long as it takes.

On an ordinary day it opens well within its grace, and some of its list stay away.
"""

from collections.abc import Generator, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.events import StatusKind
from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import Situation
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import about, below, small
from streams.simulation.ordinary.desk import Desk
from streams.simulation.post import Post, whole_second

__all__ = ["Voted", "voting_posts"]

_RUSH: Final = 1.7
"""How much the voters prefer the early hours: 1 is evenly."""
_TURNOUT_MAX: Final = 0.995
_QUEUE_MOST: Final = (0, 40, 6)
_WAITING: Final = (3, 25)
_RECEIPT_MINUTES: Final = 2


class Voted(Struct, frozen=True):
    """How voting at a TPS ended."""

    closed_at: EpochMs
    dpt: int
    """Voters of the list who came."""
    dptb: int
    dpk: int
    queues: bool = False
    """Whether some waited at the hour of closing."""

    @property
    def used(self) -> int:
        """All ballots of one contest that were put into the box."""
        return self.dpt + self.dptb + self.dpk


def voting_posts(desk: Desk) -> Generator[Post, None, Voted]:
    """Send all messages of a TPS until it closes."""
    tps, chance = desk.tps, desk.chance
    voted = _came(desk)
    yield from _logistics(desk)
    late = below(
        desk.most_ms(rates.OPENING_LIMITS_MINUTES),
        lambda: chance.gauss(rates.OPENING_MEAN_MINUTES, rates.OPENING_SPREAD_MINUTES) * MINUTE_MS,
    )
    opened_at = whole_second(tps.opens_at + late)
    yield from desk.say(StatusKind.OPENED, opened_at)
    yield from _heartbeats(desk, opened_at, voted)
    closed = desk.sender.status(StatusKind.CLOSED, voted.closed_at)
    yield from desk.tell(replace(closed, queue=0, voters=voted.used), voted.closed_at)
    return voted


def _came(desk: Desk) -> Voted:
    """Draw who votes and until when: who queues when it is time still does."""
    tps, chance = desk.tps, desk.chance
    dptb, dpk = small(chance, rates.DPTB_MEAN), small(chance, rates.DPK_MEAN)
    turnout = rates.TURNOUT[desk.plan.election.kind]
    came = below(
        tps.dpt * desk.day.kind.turnout - dptb - dpk,
        lambda: tps.dpt * min(_TURNOUT_MAX, chance.gauss(turnout, rates.TURNOUT_SPREAD)),
    )
    at = desk.later(EpochMs(tps.closes_at + SECOND_MS), rates.CLOSING_MEAN_MINUTES)
    queues = chance.random() < rates.QUEUE_SHARE
    if queues:
        at = desk.later(at, rates.QUEUE_MEAN_MINUTES)
    return Voted(at, int(came), dptb, dpk, queues=queues)


def _logistics(desk: Desk) -> Iterator[Post]:
    tps, election, chance = desk.tps, desk.plan.election, desk.chance
    if tps.logistics_due_at is None:
        midnight = election.day_start_at(desk.plan.offset_minutes(tps.code))
        hour = chance.gauss(rates.LOGISTICS_HOUR, rates.LOGISTICS_SPREAD_HOURS)
        came: float = midnight - DAY_MS + hour * HOUR_MS
    else:
        before = chance.gauss(rates.DAWN_BEFORE_MINUTES, rates.DAWN_SPREAD_MINUTES)
        came = tps.logistics_due_at - before * MINUTE_MS
    due = election.ballots_due(tps.dpt)
    for contest in election.contests_of(tps.code):
        at = whole_second(came)
        received = desk.sender.status(StatusKind.LOGISTICS_RECEIVED, at)
        whole = replace(received, ballots=due, complete=True, contest=contest.id)
        yield from desk.tell(whole, at)
        came += about(chance, _RECEIPT_MINUTES, rates.HEARTBEAT_SPREAD_SHARE)


def _heartbeats(desk: Desk, opened_at: EpochMs, voted: Voted) -> Iterator[Post]:
    """Send heartbeats as long as it is open; whoever has a queue at the hour says so at once."""
    chance, every = desk.chance, desk.plan.election.heartbeat_minutes
    at: float = opened_at + chance.random() * every * MINUTE_MS
    while at < voted.closed_at:
        if chance.random() >= rates.FORGOTTEN_SHARE:
            yield from _heartbeat(desk, whole_second(at), voted)
        at += about(chance, every, rates.HEARTBEAT_SPREAD_SHARE)
    if voted.queues:
        yield from _heartbeat(desk, EpochMs(desk.tps.closes_at + SECOND_MS), voted)


def _heartbeat(desk: Desk, at: EpochMs, voted: Voted) -> Iterator[Post]:
    """Send how many have voted by then, fewer of them in each later hour."""
    tps, chance, sender = desk.tps, desk.chance, desk.sender
    by_supervisor = chance.random() < rates.SUPERVISOR_SHARE
    source = sender.source(sender.supervisor if by_supervisor else sender.organiser)
    hours = tps.closes_at - tps.opens_at
    share = min(1.0, max(0.0, (at - tps.opens_at) / hours))
    wary = chance.random() < rates.WARY_SHARE
    heartbeat = replace(
        sender.status(StatusKind.HEARTBEAT, at, source),
        voters=int(voted.used * (1 - (1 - share) ** _RUSH)),
        situation=Situation.WASPADA if wary else Situation.AMAN,
        queue=_queue(desk, at, voted),
    )
    yield from desk.tell(heartbeat, at)


def _queue(desk: Desk, at: EpochMs, voted: Voted) -> int:
    if at < desk.tps.closes_at:
        return int(desk.chance.triangular(*_QUEUE_MOST))
    return desk.chance.randint(*_WAITING) if voted.queues else 0
