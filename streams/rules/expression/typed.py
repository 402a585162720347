"""What is meant: the tree of a checked expression, each node with its type.

Every node says which operation it is, so that neither the compiler nor the tracer has to ask about
types again. What is constant is one node, literals of time and lists of literals too.
"""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from streams.rules.expression.faults import Span
from streams.rules.expression.pattern import Pattern
from streams.rules.expression.static_types import Field, Type

__all__ = [
    "Arithmetic",
    "Choose",
    "Compare",
    "Constant",
    "Function",
    "Has",
    "Invoke",
    "ItemAt",
    "ListOf",
    "Logic",
    "Matches",
    "Negate",
    "Not",
    "Quantifier",
    "Quantify",
    "Read",
    "Scalar",
    "Typed",
    "Value",
    "ValueOf",
    "Variable",
    "Within",
    "parts_of",
]

Scalar: TypeAlias = bool | int | float | str
Value: TypeAlias = Scalar | tuple["Value", ...]
"""What a literal can be."""


class Function(StrEnum):
    """What is called by name and is no macro."""

    SIZE = "size"
    STARTS_WITH = "startsWith"
    ENDS_WITH = "endsWith"
    CONTAINS = "contains"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"


class Quantifier(StrEnum):
    """The macros over the items of a list or the keys of a map."""

    ALL = "all"
    EXISTS = "exists"
    EXISTS_ONE = "exists_one"


class Constant(Struct, frozen=True):
    """A value."""

    span: Span
    type: Type
    value: Value


class Variable(Struct, frozen=True):
    """A variable of the environment or of a macro around."""

    span: Span
    type: Type
    name: str


class Read(Struct, frozen=True):
    """A field, known to be there."""

    span: Span
    type: Type
    operand: "Typed"
    field: Field
    name: str


class Has(Struct, frozen=True):
    """Whether a field is there."""

    span: Span
    type: Type
    operand: "Typed"
    field: Field
    name: str


class ItemAt(Struct, frozen=True):
    """The item of a list; fails where there is none."""

    span: Span
    type: Type
    operand: "Typed"
    index: "Typed"


class ValueOf(Struct, frozen=True):
    """The value of a key, known to be in the map."""

    span: Span
    type: Type
    operand: "Typed"
    key: "Typed"


class Not(Struct, frozen=True):
    """`!`."""

    span: Span
    type: Type
    operand: "Typed"


class Negate(Struct, frozen=True):
    """The number with the other sign."""

    span: Span
    type: Type
    operand: "Typed"


class Arithmetic(Struct, frozen=True):
    """One of `+ - * / %`; what it means follows from the type of the result."""

    span: Span
    type: Type
    operator: str
    left: "Typed"
    right: "Typed"


class Compare(Struct, frozen=True):
    """One of `== != < <= > >=`."""

    span: Span
    type: Type
    operator: str
    left: "Typed"
    right: "Typed"


class Within(Struct, frozen=True):
    """`in`: an item of a list, a key of a map."""

    span: Span
    type: Type
    left: "Typed"
    right: "Typed"


class Logic(Struct, frozen=True):
    """`&&` or `||` over two or more terms."""

    span: Span
    type: Type
    operator: str
    terms: tuple["Typed", ...]


class Choose(Struct, frozen=True):
    """The ternary."""

    span: Span
    type: Type
    condition: "Typed"
    yes: "Typed"
    no: "Typed"


class ListOf(Struct, frozen=True):
    """A list whose items are not all constant."""

    span: Span
    type: Type
    items: tuple["Typed", ...]


class Invoke(Struct, frozen=True):
    """A function of the first argument and the others."""

    span: Span
    type: Type
    function: Function
    arguments: tuple["Typed", ...]


class Matches(Struct, frozen=True):
    """Whether a pattern is found somewhere in a text."""

    span: Span
    type: Type
    operand: "Typed"
    pattern: Pattern


class Quantify(Struct, frozen=True):
    """A macro: `over.all(variable, body)`."""

    span: Span
    type: Type
    quantifier: Quantifier
    over: "Typed"
    variable: str
    body: "Typed"


Typed: TypeAlias = (
    Constant
    | Variable
    | Read
    | Has
    | ItemAt
    | ValueOf
    | Not
    | Negate
    | Arithmetic
    | Compare
    | Within
    | Logic
    | Choose
    | ListOf
    | Invoke
    | Matches
    | Quantify
)


def parts_of(node: Typed) -> tuple[Typed, ...]:
    """Return the nodes right below, in the order in which they are written."""
    match node:
        case Constant() | Variable():
            return ()
        case (
            Read(operand=operand)
            | Has(operand=operand)
            | Not(operand=operand)
            | Negate(operand=operand)
            | Matches(operand=operand)
        ):
            return (operand,)
        case ItemAt(operand=left, index=right) | ValueOf(operand=left, key=right):
            return (left, right)
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Within(left=left, right=right) | Quantify(over=left, body=right):
            return (left, right)
        case Logic(terms=parts) | ListOf(items=parts) | Invoke(arguments=parts):
            return parts
        case Choose(condition=condition, yes=yes, no=no):
            return (condition, yes, no)
