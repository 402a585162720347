"""What all handlers of the room share, and what a handler is told of who asks."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from streams.domain.times import EpochMs
from streams.room.audit import Audit
from streams.room.entry import Entry
from streams.room.feed import Feed
from streams.room.identity import IdentityProvider
from streams.room.oidc import WaitingCookies
from streams.room.people import Asking, People
from streams.room.settings import RoomSettings
from streams.room.sight import Sight, zoom_of
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
    tracker: Tracker
    buckets: Buckets
    times: Times
    day: Callable[[], Day]
    unique: Callable[[], str]
    """Another random word each time."""
    audit: Audit
    observer: Observer
    federated: Federated | None = None


class Request(Struct, frozen=True):
    """What is asked, and by whom."""

    incoming: Incoming
    asking: Asking

    def sight(self, house: House) -> Sight:
        """Return what the person sees, with the kabupaten that is asked for."""
        person = self.asking.person
        known = house.feed.model.pictures.kabupaten()
        asked = self.incoming.query.get("zoom", "")
        return Sight(person.role, person.area, zoom_of(person.area, asked, known))
