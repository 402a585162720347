"""The ordinary day of a whole kabupaten."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import msgspec

from streams.domain.ids import AreaCode
from streams.domain.times import HOUR_MS, MINUTE_MS
from streams.simulation.day import ordinary_day, ordinary_morning, played_day
from streams.simulation.played import Played
from streams.simulation.post import Post
from streams.simulation.station import boxes_in_at, station_posts
from tests.stories.judging import REJANG_LEBONG, plan_of
from tests.unit.simulation.written import story_of

PLAN = plan_of(REJANG_LEBONG)


@cache
def posts() -> tuple[Post, ...]:
    """An ordinary day, made once."""
    return ordinary_day(PLAN, 1)


def test_the_same_seed_gives_the_same_bytes() -> None:
    """A day can be named by its seed."""
    assert played_day(PLAN, 1) == played_day(PLAN, 1)


def test_another_seed_gives_another_morning() -> None:
    """Not one message at the same moment everywhere."""
    assert played_day(PLAN, 1) != played_day(PLAN, 2)


def test_every_tps_goes_through_its_day() -> None:
    """All 445 of them."""
    for kind in ("opened", "closed", "counting_finished", "count", "box_arrived"):
        assert PLAN.tps.keys() == {post.tps for post in posts() if post.kind == kind}


def test_some_messages_come_twice() -> None:
    """About one in a hundred, later and with the same content."""
    times = Counter((post.topic, post.value) for post in posts())
    repeated = [value for value, count in times.items() if count > 1]
    assert 0.007 < len(repeated) / len(times) < 0.013


def test_a_repeat_comes_later() -> None:
    """A gateway sends again what it believes to be lost."""
    first: dict[bytes, int] = {}
    for post in posts():
        if post.value in first:
            assert post.received_at > first[post.value]
        first.setdefault(post.value, post.received_at)


def test_a_tps_does_not_depend_on_the_others() -> None:
    """Its messages are the same in a day of its own."""
    tps = next(iter(PLAN.tps.values()))
    alone = set(station_posts(PLAN, tps, 1))
    assert alone <= set(posts())


def test_a_morning_is_the_first_part_of_the_day() -> None:
    """Until half an hour after the last TPS should close: all have said so by then."""
    written = ordinary_morning(PLAN, 1)
    assert set(written) < set(posts())
    assert PLAN.tps.keys() == {post.tps for post in written if post.kind == "closed"}
    rest = set(posts()) - set(written)
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


UNREST = """\
    expect:
      - {at: "09:00:00", rule: W01, scope: 17.02.18.2004, key: KAM-01, change: opened}
"""
LATE_BOX = """\
    posts:
      - at: "23:30:00"
        status: {kind: box_arrived, tps: 17.02.18.2004-001, source: {id: ppk, role: ppk}}
"""
SILENT_DESA = """\
    mute:
      - {of: 17.02.18.2004, from: "09:00", to: "11:00", only: [checkin]}
"""


def checkins_of(played: Iterable[Played], officer: str) -> list[int]:
    """Return when an officer has checked in, by receipt."""
    found: list[int] = []
    for one in played:
        if one.topic == "tps.status" and f'"officer":"{officer}"'.encode() in one.value:
            assert "checkin" == msgspec.json.decode(one.value)["kind"]
            found.append(one.received_at)
    return found


def pauses_minutes(incident: str, hours: tuple[int, int]) -> list[float]:
    """Return the pauses of an officer of the desa of a story, between two hours of the day."""
    midnight = PLAN.election.day_start_at(420)
    begins, ends = (midnight + hour * HOUR_MS for hour in hours)
    told = checkins_of(played_day(PLAN, 1, story_of(incident)), "B44")
    times = (begins, *(at for at in told if begins <= at <= ends), ends)
    return [(b - a) / MINUTE_MS for a, b in pairwise(times)]


def test_officers_are_called_where_a_story_has_unrest() -> None:
    """From the alert that it expects, within the ten minutes after which one is missed."""
    assert max(pauses_minutes(UNREST, (9, 13))) < 10
    assert max(pauses_minutes("", (9, 13))) > 20


def test_officers_are_called_where_a_story_leaves_out_what_they_say() -> None:
    """What they say of the place is not sent; that they are there is."""
    assert max(pauses_minutes(SILENT_DESA, (9, 11))) < 10


def test_who_waits_for_a_box_that_a_story_delays_goes_on() -> None:
    """Until it is in, and no longer than on any day where nothing is late."""
    tps = PLAN.tps_of_desa[AreaCode("17.02.18.2004")]
    usual = max(boxes_in_at(PLAN, PLAN.tps[code]) for code in tps)
    ends = [
        checkins_of(played_day(PLAN, 1, story_of(incident, ends="23:50")), "B44")[-1]
        for incident in ("", LATE_BOX)
    ]
    assert ends[0] < usual + MINUTE_MS
    assert PLAN.election.day_start_at(420) + 22 * HOUR_MS < ends[1]
