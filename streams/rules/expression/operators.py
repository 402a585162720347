"""What operators and functions take and give.

| operator | operands |
|---|---|
| `== !=` | two of one type; no maps, no records |
| `< <= > >=` | two of one of int, double, string, timestamp, duration |
| `in` | an item and a list of such items, a string and a map |
| `+` | int, double, string; duration + duration, timestamp + duration either way round |
| `-` | int, double; duration − duration, timestamp − duration, timestamp − timestamp |
| `* /` | int, double |
| `%` | int |

Nothing turns an int into a double by itself: `double(x)` does. Words of an enumeration have no
order, and are compared with no word that it does not have.
"""

from typing import Final

from streams.rules.expression.faults import Refusal, Span, nearest
from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    ListType,
    MapType,
    ScalarType,
    StringType,
    Type,
    equatable,
    fits,
    join,
    shown,
    stranger,
)
from streams.rules.expression.typed import (
    Arithmetic,
    Compare,
    Function,
    Invoke,
    ItemAt,
    Negate,
    Not,
    Typed,
    Within,
)

__all__ = ["arithmetic", "compare", "invoke", "may_fail", "negative", "opposite", "within"]

_EQUALITY: Final = frozenset({"==", "!="})
_ORDERED: Final = (INT, DOUBLE, TIMESTAMP, DURATION)
_SUMS: Final[dict[tuple[str, str, str], Type]] = {
    **{(sign, "int", "int"): INT for sign in "+-*/%"},
    **{(sign, "double", "double"): DOUBLE for sign in "+-*/"},
    ("+", "string", "string"): STRING,
    ("+", "duration", "duration"): DURATION,
    ("+", "timestamp", "duration"): TIMESTAMP,
    ("+", "duration", "timestamp"): TIMESTAMP,
    ("-", "duration", "duration"): DURATION,
    ("-", "timestamp", "duration"): TIMESTAMP,
    ("-", "timestamp", "timestamp"): DURATION,
}
_CONVERSIONS: Final[dict[Function, tuple[ScalarType | StringType, tuple[Type, ...]]]] = {
    Function.INT: (INT, (INT, DOUBLE)),
    Function.DOUBLE: (DOUBLE, (DOUBLE, INT)),
    Function.STRING: (STRING, (STRING, INT, BOOL)),
}


def compare(span: Span, operator: str, left: Typed, right: Typed) -> Typed:
    """Type a comparison.

    Raises:
        Refusal: where the two cannot be compared.
    """
    joined = join(left.type, right.type)
    if joined is None:
        raise Refusal(_mixed(operator, left.type, right.type), span)
    if operator in _EQUALITY:
        if not equatable(joined):
            raise Refusal(f"found {shown(joined)} {operator}, expected a value or a list", span)
        _check_words(left, right)
    elif isinstance(joined, StringType):
        for side in (left, right):
            if isinstance(side.type, StringType) and side.type.name:
                problem = f"found {side.type.name} {operator}, but its words have no order; "
                raise Refusal(problem + "expected == or in", span)
    elif joined not in _ORDERED:
        raise Refusal(f"found {shown(joined)} {operator}, expected numbers, text or times", span)
    return Compare(span, BOOL, operator, left, right)


def within(span: Span, left: Typed, right: Typed) -> Typed:
    """Type `left in right`.

    Raises:
        Refusal: where nothing of the kind can be in there.
    """
    match right.type:
        case MapType():
            if not isinstance(left.type, StringType):
                problem = f"found {shown(left.type)} in {shown(right.type)}, expected a string"
                raise Refusal(problem, span)
        case ListType(item=item):
            if join(left.type, item) is None or not equatable(item):
                problem = f"found {shown(left.type)} in {shown(right.type)}"
                raise Refusal(f"{problem}, expected an item as the list has them", span)
            _check_words(left, right)
        case _:
            raise Refusal(f"found in {shown(right.type)}, expected a list or a map", right.span)
    return Within(span, BOOL, left, right)


def _check_words(left: Typed, right: Typed) -> None:
    """Refuse a word that the enumeration on the other side does not have."""
    strange = stranger(left.type, right.type)
    if strange is not None:
        word, enumeration = strange
        if _names(left.type) and _names(right.type):
            problem = f"found {shown(left.type)} beside {shown(right.type)}, "
            raise Refusal(problem + "expected words of one enumeration", right.span)
        other = right if _names(left.type) else left
        problem = f'found "{word}", which is no {enumeration.name}; '
        raise Refusal(problem + nearest(word, enumeration.words or ()), other.span)


def _names(kind: Type) -> bool:
    while isinstance(kind, ListType):
        kind = kind.item
    return isinstance(kind, StringType) and bool(kind.name)


def arithmetic(span: Span, operator: str, left: Typed, right: Typed) -> Typed:
    """Type `+ - * / %`.

    Raises:
        Refusal: where the two have no sum.
    """
    result = _SUMS.get((operator, _kind(left.type), _kind(right.type)))
    if result is None:
        raise Refusal(_mixed(operator, left.type, right.type), span)
    return Arithmetic(span, result, operator, left, right)


def _kind(kind: Type) -> str:
    return "string" if isinstance(kind, StringType) else shown(kind)


def _mixed(operator: str, left: Type, right: Type) -> str:
    problem = f"found {shown(left)} {operator} {shown(right)}"
    if {shown(left), shown(right)} == {"int", "double"}:
        return f"{problem}, expected one kind of number; write double(...) around the int"
    if shown(left) == shown(right):
        return f"{problem}, which does not exist"
    return f"{problem}, expected two that go together"


def opposite(span: Span, operand: Typed) -> Typed:
    """Type `!operand`.

    Raises:
        Refusal: where it is no bool.
    """
    if operand.type != BOOL:
        raise Refusal(f"found !{shown(operand.type)}, expected bool", span)
    return Not(span, BOOL, operand)


def negative(span: Span, operand: Typed) -> Typed:
    """Type `-operand`.

    Raises:
        Refusal: where it is no number.
    """
    if operand.type not in (INT, DOUBLE):
        raise Refusal(f"found -{shown(operand.type)}, expected int or double", span)
    return Negate(span, operand.type, operand)


def invoke(span: Span, function: Function, arguments: tuple[Typed, ...]) -> Typed:
    """Type a function of one argument, or a method of a text.

    Raises:
        Refusal: where it does not take such arguments.
    """
    kinds = [argument.type for argument in arguments]
    if function is Function.SIZE:
        result: Type = INT
        takes = "a string, a list or a map"
        good = isinstance(kinds[0], StringType | ListType | MapType)
    elif function in _CONVERSIONS:
        result, allowed = _CONVERSIONS[function]
        takes = " or ".join(shown(kind) for kind in allowed)
        good = any(fits(kinds[0], kind) for kind in allowed)
    else:
        result = BOOL
        takes = "two strings"
        good = all(isinstance(kind, StringType) for kind in kinds)
    if not good:
        given = ", ".join(shown(kind) for kind in kinds)
        raise Refusal(f"found {function}({given}), expected {takes}", span)
    return Invoke(span, result, function, arguments)


def may_fail(node: Typed) -> bool:
    """Tell whether an operation can fail by itself, though all its parts have values."""
    match node:
        case Arithmetic(type=kind) | Negate(type=kind):
            return isinstance(kind, ScalarType) and kind != DOUBLE
        case Invoke(function=Function.INT, arguments=(argument,)):
            return argument.type == DOUBLE
        case ItemAt():
            return True
        case _:
            return False
