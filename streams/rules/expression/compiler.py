"""From a checked expression to closures of Python that compute it.

A closure gets the variables by name and returns the value. Which closure it is depends on what is
constant and what can fail, so that nothing is asked again for each event: a path of fields is one
`attrgetter`, `in` a constant list of strings a look-up in a set, `&&` whose terms cannot fail a
plain `and`. No text is ever run as Python.
"""

import operator
import re
from collections.abc import Callable, Iterable, Sequence, Sized
from typing import Final, cast

from streams.rules.expression.arithmetic import INT_OPERATIONS, divided_double, range_of, to_int
from streams.rules.expression.comparing import Code, Values, comparison, membership
from streams.rules.expression.deciding import absorbing, chained, quantified
from streams.rules.expression.faults import EvaluationError
from streams.rules.expression.operators import may_fail
from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    Field,
    Missing,
    StringType,
    shown,
)
from streams.rules.expression.typed import (
    Arithmetic,
    Choose,
    Compare,
    Constant,
    Function,
    Has,
    Invoke,
    ItemAt,
    ListOf,
    Logic,
    Matches,
    Negate,
    Not,
    Quantify,
    Read,
    Typed,
    Value,
    ValueOf,
    Variable,
    Within,
    parts_of,
)

__all__ = ["compiled", "folded", "truth"]

_DOUBLE_OPERATIONS: Final[dict[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divided_double,
}


def compiled(node: Typed) -> Code[object]:
    """Return the closure that computes a checked expression; it raises `EvaluationError` only."""
    match node:
        case Constant() | Variable():
            return _atom(node)
        case Read() | Has():
            return _field(node)
        case ItemAt() | ValueOf():
            return _found(node)
        case Negate() | Arithmetic():
            return _calculated(node)
        case Compare() | Within():
            return _compared(node)
        case Not() | Logic() | Choose() | Quantify():
            return _decided(node)
        case ListOf(items=items):
            made = tuple(compiled(item) for item in items)
            return lambda values: tuple([item(values) for item in made])
        case Invoke(function=function, arguments=arguments):
            return _invoked(function, arguments)
        case Matches(operand=operand, pattern=pattern):
            return _searched(re.compile(pattern.python), compiled(operand))


def truth(node: Typed) -> Code[bool]:
    """Return the closure of an expression that the checker has found to be a bool."""
    assert node.type == BOOL
    return cast("Code[bool]", compiled(node))


def folded(node: Typed) -> Typed:
    """Return the constant that an operation of constants is, or the operation where it fails."""
    parts = parts_of(node)
    constant = all(isinstance(part, Constant) for part in parts)
    if not constant or isinstance(node, Constant | Variable):
        return node
    try:
        return Constant(node.span, node.type, cast("Value", compiled(node)({})))
    except EvaluationError:
        return node


def _fails(node: Typed) -> bool:
    return may_fail(node) or any(_fails(part) for part in parts_of(node))


def _atom(node: Constant | Variable) -> Code[object]:
    if isinstance(node, Variable):
        return operator.itemgetter(node.name)
    value = node.value
    return lambda _: value


def _field(node: Read | Has) -> Code[object]:
    """Read a path of fields at once."""
    attributes, base = [node.field.attribute], node.operand
    while isinstance(base, Read):
        attributes.insert(0, base.field.attribute)
        base = base.operand
    get = operator.attrgetter(".".join(attributes))
    if isinstance(base, Variable):
        name = base.name
        read: Code[object] = lambda values: get(values[name])  # noqa: E731  # One of a pair.
    else:
        inner = compiled(base)
        read = lambda values: get(inner(values))  # noqa: E731  # The other of the pair.
    return read if isinstance(node, Read) else _there(node.field, read)


def _there(field: Field, read: Code[object]) -> Code[object]:
    missing = field.missing.value
    match field.missing:
        case Missing.NEVER:
            return lambda _: True
        case Missing.UNSET | Missing.NONE:
            return lambda values: read(values) is not missing
        case Missing.EMPTY:
            return lambda values: read(values) != missing


def _found(node: ItemAt | ValueOf) -> Code[object]:
    if isinstance(node, ValueOf):
        entries = cast("Code[Values]", compiled(node.operand))
        key = cast("Code[str]", compiled(node.key))
        return lambda values: entries(values)[key(values)]
    items = cast("Code[Sequence[object]]", compiled(node.operand))
    number = cast("Code[int]", compiled(node.index))

    def run(values: Values) -> object:
        all_items, at = items(values), number(values)
        # Python would count a negative index from the end.
        if 0 <= at < len(all_items):
            return all_items[at]
        raise EvaluationError(f"no item {at} in a list of {len(all_items)}")

    return run


def _calculated(node: Negate | Arithmetic) -> Code[object]:
    if isinstance(node, Arithmetic):
        sign, one, other = node.operator, compiled(node.left), compiled(node.right)
    elif node.type == DOUBLE:
        # Not 0.0 - x, which has another sign where x is zero.
        number = cast("Code[float]", compiled(node.operand))
        return lambda values: -number(values)
    else:
        sign, one, other = "-", _zero, compiled(node.operand)
    if isinstance(node.type, StringType):
        head, tail = cast("Code[str]", one), cast("Code[str]", other)
        return lambda values: head(values) + tail(values)
    if node.type == DOUBLE:
        operate = _DOUBLE_OPERATIONS[sign]
        dividend, divisor = cast("Code[float]", one), cast("Code[float]", other)
        return lambda values: operate(dividend(values), divisor(values))
    return _whole(shown(node.type), sign, cast("Code[int]", one), cast("Code[int]", other))


def _zero(_: Values) -> object:
    return 0


def _whole(kind: str, sign: str, left: Code[int], right: Code[int]) -> Code[int]:
    count = INT_OPERATIONS[sign]
    least, most = range_of(kind)

    def run(values: Values) -> int:
        result = count(left(values), right(values))
        if least <= result <= most:
            return result
        raise EvaluationError(f"overflow: {result} does not fit {kind}")

    return run


def _compared(node: Compare | Within) -> Code[bool]:
    left, right = node.left, node.right
    if isinstance(node, Within):
        return membership(left.type, compiled(left), compiled(right), _known(right))
    sign, other = node.operator, right
    if isinstance(left, Constant):
        sign = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(sign, sign)
        left, other = right, left
    return comparison(left.type, sign, compiled(left), (compiled(other), _known(other)))


def _known(node: Typed) -> Value | None:
    return node.value if isinstance(node, Constant) else None


def _decided(node: Not | Logic | Choose | Quantify) -> Code[object]:
    match node:
        case Not(operand=operand):
            inner = truth(operand)
            return lambda values: not inner(values)
        case Choose(condition=condition, yes=yes, no=no):
            asked, if_yes, if_no = truth(condition), compiled(yes), compiled(no)
            return lambda values: if_yes(values) if asked(values) else if_no(values)
        case Logic(operator=sign, terms=terms):
            made = tuple(truth(term) for term in terms)
            return (absorbing if any(map(_fails, terms)) else chained)(sign, made)
        case Quantify(quantifier=quantifier, over=over, variable=name, body=body):
            items = cast("Code[Iterable[object]]", compiled(over))
            return quantified(quantifier, items, name, truth(body))


def _invoked(function: Function, arguments: tuple[Typed, ...]) -> Code[object]:
    first = compiled(arguments[0])
    match function:
        case Function.SIZE:
            sized = cast("Code[Sized]", first)
            return lambda values: len(sized(values))
        case Function.STARTS_WITH | Function.ENDS_WITH | Function.CONTAINS:
            return _text_search(function, first, compiled(arguments[1]))
        case Function.INT if arguments[0].type == DOUBLE:
            number = cast("Code[float]", first)
            return lambda values: to_int(number(values))
        case Function.DOUBLE:
            number = cast("Code[float]", first)
            return lambda values: float(number(values))
        case Function.STRING if arguments[0].type == BOOL:
            return lambda values: "true" if first(values) else "false"
        case Function.STRING:
            return lambda values: str(first(values))
        case Function.INT:
            return first


def _text_search(function: Function, text: Code[object], part: Code[object]) -> Code[bool]:
    whole, piece = cast("Code[str]", text), cast("Code[str]", part)
    match function:
        case Function.STARTS_WITH:
            return lambda values: whole(values).startswith(piece(values))
        case Function.ENDS_WITH:
            return lambda values: whole(values).endswith(piece(values))
        case _:
            return lambda values: piece(values) in whole(values)


def _searched(pattern: re.Pattern[str], operand: Code[object]) -> Code[bool]:
    search, text = pattern.search, cast("Code[str]", operand)
    return lambda values: search(text(values)) is not None
