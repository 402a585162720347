"""The detector `overdue`: spans by hand, and the steps from one state to the next.

Times are minutes; `None` as an end is what still lasts.
"""

from typing import Final

import pytest

from streams.domain.facts import Island, Span
from streams.domain.times import MINUTE_MS, NEVER, EpochMs
from streams.rules.detectors.overdue import OverdueState, RaiseAfter, next_wake, overdue_spans

Minutes = list[tuple[float, float | None]]
IDLE: Final = OverdueState()


def ms(minutes: float | None) -> EpochMs:
    """Return a moment, or `NEVER`."""
    return NEVER if minutes is None else EpochMs(round(minutes * MINUTE_MS))


def spans_of(spans: Minutes) -> tuple[Span, ...]:
    """Return spans of milliseconds."""
    return tuple((ms(start), ms(end)) for start, end in spans)


def rising(minutes: float | None) -> RaiseAfter:
    """Return that every deadline rises after so many minutes; None: none does."""
    return lambda _: None if minutes is None else ms(minutes)


SPANS: Final[dict[str, tuple[Minutes, Minutes, Minutes]]] = {
    # watched, islands of messages, overdue by a limit of 30 minutes
    "never watched": ([], [(0, 0)], []),
    "not a word": ([(0, None)], [], [(30, None)]),
    "not a word, and it ends": ([(0, 90)], [], [(30, 90)]),
    "it ends at the deadline": ([(0, 30)], [], []),
    "it ends a moment later": ([(0, 30.001)], [], [(30, 30.001)]),
    "a message in time": ([(0, 60)], [(20, 40)], []),
    "a message at the deadline": ([(0, 60)], [(30, 35)], []),
    "a message too late": ([(0, 60)], [(31, 35)], [(30, 31)]),
    "silent at the end": ([(0, None)], [(5, 20)], [(50, None)]),
    "silent in the middle": ([(0, 120)], [(5, 20), (70, 100)], [(50, 70)]),
    "messages before it is watched do not count": ([(100, 140)], [(0, 90)], [(130, 140)]),
    "an island over the beginning counts from its end": ([(100, 140)], [(80, 112)], []),
    "an island over the end": ([(0, 40)], [(20, 90)], []),
    "messages after the end do not count": ([(0, 90)], [(100, 110)], [(30, 90)]),
    "the message that ends the watch ends the silence": ([(0, 90)], [(90, 90)], [(30, 90)]),
    "two watches": ([(0, 40), (100, None)], [(10, 10), (120, 120)], [(150, None)]),
    "each watch starts its own clock": ([(0, 20), (25, 60)], [(0, 0)], [(55, 60)]),
    "the same gap twice": ([(0, None)], [(0, 0), (40, 40)], [(30, 40), (70, None)]),
}


@pytest.mark.parametrize(("watched", "messages", "overdue"), SPANS.values(), ids=SPANS)
def test_what_is_overdue_is_a_function_of_the_facts(
    watched: Minutes, messages: Minutes, overdue: Minutes
) -> None:
    """From the deadline until what was expected comes, or the watch ends."""
    islands: tuple[Island, ...] = tuple((ms(first), ms(last), "m") for first, last in messages)
    found = overdue_spans(spans_of(watched), islands, lambda armed: EpochMs(armed + ms(30)))
    assert spans_of(overdue) == found


def test_the_limit_may_change_with_the_time_of_day() -> None:
    """In an hour of unrest, from 60 to 120, an answer is due within 10 minutes, else within 40."""

    def due_after(armed: EpochMs) -> EpochMs:
        unrest = max(armed, ms(60)) + ms(10)
        return EpochMs(min(armed + ms(40), unrest if ms(60) <= unrest < ms(120) else NEVER))

    heard = [(0, 0), (35, 35), (72, 72), (115, 115), (150, 150)]
    islands = tuple((ms(first), ms(last), "m") for first, last in heard)
    found = overdue_spans(spans_of([(0, None)]), islands, due_after)
    assert spans_of([(70, 72), (82, 115), (190, None)]) == found


WAKES: Final[dict[str, tuple[OverdueState, Minutes, float | None, float | None]]] = {
    "nothing": (IDLE, [], None, None),
    "a deadline": (IDLE, [(30, None)], None, 30),
    "the next of several": (IDLE, [(30, 40), (70, None)], None, 30),
    "told, so the one after": (OverdueState((ms(30),)), [(30, 40), (70, None)], None, 70),
    "told and lasting": (OverdueState((ms(30),), ms(30)), [(30, None)], None, None),
    "lasting and going to rise": (OverdueState((ms(30),), ms(30)), [(30, None)], 30, 60),
    "lasting and risen": (OverdueState((ms(30),), ms(30), raised=True), [(30, None)], 30, None),
    "told, and lasting again": (OverdueState((ms(30),)), [(30, None)], None, 30),
    "before the log began": (IDLE, [(10, None)], None, None),
    "lasting from before the log began": (OverdueState((ms(10),)), [(10, None)], None, None),
}


@pytest.mark.parametrize(("state", "overdue", "rises", "wake"), WAKES.values(), ids=WAKES)
def test_next_wake(
    state: OverdueState, overdue: Minutes, rises: float | None, wake: float | None
) -> None:
    """The log began at minute 20; what is asked for again is what a mark could tell."""
    found = next_wake(state, spans_of(overdue), ms(20), rising(rises))
    assert ms(wake) == found


def test_when_it_rises_depends_on_the_deadline() -> None:
    """The limit that led to it may be another one than that of the next deadline."""
    state = OverdueState((ms(30),), ms(30))
    found = next_wake(state, spans_of([(30, None)]), ms(0), lambda deadline: deadline // 2)
    assert ms(45) == found
