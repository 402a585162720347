"""The way of the boxes of a TPS: packed, escorted, driven on real roads, received.

A box takes about as long as it usually does. On an ordinary day none takes half as long again.
"""

from collections.abc import Generator
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import BoxPlace, Source, StatusKind, TpsStatus
from streams.domain.ids import kecamatan_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Channel, Role
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import around, below
from streams.simulation.ordinary.desk import Desk
from streams.simulation.post import Post, delay_ms, post_status, whole_second
from streams.territory.plan import ElectionKind

__all__ = ["box_posts"]

_SEALS: Final = (100_000, 999_999)


def box_posts(desk: Desk, finished_at: EpochMs) -> Generator[Post, None, EpochMs]:
    """Send all messages of the boxes of a TPS, which travel together; return when they are in."""
    chance, tps = desk.chance, desk.tps
    packed = around(chance, rates.PACKING_MEDIAN_MINUTES, rates.PACKING_SPREAD)
    departed_at = whole_second(finished_at + packed)
    usual = rates.TRANSIT_MINUTES if tps.transit_minutes is None else tps.transit_minutes
    most = usual * MINUTE_MS * desk.day.kind.of_eta
    lasts = below(most, lambda: around(chance, usual, rates.TRANSIT_SPREAD))
    arrived_at = whole_second(departed_at + lasts)
    # They go in one convoy, so all name their escort or none does.
    named = chance.random() >= desk.day.kind.escort_unnamed
    joined_at = desk.later(departed_at, rates.ESCORT_JOINS_MEAN_MINUTES)
    contests = desk.plan.election.contests_of(tps.code)
    for number, _ in enumerate(contests, start=1):
        box, seal = f"{tps.code}#{number}", str(chance.randint(*_SEALS))
        departed = replace(
            desk.sender.status(StatusKind.BOX_DEPARTED, departed_at),
            box=box,
            seal=seal,
            escort=_escort(desk) if named else UNSET,
            eta_minutes=usual,
        )
        yield from desk.tell(departed, departed_at)
        if not named:
            yield _joined(desk, box, joined_at)
        yield _received(desk, (box, seal), arrived_at)
    return EpochMs(arrived_at + MINUTE_MS)


def _escort(desk: Desk) -> tuple[str, ...]:
    """Return who goes with the box: the pair, or whoever the village has."""
    return tuple(one.officer for one in desk.sender.guards) or ("linmas",)


def _joined(desk: Desk, box: str, at: EpochMs) -> Post:
    joined = replace(desk.sender.status(StatusKind.ESCORT_JOINED, at), box=box)
    return desk.post(joined, at)


def _received(desk: Desk, sealed: tuple[str, str], at: EpochMs) -> Post:
    """Whoever receives the box reads its seal aloud, and seldom types another one."""
    box, seal = sealed
    if desk.chance.random() < desk.day.kind.seal_mistyped:
        seal = str(desk.chance.randint(*_SEALS))
    in_village = desk.plan.election.kind is ElectionKind.PILKADES
    role = Role.PANITIA if in_village else Role.PPK
    name = f"{role}-{kecamatan_of(desk.tps.code)}"
    source = Source(name, role, channel=Channel.APP)
    arrived: TpsStatus = replace(
        desk.sender.status(StatusKind.BOX_ARRIVED, at, source),
        box=box,
        seal=seal,
        seal_intact=True,
        place=BoxPlace.KECAMATAN if in_village else BoxPlace.PPK,
    )
    received = EpochMs(at + delay_ms(desk.chance, Channel.APP))
    return post_status(desk.stamped(arrived, at), at, received, (desk.tps.code,))
