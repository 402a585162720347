"""Who stands for a level of a ladder, or for an agency, in an area, at an hour.

`contacts.toml` names contacts for areas of any size. The longest match wins (contract §6): of those
who are on duty at that hour, for else a Polsek whose night has no number would reach nobody while
its kabupaten has one.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from streams.domain.ids import AreaCode, parents_of
from streams.domain.notice import Destination, Post
from streams.territory.plan import Contact, covers
from streams.territory.zone import clock_minutes

__all__ = ["Directory", "Listed"]


class Listed(Struct, frozen=True):
    """A contact, and how a notice names it."""

    contact: Contact
    destination: Destination

    def is_on_duty(self, minute: int) -> bool:
        """Tell whether it is told at a local minute of the day; an end may be on the next day."""
        if not self.contact.hours:
            return True
        start, end = (clock_minutes(part.strip()) for part in self.contact.hours.split("-"))
        assert start is not None, "hours are checked when they are read"
        assert end is not None, "hours are checked when they are read"
        return start <= minute < end if start < end else minute >= start or minute < end


class Directory(Struct, frozen=True):
    """All contacts of a folder, by what they stand for and where."""

    by_post: Mapping[Post, Mapping[AreaCode, tuple[Listed, ...]]]

    @classmethod
    def of(cls, contacts: Iterable[Contact]) -> "Directory":
        """Put contacts in order; those of one post and area are numbered as the file has them."""
        found: dict[Post, dict[AreaCode, tuple[Listed, ...]]] = {}
        for contact in contacts:
            post = Post(str(contact.ladder), contact.level)
            there = found.setdefault(post, {})
            known = there.get(contact.area, ())
            destination = Destination(post, contact.area, len(known) + 1)
            there[contact.area] = (*known, Listed(contact, destination))
        return cls(found)

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody is named at all."""
        return not self.by_post

    def is_staffed(self, post: Post, kabupaten: str) -> bool:
        """Tell whether anybody is named for a post in a kabupaten, at whatever place and hour."""
        areas = self.by_post.get(post, {})
        return any(covers(area, kabupaten) or covers(kabupaten, area) for area in areas)

    def on_duty(self, post: Post, place: str, minute: int) -> tuple[Listed, ...]:
        """Return who is told of a place at a local minute of the day: those of the narrowest area.

        Several contacts of one post and area are all told.
        """
        areas = self.by_post.get(post, {})
        for area in reversed(parents_of(place)):
            on_duty = tuple(one for one in areas.get(area, ()) if one.is_on_duty(minute))
            if on_duty:
                return on_duty
        return ()
