"""A TPS until it closes: in order, and as late as people are."""

from collections import defaultdict
from itertools import pairwise
from statistics import mean, pstdev

import pytest

from streams.domain.events import StatusKind, TpsStatus
from streams.domain.times import MINUTE_MS
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.kinds import ORDINARY
from streams.simulation.post import Post
from streams.territory.plan import ElectionKind
from tests.unit.simulation.ordinary.made import plan_of, statuses

kinds = pytest.mark.parametrize("kind", list(ElectionKind))


def by_tps(kind: ElectionKind, said: StatusKind) -> dict[str, list[tuple[Post, TpsStatus]]]:
    """Return what was said first and once, by TPS, in the order of its own time."""
    found: dict[str, list[tuple[Post, TpsStatus]]] = defaultdict(list)
    seen: set[str] = set()
    for post, one in sorted(statuses(kind), key=lambda pair: pair[0].at):
        if one.kind is said and not one.corrects and one.id not in seen and post.tps:
            seen.add(one.id)
            found[post.tps].append((post, one))
    return found


@kinds
def test_every_tps_opens_and_closes_once(kind: ElectionKind) -> None:
    """None is forgotten."""
    for said in (StatusKind.OPENED, StatusKind.CLOSED, StatusKind.COUNTING_FINISHED):
        assert {1} == {len(one) for one in by_tps(kind, said).values()}
        assert plan_of(kind).tps.keys() == by_tps(kind, said).keys()


@kinds
def test_every_contest_has_its_materials_before_the_poll(kind: ElectionKind) -> None:
    """All ballots that the law asks for."""
    election = plan_of(kind).election
    for code, received in by_tps(kind, StatusKind.LOGISTICS_RECEIVED).items():
        tps = plan_of(kind).tps[next(one for one in plan_of(kind).tps if one == code)]
        assert [one.id for one in election.contests_of(code)] == [
            one.contest for _, one in received
        ]
        assert {election.ballots_due(tps.dpt)} == {one.ballots for _, one in received}
        assert all(post.at < tps.opens_at for post, _ in received)


def test_opening_spreads_around_the_hour() -> None:
    """A few minutes late on average, nobody by half an hour."""
    plan = plan_of(ElectionKind.PILKADA)
    opened = by_tps(ElectionKind.PILKADA, StatusKind.OPENED)
    late = [(opened[code][0][0].at - tps.opens_at) / MINUTE_MS for code, tps in plan.tps.items()]
    assert abs(mean(late) - rates.OPENING_MEAN_MINUTES) < 1.5
    assert 4 < pstdev(late) < 6
    assert max(late) < 30


def test_heartbeats_keep_the_time_but_for_who_forgets() -> None:
    """On average as agreed; some pauses are twice as long."""
    every = plan_of(ElectionKind.PILKADA).election.heartbeat_minutes
    pauses: list[float] = []
    for beats in by_tps(ElectionKind.PILKADA, StatusKind.HEARTBEAT).values():
        times = [post.at for post, _ in beats]
        pauses += [(b - a) / MINUTE_MS for a, b in pairwise(times)]
    assert every < mean(pauses) < 1.1 * every
    assert 0.005 < sum(one > 1.75 * every for one in pauses) / len(pauses) < 0.06


@kinds
def test_voters_only_grow_and_end_as_many_as_vote(kind: ElectionKind) -> None:
    """A later heartbeat has as many or more, closing most of all, but for slips of the pen."""
    wrong = {one.corrects for _, one in statuses(kind) if one.corrects}
    closed = by_tps(kind, StatusKind.CLOSED)
    for code, beats in by_tps(kind, StatusKind.HEARTBEAT).items():
        said = [one for _, one in (*beats, *closed[code]) if one.id not in wrong]
        voters = [one.voters for one in said if isinstance(one.voters, int)]
        assert sorted(voters) == voters


@kinds
def test_turnout_is_that_of_the_kind(kind: ElectionKind) -> None:
    """On average over the TPS, of the list."""
    plan = plan_of(kind)
    closed = by_tps(kind, StatusKind.CLOSED)
    came = sum(one.voters for ((_, one),) in closed.values() if isinstance(one.voters, int))
    share = came / sum(tps.dpt for tps in plan.tps.values())
    assert abs(share - rates.TURNOUT[kind]) < 0.03


@kinds
def test_on_an_ordinary_day_no_turnout_stands_out(kind: ElectionKind) -> None:
    """Voters of all lists, of the list."""
    closed = by_tps(kind, StatusKind.CLOSED)
    for code, tps in plan_of(kind).tps.items():
        [(_, one)] = closed[code]
        assert isinstance(one.voters, int)
        assert one.voters <= ORDINARY.turnout * tps.dpt


@kinds
def test_an_open_tps_goes_on_after_the_hour(kind: ElectionKind) -> None:
    """Who closes late is heard of in between, with a queue if it has told of one."""
    beats, closed = by_tps(kind, StatusKind.HEARTBEAT), by_tps(kind, StatusKind.CLOSED)
    late = 0
    for code, tps in plan_of(kind).tps.items():
        [(post, _)] = closed[code]
        after = [one for told, one in beats[code] if told.at > tps.closes_at]
        if post.at > tps.closes_at + 40 * MINUTE_MS:
            late += 1
            assert len(after) > 1
        assert len({one.queue == 0 for one in after}) <= 1
    assert late > 0
