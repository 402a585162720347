"""Telegram's Bot API as far as we need it: requests, answers, and what an error means.

    POST {api}/bot{token}/{method}   →   {"ok": true, "result": …}
                                         {"ok": false, "error_code": 429, "description": "…",
                                          "parameters": {"retry_after": 35}}

The token stands in the address, so the address is a secret as well.
"""

import hmac
from enum import StrEnum
from typing import Final

import msgspec
from msgspec import Struct

from streams.sinks.http import Http, HttpAnswer, HttpRequest, outcome_of
from streams.sinks.secret import Secret
from streams.sinks.sink import Delivered, Refused, TryAgain
from streams.wire.text import NOT_READABLE

__all__ = [
    "UPDATES_BYTES_MAX",
    "AnswerCallbackQuery",
    "Button",
    "EditMessage",
    "GetUpdates",
    "Keyboard",
    "Preview",
    "ReplyTo",
    "SendMessage",
    "Telegram",
    "TelegramFault",
    "TelegramFaultKind",
]

UPDATES_BYTES_MAX: Final = 4 * 1024 * 1024
"""Each of 50 presses comes with the message that has the button, some 30 kB in the worst case."""

_FORBIDDEN: Final = 403
_DIGEST: Final = 12

_encode: Final = msgspec.json.Encoder().encode


class Button(Struct, frozen=True):
    """A button under a message; what it has is sent to us when it is pressed."""

    text: str
    callback_data: str


class Keyboard(Struct, frozen=True):
    """Rows of buttons."""

    inline_keyboard: tuple[tuple[Button, ...], ...]


class Preview(Struct, frozen=True):
    """Whether Telegram looks at what a link leads to; ours are for people."""

    is_disabled: bool = True


class ReplyTo(Struct, frozen=True):
    """Which message a new one belongs to."""

    message_id: int
    allow_sending_without_reply: bool = True


class SendMessage(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="sendMessage"):
    """A new message."""

    chat_id: str
    text: str
    message_thread_id: int | None = None
    reply_markup: Keyboard | None = None
    reply_parameters: ReplyTo | None = None
    protect_content: bool = False
    link_preview_options: Preview | None = None


class EditMessage(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="editMessageText"):
    """Another text, and other buttons, for a message that is there; it rings nowhere."""

    chat_id: str
    message_id: int
    text: str
    reply_markup: Keyboard | None = None
    link_preview_options: Preview | None = None


class AnswerCallbackQuery(Struct, frozen=True, tag="answerCallbackQuery"):
    """What who pressed a button reads at once."""

    callback_query_id: str
    text: str


class GetUpdates(Struct, frozen=True, tag="getUpdates"):
    """What has come since `offset`, before which all is done with; waits until something has."""

    offset: int
    timeout: int
    limit: int = 50
    allowed_updates: tuple[str, ...] = ("callback_query",)


Method = SendMessage | EditMessage | AnswerCallbackQuery | GetUpdates


class TelegramFaultKind(StrEnum):
    """Errors on which we do something else than to give up or to try again."""

    UNCHANGED = "unchanged"
    """The message is already as we want it."""
    NOT_EDITABLE = "not_editable"
    """It is gone, or may not be changed any more."""
    MOVED = "moved"
    """The group has become a supergroup, and has another id."""
    OTHER = "other"


_KINDS: Final = {
    "message is not modified": TelegramFaultKind.UNCHANGED,
    "message to edit not found": TelegramFaultKind.NOT_EDITABLE,
    "message can't be edited": TelegramFaultKind.NOT_EDITABLE,
    "message_id_invalid": TelegramFaultKind.NOT_EDITABLE,
}
"""Pieces of descriptions: the API has no other word for them. Source: Bot API, error responses."""


class TelegramFault(Struct, frozen=True, kw_only=True):
    """Why a request was not done; the description may repeat a text, so it is not kept."""

    kind: TelegramFaultKind
    outcome: TryAgain | Refused
    moved_to: str = ""


class _Parameters(Struct, frozen=True):
    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


class _Answer(Struct, frozen=True):
    ok: bool
    result: msgspec.Raw = msgspec.Raw()
    error_code: int = 0
    description: str = ""
    parameters: _Parameters = _Parameters()


_decode: Final = msgspec.json.Decoder(_Answer).decode


class Telegram:
    """A bot.

    Attributes:
        moved: New ids of groups that have become supergroups, by the old ones.
    """

    def __init__(self, http: Http, api: str, token: Secret) -> None:
        self._http = http
        self._token = token
        self.moved: Final[dict[str, str]] = {}
        self._root: Final = Secret(f"{api.rstrip('/')}/bot{token.reveal()}/")

    async def call(
        self, request: Method, timeout_s: float | None = None
    ) -> msgspec.Raw | TelegramFault:
        """Ask for something once and return the result, which is JSON, or why there is none."""
        answer = await self._http.send(
            HttpRequest(
                url=self._root.reveal() + str(request.__struct_config__.tag),
                headers={"Content-Type": "application/json"},
                body=_encode(request),
            ),
            timeout_s,
        )
        match answer:
            case HttpAnswer():
                return _read(answer)
            case _:
                return TelegramFault(kind=TelegramFaultKind.OTHER, outcome=answer)

    def digest(self, place: str) -> str:
        """Return by what we know a chat or a topic again; nobody else can tell which it is."""
        made = hmac.new(self._token.reveal().encode(), place.encode(), "sha256")
        return made.hexdigest()[:_DIGEST]

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()


def _read(answer: HttpAnswer) -> msgspec.Raw | TelegramFault:
    try:
        found = _decode(answer.body)
    except NOT_READABLE:
        outcome = outcome_of(answer)
        # A success that nobody can read is of somebody between us and Telegram.
        failed = TryAgain("answer") if isinstance(outcome, Delivered) else outcome
        return TelegramFault(kind=TelegramFaultKind.OTHER, outcome=failed)
    return found.result if found.ok else _fault_of(answer, found)


def _fault_of(answer: HttpAnswer, found: _Answer) -> TelegramFault:
    code = found.error_code or answer.status
    moved_to = found.parameters.migrate_to_chat_id
    if moved_to is not None:
        refused = Refused(f"http {code}")
        return TelegramFault(kind=TelegramFaultKind.MOVED, outcome=refused, moved_to=str(moved_to))
    description = found.description.casefold()
    kinds = (kind for words, kind in _KINDS.items() if words in description)
    retry_after_s = found.parameters.retry_after or answer.retry_after_s
    outcome = (
        # Telegram's own word about this chat: it has blocked the bot, or put it out.
        Refused(f"http {code}")
        if code == _FORBIDDEN
        else outcome_of(HttpAnswer(code, retry_after_s=retry_after_s))
    )
    assert not isinstance(outcome, Delivered), "an error has no status of success"
    return TelegramFault(kind=next(kinds, TelegramFaultKind.OTHER), outcome=outcome)
