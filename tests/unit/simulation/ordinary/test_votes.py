"""Votes: what adds up adds up, what is close is close by luck, and a slip is one slip."""

from collections import Counter
from random import Random

import pytest
from msgspec import UNSET

from streams.domain.events import Ballots, CountStatus, Source, VoteCount, Voters
from streams.domain.times import EpochMs
from streams.domain.words import Role
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.desk import Desk
from streams.simulation.ordinary.kinds import IRREGULAR, ORDINARY, Day
from streams.simulation.ordinary.signal import ALWAYS
from streams.simulation.ordinary.station import Voted
from streams.simulation.ordinary.votes import has_lists, misread, slipped, tally_of
from streams.simulation.tally import Tally
from streams.territory.plan import ElectionKind
from tests.unit.simulation.ordinary.made import DAY_KINDS, plan_of

VOTED = Voted(EpochMs(0), dpt=150, dptb=2, dpk=3)
FORM = VoteCount(
    id="1",
    at="2024-11-27T15:00:00+07:00",
    tps="36.04.05.2001-001",
    contest="bupati",
    status=CountStatus.FINAL,
    source=Source("kpps", Role.KPPS),
    votes={"01": 120, "02": 80, "03": 31},
    valid=231,
    invalid=9,
    voters=Voters(dpt=236, dptb=2, dpk=2),
)
SEEDS = range(300)


def tallies(kind: ElectionKind, seed: int, day: str = "ordinary") -> list[Tally]:
    """Return one form of each contest of the first TPS."""
    plan = plan_of(kind)
    tps = next(iter(plan.tps.values()))
    desk = Desk(Day(plan, seed, DAY_KINDS[day]), tps, ALWAYS)
    return [tally_of(desk, contest, VOTED) for contest in plan.election.contests_of(tps.code)]


@pytest.mark.parametrize("kind", list(ElectionKind))
def test_every_form_adds_up(kind: ElectionKind) -> None:
    """Votes, ballots and voters, whatever the seed."""
    for tally in (one for seed in range(20) for one in tallies(kind, seed)):
        ballots, voters = tally.ballots, tally.voters
        assert isinstance(ballots, Ballots)
        assert isinstance(voters, Voters)
        assert isinstance(ballots.spoiled, int)
        assert isinstance(ballots.unused, int)
        lists = [one for one in (voters.dpt, voters.dptb, voters.dpk) if isinstance(one, int)]
        assert tally.used == ballots.used == sum(lists)
        assert ballots.received == tally.used + ballots.spoiled + ballots.unused
        assert min(*lists, ballots.unused, *tally.votes.values()) >= 0


def test_a_village_has_no_list_of_identity_cards() -> None:
    """It knows the list, and those who were added to it."""
    [tally] = tallies(ElectionKind.PILKADES, 0)
    assert isinstance(tally.voters, Voters)
    assert tally.voters.dpk is UNSET


def test_a_narrow_result_happens_as_often_as_it_happens() -> None:
    """Of two, about one contest of fifty is decided by less than 1 % of its votes: not never."""
    shares: list[float] = []
    for seed in SEEDS:
        tally = tallies(ElectionKind.PILKADA, seed, "irregular")[1]
        one, other = tally.votes.values()
        shares.append(abs(one - other) / tally.valid)
    assert 1 <= sum(share <= 0.02 for share in shares) <= 30
    assert 0.1 < sorted(shares)[len(shares) // 2] < 0.4


@pytest.mark.parametrize("kind", list(ElectionKind))
def test_on_an_ordinary_day_nobody_wins_narrowly(kind: ElectionKind) -> None:
    """Nowhere, and the same everywhere: by more than 1 % of the valid votes."""
    for tally in (one for seed in range(50) for one in tallies(kind, seed)):
        first, second, *_ = sorted(tally.votes.values(), reverse=True)
        assert first - second > 0.01 * tally.valid


def test_on_an_ordinary_day_no_share_of_invalid_ballots_stands_out() -> None:
    """Less than twice the median, however many ballots have lists."""
    for tally in (one for seed in range(50) for one in tallies(ElectionKind.PEMILU, seed)):
        assert tally.invalid <= ORDINARY.of_median_invalid * rates.LIST_INVALID_SHARE * tally.used


def test_a_ballot_of_many_choices_is_one_of_lists() -> None:
    """Of the five of a pemilu all but that for president."""
    contests = plan_of(ElectionKind.PEMILU).election.contests
    assert ["presiden"] == [one.id for one in contests if not has_lists(one)]


def test_a_misread_form_differs_in_one_digit_of_one_number() -> None:
    """And in nothing else: its sum stays what it was."""
    for seed in SEEDS:
        wrong = misread(FORM, Random(seed))
        [choice] = [one for one in FORM.votes if FORM.votes[one] != wrong.votes[one]]
        said, read = str(FORM.votes[choice]), str(wrong.votes[choice]).rjust(3, "0")
        assert 1 == sum(a != b for a, b in zip(said.rjust(3, "0"), read, strict=True))
        assert wrong.valid == FORM.valid


def test_most_corrections_change_no_number() -> None:
    """And those that do mostly still add up."""
    kinds = Counter(_slip_of(slipped(FORM, Random(seed), IRREGULAR.slips)) for seed in range(2_000))
    assert {"same", "lists", "moved", "sums"} == set(kinds)
    assert kinds["same"] > kinds["lists"] > kinds["moved"] > kinds["sums"]


def _slip_of(form: VoteCount) -> str:
    if form == FORM:
        return "same"
    if form.voters != FORM.voters:
        return "lists"
    return "moved" if sum(form.votes.values()) == sum(FORM.votes.values()) else "sums"
