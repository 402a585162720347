"""Which kabupaten are watched, and so what each person sees now.

What somebody sees follows from who he is, from what he asks for, and from the kabupaten that the
picture tells of. These come while topics are read, and when an election begins or ends, so a sight
is never kept: it is asked for again, at each beat of a stream too. What there is to work out is
worked out once for all of one area, until another kabupaten comes or one goes.
"""

from typing import Final, NamedTuple

from streams.domain.ids import provinsi_of
from streams.room.kinds import Kind
from streams.room.names import Names
from streams.room.pictures import Pictures
from streams.room.rights import ENDPOINTS, Person
from streams.room.sight import Sight, zoom_of
from streams.territory.plan import covers

__all__ = ["Part", "Watched"]

_DOORS: Final = {Kind.TRIAGE: "triage", Kind.LETTERS: "letters", Kind.REPLIES: "reply"}
"""Rows for which a token needs another scope than that of the stream."""


class Part(NamedTuple):
    """What of all that is watched somebody's area has."""

    kabupaten: frozenset[str]
    """Of which there is a picture: in the area, or with the area in it."""
    provinces: frozenset[str]
    """Those above them."""
    is_all: bool
    """Nothing that is watched lies outside."""
    judged: frozenset[str]
    """Those of `kabupaten` whose clocks count: they are in an election of this room. All of them,
    where none is: nobody removes the pictures of an election that is over, nor their clocks."""


class Watched:
    """The kabupaten of the picture, as they are now."""

    def __init__(self, pictures: Pictures, names: Names) -> None:
        """Begin with those of the picture."""
        self._pictures = pictures
        self._names = names
        self._known: frozenset[str] = frozenset(pictures.clocks)
        self._parts: dict[str, Part] = {}

    def look(self) -> None:
        """Look whether another kabupaten has come, or one has gone."""
        if self._known != self._pictures.clocks.keys():
            self._known = frozenset(self._pictures.clocks)
            self._parts.clear()

    def part(self, area: str) -> Part:
        """Return what an area has; empty: everywhere."""
        if area not in self._parts:
            self._parts[area] = self._made(area)
        return self._parts[area]

    def sight(self, person: Person, asked: str) -> Sight:
        """Return what somebody sees; `asked` is any area in the kabupaten that he looks at."""
        part = self.part(person.area)
        return Sight(
            person.role,
            person.area,
            zoom_of(asked, part.kabupaten),
            has_all=part.is_all,
            shut=tuple(kind for kind, name in _DOORS.items() if not _opens(person, name)),
        )

    def _made(self, area: str) -> Part:
        known = self._known
        seen = {one for one in known if covers(area, one) or covers(one, area)} if area else known
        planned = {one for plan in self._names.plans for one in plan.tps_of_kabupaten}
        inside = [covers(area, one) for one in (*planned, *known)] if area else [True]
        provinces = frozenset(provinsi_of(one) for one in seen)
        is_all = bool(inside) and all(inside)
        return Part(frozenset(seen), provinces, is_all, frozenset(seen & planned or seen))


def _opens(person: Person, endpoint: str) -> bool:
    return person.scopes is None or ENDPOINTS[endpoint].scope in person.scopes
