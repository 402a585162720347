"""Telegram: messages of a bot, with buttons to answer by; a change edits what is there already.

    nothing sent of it yet                  a new message
    a call, and there is an earlier one     a new message, as a reply to it: an edit rings nowhere
    else, and there is an earlier one       that one is edited; if it can't be, a new message
    longer than 4,096 characters            numbered parts, the buttons under the last one

The target is the id of a chat, `-1001234567890`, or of a topic in it, `-1001234567890/45`. The
reference of a message is its number within its chat and a digest by which we know the chat again:
the same number is another message elsewhere, as in the chat of a fallback, in one that a contact
has got since, or in a group that has moved. Who does not have the token learns no chat from it.

A group that becomes a supergroup gets another id in the middle of the day. Telegram says which, so
the message goes there, and the log asks for `contacts.toml` to be mended.
"""

import logging
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

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
from streams.wire.text import NOT_READABLE

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
        earlier = self._earlier(one)
        if earlier is not None and len(texts) == 1 and not is_call:
            edited = await self._edit(one, earlier, texts[0])
            if edited is not None:
                return edited
        return await self._send(one, texts)

    async def close(self) -> None:
        """Let go of connections."""
        await self.telegram.close()

    async def _edit(self, one: Message, earlier: int, text: str) -> Outcome | None:
        """Edit the earlier message; None: that cannot be done, somebody has deleted it."""
        result = await self.telegram.call(
            EditMessage(
                chat_id=self._chat(one),
                message_id=earlier,
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
        earlier = self._earlier(one)
        return SendMessage(
            chat_id=self._chat(one),
            message_thread_id=_topic(one),
            text=text,
            reply_markup=keyboard_of(one, self._keys) if is_last else None,
            reply_parameters=None if earlier is None else ReplyTo(earlier),
            # What few may see is not passed on by a tap.
            protect_content=any(notice.restricted_to for notice in one.notices),
            link_preview_options=Preview(),
        )

    async def _post(self, request: SendMessage) -> Outcome:
        result = await self.telegram.call(request)
        if isinstance(result, TelegramFault) and result.moved_to:
            self._note_moved(request.chat_id, result.moved_to)
            # What it replies to is a message of the old group.
            request = replace(request, chat_id=result.moved_to, reply_parameters=None)
            result = await self.telegram.call(request)
        if isinstance(result, TelegramFault):
            return result.outcome
        try:
            number = _decode_sent(result).message_id
        except NOT_READABLE:
            return TryAgain("answer")
        place = _place(request.chat_id, request.message_thread_id)
        return Delivered(f"{number}.{self.telegram.digest(place)}")

    def _earlier(self, one: Message) -> int | None:
        """Return the number of the message that may be edited; None: there is none in this chat."""
        number, _, digest = one.replaces.partition(".")
        is_here = digest == self.telegram.digest(_place(self._chat(one), _topic(one)))
        return int(number) if is_here and number.isdecimal() else None

    def _chat(self, one: Message) -> str:
        chat = one.target.partition("/")[0]
        return self.telegram.moved.get(chat, chat)

    def _note_moved(self, chat: str, moved_to: str) -> None:
        self.telegram.moved[chat] = moved_to
        _log.warning(
            "a Telegram group has become a supergroup and has a new id:"
            " put it into contacts.toml before this process is started again"
        )


def _topic(one: Message) -> int | None:
    topic = one.target.partition("/")[2]
    return int(topic) if topic.isdecimal() else None


def _place(chat: str, topic: int | None) -> str:
    return chat if topic is None else f"{chat}/{topic}"
