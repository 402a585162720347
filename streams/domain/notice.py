"""A notice: what one destination must be told now, all of it in one record (contract §3).

Who is told is decided by the book, what a text looks like and how often it is tried by who sends
it. A notice names its destination by ladder, level, area and number of the contact in its file:
`OPS/polsek@36.04/1`. The address stands in the election folder alone.
"""

import re
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.alert import Alert, Change, Text
from streams.domain.ids import AlertId, AreaCode, ElectionId
from streams.domain.times import EpochMs
from streams.domain.words import Severity

__all__ = [
    "DESTINATION_PATTERN",
    "Destination",
    "Notice",
    "NoticeKind",
    "Post",
    "RolledUp",
    "Telling",
    "destination_of",
]

DESTINATION_PATTERN: Final = r"^[A-Za-z]+/[a-z][a-z0-9_]*@[0-9]{2}[0-9.-]*(/[1-9][0-9]*)?$(?!\n)"
"""Of the name of a destination: `OPS/polsek@36.04/1`."""
_DESTINATION: Final = re.compile(
    r"(?P<ladder>[A-Za-z]+)/(?P<level>[a-z0-9_]+)@(?P<area>[0-9.-]+)(?:/(?P<number>[0-9]+))?"
)


class Post(Struct, frozen=True, gc=False, order=True):
    """A level of a ladder, or an agency: `ladder` is then `AGENCY`, `level` its name."""

    ladder: str
    level: str


class Destination(Struct, frozen=True, gc=False, order=True):
    """Whom a notice is for; `number` counts the contacts of a post and area from 1, 0: nobody."""

    post: Post
    area: AreaCode
    number: int

    def __str__(self) -> str:
        """Return its name, which is the key of the record."""
        name = f"{self.post.ladder}/{self.post.level}@{self.area}"
        return f"{name}/{self.number}" if self.number else name


def destination_of(name: str) -> Destination:
    """Return the destination of a well-formed name."""
    found = _DESTINATION.fullmatch(name)
    assert found is not None, "names are checked where they come in"
    post = Post(found["ladder"], found["level"])
    return Destination(post, AreaCode(found["area"]), int(found["number"] or 0))


class NoticeKind(StrEnum):
    """What a notice wants."""

    CALL = "call"
    """Somebody must answer for an alert in it."""
    INFORM = "inform"
    """Nobody must answer: it has been taken on, it is over, it is another ladder's."""
    ROLL_UP = "roll_up"
    """A kecamatan has so many new alerts that they are told together."""


class Telling(Struct, frozen=True, gc=False, kw_only=True):
    """One alert, as one destination is told of it."""

    alert: Alert
    """As it is now."""
    change: Change
    """What it is told for."""
    kind: NoticeKind
    instead_of: str = ""
    """Level at which nobody is on duty, and for which this one is told."""
    unreached: tuple[str, ...] = ()
    """Of its route, whom nobody stands for in the folder: to be told by telephone."""
    flapping: bool = False
    """It has come and gone so often that coming and going is not told any more."""


class RolledUp(Struct, frozen=True, gc=False, kw_only=True):
    """The alerts of a kecamatan that are told together."""

    kecamatan: AreaCode
    since: EpochMs
    """When the first of them was held back."""
    opened: int
    """How many are new in the ten minutes before."""
    alerts: tuple[AlertId, ...]
    """All that are told of; the gravest are among the tellings as well."""


class Notice(Struct, frozen=True, gc=False, kw_only=True):
    """One record of `siaga.notices`."""

    id: AlertId
    """Kabupaten digits, dash, 16 base32 characters: of destination, alerts and revisions."""
    kabupaten: AreaCode
    destination: Destination
    kind: NoticeKind
    channel: str
    language: str
    election: ElectionId
    drill: bool
    restricted_to: tuple[str, ...]
    severity: Severity
    """That of the gravest alert."""
    at: EpochMs
    due_at: EpochMs | None
    """When the first alert climbs on, if nobody answers."""
    tellings: tuple[Telling, ...]
    """Empty where it is about no alert: then there is a message."""
    message: Text | None = None
    rolled_up: RolledUp | None = None
