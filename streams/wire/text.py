"""What counts as UTF-8 and as JSON: RFC 3629 and RFC 8259, to the letter, and nothing beyond.

NaN, Infinity, a comma too many, a byte order mark, a control character inside a string or half a
surrogate pair are no JSON. Of a name that comes twice in an object the last value counts.
"""

from typing import Final

import msgspec
from msgspec import Raw

from streams.domain.effects import DeadLetterReason
from streams.wire.rejection import Rejection

__all__ = ["NOT_READABLE", "json_value", "require_json", "require_utf8"]

NOT_READABLE: Final = (ValueError, RecursionError)
"""What decoding a strange record raises: it is no JSON, not UTF-8, of another type,
or nested without end."""

# `Raw` looks at the grammar only, so a number of a thousand digits is the schema's to refuse.
_decode_raw: Final = msgspec.json.Decoder(Raw).decode
_decode_any: Final = msgspec.json.Decoder().decode


def require_utf8(value: bytes) -> None:
    """Refuse what is not UTF-8.

    Raises:
        Rejection: `encoding`, with the first byte that is wrong.
    """
    try:
        value.decode()
    except UnicodeDecodeError as error:
        detail = f"expected UTF-8, found none at byte {error.start}: {error.reason}"
        raise Rejection(DeadLetterReason.ENCODING, detail) from error


def require_json(value: bytes) -> None:
    """Refuse what is not one JSON value.

    Raises:
        Rejection: `json`, with the first byte that is wrong.
    """
    try:
        _decode_raw(value)
    except msgspec.DecodeError as error:
        raise Rejection(DeadLetterReason.JSON, str(error)) from error
    except RecursionError as error:
        raise Rejection(DeadLetterReason.JSON, "expected JSON less deeply nested") from error


def json_value(value: bytes) -> object:
    """Return the value of a JSON text as Python's own types.

    Raises:
        Rejection: `json`; or `schema` if a number is too large for any number of ours.
    """
    require_json(value)
    try:
        decoded: object = _decode_any(value)
    except msgspec.ValidationError as error:
        raise Rejection(DeadLetterReason.SCHEMA, str(error)) from error
    return decoded
