"""A played day: what is ordinary, and the story in it.

The ordinary part holds what a control room sees when nothing is wrong: every TPS, every officer,
the noise of the crowd, messages that come late, twice or broken, from the materials of the evening
before until the last box is in. It raises no alert, whatever the seed; a story puts into it what
does.

Where the story has unrest or leaves out what officers say of a place, those of the desa are called
by radio, and who waits for a box that it delays goes on checking in. Else they know nothing of it.

A thing of the day draws its luck from the seed and its own name alone. So a TPS that a story
silences changes nothing anywhere else.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from streams.domain.alert import Change
from streams.domain.events import StatusKind
from streams.domain.ids import AreaCode, area_kind, desa_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import AreaKind
from streams.simulation.noise import noise_posts
from streams.simulation.patrol import NO_DELAY, Unrest, called_posts, patrol_posts
from streams.simulation.played import Played
from streams.simulation.post import Post, chance_of, in_order, minutes
from streams.simulation.spoiled import spoiled_posts
from streams.simulation.station import boxes_in_at, station_posts
from streams.simulation.story import Story, with_story
from streams.territory.plan import Plan

__all__ = ["ordinary_day", "ordinary_morning", "played_day"]

_REDELIVERED_SHARE: Final = 0.01
_REDELIVERED_MINUTES: Final = (0.02, 5.0)
_AFTER_CLOSING_MS: Final = 30 * MINUTE_MS
"""What of a day is its morning."""
_UNREST: Final = "KAM-"
"""How the categories begin after which officers are asked for more often (W10)."""


def played_day(plan: Plan, seed: int, story: Story | None = None) -> tuple[Played, ...]:
    """Return a morning, or as much of the day as a story needs, in the order of receipt.

    Args:
        plan: The election.
        seed: Another one is another day, in which the same story happens.
        story: None: nothing happens.
    """
    if story is None:
        return in_order(ordinary_morning(plan, seed))
    unrest = (*_unrest_of(story), *_unheard_in(story))
    called = (
        post
        for officer in plan.officers.values()
        for post in called_posts(plan, officer, seed, unrest)
    )
    ordinary = ordinary_day(plan, seed, _late_boxes_of(plan, story))
    return in_order(with_story((*ordinary, *called), story))


def ordinary_morning(plan: Plan, seed: int) -> tuple[Post, ...]:
    """Return what is written until half an hour after the last TPS should close."""
    ends = max(tps.closes_at for tps in plan.tps.values()) + _AFTER_CLOSING_MS
    return tuple(post for post in ordinary_day(plan, seed) if post.at < ends)


def ordinary_day(
    plan: Plan, seed: int, late: Mapping[AreaCode, EpochMs] = NO_DELAY
) -> tuple[Post, ...]:
    """Return all messages of a day without incidents, in no particular order.

    Args:
        plan: The election.
        seed: Another one is another day.
        late: TPS of which officers wait for a box that comes later than on any such day.
    """
    posts = [post for tps in plan.tps.values() for post in station_posts(plan, tps, seed)]
    for officer in plan.officers.values():
        posts += patrol_posts(plan, officer, seed, late)
    posts += noise_posts(plan, seed)
    posts += _redelivered(posts, seed)
    posts += spoiled_posts(plan, seed)
    return tuple(posts)


def _unrest_of(story: Story) -> Iterator[Unrest]:
    """Return the unrest that a story expects to be told; until it ends nobody trusts the calm."""
    for line in story.expected:
        in_desa = area_kind(line.scope) in {AreaKind.DESA, AreaKind.TPS}
        if line.change is Change.OPENED and line.key.startswith(_UNREST) and in_desa:
            yield Unrest(desa_of(line.scope), line.at, story.ends)


def _unheard_in(story: Story) -> Iterator[Unrest]:
    """Return where a story leaves out what officers say; by radio they are still there."""
    for one in story.incidents:
        for mute in one.mutes:
            if not mute.only or StatusKind.CHECKIN in mute.only:
                places = (name for name in mute.names if area_kind(name) is not None)
                for desa in {desa_of(name) for name in places}:
                    yield Unrest(desa, mute.starts, mute.ends)


def _late_boxes_of(plan: Plan, story: Story) -> Mapping[AreaCode, EpochMs]:
    """Return when the boxes are in that a story delays."""
    late: dict[AreaCode, EpochMs] = {}
    for post in story.posts:
        tps = plan.tps.get(AreaCode(post.tps))
        if tps is not None and post.kind == StatusKind.BOX_ARRIVED:
            usual = late.get(tps.code, boxes_in_at(plan, tps))
            late[tps.code] = max(usual, post.at)
    return late


def _redelivered(posts: Iterable[Post], seed: int) -> Iterator[Post]:
    """Return some messages once more: gateways repeat what they believe to be lost."""
    chance = chance_of(seed, "redelivery")
    for post in tuple(posts):
        if chance.random() < _REDELIVERED_SHARE:
            again = EpochMs(post.received_at + minutes(chance, *_REDELIVERED_MINUTES))
            yield replace(post, received_at=again)
