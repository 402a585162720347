"""Rule T13 over a day: a stage that came without the one before it.

It opens "when ten minutes have passed since the receipt of the record that showed the gap, if it
is still there, with that moment" (ADR 18): by `now`, like a quiet time.
"""

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.rows import GAP_MINUTES, ILLEGAL_WITHOUT, SKEW_MINUTES
from tests.oracle.times import MINUTE
from tests.oracle.told import Told

__all__ = ["OrderRule"]


class OrderRule:
    """Gaps in the stages of every TPS."""

    def __init__(self, told: Told, book: Book) -> None:
        """Begin without a gap."""
        self.told = told
        self.folder = told.folder
        self.book = book
        self.conditions: dict[Identity, Condition] = {}
        self._waits: dict[Identity, int] = {}
        """When a gap that is there will be told."""

    def take(self, status: Event, when: Moment) -> None:
        """Judge the stages of a TPS after a status of it, which is kept already."""
        tps = status.place.tps
        gaps = {Identity("T13", tps, f"{missing}>{came}") for missing, came in self._gaps(tps)}
        for about in gaps:
            condition = self.conditions.setdefault(about, Condition(about))
            if not condition.holding:
                due = status.received_at + GAP_MINUTES * MINUTE
                self._waits.setdefault(about, due)
        known = [about for about in self.conditions if about.scope == tps]
        for about in sorted(about for about in known if about not in gaps):
            self._waits.pop(about, None)
            if self.conditions[about].holding:
                self.conditions[about].ends(self.book, when)

    def _gaps(self, tps: str) -> set[tuple[str, str]]:
        stages = self.told.stages(tps)
        found: set[tuple[str, str]] = set()
        for stage in stages:
            missing = ILLEGAL_WITHOUT.get(stage.kind)
            if missing is None:
                continue
            until = stage.at + SKEW_MINUTES * MINUTE
            if not any(other.kind == missing and other.at <= until for other in stages):
                found.add((missing, stage.kind))
        return found

    def quiet_at(self, condition: Condition) -> int | None:
        """When a gap is told."""
        return self._waits.get(condition.about)

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """Nothing has filled the gap."""
        del self._waits[condition.about]
        scope = condition.about.scope
        shape = Shape("medium", "ADM", self.folder.place(scope).tps_class, scope)
        condition.begins(self.book, self.folder, shape, when)
