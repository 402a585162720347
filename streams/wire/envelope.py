"""CloudEvents 1.0 around a message, or nothing around it.

| mode       | told by                                         | attributes     | data            |
|------------|-------------------------------------------------|----------------|-----------------|
| bare       | neither of the others                           | none           | the value       |
| binary     | a header `ce_…`                                 | headers `ce_…` | the value       |
| structured | content-type `application/cloudevents+json`, or | the JSON value | `data`, or      |
|            | a top-level `specversion`                       |                | `data_base64`   |

The attributes are checked and then dropped: an event's own `id`, `at` and `source` are in its
data. Batches are refused: one event a message, or one bad event would take others with it.

Source: CloudEvents 1.0.2, its JSON format and its Kafka protocol binding.
"""

import re
from base64 import b64decode
from typing import Final

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from streams.domain.effects import DeadLetterReason
from streams.wire.records import Headers
from streams.wire.rejection import Rejection
from streams.wire.text import require_json, require_utf8
from streams.wire.time import TimeTextError, parse_time

__all__ = ["unwrap"]

_PREFIX: Final = "ce_"
_STRUCTURED: Final = "application/cloudevents"
_STRUCTURED_JSON: Final = "application/cloudevents+json"
_BATCHED: Final = "application/cloudevents-batch"
_JSON_TYPE: Final = re.compile(r"(?:application|text)/(?:[a-z0-9.-]+\+)?json(?:\s*;.*)?", re.DOTALL)


class _Attributes(Struct, frozen=True, kw_only=True):
    """What an envelope says; empty is as good as missing, extension attributes are passed over."""

    specversion: str = ""
    id: str = ""
    source: str = ""
    type: str = ""
    time: str | None = None
    subject: str | None = None
    dataschema: str | None = None
    datacontenttype: str | None = None


class _Structured(_Attributes, frozen=True, kw_only=True):
    """A CloudEvent as one JSON object."""

    data: Raw | UnsetType = UNSET
    data_base64: str | None = None


_decode_structured: Final = msgspec.json.Decoder(_Structured).decode
_decode_event: Final = msgspec.json.Decoder(dict[str, Raw]).decode
_decode_batch: Final = msgspec.json.Decoder(list[dict[str, Raw]]).decode


def unwrap(value: bytes, headers: Headers) -> bytes:
    """Return the event inside a message whose value is UTF-8.

    Raises:
        Rejection: `envelope` if there is one and it is broken; `json` if the value of a
            structured or broken one is no JSON.
    """
    attributes, content_type = _envelope_headers(headers) if headers else ({}, "")
    if content_type.startswith(_STRUCTURED):
        return _structured(value, content_type)
    if attributes:
        if fault := _fault_of_headers(attributes, content_type):
            require_json(value)
            raise _broken(fault)
        return value
    if b'"specversion"' in value and _shows_specversion(value):
        return _structured(value, _STRUCTURED_JSON)
    return value


def _envelope_headers(headers: Headers) -> tuple[dict[str, bytes], str]:
    """Return the attributes of a binary envelope by name, and the content type."""
    attributes: dict[str, bytes] = {}
    content_type = ""
    for name, value in headers:
        if name.startswith(_PREFIX):
            attributes[name.removeprefix(_PREFIX)] = value or b""
        elif name.lower() == "content-type":
            content_type = (value or b"").decode(errors="replace").strip().lower()
    return attributes, content_type


def _fault_of_headers(attributes: dict[str, bytes], content_type: str) -> str:
    try:
        texts = {name: text.decode() for name, text in attributes.items()}
    except UnicodeDecodeError as error:
        return f"expected UTF-8 in the headers: {error.reason}"
    if content_type:
        texts["datacontenttype"] = content_type
    return _fault_of(msgspec.convert(texts, _Attributes))


def _structured(value: bytes, content_type: str) -> bytes:
    media_type = content_type.partition(";")[0].strip()
    require_json(value)
    if media_type.startswith(_BATCHED) or value.lstrip().startswith(b"["):
        raise _broken("batched mode is not taken: send one event a message")
    if media_type != _STRUCTURED_JSON:
        raise _broken(f"expected {_STRUCTURED_JSON}, got {media_type}")
    try:
        event = _decode_structured(value)
    except msgspec.ValidationError as error:
        raise _broken(str(error)) from error
    if fault := _fault_of(event):
        raise _broken(fault)
    return _data_of(event)


def _data_of(event: _Structured) -> bytes:
    """Return the JSON text that a structured event carries."""
    match event.data, event.data_base64:
        case Raw() as data, None:
            return bytes(data)
        case UnsetType(), str(text):
            return _from_base64(text)
        case _:
            raise _broken("expected either `data` or `data_base64`")


def _from_base64(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError as error:  # Of it is binascii's own error, and that of a text beyond ASCII.
        raise _broken(f"`data_base64`: {error}") from error
    require_utf8(data)
    return data


def _fault_of(attributes: _Attributes) -> str:
    """Say what is wrong with an envelope; nothing if all is well."""
    if attributes.specversion != "1.0":
        return f"expected `specversion` 1.0, got {attributes.specversion!r}"
    if not (attributes.id and attributes.source and attributes.type):
        return "expected `id`, `source` and `type`"
    if "" in (attributes.subject, attributes.dataschema, attributes.datacontenttype):
        return "expected no empty `subject`, `dataschema` or content type"
    content_type = attributes.datacontenttype
    if content_type is not None and _JSON_TYPE.fullmatch(content_type.lower()) is None:
        return f"expected JSON as data, got {content_type}"
    try:
        if attributes.time is not None:
            parse_time(attributes.time)
    except TimeTextError as error:
        return f"`time`: {error}"
    return ""


def _broken(fault: str) -> Rejection:
    return Rejection(DeadLetterReason.ENVELOPE, f"CloudEvents: {fault}")


def _shows_specversion(value: bytes) -> bool:
    """Tell a structured event without a content type from an event that speaks of one."""
    try:
        batch = value.lstrip().startswith(b"[")
        events = _decode_batch(value) if batch else [_decode_event(value)]
    except (msgspec.DecodeError, RecursionError):
        return False
    return any("specversion" in event for event in events)
