"""The numbers of forms add up, and nothing in them is remarkable."""

from itertools import pairwise
from math import ceil

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import Ballots, Voters
from streams.simulation.tally import EMPTY_COLUMN, Tally, tally_of
from streams.territory.plan import Contest, Plan
from tests.stories.judging import CARENANG_BINUANG, REJANG_LEBONG, plan_of

PLANS = (plan_of(REJANG_LEBONG), plan_of(CARENANG_BINUANG))
USED = 300
every_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: str(plan.election.id))


def tallies(plan: Plan, seed: int, contest: Contest) -> list[Tally]:
    """Return a contest at all TPS that vote in it, each with seven in ten voters."""
    voting = [tps for tps in plan.tps.values() if tps.code.startswith(contest.area)]
    return [tally_of(plan, tps, contest, (seed, tps.dpt * 7 // 10)) for tps in voting]


def narrow(votes: list[int]) -> bool:
    """Tell whether the first two are within what V07 calls narrow."""
    first, second, *_ = sorted(votes, reverse=True)
    return first - second <= max(3, sum(votes) / 100)


@every_plan
@pytest.mark.parametrize("seed", range(3))
def test_everything_adds_up(plan: Plan, seed: int) -> None:
    """Votes, ballots and voters of every form (V01)."""
    for contest in plan.election.contests:
        for tally in tallies(plan, seed, contest):
            assert isinstance(tally.ballots, Ballots)
            assert isinstance(tally.voters, Voters)
            lists = (tally.voters.dpt, tally.voters.dptb, tally.voters.dpk)
            assert tally.ballots.used == tally.used == sum(one for one in lists if one is not UNSET)
            rest = (tally.ballots.used, tally.ballots.spoiled, tally.ballots.unused)
            assert tally.ballots.received == sum(one for one in rest if one is not UNSET)
            assert all(one is UNSET or one >= 0 for one in (*lists, *rest, *tally.votes.values()))


@every_plan
def test_a_tps_has_no_more_than_it_can_have(plan: Plan) -> None:
    """As many ballots as are due, and no more voters than the list (V02, V03)."""
    for contest in plan.election.contests:
        for tps in plan.tps.values():
            if tps.code.startswith(contest.area):
                tally = tally_of(plan, tps, contest, (1, tps.dpt * 8 // 10))
                assert isinstance(tally.ballots, Ballots)
                assert tps.dpt + ceil(tps.dpt * 0.025) == tally.ballots.received
                assert tps.dpt * 8 // 10 == tally.used < tps.dpt


@every_plan
@pytest.mark.parametrize("seed", range(3))
def test_no_ordinary_result_is_narrow(plan: Plan, seed: int) -> None:
    """Neither at a TPS nor in the whole area of the contest (V07)."""
    for contest in plan.election.contests:
        forms = [tally.votes for tally in tallies(plan, seed, contest)]
        assert not any(narrow(list(votes.values())) for votes in forms)
        whole = [sum(votes[choice] for votes in forms) for choice in contest.choices]
        assert not narrow(whole)


def test_who_leads_depends_on_the_seed() -> None:
    """No choice is preferred by the program."""
    contest = PLANS[1].election.contests[0]
    leaders: set[str] = set()
    for seed in range(30):
        votes = tallies(PLANS[1], seed, contest)[0].votes
        leaders.add(max(votes, key=votes.__getitem__))
    assert set(contest.choices) == leaders


def test_few_votes_are_invalid() -> None:
    """Below four in a hundred: nobody stands out (V11)."""
    plan = PLANS[0]
    shares = [one.invalid / one.used for one in tallies(plan, 1, plan.election.contests[0])]
    assert max(shares) < 0.04


def test_a_form_under_way_has_what_was_read_so_far() -> None:
    """Numbers only grow (V04), valid is their sum, and lists and ballots are not told yet."""
    tally = Tally("bupati", {"01": 101, "02": 50}, 7, Ballots(received=200), Voters(dpt=158))
    forms = [tally.when_read(step / 20) for step in range(21)]
    for earlier, later in pairwise(forms):
        assert all(earlier.votes[choice] <= later.votes[choice] for choice in tally.votes)
        assert earlier.invalid <= later.invalid
    assert {(UNSET, UNSET)} == {(one.ballots, one.voters) for one in forms}
    assert (151, 158) == (forms[-1].valid, forms[-1].used)


def test_a_village_knows_two_lists() -> None:
    """DPT and additions; who comes with an identity card alone is a matter of the KPU."""
    [(_, in_kabupaten), (_, in_village)] = [
        (plan, tallies(plan, 1, plan.election.contests[0])[0].voters) for plan in PLANS
    ]
    assert isinstance(in_kabupaten, Voters)
    assert isinstance(in_village, Voters)
    assert UNSET is in_village.dpk
    assert UNSET is not in_kabupaten.dpk


def test_where_nobody_votes_nothing_is_counted() -> None:
    """A TPS without voters has a form of zeros."""
    plan = PLANS[0]
    tps = replace(next(iter(plan.tps.values())), dpt=0)
    tally = tally_of(plan, tps, plan.election.contests[0], (1, 0))
    assert (0, 0) == (tally.used, tally.valid)


def test_the_empty_column_is_a_choice() -> None:
    """A single pair stands against it, and it gets votes as everybody."""
    plan = PLANS[0]
    contest = replace(plan.election.contests[0], choices=("01", EMPTY_COLUMN))
    tally = tally_of(plan, next(iter(plan.tps.values())), contest, (1, USED))
    assert {"01", EMPTY_COLUMN} == tally.votes.keys()
    assert min(tally.votes.values()) > 0
