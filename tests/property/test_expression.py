"""Our expressions against the official engine of CEL: the same value, or a failure in both.

What ours accepts must be CEL and mean the same there; what ours refuses is told with its place. The
first properties compare values, the others what can be written at all.
"""

import re
from collections.abc import Callable
from typing import Final, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from streams.rules.expression.condition import Expression, compile_expression
from streams.rules.expression.faults import EvaluationError, ExpressionError, Refusal
from streams.rules.expression.figures import plain
from streams.rules.expression.literals import (
    duration_of,
    duration_text,
    timestamp_of,
    timestamp_text,
)
from streams.rules.expression.parser import parse
from streams.rules.expression.pattern import pattern_of
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
from tests.unit.rules.expression.generated import expressions
from tests.unit.rules.expression.reference import FAILED, REFUSED, comparable, evaluated, parses
from tests.unit.rules.expression.texts import mutated, patterns, times, written_strings
from tests.unit.rules.expression.world import (
    DURATIONS,
    ENVIRONMENT,
    ORDINARY,
    TIMESTAMPS,
    WORLDS,
    Worlds,
)

Test = TypeVar("Test", bound=Callable[..., None])
TYPES: Final[dict[str, Type]] = {
    "bool": BOOL,
    "int": INT,
    "double": DOUBLE,
    "string": STRING,
    "timestamp": TIMESTAMP,
    "duration": DURATION,
    "numbers": ListType(INT),
    "words": ListType(STRING),
}
SLOW: Final = (HealthCheck.too_slow, HealthCheck.data_too_large)
MACRO: Final = re.compile(r"has\s*\(|\.\s*(all|exists|exists_one)\s*\(")
"""What CEL takes apart before it knows any type, and we after."""


def tried(examples: int) -> Callable[[Test], Test]:
    """Try so many examples, the same every time: a failure can be told again by anybody."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        suppress_health_check=SLOW,
    )


def ours(expression: Expression, values: Worlds) -> object:
    """Evaluate by ours."""
    try:
        return comparable(expression.evaluate(values))
    except EvaluationError:
        return FAILED


def check_agreement(made: tuple[str, str], values: Worlds) -> None:
    """Compare one value of the two engines, and our explanation with our value."""
    text, kind = made
    expression = compile_expression(text, ENVIRONMENT, TYPES[kind])
    found = ours(expression, values)
    assert evaluated(text, values) == found, text
    told = expression.explain(values)
    assert (found is FAILED) is bool(told.error), text
    if found is not FAILED:
        assert comparable(plain(expression.evaluate(values))) == comparable(told.value), text
    assert set(map(id, told.deciding)) <= set(map(id, told.leaves)), text


@tried(400)
@given(expressions(), WORLDS, WORLDS)
def test_both_engines_agree(made: tuple[str, str], values: Worlds, others: Worlds) -> None:
    """On the value, or on there being none; and what explains a value explains that one."""
    check_agreement(made, values)
    check_agreement(made, others)


@pytest.mark.slow
@settings(max_examples=20_000, database=None, suppress_health_check=SLOW)
@given(expressions(depths=(1, 2, 3)), WORLDS, WORLDS)
def test_both_engines_agree_for_long(made: tuple[str, str], values: Worlds, others: Worlds) -> None:
    """The same with deeper expressions, and others each time."""
    check_agreement(made, values)
    check_agreement(made, others)


def refusal_of(text: str) -> Refusal | None:
    """Return why a text is no expression."""
    try:
        parse(text)
    except Refusal as refusal:
        return refusal
    return None


def check_mutation(text: str) -> None:
    """Compare what the two engines make of a text that may be anything."""
    refused = refusal_of(text)
    if refused is not None:
        assert refused.problem.startswith(("found ", "the expression is ")), text
        assert 0 <= refused.span.start < refused.span.end, text
        return
    assert parses(text) or MACRO.search(text), text
    try:
        expression = compile_expression(text, ENVIRONMENT, BOOL)
    except ExpressionError:
        return
    expected = evaluated(text, ORDINARY)
    assert expected is not REFUSED, text
    assert expected == ours(expression, ORDINARY), text


@tried(1000)
@given(mutated())
@example("1 < 2 == true")
@example("r'\\'")
@example("9223372036854775808 > 0")
def test_what_ours_accepts_is_cel(text: str) -> None:
    """A text changed at random is refused by ours, or means the same in both."""
    check_mutation(text)


@pytest.mark.slow
@settings(max_examples=20_000, database=None, suppress_health_check=SLOW)
@given(mutated())
def test_what_ours_accepts_is_cel_for_long(text: str) -> None:
    """The same with many more texts, and others each time."""
    check_mutation(text)


@tried(250)
@given(patterns(), st.text("aab1é \n\t\v.\\-_&~|[]^$😀", max_size=6))
def test_patterns_mean_what_they_mean_in_re2(pattern: str, text: str) -> None:
    """Whatever pattern is accepted finds the same texts in both."""
    try:
        accepted = pattern_of(pattern)
    except ValueError:
        return
    written = '"' + "".join(f"\\U{ord(one):08x}" for one in pattern) + '"'
    expected = evaluated(f"s.matches({written})", {"s": text})
    assert expected == ("bool", re.search(accepted.python, text) is not None)


@tried(250)
@given(times())
def test_literals_of_time_mean_the_same(text: str) -> None:
    """Whatever is accepted as a duration or as a timestamp."""
    for read, name in ((duration_of, "duration"), (timestamp_of, "timestamp")):
        try:
            ms = read(text)
        except ValueError:
            continue
        assert ("int", ms) == evaluated(f'{name}("{text}")', {})


@tried(200)
@given(DURATIONS, TIMESTAMPS)
def test_times_can_be_read_as_they_are_written(duration_ms: int, timestamp_ms: int) -> None:
    """So that the figures of an alert can be put back into a rule."""
    assert duration_ms == duration_of(duration_text(duration_ms))
    assert timestamp_ms == timestamp_of(timestamp_text(timestamp_ms))


@tried(200)
@given(written_strings())
def test_every_way_to_write_a_string_gives_it(made: tuple[str, str]) -> None:
    """Escaped or not, in either kind of quotes."""
    text, written = made
    assert text == compile_expression(written, ENVIRONMENT, STRING).evaluate({})
