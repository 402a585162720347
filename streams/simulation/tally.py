"""How a TPS has voted: the numbers of its forms, which add up on an ordinary day.

    votes of all choices            = valid
    valid + invalid                 = used = voters of all lists
    used + spoiled + unused         = received

A provisional form has the ballots that were read so far, so its numbers only grow. Who leads is the
same all over the area of a contest, and by so much that nobody calls it narrow (V07), neither there
nor at a single TPS: a narrow result is a story.
"""

from collections.abc import Mapping
from random import Random
from typing import Final

from msgspec import UNSET, Struct, UnsetType

from streams.domain.events import Ballots, Voters
from streams.simulation.post import chance_of
from streams.territory.plan import Contest, ElectionKind, Plan, Tps

__all__ = ["EMPTY_COLUMN", "Tally", "tally_of"]

EMPTY_COLUMN: Final = "kosong"
"""The choice against a single pair: it has votes, and no camp."""
_LEAD: Final = (0.12, 0.2)
"""By which share the first is above an even split."""
_UNEVEN: Final = (0.95, 1.05)
"""How much a choice is liked at one TPS, of what it is in the whole area."""
_INVALID: Final = (0.008, 0.035)
_SPOILED_MAX: Final = 3
_ADDED_MAX: Final = 3
"""Voters of each list besides the DPT."""


class Tally(Struct, frozen=True):
    """What a form says of one contest at one TPS."""

    contest: str
    votes: Mapping[str, int]
    invalid: int
    ballots: Ballots | UnsetType = UNSET
    voters: Voters | UnsetType = UNSET

    @property
    def valid(self) -> int:
        """All votes for a choice."""
        return sum(self.votes.values())

    @property
    def used(self) -> int:
        """All ballots that were put into the box."""
        return self.valid + self.invalid

    def when_read(self, share: float) -> "Tally":
        """Return the tally when this share of the ballots has been read, without the lists."""
        votes = {choice: int(count * share) for choice, count in self.votes.items()}
        return Tally(self.contest, votes, int(self.invalid * share))


def tally_of(plan: Plan, tps: Tps, contest: Contest, drawn: tuple[int, int]) -> Tally:
    """Return how a TPS votes in a contest.

    Args:
        plan: The election.
        tps: Where.
        contest: In what.
        drawn: The seed of the day, and how many have voted at the TPS.
    """
    seed, used = drawn
    chance = chance_of(seed, "tally", contest.id, tps.code)
    invalid = int(used * chance.uniform(*_INVALID))
    received = plan.election.ballots_due(tps.dpt)
    spoiled = min(chance.randint(0, _SPOILED_MAX), received - used)
    return Tally(
        contest=contest.id,
        votes=_votes(_liked(seed, contest), used - invalid, chance),
        invalid=invalid,
        ballots=Ballots(
            received=received, used=used, spoiled=spoiled, unused=received - used - spoiled
        ),
        voters=_voters(plan.election.kind, used, chance),
    )


def _liked(seed: int, contest: Contest) -> dict[str, float]:
    """Return the share of each choice in the whole area."""
    chance = chance_of(seed, "contest", contest.id)
    first, *others = chance.sample(contest.choices, len(contest.choices))
    lead = 1 / len(contest.choices) + chance.uniform(*_LEAD)
    return {first: lead} | dict.fromkeys(others, (1 - lead) / len(others))


def _votes(liked: Mapping[str, float], valid: int, chance: Random) -> dict[str, int]:
    weights = {choice: share * chance.uniform(*_UNEVEN) for choice, share in sorted(liked.items())}
    whole = sum(weights.values())
    votes = {choice: int(valid * weight / whole) for choice, weight in weights.items()}
    votes[max(weights, key=weights.__getitem__)] += valid - sum(votes.values())
    return votes


def _voters(kind: ElectionKind, used: int, chance: Random) -> Voters:
    """Split those who voted by list; a village knows no list of those with an identity card."""
    lists = 1 if kind is ElectionKind.PILKADES else 2
    dptb, *rest = (min(chance.randint(0, _ADDED_MAX), used // 4) for _ in range(lists))
    dpk = rest[0] if rest else UNSET
    return Voters(dpt=used - dptb - (dpk or 0), dptb=dptb, dpk=dpk)
