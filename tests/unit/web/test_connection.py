"""Connections over real sockets: who sends no request, or takes no answer, does not stay."""

import asyncio
import socket
import sys
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from itertools import repeat
from typing import Final

import pytest
from msgspec.structs import replace
from starlette.types import Message, Receive, Scope, Send

from streams.web.aborting import abort
from streams.web.settings import Serving
from tests.unit.web.listening import ASK, PATIENCE_S, client, listening

_SERVING: Final = Serving(what="the tests", connections=40)
_SOON_S: Final = 0.3
_KIB: Final = 1_024
_PIECE: Final = b"a" * (16 * _KIB)
_PART: Final[Message] = {"type": "http.response.body", "body": b"x" * (32 << 20), "more_body": True}
"""More than the buffers of two sockets take."""
_START: Final[Message] = {"type": "http.response.start", "status": 200, "headers": []}


def _run(test: Coroutine[object, object, None]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(2 * PATIENCE_S):
            await test

    asyncio.run(bounded())


async def _answers(_scope: Scope, receive: Receive, send: Send) -> None:
    """Take in a request and answer it."""
    while (await receive()).get("more_body", False):
        pass
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nhost: room"])
def test_who_sends_no_whole_head_is_closed(beginning: bytes) -> None:
    """And keeps nobody from being answered meanwhile."""

    async def test() -> None:
        async with (
            listening(_answers, replace(_SERVING, head_s=_SOON_S)) as port,
            client(port) as silent,
            client(port) as other,
        ):
            silent.say(beginning)
            assert 204 == await other.asks()
            assert await silent.is_gone()

    _run(test())


@pytest.mark.parametrize(
    "rest",
    [b"G", b"POST / HTTP/1.1\r\nhost: room.example\r\nx-long: "],
    ids=["a letter", "half a head"],
)
def test_a_second_head_may_not_take_longer_than_the_first(rest: bytes) -> None:
    """A byte would else hold a connection for ever: it ends the wait of an idle one."""

    async def test() -> None:
        async with (
            listening(_answers, replace(_SERVING, head_s=_SOON_S)) as port,
            client(port) as slow,
        ):
            assert 204 == await slow.asks()
            slow.say(rest)
            assert await slow.is_gone()

    _run(test())


def test_an_answer_may_take_longer_than_a_head() -> None:
    """And so may what comes between two requests."""
    may_answer, silent_gone = asyncio.Event(), asyncio.Event()

    async def waits(_scope: Scope, _receive: Receive, send: Send) -> None:
        await may_answer.wait()
        await _answers(_scope, _receive, send)

    async def test() -> None:
        async with (
            listening(waits, replace(_SERVING, head_s=_SOON_S)) as port,
            client(port) as asking,
        ):
            asking.say(ASK)
            async with client(port) as silent:
                assert await silent.is_gone()
            may_answer.set()
            assert 204 == await asking.status()
            async with client(port) as silent:
                assert await silent.is_gone()
            assert 204 == await asking.asks()
        silent_gone.set()

    _run(test())
    assert silent_gone.is_set()


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET / HTTP/1.1\r\nhost: room.example\r\nx-long: ",
        b"GET /",
        b"POST / HTTP/1.1\r\nhost: room.example\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx: ",
    ],
    ids=["a field", "a path", "a field behind the body"],
)
def test_a_head_without_end_is_cut(beginning: bytes) -> None:
    """Its bytes are kept in memory, so there may not be many."""

    async def test() -> None:
        async with listening(_answers, _SERVING) as port, client(port) as talker:
            talker.say(beginning)
            for piece in repeat(_PIECE, 64):
                talker.say(piece)
                await talker.has_said()
            assert 0 == await talker.status()

    _run(test())


def test_many_fields_are_cut_as_one() -> None:
    """All of a head counts."""

    async def test() -> None:
        async with listening(_answers, _SERVING) as port, client(port) as talker:
            talker.say(ASK[:-2])
            for number in range(64):
                talker.say(b"x-%d: %b\r\n" % (number, _PIECE))
                await talker.has_said()
            talker.say(b"\r\n")
            assert 0 == await talker.status()

    _run(test())


def test_a_long_body_is_no_long_head() -> None:
    """Nor is a large cookie; after both the next request is answered."""

    async def test() -> None:
        async with listening(_answers, _SERVING) as port, client(port) as sender:
            for head in (
                b"POST / HTTP/1.1\r\nhost: room.example\r\ncontent-length: 1048576\r\n\r\n",
                b"POST / HTTP/1.1\r\nhost: room.example\r\ncookie: %b\r\n"
                b"content-length: 1048576\r\n\r\n" % (b"a" * 32 * _KIB),
            ):
                sender.say(head)
                for piece in repeat(_PIECE, 64):
                    sender.say(piece)
                    await sender.has_said()
                assert 204 == await sender.status()
            assert 204 == await sender.asks()

    _run(test())


def test_one_address_leaves_room_for_others() -> None:
    """It has a quarter of all connections; what it lets go of it may have again."""

    async def test() -> None:
        async with (
            listening(_answers, replace(_SERVING, connections=12)) as port,
            AsyncExitStack() as held,
        ):
            silent = [await held.enter_async_context(client(port)) for _ in range(3)]
            assert 204 == await silent[0].asks()
            async with client(port) as one_more:
                assert await one_more.is_gone()
            async with client(port, "127.0.0.2") as other:
                assert 204 == await other.asks()
            silent[1].say(b"this is no request\r\n\r\n")
            assert 400 == await silent[1].status()
            async with client(port) as again:
                assert 204 == await again.asks()

    _run(test())


def test_a_proxy_may_have_more() -> None:
    """All that come through it have its address."""

    async def test() -> None:
        serving = replace(_SERVING, connections=12, proxies=("127.0.0.0/24",))
        async with listening(_answers, serving) as port, AsyncExitStack() as held:
            for _ in range(6):
                await held.enter_async_context(client(port))
            async with client(port) as one_more:
                assert 204 == await one_more.asks()

    _run(test())


def test_a_connection_is_ended_at_once_whatever_waits_in_it() -> None:
    """The one who is told is the application: its client has hung up."""
    ended = asyncio.Event()

    async def aborts(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send(_START)
        await send(_PART)
        more = asyncio.ensure_future(send(_PART))
        await asyncio.sleep(0)
        assert not more.done(), "the client takes nothing"
        abort(scope)
        assert "http.disconnect" == (await receive())["type"]
        with suppress(OSError):
            await more
        ended.set()

    async def test() -> None:
        async with listening(aborts, _SERVING) as port, client(port) as reader:
            reader.say(ASK)
            async with asyncio.timeout(PATIENCE_S):
                await ended.wait()

    _run(test())


def test_where_the_server_gave_nothing_nothing_is_ended() -> None:
    """As in tests without a socket."""
    abort({"type": "http"})
    abort({"type": "http", "state": {}})


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels have no such limit")
def test_who_takes_nothing_of_an_answer_is_let_go() -> None:
    """What was written for him would else be kept for as long as he likes, also when it is all."""
    gone = asyncio.Event()

    async def writes_all(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send(_START)
        await send(_PART)
        assert "http.disconnect" == (await receive())["type"]
        gone.set()

    async def test() -> None:
        async with listening(writes_all, replace(_SERVING, stalled_s=_SOON_S)) as port:
            with socket.create_connection(("127.0.0.1", port)) as unread:
                unread.sendall(ASK)
                async with asyncio.timeout(PATIENCE_S):
                    await gone.wait()

    _run(test())
