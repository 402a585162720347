"""Times as text: what is a moment, and what only looks like one."""

import pytest

from streams.domain.times import EpochMs
from streams.wire.time import TimeTextError, format_time, parse_time

SEVEN_TEN = 1_732_666_200_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-11-27T07:10:00+07:00", SEVEN_TEN),
        ("2024-11-27t07:10:00+07:00", SEVEN_TEN),
        ("2024-11-27T00:10:00Z", SEVEN_TEN),
        ("2024-11-27T00:10:00z", SEVEN_TEN),
        ("2024-11-27T00:10:00-00:00", SEVEN_TEN),
        ("2024-11-26T18:40:00-05:30", SEVEN_TEN),
        ("2024-11-27T09:10:07.5+09:00", SEVEN_TEN + 7_500),
        ("2024-11-27T00:10:59.999999999Z", SEVEN_TEN + 59_999),
        ("2024-11-27T00:10:00.0009Z", SEVEN_TEN),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.5Z", -500),
        ("0001-01-01T00:00:00+07:00", -62_135_622_000_000),
        ("9999-12-31T23:59:59-23:59", 253_402_387_139_000),
    ],
)
def test_a_moment_is_read_to_the_millisecond(text: str, expected: int) -> None:
    """Either case, any offset, up to nine digits that are cut and never rounded."""
    assert expected == parse_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-11-31T00:00:00Z",
        "2024-11-27T24:00:00Z",
        "2024-11-27T23:60:00Z",
        "2016-12-31T23:59:60Z",
        "2024-11-27T07:10:00+24:00",
        "2024-11-27T07:10:00+07:60",
        "0000-01-01T00:00:00Z",
    ],
)
def test_what_no_calendar_has_is_unreadable(text: str) -> None:
    """It looks like a time, but no such moment exists, a leap second included."""
    with pytest.raises(TimeTextError, match="no moment"):
        parse_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-11-27",
        "2024-11-27T07:10:00",
        "2024-11-27 07:10:00Z",
        "2024-11-27T07:10:00Z\n",
        "2024-11-27T07:10:00+0700",
        "2024-11-27T07:10:00.Z",
        "2024-11-27T07:10:00.1234567890Z",
        "٢٠٢٤-11-27T07:10:00Z",
        "1732666200000",
    ],
)
def test_what_is_not_rfc_3339_says_what_was_expected(text: str) -> None:
    """The sender learns the form, by an example."""
    with pytest.raises(TimeTextError, match="2024-11-27T07:10:00"):
        parse_time(text)


@pytest.mark.parametrize(
    ("at", "offset_minutes", "expected"),
    [
        (SEVEN_TEN, 420, "2024-11-27T07:10:00+07:00"),
        (SEVEN_TEN + 999, 480, "2024-11-27T08:10:00+08:00"),
        (SEVEN_TEN, 540, "2024-11-27T09:10:00+09:00"),
        (SEVEN_TEN, 0, "2024-11-27T00:10:00+00:00"),
        (-1, 0, "1969-12-31T23:59:59+00:00"),
    ],
)
def test_a_moment_is_shown_in_whole_seconds(at: int, offset_minutes: int, expected: str) -> None:
    """The form of transitions: local time of the kabupaten, what is left of a second cut."""
    assert expected == format_time(EpochMs(at), offset_minutes)
