"""The doors as OpenAPI 3.1, made from their table and from the JSON Schemas of the inputs.

Only what is open is in it: a gate without a desk describes none.
"""

from collections.abc import Sequence
from typing import Final, cast

import msgspec
from msgspec import Struct

from streams import __version__
from streams.gate.taking import Taken
from streams.web.doors import Door
from streams.web.message import JSON, PROBLEM
from streams.web.phoned import DeskForm
from streams.web.refusal import STATUS, Problem
from streams.wire.inputs import INPUT_TYPES
from streams.wire.schemas import SCHEMAS, Json, schema

__all__ = ["Operation", "openapi"]

_REF: Final = "#/components/schemas/{name}"
_BATCHES: Final = ("application/x-ndjson", "application/cloudevents-batch+json")
_SIGNED: Final = "signed"
_COUNT: Final[Json] = {"type": "integer", "minimum": 0}
_RESULT: Final[Json] = {
    "oneOf": [{"$ref": _REF.format(name=name)} for name in ("Taken", "Problem")]
}
_TAKEN_BATCH: Final[Json] = {
    "type": "object",
    "required": ["taken", "refused", "items"],
    "properties": {
        "taken": _COUNT,
        "refused": _COUNT,
        "items": {"type": "array", "items": _RESULT},
    },
}
"""As `taking.TakenBatch` is encoded; its items are told apart by their status."""
_SCHEME: Final[dict[str, Json]] = {
    "type": "apiKey",
    "in": "header",
    "name": "webhook-signature",
    "description": "Standard Webhooks 1.0: webhook-id, webhook-timestamp, webhook-signature; and "
    "siaga-producer, who it is. Or a client's certificate.",
}


class Operation(Struct, frozen=True):
    """What is said of a door."""

    summary: str
    takes: str = ""
    """Name of a schema; empty: no body, or not JSON."""
    is_event: bool = False
    gives: str = JSON
    statuses: tuple[int, ...] = (200,)


def openapi(described: Sequence[tuple[Door, Operation]]) -> bytes:
    """Return the document of these doors."""
    paths: dict[str, Json] = {}
    for door, operation in described:
        of_path = cast("dict[str, Json]", paths.setdefault(door.path, {}))
        of_path[door.method.lower()] = _operation(door, operation)
    document: dict[str, Json] = {
        "openapi": "3.1.0",
        "info": {"title": "Siaga: the doors in", "version": __version__},
        "paths": paths,
        "components": {"schemas": _schemas(), "securitySchemes": {_SIGNED: _SCHEME}},
    }
    return msgspec.json.encode(document)


def _operation(door: Door, operation: Operation) -> Json:
    made: dict[str, Json] = {
        "summary": operation.summary,
        "responses": {
            **{str(status): _response(operation) for status in operation.statuses},
            "default": {"description": _REASONS, "content": {PROBLEM: _schema_ref("Problem")}},
        },
    }
    names = [part[1:-1] for part in door.path.split("/") if part.startswith("{")]
    if names:
        made["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in names
        ]
    if operation.takes:
        made["requestBody"] = {"required": True, "content": _content(operation)}
        made["security"] = [{_SIGNED: []}]
    return made


_REASONS: Final = "not taken: " + ", ".join(f"{code} {why}" for why, code in STATUS.items())


def _response(operation: Operation) -> Json:
    if not operation.is_event:
        return {"description": operation.summary, "content": {operation.gives: {}}}
    either: list[Json] = [{"$ref": _REF.format(name=name)} for name in ("Taken", "TakenBatch")]
    return {"description": "Kafka has it", "content": {JSON: {"schema": {"oneOf": either}}}}


def _content(operation: Operation) -> dict[str, Json]:
    one: dict[str, Json] = {"$ref": _REF.format(name=operation.takes)}
    if not operation.is_event:
        return {JSON: {"schema": one}, "application/x-www-form-urlencoded": {"schema": one}}
    many: Json = {"oneOf": [one, {"type": "array", "items": one}]}
    plain: Json = {"type": "string", "description": "CloudEvents 1.0, or one event a line"}
    return {
        JSON: {"schema": many},
        "application/cloudevents+json": {"schema": {"type": "object"}},
        **{media_type: {"schema": plain} for media_type in _BATCHES},
    }


def _schema_ref(name: str) -> Json:
    return {"schema": {"$ref": _REF.format(name=name)}}


def _schemas() -> dict[str, Json]:
    """Return all schemas by name; what an event's has inside it stands beside it here."""
    kinds = set(INPUT_TYPES.values())
    made: dict[str, Json] = {}
    for name, spec in SCHEMAS.items():
        if spec.kind in kinds:
            whole = cast("dict[str, Json]", _moved(schema(name)))
            made |= cast("dict[str, Json]", whole.pop("$defs"))
            made[name] = {key: value for key, value in whole.items() if key[0] != "$"}
    _, own = msgspec.json.schema_components([Taken, Problem, DeskForm], ref_template=_REF)
    return made | cast("dict[str, Json]", own) | {"TakenBatch": _TAKEN_BATCH}


def _moved(node: Json) -> Json:
    """Point references at where the document has what they mean."""
    match node:
        case dict():
            return {key: _moved(value) for key, value in node.items()}
        case list():
            return [_moved(item) for item in node]
        case str():
            return node.replace("#/$defs/", "#/components/schemas/")
        case _:
            return node
