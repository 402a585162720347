"""Comparisons as closures, made for the type and for what is constant."""

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, Protocol, TypeAlias, TypeVar, cast

from streams.rules.expression.static_types import DOUBLE, ListType, Type
from streams.rules.expression.typed import Value

__all__ = ["Code", "Values", "comparison", "membership"]

Values: TypeAlias = Mapping[str, object]
"""The variables of an expression by name."""
T_co = TypeVar("T_co", covariant=True)


class Code(Protocol[T_co]):
    """A closure that computes an expression."""

    def __call__(self, values: Values, /) -> T_co:
        """Return the value for these variables."""
        ...


class _Ordered(Protocol):
    """What `<` can compare; both sides of a checked comparison are of one type."""

    def __lt__(self, other: "_Ordered", /) -> bool: ...
    def __le__(self, other: "_Ordered", /) -> bool: ...
    def __gt__(self, other: "_Ordered", /) -> bool: ...
    def __ge__(self, other: "_Ordered", /) -> bool: ...


_Maker: TypeAlias = Callable[[Code[_Ordered], _Ordered], Code[bool]]
_PairMaker: TypeAlias = Callable[[Code[_Ordered], Code[_Ordered]], Code[bool]]

_WITH_CONSTANT: Final[dict[str, _Maker]] = {
    "==": lambda left, constant: lambda values: left(values) == constant,
    "!=": lambda left, constant: lambda values: left(values) != constant,
    "<": lambda left, constant: lambda values: left(values) < constant,
    "<=": lambda left, constant: lambda values: left(values) <= constant,
    ">": lambda left, constant: lambda values: left(values) > constant,
    ">=": lambda left, constant: lambda values: left(values) >= constant,
}
_OF_TWO: Final[dict[str, _PairMaker]] = {
    "==": lambda left, right: lambda values: left(values) == right(values),
    "!=": lambda left, right: lambda values: left(values) != right(values),
    "<": lambda left, right: lambda values: left(values) < right(values),
    "<=": lambda left, right: lambda values: left(values) <= right(values),
    ">": lambda left, right: lambda values: left(values) > right(values),
    ">=": lambda left, right: lambda values: left(values) >= right(values),
}


def comparison(
    kind: Type, sign: str, left: Code[object], right: tuple[Code[object], Value | None]
) -> Code[bool]:
    """Return the closure of a comparison; of the right side also its constant, if it has one."""
    if isinstance(kind, ListType):
        return _of_lists(equality(kind), sign, left, right[0])
    first = cast("Code[_Ordered]", left)
    code, constant = right
    if constant is None:
        return _OF_TWO[sign](first, cast("Code[_Ordered]", code))
    return _WITH_CONSTANT[sign](first, cast("_Ordered", constant))


def _of_lists(
    same: Callable[[object, object], bool], sign: str, left: Code[object], right: Code[object]
) -> Code[bool]:
    if sign == "==":
        return lambda values: same(left(values), right(values))
    return lambda values: not same(left(values), right(values))


def equality(kind: Type) -> Callable[[object, object], bool]:
    """Return what tells whether two values of a type are equal.

    Lists item by item: Python takes a tuple for no list, and NaN in a list for equal to itself.
    """
    if not isinstance(kind, ListType):
        return operator.eq
    of_items = equality(kind.item)

    def same(left: object, right: object) -> bool:
        mine, yours = cast("Sequence[object]", left), cast("Sequence[object]", right)
        return len(mine) == len(yours) and all(map(of_items, mine, yours))

    return same


def membership(
    kind: Type, item: Code[object], inside: Code[object], constant: Value | None
) -> Code[bool]:
    """Return the closure of `in`; `constant` is the list where it is one."""
    if isinstance(kind, ListType) or kind == DOUBLE:
        same, many = equality(kind), cast("Code[Collection[object]]", inside)

        def run(values: Values) -> bool:
            wanted = item(values)
            return any(same(wanted, one) for one in many(values))

        return run
    if isinstance(constant, tuple):
        known = frozenset(constant)
        return lambda values: item(values) in known
    found = cast("Code[Collection[object]]", inside)
    return lambda values: item(values) in found(values)
