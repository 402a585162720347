"""What holds of stages that are missing: asked of every point, and minute by minute.

Times are minutes.
"""

from itertools import pairwise
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.happenings import Happening, Point
from streams.domain.times import MINUTE_MS, EpochMs
from streams.rules.detectors.sequence import Gap, SequenceState, due, gaps, look
from tests.support.histories import quick


def ms(minutes: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(minutes * MINUTE_MS))


KINDS: Final = (
    Happening.OPENED,
    Happening.CLOSED,
    Happening.COUNTING_STARTED,
    Happening.COUNTING_FINISHED,
)
NEEDS: Final = tuple((later, sooner) for sooner, later in pairwise(KINDS))
EDGES: Final = tuple(f"{sooner}>{later}" for later, sooner in NEEDS)


def point(minute: int, kind: Happening, name: str) -> Point:
    """Return a status."""
    return Point(ms(minute), kind, name, "k1", "0:1")


POINTS: Final = st.lists(
    st.builds(
        point,
        st.integers(min_value=0, max_value=15),
        st.sampled_from(KINDS),
        st.sampled_from("abc"),
    ),
    max_size=10,
)


@quick(100)
@given(POINTS.flatmap(lambda points: st.tuples(st.just(points), st.permutations(points))))
def test_gaps_are_what_somebody_would_see_who_asks_of_every_point(
    orders: tuple[list[Point], list[Point]],
) -> None:
    """Of each for itself, and in whatever order they are kept."""
    points, turned = orders
    expected = {
        f"{sooner}>{later}"
        for later, sooner in NEEDS
        for one in points
        if one.kind is later
        and not any(other.kind is sooner and other.at <= one.at + ms(2) for other in points)
    }
    found = gaps(tuple(points), NEEDS, ms(2))
    assert sorted(expected) == [gap.edge for gap in found]
    assert found == gaps(tuple(turned), NEEDS, ms(2))


def gap_of(edge: str) -> Gap:
    """Return a gap of an edge."""
    sooner, later = edge.split(">")
    return Gap(Happening(sooner), point(0, Happening(later), "a"))


@quick(100)
@given(
    st.lists(
        st.tuples(st.sampled_from((0, 1, 5, 9, 10, 11)), st.frozensets(st.sampled_from(EDGES))),
        max_size=12,
    )
)
def test_a_gap_is_told_if_and_only_if_it_outlasts_its_wait(
    looks: list[tuple[int, frozenset[str]]],
) -> None:
    """Ten minutes from the first look that sees it; the first that does not ends it."""
    state, now = SequenceState(), 0
    told: list[tuple[str, int]] = []
    expected: list[tuple[str, int]] = []
    since: dict[str, int] = {}
    for minutes, edges in [*looks, (60, frozenset[str]())]:
        now += minutes
        # What falls due before a record is settled first, what falls due with it afterwards.
        state, begun = due(state, EpochMs(ms(now) - 1))
        found = tuple(gap_of(edge) for edge in sorted(edges))
        state, ended = look(state, found, ms(now), ms(10))
        told += [(one.edge, one.at) for one in begun] + [(one.edge, -1) for one in ended]
        for edge in EDGES:
            if edge in edges:
                since.setdefault(edge, now)
            elif edge in since and (start := since.pop(edge)) + 10 < now:
                expected += [(edge, ms(start + 10)), (edge, -1)]
        assert {*state.holding, *(edge for edge, _ in state.pending)} == edges
    for edge in EDGES:
        assert [one for one in expected if one[0] == edge] == [
            one for one in told if one[0] == edge
        ]
    assert SequenceState() == state
