"""The functions of a module, measured: how long the body is, how many parameters there are.

A body is counted from the first statement after the docstring to the last line, so that a longer
explanation never costs anything.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef

BODY_LINES_MAX = 40
BODY_LINES_P90_MAX = 20
PARAMETERS_MAX = 5
MODULE_LINES_MAX = 300


class Measured(NamedTuple):
    """One function and its size."""

    name: str
    line: int
    body_lines: int
    parameters: int


def measure(text: str) -> list[Measured]:
    """Measure every function of a module, nested ones too."""
    return [
        Measured(node.name, node.lineno, body_lines(node), parameter_count(node))
        for node in functions_of(ast.parse(text))
    ]


def functions_of(tree: ast.AST) -> Iterator[Function]:
    """Walk all function definitions below `tree`."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def body_lines(node: Function) -> int:
    """Count the lines of a body without its docstring; a body of docstring only has none."""
    statements = node.body[1:] if ast.get_docstring(node) is not None else node.body
    if not statements or node.end_lineno is None:
        return 0
    return node.end_lineno - statements[0].lineno + 1


def parameter_count(node: Function) -> int:
    """Count the parameters that a caller can set; `self` and `cls` are not among them."""
    named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    stars = [star for star in (node.args.vararg, node.args.kwarg) if star is not None]
    own = [argument for argument in named if argument.arg not in {"self", "cls"}]
    return len(own) + len(stars)


def oversized(text: str) -> list[str]:
    """Complain of a module that is too long, and of each function too long or too wide."""
    lines = len(text.splitlines())
    found = [f"1: {lines} lines, at most {MODULE_LINES_MAX}"] if lines > MODULE_LINES_MAX else []
    for name, line, body, parameters in measure(text):
        if body > BODY_LINES_MAX:
            found.append(f"{line}: body of {name} has {body} lines, at most {BODY_LINES_MAX}")
        if parameters > PARAMETERS_MAX:
            found.append(f"{line}: {name} has {parameters} parameters, at most {PARAMETERS_MAX}")
    return found


def p90(sizes: list[int]) -> int:
    """Return the size that nine of ten do not exceed; 0 when there are none."""
    ordered = sorted(sizes)
    return ordered[(len(ordered) * 9 + 9) // 10 - 1] if ordered else 0
