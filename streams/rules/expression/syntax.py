"""What was written: the tree of an expression before anything is known of its types.

Macros (`has`, `all`) are calls here, as they are written; the checker knows them. Parentheses stay
in the tree, so that any piece of it can be shown as it was written.

Three bounds hold, so that no text can make reading or judging slow or deep: at most 2,000
characters, 500 nodes, and 40 levels of nesting. A fourth, two macros in one another, is in `calls`.
"""

from typing import Final, TypeAlias

from msgspec import Struct

from streams.rules.expression.faults import Refusal, Span
from streams.rules.expression.literals import INT_MAX, INT_MIN

__all__ = [
    "DEPTH_MAX",
    "NODES_MAX",
    "TEXT_MAX",
    "Binary",
    "Call",
    "Chain",
    "Conditional",
    "Index",
    "Items",
    "Literal",
    "Name",
    "Paren",
    "Select",
    "Syntax",
    "Unary",
    "bare",
    "check_bounds",
    "path_of",
]

TEXT_MAX: Final = 2_000
NODES_MAX: Final = 500
DEPTH_MAX: Final = 40


class Literal(Struct, frozen=True):
    """`true`, `12`, `1.5` or `"text"`; which one it is, is the Python type of the value."""

    span: Span
    value: bool | int | float | str


class Name(Struct, frozen=True):
    """A variable."""

    span: Span
    name: str


class Select(Struct, frozen=True):
    """`operand.field`."""

    span: Span
    operand: "Syntax"
    field: str
    field_span: Span
    """Where the name of the field is."""


class Index(Struct, frozen=True):
    """`operand[key]`."""

    span: Span
    operand: "Syntax"
    key: "Syntax"


class Call(Struct, frozen=True):
    """`name(...)`, or `target.name(...)`."""

    span: Span
    name: str
    target: "Syntax | None"
    arguments: tuple["Syntax", ...]


class Unary(Struct, frozen=True):
    """`!operand` or `-operand`."""

    span: Span
    operator: str
    operand: "Syntax"


class Binary(Struct, frozen=True):
    """A comparison, `in`, or arithmetic."""

    span: Span
    operator: str
    left: "Syntax"
    right: "Syntax"


class Chain(Struct, frozen=True):
    """`a && b && c`, or the same with `||`: as many terms as were written in a row."""

    span: Span
    operator: str
    terms: tuple["Syntax", ...]


class Conditional(Struct, frozen=True):
    """`condition ? yes : no`."""

    span: Span
    condition: "Syntax"
    yes: "Syntax"
    no: "Syntax"


class Items(Struct, frozen=True):
    """`[a, b, c]`."""

    span: Span
    items: tuple["Syntax", ...]


class Paren(Struct, frozen=True):
    """`(inner)`."""

    span: Span
    inner: "Syntax"


Syntax: TypeAlias = (
    Literal | Name | Select | Index | Call | Unary | Binary | Chain | Conditional | Items | Paren
)


def _parts(node: Syntax) -> tuple[Syntax, ...]:
    match node:
        case Literal() | Name():
            return ()
        case Select(operand=operand) | Unary(operand=operand):
            return (operand,)
        case Index(operand=operand, key=key):
            return (operand, key)
        case Call(target=target, arguments=arguments):
            return arguments if target is None else (target, *arguments)
        case Binary(left=left, right=right):
            return (left, right)
        case Chain(terms=terms):
            return terms
        case Conditional(condition=condition, yes=yes, no=no):
            return (condition, yes, no)
        case Items(items=items):
            return items
        case Paren(inner=inner):
            return (inner,)


def check_bounds(root: Syntax) -> None:
    """Refuse a tree too large or too deep, or a number too large; does not recur itself.

    Raises:
        Refusal: at the first node that is too much.
    """
    waiting: list[tuple[Syntax, int]] = [(root, 1)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if count > NODES_MAX:
            problem = f"the expression is too large, expected at most {NODES_MAX} parts; "
            raise Refusal(problem + "write two rules", node.span)
        if depth > DEPTH_MAX:
            problem = f"the expression is too deep, expected at most {DEPTH_MAX} levels; "
            raise Refusal(problem + "take parentheses away", node.span)
        # Here and not where it is read: a minus in front of it belongs to it.
        if isinstance(node, Literal) and isinstance(node.value, int):
            _check_int(node.span, node.value)
        waiting += [(part, depth + 1) for part in _parts(node)]


def _check_int(span: Span, value: int) -> None:
    if not INT_MIN <= value <= INT_MAX:
        raise Refusal(f"found {value}, expected a number of 64 bits", span)


def bare(node: Syntax) -> Syntax:
    """Take the parentheses around a node away."""
    while isinstance(node, Paren):
        node = node.inner
    return node


def path_of(node: Syntax) -> str | None:
    """Spell a path the same way however it was written; None where it is no path.

    A path is a name, fields of it, and indexes by literals or by other paths:
    `event.votes["01"]`.
    """
    match bare(node):
        case Literal(value=str() as text):
            # Quotes are escaped, or a key could spell another path.
            escaped = text.replace("\\", r"\\").replace('"', r"\"")
            return f'"{escaped}"'
        case Literal(value=value):
            return repr(value)
        case Name(name=name):
            return name
        case Select(operand=operand, field=field):
            base = path_of(operand)
            return None if base is None else f"{base}.{field}"
        case Index(operand=operand, key=key):
            base, inner = path_of(operand), path_of(key)
            return None if base is None or inner is None else f"{base}[{inner}]"
        case _:
            return None
