"""What holds of absence: brute force minute by minute, and no order of arrival that matters."""

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.facts import Island, Span, add_message, union
from streams.domain.times import MINUTE_MS, NEVER, EpochMs
from streams.rules.detectors.overdue import (
    NOTHING,
    Began,
    Finished,
    OverdueState,
    Rose,
    Settled,
    TakenBack,
    next_wake,
    overdue_spans,
    step,
)
from tests.support.histories import quick

HORIZON = 240
MINUTES = st.integers(min_value=0, max_value=HORIZON)


def ms(minutes: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(minutes * MINUTE_MS))


def islands_of(minutes: list[int]) -> tuple[Island, ...]:
    """Tell of messages one after the other."""
    islands: tuple[Island, ...] = ()
    for minute in minutes:
        islands = add_message(islands, ms(minute), "m")
    return islands


def is_silent(
    moment: float, watched: list[tuple[int, int]], messages: list[int], limit: int
) -> bool:
    """Tell by plain words whether somebody should have spoken by now, and has not."""
    for start, end in watched:
        if start < moment < end:
            spoke = max([start, *(message for message in messages if message < moment)])
            return moment - spoke > limit
    return False


@quick(80)
@given(
    st.lists(st.tuples(MINUTES, MINUTES), max_size=3),
    st.lists(MINUTES, max_size=20),
    st.integers(min_value=15, max_value=90),
)
def test_spans_are_what_somebody_would_see_who_looked_every_minute(
    pairs: list[tuple[int, int]], messages: list[int], limit: int
) -> None:
    """Halfway between two minutes, so that no boundary is in doubt."""
    spans = union([(ms(start), ms(end)) for start, end in pairs if start < end])
    watched = [(start // MINUTE_MS, end // MINUTE_MS) for start, end in spans]
    found = overdue_spans(spans, islands_of(messages), lambda armed: EpochMs(armed + ms(limit)))
    for minute in range(HORIZON + 1):
        looked = minute + 0.5
        seen = any(deadline < ms(looked) < end for deadline, end in found)
        assert seen == is_silent(looked, watched, messages, limit), looked


ARRIVALS = st.lists(st.tuples(MINUTES, st.booleans()), max_size=30)
"""Messages by their own time, and whether a mark comes after one."""


def silences(messages: list[int]) -> tuple[Span, ...]:
    """Return when nobody spoke for half an hour, in a watch that never ends."""
    islands = islands_of(messages)
    return overdue_spans(((ms(0), NEVER),), islands, lambda armed: EpochMs(armed + ms(30)))


def rises(_deadline: EpochMs) -> int:
    """Return that every silence rises after half an hour more."""
    return ms(30)


def told_of(arrivals: list[tuple[int, bool]]) -> tuple[list[str], OverdueState]:
    """Judge messages as they arrive, in a watch that never ends; return what was told.

    A mark has heard everything up to the latest message, as no message comes later than it is sent.
    """
    state, heard, before = OverdueState(), 0, 0
    messages: list[int] = []
    told: list[str] = []
    for minute, marks in [*arrivals, (HORIZON, True)]:
        messages.append(minute)
        heard = max(heard, minute)
        spans = silences(messages)
        settled = Settled(ms(0), ms(before), ms(heard), NEVER) if marks else NOTHING
        before = heard if marks else before
        state, findings = step(state, spans, settled, rises)
        told += [type(finding).__name__ for finding in findings]
    return told, state


@quick(80)
@given(ARRIVALS)
def test_beginning_and_ending_take_turns(arrivals: list[tuple[int, bool]]) -> None:
    """It rises only while it holds, and ends only what has begun."""
    holding = False
    for word in told_of(arrivals)[0]:
        match word:
            case Began.__name__:
                assert not holding
                holding = True
            case Rose.__name__:
                assert holding
            case Finished.__name__:
                assert holding
                holding = False
            case _:
                assert word == TakenBack.__name__
                holding = False


@quick(80)
@given(ARRIVALS)
def test_what_holds_in_the_end_is_what_the_facts_say(arrivals: list[tuple[int, bool]]) -> None:
    """However it came about: silent now or not, and the next look at the next deadline."""
    _, state = told_of(arrivals)
    messages = [minute for minute, _ in arrivals]
    spans = silences([*messages, HORIZON])
    lasting = [deadline for deadline, end in spans if end == NEVER and deadline < ms(HORIZON)]
    assert (lasting[-1] if lasting else None) == state.holding
    assert next_wake(state, spans, ms(0), rises) >= ms(HORIZON)
