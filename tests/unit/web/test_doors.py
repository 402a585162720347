"""The shell of all doors: bodies, methods, headers, faults, metrics, the log; without a socket."""

import asyncio
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import pytest
from msgspec import Struct
from starlette.types import Message

from streams.web.doors import Door, Web, build_web
from streams.web.message import Answer, Incoming
from streams.web.refusal import Reason, Refusal
from streams.web.settings import AccessLog

Asked = tuple[str, int, str]


class Counted:
    """An observer that notes what it is told."""

    def __init__(self) -> None:
        self.requests = list[Asked]()
        self.events = list[tuple[str, int]]()

    def on_request(self, route: str, status: int, reason: str, seconds: float) -> None:
        """Note a request."""
        assert seconds >= 0
        self.requests.append((route, status, reason))

    def on_events(self, topic: str, count: int) -> None:
        """Note events."""
        self.events.append((topic, count))


class Client:
    """Calls an application, as a server does."""

    def __init__(self, access_log: AccessLog = AccessLog.ALL, body_s: float = 5) -> None:
        self.seen = list[Incoming]()
        self.counted = Counted()
        doors = [
            Door("POST", "/take", self._take, 10),
            Door("POST", "/large", self._take, 1 << 20),
            Door("GET", "/a/{token}", self._show, 10),
            Door("GET", "/broken", self._break, 10),
        ]
        self.app = build_web(doors, Web(self.counted, body_s, access_log, room_bytes=100_000))
        self.messages = list[Message]()

    async def _take(self, incoming: Incoming) -> Answer:
        self.seen.append(incoming)
        return Answer(202, incoming.body, topic="t", taken=3, caller="app")

    async def _show(self, incoming: Incoming) -> Answer:
        self.seen.append(incoming)
        return Answer(200, b"page", headers=(("content-security-policy", "own"),))

    async def _break(self, _incoming: Incoming) -> Answer:
        raise ZeroDivisionError

    def call(
        self,
        method: str,
        path: str,
        parts: Sequence[bytes | None] = (b"",),
        headers: Mapping[str, str] | None = None,
        query: bytes = b"",
    ) -> int:
        """Send a request in parts, None the end of the connection; return the status."""
        asyncio.run(self._call(method, path, iter(parts), headers or {}, query))
        return cast("int", self.messages[0]["status"]) if self.messages else 0

    async def _call(
        self,
        method: str,
        path: str,
        parts: Iterator[bytes | None],
        headers: Mapping[str, str],
        query: bytes,
    ) -> None:
        self.messages = []
        waiting = list(parts)

        async def receive() -> Message:
            if not waiting:
                await asyncio.Event().wait()
            part = waiting.pop(0)
            if part is None:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": part, "more_body": bool(waiting)}

        async def send(message: Message) -> None:
            self.messages.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query,
            "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
            "client": ("192.0.2.1", 4711),
        }
        await self.app(scope, receive, send)

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the answer."""
        found = cast("Sequence[tuple[bytes, bytes]]", self.messages[0]["headers"])
        return {name.decode(): value.decode() for name, value in found}

    @property
    def body(self) -> bytes:
        """Body of the answer."""
        return cast("bytes", self.messages[1]["body"])


def test_a_request_is_read_whole_and_its_answer_sent() -> None:
    """In however many parts it comes."""
    client = Client()
    assert 202 == client.call("POST", "/take", [b"ab", b"", b"cd"], {"X-A": "1"}, b"p=%31&q")
    (seen,) = client.seen
    assert (b"abcd", "192.0.2.1", {"p": "1", "q": ""}) == (seen.body, seen.address, seen.query)
    assert (b"abcd", "4") == (client.body, client.headers["content-length"])
    assert ([("/take", 202, "")], [("t", 3)]) == (client.counted.requests, client.counted.events)


def test_every_answer_tells_a_browser_to_trust_nothing() -> None:
    """A door may say more of its own page."""
    client = Client()
    client.call("POST", "/take")
    assert {
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }.items() <= client.headers.items()
    client.call("GET", "/a/b")
    assert ("own", "no-store") == (
        client.headers["content-security-policy"],
        client.headers["cache-control"],
    )


class Knock(Struct):
    """A request that no door takes."""

    method: str
    path: str
    parts: tuple[bytes, ...] = (b"",)
    length: str = ""


REFUSED: dict[str, tuple[Knock, int, Reason]] = {
    "no door": (Knock("POST", "/v1/other"), 404, Reason.UNKNOWN),
    "a slash too many": (Knock("POST", "/take/"), 404, Reason.UNKNOWN),
    "another method": (Knock("PUT", "/take"), 405, Reason.METHOD),
    "a large body": (Knock("POST", "/take", (b"12345", b"678901")), 413, Reason.SIZE),
    "one that says it is large": (Knock("POST", "/take", (), "11"), 413, Reason.SIZE),
    "one beyond numbers": (Knock("POST", "/take", (), "9" * 10_000), 413, Reason.SIZE),
    "a fault of ours": (Knock("GET", "/broken"), 500, Reason.FAULT),
}


@pytest.mark.parametrize(("knock", "status", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_no_door_takes_is_a_problem(knock: Knock, status: int, reason: Reason) -> None:
    """With its status and reason, as every other refusal."""
    client = Client()
    headers = {"content-length": knock.length} if knock.length else {}
    assert status == client.call(knock.method, knock.path, knock.parts, headers)
    assert (reason, "application/problem+json") == (
        json.loads(client.body)["reason"],
        client.headers["content-type"],
    )
    assert [] == client.seen


def test_the_methods_that_there_are_are_named() -> None:
    """As HTTP asks for; HEAD is as good as GET."""
    client = Client()
    client.call("DELETE", "/take")
    assert "POST" == client.headers["allow"]
    assert 200 == client.call("HEAD", "/a/b")


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    """Its sender is told, and the connection is free."""
    client = Client(body_s=0.01)
    assert 408 == client.call("POST", "/take", [b"a", b"b"][:0])


def test_a_client_that_hangs_up_is_nobody() -> None:
    """There is nobody to answer, and nothing was taken."""
    client = Client()
    assert 0 == client.call("POST", "/take", [b"a", None])
    assert ([], []) == (client.seen, client.counted.requests)


def test_too_many_parameters_are_refused() -> None:
    """Before anybody looks at them."""
    assert 413 == Client().call("GET", "/a/b", query=b"&".join([b"a=1"] * 51))


SECRETS = ("tokenoftoken", "0812345", "192.0.2.1", "bodybody")


def test_neither_log_nor_metrics_have_what_stood_in_a_path(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No token, number, address or body: the route, the status, why, and who."""
    caplog.set_level(logging.INFO)
    client = Client()
    client.call("GET", "/a/tokenoftoken", query=b"n=0812345")
    client.call("POST", "/take", [b"bodybody"])
    client.call("GET", "/tokenoftoken")
    lines = caplog.messages
    assert ["GET /a/{token} 200 - -", "POST /take 202 - app", "GET (none) 404 unknown -"] == [
        line.rpartition(" ")[0].rpartition(" ")[0] for line in lines
    ]
    shown = f"{lines} {client.counted.requests}"
    assert not any(secret in shown for secret in SECRETS)


@pytest.mark.parametrize(
    ("access_log", "lines"), [(AccessLog.NONE, 0), (AccessLog.REFUSED, 1), (AccessLog.ALL, 2)]
)
def test_how_much_is_logged_is_a_setting(
    access_log: AccessLog, lines: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing, what was refused, or every request."""
    caplog.set_level(logging.INFO)
    client = Client(access_log)
    client.call("POST", "/take")
    client.call("POST", "/other")
    assert lines == len(caplog.messages)


def test_a_refusal_of_a_door_is_answered() -> None:
    """A door may raise it; the shell says it."""

    async def refuse(_incoming: Incoming) -> Answer:
        raise Refusal(Reason.RATE, retry_after_s=1.2)

    client = Client()
    app = build_web([Door("GET", "/x", refuse, 1)], Web(client.counted, 1, AccessLog.NONE))
    client.app = app
    assert (429, "2") == (client.call("GET", "/x"), client.headers["retry-after"])


PART = b"x" * 30_000


def test_a_large_body_needs_something_that_shows_who_sends_it() -> None:
    """It is read before anybody is recognised."""
    client = Client()
    assert [202, 413] == [client.call("POST", "/large", [PART] * count) for count in (2, 3)]
    assert 413 == client.call("POST", "/large", (), {"content-length": "65537"})
    for name in ("webhook-signature", "x-hub-signature-256", "x-pagerduty-signature"):
        assert 202 == client.call("POST", "/large", [PART] * 3, {name: "v1"})


def test_all_bodies_together_have_a_limit_and_give_back_what_they_took() -> None:
    """Whoever comes beyond it is asked to repeat, however often it was refused."""
    client = Client()
    signed = {"webhook-signature": "v1"}
    found = [client.call("POST", "/large", [PART] * count, signed) for count in (4, 3, 4, 3)]
    assert [503, 202, 503, 202] == found
    client.call("POST", "/large", [PART, PART, None], signed)
    assert 202 == client.call("POST", "/large", [PART] * 3, signed)
