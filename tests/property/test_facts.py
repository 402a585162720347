"""What holds of the facts of a TPS, whatever order they come in."""

import itertools
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.facts import (
    ISLAND_GAP_MS,
    Island,
    Span,
    TpsFacts,
    add_message,
    add_point,
    spans_between,
    take_back,
    union,
)
from streams.domain.happenings import Happening, Point
from streams.domain.times import HOUR_MS, NEVER, EpochMs
from streams.rules.detectors.overdue import overdue_spans
from tests.support.histories import quick

DAY: st.SearchStrategy[EpochMs] = st.integers(min_value=0, max_value=24 * HOUR_MS).map(EpochMs)
MINUTE: st.SearchStrategy[EpochMs] = st.integers(min_value=0, max_value=600).map(
    lambda minute: EpochMs(minute * 60_000)
)


def islands_of(times: list[EpochMs]) -> tuple[Island, ...]:
    """Tell of messages one after the other."""
    islands: tuple[Island, ...] = ()
    for time in times:
        islands = add_message(islands, time, "m")
    return islands


@quick(100)
@given(st.lists(MINUTE, max_size=60).flatmap(st.permutations))
def test_islands_do_not_depend_on_the_order_of_messages(times: list[EpochMs]) -> None:
    """Late, early and twice: the same islands."""
    assert islands_of(sorted(times)) == islands_of(times)


@quick(100)
@given(
    st.lists(MINUTE, max_size=60),
    st.lists(st.tuples(MINUTE, MINUTE | st.just(NEVER)), max_size=4),
    st.integers(min_value=ISLAND_GAP_MS, max_value=3 * HOUR_MS),
)
def test_islands_say_as_much_as_all_messages(
    times: list[EpochMs], spans: list[Span], limit_ms: int
) -> None:
    """For every limit that a rule may ask for: not a deadline more, not one less."""
    watched = union([(start, end) for start, end in spans if start < end])
    every = tuple((time, time, "m") for time in sorted(times))

    def due_after(armed: EpochMs) -> EpochMs:
        return EpochMs(armed + limit_ms)

    assert overdue_spans(watched, every, due_after) == overdue_spans(
        watched, islands_of(times), due_after
    )


@quick(100)
@given(st.lists(DAY, max_size=80))
def test_islands_lie_apart_and_in_order(times: list[EpochMs]) -> None:
    """And every message lies in one of them."""
    islands = islands_of(times)
    for before, after in itertools.pairwise(islands):
        assert before[1] + ISLAND_GAP_MS < after[0]
    for time in times:
        assert any(first <= time <= last for first, last, _ in islands)


KINDS = st.sampled_from(
    (Happening.OPENED, Happening.CLOSED, Happening.SUSPENDED, Happening.RESUMED)
)
POINTS = st.lists(
    st.builds(Point, MINUTE, KINDS, st.sampled_from("abcdef"), st.just("kpps"), st.just("0:1")),
    max_size=12,
    unique_by=lambda point: point.id,
)


@quick(100)
@given(POINTS, st.lists(st.sampled_from("abcdef"), max_size=3), st.integers(0, 12))
def test_corrections_may_come_at_any_time(points: list[Point], gone: list[str], when: int) -> None:
    """Before, between or after what they take back."""

    def facts(corrected_at: int) -> tuple[Point, ...]:
        found = TpsFacts()
        for number in range(len(points) + 1):
            if number == min(corrected_at, len(points)):
                for event_id in gone:
                    found = take_back(found, "kpps", event_id)
            if number < len(points):
                found = add_point(found, points[number])
        return found.points

    assert facts(0) == facts(when)


def spans_of(points: Iterable[Point]) -> tuple[Span, ...]:
    """Return the spans from an opening to the next closing."""
    return spans_between(
        tuple(points),
        lambda point: point.kind is Happening.OPENED,
        lambda point: point.kind is Happening.CLOSED,
    )


@quick(100)
@given(POINTS)
def test_spans_are_in_order_and_apart(points: list[Point]) -> None:
    """None is empty, none overlaps another, only the last can be without an end."""
    spans = spans_of(sorted(points, key=lambda point: point.order))
    for start, end in spans:
        assert start < end
    for before, after in itertools.pairwise(spans):
        assert before[1] <= after[0]
    assert union(list(spans)) == union(list(reversed(spans)))


@quick(200)
@given(st.lists(st.tuples(st.integers(0, 5), KINDS), max_size=8), st.data())
def test_a_span_lasts_while_nothing_has_ended_since_it_began(
    told: list[tuple[int, Happening]], data: st.DataObject
) -> None:
    """At every moment, and however words of one moment are ordered among themselves."""
    shuffled = data.draw(st.permutations(told))
    points = [Point(EpochMs(at), kind, "a", "kpps", "0:1") for at, kind in shuffled]
    spans = spans_of(sorted(points, key=lambda point: point.at))
    begun = {at for at, kind in told if kind is Happening.OPENED}
    ended = {at for at, kind in told if kind is Happening.CLOSED}
    for now in range(7):
        lasts = any(ended.isdisjoint(range(at, now + 1)) for at in begun if at <= now)
        assert lasts == any(start <= now < end for start, end in spans)
