"""How fast a sender may send."""

from hypothesis import given
from hypothesis import strategies as st

from streams.web.buckets import Buckets, Load, Pace

PACE = Pace(events_per_s=2.0, burst=4)


def test_a_burst_is_taken_and_then_the_pace_holds() -> None:
    """Four at once, then one every half second."""
    buckets = Buckets()
    assert [0, 0, 0, 0, 0.5] == [buckets.take("a", Load(1), PACE, 0.0) for _ in range(5)]
    assert 0 == buckets.take("a", Load(1), PACE, 0.5)
    assert 0.25 == buckets.take("a", Load(1), PACE, 0.75)


def test_senders_do_not_share() -> None:
    """One who sends too much takes nothing from another."""
    buckets = Buckets()
    buckets.take("a", Load(4), PACE, 0.0)
    assert (0.5, 0) == (
        buckets.take("a", Load(1), PACE, 0.0),
        buckets.take("b", Load(1), PACE, 0.0),
    )


def test_more_than_a_burst_is_taken_from_a_full_bucket_and_paid_later() -> None:
    """Ten at once leave a debt of six, which is three seconds and what the next one needs."""
    buckets = Buckets()
    assert 0 == buckets.take("a", Load(10), PACE, 0.0)
    assert 3.5 == buckets.take("a", Load(1), PACE, 0.0)
    assert 2.5 == buckets.take("a", Load(1), PACE, 1.0)


def test_a_pause_fills_no_more_than_the_burst() -> None:
    """A day without a word is not a day's worth of events at once."""
    buckets = Buckets()
    buckets.take("a", Load(4), PACE, 0.0)
    assert 0 == buckets.take("a", Load(4), PACE, 86_400.0)
    assert 0.5 == buckets.take("a", Load(1), PACE, 86_400.0)


def test_what_is_paid_already_counts_as_taken() -> None:
    """A batch pays for its first event before it is known how many there are."""
    buckets = Buckets()
    assert 0 == buckets.take("a", Load(1), PACE, 0.0)
    assert 0 == buckets.take("a", Load(10, paid=1), PACE, 0.0)
    assert 3.5 == buckets.take("a", Load(1), PACE, 0.0)
    assert 0 == buckets.take("b", Load(2), PACE, 0.0)
    assert 0 == buckets.take("b", Load(1), PACE, 0.0)
    assert 1.5 == buckets.take("b", Load(4, paid=1), PACE, 0.0)
    assert 0 == buckets.take("b", Load(4), PACE, 1.5)


def test_a_bucket_that_is_full_again_is_dropped() -> None:
    """Ever other addresses do not fill the memory; who still has a debt is remembered."""
    buckets = Buckets()
    buckets.take("debtor", Load(1_000_000), PACE, 0.0)
    for number in range(50_000):
        buckets.take(str(number), Load(1), PACE, number / 100)
    assert len(buckets) <= 2_048
    assert 0 < buckets.take("debtor", Load(1), PACE, 500.0)


def test_however_many_come_at_once_there_is_a_limit() -> None:
    """The oldest is dropped."""
    buckets = Buckets()
    for number in range(100_005):
        buckets.take(str(number), Load(4), PACE, 0.0)
    assert 100_000 == len(buckets)


@given(
    st.lists(
        st.tuples(
            st.floats(min_value=0, max_value=3, allow_subnormal=False),
            st.integers(min_value=1, max_value=4),
        ),
        max_size=80,
    )
)
def test_in_no_time_more_is_taken_than_burst_and_pace_allow(asked: list[tuple[float, int]]) -> None:
    """Over any stretch: at most the burst, and the pace times its length."""
    buckets, now, taken = Buckets(), 0.0, list[tuple[float, int]]()
    for pause, events in asked:
        now += pause
        if buckets.take("a", Load(events), PACE, now) == 0:
            taken.append((now, events))
    for first, (begin, _) in enumerate(taken):
        total = 0
        for end, events in taken[first:]:
            total += events
            assert total <= PACE.burst + (end - begin) * PACE.events_per_s + 1e-6
