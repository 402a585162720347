"""Bodies of requests, for the interface's description: what a page sends, and nothing that we set.

Who acts, when and by which channel the room says itself; so the forms are those of the events
without these, and an `id` may be left out. Each has an example, which tests send.
"""

from collections.abc import Mapping
from typing import Final, cast

from msgspec import Struct

from streams.domain.events import OperatorCommand, TpsStatus
from streams.web.phoned import DeskForm
from streams.wire.schemas import Json

__all__ = ["BODIES", "FORM_TYPES", "Body", "forms"]

_REF: Final = "#/components/schemas/{name}"
_AT: Final = "2024-11-27T07:10:00+07:00"
_TPS: Final = "36.04.17.2010-001"
_TEXT: Final[dict[str, Json]] = {"type": "string", "minLength": 1}
_RELAYED: Final[dict[str, Json]] = {
    "relays": {"$ref": _REF.format(name="Role")},
    "channel": {"enum": ["phone", "radio"]},
}
FORM_TYPES: Final = (OperatorCommand, TpsStatus, DeskForm)
"""Types of which forms are made; they are no schemas of the interface themselves."""


class Body(Struct, frozen=True):
    """What an endpoint takes."""

    schema: str
    example: Mapping[str, Json]
    required: bool = True


BODIES: Final[Mapping[str, Body]] = {
    "log_in": Body("LogInForm", {"user": "posko-1", "password": "Merah-Putih-17-Agustus"}),
    "command": Body(
        "CommandForm",
        {"command": "ack", "alert": "3604-MZXW6YTBOI2HGZLM", "reason": "Danton ke lokasi."},
    ),
    "report": Body(
        "ReportForm",
        {"at": _AT, "text": "Antrean tidak bergerak.", "tps": _TPS, "relays": "warga"},
    ),
    "status": Body(
        "StatusForm",
        {"at": _AT, "kind": "opened", "tps": _TPS, "relays": "kpps", "channel": "radio"},
    ),
    "resend": Body(
        "MendedForm",
        {
            "value": '{"id":"s-1","at":"2024-11-27T07:10:00+07:00","kind":"opened",'
            '"tps":"36.04.17.2010-001","source":{"id":"A7","role":"pam_tps"}}'
        },
        required=False,
    ),
}
"""By the name of the endpoint."""


def forms(schemas: Mapping[str, Json]) -> dict[str, Json]:
    """Return the schemas of all forms.

    Args:
        schemas: Of `FORM_TYPES`, by name.
    """
    return {
        "LogInForm": _object({"user": _TEXT, "password": _TEXT}, ["user", "password"]),
        "MendedForm": _object({"value": _TEXT}, ["value"]),
        "CommandForm": _without(schemas["OperatorCommand"], {"at", "actor", "channel"}, {}),
        "ReportForm": _without(schemas["DeskForm"], {"operator"}, _RELAYED),
        "StatusForm": _without(schemas["TpsStatus"], {"source"}, _RELAYED),
    }


def _without(schema: Json, ours: set[str], more: dict[str, Json]) -> Json:
    """Return the schema of an event without what the room says itself."""
    of = cast("dict[str, Json]", schema)
    properties = cast("dict[str, Json]", of["properties"])
    needed = cast("list[str]", of["required"])
    kept = {name: one for name, one in properties.items() if name not in ours}
    return _object({**kept, **more}, [one for one in needed if one not in {*ours, "id"}])


def _object(properties: dict[str, Json], needed: list[str]) -> Json:
    return {"type": "object", "properties": properties, "required": cast("list[Json]", needed)}
