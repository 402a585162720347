"""A share of children against somebody who looks and counts every minute.

Times are minutes.
"""

from random import Random
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.times import MINUTE_MS, NEVER, EpochMs
from streams.rules.detectors import ratio
from tests.support.histories import quick


def ms(minutes: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(minutes * MINUTE_MS))


SHARE: Final = ratio.RatioLimits(begin_percent=30, affected_min=3, end_percent=10)
HORIZON: Final = 40
ENDS: Final = st.integers(min_value=0, max_value=HORIZON)


def span(start: int, end: int) -> tuple[EpochMs, EpochMs]:
    """Return a span; one that reaches the horizon lasts."""
    return ms(start), NEVER if end >= HORIZON else ms(end)


def a_child(counted: set[int], affected: set[int]) -> ratio.Child:
    """Make a child of the ends of its spans: it counts, and is affected where it counts."""
    counts = spans_between(counted)
    inside = [
        (max(start, begin), min(end, over))
        for start, end in counts
        for begin, over in spans_between(affected)
        if max(start, begin) < min(end, over)
    ]
    return ratio.Child(tuple(span(*one) for one in counts), tuple(span(*one) for one in inside))


def spans_between(ends: set[int]) -> list[tuple[int, int]]:
    """Return spans from the first to the second, the third to the fourth; the last may last."""
    ordered = [*sorted(ends), HORIZON]
    return [pair for pair in zip(ordered[::2], ordered[1::2], strict=False) if pair[0] < pair[1]]


CHILDREN: Final = st.lists(
    st.builds(a_child, st.sets(ENDS, max_size=3), st.sets(ENDS, max_size=4)), max_size=14
)


def seen_by_minute(children: list[ratio.Child]) -> list[bool]:
    """Tell of each minute whether it holds, by somebody who looks and counts every minute."""
    seen: list[bool] = []
    for minute in range(HORIZON):
        affected, total = (
            sum(any(start <= ms(minute) < end for start, end in spans) for spans in each)
            for each in ([one.affected for one in children], [one.counted for one in children])
        )
        if affected >= 3 and affected / total >= 0.3:
            seen.append(True)
        elif affected == 0 or affected / total < 0.1:
            seen.append(False)
        else:
            seen.append(bool(seen) and seen[-1])
    return seen


@quick(150)
@given(CHILDREN, st.randoms(use_true_random=False))
def test_a_share_is_what_somebody_would_see_who_counts_every_minute(
    children: list[ratio.Child], chance: Random
) -> None:
    """Above the one limit it holds, below the other it does not, between them it stays."""
    spans = ratio.ratio_spans(children, SHARE)
    held = [any(start <= ms(at) < end for start, end in spans) for at in range(HORIZON)]
    assert seen_by_minute(children) == held
    assert sorted(spans) == list(spans)
    chance.shuffle(children)
    assert spans == ratio.ratio_spans(children, SHARE)


@quick(100)
@given(CHILDREN)
def test_a_share_that_lasts_is_known_to_last(children: list[ratio.Child]) -> None:
    """What holds in the end has no end; what does not has one, and spans never touch."""
    spans = ratio.ratio_spans(children, SHARE)
    assert seen_by_minute(children)[-1] is (bool(spans) and spans[-1][1] == NEVER)
    ends = [end for one in spans for end in one]
    assert sorted(set(ends)) == ends
