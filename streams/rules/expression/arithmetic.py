"""Arithmetic as CEL has it: 64 bits, truncated division, and a failure instead of a wrong number.

An int is refused outside 64 bits, a timestamp outside the years 1 to 9999, a duration outside 292
years. Division goes towards zero and the remainder has the sign of the dividend, unlike Python's.
Doubles follow IEEE 754 and never fail: they become infinite or no number (NaN).
"""

import math
import operator
from collections.abc import Callable
from typing import Final

from streams.rules.expression.faults import EvaluationError
from streams.rules.expression.literals import (
    DURATION_MAX_MS,
    INT_MAX,
    INT_MIN,
    TIMESTAMP_MAX_MS,
    TIMESTAMP_MIN_MS,
)

__all__ = ["INT_OPERATIONS", "divided_double", "range_of", "to_int"]


def _divided(left: int, right: int) -> int:
    if right == 0:
        raise EvaluationError("division by zero")
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) is (right < 0) else -quotient


def _remainder(left: int, right: int) -> int:
    if right == 0:
        raise EvaluationError("remainder of a division by zero")
    # The quotient of these two has no place in 64 bits, so CEL has no remainder either.
    if right == -1 and left == INT_MIN:
        raise EvaluationError("overflow")
    rest = abs(left) % abs(right)
    return -rest if left < 0 else rest


INT_OPERATIONS: Final[dict[str, Callable[[int, int], int]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divided,
    "%": _remainder,
}
"""What the signs do with whole numbers and times, before their range is looked at."""

_RANGES: Final = {
    "int": (INT_MIN, INT_MAX),
    "timestamp": (TIMESTAMP_MIN_MS, TIMESTAMP_MAX_MS),
    "duration": (-DURATION_MAX_MS, DURATION_MAX_MS),
}


def range_of(kind: str) -> tuple[int, int]:
    """Return the least and the largest value of a type, in milliseconds for times."""
    return _RANGES[kind]


def divided_double(left: float, right: float) -> float:
    """Divide as IEEE 754 does: by zero gives an infinity, zero by zero no number."""
    if right != 0.0:
        return left / right
    if left == 0.0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def to_int(value: float) -> int:
    """Cut the fraction of a double off.

    Raises:
        EvaluationError: where it is no number or does not fit 64 bits.
    """
    if not INT_MIN < value < INT_MAX:
        raise EvaluationError(f"overflow: {value} is no int")
    return int(value)
