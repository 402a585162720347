"""The room's interface as OpenAPI 3.1, made of the table of rights and of the documents' types."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, cast

import msgspec

from streams import __version__
from streams.room.borders import Drawing
from streams.room.documents import (
    AlertRow,
    AreaRow,
    Clock,
    Delta,
    LetterRow,
    Reply,
    Session,
    Snapshot,
    TpsRow,
    TriageRow,
)
from streams.room.evidence import EvidenceRow, SaidRow
from streams.room.guard import LogInProblem
from streams.room.openapi_bodies import BODIES, FORM_TYPES, Body, forms
from streams.room.page_documents import AlertPage, Curve, TpsPage
from streams.room.reporting import Noted
from streams.room.rights import ENDPOINTS, Endpoint
from streams.web.message import JSON, PROBLEM
from streams.web.refusal import Problem
from streams.wire.schemas import Json

__all__ = ["openapi"]

_REF: Final = "#/components/schemas/{name}"
_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_TYPES: Final = (
    AlertPage,
    AlertRow,
    AreaRow,
    Clock,
    Curve,
    Delta,
    Drawing,
    EvidenceRow,
    LetterRow,
    LogInProblem,
    Problem,
    Reply,
    SaidRow,
    Session,
    Snapshot,
    Noted,
    TpsPage,
    TpsRow,
    TriageRow,
)
_GIVES: Final = {
    "session": "Session",
    "log_in": "Session",
    "snapshot": "Snapshot",
    "alert": "AlertPage",
    "curve": "Curve",
    "tps": "TpsPage",
    "borders": "Drawing",
    "reply": "Reply",
    "report": "Noted",
    "status": "Noted",
}
_LISTS: Final = {
    "alerts": "AlertRow",
    "evidence": "EvidenceRow",
    "triage": "TriageRow",
    "said": "SaidRow",
    "letters": "LetterRow",
}
_SENT: Final = frozenset({"command", "resend"})
_STATUS: Final = {
    "command": "202",
    "report": "202",
    "status": "202",
    "resend": "202",
    "log_out": "204",
    "oidc_start": "303",
    "oidc_callback": "303",
}
_QUERY: Final[Mapping[str, tuple[str, ...]]] = {
    "stream": ("zoom", "since"),
    "snapshot": ("zoom",),
    "picture": ("area",),
    "curve": ("area", "election"),
    "borders": ("level", "area"),
    "said": ("reports",),
    "alerts": ("area", "severity", "state", "rule", "level", "text", "limit"),
}
_SCHEMES: Final[dict[str, Json]] = {
    "session": {"type": "apiKey", "in": "cookie", "name": "siaga"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-Siaga-Csrf"},
    "token": {"type": "http", "scheme": "bearer"},
}


@cache
def openapi() -> bytes:
    """Return the document."""
    paths: dict[str, dict[str, Json]] = {}
    for name, endpoint in ENDPOINTS.items():
        if endpoint.path.startswith("/api/"):
            of_path = paths.setdefault(endpoint.path, {})
            of_path[endpoint.method.lower()] = _operation(name, endpoint)
    _, found = msgspec.json.schema_components((*_TYPES, *FORM_TYPES), ref_template=_REF)
    schemas = cast("dict[str, Json]", found)
    schemas |= forms(schemas)
    for made_of in FORM_TYPES:
        del schemas[made_of.__name__]
    document: dict[str, Json] = {
        "openapi": "3.1.0",
        "info": {"title": "Siaga: the control room", "version": __version__},
        "paths": cast("Json", paths),
        "components": {
            "schemas": schemas,
            "securitySchemes": cast("Json", _SCHEMES),
        },
    }
    return msgspec.json.encode(document)


def _operation(name: str, endpoint: Endpoint) -> Json:
    problem: Json = {
        "description": "not done",
        "content": {PROBLEM: {"schema": {"$ref": _REF.format(name="Problem")}}},
    }
    found: dict[str, Json] = {
        "operationId": name,
        "summary": endpoint.says,
        "responses": {_STATUS.get(name, "200"): _answer(name), "default": problem},
    }
    if not endpoint.is_open:
        found["security"] = _security(endpoint)
        roles = ", ".join(sorted(endpoint.roles))
        found["description"] = f"roles: {roles}; scope of a token: {endpoint.scope or 'none'}"
    parameters = [
        *(_parameter(one, "path") for one in _PARAMETER.findall(endpoint.path)),
        *(_parameter(one, "query") for one in _QUERY.get(name, ())),
    ]
    if parameters:
        found["parameters"] = parameters
    if name in BODIES:
        found["requestBody"] = _body(BODIES[name])
    return found


def _security(endpoint: Endpoint) -> Json:
    """Return what lets somebody in: a session, or a token, if a scope opens it."""
    session: Json = {"session": [], "csrf": []} if endpoint.changes else {"session": []}
    return [session] if endpoint.scope is None else [session, {"token": []}]


def _body(body: Body) -> Json:
    schema: Json = {"$ref": _REF.format(name=body.schema)}
    content: Json = {JSON: {"schema": schema, "example": dict(body.example)}}
    return {"required": body.required, "content": content}


def _answer(name: str) -> Json:
    if name == "stream":
        return {
            "description": "events `snapshot` (Snapshot), `delta` (Delta), `clock` (Clock), `end`",
            "content": {"text/event-stream": {}},
        }
    if name in _GIVES:
        return {"description": "done", "content": _content(_GIVES[name])}
    if name in _LISTS:
        items: Json = {"type": "array", "items": {"$ref": _REF.format(name=_LISTS[name])}}
        schema: Json = {"type": "object", "properties": {name: items}}
        return {"description": "done", "content": {JSON: {"schema": schema}}}
    if name in _SENT:
        sent: Json = {"type": "object", "properties": {"id": {"type": "string"}}}
        return {"description": "sent", "content": {JSON: {"schema": sent}}}
    return {"description": "done"}


def _content(name: str) -> dict[str, Json]:
    return {JSON: {"schema": {"$ref": _REF.format(name=name)}}}


def _parameter(name: str, where: str) -> Json:
    return {"name": name, "in": where, "required": where == "path", "schema": {"type": "string"}}
