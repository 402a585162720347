"""A played morning: what is ordinary, and the story in it.

The ordinary part holds what a control room sees when nothing is wrong: every TPS, every officer,
the noise of the crowd, messages that come late, twice or broken. It raises no alert, whatever the
seed; a story puts into it what does.

A thing of the day draws its luck from the seed and its own name alone. So a TPS that a story
silences changes nothing anywhere else.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from streams.domain.times import EpochMs
from streams.simulation.noise import noise_posts
from streams.simulation.patrol import patrol_posts
from streams.simulation.played import Played
from streams.simulation.post import Post, chance_of, in_order, minutes
from streams.simulation.spoiled import spoiled_posts
from streams.simulation.station import station_posts
from streams.simulation.story import Story, with_story
from streams.territory.plan import Plan

__all__ = ["ordinary_morning", "played_morning"]

_REDELIVERED_SHARE: Final = 0.01
_REDELIVERED_MINUTES: Final = (0.02, 5.0)


def played_morning(plan: Plan, seed: int, story: Story | None = None) -> tuple[Played, ...]:
    """Return a morning in the order of receipt.

    Args:
        plan: The election.
        seed: Another one is another morning, in which the same story happens.
        story: None: nothing happens.
    """
    posts = ordinary_morning(plan, seed)
    return in_order(posts if story is None else with_story(posts, story))


def ordinary_morning(plan: Plan, seed: int) -> tuple[Post, ...]:
    """Return all messages of a morning without incidents, in no particular order."""
    posts = [post for tps in plan.tps.values() for post in station_posts(plan, tps, seed)]
    for officer in plan.officers.values():
        posts += patrol_posts(plan, officer, seed)
    posts += noise_posts(plan, seed)
    posts += _redelivered(posts, seed)
    posts += spoiled_posts(plan, seed)
    return tuple(posts)


def _redelivered(posts: Iterable[Post], seed: int) -> Iterator[Post]:
    """Return some messages once more: gateways repeat what they believe to be lost."""
    chance = chance_of(seed, "redelivery")
    for post in tuple(posts):
        if chance.random() < _REDELIVERED_SHARE:
            again = EpochMs(post.received_at + minutes(chance, *_REDELIVERED_MINUTES))
            yield replace(post, received_at=again)
