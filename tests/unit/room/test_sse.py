"""The stream of a browser: where it begins, what it goes on with, and why it ends."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final

from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.room.feed import Feed
from streams.room.model import Model
from streams.room.names import Names
from streams.room.rights import Person
from streams.room.sse import Hub, Viewer
from tests.support.room_houses import Unseen, put_in
from tests.support.shown import shown
from tests.unit.room.documents import NOW, area, reply
from tests.unit.room.test_feed import SESSION

_PERSON: Final = Person(user=SESSION.user, name=SESSION.name, role=SESSION.role, area=SESSION.area)
_VIEWER: Final = Viewer(_PERSON, "36.04", lambda: SESSION, lambda: True, lambda _rows: None)


class Watched:
    """A hub, and whether somebody may still listen."""

    def __init__(self) -> None:
        self.feed = Feed(put_in(Model(), shown(), area(), at=NOW), Names())
        self.observer = Unseen()
        self.hub = Hub(self.feed, "r1", self.observer, lambda: True)
        self.is_there = True

    def id_of(self, number: int) -> str:
        """Return the id of a frame."""
        return self.hub.id_of(number, self.hub.view(_VIEWER))

    def listen(self, since: str = "") -> AsyncGenerator[bytes]:
        """Begin to listen."""
        viewer = replace(_VIEWER, is_there=lambda: self.is_there)
        return self.hub.events(viewer, since)


async def event_of(stream: AsyncGenerator[bytes]) -> tuple[str, str, str]:
    """Return id, kind and data of the next event."""
    async with asyncio.timeout(5):
        text = (await anext(stream)).decode()
    parts = (line.partition(": ") for line in text.strip().splitlines())
    fields = {name: value for name, _, value in parts}
    return fields.get("id", ""), fields.get("event", ""), fields.get("data", text)


def test_a_stream_begins_with_everything_and_goes_on_with_changes() -> None:
    """Each event has the id by which it is gone on from."""

    async def run() -> None:
        watched = Watched()
        stream = watched.listen()
        assert "retry" in (await event_of(stream))[2]
        assert (watched.id_of(0), "snapshot") == (await event_of(stream))[:2]
        kinds = [(await event_of(stream))[1]]
        assert ["clock"] == kinds
        beating = asyncio.create_task(watched.hub.run())
        put_in(watched.feed.model, shown(state=AlertState.ACKNOWLEDGED), at=NOW)
        while True:
            id_, kind, data = await event_of(stream)
            if kind == "delta":
                break
        assert (watched.id_of(1), True) == (id_, "acknowledged" in data)
        assert 1 == watched.observer.clients
        beating.cancel()
        await stream.aclose()
        assert 0 == watched.observer.clients

    asyncio.run(run())


def test_who_comes_back_goes_on_where_he_was() -> None:
    """With what has changed since, at least what is counted by time; elsewhere he begins anew."""

    async def run() -> None:
        watched = Watched()
        put_in(watched.feed.model, shown(state=AlertState.ACKNOWLEDGED), at=NOW)
        watched.feed.tick()
        put_in(watched.feed.model, replace(shown(), notes=3), at=NOW)
        watched.feed.tick()
        for since, first in (
            (watched.id_of(1), "delta"),
            (watched.id_of(0), "delta"),
            (watched.id_of(2), "delta"),
            (watched.id_of(1).replace("r1", "r2"), "snapshot"),
            (watched.id_of(9), "snapshot"),
            (watched.id_of(1).replace(".1.", ".x."), "snapshot"),
            ("r1.1", "snapshot"),
            ("", "snapshot"),
        ):
            stream = watched.listen(since)
            await event_of(stream)
            assert first == (await event_of(stream))[1], since
            await stream.aclose()

    asyncio.run(run())


def test_a_stream_ends_with_the_session_or_the_process() -> None:
    """And says which, so that the page knows whether to come back."""

    async def ending(change: str) -> str:
        watched = Watched()
        stream = watched.listen()
        for _ in range(3):
            await event_of(stream)
        if change == "session":
            watched.is_there = False
            asyncio.get_running_loop().call_later(0.01, watched.hub.wake)
        else:
            asyncio.get_running_loop().call_later(0.01, watched.hub.end)
        _, kind, data = await event_of(stream)
        assert "end" == kind
        return data

    assert '"session"' == asyncio.run(ending("session"))
    assert '"restart"' == asyncio.run(ending("restart"))


def test_a_reply_and_a_change_of_one_frame_have_one_id() -> None:
    """A cut between them must not lose the second: only the last of them has the id."""

    async def run() -> None:
        watched = Watched()
        put_in(watched.feed.model, shown(state=AlertState.ACKNOWLEDGED), reply("c-1"), at=NOW)
        watched.feed.tick()
        stream = watched.listen(watched.id_of(0))
        await event_of(stream)
        first, second = await event_of(stream), await event_of(stream)
        assert ("", True) == (first[0], "c-1" in first[2])
        assert (watched.id_of(1), True) == (second[0], "acknowledged" in second[2])
        await stream.aclose()

    asyncio.run(run())
