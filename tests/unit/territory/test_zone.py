"""Local time is arithmetic: three offsets, one calendar."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.territory.zone import (
    Zone,
    clock_minutes,
    date_days,
    days_from_civil,
    in_indonesia,
    local_time,
    offset_minutes,
    zone_of,
)

EPOCH = date(1970, 1, 1)
BY_ZONE = {
    420: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    480: "51 52 53 63 64 65 71 72 73 74 75 76",
    540: "81 82 91 92 93 94 95 96",
}


@given(st.dates())
def test_days_are_those_of_the_calendar(day: date) -> None:
    """Every date of the Gregorian calendar has the number that Python gives it."""
    assert (day - EPOCH).days == days_from_civil(day.year, day.month, day.day)
    assert (day - EPOCH).days == date_days(day.isoformat())


@pytest.mark.parametrize(("minutes", "codes"), BY_ZONE.items())
def test_each_province_has_its_zone(minutes: int, codes: str) -> None:
    """All 38 provinces are in one of three zones, and what lies in them is in theirs."""
    assert {minutes} == {offset_minutes(f"{code}.01.02.2003-004") for code in codes.split()}
    assert all(in_indonesia(code) for code in codes.split())


def test_there_are_38_provinces() -> None:
    """No province is missing, none is invented."""
    assert 38 == sum(in_indonesia(f"{code:02}") for code in range(100))
    assert not in_indonesia("20.01")


def test_zones_are_named_as_people_name_them() -> None:
    """Serang is in WIB, Denpasar in WITA, Jayapura in WIT."""
    expected = [Zone.WIB, Zone.WITA, Zone.WIT]
    assert expected == [zone_of(code) for code in ("36.04", "51.71", "91.03.01.2001")]


def test_every_fourth_century_has_a_leap_day() -> None:
    """2000 had one, 1900 had none."""
    assert days_from_civil(2000, 2, 29) == date_days("2000-02-29")
    assert date_days("1900-02-29") is None


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "24-11-27", "2024-11-27 ", ""]
)
def test_no_date_has_no_number(text: str) -> None:
    """What the calendar does not have is not bent into it."""
    assert date_days(text) is None


def test_digits_of_other_scripts_are_no_date() -> None:
    """A code or date is ASCII (contract §1)."""
    assert date_days("٢٠٢٤-11-27") is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("07:00", 420),
        ("7:00", 420),
        ("07.00", 420),
        ("07:00:00", 420),
        ("00:00", 0),
        ("24:00", 1440),
        ("24:01", None),
        ("07:60", None),
        ("07:00:30", None),
        ("7", None),
        ("07:00 WIB", None),
        ("", None),
    ],
)
def test_a_clock_is_read_as_sheets_write_it(text: str, minutes: int | None) -> None:
    """A lost zero, a dot and added seconds are one time; anything else is none."""
    assert minutes == clock_minutes(text)


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.integers(0, 1439),
    st.sampled_from(sorted(BY_ZONE)),
)
def test_local_time_is_the_moment_that_clocks_show(day: date, minutes: int, offset: int) -> None:
    """The moment is the one Python's own zones give."""
    zone = timezone(timedelta(minutes=offset))
    at = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=zone)
    expected = round(at.astimezone(UTC).timestamp() * 1000)
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    assert expected == local_time(day.isoformat(), minutes, offset)
    assert expected == local_time(day.isoformat(), clock, offset)


def test_minutes_may_lie_beyond_the_day() -> None:
    """Noon of the next day is 36 hours after midnight, 21:00 of the day before three before."""
    day = local_time("2024-11-27", 0, 420)
    assert local_time("2024-11-28", "12:00", 420) == local_time("2024-11-27", 36 * 60, 420)
    assert day - 3 * 3_600_000 == local_time("2024-11-27", -180, 420)


def test_a_programmer_who_hands_in_no_time_is_told() -> None:
    """Unchecked text never becomes a moment."""
    with pytest.raises(AssertionError, match="2024-02-30"):
        local_time("2024-02-30", 0, 420)
    with pytest.raises(AssertionError, match="noon"):
        local_time("2024-02-03", "noon", 420)
    with pytest.raises(KeyError):
        offset_minutes("20.01")
