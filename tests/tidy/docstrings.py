"""Which names are public, and which of them say nothing about themselves."""

import ast
from collections.abc import Iterator

from tests.tidy.functions import Function

Documented = ast.ClassDef | Function


def undocumented(text: str) -> list[str]:
    """Name the module, and each public class, function and test in it, that has no docstring."""
    tree = ast.parse(text)
    found = [] if ast.get_docstring(tree) or not tree.body else ["1: the module has no docstring"]
    return found + [
        f"{node.lineno}: {node.name} has no docstring"
        for node in public_of(tree)
        if not ast.get_docstring(node) and not is_overload(node)
    ]


def public_of(parent: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    """Walk what others can see of a module or a class; the inside of a function is its own."""
    for node in parent.body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_of(node)


def is_overload(node: Documented) -> bool:
    """Tell whether this is only one more signature of a function that is documented below."""
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)
