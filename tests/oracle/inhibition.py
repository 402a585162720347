"""Parents and children: while a parent holds, nobody is called for what it takes in.

ADR 18: "A parent *holds* while its alert is open and its condition holds. What it inhibits is what
is open and not `returned` when the parent begins, and what opens, reopens, is unshelved or
unacknowledged while it holds; a person who shelves an inhibited alert has it shelved."
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from tests.oracle.absence_rules import AbsenceRules
from tests.oracle.book import Alert, Book, Identity, Line
from tests.oracle.conditions import Condition

__all__ = ["Inhibition", "Parents", "Silenced", "holds"]


class Parents(Protocol):
    """A rule that has children."""

    @property
    def conditions(self) -> Mapping[Identity, Condition]:
        """Those that may be parents."""
        ...

    def takes_in(self, parent: Identity, alert: Alert) -> bool:
        """Whether an alert is a child of a parent that holds."""
        ...


class Inhibition:
    """Inhibits the children of parents that hold, and lets them go."""

    def __init__(self, book: Book, parents: Iterable[Parents]) -> None:
        """Keep who may be a parent."""
        self.book = book
        self.parents = tuple(parents)

    def react(self, line: Line) -> None:
        """See what a line means for its alert and for the children of it."""
        begins = line.change in {"opened", "reopened"}
        if any(line.about in group.conditions for group in self.parents):
            for alert in list(self.book.alerts.values()):
                self._look(alert, line, also_shelved=begins)
        else:
            self._look(self.book.alerts[line.alert], line, also_shelved=False)

    def _look(self, alert: Alert, line: Line, *, also_shelved: bool) -> None:
        inhibited = self._is_child(alert)
        state = alert.former if alert.state == "shelved" and also_shelved else alert.state
        if inhibited and state in {"unacknowledged", "acknowledged"}:
            # Not before the line of its parent, which may have to stand later than it was due.
            self.book.inhibit(alert, replace(line.when, at=max(line.when.at, line.at)))
        elif not inhibited and alert.state == "inhibited":
            self.book.uninhibit(alert, line.when)

    def _is_child(self, alert: Alert) -> bool:
        return any(
            holds(condition) and group.takes_in(about, alert)
            for group in self.parents
            for about, condition in group.conditions.items()
        )


class Silenced:
    """X01 as a parent: "Inhibits T07 of the TPS of that kecamatan, and of pairs all … in it"."""

    def __init__(self, absence: AbsenceRules) -> None:
        """Keep whose conditions are asked."""
        self.absence = absence

    @property
    def conditions(self) -> Mapping[Identity, Condition]:
        """Every mass silence."""
        every = self.absence.conditions.items()
        return {about: condition for about, condition in every if about.rule == "X01"}

    def takes_in(self, parent: Identity, alert: Alert) -> bool:
        """Whether an alert is a silence that is no news."""
        scope = alert.about.scope
        pair = [tps.code for tps in self.absence.folder.tps_of_pair(scope)]
        own = all(code[:8] == parent.scope for code in pair or [scope])
        return alert.about.rule == "T07" and own


def holds(condition: Condition) -> bool:
    """Whether a parent's alert is open and its condition holds."""
    return condition.holding and condition.newest is not None and condition.newest.open
