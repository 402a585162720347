"""Local time: three zones without summer time, so an offset is a function of the province code.

WIB is UTC+7, WITA UTC+8, WIT UTC+9. A place is in the zone of its province, so nothing has to be
configured and no table of time zones is read; all is arithmetic on integers, the same everywhere.

Source: Keppres 41/1987 divides Indonesia into the three zones; the provinces founded since kept
the zone of the province they were split from. Codes: Kemendagri.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from streams.domain.ids import provinsi_of
from streams.domain.times import DAY_MS, MINUTE_MS, EpochMs

__all__ = [
    "MINUTES_OF_DAY",
    "Zone",
    "clock_minutes",
    "date_days",
    "days_from_civil",
    "in_indonesia",
    "local_time",
    "offset_minutes",
    "zone_of",
]

MINUTES_OF_DAY: Final = 24 * 60


class Zone(StrEnum):
    """A zone of Indonesia, by the name that people use."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"


_OFFSET_MINUTES: Final = {Zone.WIB: 7 * 60, Zone.WITA: 8 * 60, Zone.WIT: 9 * 60}
_PROVINSI: Final = {
    Zone.WIB: (*range(11, 20), 21, *range(31, 37), 61, 62),
    Zone.WITA: (51, 52, 53, 63, 64, 65, *range(71, 77)),
    Zone.WIT: (81, 82, *range(91, 97)),
}
_ZONES: Final = {str(code): zone for zone, codes in _PROVINSI.items() for code in codes}

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# A spreadsheet strips the leading zero and appends seconds; Indonesian writes a dot between.
_CLOCK: Final = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]00)?")
_MONTHS: Final = 12
_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2
_MINUTES_OF_HOUR: Final = 60


def in_indonesia(code: str) -> bool:
    """Tell whether the code's province is one of the 38."""
    return provinsi_of(code) in _ZONES


def zone_of(code: str) -> Zone:
    """Return the zone of a well-formed code in Indonesia, of any level.

    Raises:
        KeyError: No province has this code; ask `in_indonesia` before.
    """
    return _ZONES[provinsi_of(code)]


def offset_minutes(code: str) -> int:
    """Return how far the local time of an area is ahead of UTC: 420, 480 or 540 minutes.

    Raises:
        KeyError: No province has this code; ask `in_indonesia` before.
    """
    return _OFFSET_MINUTES[_ZONES[provinsi_of(code)]]


def days_from_civil(year: int, month: int, day: int) -> int:
    """Return the days from 1970-01-01 to a date of the Gregorian calendar; negative before.

    Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    The year starts in March there, so that the leap day is the last; 400 years are one era.
    """
    shifted = year - (month <= _FEBRUARY)
    era = shifted // 400
    year_of_era = shifted - era * 400
    day_of_year = (153 * ((month + 9) % _MONTHS) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146_097 + day_of_era - 719_468


def date_days(text: str) -> int | None:
    """Return the days from 1970-01-01 to a date as `2024-11-27`; None if it is not one."""
    match = _DATE.fullmatch(text)
    if match is None or not text.isascii():
        return None
    year, month, day = (int(part) for part in match.groups())
    if not (1 <= month <= _MONTHS and 1 <= day <= _days_of_month(year, month)):
        return None
    return days_from_civil(year, month, day)


@lru_cache(maxsize=4096)
def clock_minutes(text: str) -> int | None:
    """Return the minutes since midnight of `07:00`, `7:00`, `07.00`, `07:00:00` or `24:00`."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2])
    total = hours * _MINUTES_OF_HOUR + minutes
    return total if minutes < _MINUTES_OF_HOUR and total <= MINUTES_OF_DAY else None


def local_time(date: str, clock: str | int, offset: int) -> EpochMs:
    """Return the moment at which clocks of a zone show `clock` on `date`.

    Args:
        date: A valid date, as `2024-11-27`.
        clock: `07:00`, or minutes since midnight; 1440 and more is the next day, negative is
            the day before.
        offset: Minutes that the zone is ahead of UTC.
    """
    days = date_days(date)
    minutes = clock if isinstance(clock, int) else clock_minutes(clock)
    assert days is not None, date
    assert minutes is not None, clock
    return EpochMs(days * DAY_MS + (minutes - offset) * MINUTE_MS)


def _days_of_month(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_DAYS[month - 1] + (month == _FEBRUARY and leap)
