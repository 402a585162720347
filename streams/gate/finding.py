"""Finding a text in what a gateway sent, by a path of the settings.

    from                                            a field
    text.body                                       a field of a field
    entry.*.changes.*.value.messages.*              every entry of arrays within arrays

A form is an object of texts. What is not where a path says is not there: nobody knows what a
gateway will send next year, and a report must not be lost by a field too many.
"""

from collections.abc import Iterator, Mapping
from typing import Final, cast
from urllib.parse import parse_qsl

import msgspec

from streams.web.message import JSON, Incoming
from streams.web.refusal import Reason, Refusal
from streams.wire.rejection import Rejection
from streams.wire.text import json_value, require_utf8

__all__ = ["body_of", "each", "text_at"]

_FORM: Final = "application/x-www-form-urlencoded"
_FIELDS_MAX: Final = 200
_EVERY: Final = "*"


def body_of(incoming: Incoming) -> object:
    """Return what a request says: its JSON, its form, or without a body its parameters.

    Raises:
        Refusal: It is neither.
    """
    body = incoming.body
    if not body:
        return incoming.query
    try:
        require_utf8(body)
        if incoming.media_type == _FORM:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS_MAX)
            return {**incoming.query, **dict(pairs)}
        if incoming.media_type in {"", JSON}:
            return json_value(body)
    except Rejection as verdict:
        raise Refusal(Reason(verdict.reason), verdict.detail) from verdict
    except ValueError as error:
        raise Refusal(Reason.SIZE, f"expected at most {_FIELDS_MAX} fields") from error
    raise Refusal(Reason.MEDIA_TYPE, f"expected {JSON} or {_FORM}")


def each(root: object, path: str) -> Iterator[object]:
    """Yield every value that a path leads to; an empty path leads to where it begins."""
    if not path:
        yield root
        return
    name, _, rest = path.partition(".")
    if isinstance(root, list):
        entries = cast("list[object]", root)
        if name == _EVERY:
            for entry in entries:
                yield from each(entry, rest)
    elif isinstance(root, Mapping):
        fields = cast("Mapping[str, object]", root)
        if name in fields:
            yield from each(fields[name], rest)


def text_at(root: object, path: str) -> str:
    """Return the first text or number that a path leads to; empty: there is none."""
    for found in each(root, path) if path else ():
        if isinstance(found, str):
            return found.strip()
        if isinstance(found, int | float) and not isinstance(found, bool):
            return msgspec.json.encode(found).decode()
    return ""
