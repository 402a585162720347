"""A moment as text, in UTC, by arithmetic alone: the core asks no library for a calendar."""

from typing import Final

from streams.domain.times import DAY_MS, SECOND_MS, EpochMs

__all__ = ["utc_text"]

_DAYS_OF_ERA: Final = 146_097
"""Of 400 years."""
_EPOCH_DAY: Final = 719_468
"""1970-01-01, counted from 0000-03-01."""


def utc_text(at: EpochMs) -> str:
    """Return whole seconds of a moment, as `2024-11-27T00:10:00Z`."""
    days, ms = divmod(at, DAY_MS)
    year, month, day = _civil(days)
    minutes, seconds = divmod(ms // SECOND_MS, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z"


def _civil(days: int) -> tuple[int, int, int]:
    """Return year, month and day of a day counted from 1970-01-01.

    Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    The year starts in March there, so that the leap day is the last.
    """
    era, day_of_era = divmod(days + _EPOCH_DAY, _DAYS_OF_ERA)
    leap_days = day_of_era // 1_460 - day_of_era // 36_524 + day_of_era // (_DAYS_OF_ERA - 1)
    year_of_era = (day_of_era - leap_days) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    march_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * march_month + 2) // 5 + 1
    next_year, month = divmod(march_month + 2, 12)
    return era * 400 + year_of_era + next_year, month + 1, day
