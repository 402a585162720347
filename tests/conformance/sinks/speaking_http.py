"""What a server speaks that behaves well or badly in HTTP."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from tests.conformance.sinks.server import Asked, Behaviour, Line, Talk

__all__ = ["BUSY_S", "http_talk"]

BUSY_S: Final = 7
_HEAD_END: Final = b"\r\n\r\n"
_FAR: Final = "Wed, 01 Jan 2098 00:00:00 GMT"
_REFUSALS: Final[Mapping[Behaviour, str]] = {
    Behaviour.BUSY: f"429 Too Many Requests\r\nRetry-After: {BUSY_S}",
    Behaviour.BUSY_UNTIL: f"503 Service Unavailable\r\nRetry-After: {_FAR}",
    Behaviour.BROKEN: "500 Internal Server Error",
    Behaviour.REFUSES: "400 Bad Request",
    Behaviour.LOCKED: "401 Unauthorized",
    Behaviour.GUARDED: "403 Forbidden",
    Behaviour.REDIRECTS: "302 Found\r\nLocation: /elsewhere",
}


def http_talk(answer: Callable[[Asked], bytes], status: int = 200) -> Talk:
    """Return a talk that takes a request with this answer, if it takes it at all."""
    return partial(_talk, answer, status)


async def _talk(
    answer: Callable[[Asked], bytes], status: int, behaviour: Behaviour, line: Line
) -> None:
    while not line.reader.at_eof():
        asked = await _read(line)
        line.asked.append(asked)
        whole = _response(f"{status} OK", answer(asked))
        match behaviour:
            case Behaviour.SLOW:
                await line.say_slowly(whole)
            case Behaviour.HUGE:
                await line.say(f"HTTP/1.1 {status} OK\r\n\r\n".encode())
                await line.say_without_end(b" " * 65_536)
            case Behaviour.CUT_BEFORE:
                return
            case Behaviour.CUT_WITHIN:
                await line.say(whole[:-1])
                return
            case Behaviour.GARBAGE:
                await line.say(b"220 mail.example.invalid ESMTP\r\n\r\n")
                return
            case Behaviour.NEVER:
                await line.hang()
            case _ if behaviour in _REFUSALS:
                await line.say(_response(_REFUSALS[behaviour], b'{"ok": false}'))
            case _:
                await line.say(whole)


def _response(head: str, body: bytes) -> bytes:
    status, _, headers = head.partition("\r\n")
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *filter(None, [headers])]
    return "\r\n".join(lines).encode() + _HEAD_END + body


async def _read(line: Line) -> Asked:
    head = (await line.reader.readuntil(_HEAD_END)).decode().splitlines()
    fields = (field.partition(": ") for field in head[1:] if field)
    headers = {name.lower(): value for name, _, value in fields}
    body = await line.reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(head[0], headers, body)
