"""Rules W05 and W14 over a day: many sources in one desa, and one source that does not stop."""

import math

from tests.oracle.absence import standing
from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.evidence import in_time
from tests.oracle.folder import Folder
from tests.oracle.readings import Readings
from tests.oracle.rows import W05_QUARTERS, W05_THRESHOLD, W14_REPORTS, W14_WINDOW_MINUTES
from tests.oracle.tables import most_vulnerable
from tests.oracle.times import MINUTE

__all__ = ["FloodRule", "SurgeRule", "poisson_tail"]

_QUARTER = 15 * MINUTE
_NORMAL_MINUTES = 45
"""W05: a quarter of an hour of the window, and half an hour of quiet."""
_FLOOD_QUIET_MINUTES = 30
_FLOOR = 0.2


def poisson_tail(n: int, mean: float) -> float:
    """P(X ≥ n) of a Poisson variable."""
    return 1 - sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(n))


class _Reports:
    """Reports by scope, without those that were taken back."""

    def __init__(self, readings: Readings) -> None:
        self.readings = readings
        self._of: dict[str, list[Event]] = {}
        self._corrections: list[Event] = []

    def take(self, scope: str, report: Event) -> None:
        self._of.setdefault(scope, []).append(report)

    def take_back(self, correction: Event) -> None:
        self._corrections.append(correction)

    def of(self, scope: str) -> list[Event]:
        known = self._of.get(scope, [])
        statuses = [report for report in known if report.topic == "tps.status"]
        if not statuses or not self._corrections:
            return known
        stood = standing([*statuses, *self._corrections], self.readings)
        return [report for report in known if report not in statuses or report in stood]


class SurgeRule:
    """W05: "report surge"."""

    def __init__(self, folder: Folder, book: Book, readings: Readings) -> None:
        """Begin without reports."""
        self.folder = folder
        self.book = book
        self.conditions: dict[Identity, Condition] = {}
        self._reports = _Reports(readings)
        self._quiet: dict[Identity, int] = {}

    def take(self, report: Event, when: Moment) -> None:
        """Count a report, of whatever category."""
        desa = report.place.desa
        if not desa or not in_time(report):
            return
        self._reports.take(desa, report)
        about = Identity("W05", desa)
        condition = self.conditions.setdefault(about, Condition(about))
        if not condition.holding:
            self._judge(condition, when)
        if condition.holding:
            self._quiet[about] = self._normal_at(condition)

    def _judge(self, condition: Condition, when: Moment) -> None:
        """ADR 18: n sources in the quarter up to the newest, against the 8 quarters before.

        What is over by the time that it becomes known is told to nobody.
        """
        desa = condition.about.scope
        reports = self._reports.of(desa)
        if not reports:
            return  # What it says was taken back before it came.
        newest = max(report.at for report in reports)
        near = [report for report in reports if report.at >= newest - _QUARTER]
        n = len({report.source for report in near})
        # A quarter ends where the one after it begins: at that moment it is the later one's.
        quarters = {
            (report.source, -((report.at - newest) // _QUARTER) - 1)
            for report in reports
            if report.at < newest - _QUARTER
        }
        before = [quarter for _, quarter in quarters if quarter <= W05_QUARTERS]
        mean = max(_FLOOR, len(before) / W05_QUARTERS)
        codes = {report.place.tps for report in near if report.place.tps}
        tps_class = most_vulnerable([self.folder.place(code).tps_class for code in codes])
        if n >= W05_THRESHOLD[tps_class] and poisson_tail(n, mean) < 0.001:
            condition.threshold = W05_THRESHOLD[tps_class]
            if self._normal_at(condition) <= when.now:
                return
            shape = Shape("medium", "OPS", tps_class, desa, start_level=1)
            condition.begins(self.book, self.folder, shape, when)

    def _normal_at(self, condition: Condition) -> int:
        """ADR 18 "45 minutes after the newest report of the … threshold-th newest" source."""
        last: dict[str, int] = {}
        for report in self._reports.of(condition.about.scope):
            last[report.source] = max(report.at, last.get(report.source, 0))
        newest_first = sorted(last.values(), reverse=True)
        counted = newest_first[condition.threshold - 1 : condition.threshold] or [0]
        return counted[0] + _NORMAL_MINUTES * MINUTE

    def take_back(self, correction: Event, when: Moment) -> None:
        """A status that said `gangguan` was a report, and is none any more."""
        self._reports.take_back(correction)
        for about in sorted(self._quiet):
            before, self._quiet[about] = self._quiet[about], self._normal_at(self.conditions[about])
            if self._quiet[about] < before and self._quiet[about] <= when.now:
                self.falls_due(self.conditions[about], when)

    def quiet_at(self, condition: Condition) -> int | None:
        """When the rate has been normal for half an hour."""
        return self._quiet.get(condition.about)

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """It has been."""
        del self._quiet[condition.about]
        condition.ends(self.book, when)


class FloodRule:
    """W14: "reporter flood"."""

    def __init__(self, folder: Folder, book: Book, readings: Readings) -> None:
        """Begin without reports."""
        self.folder = folder
        self.book = book
        self.conditions: dict[Identity, Condition] = {}
        self._reports = _Reports(readings)

    def is_flooding(self, report: Event) -> bool:
        """Whether a report's source floods, so that it weighs little."""
        condition = self.conditions.get(Identity("W14", _scope(report)))
        return condition is not None and condition.holding

    def take(self, report: Event, when: Moment) -> None:
        """Count a report, wherever in the kabupaten it is about."""
        if not in_time(report):
            return
        scope = _scope(report)
        self._reports.take(scope, report)
        about = Identity("W14", scope)
        condition = self.conditions.setdefault(about, Condition(about))
        if not condition.holding and self._too_many(scope, report):
            if self._silent_at(scope, report) <= when.now:
                return  # What is over by the time that it becomes known is told to nobody.
            codes = {known.place.tps for known in self._reports.of(scope) if known.place.tps}
            tps_class = most_vulnerable([self.folder.place(code).tps_class for code in codes])
            shape = Shape("low", "OPS", tps_class, report.place.kabupaten)
            condition.begins(self.book, self.folder, shape, when)

    def _too_many(self, scope: str, report: Event) -> bool:
        """Whether more than ten, this one among them, lie within ten minutes."""
        times = sorted(known.at for known in self._reports.of(scope))
        span = W14_WINDOW_MINUTES * MINUTE
        runs = zip(times, times[W14_REPORTS:], strict=False)
        return any(last - first <= span and first <= report.at <= last for first, last in runs)

    def _silent_at(self, scope: str, report: Event) -> int:
        """When half an hour had first passed without a word since a report."""
        silent_at = report.at + _FLOOD_QUIET_MINUTES * MINUTE
        for at in sorted(known.at for known in self._reports.of(scope)):
            if report.at <= at < silent_at:
                silent_at = at + _FLOOD_QUIET_MINUTES * MINUTE
        return silent_at

    def take_back(self, correction: Event, when: Moment) -> None:
        """As in W05."""
        held = [self.conditions[a] for a in sorted(self.conditions) if self.conditions[a].holding]
        before = {condition.about: self._stopped_at(condition.about.scope) for condition in held}
        self._reports.take_back(correction)
        for condition in held:
            stopped_at = self._stopped_at(condition.about.scope)
            if stopped_at < before[condition.about] and stopped_at <= when.now:
                condition.ends(self.book, when)

    def _stopped_at(self, scope: str) -> int:
        """ADR 18 "Ends 30 minutes after its last report"."""
        last = max((report.at for report in self._reports.of(scope)), default=0)
        return last + _FLOOD_QUIET_MINUTES * MINUTE

    def quiet_at(self, condition: Condition) -> int | None:
        """When it has stopped."""
        return self._stopped_at(condition.about.scope) if condition.holding else None

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """It has stopped."""
        condition.ends(self.book, when)


def _scope(report: Event) -> str:
    return f"source:{report.place.kabupaten}/{report.source}"
