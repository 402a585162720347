"""The detector `ratio`: when so many of a kecamatan are quiet that it is one matter of all."""

from typing import Final

import pytest

from streams.rules.detectors.ratio import (
    Began,
    Finding,
    Finished,
    RatioLimits,
    RatioState,
    Standing,
    move,
)

LIMITS: Final = RatioLimits(begin_percent=30, affected_min=5, end_percent=10)
"""X01: 30 % and five, below 10 %. Source: domain §4b."""
OUTSIDE, WELL, AFFECTED = Standing.OUTSIDE, Standing.WELL, Standing.AFFECTED

MOVES: Final[dict[str, tuple[RatioState, Standing, Standing, RatioState, Finding | None]]] = {
    # before, a child before and after, then the state and what is told
    "it opens": (RatioState(0, 0), OUTSIDE, WELL, RatioState(0, 1), None),
    "it opens and is quiet at once": (RatioState(0, 0), OUTSIDE, AFFECTED, RatioState(1, 1), None),
    "it falls silent": (RatioState(0, 9), WELL, AFFECTED, RatioState(1, 9), None),
    "it is heard again": (RatioState(3, 9), AFFECTED, WELL, RatioState(2, 9), None),
    "it closes": (RatioState(3, 9), WELL, OUTSIDE, RatioState(3, 8), None),
    "it closes while it is quiet": (RatioState(3, 9), AFFECTED, OUTSIDE, RatioState(2, 8), None),
    "nothing changes": (RatioState(3, 9), AFFECTED, AFFECTED, RatioState(3, 9), None),
    "exactly 30 %": (
        RatioState(5, 20),
        WELL,
        AFFECTED,
        RatioState(6, 20, holding=True),
        Began(6, 20),
    ),
    "a little less than 30 %": (RatioState(5, 21), WELL, AFFECTED, RatioState(6, 21), None),
    "four of ten are too few": (RatioState(3, 10), WELL, AFFECTED, RatioState(4, 10), None),
    "five of ten": (
        RatioState(4, 10),
        WELL,
        AFFECTED,
        RatioState(5, 10, holding=True),
        Began(5, 10),
    ),
    "all of five": (
        RatioState(4, 5),
        WELL,
        AFFECTED,
        RatioState(5, 5, holding=True),
        Began(5, 5),
    ),
    "others close, so the share grows": (
        RatioState(6, 21),
        WELL,
        OUTSIDE,
        RatioState(6, 20, holding=True),
        Began(6, 20),
    ),
    "it begins once": (
        RatioState(6, 20, holding=True),
        WELL,
        AFFECTED,
        RatioState(7, 20, holding=True),
        None,
    ),
    "between the limits it goes on": (
        RatioState(6, 20, holding=True),
        AFFECTED,
        WELL,
        RatioState(5, 20, holding=True),
        None,
    ),
    "fewer than five do not end it": (
        RatioState(5, 20, holding=True),
        AFFECTED,
        WELL,
        RatioState(4, 20, holding=True),
        None,
    ),
    "between the limits nothing begins": (
        RatioState(4, 20),
        WELL,
        AFFECTED,
        RatioState(5, 20),
        None,
    ),
    "exactly 10 %": (
        RatioState(3, 20, holding=True),
        AFFECTED,
        WELL,
        RatioState(2, 20, holding=True),
        None,
    ),
    "below 10 %": (
        RatioState(2, 20, holding=True),
        AFFECTED,
        WELL,
        RatioState(1, 20),
        Finished(1, 20),
    ),
    "others open, so the share falls": (
        RatioState(2, 20, holding=True),
        OUTSIDE,
        WELL,
        RatioState(2, 21),
        Finished(2, 21),
    ),
    "the last one closes": (
        RatioState(1, 1, holding=True),
        AFFECTED,
        OUTSIDE,
        RatioState(0, 0),
        Finished(0, 0),
    ),
}


@pytest.mark.parametrize(
    ("state", "before", "after", "expected", "found"), MOVES.values(), ids=MOVES
)
def test_move(
    state: RatioState,
    before: Standing,
    after: Standing,
    expected: RatioState,
    found: Finding | None,
) -> None:
    """Each edge of the two limits, from both sides."""
    assert (expected, found) == move(state, before, after, LIMITS)


def test_a_lower_limit_of_nothing_ends_with_the_last_one() -> None:
    """At 0 % there is no share below it."""
    limits = RatioLimits(begin_percent=1, affected_min=1, end_percent=0)
    state, found = move(RatioState(0, 9), WELL, AFFECTED, limits)
    assert Began(1, 9) == found
    assert (RatioState(0, 9), Finished(0, 9)) == move(state, AFFECTED, WELL, limits)


def test_nobody_leaves_a_count_that_he_was_not_in() -> None:
    """That is a fault of the caller, and not a share of less than nothing."""
    for before, after in ((AFFECTED, WELL), (WELL, OUTSIDE)):
        with pytest.raises(AssertionError):
            move(RatioState(0, 0), before, after, LIMITS)
