"""A TPS from its materials to closing: what is done by people takes as long as it takes."""

from collections.abc import Generator, Iterator
from random import Random
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.events import StatusKind
from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import Channel, Situation
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import about, small
from streams.simulation.ordinary.desk import Desk
from streams.simulation.post import Post, delay_ms, post_status, whole_second

__all__ = ["Voted", "voting_posts", "waiting_posts"]

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

    @property
    def used(self) -> int:
        """All ballots of one contest that were put into the box."""
        return self.dpt + self.dptb + self.dpk


def voting_posts(desk: Desk) -> Generator[Post, None, Voted]:
    """Send all messages of a TPS until it closes."""
    plan, tps, chance = desk.plan, desk.tps, desk.chance
    turnout = chance.gauss(rates.TURNOUT[plan.election.kind], rates.TURNOUT_SPREAD)
    came = int(tps.dpt * min(_TURNOUT_MAX, turnout))
    voted = Voted(EpochMs(0), came, small(chance, rates.DPTB_MEAN), small(chance, rates.DPK_MEAN))
    yield from _logistics(desk)
    late = chance.gauss(rates.OPENING_MEAN_MINUTES, rates.OPENING_SPREAD_MINUTES)
    opened_at = whole_second(tps.opens_at + late * MINUTE_MS)
    yield from desk.say(StatusKind.OPENED, opened_at)
    yield from _heartbeats(desk, opened_at, voted.used)
    closed_at = yield from _closing(desk, voted.used)
    return replace(voted, closed_at=closed_at)


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


def _heartbeats(desk: Desk, opened_at: EpochMs, used: int) -> Iterator[Post]:
    chance, every = desk.chance, desk.plan.election.heartbeat_minutes
    at: float = opened_at + chance.random() * every * MINUTE_MS
    while at < desk.tps.closes_at:
        if chance.random() >= rates.FORGOTTEN_SHARE:
            queue = int(chance.triangular(*_QUEUE_MOST))
            yield from _heartbeat(desk, whole_second(at), used, queue)
        at += about(chance, every, rates.HEARTBEAT_SPREAD_SHARE)


def _heartbeat(desk: Desk, at: EpochMs, used: int, queue: int) -> Iterator[Post]:
    """Send how many have voted by then, fewer of them in each later hour."""
    tps, chance, sender = desk.tps, desk.chance, desk.sender
    by_supervisor = chance.random() < rates.SUPERVISOR_SHARE
    source = sender.source(sender.supervisor if by_supervisor else sender.organiser)
    hours = tps.closes_at - tps.opens_at
    share = min(1.0, max(0.0, (at - tps.opens_at) / hours))
    wary = chance.random() < rates.WARY_SHARE
    heartbeat = replace(
        sender.status(StatusKind.HEARTBEAT, at, source),
        voters=int(used * (1 - (1 - share) ** _RUSH)),
        situation=Situation.WASPADA if wary else Situation.AMAN,
        queue=queue,
    )
    yield from desk.tell(heartbeat, at)


def _closing(desk: Desk, used: int) -> Generator[Post, None, EpochMs]:
    """Who queues when it is time still votes; the TPS says so, and closes when they have."""
    tps, chance = desk.tps, desk.chance
    at = EpochMs(tps.closes_at + SECOND_MS)
    if chance.random() < rates.QUEUE_SHARE:
        yield from _heartbeat(desk, at, used, chance.randint(*_WAITING))
        at = desk.later(at, rates.QUEUE_MEAN_MINUTES)
    at = desk.later(at, rates.CLOSING_MEAN_MINUTES)
    closed = replace(desk.sender.status(StatusKind.CLOSED, at), queue=0, voters=used)
    yield from desk.tell(closed, at)
    return at


def waiting_posts(desk: Desk, chance: Random, voted: Voted) -> Iterator[Post]:
    """Send the heartbeats of a TPS that is still open after the hour: an open TPS goes on."""
    every = desk.plan.election.heartbeat_minutes
    at = EpochMs(desk.tps.closes_at + round(chance.random() * every * MINUTE_MS))
    while at < voted.closed_at:
        moment = whole_second(at)
        heartbeat = replace(
            desk.sender.status(StatusKind.HEARTBEAT, moment),
            voters=voted.used,
            situation=Situation.AMAN,
            queue=chance.randint(1, _WAITING[0]),
        )
        sent = EpochMs(moment + delay_ms(chance, Channel.APP))
        received = desk.spell.received_at(chance, moment) or sent
        yield post_status(heartbeat, moment, received, (desk.tps.code, desk.tps.desa))
        at = EpochMs(at + about(chance, every, rates.HEARTBEAT_SPREAD_SHARE))
