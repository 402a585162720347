"""Windows hold in every span, whoever went before."""

import pytest

from streams.delivery.policy import Limit
from streams.delivery.throttle import Window

SMS = (Limit(5, 900.0), Limit(11, 3_600.0), Limit(21, 10_800.0))


def went(limits: tuple[Limit, ...], count: int, until: float) -> list[float]:
    """Return when messages go that all want to go at once."""
    window, now, times = Window(limits), 0.0, list[float]()
    while len(times) < count and (now := window.free_at(now)) <= until:
        window.take(now)
        times.append(now)
    return times


@pytest.mark.parametrize(
    ("limits", "times"),
    [
        ((), [0.0] * 6),
        ((Limit(1, 10.0),), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]),
        ((Limit(2, 10.0),), [0.0, 0.0, 10.0, 10.0, 20.0, 20.0]),
        ((Limit(2, 10.0), Limit(3, 60.0)), [0.0, 0.0, 10.0, 60.0, 60.0, 70.0]),
    ],
    ids=["no limit", "one", "two", "a shorter and a longer one"],
)
def test_messages_go_as_soon_as_every_limit_allows(
    limits: tuple[Limit, ...], times: list[float]
) -> None:
    """And not a moment before."""
    assert times == went(limits, 6, 100.0)


def test_every_span_of_a_limit_holds() -> None:
    """GoAlert's numbers for text messages, over half a day in which there is always one waiting."""
    times = went(SMS, 1_000, 43_200.0)
    for limit in SMS:
        spans = [[at for at in times if start <= at < start + limit.within_s] for start in times]
        assert limit.count == max(map(len, spans))


def test_who_goes_beyond_a_limit_makes_others_wait_longer() -> None:
    """He is counted like all others."""
    window = Window((Limit(1, 10.0),))
    window.take(0.0)
    window.take(5.0)
    assert 15.0 == window.free_at(6.0)


def test_what_reached_nobody_is_given_back() -> None:
    """A gateway that was down must not use up what a person can bear."""
    window = Window((Limit(1, 10.0),))
    window.take(3.0)
    window.give_back(3.0)
    assert 4.0 == window.free_at(4.0)


def test_what_went_before_a_restart_counts() -> None:
    """In whatever order it is remembered; what is too old counts no more."""
    window = Window((Limit(2, 10.0),))
    window.remember([8.0, 3.0])
    assert [13.0, 13.0] == [window.free_at(9.0), window.free_at(13.0)]


def test_what_went_long_before_a_restart_is_not_kept() -> None:
    """A day of receipts is read; the window needs its span."""
    window = Window((Limit(1, 10.0),))
    window.remember(float(n) for n in range(1_000))
    assert 10 == len(window)


def test_what_was_forgotten_cannot_be_given_back() -> None:
    """Giving back late changes nothing."""
    window = Window((Limit(1, 10.0),))
    window.take(0.0)
    assert 20.0 == window.free_at(20.0)
    window.give_back(0.0)
    assert 20.0 == window.free_at(20.0)
