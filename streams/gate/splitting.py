"""From the body of a request to the events in it, each as a Kafka record would carry it.

| content type                             | is                                               |
|------------------------------------------|--------------------------------------------------|
| `application/json`, none                 | one event, or an array of events                 |
| the same, with headers `ce-…`            | one CloudEvent in binary mode                    |
| `application/cloudevents+json`           | one CloudEvent in structured mode                |
| `application/cloudevents-batch+json`     | an array of those                                |
| `application/x-ndjson`, `…/jsonl`        | one event a line; empty lines are passed over    |

An event is handed on byte for byte as it came, with the headers that Kafka's binding of CloudEvents
has for the same (`ce-id` becomes `ce_id`): whoever reads the topic sees what was sent. Whether an
event is one is not looked at here.

Of a batch no more is read than may be in one: a body of commas is a million events otherwise.

Source: CloudEvents 1.0.2, its HTTP and Kafka protocol bindings.
"""

import json
import re
from itertools import islice
from typing import Final
from urllib.parse import unquote_to_bytes

import msgspec
from msgspec import Raw, Struct

from streams.web.message import JSON, Incoming
from streams.web.refusal import Reason, Refusal
from streams.wire.records import Headers

__all__ = ["Item", "Items", "split"]

_STRUCTURED: Final = "application/cloudevents+json"
_BATCHED: Final = "application/cloudevents-batch+json"
_LINES: Final = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl"})
_CONTENT_TYPE: Final = "content-type"
_AS_STRUCTURED: Final[Headers] = ((_CONTENT_TYPE, _STRUCTURED.encode()),)
_HTTP_PREFIX: Final = "ce-"
_KAFKA_PREFIX: Final = "ce_"
_TAKEN: Final = f"{JSON}, {_STRUCTURED}, {_BATCHED}, application/x-ndjson"

_LINE: Final = re.compile(rb"[^\n]+")
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_SCANNER: Final = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
"""Reads one value of many, which msgspec does not; what it finds is thrown away."""

_decode_array: Final = msgspec.json.Decoder(list[Raw]).decode


class Item(Struct, frozen=True):
    """One event, not looked into."""

    value: bytes
    headers: Headers = ()


class Items(Struct, frozen=True):
    """The events of a request; `is_batch` tells an array of one from one."""

    items: tuple[Item, ...]
    is_batch: bool


def split(incoming: Incoming, events_max: int) -> Items:
    """Return the events of a request.

    Raises:
        Refusal: `media_type`; or of a batch `json`, `batch` (it is empty) or `size`.
    """
    media_type, body = incoming.media_type, incoming.body
    _check_charset(incoming.header(_CONTENT_TYPE))
    if media_type == _STRUCTURED:
        return Items((Item(body, _AS_STRUCTURED),), is_batch=False)
    if media_type == _BATCHED:
        values = _array(body, events_max)
        return _batch([Item(value, _AS_STRUCTURED) for value in values], events_max)
    if media_type in _LINES:
        lines = (found[0].strip(b"\r \t") for found in _LINE.finditer(body))
        items = (Item(line) for line in lines if line)
        return _batch(list(islice(items, events_max + 1)), events_max)
    if media_type not in {"", JSON}:
        raise Refusal(Reason.MEDIA_TYPE, f"expected one of {_TAKEN}")
    attributes = _attributes(incoming)
    if attributes:
        return Items((Item(body, attributes),), is_batch=False)
    if body.lstrip(b" \t\r\n").startswith(b"["):
        return _batch([Item(value) for value in _array(body, events_max)], events_max)
    return Items((Item(body),), is_batch=False)


def _check_charset(content_type: str) -> None:
    _, found, charset = content_type.lower().partition("charset=")
    if found and charset.partition(";")[0].strip(' "') not in {"utf-8", "utf8"}:
        raise Refusal(Reason.MEDIA_TYPE, "expected charset=utf-8, or none")


def _array(body: bytes, events_max: int) -> list[bytes]:
    try:
        if body.count(b",") >= events_max and _is_longer(body.decode(), events_max):
            raise _too_many(events_max)
        return [bytes(value) for value in _decode_array(body)]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal(Reason.JSON, str(error)) from error
    except RecursionError as error:
        raise Refusal(Reason.JSON, "expected JSON less deeply nested") from error


def _is_longer(text: str, events_max: int) -> bool:
    """Tell whether an array has more values than may be; of what is no array that is not said."""
    at = text.index("[") + 1
    for _ in range(events_max):
        try:
            _, at = _SCANNER.raw_decode(text, _past_space(text, at))
        except ValueError:
            return False
        at = _past_space(text, at) + 1
        if text[at - 1 : at] != ",":
            return False
    return True


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _too_many(events_max: int) -> Refusal:
    return Refusal(Reason.SIZE, f"expected at most {events_max} events at once")


def _batch(items: list[Item], events_max: int) -> Items:
    if not items:
        raise Refusal(Reason.BATCH, "expected at least one event")
    if len(items) > events_max:
        raise _too_many(events_max)
    return Items(tuple(items), is_batch=True)


def _attributes(incoming: Incoming) -> Headers:
    """Return the headers of Kafka's binary mode for those of HTTP's; none without an envelope."""
    found = tuple(
        (_KAFKA_PREFIX + name.removeprefix(_HTTP_PREFIX), unquote_to_bytes(text))
        for name, text in incoming.headers.items()
        if name.startswith(_HTTP_PREFIX)
    )
    content_type = incoming.header(_CONTENT_TYPE)
    return (*found, (_CONTENT_TYPE, content_type.encode())) if found and content_type else found
