"""Detector `condition`: one event is enough, and it ends when all that must be done is done.

    IDLE --the event--> HOLDING --each of the releases, in any order--> IDLE
    HOLDING --the event again--> HOLDING, no release counts any longer

    HOLDING --the event is taken back--> IDLE

A release counts only if it lies after the newest event: what was said before the cry for help
does not answer it.
"""

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.times import EpochMs

__all__ = ["ConditionState", "happen", "release", "take_back"]


class ConditionState(Struct, frozen=True, gc=False, array_like=True):
    """Since when it holds, and which releases have come since."""

    since: EpochMs | None = None
    event: str = ""
    """Id of the event that holds."""
    released: tuple[str, ...] = ()


def happen(state: ConditionState, at: EpochMs, event: str) -> ConditionState:
    """Take in the event, at `at`. An event older than the one that holds changes nothing."""
    if state.since is not None and at <= state.since:
        return state
    return ConditionState(at, event)


def take_back(state: ConditionState, event: str) -> ConditionState:
    """Take back an event; another one than that which holds changes nothing."""
    return ConditionState() if state.since is not None and state.event == event else state


def release(
    state: ConditionState, name: str, at: EpochMs, needed: tuple[str, ...]
) -> tuple[ConditionState, bool]:
    """Take in one release; return whether all that are `needed` have come."""
    if state.since is None or at <= state.since or name not in needed:
        return state, False
    released = tuple(sorted({*state.released, name}))
    if set(needed) <= set(released):
        return ConditionState(), True
    return replace(state, released=released), False
