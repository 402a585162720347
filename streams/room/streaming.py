"""The stream as an ASGI application: bytes that go on until the session or the process ends.

A browser that does not read for half a minute is cut, and its connection with it. What is on its
way to it is bounded by its socket, for the next event is made only when the last has gone. A stream
counts until its connection is closed.
"""

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Final

from starlette.types import Message, Receive, Scope, Send

from streams.room.api_session import session_of
from streams.room.guard import barred
from streams.room.house import House, Request
from streams.room.rights import ENDPOINTS
from streams.room.sse import Viewer
from streams.web.aborting import abort
from streams.web.doors import incoming_of, send_answer
from streams.web.message import Answer, refused
from streams.web.refusal import Reason, Refusal

__all__ = ["StreamEndpoint"]

_SEND_S: Final = 30.0
_FULL_AGAIN_S: Final = 5.0
_HEADERS: Final = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)


class StreamEndpoint:
    """Answers `GET /api/v1/stream`."""

    def __init__(self, house: House) -> None:
        """Begin with nobody connected."""
        self._house = house
        self._of: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        found = self._opened(scope)
        if isinstance(found, Answer):
            await send_answer(send, found)
            return
        user = found.asking.person.user
        self._of[user] += 1
        try:
            await self._stream(found, scope, receive, send)
        finally:
            self._of[user] -= 1
            if not self._of[user]:
                del self._of[user]

    def _opened(self, scope: Scope) -> Request | Answer:
        """Return who listens, or why he may not."""
        house = self._house
        try:
            incoming = incoming_of(scope)
            asking = house.people.ask(incoming, house.times.wall_ms())
            problem = barred(house, ENDPOINTS["stream"], incoming, asking)
            if problem is not None:
                return problem
            assert asking is not None, "who is not known is barred"
            self._require_room(asking.person.user)
        except Refusal as refusal:
            return refused(refusal)
        return Request(incoming, asking)

    def _require_room(self, user: str) -> None:
        """Refuse one stream more than there may be."""
        limits = self._house.settings.limits
        if self._of[user] >= limits.streams_per_user:
            detail = "this user has too many streams open"
            raise Refusal(Reason.RATE, detail, retry_after_s=_FULL_AGAIN_S)
        if self._of.total() >= limits.streams:
            detail = "too many streams are open"
            raise Refusal(Reason.UNAVAILABLE, detail, retry_after_s=_FULL_AGAIN_S)

    async def _stream(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        incoming = request.incoming
        since = incoming.header("last-event-id") or incoming.query.get("since", "")
        events = self._house.hub.events(self._viewer(request), since)
        gone = asyncio.create_task(_until_gone(receive))
        try:
            async for event in events:
                if gone.done():
                    return
                if not await _sent(send, event):
                    abort(scope)
                    await asyncio.wait({gone}, timeout=_SEND_S)
                    return
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            await events.aclose()

    def _viewer(self, request: Request) -> Viewer:
        house, asking = self._house, request.asking
        person = asking.person
        return Viewer(
            person,
            request.incoming.query.get("zoom", ""),
            session=lambda: session_of(house, asking),
            is_there=lambda: house.people.is_there(asking, house.times.wall_ms()),
            shown=lambda rows: house.audit.listed(person.user, rows, "a stream"),
        )


async def _sent(send: Send, event: bytes) -> bool:
    """Send an event; tell whether it was taken in time."""
    message: Message = {"type": "http.response.body", "body": event, "more_body": True}
    with suppress(TimeoutError, OSError):
        async with asyncio.timeout(_SEND_S):
            await send(message)
            return True
    return False


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
