"""The way of the boxes of a TPS, one a contest, from the last ballot to where they are kept.

    counting_finished ─10…35 min─► escort_joined ─► box_departed ─► box_arrived
                                   an officer       seal, escort,   same seal, unbroken
                                   of the pair      minutes to go

A box needs at most 1.3 times as long as it was said to (T10 begins at 1.5), its escort is there
before it leaves (T11), and it arrives as it left (T12). A pilkada takes it to the PPK, a village to
the office of the kecamatan.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import BoxPlace, Source, StatusKind
from streams.domain.ids import kecamatan_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Channel, Role
from streams.simulation.post import Post, minutes, whole_second
from streams.simulation.sender import Sender
from streams.territory.plan import ElectionKind, Tps

__all__ = ["box_posts", "carried_after_minutes"]

_PACK_MINUTES: Final = (10, 35)
_JOIN_MINUTES: Final = (1, 4)
"""Before it leaves, the escort joins."""
_OF_THE_ESTIMATE: Final = (0.7, 1.3)
_TRANSIT_MINUTES: Final = 30
"""Where the plan does not say how long a box takes."""
_SEALS: Final = (100_000, 999_999)


def box_posts(sender: Sender, finished_at: EpochMs) -> Iterator[Post]:
    """Send all messages of the boxes of a TPS; they travel together."""
    chance, guards = sender.chance, sender.guards
    departed_at = whole_second(finished_at + minutes(chance, *_PACK_MINUTES))
    estimate = _transit_minutes(sender.tps)
    lasts = estimate * MINUTE_MS * chance.uniform(*_OF_THE_ESTIMATE)
    arrived_at = whole_second(departed_at + lasts)
    contests = sender.plan.election.contests_of(sender.tps.code)
    for number, _ in enumerate(contests, start=1):
        box, seal = f"{sender.tps.code}#{number}", str(chance.randint(*_SEALS))
        if guards:
            yield _joined(sender, box, departed_at)
        departed = replace(
            sender.status(StatusKind.BOX_DEPARTED, departed_at),
            box=box,
            seal=seal,
            escort=tuple(one.officer for one in guards) or UNSET,
            eta_minutes=estimate,
        )
        yield sender.send(departed, departed_at)
        yield _arrived(sender, (box, seal), arrived_at)


def carried_after_minutes(tps: Tps) -> float:
    """Return how long after counting the boxes of a TPS are in, at the latest."""
    return _PACK_MINUTES[1] + _OF_THE_ESTIMATE[1] * _transit_minutes(tps)


def _joined(sender: Sender, box: str, departed_at: EpochMs) -> Post:
    at = whole_second(departed_at - minutes(sender.chance, *_JOIN_MINUTES))
    officer = sender.chance.choice(sender.guards)
    source = Source(f"{officer.role}-{officer.officer}", officer.role, channel=Channel.RADIO)
    joined = sender.status(StatusKind.ESCORT_JOINED, at, source)
    return sender.send(replace(joined, box=box), at)


def _arrived(sender: Sender, sealed: tuple[str, str], at: EpochMs) -> Post:
    """Whoever receives the box reads its seal."""
    in_village = sender.plan.election.kind is ElectionKind.PILKADES
    role = Role.PANITIA if in_village else Role.PPK
    name = f"{role}-{kecamatan_of(sender.tps.code)}"
    arrived = sender.status(StatusKind.BOX_ARRIVED, at, Source(name, role, channel=Channel.APP))
    place = BoxPlace.KECAMATAN if in_village else BoxPlace.PPK
    box, seal = sealed
    event = replace(arrived, box=box, seal=seal, seal_intact=True, place=place)
    return sender.send(event, at)


def _transit_minutes(tps: Tps) -> int:
    return _TRANSIT_MINUTES if tps.transit_minutes is None else tps.transit_minutes
