"""The detector `blind`: a trouble is over when it has been well for long enough."""

from streams.domain.times import NEVER, EpochMs
from streams.rules.detectors.blind import (
    BlindState,
    Letters,
    count,
    due,
    next_wake,
    share,
    turn,
)

HEALTHY_MS = 300


def test_it_turns_from_well_to_bad_and_back() -> None:
    """Well, it is nothing; bad, it waits; good again, it waits for the time to pass."""
    assert turn(None, EpochMs(1), bad=False) is None
    bad = turn(None, EpochMs(1), bad=True)
    assert BlindState(NEVER) == bad
    assert bad is not None
    assert bad == turn(bad, EpochMs(2), bad=True)
    good = turn(bad, EpochMs(5), bad=False)
    assert BlindState(EpochMs(5)) == good
    assert good is not None
    assert good == turn(good, EpochMs(9), bad=False)
    assert bad == turn(good, EpochMs(9), bad=True)


def test_it_is_over_after_its_time() -> None:
    """Not before, and never while it is bad."""
    assert next_wake(BlindState(), HEALTHY_MS) is None
    assert due(BlindState(), EpochMs(9999), HEALTHY_MS) is None
    good = BlindState(EpochMs(100))
    assert 400 == next_wake(good, HEALTHY_MS)
    assert due(good, EpochMs(399), HEALTHY_MS) is None
    assert 400 == due(good, EpochMs(400), HEALTHY_MS)


def test_what_comes_in_is_counted_in_steps() -> None:
    """What is older than the window goes, an empty step is not kept."""
    window: tuple[Letters, ...] = ()
    for at, taken, refused in ((0, 5, 1), (5, 1, 1), (10, 0, 0), (15, 2, 0), (30, 0, 3)):
        window = count(window, Letters(EpochMs(at), taken, refused), 10, 30)
    assert (Letters(EpochMs(10), 2, 0), Letters(EpochMs(30), 0, 3)) == window
    assert (3, 5) == share(window)


def test_nothing_is_no_share() -> None:
    """Where nothing came in nothing was refused."""
    assert (0, 0) == share(())
