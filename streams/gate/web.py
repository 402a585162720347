"""The doors behind ASGI: a request is read whole, shown to its door, and its answer sent.

Starlette finds the door of a path. All that is the same for every door is done here, once: limits
of size and time, the method, headers that tell a browser to trust nothing, metrics, the log. In
the log and in metrics a path is the route's, `/a/{token}`, never what stood in it.
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

from streams.gate.message import Answer, Incoming, refused
from streams.gate.refusal import Reason, Refusal
from streams.gate.settings import AccessLog

__all__ = ["CERTIFICATES", "Door", "Observer", "Web", "build_web"]

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


def build_web(doors: Sequence[Door], web: Web) -> ASGIApp:
    """Return the application of the doors; of several for one path and method the first counts."""
    paths: dict[str, dict[str, Door]] = {}
    for door in doors:
        paths.setdefault(door.path, {}).setdefault(door.method, door)
    routes = [Route(path, _Endpoint(path, found, web)) for path, found in paths.items()]
    return Router(routes, default=_Endpoint(_NOT_FOUND, {}, web), redirect_slashes=False)


class _Gone(Exception):  # noqa: N818 - Nobody is told: there is nobody left.
    """The client has hung up."""


class _Endpoint:
    """All methods of one route, as an ASGI application."""

    def __init__(self, path: str, doors: Mapping[str, Door], web: Web) -> None:
        self._path = path
        self._doors = doors
        self._web = web

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
        await _send(send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        try:
            door = self._door_of(scope["method"])
            incoming = _incoming(scope)
            body = await self._read(receive, incoming.header("content-length"), door.bytes_max)
            return await door.handle(replace(incoming, body=body))
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

    def _door_of(self, method: str) -> Door:
        if not self._doors:
            raise Refusal(Reason.UNKNOWN)
        door = self._doors.get("GET" if method == "HEAD" else method)
        if door is None:
            raise Refusal(Reason.METHOD)
        return door

    async def _read(self, receive: Receive, length: str, bytes_max: int) -> bytes:
        if length.isdecimal() and int(length[:20]) > bytes_max:
            raise _too_large(bytes_max)
        try:
            async with asyncio.timeout(self._web.body_s):
                return await _body(receive, bytes_max)
        except TimeoutError as error:
            raise Refusal(Reason.TIMEOUT) from error

    def _note(self, method: str, answer: Answer, seconds: float) -> None:
        log = self._web.access_log
        if log is AccessLog.NONE or (log is AccessLog.REFUSED and not answer.reason):
            return
        words = (answer.reason or "-", answer.caller or "-", seconds * _MS)
        _log.info("%s %s %d %s %s %.0f ms", method, self._path, answer.status, *words)


async def _body(receive: Receive, bytes_max: int) -> bytes:
    message = await receive()
    parts, size, is_more = list[bytes](), 0, True
    while is_more:
        if message["type"] == "http.disconnect":
            raise _Gone
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > bytes_max:
            raise _too_large(bytes_max)
        parts.append(part)
        is_more = message.get("more_body", False)
        if is_more:
            message = await receive()
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _too_large(bytes_max: int) -> Refusal:
    return Refusal(Reason.SIZE, f"expected at most {bytes_max} bytes")


def _incoming(scope: Scope) -> Incoming:
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


async def _send(send: Send, answer: Answer) -> None:
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
