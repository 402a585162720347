"""What stands behind a button in Telegram: at most 64 bytes that come back when it is pressed.

    base64url( MAC 8 │ verb 1 │ packed Asked )

The name of the destination is not in it, there is no room: it is part of what is signed. Who
reads it tries the destinations of the chat from which it came, which are few. So a button
answers in its own chat only. Telegram hands over what a button has, but a changed client can send
what it likes: 64 bits are enough against guessing where each guess is a request to Telegram.
"""

import hmac
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from streams.answers.asked import Asked, Verb, base64, packed, unbase64, unpacked

__all__ = ["CALLBACK_BYTES_MAX", "Pressed", "button_data", "read_button"]

CALLBACK_BYTES_MAX: Final = 64
"""Source: Telegram Bot API, `InlineKeyboardButton.callback_data`."""
_MAC_BYTES: Final = 8
_LABEL: Final = b"siaga button\n"
_VERBS: Final = {Verb.ACK: b"a", Verb.ESCALATE: b"e"}
_OF_BYTE: Final = {byte: verb for verb, byte in _VERBS.items()}


class Pressed(Struct, frozen=True):
    """A button that somebody has pressed."""

    verb: Verb
    asked: Asked


def button_data(verb: Verb, asked: Asked, keys: Sequence[bytes]) -> str:
    """Return what stands behind a button; empty: the id of the drill is too long for one.

    Args:
        verb: What the button says.
        asked: What is answered by it.
        keys: Those of the installation; the first one signs.
    """
    payload = _VERBS[verb] + packed(asked)
    data = base64(_mac(keys[0], asked.destination, payload) + payload)
    return data if len(data) <= CALLBACK_BYTES_MAX else ""


def read_button(data: str, destinations: Iterable[str], keys: Sequence[bytes]) -> Pressed | None:
    """Return which button was pressed, or None if it is none of ours.

    Args:
        data: As it came in; anything.
        destinations: Names of those that the chat is the address of.
        keys: Those of the installation; any of them may have signed.
    """
    if len(data) > CALLBACK_BYTES_MAX:
        return None
    raw = unbase64(data)
    mac, payload = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    for destination in destinations:
        if any(hmac.compare_digest(mac, _mac(key, destination, payload)) for key in keys):
            return Pressed(_OF_BYTE[payload[:1]], unpacked(payload[1:], destination))
    return None


def _mac(key: bytes, destination: str, payload: bytes) -> bytes:
    said = _LABEL + destination.encode() + b"\n" + payload
    return hmac.digest(key, said, "sha256")[:_MAC_BYTES]
