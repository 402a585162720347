r"""Literals: what is written becomes a value, or is refused with the reason.

Whole numbers have 64 bits and may be hexadecimal. Strings stand in one line, in single or double
quotes; `\a \b \f \n \r \t \v \\ \? \" \' \``, `\x41`, `\101` (three octal digits), `\u0041` and
`\U00000041` are what they are in CEL, and an `r` in front takes all backslashes as they stand.

Times are milliseconds. A duration is numbers with units, `h m s ms`: `"90m"`, `"1h30m"`, `"-5s"`;
it lies within 292 years, as Go and the engines of CEL have it. A timestamp is RFC 3339 with an
offset and at most three digits of a second, from year 1 to 9999.
"""

import re
import sys
from typing import Final

from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

__all__ = [
    "DURATION_MAX_MS",
    "INT_MAX",
    "INT_MIN",
    "TIMESTAMP_MAX_MS",
    "TIMESTAMP_MIN_MS",
    "duration_of",
    "duration_text",
    "string_of",
    "timestamp_of",
    "timestamp_text",
]

INT_MIN: Final = -(1 << 63)
INT_MAX: Final = (1 << 63) - 1
DURATION_MAX_MS: Final = INT_MAX // 1_000_000
"""Nanoseconds of 64 bits, in milliseconds: about 292 years."""
TIMESTAMP_MIN_MS: Final = -62_135_596_800_000
"""0001-01-01T00:00:00Z."""
TIMESTAMP_MAX_MS: Final = 253_402_300_799_999
"""9999-12-31T23:59:59.999Z."""

_SIMPLE: Final = dict(zip("abfnrtv\\?\"'`", "\a\b\f\n\r\t\v\\?\"'`", strict=True))
_SURROGATES: Final = range(0xD800, 0xE000)
"""Halves of a pair of UTF-16, which are no characters."""
_ESCAPE: Final = re.compile(
    r"\\(?:([abfnrtv\\?\"'`])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})"
    r"|([0-3][0-7]{2})|(.?))"
)
_DURATION: Final = re.compile(r"(-?)((?:[0-9]{1,15}(?:h|ms|m|s))+)")
_DURATION_PART: Final = re.compile(r"([0-9]+)(h|ms|m|s)")
_UNIT_MS: Final = {"h": HOUR_MS, "m": MINUTE_MS, "s": SECOND_MS, "ms": 1}
_CLOCK: Final = "([01][0-9]|2[0-3]):([0-5][0-9])"
_TIMESTAMP: Final = re.compile(
    rf"([0-9]{{4}})-(0[1-9]|1[0-2])-([0-9]{{2}})T{_CLOCK}:([0-5][0-9])(?:\.([0-9]{{1,3}}))?"
    rf"(?:Z|([+-]){_CLOCK})"
)
_FEBRUARY: Final = 2
_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ERA_DAYS: Final = 146_097
"""Days of 400 years."""
_EPOCH_DAY: Final = 719_468
"""Days from 0000-03-01 to 1970-01-01."""


def string_of(token: str) -> str:
    """Read a string as written, quotes and all.

    Raises:
        ValueError: with what is wrong with an escape.
    """
    if token[0] in "rR":
        return token[2:-1]
    return _ESCAPE.sub(_unescaped, token[1:-1])


def _unescaped(escape: re.Match[str]) -> str:
    simple, byte, short, long, octal, other = escape.groups()
    if simple is not None:
        return _SIMPLE[simple]
    if other is not None:
        problem = rf"found the escape {escape[0]}, expected one of \n \t \\ \" \' \x41 \u0041"
        raise ValueError(f"{problem}; write \\\\ for a backslash")
    point = int(octal, 8) if octal is not None else int(byte or short or long, 16)
    if point in _SURROGATES or point > sys.maxunicode:
        raise ValueError(f"found the escape {escape[0]}, expected one of a Unicode character")
    return chr(point)


def duration_of(text: str) -> int:
    """Return a duration in milliseconds.

    Raises:
        ValueError: with what was expected.
    """
    whole = _DURATION.fullmatch(text)
    if whole is None:
        raise ValueError(f'found "{text}", expected numbers with units h, m, s, ms: "1h30m"')
    parts = _DURATION_PART.findall(whole[2])
    ms = sum(int(number) * _UNIT_MS[unit] for number, unit in parts)
    if ms > DURATION_MAX_MS:
        raise ValueError(f'found "{text}", expected a duration below 292 years')
    return -ms if whole[1] else ms


def timestamp_of(text: str) -> int:
    """Return a moment in milliseconds since 1970-01-01T00:00:00Z.

    Raises:
        ValueError: with what was expected.
    """
    expected = 'expected RFC 3339 with an offset: "2024-11-27T07:00:00+07:00"'
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        raise ValueError(f'found "{text}", {expected}')
    year, month, day, hour, minute, second = (int(found[group]) for group in range(1, 7))
    if not 1 <= day <= _days_in(year, month):
        raise ValueError(f'found "{text}", which is not in the calendar; {expected}')
    offset_ms = int(found[9] or 0) * HOUR_MS + int(found[10] or 0) * MINUTE_MS
    offset_ms = -offset_ms if found[8] == "-" else offset_ms
    ms = _day_number(year, month, day) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS
    ms += second * SECOND_MS + int((found[7] or "0").ljust(3, "0")) - offset_ms
    if not TIMESTAMP_MIN_MS <= ms <= TIMESTAMP_MAX_MS:
        raise ValueError(f'found "{text}", expected a moment of the years 1 to 9999 in UTC')
    return ms


def _days_in(year: int, month: int) -> int:
    leap = month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_DAYS[month - 1] + leap


def _day_number(year: int, month: int, day: int) -> int:
    """Count days since 1970-01-01; a year is taken to begin in March, so that leap days end it."""
    years = year - (month <= _FEBRUARY)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return years * 365 + years // 4 - years // 100 + years // 400 + day_of_year - _EPOCH_DAY


def duration_text(ms: int) -> str:
    """Write a duration as it could stand in an expression: `1h30m`, `-5s`, `0s`."""
    rest, parts = abs(ms), ""
    for unit, unit_ms in _UNIT_MS.items():
        number, rest = divmod(rest, unit_ms)
        parts += f"{number}{unit}" if number else ""
    return ("-" if ms < 0 else "") + (parts or "0s")


def timestamp_text(ms: int) -> str:
    """Write a moment as it could stand in an expression: `2024-11-27T00:00:00Z`."""
    days, rest = divmod(ms, DAY_MS)
    era, era_day = divmod(days + _EPOCH_DAY, _ERA_DAYS)
    era_year = (era_day - era_day // 1460 + era_day // 36_524 - era_day // 146_096) // 365
    day_of_year = era_day - (365 * era_year + era_year // 4 - era_year // 100)
    shifted = (5 * day_of_year + 2) // 153
    day, month = day_of_year - (153 * shifted + 2) // 5 + 1, (shifted + 2) % 12 + 1
    year = era * 400 + era_year + (month <= _FEBRUARY)
    hour, rest = divmod(rest, HOUR_MS)
    minute, rest = divmod(rest, MINUTE_MS)
    second, thousandths = divmod(rest, SECOND_MS)
    fraction = f".{thousandths:03}" if thousandths else ""
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"
