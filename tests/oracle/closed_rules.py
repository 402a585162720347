"""Rules W08, W09, W12 and W13 over a day: evidence of what only a person can close.

ADR 18 "Nothing but a person ends them …: no “aman”, no quiet. After that the condition has cleared
when a window has passed without a report." Until then what is told is kept, and counts later.
"""

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.evidence import Verdict, counted, in_time, voices_of, window
from tests.oracle.folder import Folder
from tests.oracle.readings import Readings
from tests.oracle.rows import CLOSED_BY_PERSONS, CLOSED_WINDOW_MINUTES, TAXONOMY_OF_CLOSED
from tests.oracle.tables import most_vulnerable
from tests.oracle.times import MINUTE

__all__ = ["ClosedRules"]

_OFFICER = "officer:"


class ClosedRules:
    """All evidence of the four rules, and their conditions."""

    def __init__(
        self, folder: Folder, book: Book, readings: Readings, rules: frozenset[str]
    ) -> None:
        """Begin without evidence."""
        self.folder = folder
        self.book = book
        self.readings = readings
        self.rules = rules
        self.conditions: dict[Identity, Condition] = {}

    def take(self, report: Event, when: Moment) -> None:
        """Take a report as evidence, if it is some."""
        rule = CLOSED_BY_PERSONS.get(report.category, "")
        if rule not in self.rules or not report.place.desa or not in_time(report):
            return
        about = _about(rule, report)
        condition = self.conditions.setdefault(about, Condition(about))
        condition.evidence.append(report)
        condition.last_evidence = max(condition.last_evidence, report.at)
        verdict = self._verdict(condition.evidence, report)
        if condition.blocked and not verdict.holds:
            condition.ends(self.book, when)
        elif not condition.holding and verdict.holds:
            shape = self._shape(about, report.category, verdict)
            condition.begins(self.book, self.folder, shape, when)

    def _verdict(self, known: list[Event], new: Event) -> Verdict:
        """Whether what is known of one matter is enough, the new report among it."""
        near = [item for item in known if item.at >= new.at - CLOSED_WINDOW_MINUTES * MINUTE]
        evidence = window(near, CLOSED_WINDOW_MINUTES)
        codes = {item.place.tps for item in evidence if item.place.tps}
        tps_class = most_vulnerable([self.folder.place(code).tps_class for code in codes])
        row = TAXONOMY_OF_CLOSED[new.category]
        enough = sum(weight for _, weight in counted(evidence)) >= row.needed
        documented = not row.documented or self._is_documented(evidence)
        return Verdict(enough and documented, evidence, tps_class)

    def _is_documented(self, evidence: list[Event]) -> bool:
        """ADR 18 "a voice that counts has something in `evidence`, of whatever kind".

        It does not matter in which of its words: all that it said is one voice.
        """
        return any(item.value.get("evidence") for voice in voices_of(evidence) for item in voice)

    def _shape(self, about: Identity, category: str, verdict: Verdict) -> Shape:
        row, place, tps_class = TAXONOMY_OF_CLOSED[category], about.scope, verdict.tps_class
        if place.startswith(_OFFICER):
            pair = self.folder.pair_of.get(place)
            if pair:
                tps_class = self.folder.class_of_pair(pair)
            place = place.removeprefix(_OFFICER)[:5]
        return Shape(row.severity, row.ladder, tps_class, place)

    def quiet_at(self, condition: Condition) -> int | None:
        """When what a person has resolved has cleared; what nobody has resolved never does."""
        if not condition.blocked:
            return None
        return condition.last_evidence + CLOSED_WINDOW_MINUTES * MINUTE

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """A window has passed without a report: it has cleared, not before it was resolved."""
        assert condition.newest is not None, "it never began"
        condition.clears(max(when.at, condition.newest.resolved_at))


def _about(rule: str, report: Event) -> Identity:
    """§4 "W04, W09, W12 without a TPS take the desa", ADR 18: what an alert is about."""
    where = report.place.tps or report.place.desa
    match rule:
        case "W08":
            return Identity(rule, report.subject or where)
        case "W13":
            return Identity(rule, report.place.desa, report.category)
        case _:
            return Identity(rule, where, report.category)
