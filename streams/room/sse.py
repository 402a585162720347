"""The stream of a browser (server-sent events): everything once, then what changes.

    connect ─► `since` is of this replica and in its ring? ─► what has changed since
       │                        no                                    │
       └────────────────────────┴─► snapshot ─► delta, clock, … ◄─────┘ until: session over, restart

Each stream asks the feed itself when its browser has taken what it was sent before. So one that
reads slowly gets fewer and larger deltas and holds no memory here; one that does not read at all is
cut, and begins where it was, or anew, when it comes back.

An event's `id` is `REPLICA.FRAME`. Another replica has other frames: who comes from there gets a
snapshot.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from typing import Final, Protocol

import msgspec
from msgspec import Struct

from streams.domain.times import SECOND_MS, EpochMs
from streams.room.documents import Session
from streams.room.feed import Feed
from streams.room.sight import Sight

__all__ = ["Hub", "StreamObserver", "Viewer"]

_FRAME_S: Final = 0.2
_PING_S: Final = 15.0
_RETRY: Final = b"retry: 2000\n\n"
_PING: Final = b": ping\n\n"
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
    """Who looks, at what, and until when."""

    sight: Sight
    session: Session
    ended: Callable[[], str]
    """Why the stream must end now, as the page is told; empty: it need not."""


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
        second_at = 0.0
        while True:
            await asyncio.sleep(_FRAME_S)
            is_new = self.feed.tick()
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
        self._ending = "restart"
        self.wake()

    async def events(self, viewer: Viewer, since: str) -> AsyncGenerator[bytes]:
        """Yield the events of a stream; whoever sends them on does so one by one."""
        self._observer.on_clients(+1)
        try:
            yield _RETRY
            position = self._position(since)
            stream = _Stream(self, viewer, position)
            while not (why := self._ending or viewer.ended()):
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

    def id_of(self, number: int) -> str:
        """Return the id of a frame."""
        return f"{self._replica}.{number}"

    def observe(self, kind: str, size: int, began: float) -> None:
        """Count an event."""
        self._observer.on_event(kind, size, time.perf_counter() - began)

    def _position(self, since: str) -> int | None:
        """Return the frame that a browser has seen last; None: it has to begin anew."""
        replica, _, number = since.rpartition(".")
        if replica != self._replica or not (number.isascii() and number.isdecimal()):
            return None
        found = int(number[:18])
        return found if self.feed.can_continue(found) else None

    def wake(self) -> None:
        """Let every stream look whether there is something for it, or whether it must end."""
        beat, self._beat = self._beat, asyncio.Event()
        beat.set()


class _Stream:
    """What one browser has been sent."""

    def __init__(self, hub: Hub, viewer: Viewer, position: int | None) -> None:
        self._hub = hub
        self._viewer = viewer
        self._position = position
        self._second = -1
        self._lately = -1

    def events(self, second: int) -> list[bytes]:
        """Return what has to be sent now."""
        found = [*self._rows()]
        if second != self._second:
            self._second = second
            found.append(self._clock())
        return found

    def _rows(self) -> list[bytes]:
        feed, began = self._hub.feed, time.perf_counter()
        sight, lately = self._viewer.sight, feed.opened_lately(self._viewer.sight)
        if self._position is None or not feed.can_continue(self._position):
            clock = feed.clock(sight, self._hub.clock_ms(), is_live=self._hub.is_live())
            body = feed.snapshot(sight, self._viewer.session, clock)
            self._position, self._lately = feed.number, lately
            return [self._made("snapshot", body, began)]
        since, self._position = self._position, feed.number
        bodies = [feed.replies((sight, self._viewer.session.user), since), feed.delta(sight, since)]
        found = [self._made("delta", one, began) for one in bodies if one is not None]
        if not found and lately != self._lately:
            found = [self._made("delta", _encode({"opened_lately": lately}), began)]
        self._lately = lately
        # A cut between the two must not lose the second: only the last has the frame's id.
        return [*(one.partition(b"\n")[2] for one in found[:-1]), *found[-1:]]

    def _clock(self) -> bytes:
        hub, began = self._hub, time.perf_counter()
        clock = hub.feed.clock(self._viewer.sight, hub.clock_ms(), is_live=hub.is_live())
        return self._made("clock", _encode(clock), began)

    def _made(self, kind: str, body: bytes, began: float) -> bytes:
        self._hub.observe(kind, len(body), began)
        number = self._hub.id_of(self._position or 0)
        return b"id: " + number.encode() + b"\n" + _event(kind, body)


def _event(kind: str, body: bytes) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + body + b"\n\n"


async def _until(beat: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await beat.wait()
