"""What an alert of a whole contest is about, and on which forms it rests."""

from typing import Final

from msgspec import Struct

from streams.alerts.case import Case
from streams.domain.alert import Evidence
from streams.domain.forms import Form
from streams.domain.ids import ElectionId, Scope
from streams.domain.journal import AcceptedCount
from streams.domain.words import TpsClass
from streams.judge.roster import most_vulnerable
from streams.judge.standing_forms import entry_of, tps_of
from streams.judge.state import PartitionState
from streams.judge.telling import Teller
from streams.rules.head import RuleHead
from streams.territory.plan import Contest, Tps

__all__ = ["Counted", "case_of_contest", "counted_of", "shown_of"]

_TOPIC: Final = "vote.counts"
_EVIDENCE_MAX: Final = 10
"""Newest forms that an alert shows; all stand in the ledgers."""


class Counted(Struct, frozen=True):
    """The TPS of a contest whose form is in its totals."""

    forms: tuple[tuple[Tps, Form], ...]

    @property
    def tps_class(self) -> TpsClass:
        """Of the most vulnerable of them."""
        return most_vulnerable(tuple(tps for tps, _ in self.forms))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The newest of their forms, in order of time."""
        forms = sorted((form for _, form in self.forms), key=lambda f: (f.at, f.id, f.source))
        return tuple(
            Evidence(_TOPIC, form.id, form.at, form.source, form.offset)
            for form in forms[-_EVIDENCE_MAX:]
        )


def shown_of(teller: Teller, case: Case, contest: Contest) -> tuple[TpsClass, tuple[Evidence, ...]]:
    """Return the class of an alert of a contest, and the newest forms that it rests on.

    All forms are looked through when it opens; after that only what has come is added, because
    a contest may have a thousand TPS and is asked about after every count.
    """
    alert = teller.state.latest_of(case.identity)
    if alert is None or not (alert.is_open and alert.holds):
        counted = counted_of(teller.state, case.election, contest)
        return counted.tps_class, counted.evidence
    accepted = teller.accepted
    known = dict.fromkeys(alert.evidence)
    if isinstance(accepted, AcceptedCount):
        event = accepted.event
        known[Evidence(_TOPIC, event.id, accepted.at, event.source.id, teller.name)] = None
    newest = sorted(known, key=lambda one: (one.at, one.id, one.source))
    return alert.tps_class, tuple(newest[-_EVIDENCE_MAX:])


def case_of_contest(election: ElectionId, head: RuleHead, contest: Contest) -> Case:
    """Return what an alert of a contest is about."""
    scope = Scope(f"contest:{contest.id}@{contest.area}")
    return Case(election, head.rule.id, scope, "", contest.area)


def counted_of(state: PartitionState, election: ElectionId, contest: Contest) -> Counted:
    """Return the forms that are in the totals of a contest: what is held back is in none."""
    watched = state.world.of(election)
    found: list[tuple[Tps, Form]] = []
    for tps in tps_of(watched.plan, contest):
        ledger = state.ledgers.get((election, tps.code, contest.id))
        entry = None if ledger is None else entry_of(watched, tps, ledger)
        if entry is not None and not entry.held:
            found.append((tps, entry.form))
    return Counted(tuple(found))
