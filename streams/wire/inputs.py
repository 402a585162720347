"""Decoding of the input topics: bytes to an event, or the first reason why not.

Reasons are looked for in this order, so that a message that is wrong in several ways always gets
the same one:

    size → encoding → json → envelope → schema → bad_time

The types of `streams.domain.events` say most of the schema. What types cannot say stands here:
which fields a kind of message needs, and that a time is a moment of the calendar.
"""

from collections.abc import Callable
from typing import Final, cast

import msgspec
from msgspec import UNSET, Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.events import (
    ActorRole,
    CommandKind,
    CrowdReport,
    Event,
    OperatorCommand,
    StatusKind,
    TpsStatus,
    VoteCount,
)
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.receipt import Receipt
from streams.domain.times import EpochMs
from streams.domain.words import Role
from streams.wire.envelope import unwrap
from streams.wire.records import Headers
from streams.wire.rejection import Rejection
from streams.wire.text import json_value, require_utf8
from streams.wire.time import TimeTextError, moment_of

__all__ = [
    "BEYOND_CONTRACT",
    "INPUT_TYPES",
    "VALUE_BYTES_MAX",
    "Decoded",
    "Input",
    "decode_input",
    "role_of",
]

VALUE_BYTES_MAX: Final = 1 << 20
"""Of a message's value. Source: contract §2, `size`."""

Input = Event | GatewayHeartbeat | Receipt
"""What may come in: word of the day, of those who carry it, and of what became of our own."""
INPUT_TYPES: Final[dict[str, type[Input]]] = {
    "tps.status": TpsStatus,
    "crowd.reports": CrowdReport,
    "vote.counts": VoteCount,
    "operator.commands": OperatorCommand,
    "siaga.gateways": GatewayHeartbeat,
    "siaga.receipts": Receipt,
    "siaga.restricted.receipts": Receipt,
}
"""What each input topic carries."""

BEYOND_CONTRACT: Final[dict[type[Struct], tuple[str, ...]]] = {OperatorCommand: ("step", "channel")}
"""Fields that we added to a type of the contract. To it they are unknown fields, which refuse
nothing, so what is not as we expect it there counts as not said."""

OF_OFFICERS: Final = frozenset({StatusKind.CHECKIN, StatusKind.DURESS})
"""Statuses of an officer, who may be between two TPS."""

_decoders: Final[dict[str, Callable[[bytes], Input]]] = {
    topic: msgspec.json.Decoder(kind).decode for topic, kind in INPUT_TYPES.items()
}
_added_types: Final = {
    (kind, field.name): field.type
    for kind, names in BEYOND_CONTRACT.items()
    for field in msgspec.structs.fields(kind)
    if field.name in names
}


class Decoded(Struct, frozen=True, gc=False):
    """An event and the moment that its `at` names."""

    event: Input
    at: EpochMs


def decode_input(topic: str, value: bytes | None, headers: Headers = ()) -> Decoded:
    """Decode a message of an input topic, given by the contract's name of it.

    Raises:
        Rejection: It is none; the reason is the first that holds, in the order above.
    """
    if value is None:
        raise Rejection(DeadLetterReason.JSON, "expected a JSON object, got no value at all")
    if len(value) > VALUE_BYTES_MAX:
        detail = f"expected at most {VALUE_BYTES_MAX} bytes, got {len(value)}"
        raise Rejection(DeadLetterReason.SIZE, detail)
    require_utf8(value)
    body = unwrap(value, headers)
    try:
        event = _decoders[topic](body)
    except (msgspec.DecodeError, RecursionError):
        event = _second_look(INPUT_TYPES[topic], body)
    if lack := _lack_of(event):
        raise Rejection(DeadLetterReason.SCHEMA, f"Object missing required field {lack}")
    return Decoded(event, _moment(event))


def role_of(event: Input) -> Role | ActorRole:
    """Return the role in which its sender speaks; of receipts, which are ours, `system`."""
    if isinstance(event, Receipt):
        return Role.SYSTEM
    return event.actor.role if isinstance(event, OperatorCommand) else event.source.role


def _second_look(kind: type[Input], body: bytes) -> Input:
    """Find out why a body was refused, and take it if only an overridden value was wrong.

    The decoder stops at the first fault it meets, be it the schema's or the grammar's. Here the
    grammar comes first, and of a name that comes twice only the last value is looked at.
    """
    value = json_value(body)
    if isinstance(value, dict):
        for name in BEYOND_CONTRACT.get(kind, ()):
            _drop_if_strange(cast("dict[str, object]", value), name, kind)
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise Rejection(DeadLetterReason.SCHEMA, str(error)) from error


def _drop_if_strange(value: dict[str, object], name: str, kind: type[Input]) -> None:
    try:
        msgspec.convert(value.get(name, ""), _added_types[kind, name])
    except msgspec.ValidationError:
        del value[name]


def _lack_of(event: Input) -> str:
    """Name the field that an event of this kind needs and has not; empty if it is whole."""
    match event:
        case TpsStatus() if event.kind in OF_OFFICERS:
            return "" if event.officer is not UNSET else "`officer`, as every checkin and duress"
        case TpsStatus():
            return "" if event.tps is not UNSET else "`tps`"
        case CrowdReport():
            bare = event.category is UNSET and event.text is UNSET
            return "`category` or `text`" if bare else ""
        case OperatorCommand():
            named = (event.alert, event.tps, event.report, event.area)
            bare = event.command is not CommandKind.USE_PACK and all(v is UNSET for v in named)
            return "`alert`, `tps`, `report` or `area`" if bare else ""
        case GatewayHeartbeat():
            return _lack_of_heartbeat(event)
        case VoteCount() | Receipt():
            return ""


def _lack_of_heartbeat(event: GatewayHeartbeat) -> str:
    if event.source.role is not Role.SYSTEM:
        return "`source.role` that is `system`"
    waits = event.pending is not UNSET and event.pending > 0
    lacks = waits and event.oldest_pending_at is UNSET
    return "`oldest_pending_at`, as messages are pending" if lacks else ""


def _moment(event: Input) -> EpochMs:
    """Return the moment of `at`; every other time of the event must be one as well."""
    name = "at"
    try:
        match event:
            case OperatorCommand(until=str(until)):
                name = "until"
                moment_of(until)
            case GatewayHeartbeat(oldest_pending_at=str(oldest)):
                name = "oldest_pending_at"
                moment_of(oldest)
            case _:
                pass
        name = "at"
        return moment_of(event.at)
    except TimeTextError as error:
        raise Rejection(DeadLetterReason.BAD_TIME, f"{error} - at `$.{name}`") from error
