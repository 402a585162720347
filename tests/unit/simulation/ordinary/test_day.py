"""The whole day: all of it, the same for the same seed, and late where it is late."""

from collections import Counter

from streams.domain.times import DAY_MS, MINUTE_MS
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.day import noise_day, noise_posts
from streams.simulation.post import CROWD_REPORTS, TPS_STATUS, VOTE_COUNTS
from streams.territory.plan import ElectionKind
from tests.unit.simulation.ordinary.made import plan_of, posts

KIND = ElectionKind.PILKADES
PLAN = plan_of(KIND)


def test_a_seed_is_a_day() -> None:
    """The same one is the same day to the byte; another one is another."""
    assert noise_day(PLAN, 1) == noise_day(PLAN, 1)
    assert noise_day(PLAN, 1) != noise_day(PLAN, 2)


def test_a_day_is_in_the_order_of_receipt() -> None:
    """No two messages share a millisecond."""
    times = [one.received_at for one in noise_day(PLAN, 1)]
    assert sorted(set(times)) == times


def test_a_day_has_all_that_producers_send() -> None:
    """Statuses, counts and reports; nobody commands."""
    assert {TPS_STATUS, VOTE_COUNTS, CROWD_REPORTS} == {post.topic for post in posts(KIND)}


def test_a_day_lasts_from_the_evening_before_until_the_night() -> None:
    """Materials come after noon of the day before, the last box before the next morning."""
    midnight = PLAN.election.day_start_at(420)
    times = [post.at for post in posts(KIND)]
    assert midnight - DAY_MS / 2 < min(times) < midnight
    assert midnight + 18 * 60 * MINUTE_MS < max(times) < midnight + DAY_MS


def test_one_of_a_hundred_messages_comes_twice() -> None:
    """The same bytes, later."""
    again = Counter(post.value for post in posts(KIND))
    share = sum(count > 1 for count in again.values()) / len(again)
    assert abs(share - rates.REDELIVERED_SHARE) < 0.005


def test_nothing_is_received_before_it_was_written() -> None:
    """Late, never early; some by more than an hour."""
    late = [post.received_at - post.at for post in noise_posts(PLAN, 3)]
    assert min(late) > 0
    assert max(late) > 60 * MINUTE_MS
