"""Rules W03 and W15 over a day: evidence of what is serious and not critical.

Both end when 60 minutes have passed since the last evidence *and* the alert is acknowledged, at the
later of the two (ADR 18). Nobody's "aman" ends them.
"""

from collections.abc import Callable

from tests.oracle.absence import standing
from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.evidence import Verdict, counted, easier, in_time, window
from tests.oracle.folder import Folder
from tests.oracle.forms import side_of
from tests.oracle.posture import Posture
from tests.oracle.readings import Readings
from tests.oracle.rows import (
    TAXONOMY_OF_W15,
    W03_CATEGORIES,
    W03_THRESHOLD,
    W03_WINDOW_MINUTES,
    W15_WINDOW_MINUTES,
)
from tests.oracle.tables import most_vulnerable, tighter
from tests.oracle.times import MINUTE

__all__ = ["ReportRules"]

_QUIET_MINUTES = 60
_TWO_CLASSES = ("KAM-10",)
_OFFICIAL = ("organisers", "supervisors", "police")
_Judge = Callable[[list[Event]], Verdict]


class ReportRules:
    """All evidence of the two rules, and their conditions."""

    def __init__(
        self,
        folder: Folder,
        book: Book,
        asked: tuple[Readings, frozenset[str]],
        posture: Posture,
    ) -> None:
        """Begin without evidence; `asked` is how to read, and which rules to judge."""
        self.folder = folder
        self.book = book
        self.readings, self.rules = asked
        self.posture = posture
        self.conditions: dict[Identity, Condition] = {}
        self._known: dict[tuple[str, str], list[Event]] = {}
        """By desa and category: every report that was evidence when it came."""
        self._corrections: list[Event] = []

    def take(self, report: Event, when: Moment) -> None:
        """Take a report as evidence, if it is some."""
        desa, category = report.place.desa, report.category
        if not desa or not in_time(report):
            return
        if category in W03_CATEGORIES and "W03" in self.rules:
            self._known.setdefault((desa, category), []).append(report)
            self._weigh(Identity("W03", desa, category), report, when)
        if category in TAXONOMY_OF_W15 and "W15" in self.rules:
            self._known.setdefault((desa, category), []).append(report)
            of_tps = Identity("W15", report.place.tps, category)
            if not report.place.tps or not self._weigh(of_tps, report, when):
                self._weigh(Identity("W15", desa, category), report, when)

    def _weigh(self, about: Identity, report: Event, when: Moment) -> bool:
        """Judge a condition with a new report; tell whether it holds."""
        condition = self.conditions.setdefault(about, Condition(about))
        condition.last_evidence = max(condition.last_evidence, report.at)
        evidence = self._evidence(about)
        minutes = _window_minutes(about.rule)
        near = [item for item in evidence if item.at >= report.at - minutes * MINUTE]
        verdict = self._verdict(about, near, when)
        if condition.blocked and not verdict.holds:
            condition.ends(self.book, when)
        elif not condition.holding and verdict.holds:
            condition.begins(self.book, self.folder, self._shape(about, verdict), when)
            condition.places = {e.place.tps for e in verdict.evidence if e.place.tps}
        elif condition.holding and report.place.tps:
            condition.places.add(report.place.tps)
        return condition.holding

    def _evidence(self, about: Identity) -> list[Event]:
        """What a condition is judged by, as far as it was not taken back."""
        known = self._known.get((about.scope[:13], about.key), [])
        statuses = [item for item in known if item.topic == "tps.status"]
        stood = standing([*statuses, *self._corrections], self.readings) if statuses else []
        known = [item for item in known if item not in statuses or item in stood]
        if about.rule == "W03":
            return known
        if "-" in about.scope:
            return [item for item in known if item.place.tps == about.scope]
        own = [tps for tps in {item.place.tps for item in known} if self._holds_alone(tps, about)]
        return [item for item in known if item.place.tps not in own]

    def _holds_alone(self, tps: str, about: Identity) -> bool:
        """Whether a TPS has an alert of its own of a category."""
        condition = self.conditions.get(Identity("W15", tps, about.key)) if tps else None
        return condition is not None and condition.holding

    def _verdict(self, about: Identity, near: list[Event], when: Moment) -> Verdict:
        if not near:
            return Verdict(holds=False, evidence=[], tps_class="kurang_rawan")
        evidence = window(near, _window_minutes(about.rule))
        codes = {item.place.tps for item in evidence if item.place.tps}
        tps_class = most_vulnerable([self.folder.place(code).tps_class for code in codes])
        voices = counted(evidence)
        score = sum(weight for _, weight in voices)
        sides = {side_of(item).partition(" ")[0] for item, _ in voices}
        if about.rule == "W03":
            tight = self.posture.holds(about.scope, when.at)
            needed = W03_THRESHOLD[tighter(tps_class) if tight else tps_class]
            enough = score >= needed and (about.key not in _TWO_CLASSES or len(sides) > 1)
            return Verdict(enough, evidence, tps_class)
        row = TAXONOMY_OF_W15[about.key]
        enough = score > 0 if row.needed == 0 else score >= easier(row.needed, tps_class)
        official = any(side in _OFFICIAL for side in sides)
        return Verdict(enough and (official or not row.official), evidence, tps_class)

    def _shape(self, about: Identity, verdict: Verdict) -> Shape:
        if about.rule == "W03":
            return Shape("high", "OPS", verdict.tps_class, about.scope)
        row = TAXONOMY_OF_W15[about.key]
        return Shape(row.severity, row.ladder, verdict.tps_class, about.scope)

    def take_back(self, correction: Event, when: Moment) -> None:
        """§5 "An alert whose cause a status `corrects` takes back has ended"."""
        held = sorted(a for a, c in self.conditions.items() if c.holding and a.key == "UMM-01")
        before = {about: len(self._evidence(about)) for about in held}
        self._corrections.append(correction)
        for about in held:
            left = self._evidence(about)
            if len(left) < before[about] and not self._ever_enough(about, left, when):
                self.conditions[about].ends(self.book, when)

    def _ever_enough(self, about: Identity, left: list[Event], when: Moment) -> bool:
        """Whether the evidence up to any moment would have been enough by itself."""
        return any(
            self._verdict(about, [item for item in left if item.at <= newest.at], when).holds
            for newest in left
        )

    def quiet_at(self, condition: Condition) -> int | None:
        """When a condition ends, or when what a person has resolved has cleared."""
        alert = condition.newest
        if not condition.holding or alert is None:
            return None
        if condition.blocked:
            return condition.last_evidence + _window_minutes(condition.about.rule) * MINUTE
        state = alert.former if alert.state in {"shelved", "inhibited"} else alert.state
        if state != "acknowledged":
            return None
        return max(condition.last_evidence + _QUIET_MINUTES * MINUTE, alert.last_at)

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """It has been quiet for long enough."""
        condition.ends(self.book, when)

    def look_again(self, alerts: set[str], when: Moment) -> None:
        """A person has acted on alerts: what he has acknowledged may have been quiet for long."""
        for about in sorted(self.conditions):
            condition = self.conditions[about]
            if condition.newest is None or condition.newest.id not in alerts or condition.blocked:
                continue
            quiet = self.quiet_at(condition)
            if quiet is not None and quiet <= max(when.now, when.at):
                condition.ends(self.book, when)


def _window_minutes(rule: str) -> int:
    return W03_WINDOW_MINUTES if rule == "W03" else W15_WINDOW_MINUTES
