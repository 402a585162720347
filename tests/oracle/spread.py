"""Rule W06 over a day: the same trouble in one desa after the other.

ADR 18: "Three desa of a kecamatan, or three connected by `adjacency.csv`, on which one opened
within 60 minutes (reopening is no opening). It takes in whatever burns in that kecamatan or is
connected with it, whenever it opened. Ends when no child of it is left open."
"""

from itertools import combinations

from tests.oracle.book import Alert, Book, Identity, Line
from tests.oracle.conditions import Condition, Shape
from tests.oracle.folder import Folder
from tests.oracle.inhibition import holds
from tests.oracle.rows import W06_DESA, W06_MINUTES, W06_RAISED_DESA
from tests.oracle.tables import TAXONOMY, most_vulnerable
from tests.oracle.times import MINUTE

__all__ = ["SpreadRule"]

_OF_REPORTS = frozenset({"W01", "W03", "W04", "W09", "W12", "W13", "W15"})
"""Rules of reports that are not restricted, and not about whose word is right (W07)."""
_POLRES_OPS = 2


class SpreadRule:
    """Every code that burns in several desa."""

    def __init__(self, folder: Folder, book: Book) -> None:
        """Begin with nothing that burns."""
        self.folder = folder
        self.book = book
        self.conditions: dict[Identity, Condition] = {}

    def react(self, line: Line) -> None:
        """See what a line means for the spreading of its code."""
        code = _code(self.book.alerts[line.alert])
        if not code:
            return
        for kecamatan in sorted({*self._began(code), *self._known(code)}):
            self._judge(Identity("W06", kecamatan, code), line)

    def takes_in(self, parent: Identity, alert: Alert) -> bool:
        """Whether an alert burns in the kecamatan of a parent or in what is connected with it."""
        if _code(alert) != parent.key:
            return False
        return alert.about.scope[:13] in self._reach(parent.scope, parent.key)

    def _burning(self, code: str) -> list[Alert]:
        """§5 "`returned` … isn't counted by W06"."""
        return [
            alert
            for alert in self.book.alerts.values()
            if _code(alert) == code and alert.open and alert.state != "returned"
        ]

    def _known(self, code: str) -> set[str]:
        return {about.scope for about in self.conditions if about.key == code}

    def _began(self, code: str) -> set[str]:
        """The kecamatan in which, or from which on, enough desa burn since about one hour."""
        burning = self._burning(code)
        taken = {
            desa
            for about, condition in self.conditions.items()
            if about.key == code and holds(condition)
            for desa in self._reach(about.scope, code)
        }
        found: set[str] = set()
        for three in combinations(sorted({a.about.scope[:13] for a in burning}), W06_DESA):
            if not _within_an_hour(burning, three):
                continue
            in_one = len({desa[:8] for desa in three}) == 1
            if in_one or (self._are_connected(three) and not set(three) <= taken):
                found.add(three[0][:8])
        return found

    def _are_connected(self, desas: tuple[str, ...]) -> bool:
        reached, rest = {desas[0]}, set(desas[1:])
        while near := {d for d in rest if any(self._touch(d, other) for other in reached)}:
            reached |= near
            rest -= near
        return not rest

    def _touch(self, one: str, other: str) -> bool:
        return frozenset({one, other}) in self.folder.neighbours

    def _reach(self, kecamatan: str, code: str) -> set[str]:
        """Every burning desa of a kecamatan, and what is connected with one over burning desa."""
        burning = {alert.about.scope[:13] for alert in self._burning(code)}
        reached = {desa for desa in burning if desa[:8] == kecamatan}
        rest = burning - reached
        while near := {d for d in rest if any(self._touch(d, other) for other in reached)}:
            reached |= near
            rest -= near
        return reached

    def _judge(self, about: Identity, line: Line) -> None:
        condition = self.conditions.setdefault(about, Condition(about))
        children = [a for a in self._burning(about.key) if self.takes_in(about, a)]
        if condition.holding and not children:
            condition.ends(self.book, line.when)
        elif condition.holding:
            condition.takes_severity(self.book, _severity(children), line.when)
        elif about.scope in self._began(about.key):
            tps_class = most_vulnerable([child.tps_class for child in children])
            severity = _severity(children)
            shape = Shape(severity, "OPS", tps_class, about.scope, start_level=_POLRES_OPS)
            condition.severity = severity
            condition.begins(self.book, self.folder, shape, line.when)


def _code(alert: Alert) -> str:
    """The code of a child: its category, "of W04, which takes two together, the rule itself"."""
    rule, key = alert.about.rule, alert.about.key
    if rule == "W04":
        return rule
    return key if rule in _OF_REPORTS and key in TAXONOMY else ""


def _within_an_hour(burning: list[Alert], desas: tuple[str, ...]) -> bool:
    """Whether in each desa one has opened, all within an hour."""
    opened = sorted(
        (a.first_at, a.about.scope[:13]) for a in burning if a.about.scope[:13] in desas
    )
    return any(
        {desa for at, desa in opened if 0 <= at - first <= W06_MINUTES * MINUTE} == set(desas)
        for first, _ in opened
    )


def _severity(children: list[Alert]) -> str:
    """Domain §4b "5 desa or a critical child raise it"."""
    desas = {child.about.scope[:13] for child in children}
    worst = any(child.severity == "critical" for child in children)
    return "critical" if worst or len(desas) >= W06_RAISED_DESA else "high"
