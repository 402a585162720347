"""What follows from a change of an alert: other alerts begin, end, fall silent.

    an alert changes ──► unrest of its desa ──► limits of check-ins
                     ──► spread ──► one matter of many
                     ──► parents: who speaks for whom
                     ──► the colour of its areas
                     ──► facts of a legal ground
                     ──► who is sent to it is free ──► officers asked for and free
    a rule fails     ──► somebody is told that it does not watch any more

What follows may itself be followed by something, so it is a queue. It ends: a parent has no
parent, no colour is counted for a colour, and what holds already does not begin again.
"""

from streams.judge import (
    assignments,
    colours,
    dossiers,
    parents,
    rule_faults,
    shortages,
    spreading,
    unrest,
)
from streams.judge.telling import Teller

__all__ = ["follow"]


def follow(teller: Teller) -> None:
    """Do all that follows from what was told, in the order in which it was."""
    while teller.faults or teller.changes:
        while teller.faults:
            rule_faults.note_fault(teller, *teller.faults.pop(0))
        if not teller.changes:
            return
        change = teller.changes.pop(0)
        unrest.notice(teller, change)
        spreading.notice(teller, change)
        parents.notice(teller, change)
        colours.notice(teller, change)
        dossiers.notice(teller, change)
        assignments.notice(teller, change)
        shortages.notice(teller, change)
