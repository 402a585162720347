"""Values as people and documents read them.

`plain` is what a document can carry; `written` is how a value would stand in an expression, times
as times; `figures` is a piece of an expression with its values put in: `452 != 440 + 11`.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, cast

from streams.rules.expression.comparing import Values
from streams.rules.expression.compiler import compiled
from streams.rules.expression.faults import EvaluationError
from streams.rules.expression.literals import duration_text, timestamp_text
from streams.rules.expression.static_types import (
    DURATION,
    TIMESTAMP,
    ListType,
    MapType,
    RecordType,
    StringType,
    Type,
)
from streams.rules.expression.typed import Arithmetic, Typed

__all__ = ["Plain", "figures", "plain", "written"]

Plain: TypeAlias = "bool | int | float | str | tuple[Plain, ...] | dict[str, Plain] | None"
"""A value without types of ours: times in milliseconds, words as text, None for a record."""

_ITEMS_SHOWN: Final = 8
_TEXT_SHOWN: Final = 60
"""Characters of a string; what is longer is cut, with a sign that it was."""


def plain(value: object) -> Plain:
    """Return a value as a document can carry it."""
    match value:
        case bool() | int() | float():
            return value
        case str():
            # A word of an enumeration becomes the bare text that it is.
            return str(value)
        case Mapping():
            entries = cast("Mapping[str, object]", value)
            return {key: plain(entries[key]) for key in entries}
        case Sequence():
            items = cast("Sequence[object]", value)
            return tuple(plain(item) for item in items)
        case _:
            return None


def written(value: object, kind: Type) -> str:
    """Write a value as it would stand in an expression; what is long is cut."""
    match kind, value:
        case (_, bool()):
            return "true" if value else "false"
        case (_, int()) if kind == TIMESTAMP:
            return timestamp_text(value)
        case (_, int()) if kind == DURATION:
            return duration_text(value)
        case StringType(), str():
            cut = "…" if len(value) > _TEXT_SHOWN else ""
            return '"' + value[:_TEXT_SHOWN].replace("\\", r"\\").replace('"', r"\"") + f'{cut}"'
        case ListType(item=item), Sequence():
            items = cast("Sequence[object]", value)
            return _row([written(one, item) for one in items[:_ITEMS_SHOWN]], len(items))
        case MapType(), Mapping():
            keys = cast("Mapping[str, object]", value)
            return _row([written(key, StringType()) for key in keys][:_ITEMS_SHOWN], len(keys))
        case RecordType(name=name), _:
            return name
        case _:
            return str(value)


def _row(items: list[str], count: int) -> str:
    return f"[{', '.join(items)}{', …' if count > len(items) else ''}]"


def figures(node: Typed, values: Values) -> str:
    """Write an operand with its values put in: sums stay sums, all else becomes its value."""
    if isinstance(node, Arithmetic):
        left, right = figures(node.left, values), figures(node.right, values)
        strength = _strength(node)
        if _strength(node.left) < strength:
            left = f"({left})"
        # To the right of a sign an equal one needs parentheses: a - (b - c).
        if _strength(node.right) <= strength:
            right = f"({right})"
        return f"{left} {node.operator} {right}"
    try:
        return written(compiled(node)(values), node.type)
    except EvaluationError:
        return "?"


def _strength(node: Typed) -> int:
    """Return how strongly the parts of a sum hold together."""
    if not isinstance(node, Arithmetic):
        return 3
    return 1 if node.operator in "+-" else 2
