"""The ordinary day of a whole kabupaten."""

from collections import Counter

from streams.simulation.day import ordinary_day, ordinary_morning, played_day
from streams.simulation.station import station_posts
from tests.stories.judging import REJANG_LEBONG, plan_of
from tests.unit.simulation.written import story_of

PLAN = plan_of(REJANG_LEBONG)
POSTS = ordinary_day(PLAN, 1)


def test_the_same_seed_gives_the_same_bytes() -> None:
    """A day can be named by its seed."""
    assert played_day(PLAN, 1) == played_day(PLAN, 1)


def test_another_seed_gives_another_morning() -> None:
    """Not one message at the same moment everywhere."""
    assert played_day(PLAN, 1) != played_day(PLAN, 2)


def test_every_tps_goes_through_its_day() -> None:
    """All 445 of them."""
    for kind in ("opened", "closed", "counting_finished", "count", "box_arrived"):
        assert PLAN.tps.keys() == {post.tps for post in POSTS if post.kind == kind}


def test_some_messages_come_twice() -> None:
    """About one in a hundred, later and with the same content."""
    times = Counter((post.topic, post.value) for post in POSTS)
    repeated = [value for value, count in times.items() if count > 1]
    assert 0.007 < len(repeated) / len(times) < 0.013


def test_a_repeat_comes_later() -> None:
    """A gateway sends again what it believes to be lost."""
    first: dict[bytes, int] = {}
    for post in POSTS:
        if post.value in first:
            assert post.received_at > first[post.value]
        first.setdefault(post.value, post.received_at)


def test_a_tps_does_not_depend_on_the_others() -> None:
    """Its messages are the same in a day of its own."""
    tps = next(iter(PLAN.tps.values()))
    alone = set(station_posts(PLAN, tps, 1))
    assert alone <= set(POSTS)


def test_a_morning_is_the_first_part_of_the_day() -> None:
    """Until half an hour after the last TPS should close: all have said so by then."""
    written = ordinary_morning(PLAN, 1)
    assert set(written) < set(POSTS)
    assert PLAN.tps.keys() == {post.tps for post in written if post.kind == "closed"}
    rest = set(POSTS) - set(written)
    assert max(post.at for post in written) < min(post.at for post in rest)


def test_a_story_has_as_much_of_the_day_as_it_needs() -> None:
    """Also what comes after the morning."""
    story = story_of("")
    longer = story_of("", ends="20:00")
    last = [played_day(PLAN, 1, one)[-1].received_at for one in (story, longer)]
    assert last[0] < story.ends < last[1] < longer.ends


def test_messages_are_received_in_order() -> None:
    """Each at a moment of its own, none at a whole second."""
    received = [played.received_at for played in played_day(PLAN, 1)]
    assert sorted(set(received)) == received
    assert all(at % 1_000 for at in received)
