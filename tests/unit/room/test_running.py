"""What goes on beside the answers of a room: when one of it ends, the room does."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn, cast

import pytest
from msgspec.structs import replace

from streams.config import Config
from streams.engine.follow import Followed
from streams.errors import UnavailableError
from streams.room.health import Health
from streams.room.house import House
from streams.room.journal_reader import KafkaJournal
from streams.room.running import Observer, RoomParts, keep_running
from streams.room.users_file import WatchedUsers, change_users
from streams.sinks.secret import Secret
from streams.web.writer import KafkaWriter, Patience
from tests.support.room_houses import Unseen
from tests.unit.room.people import USERS
from tests.unit.room.rooms import Room

_PATIENCE_S: Final = 20


class Broken(Exception):  # noqa: N818 - Nothing of ours raises it.
    """Something that nobody has thought of."""


def _breaks(*_arguments: object) -> NoReturn:
    raise Broken


class _Kafka:
    """A producer whose broker answers."""

    @property
    def client(self) -> "_Kafka":
        return self

    async def force_metadata_update(self) -> bool:
        return True


class _Looking(Unseen):
    def on_picture(self, now_s: float) -> None:
        """Look away."""

    def on_skipped(self) -> None:
        """Look away."""


class Running:
    """All that `keep_running` keeps going, without a broker."""

    def __init__(self, folder: Path) -> None:
        file = folder / "users.toml"
        change_users(file, lambda _: USERS)
        room = Room()
        self.kafka, self.observer, self.users = _Kafka(), _Looking(), WatchedUsers(file)
        writer = KafkaWriter(cast("Any", self.kafka), "", Patience(1.0, 1), lambda _value: ())
        journal = KafkaJournal("broker.invalid:9092", "", 1.0)
        self.house: House = replace(room.house, writer=writer, journal=journal)
        self.parts = RoomParts(
            Config(),
            room.house.settings,
            [Secret("a secret of the tests, long enough")],
            self.users,
            room.feed.names,
            room.house.borders,
            room.house.tracker,
            cast("Observer", self.observer),
        )

    async def run(self) -> None:
        """Keep it running until it ends by itself."""
        async with (
            asyncio.timeout(_PATIENCE_S),
            keep_running(self.parts, self.house, Health(time.monotonic)),
        ):
            await asyncio.Event().wait()


async def _follows(_followed: Followed) -> NoReturn:
    await asyncio.Event().wait()
    raise AssertionError("it waits for ever")


Break = Callable[[Running, pytest.MonkeyPatch], None]


def _break_follow(_running: Running, patch: pytest.MonkeyPatch) -> None:
    async def fails(_followed: Followed) -> NoReturn:
        raise Broken

    patch.setattr("streams.room.running.follow", fails)


def _break_beat(running: Running, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(running.house.feed, "tick", _breaks)


def _break_asking(running: Running, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(running.kafka, "force_metadata_update", _breaks)


def _break_users(running: Running, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(running.users, "look", _breaks)


def _break_picture(running: Running, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(running.observer, "on_picture", _breaks)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (_break_follow, "the following of Kafka's topics"),
        (_break_beat, "the beat of the streams"),
        (_break_asking, "the asking of Kafka"),
        (_break_users, "the looking at the users"),
        (_break_picture, "the telling of the picture"),
    ],
)
def test_a_room_of_which_a_part_has_ended_ends(
    broken: Break, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what it was, so that a supervisor starts another: it would stand still and look well."""
    running = Running(tmp_path)
    monkeypatch.setattr("streams.room.running.follow", _follows)
    monkeypatch.setattr("streams.room.running._LOOK_S", 0)
    broken(running, monkeypatch)
    with pytest.raises(UnavailableError, match=f"{words} has ended") as caught:
        asyncio.run(running.run())
    assert isinstance(caught.value.__cause__, Broken)
