"""The two times of a message, and what keeps them apart (contract §1, §2 and §4).

`received_at` is the broker's append time. Of a played day it is the player's, which each message
carries in the header `siaga-clock`: RFC 3339 or milliseconds since 1970. A message with that header
and without a value is the player's clock itself. On a live day the header means nothing, or any
producer could move the clock.

`at` is the sender's time. More than two minutes ahead of `received_at` it is set to that; more than
a year from the day of the election it belongs to no day of this election. The year is judged before
the clamping: a clock that is years ahead says nothing about the day.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from streams.config import ClockSource
from streams.domain.effects import DeadLetterReason
from streams.domain.ids import ElectionId
from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, EpochMs
from streams.territory.plan import Election
from streams.territory.zone import date_days, days_from_civil
from streams.wire.records import Inbound, header
from streams.wire.rejection import Rejection
from streams.wire.time import TimeTextError, parse_time

__all__ = ["AHEAD_MS_MAX", "CLOCK_HEADER", "Years", "clock_message", "read_clock", "received_at"]

CLOCK_HEADER: Final = "siaga-clock"
AHEAD_MS_MAX: Final = 2 * MINUTE_MS
"""How far `at` may be ahead. Source: contract §1."""
_DIGITS_MAX: Final = 15
# A day begins in Jayapura and ends in Banda Aceh, two hours later than there.
_EAST_MS: Final = 9 * HOUR_MS
_WEST_MS: Final = 7 * HOUR_MS


def received_at(record: Inbound, clock: ClockSource) -> EpochMs:
    """Return when a record was received.

    Raises:
        Rejection: `bad_time`: the broker knows no time, or the player told none.
    """
    match clock:
        case ClockSource.BROKER:
            if record.timestamp_ms < 0:
                raise _bad("the record has no time: its topic needs LogAppendTime")
            return record.timestamp_ms
        case ClockSource.PLAYED:
            told = header(record.headers, CLOCK_HEADER)
            if told is None:
                raise _bad(f"expected the header {CLOCK_HEADER} on every message of a played day")
            return read_clock(told)


def clock_message(record: Inbound) -> EpochMs | None:
    """Return the time that the player of a played day tells; None: the record is an input.

    Raises:
        Rejection: `bad_time`: it is the player's message, and has no time.
    """
    told = None if record.value else header(record.headers, CLOCK_HEADER)
    return None if told is None else read_clock(told)


def read_clock(told: bytes) -> EpochMs:
    """Read the value of the header `siaga-clock`.

    Raises:
        Rejection: `bad_time`: it is neither RFC 3339 nor whole milliseconds since 1970.
    """
    # So few digits that no header makes a number beyond 64 bits.
    if told.isdigit() and len(told) <= _DIGITS_MAX:
        return EpochMs(int(told))
    try:
        return parse_time(told.decode())
    except (UnicodeDecodeError, TimeTextError) as error:
        raise _bad(f"{CLOCK_HEADER}: expected RFC 3339 or milliseconds since 1970") from error


class Years:
    """The time around each election in which an event may have happened."""

    def __init__(self, elections: Iterable[Election], years_max: int) -> None:
        """Reckon the spans: from the day so many years before to the end of the day after."""
        self._spans: Mapping[ElectionId, tuple[int, int]] = {
            election.id: _span(election.date, years_max) for election in elections
        }

    def check(self, at: EpochMs, election: Election) -> None:
        """Refuse a time that is no time of an election.

        Raises:
            Rejection: `bad_time`.
        """
        first, end = self._spans[election.id]
        if not first <= at < end:
            raise _bad(f"more than a year from {election.date}, the day of {election.id}")


def _span(date: str, years: int) -> tuple[int, int]:
    assert date_days(date) is not None, date
    year, month, day = (int(part) for part in date.split("-"))
    first = days_from_civil(year - years, month, day) * DAY_MS - _EAST_MS
    end = (days_from_civil(year + years, month, day) + 1) * DAY_MS - _WEST_MS
    return first, end


def _bad(detail: str) -> Rejection:
    return Rejection(DeadLetterReason.BAD_TIME, detail)
