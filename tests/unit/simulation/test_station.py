"""The ordinary day of a TPS keeps what is agreed, whatever the seed."""

from itertools import pairwise

import pytest

from streams.domain.times import HOUR_MS, MINUTE_MS
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.simulation.post import Post
from streams.simulation.station import boxes_in_at, station_posts
from streams.territory.plan import Tps
from streams.wire.inputs import decode_input
from tests.stories.judging import REJANG_LEBONG, plan_of

PLAN = plan_of(REJANG_LEBONG)
SEEDS = range(20)
GRACE_MINUTES = dict(zip(TPS_CLASSES, (30, 20, 10, 20), strict=True))
EXAMPLES = [
    next(tps for tps in PLAN.tps.values() if tps.tps_class is tps_class)
    for tps_class in TPS_CLASSES
]


def whole_day(tps: Tps, seed: int) -> list[Post]:
    """Return what a TPS sends."""
    return list(station_posts(PLAN, tps, seed))


def morning(tps: Tps, seed: int) -> list[Post]:
    """Return what a TPS sends until it closes."""
    posts = whole_day(tps, seed)
    return posts[: [post.kind for post in posts].index("closed") + 1]


def open_times(tps: Tps, seed: int) -> list[int]:
    """Return when a TPS was heard of from its opening to its closing, in order."""
    posts = whole_day(tps, seed)
    return sorted(post.at for post in posts if post.kind in {"opened", "heartbeat", "closed"})


def of_kind(posts: list[Post], kind: str) -> list[Post]:
    """Return the messages of a kind."""
    return [post for post in posts if post.kind == kind]


@pytest.mark.parametrize("tps", EXAMPLES, ids=lambda tps: str(tps.tps_class))
def test_a_tps_opens_and_closes_once(tps: Tps) -> None:
    """In this order, with heartbeats in between."""
    kinds = [post.kind for post in morning(tps, 1)]
    assert ["logistics_received"] * 2 + ["opened"] == kinds[:3]
    assert {"heartbeat"} == set(kinds[3:-1])
    assert "closed" == kinds[-1]


@pytest.mark.parametrize("tps", EXAMPLES, ids=lambda tps: str(tps.tps_class))
def test_it_opens_well_within_its_grace(tps: Tps) -> None:
    """The word of it is there before the deadline, also by SMS."""
    latest = tps.opens_at + GRACE_MINUTES[tps.tps_class] * MINUTE_MS
    for seed in SEEDS:
        [opened] = of_kind(morning(tps, seed), "opened")
        assert tps.opens_at - 5 * MINUTE_MS <= opened.at
        assert opened.received_at < latest


def test_most_tps_open_between_five_to_and_eight_past() -> None:
    """The jitter of an ordinary morning."""
    opened = [
        (of_kind(morning(tps, 1), "opened")[0].at - tps.opens_at) / MINUTE_MS
        for tps in PLAN.tps.values()
    ]
    assert sum(-5 <= late <= 8 for late in opened) > 0.9 * len(opened)


@pytest.mark.parametrize("seed", SEEDS)
def test_heartbeats_are_never_far_apart(seed: int) -> None:
    """Below the 15 minutes from which a TPS counts as quiet (X01)."""
    posts = morning(EXAMPLES[0], seed)
    written = [post.at for post in posts if post.kind in {"opened", "heartbeat", "closed"}]
    assert max(later - earlier for earlier, later in pairwise(written)) < 20 * MINUTE_MS
    beats = [post.at for post in of_kind(posts, "heartbeat")]
    assert max(later - earlier for earlier, later in pairwise(beats)) < 15 * MINUTE_MS


@pytest.mark.parametrize("tps", EXAMPLES, ids=lambda tps: str(tps.tps_class))
def test_an_open_tps_is_never_quiet_also_after_the_hour(tps: Tps) -> None:
    """Until it says that it has closed, below the 15 minutes of X01."""
    for seed in SEEDS:
        times = open_times(tps, seed)
        assert max(later - earlier for earlier, later in pairwise(times)) < 15 * MINUTE_MS


def test_who_is_open_after_the_hour_declares_its_queue() -> None:
    """Each heartbeat then says that some wait, if one has said so at the hour."""
    waited = 0
    for seed in SEEDS:
        posts = whole_day(EXAMPLES[0], seed)
        [closed] = of_kind(posts, "closed")
        after = [p for p in of_kind(posts, "heartbeat") if p.at > EXAMPLES[0].closes_at]
        assert all(post.at < closed.at for post in after)
        if closed.at > EXAMPLES[0].closes_at + 6 * MINUTE_MS:
            waited += len(after)
            assert all(_field(post, "queue") > 0 for post in after)
    assert waited > 0


def test_voters_only_grow() -> None:
    """And never beyond the list."""
    tps = EXAMPLES[0]
    told = [_field(post, "voters") for post in of_kind(morning(tps, 1), "heartbeat")]
    assert sorted(told) == told
    assert 0 < told[-1] <= tps.dpt


def test_ballots_are_those_due_in_every_contest() -> None:
    """The DPT and its reserve, so that nothing is missing."""
    tps = EXAMPLES[0]
    received = of_kind(morning(tps, 1), "logistics_received")
    assert {PLAN.election.ballots_due(tps.dpt)} == {_field(post, "ballots") for post in received}


@pytest.mark.parametrize("tps", EXAMPLES, ids=lambda tps: str(tps.tps_class))
def test_materials_come_in_time(tps: Tps) -> None:
    """On the evening before, or at dawn where they are due then."""
    evening = PLAN.election.day_start_at(420) - 3 * HOUR_MS
    due = evening if tps.logistics_due_at is None else tps.logistics_due_at
    for seed in SEEDS:
        assert all(post.at < due for post in of_kind(morning(tps, seed), "logistics_received"))


def test_a_queue_is_declared_before_it_is_waited_for() -> None:
    """Who closes late has said at closing time that people wait."""
    late = 0
    for seed in SEEDS:
        *_, before, closed = morning(EXAMPLES[0], seed)
        if closed.at > EXAMPLES[0].closes_at + 6 * MINUTE_MS:
            late += 1
            assert before.at == EXAMPLES[0].closes_at
            assert _field(before, "queue") > 0
    assert late > 0


@pytest.mark.parametrize("tps", EXAMPLES, ids=lambda tps: str(tps.tps_class))
def test_every_stage_comes_once_and_in_its_order(tps: Tps) -> None:
    """No stage is told before the one that it needs (T13), whatever the seed."""
    stages = ["opened", "closed", "counting_started", "counting_finished"]
    for seed in SEEDS:
        posts = whole_day(tps, seed)
        assert stages == [post.kind for post in posts if post.kind in stages]
        told = [post.at for post in posts if post.kind in {*stages, "box_departed", "box_arrived"}]
        contests = len(PLAN.election.contests_of(tps.code))
        assert len(stages) + 2 * contests == len(told)
        assert sorted(told[:5]) == told[:5]


@pytest.mark.parametrize("tps", EXAMPLES, ids=lambda tps: str(tps.tps_class))
def test_it_closes_at_its_hour_or_soon_after(tps: Tps) -> None:
    """Never before it (T04), and within the 30 minutes in which nobody asks (T05)."""
    for seed in SEEDS:
        [closed] = of_kind(whole_day(tps, seed), "closed")
        assert tps.closes_at <= closed.at < tps.closes_at + 30 * MINUTE_MS


def test_the_day_is_over_when_it_must_be() -> None:
    """No box comes later than officers wait for it, and all are in before midnight (T09)."""
    midnight = PLAN.election.day_start_at(420) + 24 * HOUR_MS
    for tps in PLAN.tps.values():
        assert max(post.at for post in whole_day(tps, 1)) <= boxes_in_at(PLAN, tps) < midnight


def test_every_message_is_one_of_the_contract() -> None:
    """The types of intake take them all."""
    posts = whole_day(EXAMPLES[2], 1)
    assert [post.at for post in posts] == [decode_input(p.topic, p.value).at for p in posts]


def test_late_messages_are_a_few_in_a_hundred_without_internet() -> None:
    """And there are none where there is internet."""
    offline = [tps for tps in PLAN.tps.values() if tps.internet is False]
    posts = [post for seed in SEEDS for tps in offline for post in morning(tps, seed)]
    late = [post for post in posts if post.received_at - post.at >= 5 * MINUTE_MS]
    assert 0.02 < len(late) / len(posts) < 0.06
    assert max(post.received_at - post.at for post in late) <= 40 * MINUTE_MS
    assert [] == [p for p in morning(EXAMPLES[0], 1) if p.received_at - p.at >= MINUTE_MS]


def test_a_class_is_among_the_examples() -> None:
    """The tests above see all four."""
    assert set(TpsClass) == {tps.tps_class for tps in EXAMPLES}


def _field(post: Post, name: str) -> int:
    value: int = getattr(decode_input(post.topic, post.value).event, name)
    return value
