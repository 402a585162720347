"""JSON Schemas of the messages, made from the types that decode and encode them.

`python -m streams.wire` writes them to `streams/wire/schemas`, a test compares. What types cannot
say is added here: which fields a kind of message needs (`streams.wire.inputs` checks the same), and
what a field means. Two rules of the contract have no word in JSON Schema: `1.0` is not an integer,
and no pattern lets a newline follow.
"""

import json
from collections.abc import Iterable
from typing import Final, cast

import msgspec

from streams.domain.events import CrowdReport, OperatorCommand, TpsStatus, VoteCount
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.receipt import Receipt
from streams.wire.documents import (
    AlertDocument,
    ReplyDocument,
    TransitionDocument,
    TriageDocument,
)
from streams.wire.inputs import BEYOND_CONTRACT, OF_OFFICERS
from streams.wire.notices import NoticeDocument
from streams.wire.picture_schemas import PICTURE_SCHEMAS
from streams.wire.schema_spec import Json, Schema

__all__ = ["SCHEMAS", "Json", "Schema", "schema", "schema_text"]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_STRICT_END: Final = r"$(?!\n)"
"""How Python says what `$` says in JSON Schema."""


def _needs_one_of(*names: str) -> list[Json]:
    return [{"required": [name]} for name in names]


def _words(words: Iterable[str]) -> list[Json]:
    return [str(word) for word in sorted(words)]


SCHEMAS: Final[dict[str, Schema]] = {
    "tps-status": Schema(
        TpsStatus,
        "A TPS tells its state",
        "A `checkin` or `duress` needs `officer`, any other kind `tps`.",
        {
            "if": {"properties": {"kind": {"enum": _words(OF_OFFICERS)}}},
            "then": {"required": ["officer"]},
            "else": {"required": ["tps"]},
        },
        {
            "ballots": "logistics_received: ballots counted on receipt",
            "complete": "logistics_received: nothing missing",
            "situation": "heartbeat, checkin",
            "queue": "people still queueing (heartbeat, closed)",
            "voters": "have voted so far",
            "all_voted": "closed: everyone on the list has voted",
            "escort": "officers with the box",
            "place": "box_arrived: where",
            "officer": "checkin, duress: who",
            "contest": "logistics_received: whose ballots, when there are several",
            "corrects": "id of the status that this one takes back, e.g. a mistaken closed",
        },
    ),
    "crowd-report": Schema(
        CrowdReport,
        "Somebody reports something, however small",
        "One of `category` and `text` is needed.",
        {"anyOf": _needs_one_of("category", "text")},
        {
            "category": "of the taxonomy; without it the report waits in triage for a person, with "
            "the reason `category`: this version does not read texts. With `situation` "
            "`gangguan` it is a report of `UMM-01` instead",
            "people": "how many are involved",
            "situation": "of an officer on the spot",
        },
    ),
    "vote-count": Schema(
        VoteCount,
        "A count of one contest at one TPS",
        "",
        {},
        {
            "votes": "by choice; negative numbers are taken and judged, not refused",
            "corrects": "id of the count that this one replaces",
        },
    ),
    "operator-command": Schema(
        OperatorCommand,
        "A person acts",
        "One of `alert`, `tps`, `report` and `area` is needed, but for `use_pack`.",
        {
            "anyOf": [
                *_needs_one_of("alert", "tps", "report", "area"),
                {"properties": {"command": {"const": "use_pack"}}},
            ]
        },
        {
            "report": "tracking id of a report",
            "area": "code of an area, where the command names nothing narrower",
            "level": "escalate: skip to this level",
            "pack": "use_pack: content hash",
            "step": "note: what of the alert's checklist has been done, by its key; "
            "not a text: as if it were not there",
            "channel": "by which way it was given: room, telegram, pagerduty, sms, link, cli; "
            "not a text of at most 32 characters: as if it were not there",
        },
    ),
    "gateway-heartbeat": Schema(
        GatewayHeartbeat,
        "A gateway lives, and says what waits in it",
        "The `role` of its `source` is `system`; with messages `pending` it needs "
        "`oldest_pending_at`.",
        {
            "allOf": [
                {"properties": {"source": {"properties": {"role": {"const": "system"}}}}},
                {
                    "if": {
                        "required": ["pending"],
                        "properties": {"pending": {"minimum": 1}},
                    },
                    "then": {"required": ["oldest_pending_at"]},
                },
            ]
        },
        {
            "source": "its `id` is the name of the gateway",
            "areas": "whose messages come through it: TPS, desa, kecamatan, kabupaten",
            "oldest_pending_at": "when the oldest message came to it that it has not handed on; "
            "missing: none waits",
            "pending": "how many messages wait",
            "every_seconds": "how often it says so; without it every minute",
        },
    ),
    "receipt": Schema(
        Receipt,
        "What became of a notice by one channel",
        "",
        {},
        {
            "id": "NOTICE:CHANNEL:ATTEMPT; of two with the same the first counts",
            "notice": "id of the notice",
            "destination": "as the notice has it; never a person, never an address",
            "outcome": "delivered: who runs the channel has taken it on; failed: given up; "
            "blocked: of a drill, for real receivers; unaddressed: nobody is named, or no such "
            "channel is configured",
            "attempt": "0: the destination's own channel, from 1 its fallbacks in order",
            "tries": "how often it was tried on this channel",
            "next": "the channel that is tried now; empty: none is left, or none is needed",
            "detail": "why it failed, in fixed words",
            "reference": "how the channel names the message",
            "alerts": "those that the notice told of, at the revisions that it told",
            "election": "that of the notice",
        },
    ),
    "alert": Schema(
        AlertDocument,
        "An alert, its whole state",
        "",
        {},
        {
            "id": "the same for the same cause on every replay",
            "rule_version": "version@hash of the rule that judged",
            "tps_class": "frozen at opening",
            "due_at": "when it climbs unless somebody acts",
            "act_by_at": "when an acknowledgement lapses",
            "route": "other ladders and agencies told at opening",
            "parent": "the alert that absorbs this one",
            "restricted_to": "roles that may see it; empty: all",
            "why": "the judgment as arithmetic",
            "taken_by": "who has it, by pair, post or role; null: nobody",
            "told": "who was told since it opened or reopened: levels, then agencies",
        },
    ),
    "transition": Schema(
        TransitionDocument,
        "One change of an alert",
        "",
        {},
        {
            "at": "in the kabupaten's zone, whole seconds",
            "level": "the highest level told",
            "cause": "deadline, late, PARTITION:OFFSET (input:LINE in a replay), or command:ID",
        },
    ),
    "triage": Schema(
        TriageDocument,
        "How a report stands",
        "",
        {},
        {
            "id": "tracking id of the report",
            "at": "since when it stands so",
            "area": "the narrowest area that is sure",
            "why": "why it waits; of one that counts the rule that it counts for",
            "candidates": "places it may be about, the likeliest first",
            "suggestions": "of one that waits: what its text may be about, the likeliest first",
            "received_at": "when the report was received",
            "channel": "how it came in; null: nobody said",
            "by": "who has decided that it stands so",
            "alert": "the alert that it became evidence of",
            "restricted_to": "roles that may see it; empty: all",
            "answer": "what whoever sent it may be told",
        },
    ),
    "reply": Schema(
        ReplyDocument,
        "The answer to a command",
        "",
        {},
        {
            "command": "id of the command",
            "alert": "that it named; empty also where that one is restricted",
            "reason": "empty if done; else what was expected",
            "role": "of the actor, by the roster; empty: not on it",
            "command_kind": "what was ordered",
            "area": "the place it was judged for; of a restricted alert its kabupaten",
        },
    ),
    "notice": Schema(
        NoticeDocument,
        "What one destination must be told now",
        "",
        {},
        {
            "id": "the same for the same alerts, revisions and destination: of repeats one counts",
            "destination": "LADDER/LEVEL@AREA/NUMBER of the contact; without a number nobody is "
            "named in the folder",
            "kind": "call: somebody must answer; inform: nobody must; roll_up: many at once",
            "ladder": "agency: `level` is then the name of the agency",
            "channel": "as contacts.toml has it; its target is there alone",
            "message": "what is told without an alert: that the log begins late",
            "due_at": "when the first of the alerts climbs on, if nobody answers",
            "restricted_to": "roles that may see it; empty: all",
        },
    ),
    **PICTURE_SCHEMAS,
}
"""By name; the file is `NAME.schema.json`."""


def schema(name: str) -> dict[str, Json]:
    """Return a message's JSON Schema, the fields of the message itself on top."""
    spec = SCHEMAS[name]
    made = cast("dict[str, Json]", msgspec.json.schema(spec.kind))
    tidy = cast("dict[str, Json]", _tidy(made))
    definitions = cast("dict[str, dict[str, Json]]", tidy["$defs"])
    top = definitions.pop(spec.kind.__name__)
    properties = cast("dict[str, dict[str, Json]]", top["properties"])
    for field in BEYOND_CONTRACT.get(spec.kind, ()):
        properties[field] = {}
    for field, meaning in spec.meaning.items():
        properties[field]["description"] = meaning
    head: dict[str, Json] = {"$schema": _DIALECT, "$id": f"{name}.schema.json", "title": spec.title}
    if spec.rule:
        head["description"] = spec.rule
    return head | {
        "type": "object",
        "required": top["required"],
        "properties": top["properties"],
        **spec.needs,
        "$defs": tidy["$defs"],
    }


def schema_text(name: str) -> str:
    """Return a message's JSON Schema as the file holds it."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def _tidy(node: Json) -> Json:
    """Drop our defaults, which promise a sender nothing, and Python's way to end a pattern."""
    match node:
        case dict():
            return {key: _tidy(value) for key, value in node.items() if key != "default"}
        case list():
            return [_tidy(item) for item in node]
        case str():
            return node.replace(_STRICT_END, "$")
        case _:
            return node
