"""Buttons that were pressed in Telegram, and what comes of them; pure.

A chat is known by `contacts.toml`: only a chat that a contact has as its target can answer, only
for its own destinations, and in the name of the contact's actor. Who in a group pressed is not
kept: the post has answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.answers.asked import Answerer
from streams.answers.callbacks import read_button
from streams.answers.commands import answer_command
from streams.domain.alert import Text
from streams.domain.events import OperatorCommand
from streams.sinks.contacts import listed_of, ways_of
from streams.territory.plan import Plan
from streams.wire.text import NOT_READABLE

__all__ = [
    "REFUSED_TEXT",
    "TAKEN_TEXT",
    "Chat",
    "Press",
    "chats_of",
    "command_of",
    "read_updates",
]

TAKEN_TEXT: Final = Text("Diterima, sedang dicatat.", "Received, it is being noted.")
REFUSED_TEXT: Final = Text("Tombol ini tidak berlaku di sini.", "This button is not valid here.")

_TELEGRAM: Final = "telegram"


class Press(Struct, frozen=True, kw_only=True):
    """A button that was pressed; nothing of it but `update` is in any log."""

    update: int
    """Number of the update; the next ones are asked for by the number after it."""
    query: str = ""
    """By which the press is answered; empty: it was no press that we can read."""
    chat: str = ""
    data: str = ""

    def __repr__(self) -> str:
        """Show which update it was."""
        return f"Press({self.update})"


class Chat(Struct, frozen=True):
    """Whose address a chat is: who answers there, by the names of destinations."""

    answerers: Mapping[str, Answerer]
    language: str


class _Head(Struct, frozen=True):
    update_id: int


class _Place(Struct, frozen=True):
    id: int


class _Carrier(Struct, frozen=True):
    chat: _Place


class _Query(Struct, frozen=True):
    id: str
    data: str = ""
    message: _Carrier | None = None


class _Update(Struct, frozen=True):
    callback_query: _Query | None = None


_decode_all: Final = msgspec.json.Decoder(tuple[msgspec.Raw, ...]).decode
_decode_head: Final = msgspec.json.Decoder(_Head).decode
_decode_update: Final = msgspec.json.Decoder(_Update).decode


def read_updates(result: msgspec.Raw) -> tuple[Press, ...]:
    """Return what has come; of an update that cannot be read no more than its number.

    Raises:
        ValueError: This is no list of updates.
        RecursionError: It is nested without end.
    """
    return tuple(_press(one) for one in _decode_all(result))


def _press(raw: msgspec.Raw) -> Press:
    number = _decode_head(raw).update_id
    try:
        query = _decode_update(raw).callback_query
    except NOT_READABLE:
        query = None
    if query is None:
        return Press(update=number)
    chat = "" if query.message is None else str(query.message.chat.id)
    return Press(update=number, query=query.id, chat=chat, data=query.data)


def chats_of(channel: str, plans: Iterable[Plan]) -> Mapping[str, Chat]:
    """Return the chats that contacts have as targets on a channel, by their ids."""
    found: dict[str, Chat] = {}
    for plan in plans:
        for listed in listed_of(plan):
            contact = listed.contact
            answerer = Answerer(contact.actor, contact.area, plan.election.id)
            for way in ways_of(contact):
                if way.channel == channel:
                    chat = way.target.partition("/")[0]
                    known = found.get(chat, Chat({}, contact.language))
                    answerers = {**known.answerers, str(listed.destination): answerer}
                    found[chat] = Chat(answerers, known.language)
    return found


def command_of(press: Press, chat: Chat, keys: Sequence[bytes]) -> OperatorCommand | None:
    """Return the command that a press is; None: it is no button of ours, or may not answer."""
    pressed = read_button(press.data, chat.answerers, keys)
    if pressed is None:
        return None
    answerer = chat.answerers[pressed.asked.destination]
    return answer_command(pressed.verb, pressed.asked, answerer, _TELEGRAM)
