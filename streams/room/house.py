"""What all handlers of the room share, and what a handler is told of who asks."""

from collections.abc import Callable
from typing import Final, Protocol

from msgspec import Struct

from streams.domain.times import EpochMs
from streams.room.audit import Audit
from streams.room.entry import Entry
from streams.room.feed import Feed
from streams.room.identity import IdentityProvider
from streams.room.journal import Journal
from streams.room.kinds import Kind
from streams.room.oidc import WaitingCookies
from streams.room.people import Asking, People
from streams.room.rights import ENDPOINTS, Person
from streams.room.settings import RoomSettings
from streams.room.sight import Sight, zoom_of
from streams.room.sse import Hub
from streams.territory.plan import covers
from streams.web.buckets import Buckets
from streams.web.message import Incoming
from streams.web.tracking import Tracker
from streams.web.writer import Writer
from streams.wire.records import Headers

__all__ = ["Day", "Federated", "House", "Observer", "Request", "Times"]

_DESKS: Final = {Kind.TRIAGE: "triage", Kind.LETTERS: "letters"}
"""Rows for which a token needs another scope than that of the stream."""


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

    def has_all(self, person: Person) -> bool:
        """Tell whether nothing that is watched lies outside a person's area."""
        if not person.area:
            return True
        planned = (one for plan in self.feed.names.plans for one in plan.tps_of_kabupaten)
        inside = [covers(person.area, one) for one in (*planned, *self.feed.model.pictures.clocks)]
        return bool(inside) and all(inside)


class Request(Struct, frozen=True):
    """What is asked, and by whom."""

    incoming: Incoming
    asking: Asking

    def sight(self, house: House) -> Sight:
        """Return what the person sees, with the kabupaten that is asked for."""
        person = self.asking.person
        known = house.feed.model.pictures.kabupaten()
        asked = self.incoming.query.get("zoom", "")
        return Sight(
            person.role,
            person.area,
            zoom_of(person.area, asked, known),
            has_all=house.has_all(person),
            shut=tuple(kind for kind, name in _DESKS.items() if not _opens(person, name)),
        )


def _opens(person: Person, endpoint: str) -> bool:
    return person.scopes is None or ENDPOINTS[endpoint].scope in person.scopes
