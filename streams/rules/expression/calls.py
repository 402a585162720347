"""Calls: functions, methods, and the macros, which are no functions of values.

| call | is |
|---|---|
| `has(event.queue)` | whether a field is there |
| `size(x)`, `x.size()` | characters of a string, items of a list, keys of a map |
| `s.startsWith(t)`, `s.endsWith(t)`, `s.contains(t)` | plain search in a string |
| `s.matches("pattern")` | search for a pattern, which is a literal; see `pattern` |
| `int(x)`, `double(x)`, `string(x)` | int and double either way, int, bool and string to string |
| `duration("90m")`, `timestamp("...")` | a literal of time |
| `xs.all(x, p)`, `xs.exists(x, p)` | whether `p` holds of all items, of one; in a map: of keys |
| `xs.exists_one(x, p)` | whether `p` holds of exactly one |

The variable of a macro must not be the name of another one around it: no reader has to find out
which is meant. Two macros may be in one another and no more, so that time is bounded.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from streams.rules.expression import guards
from streams.rules.expression.faults import Refusal, nearest
from streams.rules.expression.literals import duration_of, timestamp_of
from streams.rules.expression.operators import invoke
from streams.rules.expression.parser import is_name
from streams.rules.expression.pattern import pattern_of
from streams.rules.expression.scope import Checked, Scope, field_of, made
from streams.rules.expression.static_types import (
    BOOL,
    DURATION,
    STRING,
    TIMESTAMP,
    ListType,
    MapType,
    StringType,
    Type,
    shown,
)
from streams.rules.expression.syntax import Call, Literal, Name, Select, Syntax, bare, path_of
from streams.rules.expression.typed import (
    Constant,
    Function,
    Has,
    Matches,
    Quantifier,
    Quantify,
)

__all__ = ["MACROS_MAX", "call"]

Check: TypeAlias = Callable[[Syntax, Scope], Checked]
"""`streams.rules.expression.checker.check`, which calls this module."""

MACROS_MAX: Final = 2
"""Macros in one another: each goes over a whole list for every item of the one around it."""
_COUNTS: Final = {
    **{f".{name}": 1 for name in ("startsWith", "endsWith", "contains", "matches")},
    **{f".{quantifier}": 2 for quantifier in Quantifier},
    **dict.fromkeys(("double", "duration", "has", "int", "size", "string", "timestamp"), 1),
    ".size": 0,
}
"""How many arguments stand in the parentheses; with a dot, behind a value."""


def call(syntax: Call, scope: Scope, check: Check) -> Checked:
    """Find out what a call means.

    Raises:
        Refusal: at the first place that means nothing.
    """
    name = syntax.name if syntax.target is None else f".{syntax.name}"
    if name not in _COUNTS:
        known = [one for one in _COUNTS if one.startswith(".") is name.startswith(".")]
        problem = f"found {name}(), expected a function; {nearest(name, known)}"
        raise Refusal(problem, syntax.span)
    if len(syntax.arguments) != _COUNTS[name]:
        problem = f"found {len(syntax.arguments)} arguments of {name}(), expected {_COUNTS[name]}"
        raise Refusal(problem, syntax.span)
    if name == "has":
        return _has(syntax, scope, check)
    if name in {"duration", "timestamp"}:
        return _time(syntax)
    if syntax.target is None:
        argument = check(syntax.arguments[0], scope)
        return made(invoke(syntax.span, Function(name), (argument.node,)), argument)
    target = check(syntax.target, scope)
    if syntax.name in set(Quantifier):
        return _quantify(syntax, target, scope, check)
    if syntax.name == "matches":
        return _matches(syntax, target)
    given = [target, *(check(argument, scope) for argument in syntax.arguments)]
    nodes = tuple(one.node for one in given)
    return made(invoke(syntax.span, Function(syntax.name), nodes), *given)


def _has(syntax: Call, scope: Scope, check: Check) -> Checked:
    selected = bare(syntax.arguments[0])
    if not isinstance(selected, Select):
        problem = "found no field in has(), expected one: has(event.queue)"
        raise Refusal(problem, selected.span)
    operand = check(selected.operand, scope)
    field = field_of(selected, operand.node)
    node = Has(syntax.span, BOOL, operand.node, field, selected.field)
    path = path_of(selected)
    there = frozenset[str]() if path is None else frozenset({path})
    return Checked(node, guards.asked(there, operand.known))


def _time(syntax: Call) -> Checked:
    literal = bare(syntax.arguments[0])
    if not isinstance(literal, Literal) or not isinstance(literal.value, str):
        problem = f"found no literal in {syntax.name}(), expected a text in quotes"
        raise Refusal(problem, literal.span)
    read, kind = (duration_of, DURATION) if syntax.name == "duration" else (timestamp_of, TIMESTAMP)
    try:
        return made(Constant(syntax.span, kind, read(literal.value)))
    except ValueError as error:
        raise Refusal(str(error), literal.span) from None


def _matches(syntax: Call, target: Checked) -> Checked:
    if not isinstance(target.node.type, StringType):
        problem = f"found {shown(target.node.type)}.matches(), expected a string"
        raise Refusal(problem, syntax.span)
    literal = bare(syntax.arguments[0])
    if not isinstance(literal, Literal) or not isinstance(literal.value, str):
        problem = "found a pattern that is no literal, expected a text in quotes"
        raise Refusal(problem, literal.span)
    try:
        pattern = pattern_of(literal.value)
    except ValueError as error:
        raise Refusal(f"pattern: {error}", literal.span) from None
    return made(Matches(syntax.span, BOOL, target.node, pattern), target)


def _quantify(syntax: Call, over: Checked, scope: Scope, check: Check) -> Checked:
    variable, body = syntax.arguments
    item, key_of = _ranged(syntax, over)
    if not isinstance(variable, Name) or not is_name(variable.name):
        problem = f"found no name in front of the comma of .{syntax.name}(), expected a new one"
        raise Refusal(problem, variable.span)
    if variable.name in scope.variables:
        problem = f"found {variable.name}, which is a variable already; expected a new name"
        raise Refusal(problem, variable.span)
    if scope.macros == MACROS_MAX:
        problem = f"found .{syntax.name}() in {MACROS_MAX} macros, expected at most {MACROS_MAX} "
        raise Refusal(problem + "in one another", syntax.span)
    inner = Scope({**scope.variables, variable.name: item}, scope.facts, scope.macros + 1)
    if key_of is not None:
        inner = inner.knowing(frozenset({f"{key_of}[{variable.name}]"}))
    checked = check(body, inner)
    if checked.node.type != BOOL:
        problem = f"found {shown(checked.node.type)} in .{syntax.name}(), expected bool"
        raise Refusal(problem, body.span)
    quantifier = Quantifier(syntax.name)
    node = Quantify(syntax.span, BOOL, quantifier, over.node, variable.name, checked.node)
    return Checked(node, guards.strict((over.known, checked.known)))


def _ranged(syntax: Call, over: Checked) -> tuple[Type, str | None]:
    """Return the type of what a macro goes over, and the path of the map whose keys they are."""
    assert syntax.target is not None
    match over.node.type:
        case ListType(item=item):
            return item, None
        case MapType():
            return STRING, path_of(syntax.target)
        case kind:
            problem = f"found {shown(kind)}.{syntax.name}(), expected a list or a map"
            raise Refusal(problem, syntax.span)
