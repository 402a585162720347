"""A browser that listens to the stream of the real application, event by event, with no socket."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from starlette.types import ASGIApp, Message

__all__ = ["Event", "Listener"]

_PATIENCE_S: Final = 5.0
_PATH: Final = "/api/v1/stream"


class Event(NamedTuple):
    """An event as it came."""

    kind: str
    data: str
    id: str = ""

    @property
    def document(self) -> Mapping[str, Any]:
        """What it says."""
        found: Mapping[str, Any] = json.loads(self.data)
        return found


class Listener:
    """Somebody whose browser is on the stream.

    Attributes:
        status: Of the answer; 0 until it has begun.
        headers: Of the answer.
        text: Everything that has come so far, to the byte.
        is_deaf: He reads nothing of what is sent.
    """

    def __init__(
        self, app: ASGIApp, headers: Mapping[str, str], query: str = "", *, is_deaf: bool = False
    ) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""
        self.is_deaf = is_deaf
        self._events = asyncio.Queue[Event]()
        self._begun, self._gone = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(self._listen(app, headers, query))

    async def begun(self) -> int:
        """Return the status of the answer."""
        async with asyncio.timeout(_PATIENCE_S):
            await self._begun.wait()
        return self.status

    async def next(self) -> Event:
        """Return the next event."""
        async with asyncio.timeout(_PATIENCE_S):
            return await self._events.get()

    async def until(self, kind: str, has: str = "") -> Event:
        """Return the next event of a kind that has a text in it."""
        while True:
            event = await self.next()
            if event.kind == kind and has in event.data:
                return event

    async def ended(self) -> None:
        """Let the room hear that the connection is closed, and wait until it has."""
        self._gone.set()
        async with asyncio.timeout(_PATIENCE_S):
            await self._task

    async def hang_up(self) -> None:
        """Go away."""
        self._gone.set()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _listen(self, app: ASGIApp, headers: Mapping[str, str], query: str) -> None:
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": _PATH,
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
            "client": ("127.0.0.1", 1),
        }
        await app(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): text.decode() for name, text in message["headers"]}
            self._begun.set()
            return
        if self.is_deaf:
            await asyncio.Event().wait()
        text = message.get("body", b"").decode()
        self.text += text
        lines = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
        if "event" in lines:
            event = Event(lines["event"], lines["data"], lines.get("id", ""))
            self._events.put_nowait(event)
