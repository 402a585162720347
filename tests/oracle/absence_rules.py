"""Rules T03, T06 and T07 over a day: which deadline is settled at which mark.

§4 "A deadline D of an absence rule is settled at the first mark at which `heard` > D, from all
records judged by then". A record may make a deadline known whose mark is past: that is settled at
the next mark, and carries D like any other.
"""

from tests.oracle.absence import (
    Deadline,
    Watch,
    not_opened,
    silences,
    standing,
    suspensions,
    watch_of,
)
from tests.oracle.book import Alert, Book, Identity, Line, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.readings import Readings
from tests.oracle.tables import (
    REHEARSED_BEFORE,
    STAGES_OF_THE_DAY,
    T03_GRACE,
    T06_LIMIT,
    T07_PAIR_LIMIT,
    T07_TPS_LIMIT,
)
from tests.oracle.times import MINUTE

__all__ = ["AbsenceRules"]


class AbsenceRules:
    """Every status that was told, and the conditions of the three rules."""

    def __init__(self, folder: Folder, book: Book, readings: Readings) -> None:
        """Watch every TPS of the folder for its opening; the rest begins with a status."""
        self.folder = folder
        self.book = book
        self.readings = readings
        self.conditions: dict[Identity, Condition] = {}
        self._of_tps: dict[str, list[Event]] = {tps: [] for tps in folder.tps}
        self._of_pair: dict[str, list[Event]] = {}
        self._started = 0
        self._settled = 0
        """`heard` at the mark before: every deadline before it has had its mark."""
        self.next_due: int | None = 0
        """Nothing is to settle until `heard` is beyond this; None: nothing at all."""

    def start(self, at: int) -> None:
        """The log begins."""
        self._started = self._settled = at
        for tps in self.folder.tps:
            self._watch(Identity("T03", tps), at)

    def _watch(self, about: Identity, since: int) -> None:
        if about not in self.conditions:
            self.conditions[about] = Condition(about, watched_since=since)

    def take(self, status: Event, when: Moment) -> None:
        """Keep a status, and end what it ends: §4 "a change that ends … doesn't wait"."""
        for about in self._touched(status, when):
            condition = self.conditions[about]
            condition.settle_next = 0
            self._review(condition, status, when)
        self.next_due = 0

    def _touched(self, status: Event, when: Moment) -> list[Identity]:
        """Keep the status where it is heard, and say which conditions may look different now."""
        tps = status.place.tps
        found = self._officers_pair(status)
        if tps:
            if tps not in self._of_tps:
                # An unknown TPS is watched from its first status on: before, nobody knew of it.
                self._of_tps[tps] = []
                self._watch(Identity("T03", tps), when.now)
            self._of_tps[tps].append(status)
            for rule in ("T06", "T07"):
                self._watch(Identity(rule, tps), self._started)
            if pair := self.folder.place(tps).pair:
                found.add(pair)
        for pair in found:
            self._of_pair.setdefault(pair, []).append(status)
            self._watch(Identity("T07", pair), self._started)
        scopes = {*([tps] if tps else []), *found}
        return sorted(about for about in self.conditions if about.scope in scopes)

    def _officers_pair(self, status: Event) -> set[str]:
        """§4b "any status of its TPS or check-in of its officers ends it"."""
        if status.kind not in {"checkin", "duress"}:
            return set()
        pair = self.folder.pair_of.get(status.officer, "")
        return {pair} if pair else set()

    def _deadlines(self, about: Identity) -> dict[str, Deadline]:
        """Every deadline of a condition, by its start, as far as is known."""
        scope = about.scope
        if scope.startswith("pair:"):
            limit = T07_PAIR_LIMIT[self.folder.class_of_pair(scope)]
            watches = [self._watch_of(tps.code) for tps in self.folder.tps_of_pair(scope)]
            found = silences(limit, self._messages(self._of_pair[scope]), _any_open(watches))
        else:
            found = self._deadlines_of_tps(about.rule, scope)
        return {deadline.start: deadline for deadline in found}

    def _deadlines_of_tps(self, rule: str, scope: str) -> list[Deadline]:
        place = self.folder.place(scope)
        stood = self._stages_of(scope)
        if rule == "T03":
            return not_opened(place.opens_at + T03_GRACE[place.tps_class] * MINUTE, stood)
        if rule == "T06":
            return suspensions(T06_LIMIT[place.tps_class], stood)
        messages = self._messages(self._of_tps[scope])
        watches = [self._watch_of(scope)]
        return silences(T07_TPS_LIMIT[place.tps_class], messages, _any_open(watches))

    def _watch_of(self, tps: str) -> Watch | None:
        return watch_of(self._stages_of(tps))

    def _stages_of(self, tps: str) -> list[Event]:
        """What a TPS said of its day and still stands by; a rehearsal is not of the day (ADR 6)."""
        first = self.folder.place(tps).opens_at - REHEARSED_BEFORE * MINUTE
        return [
            status
            for status in standing(self._of_tps.get(tps, []), self.readings)
            if status.received_at >= first or status.kind not in STAGES_OF_THE_DAY
        ]

    def _messages(self, statuses: list[Event]) -> list[Event]:
        if self.readings.taken_back_is_no_message:
            return standing(statuses, self.readings)
        return statuses

    def settle(self, heard: int, now: int) -> None:
        """A mark: settle every deadline before `heard`; lines stand in the order of their times."""
        before = len(self.book.lines)
        if self.next_due is not None and self.next_due < heard:
            for about in sorted(self.conditions):
                condition = self.conditions[about]
                due = condition.settle_next
                if due is not None and due < heard:
                    self._settle(condition, heard, now)
            waiting = [c.settle_next for c in self.conditions.values() if c.settle_next is not None]
            self.next_due = min(waiting, default=None)
        self._settled = heard
        self.book.lines[before:] = sorted(self.book.lines[before:], key=_by_time)

    def _settle(self, condition: Condition, heard: int, now: int) -> None:
        deadlines = self._deadlines(condition.about)
        for deadline in sorted(deadlines.values(), key=lambda d: d.due):
            if deadline.missed and condition.watched_since <= deadline.due < heard:
                self._settle_missed(condition, deadline, heard, now)
        coming = [
            due
            for deadline in deadlines.values()
            for due in (deadline.due, deadline.rise)
            if due is not None and due >= heard
        ]
        condition.settle_next = min(coming, default=None)

    def _settle_missed(self, condition: Condition, missed: Deadline, heard: int, now: int) -> None:
        fresh = missed.start not in condition.told
        in_its_time = missed.due >= self._settled or self.readings.late_born_and_over_is_told
        if missed.end is not None and not (fresh and in_its_time):
            return
        if missed.end is not None and missed.end.cause == condition.ended_by:
            return  # It ended with the alert of another report of the same: told already.
        condition.told.add(missed.start)
        if not condition.holding:
            when = Moment(missed.due, "deadline", now)
            condition.begins(self.book, self.folder, self._shape(condition.about), when)
            alert = condition.newest
            assert alert is not None, "what holds has an alert"
            alert.start = missed.start
        self._rise(condition, missed, heard, now)
        if missed.end is not None:
            condition.ends(self.book, Moment(missed.end.at, missed.end.cause, now))

    def _rise(self, condition: Condition, missed: Deadline, heard: int, now: int) -> None:
        """§5 "Rules that say "S→T" rise at twice the limit"."""
        alert, rise = condition.newest, missed.rise
        if rise is None or rise >= heard or (missed.end is not None and missed.end.at <= rise):
            return
        assert alert is not None, "what holds has an alert"
        if alert.severity == "medium" and alert.state not in {"returned", "resolved"}:
            self.book.raise_severity(alert, "high", Moment(rise, "deadline", now))

    def _shape(self, about: Identity) -> Shape:
        """Severity, ladder and class by domain §4b; of several ladders the alert has the first."""
        if about.scope.startswith("pair:"):
            place = self.folder.area_of_pair(about.scope)
            return Shape("medium", "OPS", self.folder.class_of_pair(about.scope), place)
        tps_class = self.folder.place(about.scope).tps_class
        if about.rule == "T03" and tps_class != "sangat_rawan":
            return Shape("medium", "ADM", tps_class, about.scope)
        severity = "medium" if about.rule == "T07" else "high"
        return Shape(severity, "OPS", tps_class, about.scope)

    def _review(self, condition: Condition, status: Event, when: Moment) -> None:
        """After a status: has the condition ended, or had it never begun?"""
        if not condition.episodes:
            return
        deadlines = self._deadlines(condition.about)
        for alert in condition.episodes:
            if alert.state == "returned" and _never_was(alert, deadlines, status):
                # What has returned never was: §4 "the alert is `resolved` with `cause: late`".
                self.book.condition_ends(alert, _late(when), late=True)
        if condition.holding:
            self._review_holding(condition, deadlines, status, when)
        for alert in condition.episodes:
            if alert.start not in deadlines:
                alert.start = ""  # Its cause is gone for good: nothing more can be late.

    def _review_holding(
        self,
        condition: Condition,
        deadlines: dict[str, Deadline],
        status: Event,
        when: Moment,
    ) -> None:
        alert = condition.newest
        assert alert is not None, "what holds has an alert"
        for other in deadlines.values():
            holds = other.start in condition.told and other.missed and other.end is None
            if holds and (self.readings.another_report_carries_on or other.start == alert.start):
                alert.start = other.start
                return
        if _never_was(alert, deadlines, status):
            condition.ends(self.book, _late(when), late=True)
        else:
            condition.ends(self.book, when)

    def look_again(self, conditions: list[Condition]) -> None:
        """A person has acted: a raise that waited may be due at the next mark."""
        for condition in conditions:
            if condition.about.rule == "T07":
                condition.settle_next = 0
        self.next_due = 0


def _never_was(alert: Alert, deadlines: dict[str, Deadline], status: Event) -> bool:
    """Whether a late status shows that the deadline by which an alert opened was not missed.

    A deadline that is gone because its start was taken back is another matter: §5 "An alert whose
    cause a status `corrects` takes back has ended (`returned` or `resolved`)".
    """
    own = deadlines.get(alert.start)
    if own is None:
        return alert.start != "" and "corrects" not in status.value
    return not own.missed


def _late(when: Moment) -> Moment:
    return Moment(when.at, "late", when.now)


def _any_open(watches: list[Watch | None]) -> "Open":
    return Open([watch for watch in watches if watch is not None])


class Open:
    """Whether any of several TPS is open at a moment."""

    def __init__(self, watches: list[Watch]) -> None:
        """Keep when each is open."""
        self.watches = watches

    def __call__(self, at: int) -> bool:
        """Tell of one moment."""
        return any(watch.holds(at) for watch in self.watches)


def _by_time(line: Line) -> tuple[int, Identity]:
    return line.at, line.about
