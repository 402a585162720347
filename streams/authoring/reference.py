"""The reference page of rules, made from the types that read them.

`docs/reference/rules.md` is written by `python -m streams.authoring.reference`; a test compares.
"""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final, cast

import msgspec

from streams.authoring.schema import free_value
from streams.domain.happenings import Happening
from streams.rules import (
    area_specs,
    cases,
    count_specs,
    fields,
    ladders,
    pack,
    report_specs,
    specs,
)
from streams.rules.expression.static_types import RecordType, shown
from streams.rules.wheres import BOX_NAMES
from streams.rules.wording import FIELDS
from streams.wire.reference import kind_of
from streams.wire.schemas import Json

__all__ = ["PAGE", "reference_page"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"
_INTRODUCTION: Final = """\
# Rules

What stands in the file of a rule, field by field. This page is made from the types that read it
(`python -m streams.authoring.reference`); [how to write a rule](../how-to/write-a-rule.md) tells
the story. A field without a default must be there; a field that nobody knows is a fault, told with
file and line.

- A **duration** is a whole number of hours, minutes or seconds: `12h`, `90m`, `30s`.
- A value **by class** is one for all, or a list of four in the order `kurang_rawan`, `rawan`,
  `sangat_rawan`, `khusus`: `[90m, 60m, 30m, 60m]`.
- A **clause** is a word of the list below, or `{on: [words], where: expression}`.
- `profiles:` has, by profile (`pilkada`, `pilkades`, `pemilu`), the fields that differ there.
"""
_SECTIONS: Final[tuple[tuple[str, ModuleType, str], ...]] = (
    ("A rule", pack, "Rule"),
    ("`texts`", pack, "Texts"),
    ("`detector: overdue`", specs, "OverdueSpec"),
    ("one of its `watches`", specs, "OverdueWatch"),
    ("one of its `pauses`", fields, "Pauses"),
    ("`detector: condition`", specs, "ConditionSpec"),
    ("`detector: sequence`", specs, "SequenceSpec"),
    ("one of its `order`", specs, "Need"),
    ("`detector: score`", report_specs, "ScoreSpec"),
    ("`detector: surge`", report_specs, "SurgeSpec"),
    ("`detector: dispute`", report_specs, "DisputeSpec"),
    ("`detector: rumour`", report_specs, "RumourSpec"),
    ("`detector: ratio`", area_specs, "RatioSpec"),
    ("`detector: checkin`", area_specs, "CheckinSpec"),
    ("`detector: spread`", area_specs, "SpreadSpec"),
    ("`detector: situation`", area_specs, "SituationSpec"),
    ("`detector: dossier`", area_specs, "DossierSpec"),
    ("one of its `grounds`", area_specs, "Ground"),
    ("one of their `facts`", area_specs, "Fact"),
    ("`detector: off_duty`", area_specs, "OffDutySpec"),
    ("`detector: strength`", area_specs, "StrengthSpec"),
    ("`detector: unassigned`", area_specs, "UnassignedSpec"),
    ("`detector: undelivered`", area_specs, "UndeliveredSpec"),
    ("`detector: blind`", area_specs, "BlindSpec"),
    ("`detector: series`", count_specs, "SeriesSpec"),
    ("`detector: turnout`", count_specs, "TurnoutSpec"),
    ("`detector: pace`", count_specs, "PaceSpec"),
    ("`detector: outlier`", count_specs, "OutlierSpec"),
    ("`detector: same_image`", count_specs, "SameImageSpec"),
    ("`detector: contradiction`", count_specs, "ContradictionSpec"),
    ("`detector: tally`", count_specs, "TallySpec"),
    ("`detector: tie`", count_specs, "TieSpec"),
    ("`detector: held_back`", count_specs, "HeldBackSpec"),
    ("`detector: empty_column`", count_specs, "EmptyColumnSpec"),
    ("A clause", fields, "Clause"),
    ("A test", cases, "RuleCase"),
    ("its `world`", cases, "CaseWorld"),
    ("one of its `expect`", cases, "Expected"),
    ("one of its `checklist`", pack, "ChecklistText"),
    ("A category, in `taxonomy.yaml`", pack, "Route"),
    ("The ladders, in `ladders.yaml`", ladders, "LaddersText"),
    ("one of their paces", ladders, "PaceText"),
)

_OF_DEFAULTS: Final = frozenset({"default", "default_factory"})

Node = dict[str, Json]


def reference_page() -> str:
    """Return the page as Markdown."""
    lines = [_INTRODUCTION]
    for title, module, name in _SECTIONS:
        lines += _section(title, module, name)
    lines += ["## Words of clauses\n", " · ".join(f"`{one}`" for one in Happening), ""]
    lines += _names()
    lines += _texts()
    return "\n".join(lines)


def _section(title: str, module: ModuleType, name: str) -> Iterator[str]:
    definition = _class(module, name)
    yield f"## {title}\n"
    yield f"{ast.get_docstring(definition)}\n"
    definitions = _definitions()
    properties = cast("dict[str, Node]", definitions[name]["properties"])
    rows = list(_rows(definition, properties, definitions))
    if rows:
        yield "| field | kind | default | |"
        yield "|---|---|---|---|"
        yield from rows
        yield ""


def _class(module: ModuleType, name: str) -> ast.ClassDef:
    tree = ast.parse(inspect.getsource(module))
    return next(
        node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == name
    )


def _definitions() -> dict[str, Node]:
    types = (pack.Rule, pack.Route, ladders.LaddersText)
    _, parts = msgspec.json.schema_components(types, schema_hook=free_value)
    return {name: cast("Node", part) for name, part in parts.items()}


def _rows(
    definition: ast.ClassDef, properties: dict[str, Node], definitions: dict[str, Node]
) -> Iterator[str]:
    """Yield a row for each field, with the text that stands below it in the source."""
    for number, node in enumerate(definition.body):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        after = definition.body[number + 1 : number + 2]
        words = [_said(one) for one in after]
        default = "" if node.value is None else f"`{_default(node.value)}`"
        name = _renamed(node.value) or node.target.id
        kind = _kind(properties[name], definitions)
        yield f"| `{name}` | {kind} | {default} | {' '.join(words)} |"


def _said(node: ast.stmt) -> str:
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return " ".join(text.split())
        case _:
            return ""


def _renamed(value: ast.expr | None) -> str:
    """Return the name that `field(name=…)` gives a field in the file."""
    match value:
        case ast.Call(keywords=keywords):
            names = (word.value for word in keywords if word.arg == "name")
            return next((str(n.value) for n in names if isinstance(n, ast.Constant)), "")
        case _:
            return ""


def _default(value: ast.expr) -> str:
    match value:
        case ast.Call(keywords=keywords):
            found = next(
                (word.value for word in keywords if word.arg in {"default", "default_factory"}),
                None,
            )
            return "" if found is None else ast.unparse(found).removeprefix("lambda: ")
        case ast.Attribute(attr=word):
            # A word of an enumeration, as an author writes it.
            return word.lower()
        case _:
            return ast.unparse(value)


def _kind(node: Node, definitions: dict[str, Node]) -> str:
    """Return in words what a field may be, with the words of an enumeration spelt out."""
    match node:
        case {"$ref": str(ref)} if "enum" in definitions[ref.rpartition("/")[2]]:
            return kind_of(definitions[ref.rpartition("/")[2]])
        case {"anyOf": list(kinds)}:
            told = (_kind(cast("Node", one), definitions) for one in kinds)
            return " or ".join(one for one in dict.fromkeys(told) if one != "null")
        case {"type": "array", "prefixItems": list(items)}:
            return f"list of {len(items)}: {_kind(cast('Node', items[0]), definitions)}"
        case {"type": "array", "items": dict(item)}:
            return f"list of {_kind(item, definitions)}"
        case {"type": "object", "additionalProperties": dict(value)}:
            return f"by name: {_kind(value, definitions)}"
        case {"description": str(text), **rest} if not rest:
            return text
        case {"pattern": _, "description": str(text)}:
            return text
        case _:
            return kind_of(node)


def _names() -> Iterator[str]:
    """Yield the names that expressions see."""
    yield "## Names in expressions\n"
    yield "A field that may be missing is asked for first: `has(event.queue) && event.queue > 0`.\n"
    yield "| name | type | may be missing |"
    yield "|---|---|---|"
    for name, kind in BOX_NAMES.variables.items():
        assert isinstance(kind, RecordType), "every variable is a record"
        for field_name, field in kind.fields.items():
            missing = "yes" if field.missing.name != "NEVER" else ""
            yield f"| `{name}.{field_name}` | {shown(field.type)} | {missing} |"
    yield ""


def _texts() -> Iterator[str]:
    """Yield the names that texts may use."""
    yield "## Names in texts\n"
    yield "| detector | names in braces |"
    yield "|---|---|"
    for detector, names in FIELDS.items():
        yield f"| `{detector}` | {', '.join(f'`{{{name}}}`' for name in sorted(names))} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(reference_page(), encoding="utf-8")
