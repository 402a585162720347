"""Telegram: messages of a bot, with buttons to answer by; a change edits what is there already.

    nothing sent of it yet                  a new message
    a call, and there is an earlier one     a new message, as a reply to it: an edit rings nowhere
    else, and there is an earlier one       that one is edited; if it can't be, a new message
    longer than 4,096 characters            numbered parts, the buttons under the last one

The target is the id of a chat, `-1001234567890`, or of a topic in it, `-1001234567890/45`. The
reference of a message is its number within its chat, which says nothing about whose chat it is.

A group that becomes a supergroup gets another id in the middle of the day. Telegram says which, so
the message goes there, and the log asks for `contacts.toml` to be mended.
"""

import logging
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.notice import NoticeKind
from streams.sinks.document import kind_of
from streams.sinks.saying import full_of
from streams.sinks.sender import Message
from streams.sinks.sink import Delivered, Outcome, TryAgain
from streams.sinks.telegram_api import (
    EditMessage,
    Preview,
    ReplyTo,
    SendMessage,
    Telegram,
    TelegramFault,
    TelegramFaultKind,
)
from streams.sinks.telegram_keyboard import keyboard_of
from streams.sinks.unfinished import Unfinished
from streams.texts.notices import parts

__all__ = ["TEXT_LENGTH_MAX", "TelegramSender"]

TEXT_LENGTH_MAX: Final = 4_000
"""Telegram takes 4,096, but counts some letters twice."""

_log: Final = logging.getLogger(__name__)


class _Sent(Struct, frozen=True):
    message_id: int


_decode_sent: Final = msgspec.json.Decoder(_Sent).decode


class TelegramSender:
    """Sends as a bot.

    Attributes:
        telegram: The bot, for who listens to it.
    """

    def __init__(self, telegram: Telegram, keys: Sequence[bytes]) -> None:
        """Sign buttons by the first of these keys; without one there are no buttons."""
        self.telegram = telegram
        self._keys = keys
        self._unfinished = Unfinished()

    async def send(self, one: Message) -> Outcome:
        """Edit the earlier message, or send all parts from the one that failed last time."""
        texts = parts(full_of(one, is_replied_to=False), TEXT_LENGTH_MAX)
        is_call = kind_of(one) is NoticeKind.CALL
        if one.replaces.isdecimal() and len(texts) == 1 and not is_call:
            edited = await self._edit(one, texts[0])
            if edited is not None:
                return edited
        return await self._send(one, texts)

    async def close(self) -> None:
        """Let go of connections."""
        await self.telegram.close()

    async def _edit(self, one: Message, text: str) -> Outcome | None:
        """Edit the earlier message; None: that cannot be done, somebody has deleted it."""
        result = await self.telegram.call(
            EditMessage(
                chat_id=self._chat(one),
                message_id=int(one.replaces),
                text=text,
                reply_markup=keyboard_of(one, self._keys),
                link_preview_options=Preview(),
            )
        )
        match result:
            case TelegramFault(kind=TelegramFaultKind.UNCHANGED) | msgspec.Raw():
                return Delivered(one.replaces)
            case TelegramFault(kind=TelegramFaultKind.NOT_EDITABLE | TelegramFaultKind.MOVED):
                return None
            case TelegramFault(outcome=outcome):
                return outcome

    async def _send(self, one: Message, texts: Sequence[str]) -> Outcome:
        outcome: Outcome = Delivered()
        for number in range(self._unfinished.done(one.key), len(texts)):
            request = self._request(one, texts[number], is_last=number == len(texts) - 1)
            outcome = await self._post(request)
            if not isinstance(outcome, Delivered):
                return outcome
            self._unfinished.note(one.key, number + 1)
        self._unfinished.forget(one.key)
        return outcome

    def _request(self, one: Message, text: str, *, is_last: bool) -> SendMessage:
        topic = one.target.partition("/")[2]
        return SendMessage(
            chat_id=self._chat(one),
            message_thread_id=int(topic) if topic.isdecimal() else None,
            text=text,
            reply_markup=keyboard_of(one, self._keys) if is_last else None,
            reply_parameters=ReplyTo(int(one.replaces)) if one.replaces.isdecimal() else None,
            # What few may see is not passed on by a tap.
            protect_content=any(notice.restricted_to for notice in one.notices),
            link_preview_options=Preview(),
        )

    async def _post(self, request: SendMessage) -> Outcome:
        result = await self.telegram.call(request)
        if isinstance(result, TelegramFault) and result.moved_to:
            self._note_moved(request.chat_id, result.moved_to)
            result = await self.telegram.call(
                msgspec.structs.replace(request, chat_id=result.moved_to)
            )
        if isinstance(result, TelegramFault):
            return result.outcome
        try:
            return Delivered(str(_decode_sent(result).message_id))
        except msgspec.DecodeError:
            return TryAgain("answer")

    def _chat(self, one: Message) -> str:
        chat = one.target.partition("/")[0]
        return self.telegram.moved.get(chat, chat)

    def _note_moved(self, chat: str, moved_to: str) -> None:
        self.telegram.moved[chat] = moved_to
        _log.warning(
            "a Telegram group has become a supergroup and has a new id:"
            " put it into contacts.toml before this process is started again"
        )
