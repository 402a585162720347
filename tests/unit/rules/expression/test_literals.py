"""Strings and times as they are written."""

import pytest

from streams.rules.expression.literals import (
    DURATION_MAX_MS,
    TIMESTAMP_MAX_MS,
    TIMESTAMP_MIN_MS,
    duration_of,
    duration_text,
    string_of,
    timestamp_of,
    timestamp_text,
)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ('""', ""),
        ("'a'", "a"),
        (r'"\a\b\f\n\r\t\v"', "\a\b\f\n\r\t\v"),
        (r'"\\\?\"\'\`"', "\\?\"'`"),
        (r'"\x41\x7aB"', "AzB"),
        (r'"\101\000"', "A\0"),
        (r'"\u00e9\U0001F600"', "é😀"),
        (r'"\\n"', r"\n"),
        (r'r"\n\"', r"\n" + "\\"),
        (r"R'a'", "a"),
    ],
)
def test_strings(token: str, expected: str) -> None:
    """Every escape of CEL."""
    assert expected == string_of(token)


@pytest.mark.parametrize(
    ("token", "told"),
    [
        (r'"\q"', r"found the escape \q, expected one of \n \t \\ \" \' \x41 \u0041; write \\"),
        (r'"\x4"', r"found the escape \x, expected"),
        (r'"\477"', r"found the escape \4, expected"),
        (r'"\18"', r"found the escape \1, expected"),
        (r'"\uD800"', r"found the escape \uD800, expected one of a Unicode character"),
        (r'"\udfff"', r"found the escape \udfff, expected one of a Unicode character"),
        (r'"\U00110000"', r"found the escape \U00110000, expected one of a Unicode character"),
    ],
)
def test_what_is_no_escape_is_refused(token: str, told: str) -> None:
    """Rather than taken for something."""
    with pytest.raises(ValueError, match=r"^found the escape") as refused:
        string_of(token)
    assert str(refused.value).startswith(told)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("90m", 5_400_000),
        ("1h30m", 5_400_000),
        ("-5s", -5_000),
        ("0s", 0),
        ("250ms", 250),
        ("1h1m1s1ms", 3_661_001),
        ("1s1h", 3_601_000),
        (f"{DURATION_MAX_MS}ms", DURATION_MAX_MS),
    ],
)
def test_durations(text: str, ms: int) -> None:
    """Numbers with units, in any order, added up."""
    assert ms == duration_of(text)


@pytest.mark.parametrize(
    "text",
    ["", "-", "90", "1d", "1.5h", "+1h", "1h-5m", " 1h", "1us", "1h ", f"{DURATION_MAX_MS + 1}ms"],
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    """Fractions too: whole milliseconds leave nothing to round."""
    with pytest.raises(ValueError, match=r"^found "):
        duration_of(text)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2024-11-27T07:00:00+07:00", 1_732_665_600_000),
        ("2024-11-27T07:00:00.5+07:00", 1_732_665_600_500),
        ("2024-11-27T00:00:00.123-00:30", 1_732_667_400_123),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000),
        ("1969-12-31T23:59:59.999Z", -1),
        ("0001-01-01T00:00:00Z", TIMESTAMP_MIN_MS),
        ("9999-12-31T23:59:59.999Z", TIMESTAMP_MAX_MS),
    ],
)
def test_timestamps(text: str, ms: int) -> None:
    """RFC 3339, to the millisecond."""
    assert ms == timestamp_of(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-11-27", "expected RFC 3339"),
        ("2024-11-27T07:00:00", "expected RFC 3339"),
        ("2024-11-27t07:00:00Z", "expected RFC 3339"),
        ("2024-11-27T24:00:00Z", "expected RFC 3339"),
        ("2024-11-27T07:00:60Z", "expected RFC 3339"),
        ("2024-13-01T07:00:00Z", "expected RFC 3339"),
        ("2024-11-27T07:00:00.1234Z", "expected RFC 3339"),
        ("2024-11-27T07:00:00+24:00", "expected RFC 3339"),
        ("2024-11-31T07:00:00Z", "not in the calendar"),
        ("2023-02-29T07:00:00Z", "not in the calendar"),
        ("1900-02-29T07:00:00Z", "not in the calendar"),
        ("2024-01-00T07:00:00Z", "not in the calendar"),
        ("0000-06-01T07:00:00Z", "years 1 to 9999"),
        ("0001-01-01T00:00:00+07:00", "years 1 to 9999"),
        ("9999-12-31T23:59:59-07:00", "years 1 to 9999"),
    ],
)
def test_what_is_no_timestamp_is_refused(text: str, told: str) -> None:
    """Days that are in no calendar too."""
    with pytest.raises(ValueError, match=told):
        timestamp_of(text)


@pytest.mark.parametrize(
    ("ms", "expected"), [(0, "0s"), (-5_000, "-5s"), (5_400_000, "1h30m"), (86_400_001, "24h1ms")]
)
def test_durations_are_written(ms: int, expected: str) -> None:
    """With the largest units, and none that is zero."""
    assert expected == duration_text(ms)


@pytest.mark.parametrize(
    "text",
    [
        "1970-01-01T00:00:00Z",
        "2024-02-29T23:59:59.050Z",
        "0001-01-01T00:00:00Z",
        "1600-12-31T12:00:00Z",
    ],
)
def test_timestamps_are_written(text: str) -> None:
    """In UTC, with thousandths where there are some."""
    assert text == timestamp_text(timestamp_of(text))
