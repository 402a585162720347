"""RFC 3339 text to milliseconds since 1970 and back.

Inside Siaga a time is a whole number (`streams.domain.times`); text is for messages and people.
A text may look like a time and be none: month 13, the 29th of February 2023, an offset of 30
hours, a leap second (whole milliseconds since 1970 have no room for it). Such a text is
*unreadable*: `bad_time`. A text that does not even look like a time is refused by the schema.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from streams.domain.times import SECOND_MS, EpochMs

__all__ = ["TimeTextError", "format_time", "moment_of", "parse_time"]

_LOOKS_LIKE_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS_KEPT: Final = 8_192  # More than two hours of them.


class TimeTextError(ValueError):
    """The text is not a moment of the calendar, or not RFC 3339 with an offset at all."""


def parse_time(text: str) -> EpochMs:
    """Read any text as RFC 3339 with an offset; fractions are cut to milliseconds.

    Raises:
        TimeTextError: It is not that, or no such moment exists.
    """
    if _LOOKS_LIKE_TIME.fullmatch(text) is None:
        raise TimeTextError("expected RFC 3339 with an offset, as 2024-11-27T07:10:00+07:00")
    return moment_of(text)


def moment_of(text: str) -> EpochMs:
    """Read a text that is known to match the pattern of times (`events.TimeText`).

    Raises:
        TimeTextError: It looks like a time, but no such moment exists.
    """
    if text[19] != ".":
        return EpochMs(_second_ms(text))
    zone = "Z" if text[-1] in "Zz" else text[-6:]
    ms = text[20 : -len(zone)][:3].ljust(3, "0")
    return EpochMs(_second_ms(text[:19] + zone) + int(ms))


@lru_cache(_SECONDS_KEPT)
def _second_ms(text: str) -> int:
    """Return a whole second since 1970, as `2024-11-27T07:10:00+07:00`.

    Events of a busy day share their seconds, so most times are found and not computed.
    """
    # The hour and the offset are held here: Python's reading of them differs between versions.
    if text[11:13] > "23" or text[20:22] > "23" or text[23:] > "59":
        raise TimeTextError(f"{text} is no moment: no such hour or offset")
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError as error:
        raise TimeTextError(f"{text} is no moment: {error}") from error
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def format_time(at: EpochMs, offset_minutes: int) -> str:
    """Return whole seconds of a moment in a zone, as `2024-11-27T07:10:00+07:00`.

    Args:
        at: The moment; what is left of the last second is cut.
        offset_minutes: How far the zone is ahead of UTC.
    """
    return datetime.fromtimestamp(at // SECOND_MS, _zone(offset_minutes)).isoformat()


@lru_cache
def _zone(offset_minutes: int) -> timezone:
    return timezone(timedelta(minutes=offset_minutes))
