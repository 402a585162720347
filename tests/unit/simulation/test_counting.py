"""Counting: in time, at a speed that can be true, and all who send a form agree."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from msgspec.structs import replace

from streams.domain.events import CountStatus, Source, StatusKind, VoteCount
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Role
from streams.simulation.counting import counted_after_minutes, counting_posts
from streams.simulation.post import Post
from streams.simulation.sender import Sender
from streams.simulation.station import station_posts
from streams.simulation.tally import EMPTY_COLUMN, Tally
from streams.territory.plan import Plan
from streams.wire.inputs import decode_input
from tests.stories.judging import CARENANG_BINUANG, REJANG_LEBONG, plan_of

PLANS = (plan_of(REJANG_LEBONG), plan_of(CARENANG_BINUANG))
EVERY = [(plan, tps) for plan in PLANS for tps in tuple(plan.tps.values())[::9]]
START_MINUTES, SILENCE_MINUTES = 30, 30
"""Of T08 and V10, where a TPS is `sangat_rawan`."""
BALLOTS_A_MINUTE = 20


def forms(posts: list[Post]) -> list[tuple[EpochMs, VoteCount]]:
    """Return the forms among posts, with their times."""
    found: list[tuple[EpochMs, VoteCount]] = []
    for post in posts:
        event = decode_input(post.topic, post.value).event
        if isinstance(event, VoteCount):
            found.append((post.at, event))
    return found


def counted(plan: Plan, votes: Mapping[str, int]) -> tuple[list[Post], EpochMs]:
    """Return what a TPS sends that counts one contest, and when it has finished."""
    tps = next(iter(plan.tps.values()))
    posts: list[Post] = []
    counting = counting_posts(
        Sender(plan, tps, 1), tps.closes_at, (Tally(plan.election.contests[0].id, votes, 3),)
    )
    while True:
        try:
            posts.append(next(counting))
        except StopIteration as stop:
            finished_at: EpochMs = stop.value
            return posts, finished_at


@pytest.mark.parametrize("seed", range(3))
def test_counting_begins_soon_after_closing(seed: int) -> None:
    """Before anybody asks for it, in the most vulnerable place as well (T08)."""
    for plan, tps in EVERY:
        at = {post.kind: post.at for post in station_posts(plan, tps, seed)}
        assert at["closed"] < at["counting_started"] < at["closed"] + START_MINUTES * MINUTE_MS


@pytest.mark.parametrize("seed", range(3))
def test_no_count_is_silent(seed: int) -> None:
    """From the start to the end somebody hears of it (V10)."""
    for plan, tps in EVERY:
        counting = {"counting_started", "count", "counting_finished"}
        told = sorted(p.at for p in station_posts(plan, tps, seed) if p.kind in counting)
        longest = max(later - earlier for earlier, later in pairwise(told))
        assert longest < SILENCE_MINUTES * MINUTE_MS


@pytest.mark.parametrize("seed", range(3))
def test_counts_grow_at_a_speed_that_can_be_true(seed: int) -> None:
    """Never less than before (V04), and never more than twenty ballots a minute (V05)."""
    for plan, tps in EVERY:
        told = forms(list(station_posts(plan, tps, seed)))
        for contest in plan.election.contests_of(tps.code):
            own = [(at, one) for at, one in told if one.contest == contest.id]
            organisers = [(at, o) for at, o in own if o.source.role in {Role.KPPS, Role.PANITIA}]
            assert CountStatus.FINAL is organisers[-1][1].status
            for (earlier, before), (later, after) in pairwise(organisers):
                read = sum(after.votes.values()) - sum(before.votes.values())
                assert 0 <= read <= BALLOTS_A_MINUTE * (later - earlier) / MINUTE_MS
                assert all(before.votes[one] <= after.votes[one] for one in before.votes)


def test_every_side_sends_the_same_final_form() -> None:
    """Organisers, supervisors and a witness of each camp (V06)."""
    for plan, tps in EVERY:
        told = [one for _, one in forms(list(station_posts(plan, tps, 1)))]
        for contest in plan.election.contests_of(tps.code):
            final = [o for o in told if (o.contest, o.status) == (contest.id, CountStatus.FINAL)]
            assert 2 + len(contest.choices) == len({one.source.id for one in final}) == len(final)
            assert list(contest.choices) == [one.source.camp for one in final if one.source.camp]
            assert 1 == len({(tuple(one.votes.items()), one.ballots, one.voters) for one in final})


@pytest.mark.parametrize(
    ("plan", "roles"),
    [(PLANS[0], {Role.KPPS, Role.PTPS}), (PLANS[1], {Role.PANITIA, Role.PANWAS})],
    ids=["pilkada", "pilkades"],
)
def test_who_sends_follows_from_the_kind(plan: Plan, roles: set[Role]) -> None:
    """A village has neither KPPS nor PTPS."""
    tps = next(iter(plan.tps.values()))
    told = forms(list(station_posts(plan, tps, 1)))
    assert {*roles, Role.SAKSI} == {one.source.role for _, one in told}


def test_the_empty_column_has_no_witness() -> None:
    """Nobody stands for it."""
    posts, _ = counted(PLANS[0], {"01": 120, EMPTY_COLUMN: 80})
    assert {"", "01"} == {one.source.camp for _, one in forms(posts)}


def test_a_small_tps_does_not_count_too_fast() -> None:
    """Ten ballots are read in eight minutes at the least."""
    posts, finished_at = counted(PLANS[0], {"01": 5, "02": 2})
    start, *_ = posts
    [(first, _), *_] = forms(posts)
    assert StatusKind.COUNTING_STARTED.value == start.kind
    assert first - start.at >= 8 * MINUTE_MS
    assert posts[-1].at == finished_at


@pytest.mark.parametrize("voters", [0, 30, 400])
def test_it_ends_when_it_must(voters: int) -> None:
    """Whatever the luck, not later than is said beforehand."""
    plan = PLANS[0]
    tps = replace(next(iter(plan.tps.values())), internet=True)
    latest = tps.closes_at + counted_after_minutes(voters, 1) * MINUTE_MS
    tally = Tally(plan.election.contests[0].id, {"01": voters, "02": 0, "03": 0}, 0)
    for seed in range(30):
        *_, last = counting_posts(Sender(plan, tps, seed), tps.closes_at, (tally,))
        assert last.at <= latest


def test_a_form_is_about_its_tps_and_desa() -> None:
    """So that a story can mute it."""
    posts, _ = counted(PLANS[0], {"01": 120, "02": 80})
    code = next(iter(PLANS[0].tps))
    assert {(code, code[:13])} == {post.about for post in posts if post.kind == "count"}


def test_a_witness_is_known_by_camp_and_tps() -> None:
    """A source of its own for each, within what an id may be."""
    sender = Sender(PLANS[0], next(iter(PLANS[0].tps.values())), 1)
    expected = Source("saksi-01-17.02.06.1004-001", Role.SAKSI, camp="01")
    assert expected == replace(sender.source(Role.SAKSI, "01"), channel=expected.channel)
