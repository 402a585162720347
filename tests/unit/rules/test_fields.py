"""Kinds of values in a pack: what an author may write, and how it is by class."""

from typing import Final

import msgspec
import pytest

from streams.domain.happenings import Happening
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS
from streams.domain.words import TPS_CLASSES, Severity
from streams.rules.fields import (
    Category,
    Clause,
    Clauses,
    Duration,
    DurationByClass,
    LaddersByClass,
    LadderText,
    NumberByClass,
    SeverityByClass,
    Where,
    by_class,
    duration_ms,
    of_class,
)

KINDS: Final[dict[str, object]] = {
    "Duration": Duration,
    "DurationByClass": DurationByClass,
    "LadderText": LadderText,
    "LaddersByClass": LaddersByClass,
    "Category": Category,
    "Where": Where,
    "NumberByClass": NumberByClass,
    "SeverityByClass": SeverityByClass,
}
GOOD: Final = [
    ("Duration", "90m"),
    ("Duration", "0s"),
    ("Duration", "12h"),
    ("Duration", "999999999s"),
    ("DurationByClass", "90m"),
    ("LadderText", "OPS"),
    ("LadderText", "OPS+ADM+GAK"),
    ("LaddersByClass", "PROP"),
    ("Category", "KAM-01"),
    ("Where", ""),
    ("NumberByClass", 3.0),
    ("SeverityByClass", Severity.LOW),
]
BAD: Final = [
    ("Duration", "90"),
    ("Duration", "m"),
    ("Duration", "1.5h"),
    ("Duration", "-1m"),
    ("Duration", "90 m"),
    ("Duration", "90m\n"),
    ("Duration", "1000000000s"),
    ("Duration", 5000 * "9" + "m"),
    ("Duration", "2d"),
    ("Duration", 45),
    ("DurationByClass", ["1m", "2m", "3m"]),
    ("DurationByClass", ["1m", "2m", "3m", "4m", "5m"]),
    ("DurationByClass", ["1m", "2m", "3m", "4"]),
    ("LadderText", "POL"),
    ("LadderText", "OPS+"),
    ("LadderText", "ops"),
    ("LadderText", ""),
    ("LaddersByClass", ["OPS", "OPS", "OPS"]),
    ("LadderText", "OPS\n"),
    ("Category", "KAM-01\n"),
    ("Category", "KAM-1"),
    ("Category", "KAM01"),
    ("Category", "kam-01"),
    pytest.param("Where", "x" * 2001, id="Where-too long"),
    ("NumberByClass", "3"),
    ("NumberByClass", [1, 2, 3]),
    ("SeverityByClass", "merah"),
    ("SeverityByClass", ["low", "low", "low", "merah"]),
]


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_a_value_of_a_kind_is_taken(kind: str, value: object) -> None:
    """As it is written."""
    assert value == msgspec.convert(value, KINDS[kind])


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_another_value_is_refused(kind: str, value: object) -> None:
    """No unit, no such ladder, not one for each class."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(value, KINDS[kind])


@pytest.mark.parametrize(
    ("kind", "four"),
    [
        ("DurationByClass", ("90m", "60m", "30m", "60m")),
        ("LaddersByClass", ("ADM", "ADM", "OPS+ADM", "ADM")),
        ("NumberByClass", (3.0, 2.0, 2.0, 2.0)),
        ("SeverityByClass", (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)),
    ],
)
def test_four_stand_in_the_order_of_classes(kind: str, four: tuple[object, ...]) -> None:
    """Each class finds its own."""
    found = msgspec.convert(list(four), KINDS[kind])
    assert four == by_class(found)
    assert list(four) == [of_class(found, one) for one in TPS_CLASSES]


def test_one_stands_for_four() -> None:
    """Whoever asks by class need not know how it was written."""
    assert ("90m", "90m", "90m", "90m") == by_class("90m")


@pytest.mark.parametrize(
    ("text", "ms"),
    [("90m", 90 * MINUTE_MS), ("30s", 30 * SECOND_MS), ("12h", 12 * HOUR_MS), ("0s", 0)],
)
def test_durations(text: str, ms: int) -> None:
    """A number and its unit."""
    assert ms == duration_ms(text)


@pytest.mark.parametrize("text", ["90", "m", "1.5h", "-1m", "90m ", ""])
def test_what_is_no_duration_is_a_mistake(text: str) -> None:
    """The types have refused it before."""
    with pytest.raises(AssertionError, match="the type has checked it"):
        duration_ms(text)


def test_a_clause_is_a_word_or_words_with_an_expression() -> None:
    """Both in one list."""
    written = ["opened", {"on": ["closed", "postponed"], "where": "event.queue > 0"}]
    expected = (
        Happening.OPENED,
        Clause((Happening.CLOSED, Happening.POSTPONED), "event.queue > 0"),
    )
    assert expected == msgspec.convert(written, Clauses)


@pytest.mark.parametrize(
    "clause", ["dibuka", {"on": ["dibuka"]}, {"where": "true"}, {"on": ["opened"], "if": "true"}, 3]
)
def test_another_clause_is_refused(clause: object) -> None:
    """A happening must be one, and an expression has one name."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert([clause], Clauses)
