"""Which fields an expression reads: for its page, and to know which events concern it.

An item of a list and a value of a map are written `[]`: `event.evidence[].kind`. Of a path only its
end is told, so `event.place.tps` and not `event.place` as well.
"""

from collections.abc import Iterator, Mapping

from streams.rules.expression.typed import (
    Has,
    ItemAt,
    Quantify,
    Read,
    Typed,
    ValueOf,
    Variable,
    parts_of,
)

__all__ = ["paths_of"]


def paths_of(node: Typed) -> tuple[str, ...]:
    """Return the paths that an expression reads, in the order of the alphabet."""
    found = set(_paths(node, {}))
    return tuple(sorted(path for path in found if not _goes_on(path, found)))


def _goes_on(path: str, paths: set[str]) -> bool:
    return any(other.startswith((f"{path}.", f"{path}[")) for other in paths)


def _paths(node: Typed, bound: Mapping[str, str]) -> Iterator[str]:
    path = _path(node, bound)
    if path:
        yield path
    for part in parts_of(node):
        inner = bound
        if isinstance(node, Quantify) and part is node.body:
            over = _path(node.over, bound)
            inner = {**bound, node.variable: f"{over}[]" if over else ""}
        yield from _paths(part, inner)


def _path(node: Typed, bound: Mapping[str, str]) -> str:
    """Return the path of a node, or nothing where it is none."""
    match node:
        case Variable(name=name):
            return bound.get(name, name)
        case Read(operand=operand, name=name) | Has(operand=operand, name=name):
            base = _path(operand, bound)
            return f"{base}.{name}" if base else ""
        case ItemAt(operand=operand) | ValueOf(operand=operand):
            base = _path(operand, bound)
            return f"{base}[]" if base else ""
        case _:
            return ""
