"""Rules about alerts, not about records: what they make of every line that was written.

A line that one of them writes may mean something to the others, so each line is looked at in its
turn until nothing new is written. All that follows from a line carries its moment and cause.
"""

from tests.oracle.absence_rules import AbsenceRules
from tests.oracle.book import Alert, Book, Moment
from tests.oracle.colour import ColourRule
from tests.oracle.folder import Folder
from tests.oracle.grounds import GroundRule
from tests.oracle.inhibition import Inhibition, Silenced
from tests.oracle.report_rules import ReportRules
from tests.oracle.roster_rule import RosterRule
from tests.oracle.spread import SpreadRule
from tests.oracle.stage_rules import SealRule

__all__ = ["Overseer"]


class Overseer:
    """W06, X03, X06, X07 and inhibition."""

    def __init__(
        self,
        folder: Folder,
        book: Book,
        asked: tuple[AbsenceRules, ReportRules, SealRule],
        rules: frozenset[str],
    ) -> None:
        """Begin with no line seen."""
        absence, self.reports, self.seals = asked
        self.book = book
        self.rules = rules
        self.spread = SpreadRule(folder, book)
        self.colours = ColourRule(folder, book, judged="X03" in rules)
        self.grounds = GroundRule(folder, book, self._tps_of)
        self.roster = RosterRule(folder, book)
        self.inhibition = Inhibition(book, (Silenced(absence), self.spread))
        self._seen = 0

    def _tps_of(self, alert: Alert) -> set[str]:
        """Which TPS the evidence of an alert of a box or desa names."""
        if alert.about.rule == "T12":
            return self.seals.tps_of(alert.about.scope)
        condition = self.reports.conditions.get(alert.about)
        return set() if condition is None else condition.places

    def look(self) -> None:
        """See every line that was written since."""
        while self._seen < len(self.book.lines):
            line = self.book.lines[self._seen]
            self._seen += 1
            if "W06" in self.rules:
                self.spread.react(line)
            if "X06" in self.rules:
                self.grounds.look(line.when)
            if "X03" in self.rules:
                self.colours.react(line)
            self.inhibition.react(line)

    def hear(self, when: Moment) -> None:
        """See what a report has added to an alert that makes no line of it."""
        if "X06" in self.rules:
            self.grounds.look(when)
        self.look()
