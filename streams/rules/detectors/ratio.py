"""Detector `ratio`: so large a share of the children is affected that it is one matter of them all.

Children come and go (a TPS opens for voting and closes), and each is affected or not (it is quiet
or was heard of). It begins when the share of those affected reaches one limit and they are enough
to be more than chance, and ends when the share falls below a lower one:

    IDLE --share >= begin, and affected >= min--> HOLDING
    HOLDING --share < end, or none is affected--> IDLE

Between the two limits whatever was goes on (hysteresis), so a child that comes and goes at the
limit does not make it flap. Only two numbers are kept: a child that changes is taken out of the
count that it was in and put into the one that it is in now, in one move. A child that closes
while it is affected must not pass for one that is well in between, nor the other way round.

The share is compared in whole numbers, `100 · affected >= percent · total`, so 30 % of 20 are 6
on every machine. It depends on the counts alone, not on how they came about; whether it holds
between the limits depends on what was before.

Bound: two counts a scope, whatever the number of children. One move is O(1).
"""

from enum import StrEnum

from msgspec import Struct

__all__ = ["Began", "Finding", "Finished", "RatioLimits", "RatioState", "Standing", "move"]


class Standing(StrEnum):
    """How a child stands."""

    OUTSIDE = "outside"
    """It is not counted at all."""
    WELL = "well"
    AFFECTED = "affected"


class RatioState(Struct, frozen=True, gc=False, array_like=True):
    """Of one scope: its children now, and whether it holds. At no time affected > total."""

    affected: int = 0
    total: int = 0
    holding: bool = False


class RatioLimits(Struct, frozen=True, gc=False):
    """What a rule asks of the children of a scope."""

    begin_percent: int
    """1 to 100: the share from which it begins."""
    affected_min: int
    """1 or more: so many must be affected for it to begin."""
    end_percent: int
    """0 to `begin_percent`: below this share it ends; 0: when none is affected."""


class Began(Struct, frozen=True, gc=False):
    """The share has reached its limit."""

    affected: int
    total: int


class Finished(Struct, frozen=True, gc=False):
    """The share has fallen below the lower limit."""

    affected: int
    total: int


Finding = Began | Finished


def move(
    state: RatioState, before: Standing, after: Standing, limits: RatioLimits
) -> tuple[RatioState, Finding | None]:
    """Take in that one child stands differently; the same again changes nothing.

    Who calls knows how the child stood before: the counts do not.
    """
    if before is after:
        return state, None
    affected = state.affected + (after is Standing.AFFECTED) - (before is Standing.AFFECTED)
    total = state.total + (before is Standing.OUTSIDE) - (after is Standing.OUTSIDE)
    assert 0 <= affected <= total, "a child left a count that it had not been in"
    if state.holding:
        holding = affected > 0 and 100 * affected >= limits.end_percent * total
    else:
        enough = affected >= limits.affected_min
        holding = enough and 100 * affected >= limits.begin_percent * total
    counted = RatioState(affected, total, holding)
    if holding == state.holding:
        return counted, None
    return counted, Began(affected, total) if holding else Finished(affected, total)
