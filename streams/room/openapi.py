"""The room's interface as OpenAPI 3.1, made of the table of rights and of the documents' types."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, cast

import msgspec

from streams import __version__
from streams.domain.events import OperatorCommand, TpsStatus
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
from streams.room.page_documents import AlertPage, TpsPage
from streams.room.reporting import Noted
from streams.room.rights import ENDPOINTS, Endpoint
from streams.web.message import JSON, PROBLEM
from streams.web.phoned import DeskForm
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
    Delta,
    DeskForm,
    EvidenceRow,
    LetterRow,
    LogInProblem,
    OperatorCommand,
    Problem,
    Reply,
    SaidRow,
    Session,
    Snapshot,
    Noted,
    TpsPage,
    TpsRow,
    TpsStatus,
    TriageRow,
)
_GIVES: Final = {
    "session": "Session",
    "log_in": "Session",
    "snapshot": "Snapshot",
    "alert": "AlertPage",
    "tps": "TpsPage",
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
_TAKES: Final = {"command": "OperatorCommand", "report": "DeskForm", "status": "TpsStatus"}
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
    "said": ("reports",),
    "alerts": ("area", "severity", "state", "rule", "level", "text", "limit"),
}
_SECURITY: Final[Json] = [{"session": [], "csrf": []}, {"token": []}]
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
    _, schemas = msgspec.json.schema_components(_TYPES, ref_template=_REF)
    document: dict[str, Json] = {
        "openapi": "3.1.0",
        "info": {"title": "Siaga: the control room", "version": __version__},
        "paths": cast("Json", paths),
        "components": {
            "schemas": cast("Json", schemas),
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
        found["security"] = _SECURITY
        roles = ", ".join(sorted(endpoint.roles))
        found["description"] = f"roles: {roles}; scope of a token: {endpoint.scope or 'none'}"
    parameters = [
        *(_parameter(one, "path") for one in _PARAMETER.findall(endpoint.path)),
        *(_parameter(one, "query") for one in _QUERY.get(name, ())),
    ]
    if parameters:
        found["parameters"] = parameters
    if name in _TAKES:
        found["requestBody"] = {"required": True, "content": _content(_TAKES[name])}
    return found


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
    return {"description": "done"}


def _content(name: str) -> dict[str, Json]:
    return {JSON: {"schema": {"$ref": _REF.format(name=name)}}}


def _parameter(name: str, where: str) -> Json:
    return {"name": name, "in": where, "required": where == "path", "schema": {"type": "string"}}
