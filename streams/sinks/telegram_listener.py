"""Hears the buttons of a bot by asking for them again and again, so no port has to be open.

    ask for updates after the last that is done with (Telegram answers when there is one)
      │ each press, in order
      ├─► its command is on Kafka ─► who pressed reads that it was received
      └─► not a button of ours, not in this chat ─► who pressed reads that it is not valid
    only then the next ones are asked for, which tells Telegram that these are done with

So a crash loses no press: it is given to us again, makes the same command with the same id, and
intake takes it once. One process hears a bot at a time; Telegram refuses a second one, which goes
on asking and takes over when the first is gone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from streams.domain.events import OperatorCommand
from streams.errors import UnavailableError
from streams.sinks.saying import in_language
from streams.sinks.sink import Refused, TryAgain
from streams.sinks.telegram_api import AnswerCallbackQuery, GetUpdates, Telegram, TelegramFault
from streams.sinks.telegram_updates import (
    REFUSED_TEXT,
    TAKEN_TEXT,
    Chat,
    Press,
    command_of,
    read_updates,
)
from streams.wire.text import NOT_READABLE

__all__ = ["Submit", "TelegramListener", "pause_s"]

_POLL_S: Final = 25
_SLACK_S: Final = 10.0
_PAUSE_S_MAX: Final = 30.0
_DOUBLINGS_MAX: Final = 10

_log: Final = logging.getLogger(__name__)

Submit = Callable[[OperatorCommand], Awaitable[None]]
"""Returns when the command is on Kafka; raises `UnavailableError` if it cannot be put there."""


class TelegramListener:
    """Listens to one bot, until it is cancelled."""

    def __init__(
        self,
        telegram: Telegram,
        chats: Mapping[str, Chat],
        keys: Sequence[bytes],
        submit: Submit,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take answers from these chats alone; `pause` waits for some seconds."""
        self._telegram = telegram
        self._chats = chats
        self._keys = keys
        self._submit = submit
        self._pause = pause
        self._offset = 0

    async def run(self) -> None:
        """Listen; ends only by being cancelled."""
        failures = 0
        while True:
            outcome = await self.turn()
            failures = 0 if outcome is None else failures + 1
            if outcome is not None:
                _log.warning("cannot hear a Telegram bot: %s", outcome.reason)
                await self._pause(pause_s(outcome, failures))

    async def turn(self) -> TryAgain | Refused | None:
        """Ask once and do what was asked for; None: all of it is done."""
        asked = GetUpdates(self._offset, _POLL_S)
        result = await self._telegram.call(asked, _POLL_S + _SLACK_S)
        if isinstance(result, TelegramFault):
            return result.outcome
        try:
            presses = read_updates(result)
        except NOT_READABLE:
            return TryAgain("answer")
        for press in presses:
            try:
                await self._do(press)
            except UnavailableError:
                return TryAgain("broker")
            self._offset = press.update + 1
        return None

    async def close(self) -> None:
        """Let go of connections."""
        await self._telegram.close()

    async def _do(self, press: Press) -> None:
        if not press.query:
            return
        chat = self._chats.get(self._known(press.chat))
        command = None if chat is None else command_of(press, chat, self._keys)
        if command is not None:
            await self._submit(command)
        text = REFUSED_TEXT if command is None else TAKEN_TEXT
        language = "id" if chat is None else chat.language
        # Whether who pressed reads it decides nothing: what counts is on Kafka.
        await self._telegram.call(AnswerCallbackQuery(press.query, in_language(text, language)))

    def _known(self, chat: str) -> str:
        """Return the id by which contacts know a chat: a group may have got another one today."""
        former = {new: old for old, new in self._telegram.moved.items()}
        return former.get(chat, chat)


def pause_s(outcome: TryAgain | Refused, failures: int) -> float:
    """Return how long to wait after so many failures in a row, the last of which was this."""
    asked = outcome.after_s if isinstance(outcome, TryAgain) else None
    doubled = min(2.0 ** min(failures - 1, _DOUBLINGS_MAX), _PAUSE_S_MAX)
    return doubled if asked is None else max(asked, doubled)
