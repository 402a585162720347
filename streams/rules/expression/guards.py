"""What is known to be there: which fields may be read where.

A field that may be missing can be read only where it is known to be there. What is known comes from
conditions, `has(event.queue)` and `"01" in event.votes`, and depends on how they turned out:
`when_true`, `when_false`, and `when_error`, since `&&` and `||` go on after an error. None instead
of a set says that it cannot turn out so; then anything may be taken for known.

    has(p)         p when true, nothing when false
    a && b         b is read where a is true or failed; true when both are
    a || b         b is read where a is false or failed; false when both are
    !a             what a says, the other way round
    c ? a : b      a is read where c is true, b where it is false

The second operand of `&&` sees what the first one knows, never the other way round: a guard stands
in front of what it guards.
"""

from collections.abc import Iterable
from functools import reduce
from typing import Final, TypeAlias

from msgspec import Struct

__all__ = [
    "NEVER_FAILS",
    "Facts",
    "Known",
    "after_false",
    "after_true",
    "asked",
    "both",
    "choice",
    "either",
    "is_known",
    "negated",
    "strict",
    "with_facts",
]

Facts: TypeAlias = frozenset[str] | None
"""Paths that are there; None where nobody ever comes."""

_NONE: Final[frozenset[str]] = frozenset()


class Known(Struct, frozen=True):
    """What the outcome of an expression tells about paths."""

    when_true: Facts = _NONE
    when_false: Facts = _NONE
    when_error: Facts = None


NEVER_FAILS: Final = Known()


def is_known(path: str | None, facts: Facts) -> bool:
    """Tell whether a path may be read."""
    return facts is None or path in facts


def with_facts(facts: Facts, more: Facts) -> Facts:
    """Return what is known when both hold."""
    return None if facts is None or more is None else facts | more


def _meet(one: Facts, other: Facts) -> Facts:
    """Return what is known when either holds."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def strict(parts: Iterable[Known], *, may_fail: bool = False) -> Known:
    """Return what is known of an operation that fails when a part does, or by itself."""
    fails = may_fail or any(part.when_error is not None for part in parts)
    return Known(when_error=_NONE if fails else None)


def asked(there: frozenset[str], inner: Known) -> Known:
    """Return what a question for a path says, which itself fails where `inner` does.

    Where the question fails, so does whoever reads the path, and before it gets to what is missing:
    in `has(xs[0].a)` it is `xs[0]` that fails. So the path may be read there as well.
    """
    return Known(when_true=there, when_error=None if inner.when_error is None else there)


def negated(known: Known) -> Known:
    """Return what `!a` says."""
    return Known(known.when_false, known.when_true, known.when_error)


def after_true(known: Known) -> Facts:
    """Return what the term behind `a &&` may count on."""
    return _meet(known.when_true, known.when_error)


def after_false(known: Known) -> Facts:
    """Return what the term behind `a ||` may count on."""
    return _meet(known.when_false, known.when_error)


def both(terms: Iterable[Known]) -> Known:
    """Return what `a && b && ...` says."""
    return reduce(_both, terms)


def _both(one: Known, other: Known) -> Known:
    return Known(
        when_true=with_facts(one.when_true, other.when_true),
        when_false=_meet(one.when_false, with_facts(after_true(one), other.when_false)),
        when_error=_meet(
            with_facts(one.when_error, after_true(other)),
            with_facts(one.when_true, other.when_error),
        ),
    )


def either(terms: Iterable[Known]) -> Known:
    """Return what `a || b || ...` says."""
    return negated(both(negated(term) for term in terms))


def choice(condition: Known, yes: Known, no: Known) -> Known:
    """Return what `c ? a : b` says."""

    def told(if_yes: Facts, if_no: Facts) -> Facts:
        return _meet(
            with_facts(condition.when_true, if_yes), with_facts(condition.when_false, if_no)
        )

    return Known(
        when_true=told(yes.when_true, no.when_true),
        when_false=told(yes.when_false, no.when_false),
        when_error=_meet(condition.when_error, told(yes.when_error, no.when_error)),
    )
