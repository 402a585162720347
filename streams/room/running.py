"""A room on Kafka: what it reads, what it writes to, and everything that goes on meanwhile.

    topics ─► follow ─► model      health asks Kafka        users are looked at again
                          └─► hub beats ─► streams          the application answers

It answers from the first moment, and says that it is not ready until all was read.
"""

import asyncio
import gc
import logging
import os
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final, NoReturn, Protocol

from msgspec import Struct

from streams.config import ClockSource, Config
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.follow import Followed, follow
from streams.engine.ports import RecordView, Slot
from streams.errors import InputError
from streams.room.arrived import Arrived
from streams.room.audit import Audit
from streams.room.borders import Borders
from streams.room.entry import Entry
from streams.room.feed import Feed
from streams.room.health import Health
from streams.room.house import Day, Federated, House, Times
from streams.room.house import Observer as CommandObserver
from streams.room.identity import IdentityProvider, client_secret, open_client
from streams.room.journal_reader import KafkaJournal
from streams.room.lockout import Lockout
from streams.room.model import TOPICS, Model
from streams.room.names import Names
from streams.room.oidc import WaitingCookies
from streams.room.passwords import Passwords
from streams.room.people import People
from streams.room.sessions import Sessions
from streams.room.settings import RoomSettings
from streams.room.sse import Hub, StreamObserver
from streams.room.users_file import WatchedUsers
from streams.sinks.secret import Secret
from streams.web.buckets import Buckets
from streams.web.following import FOLLOWING, ending_with
from streams.web.tracking import Tracker
from streams.web.writer import KafkaWriter
from streams.wire.clock import CLOCK_HEADER

__all__ = ["Observer", "RoomParts", "keep_running", "made_house"]

_LOOK_S: Final = 2.0
_TELL_S: Final = 1.0
_REPLICA_BYTES: Final = 4
_UNIQUE_BYTES: Final = 16
_log: Final = logging.getLogger(__name__)


class Observer(CommandObserver, StreamObserver, Protocol):
    """Is told of everything in the room."""

    def on_picture(self, now_s: float) -> None:
        """Tell how old the picture is: the oldest `now` of a kabupaten, in seconds since 1970."""
        ...

    def on_skipped(self) -> None:
        """Count a record that could not be read."""
        ...


class RoomParts(Struct, frozen=True):
    """What a room is made of, read before the first request."""

    config: Config
    settings: RoomSettings
    session_secrets: Sequence[Secret]
    users: WatchedUsers
    names: Names
    borders: Borders
    tracker: Tracker
    observer: Observer


def made_house(parts: RoomParts, writer: KafkaWriter, health: Health) -> House:
    """Return the house of a room."""
    settings, keys = parts.settings, parts.session_secrets
    model = Model(parts.names.restricted)
    feed = Feed(model, parts.names)
    replica = secrets.token_hex(_REPLICA_BYTES)
    sessions = Sessions(keys, settings.lasting)
    return House(
        settings=settings,
        feed=feed,
        hub=Hub(feed, replica, parts.observer, lambda: not health.problem),
        people=People(lambda: parts.users.users, sessions, secure=settings.is_secure),
        entry=Entry(Passwords(), Lockout()),
        writer=writer,
        journal=KafkaJournal(parts.config.broker, parts.config.prefix, settings.limits.kafka_s),
        tracker=parts.tracker,
        buckets=Buckets(),
        times=Times(_wall_ms, time.monotonic),
        day=_day_of(parts.config, model),
        unique=lambda: f"room-{secrets.token_hex(_UNIQUE_BYTES)}",
        audit=Audit(keys[0].reveal().encode()),
        observer=parts.observer,
        federated=_federated(parts),
        borders=parts.borders,
    )


@asynccontextmanager
async def keep_running(parts: RoomParts, house: House, health: Health) -> AsyncGenerator[None]:
    """Read topics, beat, and look at Kafka and at the users, for the time of the block.

    Raises:
        UnavailableError: One of these has ended, which none does by itself; the block is cancelled.
    """

    def caught_up() -> None:
        house.feed.model.settle()
        health.is_caught_up = True
        # What was read stays for long: looking through it for garbage would make streams stutter.
        gc.collect()
        gc.freeze()
        _log.info("the room has read what is there: %d alerts", len(house.feed.model.alerts))

    topics = Followed(
        parts.config.broker,
        parts.config.prefix,
        TOPICS,
        _reader(parts, house),
        caught_up,
        health.told,
    )
    assert isinstance(house.writer, KafkaWriter), "on Kafka"
    assert isinstance(house.journal, KafkaJournal), "on Kafka"
    works = {
        FOLLOWING: follow(topics),
        "the beat of the streams": house.hub.run(),
        "the asking of Kafka": health.watch(house.writer.answers),
        "the looking at the users": _look_at_users(parts.users),
        "the telling of the picture": _tell_of_picture(house.feed.model, parts.observer),
    }
    tasks = [asyncio.create_task(work, name=name) for name, work in works.items()]
    try:
        with ending_with(*tasks):
            yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await house.journal.close()


def _reader(parts: RoomParts, house: House) -> Callable[[Slot, RecordView], None]:
    model = house.feed.model

    def each(slot: Slot, record: RecordView) -> None:
        arrived = Arrived(
            slot.topic,
            slot.partition,
            record.offset,
            EpochMs(record.timestamp),
            record.key,
            record.value,
            tuple(record.headers),
        )
        try:
            model.apply(arrived)
        except InputError as error:
            parts.observer.on_skipped()
            _log.warning("%s/%d at %d: %s", slot.topic, slot.partition, record.offset, error)

    return each


def _day_of(config: Config, model: Model) -> Callable[[], Day]:
    """Return who says when something happens: of a played day it is the player."""

    def live() -> Day:
        return Day(_wall_ms(), ())

    def played() -> Day:
        clocks = model.pictures.clocks.values()
        now = max((one.now for one in clocks), default=model.newest_at or _wall_ms())
        return Day(now, ((CLOCK_HEADER, b"%d" % now),))

    return played if config.clock is ClockSource.PLAYED else live


def _federated(parts: RoomParts) -> Federated | None:
    oidc = parts.settings.oidc
    if oidc is None:
        return None
    secret = client_secret(oidc, os.environ)
    provider = IdentityProvider(
        oidc, parts.settings.public_url, secret, open_client(oidc), _wall_ms
    )
    return Federated(provider, WaitingCookies(parts.session_secrets))


async def _look_at_users(users: WatchedUsers) -> NoReturn:
    while True:
        await asyncio.sleep(_LOOK_S)
        users.look()


async def _tell_of_picture(model: Model, observer: Observer) -> NoReturn:
    while True:
        observer.on_picture(model.pictures.oldest_now / SECOND_MS)
        await asyncio.sleep(_TELL_S)


def _wall_ms() -> EpochMs:
    return EpochMs(int(time.time() * SECOND_MS))
