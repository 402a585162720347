"""Signed links: what was told, whom, and until when it may be answered, in the address of a page.

    base64url( MAC 16 │ expires at, s 4 │ length 1, name of the destination │ packed Asked )

Whoever has the link can answer, so it ends with the day, and the page behind it answers only to
a POST: the preview that a messenger makes of a link acknowledges nothing. The MAC is 128 bits of
HMAC-SHA256, under a label of its own, so that no other signature of the same key is a link.
"""

import hmac
import struct
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from streams.answers.asked import Asked, base64, packed, unbase64, unpacked
from streams.domain.times import SECOND_MS, EpochMs

__all__ = ["LinkFault", "open_link", "sign_link"]

_MAC_BYTES: Final = 16
_HEAD: Final = struct.Struct(">IB")
_LABEL: Final = b"siaga link\n"
_LENGTH_MAX: Final = 400
"""Of a token. Nothing longer is ours, and nothing longer is hashed."""


class LinkFault(StrEnum):
    """Why a link is not good."""

    FORGED = "forged"
    """None of the keys has signed it: mistyped, cut off, or made by somebody else."""
    EXPIRED = "expired"


def sign_link(asked: Asked, expires_at: EpochMs, keys: Sequence[bytes]) -> str:
    """Return the token of a link: letters, digits, dashes and underscores.

    Args:
        asked: What is answered by it.
        expires_at: From when on it is no good; to the second.
        keys: Those of the installation; the first one signs.
    """
    destination = asked.destination.encode()
    head = _HEAD.pack(expires_at // SECOND_MS, len(destination))
    payload = head + destination + packed(asked)
    token = base64(_mac(keys[0], payload) + payload)
    assert len(token) <= _LENGTH_MAX, "a destination's name is short, a drill's id has 64 letters"
    return token


def open_link(token: str, keys: Sequence[bytes], now: EpochMs) -> Asked | LinkFault:
    """Return what a link is about, or why it is not good.

    Args:
        token: As it came in; anything.
        keys: Those of the installation; any of them may have signed, so that keys can be changed.
        now: The time of the clock on the wall.
    """
    data = unbase64(token[: _LENGTH_MAX + 1])
    mac, payload = data[:_MAC_BYTES], data[_MAC_BYTES:]
    if len(token) > _LENGTH_MAX or not any(
        hmac.compare_digest(mac, _mac(key, payload)) for key in keys
    ):
        return LinkFault.FORGED
    expires_s, length = _HEAD.unpack_from(payload)
    if now >= expires_s * SECOND_MS:
        return LinkFault.EXPIRED
    body = payload[_HEAD.size :]
    return unpacked(body[length:], body[:length].decode())


def _mac(key: bytes, payload: bytes) -> bytes:
    return hmac.digest(key, _LABEL + payload, "sha256")[:_MAC_BYTES]
