"""The JSON Schema of a rule's file, for editors: names, words and hints while one writes.

    # yaml-language-server: $schema=../../rule.schema.json

`python -m streams.authoring.schema` writes it. It is made from the types that read the file, so it
cannot differ from them; what spans several fields (`streams.rules.checking`) only the reader knows.
"""

import sys
from pathlib import Path
from typing import Final, cast

import msgspec

from streams.rules.pack import Rule
from streams.territory.plan import ElectionKind

__all__ = ["FILE", "free_value", "rule_schema"]

FILE: Final = Path(__file__).parents[1] / "rules" / "packs" / "rule.schema.json"
_CLASSES: Final = 4
_STRICT_END: Final = rb"$(?!\\n)"
"""How Python says what `$` says in JSON Schema, as JSON."""

Json = dict[str, object]


def rule_schema() -> bytes:
    """Return the schema of a rule's file as indented JSON."""
    _, parts = msgspec.json.schema_components(
        [Rule], schema_hook=free_value, ref_template="#/$defs/{name}"
    )
    definitions = {name: cast("Json", part) for name, part in parts.items()}
    rule = definitions.pop("Rule")
    fields = cast("Json", rule["properties"])
    changes: Json = {"type": "object", "properties": dict(fields), "additionalProperties": False}
    fields["profiles"] = {
        "type": "object",
        "description": "fields that differ in a profile",
        "properties": {str(kind): _anything_of(changes) for kind in ElectionKind},
        "additionalProperties": False,
    }
    for name in ("RuleCase", "CaseWorld", "Expected"):
        own = cast("Json", definitions[name]["properties"])
        with_each = {key: _each(cast("Json", one)) for key, one in own.items()}
        definitions[name]["properties"] = with_each
    schema: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of a pack of Siaga",
        **rule,
        "$defs": definitions,
    }
    written = msgspec.json.encode(schema, order="sorted").replace(_STRICT_END, b"$")
    return msgspec.json.format(written, indent=2) + b"\n"


def free_value(_: type) -> Json:
    """Return the schema of a field of an event, which the wire's own schema holds."""
    return {"description": "as producers send it"}


def _anything_of(changes: Json) -> Json:
    """Return the schema of some fields of a rule, nested ones in part: their kinds are not held."""
    properties = cast("Json", changes["properties"])
    named: Json = {name: {} for name in properties if name not in {"id", "tests", "profiles"}}
    return {"type": "object", "properties": named, "additionalProperties": False}


def _each(schema: Json) -> Json:
    """Return the schema of a value that may be written once for each class of TPS."""
    entries = {"type": "array", "minItems": _CLASSES, "maxItems": _CLASSES}
    by_class: Json = {
        "type": "object",
        "properties": {"each": entries},
        "required": ["each"],
        "additionalProperties": False,
    }
    return {"anyOf": [schema, by_class]}


if __name__ == "__main__":
    FILE.write_bytes(rule_schema())
    sys.stdout.write(f"{FILE.name}: written\n")
