"""The door: environments, expected types, errors as a person reads them."""

import pytest

from streams.domain.words import Severity
from streams.errors import ConfigError
from streams.rules.expression.condition import Environment, compile_expression
from streams.rules.expression.faults import ExpressionError, Span
from streams.rules.expression.static_types import BOOL, INT, STRING, ListType, enum_of
from tests.unit.rules.expression.asking import ENVIRONMENT, VALUES, compiled_as, refusal_of


def test_an_expression_knows_what_it_is() -> None:
    """Its text, its type and what it reads."""
    made = compiled_as("n + 1 > m")
    assert ("n + 1 > m", BOOL, ("m", "n")) == (made.text, made.type, made.paths)


def test_an_error_draws_the_place() -> None:
    """Line and column, what was found and expected, and carets below."""
    with pytest.raises(ExpressionError) as refused:
        compile_expression("flag &&\n\tevent.quue > 50 && flag", ENVIRONMENT, BOOL)
    error = refused.value
    assert isinstance(error, ConfigError)
    assert (2, 8) == (error.line, error.column)
    assert (
        "line 2, column 8: found quue, expected a field of event; did you mean queue?\n"
        "  \tevent.quue > 50 && flag\n"
        "  \t      ^^^^"
    ) == str(error)


def test_a_long_line_is_cut_around_the_place() -> None:
    """So that the carets stay where they can be seen."""
    text = "flag || " * 40 + "zzz" + " || flag" * 40
    with pytest.raises(ExpressionError) as refused:
        compile_expression(text, ENVIRONMENT, BOOL)
    _, line, carets = str(refused.value).split("\n")
    assert 102 == len(line)
    assert "zzz" == line[carets.index("^") : carets.index("^") + carets.count("^")]


def test_carets_end_with_the_line() -> None:
    """A fault over several lines is drawn on its first."""
    error = ExpressionError("found it", Span(0, 9, 1, 1), "abc\r\ndefgh")
    assert "line 1, column 1: found it\n  abc\n  ^^^" == str(error)


def test_an_enumeration_can_be_expected() -> None:
    """A severity is given by words, each of which must be one."""
    severity = enum_of("Severity", Severity)
    made = compiled_as("n > 5 ? 'high' : 'low'", severity)
    assert "high" == made.evaluate(VALUES)
    assert 'line 1, column 1: found "hihg", expected Severity' == refusal_of(
        "n > 5 ? 'hihg' : 'low'", severity
    )
    assert "line 1, column 1: found string, expected Severity" == refusal_of("s", severity)
    assert "line 1, column 1: found StatusKind, expected Severity" == refusal_of(
        "event.kind", severity
    )


def test_a_word_is_a_string() -> None:
    """Where any string will do."""
    assert "heartbeat" == compiled_as("event.kind", STRING).evaluate(VALUES)
    assert ("heartbeat",) == compiled_as("[event.kind]", ListType(STRING)).evaluate(VALUES)


def test_another_type_than_expected_is_refused() -> None:
    """Both are named."""
    assert "line 1, column 1: found int, expected bool" == refusal_of("n")
    assert "line 1, column 1: found list(int), expected list(string)" == refusal_of(
        "numbers", ListType(STRING)
    )
    assert "line 1, column 2: found bool, expected int" == refusal_of(" flag", INT)


def test_a_variable_must_be_able_to_be_named() -> None:
    """A reserved word in an environment is a mistake of ours."""
    with pytest.raises(AssertionError, match="package cannot name a variable"):
        Environment({"package": INT})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", ()),
        ("flag", ("flag",)),
        ("has(event.queue) && event.queue > n", ("event.queue", "n")),
        ("has(report.place) && has(report.place.tps)", ("report.place.tps",)),
        (
            "report.evidence.exists(e, e.kind == 'video') && size(report.evidence) > 1",
            ("report.evidence[].kind",),
        ),
        ("size(report.evidence) > 1", ("report.evidence",)),
        ("report.evidence[0].kind == s", ("report.evidence[].kind", "s")),
        ("count.votes.all(k, count.votes[k] > n)", ("count.votes[]", "n")),
        ("'01' in count.votes", ("count.votes",)),
        ("[1, 2].all(v, v > n)", ("n",)),
        ("(flag ? event : event).id == s", ("event", "flag", "s")),
        (
            "has(event.source.for) && event.source.for == s || event.source.id == s",
            ("event.source.for", "event.source.id", "s"),
        ),
    ],
)
def test_paths(text: str, expected: tuple[str, ...]) -> None:
    """The ends of all paths, whoever reads them."""
    assert expected == compiled_as(text).paths
