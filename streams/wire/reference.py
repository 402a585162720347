"""The reference page of the messages, made from their JSON Schemas.

`docs/reference/schemas.md` is written by `python -m streams.wire`; a test compares.
"""

from collections.abc import Iterator
from typing import Final, cast

from streams.wire.schemas import SCHEMAS, Json, schema

__all__ = ["kind_of", "reference_page"]

_INTRODUCTION: Final = """\
# Messages

What goes in and what comes out, field by field. This page is made from the types that decode and
encode the messages (`python -m streams.wire`); the same types give the JSON Schemas in
`streams/wire/schemas`. A field in **bold** is required.

- JSON in UTF-8, one message an event. Unknown fields are passed over; `null` is never taken.
- `1.0` is not an integer, and an integer has 64 bits with its sign.
- A pattern ends strictly: nothing may follow, not even a newline.
- Inputs may come bare or in a CloudEvents 1.0 envelope, binary or structured.
- What cannot be taken is a [dead letter](dead-letters.md).
"""

_TOPICS: Final = {
    "tps-status": "`tps.status`, in",
    "crowd-report": "`crowd.reports`, in",
    "vote-count": "`vote.counts`, in",
    "operator-command": "`operator.commands`, in",
    "gateway-heartbeat": "`siaga.gateways`, in",
    "receipt": "`siaga.receipts`, in",
    "alert": "`siaga.alerts`, out",
    "transition": "`siaga.transitions`, out",
    "notice": "`siaga.notices`, out",
    "triage": "`siaga.triage`, out",
    "reply": "`siaga.replies`, out",
    "tps-picture": "`siaga.picture`, out",
    "area-picture": "`siaga.picture`, out",
}

Node = dict[str, Json]


def reference_page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_INTRODUCTION, *(line for name in SCHEMAS for line in _message(name))])


def _message(name: str) -> Iterator[str]:
    made = schema(name)
    yield f"## {made['title']} ({_TOPICS[name]})\n"
    if "description" in made:
        yield f"{made['description']}\n"
    definitions = cast("dict[str, Node]", made.pop("$defs", {}))
    yield from _table(made)
    for title, definition in definitions.items():
        if "properties" in definition:
            yield f"`{title}`: {definition['description']}\n"
            yield from _table(definition)
        else:
            yield f"`{title}`: {kind_of(definition)}\n"


def _table(node: Node) -> Iterator[str]:
    required = cast("list[str]", node.get("required", []))
    yield "| field | type | |"
    yield "|---|---|---|"
    for name, field in cast("dict[str, Node]", node["properties"]).items():
        shown = f"**`{name}`**" if name in required else f"`{name}`"
        yield f"| {shown} | {kind_of(field)} | {field.get('description', '')} |"
    yield ""


def kind_of(node: Node) -> str:
    """Return in words what a value may be, for the pages that are made from schemas."""
    match node:
        case {"$ref": str(ref)}:
            return f"`{ref.rsplit('/', 1)[-1]}`"
        case {"enum": list(words)}:
            return " · ".join(f"`{word}`" for word in words)
        case {"anyOf": list(kinds)}:
            return " or ".join(dict.fromkeys(kind_of(cast("Node", kind)) for kind in kinds))
        case {"type": "array", "items": dict(item)}:
            return f"list of {kind_of(item)}{_bounds(node)}"
        case {"type": "object", "additionalProperties": dict(value)}:
            return f"object of {kind_of(value)}"
        case {"format": "date-time"}:
            return "time"
        case {"type": str(kind)}:
            return f"{kind}{_bounds(node)}"
        case _:
            return "anything"


def _bounds(node: Node) -> str:
    """Say which values of a type are allowed; 64 bits are said once, on top of the page."""
    if "pattern" in node:
        return f" `{node['pattern']}`".replace("|", "\\|")
    words = {
        "minLength": "not empty",
        "maxLength": "at most {} characters",
        "maxItems": "at most {}",
        "minimum": "from {}",
        "exclusiveMinimum": "above {}",
        "maximum": "to {}",
    }
    told = [
        text.format(bound)
        for word, text in words.items()
        if isinstance(bound := node.get(word), int | float) and abs(bound) < 1 << 62
    ]
    return f", {', '.join(told)}" if told else ""
