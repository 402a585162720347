"""A house of the room without Kafka: a model that documents are put into, users, and a writer.

Time stands still, and what is written is remembered.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import httpx
import msgspec
from starlette.types import ASGIApp

from streams.domain.times import EpochMs
from streams.engine.topics import Topic
from streams.room.arrived import Arrived
from streams.room.assets import Assets
from streams.room.audit import Audit
from streams.room.entry import Entry
from streams.room.feed import Feed
from streams.room.health import Health
from streams.room.house import Day, House, Times
from streams.room.journal import Kept, kept_of
from streams.room.lockout import Lockout
from streams.room.model import Model
from streams.room.passwords import Passwords
from streams.room.people import People
from streams.room.sessions import Sessions
from streams.room.settings import RoomSettings
from streams.room.sse import Hub
from streams.room.users import Users
from streams.room.web import build_room
from streams.sinks.secret import Secret
from streams.web.buckets import Buckets
from streams.web.doors import Web
from streams.web.settings import AccessLog
from streams.web.tracking import Tracker
from streams.web.writer import Record, Writer
from streams.wire.accept import UNSAFE_PSEUDONYM_KEY
from streams.wire.documents import AlertDocument, ReplyDocument, TriageDocument
from streams.wire.picture import AreaPicture, TpsPicture, encode
from streams.wire.records import Headers

__all__ = ["Memory", "Shelf", "Unseen", "app_of", "arrived", "client_of", "house_of", "put_in"]

_SECRET: Final = "a secret of the tests, long enough for it"

Document = AlertDocument | TriageDocument | ReplyDocument | AreaPicture | TpsPicture
_TOPICS: Final = {
    AlertDocument: (Topic.ALERTS, Topic.RESTRICTED_ALERTS),
    TriageDocument: (Topic.TRIAGE, Topic.RESTRICTED_TRIAGE),
}


class Memory:
    """Remembers what was written."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    async def is_ready(self) -> bool:
        """Say that it takes records."""
        return True

    async def put(self, records: Sequence[Record]) -> None:
        """Take records."""
        self.records += records


class Shelf:
    """A journal in memory: the values of records by `partition:offset`."""

    def __init__(self, values: dict[str, bytes] | None = None) -> None:
        self.values = {} if values is None else values
        self.asked = list[str]()

    async def kept(self, offsets: Collection[str]) -> Mapping[str, Kept]:
        """Return the events at some offsets."""
        self.asked += offsets
        found = {one: kept_of(self.values[one]) for one in offsets if one in self.values}
        return {offset: kept for offset, kept in found.items() if kept is not None}


class Unseen:
    """Counts nothing but commands and clients."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, str]] = []
        self.clients = 0

    def on_clients(self, change: int) -> None:
        """Count who is connected."""
        self.clients += change

    def on_event(self, kind: str, size: int, seconds: float) -> None:
        """Look away."""

    def on_command(self, kind: str, outcome: str) -> None:
        """Remember an order."""
        self.commands.append((kind, outcome))

    def on_request(self, route: str, status: int, reason: str, seconds: float) -> None:
        """Look away."""

    def on_events(self, topic: str, count: int) -> None:
        """Look away."""


def arrived(
    topic: str, key: str, value: bytes | None, at: EpochMs, headers: Headers = ()
) -> Arrived:
    """Return a record."""
    return Arrived(topic, 0, 0, at, key.encode(), value, headers)


def put_in(model: Model, *documents: Document, at: EpochMs) -> Model:
    """Let documents arrive on the topics that they belong to, and return the model."""
    for one in documents:
        match one:
            case AlertDocument() | TriageDocument():
                topic = _TOPICS[type(one)][bool(one.restricted_to)]
                model.apply(arrived(topic, one.id, msgspec.json.encode(one), at))
            case ReplyDocument():
                model.apply(arrived(Topic.REPLIES, one.command, msgspec.json.encode(one), at))
            case AreaPicture() | TpsPicture():
                model.apply(arrived(Topic.PICTURE, one.code, encode(one), at))
    return model


def house_of(
    feed: Feed,
    users: Callable[[], Users],
    writer: Writer,
    passwords: Passwords,
    clocks: tuple[Callable[[], Day], Callable[[], float]],
) -> House:
    """Return a house over a feed, with an empty journal.

    Its clocks are the day's, and one that never goes back.
    """
    day, steady_s = clocks
    settings = RoomSettings()
    sessions = Sessions([Secret(_SECRET)], settings.lasting)
    observer = Unseen()
    numbers = iter(range(1, 1_000_000))
    return House(
        settings=settings,
        feed=feed,
        hub=Hub(feed, "tests", observer, lambda: True),
        people=People(users, sessions, secure=False),
        entry=Entry(passwords, Lockout()),
        writer=writer,
        journal=Shelf(),
        tracker=Tracker(feed.names.plans, feed.names.areas, UNSAFE_PSEUDONYM_KEY),
        buckets=Buckets(),
        times=Times(lambda: EpochMs(time.time_ns() // 1_000_000), steady_s),
        day=day,
        unique=lambda: f"unique-of-the-tests-{next(numbers)}",
        audit=Audit(_SECRET.encode()),
        observer=observer,
    )


def app_of(house: House, assets: Assets | None = None) -> ASGIApp:
    """Return the real application over a house."""
    health = Health(time.monotonic)
    health.answered()
    health.told("")
    health.is_caught_up = True
    return build_room(house, assets or Assets(), health, Web(Unseen(), 5.0, AccessLog.NONE))


def client_of(app: ASGIApp) -> httpx.AsyncClient:
    """Return a browser, without a socket."""
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://room.example")
