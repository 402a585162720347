"""Detector `blind`: something that we need in order to judge is not as it should be.

    WELL --it is bad--> HOLDING --it is good again, for long enough--> WELL
                        HOLDING --it is bad again before--> HOLDING

What is bad others say: the clock of what was heard lags, nothing comes in, too much cannot be
taken. Here it is kept how long it has been good since, so that a pipeline which stutters is one
alarm and not many.
"""

from msgspec import Struct

from streams.domain.times import NEVER, EpochMs

__all__ = ["BlindState", "Letters", "count", "due", "next_wake", "share", "turn"]


class BlindState(Struct, frozen=True, gc=False, array_like=True):
    """Of one thing that is needed: it is bad, or was until a while ago."""

    good_since: EpochMs = NEVER
    """`NEVER`: it is bad."""


class Letters(Struct, frozen=True, gc=False, array_like=True):
    """What intake took in and put aside in a while that began at `at`."""

    at: EpochMs
    taken: int
    refused: int


def turn(state: BlindState | None, at: EpochMs, *, bad: bool) -> BlindState | None:
    """Take in how it is at a moment; None: it is well, and was."""
    if bad:
        return BlindState()
    if state is None or state.good_since != NEVER:
        return state
    return BlindState(at)


def next_wake(state: BlindState, healthy_ms: int) -> EpochMs | None:
    """Return when it will have been good for long enough; None: it is bad."""
    return None if state.good_since == NEVER else EpochMs(state.good_since + healthy_ms)


def due(state: BlindState, now: EpochMs, healthy_ms: int) -> EpochMs | None:
    """Return when it became well, if it has by `now`."""
    over_at = next_wake(state, healthy_ms)
    return over_at if over_at is not None and over_at <= now else None


def count(
    letters: tuple[Letters, ...], new: Letters, step_ms: int, window_ms: int
) -> tuple[Letters, ...]:
    """Add what was counted to a window, in steps; what is older than the window goes."""
    kept = tuple(one for one in letters if one.at > new.at - window_ms)
    start = EpochMs(new.at // step_ms * step_ms)
    if kept and kept[-1].at == start:
        last = kept[-1]
        joined = Letters(start, last.taken + new.taken, last.refused + new.refused)
        return (*kept[:-1], joined)
    if not new.taken and not new.refused:
        return kept
    return (*kept, Letters(start, new.taken, new.refused))


def share(letters: tuple[Letters, ...]) -> tuple[int, int]:
    """Return how many were put aside in a window, and how many came in all."""
    refused = sum(one.refused for one in letters)
    return refused, refused + sum(one.taken for one in letters)
