"""Kinds of values in a pack, as an author writes them.

A number that depends on the class of a TPS is written as a list of four, in the order of
`TPS_CLASSES`: `[90m, 60m, 30m, 60m]`. One value stands for all four.
"""

import re
from typing import Annotated, Final, TypeVar, cast

from msgspec import Meta, Struct

from streams.domain.happenings import Happening
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS
from streams.domain.words import TPS_CLASSES, Severity, TpsClass

__all__ = [
    "Category",
    "Clause",
    "Clauses",
    "Duration",
    "DurationByClass",
    "LadderText",
    "LaddersByClass",
    "NumberByClass",
    "Pauses",
    "SeverityByClass",
    "Where",
    "by_class",
    "duration_ms",
    "of_class",
]

Duration = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,9}(h|m|s)$(?!\n)",
        description="a duration as 30m, 90s or 2h",
    ),
]
LadderText = Annotated[
    str,
    Meta(
        pattern=r"^(OPS|ADM|GAK|PROP|SYS)(\+(OPS|ADM|GAK|PROP|SYS))*$(?!\n)",
        description="ladders as OPS+ADM (OPS, ADM, GAK, PROP, SYS)",
    ),
]
Category = Annotated[
    str,
    Meta(pattern=r"^[A-Z]{3}-[0-9]{2}$(?!\n)", description="a category of the taxonomy as KAM-01"),
]
Where = Annotated[
    str,
    Meta(max_length=2000, description="an expression (CEL); empty: always true"),
]
DurationByClass = Duration | tuple[Duration, Duration, Duration, Duration]
# Without a bound in the type: msgspec 0.22 crashes the interpreter for a bounded float beside a
# tuple of a fixed length. `streams.rules.checking` refuses what lies below 0.
NumberByClass = float | tuple[float, float, float, float]
SeverityByClass = Severity | tuple[Severity, Severity, Severity, Severity]
LaddersByClass = LadderText | tuple[LadderText, LadderText, LadderText, LadderText]
T = TypeVar("T")

_UNITS_MS: Final = {"h": HOUR_MS, "m": MINUTE_MS, "s": SECOND_MS}


class Clause(Struct, frozen=True, forbid_unknown_fields=True):
    """Happenings of some kinds, of which an expression is true."""

    on: tuple[Happening, ...]
    where: Where = ""


Clauses = tuple[Happening | Clause, ...]
"""Any of these; a bare word is a clause without an expression."""


class Pauses(Struct, frozen=True, forbid_unknown_fields=True):
    """When the clock of a watch stands still; after it the clock begins anew."""

    begins: Clauses
    ends: Clauses


def duration_ms(text: str) -> int:
    """Return a duration such as `90m`, `30s`, `12h` in milliseconds."""
    assert re.fullmatch(r"[0-9]{1,9}[hms]", text), "the type has checked it"
    return int(text[:-1]) * _UNITS_MS[text[-1]]


def of_class(value: T | tuple[T, T, T, T], tps_class: TpsClass) -> T:
    """Return the entry of a class, where `value` is a list of four; else `value` itself."""
    if isinstance(value, tuple):
        return cast("tuple[T, ...]", value)[TPS_CLASSES.index(tps_class)]
    return value


def by_class(value: T | tuple[T, T, T, T]) -> tuple[T, ...]:
    """Return the entries of all classes, as `TPS_CLASSES`."""
    return tuple(of_class(value, one) for one in TPS_CLASSES)
