"""Connections: shared, reopened, and leading nowhere that was not configured."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from streams.sinks.http import ANSWER_BYTES_MAX, Http, HttpAnswer, HttpRequest, outcome_of
from streams.sinks.sink import Delivered, Refused, TryAgain
from tests.conformance.sinks.case import TIMEOUT_S
from tests.conformance.sinks.server import Asked, Behaviour, Line, Place, Talk, serve
from tests.conformance.sinks.speaking_http import http_talk

Found = TypeVar("Found")
HEAD_END = b"\r\n\r\n"


def using(
    talk: Talk,
    folder: Path,
    use: Callable[[Http, Place], Awaitable[Found]],
    answer_bytes_max: int = ANSWER_BYTES_MAX,
) -> tuple[Found, list[Asked]]:
    """Use connections to a server, and let go of them."""

    async def run() -> tuple[Found, list[Asked]]:
        async with serve(Behaviour.TAKES, talk, folder) as place:
            http = Http(TIMEOUT_S, None, answer_bytes_max)
            try:
                return await use(http, place), place.asked
            finally:
                await http.close()

    return asyncio.run(run())


async def once(http: Http, place: Place) -> HttpAnswer | TryAgain | Refused:
    """Send one request."""
    return await http.send(HttpRequest(url=f"{place.url}/hook", body=b"{}"))


async def twice(http: Http, place: Place) -> list[HttpAnswer | TryAgain | Refused]:
    """Send two, one after the other."""
    return [await once(http, place), await once(http, place)]


def test_many_can_be_under_way_at_a_time(tmp_path: Path) -> None:
    """Each gets the answer to what it asked."""

    async def use(http: Http, place: Place) -> list[bytes]:
        requests = [HttpRequest(url=place.url, body=b"%d" % number) for number in range(50)]
        answers = await asyncio.gather(*(http.send(one) for one in requests))
        return [one.body for one in answers if isinstance(one, HttpAnswer)]

    bodies, asked = using(http_talk(lambda one: one.body), tmp_path, use)
    assert ([b"%d" % number for number in range(50)], 50) == (bodies, len(asked))


def test_what_was_let_go_of_can_be_used_again(tmp_path: Path) -> None:
    """Connections are opened when they are needed."""

    async def use(http: Http, place: Place) -> list[HttpAnswer | TryAgain | Refused]:
        first = await once(http, place)
        await http.close()
        await http.close()
        return [first, await once(http, place)]

    answers, _ = using(http_talk(lambda _: b""), tmp_path, use)
    assert [HttpAnswer(200), HttpAnswer(200)] == answers


def test_a_server_that_ends_each_connection_is_asked_again(tmp_path: Path) -> None:
    """Over a new one; that the old one is gone is no failure."""

    async def talk(behaviour: Behaviour, line: Line) -> None:
        assert behaviour is Behaviour.TAKES
        head = await line.reader.readuntil(HEAD_END)
        line.asked.append(Asked(head.decode(), {}, b""))
        await line.reader.readexactly(2)
        await line.say(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0" + HEAD_END)

    answers, asked = using(talk, tmp_path, twice)
    assert ([HttpAnswer(200), HttpAnswer(200)], 2) == (answers, len(asked))


def test_a_proxy_of_the_environment_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telephone numbers go where they were configured to go."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    answer, _ = using(http_talk(lambda _: b""), tmp_path, once)
    assert HttpAnswer(200) == answer


def test_a_packed_answer_is_not_unpacked(tmp_path: Path) -> None:
    """A few bytes could be gigabytes; none was asked for."""
    bomb = gzip.compress(b"x" * 10_000_000)

    async def talk(behaviour: Behaviour, line: Line) -> None:
        assert behaviour is Behaviour.TAKES
        head = await line.reader.readuntil(HEAD_END)
        line.asked.append(Asked(head.decode().casefold(), {}, b""))
        length = f"Content-Length: {len(bomb)}\r\n".encode()
        await line.say(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" + length + b"\r\n" + bomb)

    answer, [asked] = using(talk, tmp_path, once)
    assert isinstance(answer, HttpAnswer)
    assert bomb[:ANSWER_BYTES_MAX] == answer.body
    assert "accept-encoding: identity" in asked.line


def test_nothing_that_a_server_leaves_with_us_is_sent_back(tmp_path: Path) -> None:
    """A cookie would tie messages to different people together."""

    async def talk(behaviour: Behaviour, line: Line) -> None:
        assert behaviour is Behaviour.TAKES
        for _ in range(2):
            head = await line.reader.readuntil(HEAD_END)
            await line.reader.readexactly(2)
            line.asked.append(Asked(head.decode().casefold(), {}, b""))
            await line.say(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0" + HEAD_END)

    _, asked = using(talk, tmp_path, twice)
    assert 2 == len(asked)
    assert [] == [one.line for one in asked if "cookie" in one.line]


@pytest.mark.parametrize("limit", [1, 100, ANSWER_BYTES_MAX])
def test_an_answer_is_read_to_its_limit(limit: int, tmp_path: Path) -> None:
    """What is longer is a success all the same: its status says so."""
    body = b"y" * (ANSWER_BYTES_MAX * 3)
    answer, _ = using(http_talk(lambda _: body), tmp_path, once, limit)
    assert isinstance(answer, HttpAnswer)
    assert (limit, Delivered()) == (len(answer.body), outcome_of(answer))


@pytest.mark.parametrize(
    "url", ["", "sms", "ftp://127.0.0.1/", "http://", "http://[::1", "http://127.0.0.1:99999/"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """However often it is tried, it is none."""

    async def send() -> HttpAnswer | TryAgain | Refused:
        http = Http(TIMEOUT_S)
        try:
            return await http.send(HttpRequest(url=url))
        finally:
            await http.close()

    assert Refused("address") == asyncio.run(send())


def test_a_call_may_have_a_patience_of_its_own(tmp_path: Path) -> None:
    """Who waits for news waits longer than who sends."""

    async def use(http: Http, place: Place) -> HttpAnswer | TryAgain | Refused:
        return await http.send(HttpRequest(url=place.url), timeout_s=0.01)

    async def talk(behaviour: Behaviour, line: Line) -> None:
        assert behaviour is Behaviour.TAKES
        await line.hang()

    answer, _ = using(talk, tmp_path, use)
    assert TryAgain("timeout") == answer
