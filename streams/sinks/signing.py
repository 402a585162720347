"""Signatures of Standard Webhooks 1.0: ours on what we send, others' on what we take.

    webhook-id:         the message; a repeat has the same, so it is the idempotency key
    webhook-timestamp:  seconds since 1970, of the attempt
    webhook-signature:  v1,BASE64 v1,BASE64     one for each secret that is in force

    BASE64 = HMAC-SHA256 of `id.timestamp.body`

Who replaces a secret has two for a while: we sign with all of ours, and take what any of theirs has
signed. The time is handed in: a signature from another hour is somebody repeating what he heard.

Source: Standard Webhooks, spec/standard-webhooks.md.
"""

import base64
import binascii
import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

__all__ = [
    "ID_HEADER",
    "SIGNATURE_HEADER",
    "TIMESTAMP_HEADER",
    "TOLERANCE_S",
    "SignatureError",
    "sign",
    "signing_key",
    "verify",
]

ID_HEADER: Final = "webhook-id"
TIMESTAMP_HEADER: Final = "webhook-timestamp"
SIGNATURE_HEADER: Final = "webhook-signature"
TOLERANCE_S: Final = 300
"""How far a message's time may be from ours, either way."""

_PREFIX: Final = "whsec_"
_KEY_BYTES_MIN: Final = 24
_KEY_BYTES_MAX: Final = 64
_VERSION: Final = "v1"
_DIGITS_MAX: Final = 12


class SignatureError(Exception):
    """A message was not signed as it must be; its text is `missing`, `time` or `signature`."""


def signing_key(secret: str) -> bytes:
    """Return the key of a secret: `whsec_` and base64 of 24 to 64 bytes.

    Raises:
        ValueError: It is not one; the message does not repeat it.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not _KEY_BYTES_MIN <= len(key) <= _KEY_BYTES_MAX:
        expected = f"{_KEY_BYTES_MIN} to {_KEY_BYTES_MAX} bytes in base64 after {_PREFIX}"
        raise ValueError(f"not a secret of Standard Webhooks: expected {expected}")
    return key


def sign(
    keys: Iterable[bytes], message_id: str, timestamp_s: int, body: bytes
) -> Mapping[str, str]:
    """Return the headers by which whoever has one of the keys knows a message as ours."""
    made = (_signature(key, message_id, str(timestamp_s), body) for key in keys)
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(timestamp_s),
        SIGNATURE_HEADER: " ".join(f"{_VERSION},{one}" for one in made),
    }


def verify(keys: Sequence[bytes], headers: Mapping[str, str], body: bytes, now_s: float) -> None:
    """Take a message that one of the keys has signed within the tolerance of now.

    Args:
        keys: Of whoever it says it is from.
        headers: By names in small letters.
        body: As it came, byte for byte.
        now_s: Seconds since 1970.

    Raises:
        SignatureError: It is not signed, not of this time, or not by any of the keys.
    """
    found = tuple(headers.get(name, "") for name in (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER))
    message_id, timestamp, shown = found
    if not all(found):
        raise SignatureError("missing")
    if not _is_of_now(timestamp, now_s):
        raise SignatureError("time")
    offered = [one.partition(",")[2] for one in shown.split() if one.startswith(f"{_VERSION},")]
    made = [_signature(key, message_id, timestamp, body) for key in keys]
    # All are compared, so that how long it takes says nothing about which one came near.
    right = [
        hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "surrogatepass"))
        for ours in made
        for theirs in offered
    ]
    if not any(right):
        raise SignatureError("signature")


def _is_of_now(timestamp: str, now_s: float) -> bool:
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= _DIGITS_MAX):
        return False
    return abs(now_s - int(timestamp)) <= TOLERANCE_S


def _signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    signed = f"{message_id}.{timestamp}.".encode("utf-8", "surrogatepass") + body
    return base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
