"""The doors behind ASGI: a request is read whole, shown to its door, and its answer sent.

Starlette finds the door of a path. All that is the same for every door is done here, once: limits
of size and time, the method, headers that tell a browser to trust nothing, metrics, the log. A body
is read before anybody has shown who he is, so it may be large only if a signature or a certificate
is there to be looked at, and all bodies together have a limit. In the log and in metrics a path is
the route's, `/a/{token}`, never what stood in it.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Final, Protocol, cast
from urllib.parse import parse_qsl

from msgspec import Struct
from msgspec.structs import replace
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from streams.web.message import Answer, Incoming, refused
from streams.web.refusal import Reason, Refusal
from streams.web.settings import AccessLog

__all__ = [
    "CERTIFICATES",
    "Door",
    "Handler",
    "Observer",
    "Web",
    "build_web",
    "incoming_of",
    "send_answer",
]

CERTIFICATES: Final = "siaga.certificates"
"""Where a connection's state has the alternative names of the client's certificate."""

_NOT_FOUND: Final = "(none)"
"""The route of a path that there is no door for."""
_PARAMETERS_MAX: Final = 50
_SAFE: Final = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_MS: Final = 1_000
_UNPROVEN_BYTES: Final = 64 * 1024
_SIGNATURE: Final = "signature"
"""Stands in the name of every header that shows one: Standard Webhooks', PagerDuty's, Meta's."""
_ROOM_BYTES: Final = 64 << 20
_ROOM_AGAIN_S: Final = 2.0
_log: Final = logging.getLogger(__name__)

Handler = Callable[[Incoming], Coroutine[object, object, Answer]]


class Door(Struct, frozen=True):
    """What takes the requests of one method and route."""

    method: str
    path: str
    """With `{name}` for what may stand there."""
    handle: Handler
    bytes_max: int


class Observer(Protocol):
    """Is told of every request; the telemetry of the process."""

    def on_request(self, route: str, status: int, reason: str, seconds: float) -> None:
        """Count an answered request; an empty reason: it was not refused."""
        ...

    def on_events(self, topic: str, count: int) -> None:
        """Count events that Kafka has."""
        ...


class Web(Struct, frozen=True):
    """What the shell of all doors needs."""

    observer: Observer
    body_s: float
    access_log: AccessLog
    room_bytes: int = _ROOM_BYTES
    """What all bodies that are under way may take."""


class _Room:
    """How much memory bodies may still take."""

    def __init__(self, free: int) -> None:
        self._free = free

    def take(self, size: int) -> None:
        """Take as much, or raise `Refusal` if there is not."""
        if size > self._free:
            detail = "too many bodies are under way"
            raise Refusal(Reason.UNAVAILABLE, detail, retry_after_s=_ROOM_AGAIN_S)
        self._free -= size

    def give_back(self, size: int) -> None:
        self._free += size


def build_web(doors: Sequence[Door], web: Web) -> ASGIApp:
    """Return the application of the doors; of several for one path and method the first counts."""
    paths: dict[str, dict[str, Door]] = {}
    for door in doors:
        paths.setdefault(door.path, {}).setdefault(door.method, door)
    room = _Room(web.room_bytes)
    routes = [Route(path, _Endpoint(path, found, (web, room))) for path, found in paths.items()]
    default = _Endpoint(_NOT_FOUND, {}, (web, room))
    return Router(routes, default=default, redirect_slashes=False)


class _Gone(Exception):  # noqa: N818 - Nobody is told: there is nobody left.
    """The client has hung up."""


class _Endpoint:
    """All methods of one route, as an ASGI application."""

    def __init__(self, path: str, doors: Mapping[str, Door], shared: tuple[Web, _Room]) -> None:
        self._path = path
        self._doors = doors
        self._web, self._room = shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        began = time.monotonic()
        try:
            answer = await self._answer(scope, receive)
        except _Gone:
            return
        seconds = time.monotonic() - began
        observer = self._web.observer
        observer.on_request(self._path, answer.status, answer.reason, seconds)
        if answer.taken:
            observer.on_events(answer.topic, answer.taken)
        self._note(scope["method"], answer, seconds)
        await send_answer(send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        try:
            return await self._handle(scope, receive)
        except Refusal as refusal:
            answer = refused(refusal)
            if refusal.reason is Reason.METHOD:
                return replace(answer, headers=(("allow", ", ".join(sorted(self._doors))),))
            return answer
        except _Gone:
            raise
        except Exception:  # noqa: BLE001 - One request has met a fault of ours; others go on.
            _log.exception("%s: a fault of this program", self._path)
            return refused(Refusal(Reason.FAULT))

    async def _handle(self, scope: Scope, receive: Receive) -> Answer:
        door, incoming = self._door_of(scope["method"]), incoming_of(scope)
        bytes_max = door.bytes_max if _may_prove(incoming) else _unproven(door.bytes_max)
        body = _Body(self._room, bytes_max)
        try:
            whole = await self._read(receive, incoming.header("content-length"), body)
            return await door.handle(replace(incoming, body=whole))
        finally:
            body.forget()

    def _door_of(self, method: str) -> Door:
        if not self._doors:
            raise Refusal(Reason.UNKNOWN)
        door = self._doors.get("GET" if method == "HEAD" else method)
        if door is None:
            raise Refusal(Reason.METHOD)
        return door

    async def _read(self, receive: Receive, length: str, body: "_Body") -> bytes:
        if length.isdecimal():
            body.check(int(length[:20]))
        try:
            async with asyncio.timeout(self._web.body_s):
                return await body.read(receive)
        except TimeoutError as error:
            raise Refusal(Reason.TIMEOUT) from error

    def _note(self, method: str, answer: Answer, seconds: float) -> None:
        log = self._web.access_log
        if log is AccessLog.NONE or (log is AccessLog.REFUSED and not answer.reason):
            return
        words = (answer.reason or "-", answer.caller or "-", seconds * _MS)
        _log.info("%s %s %d %s %s %.0f ms", method, self._path, answer.status, *words)


class _Body:
    """A body that comes in, and the room that it takes until its request is answered."""

    def __init__(self, room: _Room, bytes_max: int) -> None:
        self._room = room
        self._bytes_max = bytes_max
        self._size = 0

    async def read(self, receive: Receive) -> bytes:
        """Return the body, whole."""
        parts, is_more = list[bytes](), True
        while is_more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            part: bytes = message.get("body", b"")
            self.check(self._size + len(part))
            self._room.take(len(part))
            self._size += len(part)
            parts.append(part)
            is_more = message.get("more_body", False)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def check(self, size: int) -> None:
        """Refuse what is larger than may be."""
        if size > self._bytes_max:
            raise Refusal(Reason.SIZE, f"expected at most {self._bytes_max} bytes")

    def forget(self) -> None:
        """Give back the room; the request is answered."""
        self._room.give_back(self._size)
        self._size = 0


def _may_prove(incoming: Incoming) -> bool:
    """Tell whether anything is there by which a large body can be known as a producer's."""
    return bool(incoming.certificates) or any(_SIGNATURE in name for name in incoming.headers)


def _unproven(bytes_max: int) -> int:
    return min(bytes_max, _UNPROVEN_BYTES)


def incoming_of(scope: Scope) -> Incoming:
    """Return a request without its body."""
    raw = cast("Sequence[tuple[bytes, bytes]]", scope["headers"])
    client = cast("tuple[str, int] | None", scope.get("client"))
    state = cast("Mapping[str, frozenset[str]]", scope.get("state", {}))
    return Incoming(
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in raw},
        query=_query(scope["query_string"]),
        path=cast("Mapping[str, str]", scope.get("path_params", {})),
        certificates=state.get(CERTIFICATES, frozenset()),
        address=client[0] if client else "",
    )


def _query(query: bytes) -> Mapping[str, str]:
    if not query:
        return {}
    try:
        text = query.decode("latin-1")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_PARAMETERS_MAX))
    except ValueError:
        raise Refusal(Reason.SIZE, f"expected at most {_PARAMETERS_MAX} parameters") from None


async def send_answer(send: Send, answer: Answer) -> None:
    """Send an answer, with the headers that every answer has."""
    own = [(name.encode(), text.encode("latin-1")) for name, text in answer.headers]
    said = {name for name, _ in own}
    headers = [
        (b"content-type", answer.media_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        *own,
        *(pair for pair in _SAFE if pair[0] not in said),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
