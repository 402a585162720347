"""A Telegram that is played: it answers by method what a test says, and keeps what it was asked."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from streams.sinks.http import Http
from streams.sinks.secret import Secret
from streams.sinks.telegram_api import UPDATES_BYTES_MAX, Telegram
from tests.conformance.sinks.case import TIMEOUT_S
from tests.conformance.sinks.server import Asked, Behaviour, serve
from tests.conformance.sinks.speaking_http import http_talk

__all__ = ["SENT", "TOKEN", "Request", "fault", "ok", "played"]

TOKEN: Final = "it opens everything"
Found = TypeVar("Found")


class Request(msgspec.Struct, frozen=True):
    """What was asked of it."""

    method: str
    body: Mapping[str, object]


def ok(result: object) -> bytes:
    """Return an answer with a result."""
    return json.dumps({"ok": True, "result": result}).encode()


SENT: Final = ok({"message_id": 77})


def fault(code: int, description: str, **parameters: int) -> bytes:
    """Return an error as Telegram words it."""
    return json.dumps(
        {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    ).encode()


def played(
    folder: Path,
    script: Mapping[str, list[bytes]],
    play: Callable[[Telegram], Awaitable[Found]],
) -> tuple[Found, list[Request]]:
    """Play something with a bot.

    Args:
        folder: Of the test.
        script: Answers by method, one after the other; the last one again and again. A method that
            is not in it answers with success.
        play: What is done with the bot.

    Returns:
        What `play` returned, and all that was asked of Telegram meanwhile.
    """
    left = {method: list(answers) for method, answers in script.items()}

    def answer(asked: Asked) -> bytes:
        answers = left.get(_method(asked), [SENT])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def run() -> tuple[Found, list[Asked]]:
        async with serve(Behaviour.TAKES, http_talk(answer), folder) as place:
            telegram = Telegram(Http(TIMEOUT_S, None, UPDATES_BYTES_MAX), place.url, Secret(TOKEN))
            try:
                return await play(telegram), place.asked
            finally:
                await telegram.close()

    found, asked = asyncio.run(run())
    return found, [Request(_method(one), json.loads(one.body)) for one in asked]


def _method(asked: Asked) -> str:
    path = asked.line.split()[1]
    assert path.startswith("/bot")
    return path.rpartition("/")[2]
