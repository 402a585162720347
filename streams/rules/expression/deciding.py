"""Conditions over conditions: `&&`, `||` and the macros.

They are commutative over failures, as in CEL: what one operand decides is decided, though another
fails. So `&&` is false when a term is, fails when none is and one fails, and is true otherwise;
`||` is the same the other way round. `all` and `exists` are these two over the items of a list;
`exists_one` fails when one item does.
"""

from collections.abc import Iterable

from streams.rules.expression.comparing import Code, Values
from streams.rules.expression.faults import EvaluationError
from streams.rules.expression.typed import Quantifier

__all__ = ["absorbing", "chained", "quantified"]


def chained(sign: str, terms: tuple[Code[bool], ...]) -> Code[bool]:
    """Return the closure of `&&` or `||` whose terms cannot fail."""
    # Several at a time, since every closure around another costs a call.
    first, *rest = terms
    if not rest:
        return first
    if len(rest) == 1:
        return _two(sign, first, rest[0])
    return _three(sign, first, rest[0], chained(sign, tuple(rest[1:])))


def _two(sign: str, a: Code[bool], b: Code[bool]) -> Code[bool]:
    if sign == "&&":
        return lambda values: a(values) and b(values)
    return lambda values: a(values) or b(values)


def _three(sign: str, a: Code[bool], b: Code[bool], c: Code[bool]) -> Code[bool]:
    if sign == "&&":
        return lambda values: a(values) and b(values) and c(values)
    return lambda values: a(values) or b(values) or c(values)


def absorbing(sign: str, terms: tuple[Code[bool], ...]) -> Code[bool]:
    """Return the closure of `&&` or `||` of which a term can fail."""
    decides = sign == "||"

    def run(values: Values) -> bool:
        failure: EvaluationError | None = None
        for term in terms:
            try:
                if term(values) is decides:
                    return decides
            except EvaluationError as error:
                failure = error
        if failure is not None:
            raise failure
        return not decides

    return run


def quantified(
    quantifier: Quantifier, over: Code[Iterable[object]], name: str, body: Code[bool]
) -> Code[bool]:
    """Return the closure of a macro, whose variable is `name`."""
    if quantifier is Quantifier.EXISTS_ONE:
        return _exactly_one(over, name, body)
    decides = quantifier is Quantifier.EXISTS

    def run(values: Values) -> bool:
        scope, failure = dict(values), None
        for item in over(values):
            scope[name] = item
            try:
                if body(scope) is decides:
                    return decides
            except EvaluationError as error:
                failure = error
        if failure is not None:
            raise failure
        return not decides

    return run


def _exactly_one(over: Code[Iterable[object]], name: str, body: Code[bool]) -> Code[bool]:
    def run(values: Values) -> bool:
        scope, count = dict(values), 0
        for item in over(values):
            scope[name] = item
            count += body(scope)
        return count == 1

    return run
