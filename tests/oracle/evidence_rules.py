"""Rules W01 and W04 over a day: who has reported what where, and who has said that it is calm."""

from tests.oracle.absence import standing
from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.evidence import Verdict, in_time, judge_w01, judge_w04
from tests.oracle.folder import Folder
from tests.oracle.readings import Readings
from tests.oracle.tables import (
    POLICE,
    QUIET_MINUTES,
    W01_CORROBORATION,
    W01_WINDOW_MINUTES,
    W04_CATEGORIES,
    W04_WINDOW_MINUTES,
)
from tests.oracle.times import MINUTE
from tests.oracle.told import newest_words
from tests.oracle.values import text

__all__ = ["EvidenceRules"]


class EvidenceRules:
    """All evidence that was taken, and the conditions of the two rules."""

    def __init__(
        self, folder: Folder, book: Book, readings: Readings, rules: frozenset[str]
    ) -> None:
        """Begin without evidence."""
        self.rules = rules
        self.folder = folder
        self.book = book
        self.readings = readings
        self.conditions: dict[Identity, Condition] = {}
        self._words: dict[str, list[Event]] = {}
        """By desa: what the police said of the situation."""
        self._heard: dict[Identity, list[Event]] = {}
        """Of those: what was said where the evidence was when it came."""
        self._corrections: list[Event] = []

    def take(self, report: Event, when: Moment) -> None:
        """Take a report: as evidence, as an officer's `aman`, or as neither."""
        category = text(report.value, "category")
        where = report.place
        if where.desa and in_time(report):
            if category in W01_CORROBORATION:
                self._take_evidence(Identity("W01", where.desa, category), report, when)
            if category in W04_CATEGORIES:
                self._take_evidence(Identity("W04", where.tps or where.desa), report, when)
        self.take_calm(report, when)

    def _take_evidence(self, about: Identity, report: Event, when: Moment) -> None:
        if about.rule not in self.rules:
            return
        condition = self.conditions.setdefault(about, Condition(about))
        condition.evidence.append(report)
        verdict = self._judge(about.rule, condition.evidence, report)
        if condition.blocked and not verdict.holds:
            # A person has resolved the alert, and now the score has fallen: it has cleared.
            condition.ends(self.book, when)
        elif condition.holding:
            condition.places |= _tps_of([report])
        elif verdict.holds:
            shape = self._shape(about, verdict)
            condition.places = _tps_of(verdict.evidence)
            condition.begins(self.book, self.folder, shape, when)
            before = newest_words(self._words.get(about.scope[:13], []))
            early = [w for w in before if _is_calm(w) and self._is_there(condition, w)]
            self._calm_down(condition, early, when)

    def _judge(self, rule: str, known: list[Event], new: Event) -> Verdict:
        if rule == "W01":
            return judge_w01(self.folder, known, new)
        return judge_w04(self.folder, known, new, self.readings)

    def _shape(self, about: Identity, verdict: Verdict) -> Shape:
        severity = "critical" if about.rule == "W01" else "high"
        return Shape(severity, "OPS", verdict.tps_class, about.scope)

    def take_calm(self, event: Event, when: Moment) -> None:
        """§2 "`situation: aman` from an officer (class police), at that TPS or desa".

        It counts if it was given after the alert opened, by the sender's clock, and stands.
        """
        calm = _is_calm(event)
        if event.role in POLICE and text(event.value, "situation"):
            self._words.setdefault(event.place.desa, []).append(event)
        if event.topic == "tps.status" and "corrects" in event.value:
            self._corrections.append(event)
        elif not calm:
            return
        for about in sorted(self.conditions):
            condition = self.conditions[about]
            if condition.holding:
                own = calm and self._is_there(condition, event)
                self._calm_down(condition, [event] if own else [], when)

    def _calm_down(self, condition: Condition, words: list[Event], when: Moment) -> None:
        """See what an officer's words mean for a condition, with those that were heard before."""
        about = condition.about
        words = self._heard.setdefault(about, []) + words
        self._heard[about] = words
        if self._corrections:
            every = {event.cause: event for event in (*words, *self._corrections)}
            stood = {event.cause for event in standing(every.values(), self.readings)}
            words = [w for w in words if w.topic != "tps.status" or w.cause in stood]
        condition.calm_at = max((word.at for word in words), default=0)
        quiet = about.rule == "W04" or when.now >= self._quiet_from(condition)
        if condition.calm and quiet:
            condition.ends(self.book, when)

    def _is_there(self, condition: Condition, event: Event) -> bool:
        """Whether an officer speaks of the place that the alert is about."""
        scope = condition.about.scope
        if "-" in scope:
            return event.place.tps == scope or (
                not event.place.tps and event.place.desa == scope[:13]
            )
        if event.place.desa != scope:
            return False
        anywhere = self.readings.aman_anywhere_in_desa or not condition.places
        return anywhere or not event.place.tps or event.place.tps in condition.places

    def quiet_at(self, condition: Condition) -> int | None:
        """When a condition ends by quiet alone, if it can.

        W01 needs an officer's `aman` too, unless a person has resolved the alert: then it has
        cleared once its window is empty, and so has W04.
        """
        waits = condition.about.rule == "W01" and condition.calm
        if not condition.holding or not (waits or condition.blocked):
            return None
        return self._quiet_from(condition)

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """It has been quiet for long enough."""
        condition.ends(self.book, when)

    def _quiet_from(self, condition: Condition) -> int:
        """§4 "“N min quiet” counts from the last evidence"."""
        last = max(report.at for report in condition.evidence)
        window = W04_WINDOW_MINUTES if condition.about.rule == "W04" else W01_WINDOW_MINUTES
        assert W01_WINDOW_MINUTES == QUIET_MINUTES, "W01's window and its quiet time are one number"
        return last + window * MINUTE


def _is_calm(event: Event) -> bool:
    return text(event.value, "situation") == "aman" and event.role in POLICE


def _tps_of(reports: list[Event]) -> set[str]:
    return {report.place.tps for report in reports if report.place.tps}
