"""The detector `ratio`: when so many of a kecamatan are quiet that it is one matter of all.

Times are minutes; `None` as an end is what still lasts.
"""

from typing import Final

import pytest

from streams.domain.facts import Span
from streams.domain.times import MINUTE_MS, NEVER, EpochMs
from streams.rules.detectors.ratio import Child, RatioLimits, counts_at, ratio_spans

Minutes = list[tuple[float, float | None]]
LIMITS: Final = RatioLimits(begin_percent=30, affected_min=5, end_percent=10)
"""X01: 30 % and five, below 10 %. Source: domain §4b."""


def ms(minutes: float | None) -> EpochMs:
    """Return a moment, or `NEVER`."""
    return NEVER if minutes is None else EpochMs(round(minutes * MINUTE_MS))


def spans_of(spans: Minutes) -> tuple[Span, ...]:
    """Return spans of milliseconds."""
    return tuple((ms(start), ms(end)) for start, end in spans)


def child(counted: Minutes, *affected: tuple[float, float | None]) -> Child:
    """Return a child that counts for some spans, and is affected in others."""
    return Child(spans_of(counted), spans_of(list(affected)))


def well(number: int, counted: Minutes | None = None) -> list[Child]:
    """Return so many children that are never affected."""
    return [child(counted or [(0, None)])] * number


def quiet(number: int, *affected: tuple[float, float | None]) -> list[Child]:
    """Return so many children that count all the time and are affected in these spans."""
    return [child([(0, None)], *affected)] * number


SHARES: Final[dict[str, tuple[list[Child], Minutes]]] = {
    # children, when it holds
    "nobody is there": ([], []),
    "nobody is quiet": (well(20), []),
    "exactly 30 %": (quiet(6, (15, None)) + well(14), [(15, None)]),
    "a little less than 30 %": (quiet(6, (15, None)) + well(15), []),
    "four of four are too few": (quiet(4, (15, None)), []),
    "five of five": (quiet(5, (15, None)), [(15, None)]),
    "it begins with the one by which they are enough": (
        quiet(5, (15, None)) + quiet(1, (20, None)) + well(14),
        [(20, None)],
    ),
    "they are quiet one after the other, never enough at once": (
        quiet(3, (15, 20)) + quiet(3, (20, 25)) + well(4),
        [],
    ),
    "others close, so the share grows": (
        quiet(6, (15, None)) + well(14) + well(1, [(0, 30)]),
        [(30, None)],
    ),
    "others open, so the share falls": (
        quiet(5, (15, 30)) + quiet(1, (15, None)) + well(4) + well(1, [(0, 40), (50, None)]),
        [(15, 30)],
    ),
    "others open while it holds": (
        quiet(4, (15, 30)) + quiet(2, (15, None)) + well(14) + well(1, [(40, None)]),
        [(15, 40)],
    ),
    "between the limits it goes on": (
        quiet(1, (15, 30)) + quiet(5, (15, None)) + well(14),
        [(15, None)],
    ),
    "fewer than five do not end it": (
        quiet(2, (15, 30)) + quiet(4, (15, None)) + well(14),
        [(15, None)],
    ),
    "between the limits nothing begins": (quiet(5, (15, None)) + well(15), []),
    "exactly 10 %": (quiet(4, (15, 30)) + quiet(2, (15, None)) + well(14), [(15, None)]),
    "below 10 %": (
        quiet(4, (15, 30)) + quiet(1, (15, 31)) + quiet(1, (15, None)) + well(14),
        [(15, 31)],
    ),
    "the last one closes": ([child([(0, 40)], (15, 40))] * 5, [(15, 40)]),
    "it comes a second time": (quiet(5, (15, 20), (60, 70)), [(15, 20), (60, 70)]),
    "it comes again before it is over": (
        quiet(4, (15, 20), (30, 40)) + quiet(1, (15, 40)) + well(5),
        [(15, 40)],
    ),
    "who closes while he is quiet was not well in between": (
        [child([(0, 30)], (15, 30))] * 5 + [child([(30, None)], (30, None))] * 5,
        [(15, None)],
    ),
    "who opens quiet was not well in between": (
        [child([(15, None)], (15, None))] * 5 + well(10),
        [(15, None)],
    ),
    "a pause while they are quiet": (
        [child([(0, 30), (50, None)], (15, 30), (65, None))] * 5,
        [(15, 30), (65, None)],
    ),
}


@pytest.mark.parametrize(("children", "spans"), SHARES.values(), ids=SHARES)
def test_when_it_is_one_matter_of_all(children: list[Child], spans: Minutes) -> None:
    """Each edge of the two limits, from both sides; whoever is asked first."""
    assert spans_of(spans) == ratio_spans(children, LIMITS)
    assert spans_of(spans) == ratio_spans(reversed(children), LIMITS)


def test_a_lower_limit_of_nothing_ends_with_the_last_one() -> None:
    """At 0 % there is no share below it."""
    limits = RatioLimits(begin_percent=1, affected_min=1, end_percent=0)
    children = quiet(1, (15, 30)) + quiet(1, (20, 40)) + well(50)
    assert spans_of([(15, 40)]) == ratio_spans(children, limits)


def test_who_is_affected_without_counting_is_a_fault_of_the_caller() -> None:
    """And not a share of more than all."""
    with pytest.raises(AssertionError, match="who is affected is counted"):
        ratio_spans([child([(10, 20)], (15, 30))], LIMITS)


@pytest.mark.parametrize(
    ("minute", "counts"),
    [(9, (0, 1)), (10, (0, 2)), (15, (1, 2)), (29, (1, 2)), (30, (0, 1)), (60, (1, 1))],
)
def test_a_moment_belongs_to_what_begins_at_it(minute: int, counts: tuple[int, int]) -> None:
    """How many are affected then, and how many count."""
    children = [child([(10, 30)], (15, 30)), child([(0, None)], (40, None))]
    assert counts == counts_at(children, ms(minute))
