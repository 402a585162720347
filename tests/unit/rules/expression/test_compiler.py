"""Values: what each sign means, and when there is no value."""

import math
from typing import Final

import pytest

from streams.rules.expression.literals import (
    DURATION_MAX_MS,
    INT_MAX,
    INT_MIN,
    TIMESTAMP_MAX_MS,
    TIMESTAMP_MIN_MS,
)
from streams.rules.expression.static_types import (
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    ListType,
    Type,
)
from streams.rules.expression.typed import Arithmetic, Constant
from tests.unit.rules.expression.asking import compiled_as, failure_of, value_of

SUMS: Final[tuple[tuple[str, Type, object], ...]] = (
    ("n + 2 * 3 - 1", INT, 12),
    ("n / 2", INT, 3),
    ("-n / 2", INT, -3),
    ("n / -2", INT, -3),
    ("n % 4", INT, 3),
    ("-n % 4", INT, -3),
    ("n % -4", INT, 3),
    ("-n", INT, -7),
    ("-x", DOUBLE, -1.5),
    ("x + 1.0 - 0.5", DOUBLE, 2.0),
    ("x * 2.0 / 4.0", DOUBLE, 0.75),
    ("x / 0.0", DOUBLE, math.inf),
    ("-x / 0.0", DOUBLE, -math.inf),
    ("x / -0.0", DOUBLE, -math.inf),
    ("1e308 * x * 10.0", DOUBLE, math.inf),
    ("s + '!'", STRING, "suap di TPS!"),
    ("now + since", TIMESTAMP, 1_732_671_000_000),
    ("since + now", TIMESTAMP, 1_732_671_000_000),
    ("now - since", TIMESTAMP, 1_732_660_200_000),
    ("now - now", DURATION, 0),
    ("since + since - duration('1h')", DURATION, 7_200_000),
    ("numbers[2]", INT, 3),
    ("[n, m][1]", INT, 0),
    ("[n, m]", ListType(INT), (7, 0)),
    ("flag ? n : m", INT, 7),
    ("!flag ? n : m", INT, 0),
    ("(flag ? event : event).id", STRING, "s1"),
    ("size(report.evidence)", INT, 0),
)
FAILURES: Final[tuple[tuple[str, Type, str], ...]] = (
    ("n / m", INT, "division by zero"),
    ("n % m", INT, "remainder of a division by zero"),
    ("m - 9223372036854775807 - 2", INT, "overflow: -9223372036854775809 does not fit int"),
    ("numbers[3]", INT, "no item 3 in a list of 3"),
    ("numbers[-1]", INT, "no item -1 in a list of 3"),
    ("int(x / 0.0)", INT, "overflow: inf is no int"),
    ("int(0.0 / 0.0 + x)", INT, "overflow: nan is no int"),
    ("int(9223372036854775807.0 * x)", INT, "overflow: 1.3835058055282164e+19 is no int"),
)
COMPARISONS: Final = {
    "n == 7": True,
    "7 == n": True,
    "n != 7": False,
    "n < 8": True,
    "8 < n": False,
    "n <= 7": True,
    "7 <= n": True,
    "n > 7": False,
    "8 > n": True,
    "n >= 8": False,
    "6 >= n": False,
    "n == m": False,
    "n != m": True,
    "n < m": False,
    "n <= m": False,
    "n > m": True,
    "n >= m": True,
    "s < 'suap ke'": True,
    "flag == true": True,
    "now < now + since": True,
    "since == duration('90m')": True,
    "now - timestamp('2024-11-27T06:00:00+07:00') > duration('59m')": True,
    "x == 0.0 / 0.0": False,
    "x != 0.0 / 0.0": True,
    "0.0 == -0.0": True,
    "numbers == [1, 2, 3]": True,
    "numbers != [1, 2, 3]": False,
    "numbers == [1, 2]": False,
    "[] == []": True,
    "[[n]] == [[7]]": True,
    "doubles == doubles": False,
    "event.kind == 'heartbeat'": True,
    "event.kind in ['opened', 'heartbeat']": True,
    "n in numbers": False,
    "2 in numbers": True,
    "n in []": False,
    "x in [1.5]": True,
    "0.5 in doubles": True,
    "doubles[1] in doubles": False,
    "[1] in [[1], numbers]": True,
    "'01' in count.votes": True,
    "s in count.votes": False,
}
LOGIC: Final = {
    # 1 / m fails, and what decides does so wherever it stands.
    "false && 1 / m > 0": False,
    "1 / m > 0 && n < 0": False,
    "true || 1 / m > 0": True,
    "1 / m > 0 || n > 0": True,
    "1 / m > 0 || n < 0 || flag": True,
    "flag && n > 0 && x > 1.0": True,
    "flag && n > 0 && x > 2.0": False,
    "!flag || n < 0 || x > 1.0": True,
    "!flag || n < 0": False,
    "flag && n > 0 && x > 1.0 && m == 0 && s != ''": True,
    "flag && n > 0 && x > 1.0 && m == 0 && s == ''": False,
    "flag && n > 0 && x > 1.0 && m == 1": False,
    "!flag || n < 0 || x > 2.0 || m == 0": True,
    "!flag || n < 0 || x > 2.0 || m == 1 || s == ''": False,
    "numbers.all(v, 1 / m > v && v < 0)": False,
    "[0, 1].all(v, 1 / v > 5)": False,
    "[0, 1].exists(v, 1 / v > 0)": True,
    "flag ? true : 1 / m > 0": True,
    "!(false && 1 / m > 0)": True,
    "n / 1 > 5 && flag": True,
    "n / 1 > 9 || !flag": False,
}
UNDECIDED: Final = (
    "1 / m > 0 && flag",
    "flag && 1 / m > 0",
    "1 / m > 0 || !flag",
    "!flag || 1 / m > 0",
    "numbers.all(v, 1 / m > 0 || v > 0 && v < 2)",
    "[0, 1].all(v, 1 / v > 0)",
    "[0, 1].exists(v, 1 / v > 5)",
    "[1, 0].exists_one(v, 1 / v > 0)",
    "[1, 1, 0].exists_one(v, 1 / v > 0)",
    "[1 / m].all(v, true)",
    "1 / m > 0 ? true : true",
    "!(1 / m > 0)",
)


@pytest.mark.parametrize(("text", "kind", "expected"), SUMS)
def test_sums(text: str, kind: Type, expected: object) -> None:
    """Of every sign for every type that it takes."""
    found = value_of(text, kind)
    assert (expected, type(expected)) == (found, type(found))


@pytest.mark.parametrize(("text", "kind", "told"), FAILURES)
def test_what_has_no_value_fails(text: str, kind: Type, told: str) -> None:
    """And is never a wrong value."""
    assert told == failure_of(text, kind)


@pytest.mark.parametrize(
    ("sign", "left", "right", "fits"),
    [
        ("+", INT_MAX, 0, True),
        ("+", INT_MAX, 1, False),
        ("-", INT_MIN, 0, True),
        ("-", INT_MIN, 1, False),
        ("*", INT_MIN, 1, True),
        ("*", INT_MIN, -1, False),
        ("/", INT_MIN, 1, True),
        ("/", INT_MIN, -1, False),
        ("%", INT_MIN, 1, True),
        ("%", INT_MIN, -1, False),
    ],
)
def test_an_int_has_64_bits(sign: str, left: int, right: int, fits: bool) -> None:  # noqa: FBT001  # A row of a table.
    """One more than fits is a failure."""
    text = f"n {sign} m"
    if fits:
        assert isinstance(value_of(text, INT, n=left, m=right), int)
    else:
        assert failure_of(text, INT, n=left, m=right).startswith("overflow")


def test_the_least_int_has_no_opposite() -> None:
    """There is one number more below zero than above."""
    assert "overflow: 9223372036854775808 does not fit int" == failure_of("-n", INT, n=INT_MIN)


@pytest.mark.parametrize(
    ("text", "kind", "now_ms", "since_ms", "fits"),
    [
        ("now + since", TIMESTAMP, TIMESTAMP_MAX_MS - 1, 1, True),
        ("now + since", TIMESTAMP, TIMESTAMP_MAX_MS, 1, False),
        ("now - since", TIMESTAMP, TIMESTAMP_MIN_MS + 1, 1, True),
        ("now - since", TIMESTAMP, TIMESTAMP_MIN_MS, 1, False),
        ("since + duration('1ms')", DURATION, 0, DURATION_MAX_MS - 1, True),
        ("since + duration('1ms')", DURATION, 0, DURATION_MAX_MS, False),
        ("now - timestamp('0001-01-01T00:00:00Z')", DURATION, TIMESTAMP_MAX_MS, 0, False),
    ],
)
def test_times_have_a_range(
    text: str,
    kind: Type,
    now_ms: int,
    since_ms: int,
    fits: bool,  # noqa: FBT001  # A row of a table.
) -> None:
    """Years 1 to 9999, and 292 years of duration."""
    if fits:
        assert isinstance(value_of(text, kind, now=now_ms, since=since_ms), int)
    else:
        assert "does not fit" in failure_of(text, kind, now=now_ms, since=since_ms)


@pytest.mark.parametrize(("text", "expected"), (COMPARISONS | LOGIC).items())
def test_conditions(text: str, expected: bool) -> None:  # noqa: FBT001  # A row of a table.
    """Comparisons, and what decides in spite of a failure."""
    assert expected is value_of(text)


@pytest.mark.parametrize("text", UNDECIDED)
def test_a_failure_that_nothing_decides_is_one(text: str) -> None:
    """A condition that could have come out either way has no value."""
    assert "division by zero" == failure_of(text)


def test_zero_over_zero_is_no_number() -> None:
    """And no number over zero is none either."""
    for text in ("0.0 / (x - x)", "doubles[1] / (x - x)"):
        found = value_of(text, DOUBLE)
        assert isinstance(found, float)
        assert math.isnan(found), text


def test_constants_are_computed_once() -> None:
    """When the pack is loaded, not for each event."""
    node = compiled_as("10 * 60 + 1", INT).node
    assert isinstance(node, Constant)
    assert 601 == node.value


def test_a_constant_that_fails_fails_when_evaluated() -> None:
    """As CEL has it; what it would decide is still decided by others."""
    assert isinstance(compiled_as("1 / 0", INT).node, Arithmetic)
    assert value_of("1 / 0 > 0 || flag") is True


def test_values_are_left_as_they_were() -> None:
    """The variable of a macro is gone with it."""
    values: dict[str, object] = {"numbers": [1, 2]}
    assert compiled_as("numbers.all(v, v > 0)").evaluate(values) is True
    assert {"numbers": [1, 2]} == values
