"""Times are whole milliseconds since 1970 in UTC, held in an `int`; spans are `int` as well.

Integers, because a fold must give the same bytes on every machine. Text becomes a time in
`streams.wire` only; local time of a place is a time plus the fixed offset of its zone
(`streams.territory.zone`; Indonesia has no summer time).
"""

from typing import Final, NewType

__all__ = ["DAY_MS", "HOUR_MS", "MINUTE_MS", "NEVER", "SECOND_MS", "EpochMs"]

EpochMs = NewType("EpochMs", int)
"""A moment, in milliseconds since 1970-01-01T00:00:00Z."""

SECOND_MS: Final = 1_000
MINUTE_MS: Final = 60 * SECOND_MS
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS
NEVER: Final = EpochMs(1 << 62)
"""Later than everything: the due time of what has none."""
