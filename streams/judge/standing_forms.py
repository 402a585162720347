"""Which form stands for a TPS, and whether it is held back because its numbers cannot be.

Totals follow from the forms that stand, and are kept only so that a count need not add up all.
"""

from collections.abc import Iterator

from msgspec import Struct

from streams.domain.counts import Roll, impossibilities
from streams.domain.forms import Ledger, form_that_stands
from streams.domain.ids import ElectionId, kabupaten_of
from streams.domain.times import EpochMs
from streams.domain.totals import Entry, Totals, nothing_counted, replace
from streams.judge.state import PartitionState
from streams.judge.world import Watched
from streams.territory.plan import Contest, Plan, Tps, covers

__all__ = [
    "Moved",
    "contest_of",
    "entry_of",
    "nothing_counted_of",
    "recount",
    "roll_of",
    "tps_of",
]


class Moved(Struct, frozen=True):
    """What stands for a TPS in a contest has changed, or was counted again."""

    tps: Tps
    contest: str
    before: Ledger
    ledger: Ledger
    at: EpochMs
    """Of the count."""


def entry_of(watched: Watched, tps: Tps, ledger: Ledger) -> Entry | None:
    """Return the form that stands for a TPS, if there is one, and whether it is held back."""
    form = form_that_stands(ledger)
    if form is None:
        return None
    quarantine = any(rule.quarantine for rule in watched.rules.counts.forms)
    held = quarantine and bool(impossibilities(form, roll_of(watched.plan, tps)))
    return Entry(form, held)


def roll_of(plan: Plan, tps: Tps) -> Roll:
    """Return how many voters a TPS can have."""
    election = plan.election
    return Roll(tps.dpt if tps.listed else None, election.ballot_reserve, election.max_voters)


def tps_of(plan: Plan, contest: Contest) -> Iterator[Tps]:
    """Return the TPS of the plan in which a contest of one kabupaten, or below, is voted on."""
    near = plan.tps_of_kabupaten.get(kabupaten_of(contest.area), ())
    return (plan.tps[code] for code in near if covers(contest.area, code))


def contest_of(plan: Plan, contest_id: str) -> Contest | None:
    """Return a contest by its id, or None."""
    return next((one for one in plan.election.contests if one.id == contest_id), None)


def nothing_counted_of(plan: Plan, contest: Contest) -> Totals:
    """Return the totals of a contest before its first form."""
    return nothing_counted(contest.choices, (tps.dpt for tps in tps_of(plan, contest)))


def recount(state: PartitionState) -> None:
    """Add up every contest anew: the plan, or what a pack holds back, may be another than then."""
    for (election, contest_id), saved in list(state.totals.items()):
        watched = state.world.of(ElectionId(election))
        contest = contest_of(watched.plan, contest_id)
        if contest is None:
            continue
        totals = nothing_counted_of(watched.plan, contest)
        for tps in tps_of(watched.plan, contest):
            ledger = state.ledgers.get((election, tps.code, contest_id))
            entry = entry_of(watched, tps, ledger) if ledger else None
            totals = replace(totals, tps.dpt, None, entry)
        if totals != saved:
            state.totals.put((election, contest_id), totals)
