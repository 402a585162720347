"""Who is on duty when, by the roster: shifts are in local time and may go over midnight."""

from collections.abc import Iterable
from typing import Final

from streams.domain.times import DAY_MS, MINUTE_MS, EpochMs
from streams.territory.plan import Officer, Plan

__all__ = ["is_on_duty", "next_change"]

_DAY_MINUTES: Final = DAY_MS // MINUTE_MS


def is_on_duty(plan: Plan, officer: Officer, at: EpochMs) -> bool:
    """Tell whether somebody is on duty at a moment; without a shift whenever he is at all."""
    start, end = officer.shift_start_minutes, officer.shift_end_minutes
    if not officer.on_duty:
        return False
    if start is None or end is None:
        return True
    minute = (at // MINUTE_MS + plan.offset_minutes(officer.kabupaten)) % _DAY_MINUTES
    return start <= minute < end if start <= end else minute >= start or minute < end


def next_change(plan: Plan, officers: Iterable[Officer], after: EpochMs) -> EpochMs | None:
    """Return when a shift of any of these begins or ends next; None: nobody has one."""
    changes = (
        _next_at(minutes - plan.offset_minutes(one.kabupaten), after)
        for one in officers
        if one.on_duty
        for minutes in (one.shift_start_minutes, one.shift_end_minutes)
        if minutes is not None
    )
    return min(changes, default=None)


def _next_at(minute: int, after: EpochMs) -> EpochMs:
    """Return the first moment behind `after` at which it is so many minutes past midnight UTC."""
    at = minute % _DAY_MINUTES * MINUTE_MS
    days = (after - at) // DAY_MS + 1
    return EpochMs(at + days * DAY_MS)
