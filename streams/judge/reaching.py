"""Finds who is told for a post: its contacts in the folder, or those of the level above."""

from typing import Final

from msgspec import Struct

from streams.alerts.ladder import levels_of
from streams.domain.alert import AGENCY, Ladder
from streams.domain.ids import AreaCode, kabupaten_of
from streams.domain.notice import Destination, Post
from streams.domain.times import DAY_MS, MINUTE_MS, EpochMs
from streams.judge.world import Watched

__all__ = ["Addressee", "Reached", "addressee_of", "reached"]

_DAY_MINUTES: Final = DAY_MS // MINUTE_MS


class Addressee(Struct, frozen=True):
    """Who is told, by which channel, in which language."""

    destination: Destination
    channel: str
    language: str


class Reached(Struct, frozen=True):
    """Who is told for a post, and at which level if nobody is at its own."""

    addressees: tuple[Addressee, ...]
    post: Post
    instead_of: str

    @property
    def contacts(self) -> int:
        """How many people are told; 0: nobody is named."""
        return sum(one.destination.number > 0 for one in self.addressees)


def reached(watched: Watched, place: AreaCode, post: Post, now: EpochMs) -> Reached:
    """Return who is told for a post: its contacts, else those of the next level that has some.

    Where nobody is named all the way up, it is the post itself that is told: a screen may show it.
    """
    minute = (now // MINUTE_MS + watched.plan.offset_minutes(place)) % _DAY_MINUTES
    for one in _upward(post, watched.plan.election.kind):
        listed = watched.directory.on_duty(one, place, minute)
        if listed:
            addressees = tuple(
                Addressee(each.destination, each.contact.channel, each.contact.language)
                for each in listed
            )
            return Reached(addressees, one, "" if one == post else post.level)
    return Reached((_nobody(watched, place, post),), post, "")


def _nobody(watched: Watched, place: AreaCode, post: Post) -> Addressee:
    destination = Destination(post, kabupaten_of(place), number=0)
    return Addressee(destination, "", watched.plan.election.languages[0])


def _upward(post: Post, kind: str) -> tuple[Post, ...]:
    if post.ladder == AGENCY:
        return (post,)
    levels = levels_of(Ladder(post.ladder), kind)
    return tuple(Post(post.ladder, level) for level in levels[levels.index(post.level) :])


def addressee_of(watched: Watched, destination: Destination) -> Addressee:
    """Return who a destination is; a folder that was changed meanwhile may not name it."""
    for one in watched.directory.by_post.get(destination.post, {}).get(destination.area, ()):
        if one.destination == destination:
            return Addressee(destination, one.contact.channel, one.contact.language)
    return Addressee(destination, "", watched.plan.election.languages[0])
