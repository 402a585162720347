"""Whose turn it is: what is critical, then GoAlert's order.

    critical calls   whatever their turn: one that burns waits for none that does not
    FIRST            a call of an area of which the destination has heard nothing for an hour
    CALL             other calls, the graver and the sooner due first
    INFORM           what nobody must answer

Critical calls among themselves keep the order of turns. Within the same turn the destination that
was told longest ago comes first, then what has waited longest. So one village in a storm does not
hide that another one is burning, too.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, NamedTuple

from streams.delivery.bundle import Newest, asks
from streams.delivery.parcel import Parcel, area_of
from streams.domain.ids import AlertId, AreaCode
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import SEVERITIES

__all__ = ["FIRST_AGAIN_S", "Rank", "Turn", "rank_of"]

FIRST_AGAIN_S: Final = 3_600.0
"""After so long without a message about an area its next call is its first again."""

_NEVER_S: Final = float("-inf")
_GRAVITY: Final = {severity: place for place, severity in enumerate(reversed(SEVERITIES))}


class Turn(IntEnum):
    """Which kind of turn a parcel has, the first one first."""

    FIRST = 0
    CALL = 1
    INFORM = 2


class Rank(NamedTuple):
    """Place in the order: the smaller goes first."""

    can_wait: bool
    """Whether it is no critical call; a critical call may go beyond the limits of its destination,
    and overtakes what is tried again."""
    turn: Turn
    gravity: int
    """0: critical."""
    due_at: EpochMs
    told_at: float
    """When its destination was told last, in seconds; 0 among parcels of one destination."""
    since: float

    @property
    def is_critical_call(self) -> bool:
        """Whether it is one."""
        return not self.can_wait


def rank_of(
    parcel: Parcel,
    newest: Mapping[AlertId, Newest],
    areas: Mapping[AreaCode, float],
    now: float,
) -> Rank:
    """Return the place of a parcel.

    Args:
        parcel: The parcel.
        newest: What waits for the same destination, by alert.
        areas: When the destination was told of areas last.
        now: The time.
    """
    notice = parcel.notice
    turn = Turn.INFORM
    if asks(notice, newest):
        recent = now - FIRST_AGAIN_S
        is_first = any(areas.get(area_of(one), _NEVER_S) <= recent for one in notice.alerts)
        turn = Turn.FIRST if is_first else Turn.CALL
    due_at = NEVER if notice.due_at is None else notice.due_at
    gravity = _GRAVITY[notice.severity]
    can_wait = gravity > 0 or turn is Turn.INFORM
    return Rank(can_wait, turn, gravity, due_at, 0.0, parcel.since)
