"""How a TPS has voted, and which forms of it are wrong before they are right.

Shares of a contest come from Dirichlet's distribution, those of a TPS lie around them: a narrow
result happens as often as it happens, but for an ordinary day, on which the first is clearly ahead
everywhere. What adds up adds up; a slip is made afterwards.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import inf
from random import Random
from typing import Final

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from streams.domain.events import Ballots, VoteCount, Voters
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import below, pick, small
from streams.simulation.ordinary.desk import Desk
from streams.simulation.ordinary.station import Voted
from streams.simulation.post import chance_of
from streams.simulation.tally import Tally
from streams.territory.plan import Contest, ElectionKind

__all__ = ["has_lists", "misread", "slipped", "tally_of"]

_MOVED_MAX: Final = 3
_TEN: Final = 10


def has_lists(contest: Contest) -> bool:
    """Tell whether a ballot is one of lists: large, slow to read and easily invalid."""
    return len(contest.choices) >= rates.LIST_CHOICES_MIN


def tally_of(desk: Desk, contest: Contest, voted: Voted) -> Tally:
    """Return how those who have voted at a TPS vote in a contest."""
    plan, tps, kind = desk.plan, desk.tps, desk.day.kind
    chance = chance_of(desk.day.seed, "votes", contest.id, tps.code)
    due = plan.election.ballots_due(tps.dpt)
    used = min(voted.used, due)
    median = rates.LIST_INVALID_SHARE if has_lists(contest) else rates.INVALID_SHARE
    times = below(kind.of_median_invalid, lambda: chance.lognormvariate(0, rates.INVALID_SPREAD))
    invalid = int(used * min(1.0, median * times))
    uneven = {choice: _factor(kind.unevenness, chance) for choice in contest.choices}
    spoiled = min(small(chance, rates.SPOILED_MEAN), due - used)
    in_village = plan.election.kind is ElectionKind.PILKADES
    # A village knows no list of those with an identity card.
    dptb = voted.dptb + (voted.dpk if in_village else 0)
    dpk: int | UnsetType = UNSET if in_village else voted.dpk
    return Tally(
        contest=contest.id,
        votes=_votes(_liked(desk.day.seed, contest, kind.lead), used - invalid, uneven),
        invalid=invalid,
        ballots=Ballots(received=due, used=used, spoiled=spoiled, unused=due - used - spoiled),
        voters=Voters(dpt=used - voted.dptb - voted.dpk, dptb=dptb, dpk=dpk),
    )


def misread(form: VoteCount, chance: Random) -> VoteCount:
    """Return a form with one digit of one number of votes read wrongly."""
    choice = chance.choice(sorted(form.votes))
    digits = str(form.votes[choice])
    at = chance.randrange(len(digits))
    wrong = digits[:at] + str((int(digits[at]) + chance.randint(1, 9)) % _TEN) + digits[at + 1 :]
    return replace(form, votes={**form.votes, choice: int(wrong)})


def slipped(form: VoteCount, chance: Random, slips: Mapping[str, float]) -> VoteCount:
    """Return a form as it was before somebody corrected it, by the weights of what goes wrong."""
    match pick(chance, slips):
        case "lists":
            return _on_wrong_list(form, chance)
        case "moved":
            return _at_wrong_choice(form, chance)
        case "sums":
            return misread(form, chance)
        case _:
            return form


def _on_wrong_list(form: VoteCount, chance: Random) -> VoteCount:
    voters = form.voters
    assert isinstance(voters, Voters), "a final form has its lists"
    assert isinstance(voters.dpt, int), "as the TPS has one"
    assert isinstance(voters.dptb, int), "and has counted who is not on it"
    moved = chance.randint(1, _MOVED_MAX)
    return replace(form, voters=replace(voters, dpt=voters.dpt - moved, dptb=voters.dptb + moved))


def _at_wrong_choice(form: VoteCount, chance: Random) -> VoteCount:
    one, other = chance.sample(sorted(form.votes), 2)
    moved = min(form.votes[one], chance.randint(1, _MOVED_MAX))
    votes = {one: form.votes[one] - moved, other: form.votes[other] + moved}
    return replace(form, votes={**form.votes, **votes})


@lru_cache(maxsize=1_024)
def _liked(seed: int, contest: Contest, lead: float) -> Mapping[str, float]:
    """Return the weight of each choice in the whole area, the first so much above the second."""
    chance = chance_of(seed, "liked", contest.id)
    while True:
        liked = {choice: chance.gammavariate(rates.EVENNESS, 1) for choice in contest.choices}
        first, second, *_ = sorted((*liked.values(), 0.0), reverse=True)
        if first >= lead * second:
            return liked


def _factor(most: float, chance: Random) -> float:
    """Return by how much a choice is liked more or less at one TPS, within a bound."""
    while True:
        drawn = chance.lognormvariate(0, rates.UNEVEN_SPREAD)
        if most == inf or 1 / most <= drawn <= most:
            return drawn


def _votes(liked: Mapping[str, float], valid: int, uneven: Mapping[str, float]) -> dict[str, int]:
    """Split the valid votes of a TPS by what is liked there; the largest gets what is left over."""
    here = {choice: weight * uneven[choice] for choice, weight in liked.items()}
    whole = sum(here.values())
    votes = {choice: int(valid * weight / whole) for choice, weight in here.items()}
    votes[max(here, key=here.__getitem__)] += valid - sum(votes.values())
    return votes
