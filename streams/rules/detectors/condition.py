"""Detector `condition`: one event is enough, and it ends when all that must be done is done.

    IDLE --the event--> HOLDING --each of the releases, in any order--> IDLE
    HOLDING --the event again--> HOLDING, no release from before it counts any longer
    HOLDING --the event is taken back--> IDLE

A release counts only if it lies after the newest event: what was said before the cry for help
does not answer it. All times are the senders', so a cry that comes late, when everything after
it has been said already, is answered as it comes.
"""

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.times import EpochMs

__all__ = ["ConditionState", "happen", "release", "take_back"]

Releases = tuple[tuple[str, EpochMs], ...]


class ConditionState(Struct, frozen=True, gc=False, array_like=True):
    """Since when it holds, and when each release was given last."""

    since: EpochMs | None = None
    event: str = ""
    """Id of the event that holds."""
    released: Releases = ()


def happen(
    state: ConditionState, at: EpochMs, event: str, needed: tuple[str, ...]
) -> ConditionState:
    """Take in the event, at `at`. An event older than the one that holds changes nothing."""
    if state.since is not None and at <= state.since:
        return state
    return _settled(ConditionState(at, event, state.released), needed)


def take_back(state: ConditionState, event: str) -> ConditionState:
    """Take back an event; another one than that which holds changes nothing."""
    if state.since is None or state.event != event:
        return state
    return ConditionState(released=state.released)


def release(
    state: ConditionState, name: str, at: EpochMs, needed: tuple[str, ...]
) -> ConditionState:
    """Take in one release, given at `at`."""
    if name not in needed:
        return state
    given = dict(state.released)
    given[name] = max(at, given.get(name, at))
    return _settled(replace(state, released=tuple(sorted(given.items()))), needed)


def _settled(state: ConditionState, needed: tuple[str, ...]) -> ConditionState:
    given = dict(state.released)
    since = state.since
    if since is None or any(given.get(name, since) <= since for name in needed):
        return state
    return ConditionState(released=state.released)
