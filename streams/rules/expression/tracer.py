"""Why an expression came out as it did: the comparisons that were reached, with their figures.

The tracer goes through the same tree as the compiler, in the same order and with the same
absorption of failures. What holds no other condition is a leaf: a comparison, `in`, `has(...)`, a
search in a text, a field that is a bool. All leaves that were reached are told, and those that
decided:

| outcome | decided by |
|---|---|
| `&&` true, `||` false | what decided each term |
| `&&` false, `||` true | what decided the term that ended it |
| `!a` | what decided `a` |
| `c ? a : b` | what decided `c`, and the branch that was taken |
| `all` true, `exists` false, `exists_one` | what decided each item |
| `all` false, `exists` true | what decided the item that ended it |
| a failure | what failed |
"""

import re
from collections.abc import Iterable
from typing import Final, cast

from msgspec import Struct

from streams.rules.expression.comparing import Values
from streams.rules.expression.compiler import compiled
from streams.rules.expression.faults import EvaluationError
from streams.rules.expression.figures import Plain, figures, plain
from streams.rules.expression.static_types import BOOL
from streams.rules.expression.typed import (
    Choose,
    Compare,
    Has,
    Invoke,
    Logic,
    Matches,
    Not,
    Quantifier,
    Quantify,
    Read,
    Typed,
    Within,
)

__all__ = ["Explanation", "Leaf", "explained"]


class Leaf(Struct, frozen=True):
    """One comparison that was reached."""

    text: str
    """As it was written, white space made one."""
    figures: str
    """The same with its values: `452 != 440 + 11`."""
    left: Plain
    """Value of the left side; of a field that is a bool, the value. None where it failed."""
    operator: str
    """The sign, or the name of the function; empty for a value that stands alone."""
    right: Plain
    holds: bool | None
    """None where it failed, or is no bool."""
    error: str = ""
    bound: tuple[tuple[str, Plain], ...] = ()
    """Name and value of the variables of the macros around."""


class Explanation(Struct, frozen=True):
    """What an expression gave, and why."""

    value: Plain
    """None where it failed."""
    error: str
    leaves: tuple[Leaf, ...]
    """All that were reached, in order."""
    deciding: tuple[Leaf, ...]
    """Those without which it could have come out otherwise."""


class _Traced(Struct, frozen=True):
    outcome: object
    leaves: tuple[Leaf, ...]
    deciding: tuple[Leaf, ...]


class _Place(Struct, frozen=True):
    """Where the tracer is: the text, all variables, and which of them belong to macros."""

    text: str
    values: Values
    bound: tuple[str, ...] = ()


_SPACE: Final = re.compile(
    r"""([rR]"[^"]*"|[rR]'[^']*'|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|//[^\n]*|\s+"""
)


def explained(node: Typed, text: str, values: Values) -> Explanation:
    """Evaluate an expression once more, and keep what was compared; never raises."""
    traced = _trace(node, _Place(text, values))
    failed = isinstance(traced.outcome, EvaluationError)
    return Explanation(
        value=None if failed else plain(traced.outcome),
        error=str(traced.outcome) if failed else "",
        leaves=traced.leaves,
        deciding=traced.deciding,
    )


def _trace(node: Typed, place: _Place) -> _Traced:
    match node:
        case Logic(operator=sign, terms=terms):
            return _ended(sign == "||", (_trace(term, place) for term in terms))
        case Not(operand=operand):
            traced = _trace(operand, place)
            if isinstance(traced.outcome, EvaluationError):
                return traced
            return _Traced(not traced.outcome, traced.leaves, traced.deciding)
        case Choose():
            return _chosen(node, place)
        case Quantify():
            return _quantified(node, place)
        case _:
            leaf, outcome = _leaf(node, place)
            return _Traced(outcome, (leaf,), (leaf,))


def _ended(decides: bool, terms: Iterable[_Traced]) -> _Traced:  # noqa: FBT001  # A value of the language.
    """Go on until a term comes out as `decides`; the rest are not even looked at."""
    seen: list[_Traced] = []
    for term in terms:
        seen.append(term)
        if term.outcome is decides:
            return _Traced(decides, _leaves(seen), term.deciding)
    failed = [term for term in seen if isinstance(term.outcome, EvaluationError)]
    if failed:
        return _Traced(failed[-1].outcome, _leaves(seen), _deciding(failed))
    return _Traced(not decides, _leaves(seen), _deciding(seen))


def _leaves(seen: Iterable[_Traced]) -> tuple[Leaf, ...]:
    return tuple(leaf for one in seen for leaf in one.leaves)


def _deciding(seen: Iterable[_Traced]) -> tuple[Leaf, ...]:
    return tuple(leaf for one in seen for leaf in one.deciding)


def _chosen(node: Choose, place: _Place) -> _Traced:
    condition = _trace(node.condition, place)
    if isinstance(condition.outcome, EvaluationError):
        return condition
    taken = node.yes if condition.outcome else node.no
    # A branch that is a bare value decides nothing: the condition has.
    if node.type != BOOL and not isinstance(taken, Choose):
        outcome = _outcome(taken, place.values)
        failed = isinstance(outcome, EvaluationError)
        leaves = (_leaf(taken, place)[0],) if failed else ()
        branch = _Traced(outcome, leaves, leaves)
    else:
        branch = _trace(taken, place)
    both = (condition, branch)
    decided = (branch,) if isinstance(branch.outcome, EvaluationError) else both
    return _Traced(branch.outcome, _leaves(both), _deciding(decided))


def _quantified(node: Quantify, place: _Place) -> _Traced:
    over = _outcome(node.over, place.values)
    if isinstance(over, EvaluationError):
        leaf, _ = _leaf(node.over, place)
        return _Traced(over, (leaf,), (leaf,))
    items = (
        _trace(
            node.body,
            _Place(
                place.text, {**place.values, node.variable: item}, (*place.bound, node.variable)
            ),
        )
        for item in cast("Iterable[object]", over)
    )
    if node.quantifier is not Quantifier.EXISTS_ONE:
        return _ended(node.quantifier is Quantifier.EXISTS, items)
    seen: list[_Traced] = []
    for item in items:
        seen.append(item)
        if isinstance(item.outcome, EvaluationError):
            return _Traced(item.outcome, _leaves(seen), item.deciding)
    count = sum(item.outcome is True for item in seen)
    return _Traced(count == 1, _leaves(seen), _deciding(seen))


def _outcome(node: Typed, values: Values) -> object:
    try:
        return compiled(node)(values)
    except EvaluationError as error:
        return error


def _leaf(node: Typed, place: _Place) -> tuple[Leaf, object]:
    outcome = _outcome(node, place.values)
    failed = isinstance(outcome, EvaluationError)
    left, sign, right, shown = _sides(node, place, outcome)
    leaf = Leaf(
        text=_source(node, place.text),
        figures=shown,
        left=left,
        operator=sign,
        right=right,
        holds=outcome if isinstance(outcome, bool) else None,
        error=str(outcome) if failed else "",
        bound=tuple((name, plain(place.values[name])) for name in place.bound),
    )
    return leaf, outcome


def _sides(node: Typed, place: _Place, outcome: object) -> tuple[Plain, str, Plain, str]:
    """Return left, operator and right of a leaf, and the whole in figures."""
    values = place.values
    match node:
        case Compare(left=left, right=right) | Within(left=left, right=right):
            sign = node.operator if isinstance(node, Compare) else "in"
            shown = f"{figures(left, values)} {sign} {figures(right, values)}"
            return _plain(left, values), sign, _plain(right, values), shown
        case Has(span=span, operand=operand, field=field, name=name):
            read = Read(span, field.type, operand, field, name)
            there = _plain(read, values) if outcome is True else None
            return there, "has", None, _source(node, place.text)
        case Invoke(function=function, arguments=(left, right)):
            shown = f"{figures(left, values)}.{function}({figures(right, values)})"
            return _plain(left, values), str(function), _plain(right, values), shown
        case Matches(operand=operand, pattern=pattern):
            shown = f'{figures(operand, values)}.matches("{pattern.text}")'
            return _plain(operand, values), "matches", pattern.text, shown
        case _:
            return _plain(node, values), "", None, figures(node, values)


def _plain(node: Typed, values: Values) -> Plain:
    outcome = _outcome(node, values)
    return None if isinstance(outcome, EvaluationError) else plain(outcome)


def _source(node: Typed, text: str) -> str:
    """Return a piece of the text as it was written, on one line and without comments."""
    written = text[node.span.start : node.span.end]
    return " ".join(_SPACE.sub(lambda found: found[1] or " ", written).split(" ")).strip()
