"""Storms: a kecamatan with so many new alerts that they are told together.

    CALM --more than NEW_MAX new alerts within WINDOW_MS--> STORM
    STORM --something to tell--> held back, and told together after HELD_MS
    STORM --NEW_MAX or fewer within WINDOW_MS, and nothing held back--> CALM

More than ten new alerts in ten minutes are a flood, which nobody can read one by one (ISA-18.2 and
EEMUA 191, by their summaries). Nothing is dropped: what is held back is told with all its alerts.
A critical alert is never held back, and is not part of this.
"""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.ids import AlertId, AreaCode
from streams.domain.notice import Destination, Post
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs

__all__ = [
    "HELD_MS",
    "NEW_MAX",
    "WINDOW_MS",
    "Held",
    "Storm",
    "flushed",
    "hold_back",
    "opened",
    "told_apart",
]

NEW_MAX: Final = 10
WINDOW_MS: Final = 10 * MINUTE_MS
HELD_MS: Final = 30 * SECOND_MS
"""What is held back waits for the others at most so long."""


class Held(Struct, frozen=True, gc=False, array_like=True):
    """An alert that a destination is to be told of together with others."""

    ladder: str
    level: str
    area: AreaCode
    number: int
    alert: AlertId

    @property
    def destination(self) -> Destination:
        """Whom it is for."""
        return Destination(Post(self.ladder, self.level), self.area, self.number)


class Storm(Struct, frozen=True, gc=False, array_like=True):
    """How many alerts of a kecamatan are new, and what is held back."""

    opened: tuple[EpochMs, ...] = ()
    """The newest, `NEW_MAX` + 1 at most."""
    held: tuple[Held, ...] = ()
    """An alert that changes again is in it again; it is told once."""
    since: EpochMs = EpochMs(0)
    """When the first of them was held back."""

    def new_at(self, now: EpochMs) -> int:
        """Return how many were new within the window; all above `NEW_MAX` are one more."""
        return sum(at > now - WINDOW_MS for at in self.opened)

    def rages(self, now: EpochMs) -> bool:
        """Tell whether alerts are told together."""
        return self.new_at(now) > NEW_MAX


def opened(storm: Storm, now: EpochMs) -> Storm:
    """Take in that an alert is new."""
    return replace(storm, opened=(*storm.opened, now)[-NEW_MAX - 1 :])


def hold_back(storm: Storm, destination: Destination, alert: AlertId, now: EpochMs) -> Storm:
    """Keep what a destination must be told, for `flushed`."""
    post = destination.post
    one = Held(post.ladder, post.level, destination.area, destination.number, alert)
    since = storm.since if storm.held else now
    return replace(storm, held=(*storm.held, one), since=since)


def told_apart(storm: Storm, destination: Destination, alert: AlertId) -> Storm:
    """Take in that a destination was told of an alert at once: it need not be told again."""
    left = tuple(one for one in storm.held if (one.alert, one.destination) != (alert, destination))
    return storm if len(left) == len(storm.held) else replace(storm, held=left)


def flushed(storm: Storm, now: EpochMs) -> Storm | None:
    """Return the storm after all that was held back has been told; None: it is over."""
    return replace(storm, held=()) if storm.rages(now) else None
