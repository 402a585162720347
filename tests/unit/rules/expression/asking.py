"""An environment of real events, and short ways to ask about an expression."""

from typing import Final

import pytest

from streams.domain.events import CountStatus, CrowdReport, Source, StatusKind, TpsStatus, VoteCount
from streams.domain.words import Role
from streams.rules.expression.binding import record_of
from streams.rules.expression.condition import Environment, Expression, compile_expression
from streams.rules.expression.faults import EvaluationError, ExpressionError
from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    ListType,
    Type,
)

AT: Final = "2024-11-27T07:00:00+07:00"
ENVIRONMENT: Final = Environment(
    {
        "event": record_of(TpsStatus, "event"),
        "count": record_of(VoteCount, "count"),
        "report": record_of(CrowdReport, "report"),
        "flag": BOOL,
        "n": INT,
        "m": INT,
        "x": DOUBLE,
        "s": STRING,
        "now": TIMESTAMP,
        "since": DURATION,
        "numbers": ListType(INT),
        "doubles": ListType(DOUBLE),
        "words": ListType(STRING),
    }
)
STATUS: Final = TpsStatus(
    id="s1", at=AT, kind=StatusKind.HEARTBEAT, source=Source("p1", Role.KPPS), queue=60
)
COUNT: Final = VoteCount(
    id="c1",
    at=AT,
    tps="17.02.01.2001-001",
    contest="gubernur",
    status=CountStatus.FINAL,
    source=Source("p1", Role.SAKSI, camp="02"),
    votes={"01": 440, "02": 11},
    valid=452,
)
REPORT: Final = CrowdReport(id="r1", at=AT, source=Source("w1", Role.WARGA))
VALUES: Final[dict[str, object]] = {
    "event": STATUS,
    "count": COUNT,
    "report": REPORT,
    "flag": True,
    "n": 7,
    "m": 0,
    "x": 1.5,
    "s": "suap di TPS",
    "now": 1_732_665_600_000,
    "since": 5_400_000,
    "numbers": (1, 2, 3),
    "doubles": (0.5, float("nan")),
    "words": ("a", "b"),
}


def compiled_as(text: str, expected: Type = BOOL) -> Expression:
    """Compile an expression over the events."""
    return compile_expression(text, ENVIRONMENT, expected)


def value_of(text: str, expected: Type = BOOL, **values: object) -> object:
    """Evaluate an expression; `values` stand for those of the same name."""
    return compiled_as(text, expected).evaluate({**VALUES, **values})


def failure_of(text: str, expected: Type = BOOL, **values: object) -> str:
    """Return what is said when an expression has no value."""
    with pytest.raises(EvaluationError) as failed:
        value_of(text, expected, **values)
    return str(failed.value)


def refusal_of(text: str, expected: Type = BOOL) -> str:
    """Return where and why an expression is refused: the first line of what is said."""
    with pytest.raises(ExpressionError) as refused:
        compiled_as(text, expected)
    return str(refused.value).split("\n")[0]
