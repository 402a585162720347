"""Rule X06 over a day: facts for which a TPS may have to vote again.

ADR 18: "a ground is a fact about one TPS: `ganda` W09 of PID-02; `tercoblos` W09 of PID-03; `kotak`
T12, or W15 of LOG-04; `prosedur` W15 of PRO-03; `gangguan` T06 while a W01 or W13 of its desa is
open (what has `returned` is a fact no longer). … Ends by a person who says what Bawaslu decided."
"""

from collections.abc import Callable

from tests.oracle.book import Alert, Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.folder import Folder

__all__ = ["GroundRule"]

_GROUNDS = {
    ("W09", "PID-02"): "ganda",
    ("W09", "PID-03"): "tercoblos",
    ("T12", ""): "kotak",
    ("W15", "LOG-04"): "kotak",
    ("W15", "PRO-03"): "prosedur",
}


class GroundRule:
    """Every ground of every TPS."""

    def __init__(self, folder: Folder, book: Book, tps_of: Callable[[Alert], set[str]]) -> None:
        """Begin without a ground; `tps_of` tells which TPS the evidence of an alert names."""
        self.folder = folder
        self.book = book
        self.tps_of = tps_of
        self.conditions: dict[Identity, Condition] = {}

    def look(self, when: Moment) -> None:
        """Look at all alerts again."""
        found = self._found()
        for about in sorted({*found, *self.conditions}):
            condition = self.conditions.setdefault(about, Condition(about))
            if about in found and not condition.holding:
                tps_class = self.folder.place(about.scope).tps_class
                shape = Shape("high", "GAK", tps_class, about.scope)
                condition.begins(self.book, self.folder, shape, when)
            elif condition.blocked and about not in found:
                assert condition.newest is not None, "it never began"
                condition.clears(condition.newest.resolved_at)

    def _found(self) -> set[Identity]:
        """Every ground for which there is an open alert."""
        found: set[Identity] = set()
        for alert in self.book.alerts.values():
            about = alert.about
            ground = _GROUNDS.get((about.rule, about.key), "")
            if about.rule == "T06" and _is_a_fact(alert) and self._burns(about.scope[:13]):
                ground = "gangguan"
            if alert.open and ground:
                found |= {Identity("X06", tps, ground) for tps in self._tps(alert)}
        return found

    def _tps(self, alert: Alert) -> set[str]:
        return {alert.about.scope} if alert.about.scope[13:14] == "-" else self.tps_of(alert)

    def _burns(self, desa: str) -> bool:
        return any(
            alert.about.rule in {"W01", "W13"} and alert.about.scope == desa and _is_a_fact(alert)
            for alert in self.book.alerts.values()
        )


def _is_a_fact(alert: Alert) -> bool:
    return alert.open and alert.state != "returned"
