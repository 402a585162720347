"""The whole day: every TPS, every officer, every voice, in the order of receipt."""

from collections.abc import Generator, Iterable, Iterator

from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.boxes import box_posts
from streams.simulation.ordinary.chances import wait
from streams.simulation.ordinary.counting import counting_posts
from streams.simulation.ordinary.crowd import crowd_posts
from streams.simulation.ordinary.desk import Desk
from streams.simulation.ordinary.kinds import ORDINARY, Day, DayKind
from streams.simulation.ordinary.officers import officer_posts
from streams.simulation.ordinary.signal import ALWAYS, spells
from streams.simulation.ordinary.station import voting_posts
from streams.simulation.played import Played
from streams.simulation.post import Post, chance_of, in_order
from streams.territory.plan import Plan

__all__ = ["noise_day", "noise_posts"]


def noise_day(plan: Plan, seed: int, kind: DayKind = ORDINARY) -> tuple[Played, ...]:
    """Return a day in the order of receipt; another seed is another day.

    Args:
        plan: The election.
        seed: Of the day.
        kind: An ordinary one, or one with its irregularities.
    """
    return in_order(noise_posts(plan, seed, kind))


def noise_posts(plan: Plan, seed: int, kind: DayKind = ORDINARY) -> tuple[Post, ...]:
    """Return all messages of a day, in no particular order."""
    day = Day(plan, seed, kind)
    offline = spells(day)
    posts: list[Post] = []
    boxes_in_at: dict[AreaCode, EpochMs] = {}
    for code, tps in plan.tps.items():
        desk = Desk(day, tps, offline.get(code, ALWAYS))
        boxes_in_at[code] = _collect(_station_posts(desk), posts)
    for officer in plan.officers.values():
        posts += officer_posts(day, officer, boxes_in_at)
    posts += crowd_posts(day)
    posts += _redelivered(posts, seed)
    return tuple(posts)


def _station_posts(desk: Desk) -> Generator[Post, None, EpochMs]:
    voted = yield from voting_posts(desk)
    finished_at = yield from counting_posts(desk, voted)
    return (yield from box_posts(desk, finished_at))


def _collect(posts: Generator[Post, None, EpochMs], into: list[Post]) -> EpochMs:
    """Take all posts; return what their maker returns."""
    while True:
        try:
            into.append(next(posts))
        except StopIteration as done:
            return EpochMs(done.value)


def _redelivered(posts: Iterable[Post], seed: int) -> Iterator[Post]:
    """Return some messages once more: gateways repeat what they believe to be lost."""
    chance = chance_of(seed, "again")
    for post in tuple(posts):
        if chance.random() < rates.REDELIVERED_SHARE:
            later = wait(chance, rates.REDELIVERED_MEAN_MINUTES)
            yield replace(post, received_at=EpochMs(post.received_at + later))
