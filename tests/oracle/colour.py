"""Rule X03 over a day: the colour of the situation of every kecamatan and kabupaten.

ADR 18: "counted are open alerts about a place in the area, critical or high, but X03 and X06, which
tell again what others told, those of the ladder SYS, and restricted ones"; "of what was counted
before an order down nothing counts for a rise after it."
"""

from dataclasses import dataclass

from tests.oracle.book import Alert, Book, Identity, Line, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.folder import Folder
from tests.oracle.rows import RESTRICTED, X03_CALM_MINUTES, X03_HIGH, X03_MINUTES
from tests.oracle.tables import most_vulnerable
from tests.oracle.times import MINUTE

__all__ = ["COLOURS", "ColourRule"]

COLOURS = ("hijau", "kuning", "merah")
_SEVERITY_OF = {"kuning": "high", "merah": "critical"}
_BAD = ("high", "critical")


@dataclass(frozen=True)
class _Rise:
    """An alert that opened or reopened as, or rose to, what counts."""

    at: int
    alert: Alert
    severity: str


class ColourRule:
    """The colour of every area."""

    def __init__(self, folder: Folder, book: Book, *, judged: bool) -> None:
        """Begin with green; where it is not `judged` an order is done and changes nothing."""
        self.judged = judged
        self.folder = folder
        self.book = book
        self.conditions: dict[Identity, Condition] = {}
        self._colour: dict[str, str] = {}
        self._down_at: dict[str, int] = {}
        """By area: when it was last ordered down."""
        self._rises: list[_Rise] = []
        self._critical_until: dict[str, int] = {}
        """By alert: when it was last critical and open."""
        self._before: dict[str, Line] = {}
        """By alert: the line before."""

    def areas(self) -> set[str]:
        """Every area that has a colour."""
        return {code[:length] for code in self.folder.tps for length in (5, 8)}

    def react(self, line: Line) -> None:
        """See what a line means for the areas of its alert."""
        alert = self.book.alerts[line.alert]
        if not _counts(alert) or line.severity not in _BAD:
            return
        before = self._before.get(line.alert)
        self._before[line.alert] = line
        if any(one and _is_critical(one) for one in (before, line)):
            self._critical_until[line.alert] = line.at
        if line.change in {"opened", "reopened", "raised"} and line.severity in _BAD:
            self._rises.append(_Rise(line.at, alert, line.severity))
        for area in sorted(area for area in self.areas() if _lies_in(alert, area)):
            wanted = self._by_alerts(area)
            if COLOURS.index(wanted) > COLOURS.index(self._colour.get(area, "hijau")):
                self._becomes(area, wanted, line.when)

    def _open(self, area: str) -> list[Alert]:
        """§5 "`returned` … isn't counted by … X03"."""
        return [
            alert
            for alert in self.book.alerts.values()
            if _counts(alert)
            and _lies_in(alert, area)
            and alert.severity in _BAD
            and alert.state not in {"returned", "resolved"}
        ]

    def _by_alerts(self, area: str) -> str:
        """The colour that the alerts alone make."""
        down_at, open_now = self._down_at.get(area, -1), {one.id for one in self._open(area)}
        rises = [r for r in self._rises if r.alert.id in open_now and r.at > down_at]
        critical = {r.alert.id for r in rises if r.alert.severity == "critical"}
        if len(critical) > 1:
            return "merah"
        span = X03_MINUTES * MINUTE
        many = any(
            len({r.alert.id for r in rises if 0 <= r.at - first.at <= span}) >= X03_HIGH
            for first in rises
        )
        return "kuning" if critical or many else "hijau"

    def order(self, area: str, colour: str, when: Moment) -> str:
        """Carry out an order; return why it is refused, or the empty text."""
        now = self._colour.get(area, "hijau")
        if not self.judged:
            return ""
        if area not in self.areas() or colour not in COLOURS:
            return "no such area or colour"
        step = COLOURS.index(colour) - COLOURS.index(now)
        if step == 0:
            return f"{area} is {colour} already"
        if step < -1:
            return "down: one colour an order"
        if step < 0 and not self._is_calm(area, when):
            return "not calm for long enough"
        if step < 0:
            self._down_at[area] = when.at
        self._becomes(area, colour, when)
        return ""

    def _is_calm(self, area: str, when: Moment) -> bool:
        """Domain §4b X03 "down needs 45 min calm **and** a commander"."""
        if any(alert.severity == "critical" for alert in self._open(area)):
            return False
        last = [rise.at for rise in self._rises if _lies_in(rise.alert, area)]
        last += [
            at
            for alert, at in self._critical_until.items()
            if _lies_in(self.book.alerts[alert], area)
        ]
        return when.at - max(last, default=0) >= X03_CALM_MINUTES * MINUTE

    def _becomes(self, area: str, colour: str, when: Moment) -> None:
        about = Identity("X03", area)
        condition = self.conditions.setdefault(about, Condition(about))
        self._colour[area] = colour
        if colour == "hijau":
            condition.ends(self.book, when)
            return
        severity = _SEVERITY_OF[colour]
        if not condition.holding:
            tps_class = most_vulnerable([alert.tps_class for alert in self._open(area)])
            condition.severity = severity
            condition.begins(self.book, self.folder, Shape(severity, "OPS", tps_class, area), when)
        condition.takes_severity(self.book, severity, when)


def _is_critical(line: Line) -> bool:
    return line.severity == "critical" and line.state not in {"returned", "resolved"}


def _counts(alert: Alert) -> bool:
    rule = alert.about.rule
    return rule not in {"X03", "X06"} and alert.ladder != "SYS" and rule not in RESTRICTED


def _lies_in(alert: Alert, area: str) -> bool:
    return alert.place == area or alert.place.startswith((f"{area}.", f"{area}-"))
