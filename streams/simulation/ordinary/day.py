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
from streams.simulation.ordinary.officers import officer_posts
from streams.simulation.ordinary.signal import ALWAYS, spells
from streams.simulation.ordinary.station import voting_posts, waiting_posts
from streams.simulation.played import Played
from streams.simulation.post import Post, chance_of, in_order
from streams.territory.plan import Plan

__all__ = ["noise_day", "noise_posts"]


def noise_day(plan: Plan, seed: int) -> tuple[Played, ...]:
    """Return a day of noise, in the order of receipt; another seed is another day."""
    return in_order(noise_posts(plan, seed))


def noise_posts(plan: Plan, seed: int) -> tuple[Post, ...]:
    """Return all messages of a day of noise, in no particular order."""
    offline = spells(plan, seed)
    posts: list[Post] = []
    boxes_in_at: dict[AreaCode, EpochMs] = {}
    for code, tps in plan.tps.items():
        desk = Desk(plan, tps, seed, offline.get(code, ALWAYS))
        boxes_in_at[code] = _collect(_station_posts(desk, seed), posts)
    for officer in plan.officers.values():
        posts += officer_posts(plan, officer, seed, boxes_in_at)
    posts += crowd_posts(plan, seed)
    posts += _redelivered(posts, seed)
    return tuple(posts)


def _station_posts(desk: Desk, seed: int) -> Generator[Post, None, EpochMs]:
    voted = yield from voting_posts(desk)
    finished_at = yield from counting_posts(desk, seed, voted)
    boxes_in_at = yield from box_posts(desk, finished_at)
    yield from waiting_posts(desk, chance_of(seed, "waiting", desk.tps.code), voted)
    return boxes_in_at


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
