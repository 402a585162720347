"""Which form stands for a TPS, and whether it is held back because its numbers cannot be."""

from streams.domain.counts import Roll, impossibilities
from streams.domain.forms import Ledger, form_that_stands
from streams.domain.totals import Entry
from streams.judge.state import Watched
from streams.territory.plan import Plan, Tps

__all__ = ["entry_of", "roll_of"]


def entry_of(watched: Watched, tps: Tps, ledger: Ledger) -> Entry | None:
    """Return the form that stands for a TPS, if there is one, and whether it is held back."""
    form = form_that_stands(ledger)
    if form is None:
        return None
    quarantine = any(rule.quarantine for rule in watched.rules.forms)
    held = quarantine and bool(impossibilities(form, roll_of(watched.plan, tps)))
    return Entry(form, held)


def roll_of(plan: Plan, tps: Tps) -> Roll:
    """Return how many voters a TPS can have."""
    election = plan.election
    return Roll(tps.dpt if tps.listed else None, election.ballot_reserve, election.max_voters)
