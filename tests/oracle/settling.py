"""What a mark settles of one condition of absence: begin, rise and end, each at its own time.

§4 "A deadline D of an absence rule is settled at the first mark at which `heard` > D". A mark may
settle much at once, where `heard` has leapt or a gateway has let go: then the stops of `hold` are
passed one after the other, and what holds at one of them silences what is due at the next. What has
begun and ended by then is told whole at its beginning: nobody is called for it.
"""

from dataclasses import dataclass

from tests.oracle.absence import Deadline
from tests.oracle.absence_facts import AbsenceFacts
from tests.oracle.absence_wide import carried_on
from tests.oracle.book import Alert, Book, Moment
from tests.oracle.conditions import Condition
from tests.oracle.hold import HELD, Hold
from tests.oracle.told import Told

__all__ = ["Mark", "Settling"]


@dataclass(frozen=True)
class Mark:
    """Where the two clocks stand."""

    heard: int
    now: int


class Settling:
    """Settles deadlines."""

    def __init__(self, told: Told, book: Book, facts: AbsenceFacts, hold: Hold) -> None:
        """Keep whom to ask."""
        self.folder = told.folder
        self.readings = told.readings
        self.book = book
        self.facts = facts
        self.hold = hold
        self.settled = 0
        """`heard` at the mark before: every deadline before it has had its mark."""

    def deadlines(self, condition: Condition, alert: Alert | None = None) -> dict[str, Deadline]:
        """Every deadline of a condition, as far as is known; names are those of an episode."""
        found = self.facts.deadlines(condition.about)
        alert = alert or condition.newest
        return carried_on(found, alert) if condition.about.rule == "X01" else found

    def settle(self, condition: Condition, until: int, mark: Mark) -> None:
        """Settle what is due before a stop."""
        heard = until
        if condition.about.rule != "X01":  # Of a kecamatan it is held that its TPS are quiet.
            heard = min(until, self.hold.reach(condition.about))
        deadlines = self.deadlines(condition)
        for deadline in sorted(deadlines.values(), key=lambda d: d.due):
            if deadline.missed and condition.watched_since <= deadline.due < heard:
                self._settle_missed(condition, deadline, heard, mark)
        coming = [
            due
            for deadline in deadlines.values()
            for due in (deadline.due, deadline.rise)
            if due is not None and due >= heard
        ]
        # What is held wakes with its gateways.
        condition.settle_next = None if heard < until else min(coming, default=None)

    def _settle_missed(
        self, condition: Condition, missed: Deadline, heard: int, mark: Mark
    ) -> None:
        fresh = missed.start not in condition.told
        settled = self.settled
        if condition.about.rule != "X01":
            settled = self.hold.reach_before(condition.about, settled)
        in_its_time = missed.due >= settled or self.readings.late_born_and_over_is_told
        if missed.end is not None and not (fresh and in_its_time):
            return
        of_words = condition.about.rule not in HELD
        if of_words and missed.end is not None and missed.end.cause == condition.ended_by:
            return  # It ended with the alert of another report of the same: told already.
        condition.told.add(missed.start)
        if not condition.holding:
            shape = self.facts.shape(condition.about, missed.due)
            condition.begins(
                self.book, self.folder, shape, Moment(missed.due, "deadline", mark.now)
            )
            alert = condition.newest
            assert alert is not None, "what holds has an alert"
            alert.start, alert.deadline = missed.start, missed.due
        # What is over already rises before its end: both are told at once.
        known = heard if missed.end is None else max(heard, self.hold.reach(condition.about))
        self._rise(condition, missed, known, mark.now)
        if missed.end is not None:
            condition.ends(self.book, Moment(missed.end.at, missed.end.cause, mark.now))

    def _rise(self, condition: Condition, missed: Deadline, heard: int, now: int) -> None:
        """§5 "Rules that say "S→T" rise at twice the limit"."""
        alert, rise = condition.newest, missed.rise
        if rise is None or rise >= heard or (missed.end is not None and missed.end.at <= rise):
            return
        assert alert is not None, "what holds has an alert"
        if alert.state == "inhibited":
            alert.worse = "high" if alert.severity == "medium" else ""
        elif alert.severity == "medium" and alert.state not in {"returned", "resolved"}:
            self.book.raise_severity(alert, "high", Moment(rise, "deadline", now))
