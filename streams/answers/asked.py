"""What somebody was told and may answer, and who answers.

An answer is the same however it comes: a button, a link, a code typed into an SMS. Each of these
leads back to an `Asked`; with an `Answerer` it becomes one command (`streams.answers.commands`).
Buttons and links carry their `Asked` with them, packed and signed, so no process has to remember
what it sent. What is packed:

    kabupaten 2 │ digest of the alert 10 │ revision 4 │ told at, s 4 │ climbs 1 │ drill …
"""

import binascii
import struct
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.ids import AlertId, AreaCode, ElectionId
from streams.domain.times import SECOND_MS, EpochMs

__all__ = ["Answerer", "Asked", "Verb", "base64", "packed", "unbase64", "unpacked"]

_HEAD: Final = struct.Struct(">H10sII?")
_KABUPATEN_DIGITS: Final = 4


class Verb(StrEnum):
    """What can be answered from afar."""

    ACK = "ack"
    """I take it on."""
    ESCALATE = "escalate"
    """Tell the level above me."""


class Asked(Struct, frozen=True, kw_only=True):
    """One alert, as one destination was told of it."""

    alert: AlertId
    revision: int
    """That which was told."""
    told_at: EpochMs
    """When it was told; of a button or link in whole seconds."""
    destination: str
    """Name of the destination, as `OPS/polsek@36.04/1`."""
    climbs: bool
    """Whether the alert climbs the ladder on which the destination stands."""
    drill: str = ""
    """Id of the drill that it is of; empty: it is real."""


class Answerer(Struct, frozen=True):
    """Who answers, as the contact that was told says."""

    actor: str
    """Id in `actors.csv`; empty: the contact is told and cannot answer."""
    area: AreaCode
    election: ElectionId
    """The real election in whose folder the contact stands."""


def packed(asked: Asked) -> bytes:
    """Return all of it but the destination, as short as it gets."""
    kabupaten, _, digest = asked.alert.partition("-")
    head = _HEAD.pack(
        int(kabupaten),
        b32decode(digest),
        asked.revision,
        asked.told_at // SECOND_MS,
        asked.climbs,
    )
    return head + asked.drill.encode()


def unpacked(data: bytes, destination: str) -> Asked:
    """Return what was packed; only for what a signature has shown to be ours."""
    kabupaten, digest, revision, told_s, climbs = _HEAD.unpack(data[: _HEAD.size])
    return Asked(
        alert=AlertId(f"{kabupaten:0{_KABUPATEN_DIGITS}}-{b32encode(digest).decode()}"),
        revision=revision,
        told_at=EpochMs(told_s * SECOND_MS),
        destination=destination,
        climbs=climbs,
        drill=data[_HEAD.size :].decode(),
    )


def base64(data: bytes) -> str:
    """Return bytes as letters, digits, dashes and underscores, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64(text: str) -> bytes:
    """Return the bytes of such a text; empty if it is none, to the last bit."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
    # The decoder passes over foreign signs and spare bits: one token must have one spelling.
    return data if base64(data) == text else b""
