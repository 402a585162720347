"""What all handlers of the room share, and what a handler is told of who asks."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from streams.domain.times import EpochMs
from streams.room.audit import Audit
from streams.room.borders import NO_BORDERS, Borders
from streams.room.entry import Entry
from streams.room.feed import Feed
from streams.room.identity import IdentityProvider
from streams.room.journal import Journal
from streams.room.oidc import WaitingCookies
from streams.room.people import Asking, People
from streams.room.rights import Person
from streams.room.settings import RoomSettings
from streams.room.sight import Sight
from streams.room.sse import Hub
from streams.web.buckets import Buckets
from streams.web.message import Incoming
from streams.web.tracking import Tracker
from streams.web.writer import Writer
from streams.wire.records import Headers

__all__ = ["Day", "Federated", "House", "Observer", "Request", "Times"]


class Times(Struct, frozen=True):
    """The clocks of a process."""

    wall_ms: Callable[[], EpochMs]
    steady_s: Callable[[], float]
    """Seconds that never go back."""


class Day(Struct, frozen=True):
    """When something that is sent counts as done."""

    at: EpochMs
    headers: Headers
    """Of a played day: its clock."""


class Observer(Protocol):
    """Is told what people order; the telemetry of the process."""

    def on_command(self, kind: str, outcome: str) -> None:
        """Count an order: `sent`, or why it was not."""
        ...


class Federated(Struct, frozen=True):
    """Logging in by somebody else's word."""

    provider: IdentityProvider
    waiting: WaitingCookies


class House(Struct, frozen=True):
    """What handlers are made of."""

    settings: RoomSettings
    feed: Feed
    hub: Hub
    people: People
    entry: Entry
    writer: Writer
    journal: Journal
    tracker: Tracker
    buckets: Buckets
    times: Times
    day: Callable[[], Day]
    unique: Callable[[], str]
    """Another random word each time."""
    audit: Audit
    observer: Observer
    federated: Federated | None = None
    borders: Borders = NO_BORDERS
    version: Callable[[], str] = str
    """Of the page's files; empty: there are none."""

    def has_all(self, person: Person) -> bool:
        """Tell whether nothing that is watched lies outside a person's area."""
        return self.feed.watched.part(person.area).is_all


class Request(Struct, frozen=True):
    """What is asked, and by whom."""

    incoming: Incoming
    asking: Asking

    def sight(self, house: House) -> Sight:
        """Return what the person sees, with the kabupaten that is asked for."""
        asked = self.incoming.query.get("zoom", "")
        return house.feed.watched.sight(self.asking.person, asked)
