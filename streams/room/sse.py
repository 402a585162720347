"""The stream of a browser (server-sent events): everything once, then what changes.

    connect ─► `since` is of this replica and in its ring? ─► what has changed since
       │                        no                                    │
       └────────────────────────┴─► snapshot ─► delta, clock, … ◄─────┘ until: session over, restart

Each stream asks the feed itself when its browser has taken what it was sent before. So one that
reads slowly gets fewer and larger deltas and holds no memory here; one that does not read at all is
cut, and begins where it was, or anew, when it comes back.

What somebody sees is asked for at each beat. Where it is not what he was sent he gets a snapshot:
while topics are read, or another kabupaten is watched, nobody has to load the page again.

An event's `id` is `REPLICA.FRAME.SIGHT`. Another replica has other frames, and another sight other
rows: who comes from there gets a snapshot.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from functools import lru_cache
from typing import Final, NamedTuple, Protocol
from zlib import crc32

import msgspec
from msgspec import Struct

from streams.domain.times import SECOND_MS, EpochMs
from streams.room.documents import Session
from streams.room.feed import Feed
from streams.room.made import Restricted
from streams.room.rights import Person
from streams.room.sight import Sight

__all__ = ["Hub", "StreamObserver", "Viewer"]

_FRAME_S: Final = 0.2
_PING_S: Final = 15.0
_RETRY: Final = b"retry: 2000\n\n"
_PING: Final = b": ping\n\n"
_VIEWS_MAX: Final = 10_000
_OVER: Final = "session"
_RESTART: Final = "restart"
_encode: Final = msgspec.json.Encoder().encode


class StreamObserver(Protocol):
    """Is told of streams; the telemetry of the process."""

    def on_clients(self, change: int) -> None:
        """Count who is connected."""
        ...

    def on_event(self, kind: str, size: int, seconds: float) -> None:
        """Count an event, its bytes, and how long it took to make it."""
        ...


class Viewer(Struct, frozen=True):
    """Who looks, and at what."""

    person: Person
    zoom: str
    """Any area in the kabupaten that he asks for; empty: none."""
    session: Callable[[], Session]
    """What a snapshot says of him now."""
    is_there: Callable[[], bool]
    """Whether he may still look, as the same one."""
    shown: Callable[[Restricted], None]
    """Is told of rows that only some roles may see, when they go out to him for the first time."""


class View(NamedTuple):
    """What a delta takes for granted: a browser has it by the snapshot before."""

    sight: Sight
    provinces: frozenset[str]
    """In sight; a snapshot has their names."""


class Hub:
    """The beat of a replica, and the streams that follow it."""

    def __init__(
        self, feed: Feed, replica: str, observer: StreamObserver, is_live: Callable[[], bool]
    ) -> None:
        """Begin before the first beat; `replica` is another one in each process."""
        self.feed = feed
        self.is_live = is_live
        self._replica = replica
        self._observer = observer
        self._beat = asyncio.Event()
        self._second = 0
        self._ending = ""

    async def run(self) -> None:
        """Beat until cancelled."""
        second_at, told = 0.0, 0
        while True:
            await asyncio.sleep(_FRAME_S)
            self.feed.tick()
            # A snapshot makes a frame as well.
            is_new, told = self.feed.number != told, self.feed.number
            now = time.monotonic()
            if now - second_at >= 1:
                second_at = now
                self._second += 1
                self.feed.second()
                is_new = True
            if is_new:
                self.wake()

    def end(self) -> None:
        """Tell every stream to end, because the process does."""
        self._ending = _RESTART
        self.wake()

    async def events(self, viewer: Viewer, since: str) -> AsyncGenerator[bytes]:
        """Yield the events of a stream; whoever sends them on does so one by one."""
        self._observer.on_clients(+1)
        try:
            yield _RETRY
            stream = _Stream(self, viewer, since)
            while not (why := self._ending or ("" if viewer.is_there() else _OVER)):
                beat = self._beat
                for event in stream.events(self._second):
                    yield event
                await _until(beat, _PING_S)
                if not beat.is_set():
                    yield _PING
            yield _event("end", _encode(why))
        finally:
            self._observer.on_clients(-1)

    def clock_ms(self) -> EpochMs:
        """Return the server's own time."""
        return EpochMs(int(time.time() * SECOND_MS))

    def view(self, viewer: Viewer) -> View:
        """Return what somebody sees now."""
        watched, person = self.feed.watched, viewer.person
        return View(watched.sight(person, viewer.zoom), watched.part(person.area).provinces)

    def id_of(self, number: int, view: View) -> str:
        """Return the id of a frame, as it was sent for a view."""
        return f"{self._replica}.{number}.{_mark_of(view)}"

    def position(self, since: str, view: View) -> int | None:
        """Return the frame that a browser has seen last; None: it has to begin anew."""
        frame, _, mark = since.rpartition(".")
        replica, _, number = frame.rpartition(".")
        is_ours = replica == self._replica and mark == _mark_of(view)
        if not is_ours or not (number.isascii() and number.isdecimal()):
            return None
        found = int(number[:18])
        return found if self.feed.can_continue(found) else None

    def observe(self, kind: str, size: int, began: float) -> None:
        """Count an event."""
        self._observer.on_event(kind, size, time.perf_counter() - began)

    def wake(self) -> None:
        """Let every stream look whether there is something for it, or whether it must end."""
        beat, self._beat = self._beat, asyncio.Event()
        beat.set()


class _Stream:
    """What one browser has been sent."""

    def __init__(self, hub: Hub, viewer: Viewer, since: str) -> None:
        self._hub = hub
        self._viewer = viewer
        self._view = hub.view(viewer)
        self._position = hub.position(since, self._view)
        self._second = -1
        self._lately = -1
        self._shown: Restricted = frozenset()

    def events(self, second: int) -> list[bytes]:
        """Return what has to be sent now."""
        found = [*self._rows()]
        if second != self._second:
            self._second = second
            found.append(self._clock())
        return found

    def _rows(self) -> list[bytes]:
        feed, viewer, began = self._hub.feed, self._viewer, time.perf_counter()
        was, self._view = self._view, self._hub.view(viewer)
        since = self._position
        if since is None or not feed.can_continue(since):
            return [self._snapshot(began)]
        if was == self._view:
            self._position = feed.number
            found = self._changes(since, began)
        else:
            found = [self._snapshot(began)]
        replies = feed.replies((self._view.sight, viewer.person.user), since)
        if replies is not None:
            found.insert(0, self._made("delta", replies, began))
        # A cut between the two must not lose the second: only the last has the frame's id.
        return [*(one.partition(b"\n")[2] for one in found[:-1]), *found[-1:]]

    def _snapshot(self, began: float) -> bytes:
        hub, feed, sight = self._hub, self._hub.feed, self._view.sight
        clock = feed.clock(sight, hub.clock_ms(), is_live=hub.is_live())
        body = feed.snapshot(sight, self._viewer.session(), clock)
        self._position, self._lately = feed.number, feed.opened_lately(sight)
        self._note(feed.restricted(sight))
        return self._made("snapshot", body, began)

    def _changes(self, since: int, began: float) -> list[bytes]:
        feed, sight = self._hub.feed, self._view.sight
        was, self._lately = self._lately, feed.opened_lately(sight)
        body = feed.delta(sight, since)
        if body is not None:
            self._note(feed.restricted(sight, since))
        elif was != self._lately:
            body = _encode({"opened_lately": self._lately})
        return [] if body is None else [self._made("delta", body, began)]

    def _note(self, restricted: Restricted) -> None:
        """Tell of rows that only some roles may see, of each once."""
        if not restricted <= self._shown:
            self._viewer.shown(restricted - self._shown)
            self._shown |= restricted

    def _clock(self) -> bytes:
        hub, began = self._hub, time.perf_counter()
        clock = hub.feed.clock(self._view.sight, hub.clock_ms(), is_live=hub.is_live())
        return self._made("clock", _encode(clock), began)

    def _made(self, kind: str, body: bytes, began: float) -> bytes:
        self._hub.observe(kind, len(body), began)
        number = self._hub.id_of(self._position or 0, self._view)
        return b"id: " + number.encode() + b"\n" + _event(kind, body)


@lru_cache(maxsize=_VIEWS_MAX)
def _mark_of(view: View) -> str:
    """Return a short word for a view: the same one for the same."""
    return f"{crc32(_encode((view.sight, sorted(view.provinces)))):08x}"


def _event(kind: str, body: bytes) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + body + b"\n\n"


async def _until(beat: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await beat.wait()
