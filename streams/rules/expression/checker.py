"""From what was written to what is meant: types, names, words, and what may be missing.

Every node gets a type from those below it; nothing is guessed and nothing converted. The first
fault is told, with its place. What passes can fail later in four ways only: an integer or a time
out of its range, a division by zero, an index behind the end of a list, a double that is no int.
"""

from typing import Final

from streams.rules.expression import guards
from streams.rules.expression.calls import call
from streams.rules.expression.faults import Refusal, Span, nearest
from streams.rules.expression.guards import NEVER_FAILS, Known
from streams.rules.expression.operators import arithmetic, compare, negative, opposite, within
from streams.rules.expression.scope import Checked, Scope, field_of, made
from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    INT,
    NOTHING,
    ListType,
    MapType,
    Missing,
    StringType,
    Type,
    join,
    shown,
)
from streams.rules.expression.syntax import (
    Binary,
    Call,
    Chain,
    Conditional,
    Index,
    Items,
    Literal,
    Name,
    Paren,
    Select,
    Syntax,
    Unary,
    path_of,
)
from streams.rules.expression.typed import (
    Choose,
    Constant,
    ItemAt,
    ListOf,
    Logic,
    Read,
    ValueOf,
    Variable,
)

__all__ = ["check"]

_COMPARISONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})


def check(syntax: Syntax, scope: Scope) -> Checked:
    """Find out what an expression means.

    Raises:
        Refusal: at the first place that means nothing.
    """
    match syntax:
        case Paren(inner=inner):
            return check(inner, scope)
        case Literal() | Name():
            return _literal(syntax) if isinstance(syntax, Literal) else _variable(syntax, scope)
        case Select():
            return _select(syntax, scope)
        case Index():
            return _index(syntax, scope)
        case Call():
            return call(syntax, scope, check)
        case Unary() | Binary():
            return _operation(syntax, scope)
        case Chain():
            return _chain(syntax, scope)
        case Conditional():
            return _conditional(syntax, scope)
        case Items(span=span, items=items):
            return _items(span, tuple(check(item, scope) for item in items))


def _variable(syntax: Name, scope: Scope) -> Checked:
    name = syntax.name
    if name not in scope.variables:
        problem = f"found {name}, expected a variable; {nearest(name, scope.variables)}"
        raise Refusal(problem, syntax.span)
    return Checked(Variable(syntax.span, scope.variables[name], name), NEVER_FAILS)


def _literal(syntax: Literal) -> Checked:
    span = syntax.span
    match syntax.value:
        case bool() as value:
            known = Known(when_false=None) if value else Known(when_true=None)
            return Checked(Constant(span, BOOL, value), known)
        case int() as value:
            return Checked(Constant(span, INT, value), NEVER_FAILS)
        case float() as value:
            return Checked(Constant(span, DOUBLE, value), NEVER_FAILS)
        case str() as value:
            return Checked(Constant(span, StringType((value,)), value), NEVER_FAILS)


def _select(syntax: Select, scope: Scope) -> Checked:
    operand = check(syntax.operand, scope)
    field = field_of(syntax, operand.node)
    path = path_of(syntax)
    if field.missing is not Missing.NEVER and not guards.is_known(path, scope.facts):
        path = path or f"the field {syntax.field}"
        raise Refusal(f"{path} may be missing: write has({path}) && ... in front", syntax.span)
    return made(Read(syntax.span, field.type, operand.node, field, syntax.field), operand)


def _index(syntax: Index, scope: Scope) -> Checked:
    operand, key = check(syntax.operand, scope), check(syntax.key, scope)
    match operand.node.type:
        case ListType(item=item):
            if key.node.type != INT:
                problem = f"found [{shown(key.node.type)}] of a list, expected int"
                raise Refusal(problem, syntax.key.span)
            return made(ItemAt(syntax.span, item, operand.node, key.node), operand, key)
        case MapType(value=value):
            if not isinstance(key.node.type, StringType):
                problem = f"found [{shown(key.node.type)}] of a map, expected string"
                raise Refusal(problem, syntax.key.span)
            path = path_of(syntax)
            if not guards.is_known(path, scope.facts):
                base, asked = path_of(syntax.operand), path_of(syntax.key)
                problem = f"{base or 'the map'}[{asked or '...'}] may be missing: write "
                hint = f"{asked or 'a key'} in {base or 'a map'} && ... in front"
                raise Refusal(problem + hint, syntax.span)
            return made(ValueOf(syntax.span, value, operand.node, key.node), operand, key)
        case kind:
            raise Refusal(f"found [...] of {shown(kind)}, expected a list or a map", syntax.span)


def _operation(syntax: Unary | Binary, scope: Scope) -> Checked:
    return _unary(syntax, scope) if isinstance(syntax, Unary) else _binary(syntax, scope)


def _unary(syntax: Unary, scope: Scope) -> Checked:
    operand = check(syntax.operand, scope)
    if syntax.operator == "-":
        return made(negative(syntax.span, operand.node), operand)
    return Checked(opposite(syntax.span, operand.node), guards.negated(operand.known))


def _binary(syntax: Binary, scope: Scope) -> Checked:
    left, right = check(syntax.left, scope), check(syntax.right, scope)
    if syntax.operator in _COMPARISONS:
        return made(compare(syntax.span, syntax.operator, left.node, right.node), left, right)
    if syntax.operator != "in":
        return made(arithmetic(syntax.span, syntax.operator, left.node, right.node), left, right)
    found = made(within(syntax.span, left.node, right.node), left, right)
    base, key = path_of(syntax.right), path_of(syntax.left)
    if base is None or key is None or not isinstance(right.node.type, MapType):
        return found
    return Checked(found.node, guards.asked(frozenset({f"{base}[{key}]"}), found.known))


def _chain(syntax: Chain, scope: Scope) -> Checked:
    terms: list[Checked] = []
    after = guards.after_true if syntax.operator == "&&" else guards.after_false
    combine = guards.both if syntax.operator == "&&" else guards.either
    for term in syntax.terms:
        known = combine(term.known for term in terms) if terms else Known()
        checked = check(term, scope.knowing(after(known)) if terms else scope)
        if checked.node.type != BOOL:
            problem = f"found {shown(checked.node.type)} beside {syntax.operator}, expected bool"
            raise Refusal(problem, term.span)
        terms.append(checked)
    node = Logic(syntax.span, BOOL, syntax.operator, tuple(term.node for term in terms))
    return Checked(node, combine(term.known for term in terms))


def _conditional(syntax: Conditional, scope: Scope) -> Checked:
    condition = check(syntax.condition, scope)
    if condition.node.type != BOOL:
        problem = f"found {shown(condition.node.type)} before ?, expected bool"
        raise Refusal(problem, syntax.condition.span)
    yes = check(syntax.yes, scope.knowing(condition.known.when_true))
    no = check(syntax.no, scope.knowing(condition.known.when_false))
    joined = join(yes.node.type, no.node.type)
    if joined is None:
        problem = f"found {shown(yes.node.type)} and {shown(no.node.type)} around :, "
        raise Refusal(problem + "expected one type", syntax.span)
    node = Choose(syntax.span, joined, condition.node, yes.node, no.node)
    return Checked(node, guards.choice(condition.known, yes.known, no.known))


def _items(span: Span, items: tuple[Checked, ...]) -> Checked:
    kind: Type = NOTHING
    for item in items:
        joined = join(kind, item.node.type)
        if joined is None:
            problem = f"found {shown(item.node.type)} in a list of {shown(kind)}"
            raise Refusal(f"{problem}, expected items of one type", item.node.span)
        kind = joined
    return made(ListOf(span, ListType(kind), tuple(item.node for item in items)), *items)
