"""Values as they are shown."""

import pytest

from streams.rules.expression.binding import record_of
from streams.rules.expression.figures import plain, written
from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    ListType,
    MapType,
    Type,
)
from tests.unit.rules.expression.asking import STATUS


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (True, BOOL, "true"),
        (12, INT, "12"),
        (1.5, DOUBLE, "1.5"),
        ('a"b\\', STRING, r'"a\"b\\"'),
        ("a" * 60, STRING, f'"{"a" * 60}"'),
        ("a" * 61, STRING, f'"{"a" * 60}…"'),
        (0, TIMESTAMP, "1970-01-01T00:00:00Z"),
        (5_400_000, DURATION, "1h30m"),
        ((1, 2), ListType(INT), "[1, 2]"),
        ([0], ListType(DURATION), "[0s]"),
        (tuple(range(9)), ListType(INT), "[0, 1, 2, 3, 4, 5, 6, 7, …]"),
        ({"a": 1, "b": 2}, MapType(INT), '["a", "b"]'),
        (STATUS, record_of(type(STATUS), "event"), "event"),
    ],
)
def test_values_are_written_as_they_could_stand(value: object, kind: Type, expected: str) -> None:
    """Times as times, long ones cut."""
    assert expected == written(value, kind)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        ([1, (2.5, "a")], (1, (2.5, "a"))),
        ({"a": [1]}, {"a": (1,)}),
        (STATUS, None),
        (STATUS.kind, "heartbeat"),
    ],
)
def test_plain_values(value: object, expected: object) -> None:
    """Nothing of ours is left in them."""
    assert expected == plain(value)
