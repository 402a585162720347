"""Detector `condition`: one event is enough, and it ends when what must happen after it has.

    IDLE --the event--> HOLDING --any of the ends, or each of them, after it--> IDLE
    HOLDING --the event again--> HOLDING by that, no end from before it counts any longer
    HOLDING --the event is taken back--> HOLDING by the one before it, or IDLE

What holds is a pure function of what happened (`holding_event`), so it does not matter in which
order it came to us: the latest event decides, and of an end only whether it lies after that. At
one moment an event comes after an end: what was said before the cry for help, or with it, does
not answer it. All times are the senders', so a cry that comes late, when everything after it has
been said already, is answered as it comes.

Bound: one event a scope and key; what happened is kept, bounded, among the facts.
"""

from collections.abc import Iterable

from msgspec import Struct

from streams.domain.facts import Matches
from streams.domain.happenings import Point
from streams.domain.times import EpochMs

__all__ = ["ConditionState", "holding_event", "state_of"]


class ConditionState(Struct, frozen=True, gc=False, array_like=True):
    """The event that holds, as it was told."""

    since: EpochMs
    source: str
    id: str
    severe: bool
    """Whether it was told with the higher severity."""


def holding_event(
    points: Iterable[Point], happens: Matches, ends: tuple[Matches, ...], *, needs_all: bool
) -> Point | None:
    """Return the event that holds, or None.

    Args:
        points: What happened in one scope, in any order.
        happens: Which of it is the event.
        ends: What must come after the event; without any it holds until it is taken back.
        needs_all: Whether each of the ends must come, or any of them will do.
    """
    known = tuple(points)
    event = max(filter(happens, known), key=lambda point: point.order, default=None)
    if event is None or not ends:
        return event
    after = tuple(point for point in known if point.at > event.at)
    come = (any(map(end, after)) for end in ends)
    return None if (all(come) if needs_all else any(come)) else event


def state_of(event: Point, *, severe: bool) -> ConditionState:
    """Return what is remembered of an event that is told."""
    return ConditionState(event.at, event.source, event.id, severe)
