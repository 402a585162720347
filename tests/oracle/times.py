"""Times: epoch milliseconds inside, RFC 3339 with an offset outside.

Contract §1: "RFC 3339 with an offset"; domain §2: the zone follows from the province, and no zone
of Indonesia has daylight saving, so a fixed offset is the whole truth.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

__all__ = ["MINUTE", "SECOND", "ZONES_H", "day_time", "parse_time", "write_time", "zone_h"]

SECOND = 1_000
"""Milliseconds."""
MINUTE = 60 * SECOND
"""Milliseconds."""

_SHAPE = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

ZONES_H = {
    7: (*range(11, 22), *range(31, 37), 61, 62),
    8: (51, 52, 53, 63, 64, 65, *range(71, 77)),
    9: (81, 82, *range(91, 97)),
}
"""Hours ahead of UTC of each province code. Source: domain §2, "Zone by province code"."""


def zone_h(code: str) -> int:
    """Hours ahead of UTC at an area code."""
    province = int(code[:2])
    return next(hours for hours, codes in ZONES_H.items() if province in codes)


def parse_time(text: str) -> int:
    """Epoch milliseconds of an RFC 3339 time; finer digits are cut off.

    Raises:
        ValueError: It is not such a time, or has no offset.
    """
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise ValueError(f"not an RFC 3339 time with an offset: {text!r}")
    day, clock, fraction, offset = found.groups()
    whole = datetime.fromisoformat(f"{day}T{clock}{'+00:00' if offset in 'Zz' else offset}")
    milliseconds = int(((fraction or ".")[1:] + "000")[:3])
    return (whole - _EPOCH) // timedelta(milliseconds=1) + milliseconds


def write_time(ms: int, hours: int) -> str:
    """Write a time in a zone `hours` ahead of UTC, in whole seconds: a part of one is cut off."""
    local = (_EPOCH + timedelta(seconds=ms // SECOND)).astimezone(timezone(timedelta(hours=hours)))
    return local.isoformat()


def day_time(day: date, clock: str, hours: int) -> int:
    """Epoch milliseconds of `HH:MM` on `day` in a zone `hours` ahead of UTC."""
    return parse_time(f"{day.isoformat()}T{clock}:00+{hours:02d}:00")
