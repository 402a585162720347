"""Rules of absence over a day: which deadline is settled at which mark.

§4 "A deadline D of an absence rule is settled at the first mark at which `heard` > D, from all
records judged by then". A record may make a deadline known whose mark is past: that is settled at
the next mark, and carries D like any other.
"""

from collections.abc import Callable

from tests.oracle.absence import Deadline
from tests.oracle.absence_facts import AbsenceFacts
from tests.oracle.absence_reviews import by_time, has_returned, late, never_was, own_deadline
from tests.oracle.book import Book, Identity, Moment
from tests.oracle.boxes import BOX_KINDS, boxes_at
from tests.oracle.conditions import Condition
from tests.oracle.events import Event
from tests.oracle.hold import HELD, Hold
from tests.oracle.posture import Posture
from tests.oracle.settling import Mark, Settling
from tests.oracle.told import Told, is_plain

__all__ = ["AbsenceRules"]

_BY_THE_CLOCK = ("T01", "T03", "T09")
"""Missed also of a TPS that says nothing at all."""
_OF_WORDS = ("T05", "T06", "T07", "T08", "V10")
_OF_BOXES = ("T10", "T11")
_OF_COUNTS = ("T05", "T08", "T09", "V10")


class AbsenceRules:
    """The conditions of the rules of absence."""

    def __init__(self, told: Told, book: Book, posture: Posture, rules: frozenset[str]) -> None:
        """Watch every TPS of the folder; the rest begins with a word of it."""
        self.told = told
        self.folder = told.folder
        self.book = book
        self.readings = told.readings
        self.rules = rules
        self.hold = Hold(told.folder)
        self.facts = AbsenceFacts(told, book, posture, self.hold)
        self.settling = Settling(told, book, self.facts, self.hold)
        self.posture = posture
        self.conditions: dict[Identity, Condition] = {}
        self._by_scope: dict[str, list[Identity]] = {}
        self._started = 0
        self.next_due: int | None = 0
        """Nothing is to settle until `heard` is beyond this; None: nothing at all."""

    def start(self, at: int) -> None:
        """The log begins."""
        self._started = self.settling.settled = at
        for tps in self.folder.tps:
            self._watch_by_clock(tps, at)

    def _watch_by_clock(self, tps: str, since: int) -> None:
        """An unknown TPS is watched from its first word on: before, nobody knew of it."""
        for rule in _BY_THE_CLOCK:
            self._watch(Identity(rule, tps), since)

    def _watch(self, about: Identity, since: int) -> None:
        if about.rule in self.rules and about not in self.conditions:
            self.conditions[about] = Condition(about, watched_since=since)
            self._by_scope.setdefault(about.scope, []).append(about)

    def take(self, status: Event, when: Moment) -> None:
        """Keep a status, and end what it ends: §4 "a change that ends … doesn't wait"."""
        pairs = self._officers_pair(status)
        if (tps := status.place.tps) and (pair := self.folder.place(tps).pair):
            pairs.add(pair)
        self.told.take_status(status, pairs)
        for pair in pairs:
            self._watch(Identity("T07", pair), self._started)
        touched = [about for pair in pairs for about in self._by_scope.get(pair, [])]
        touched += self._touched_wide(status)
        if tps:
            touched += self._touched_of_tps(status, when)
        self._look_at(touched, status, when)

    def _touched_wide(self, status: Event) -> list[Identity]:
        """An officer who checks in, or whose TPS has something to say, and a kecamatan."""
        self.facts.wide.take(status)
        touched: list[Identity] = []
        if status.kind == "checkin":
            self._watch(Identity("W10", status.officer), self._started)
        if status.place.tps in self.folder.tps:
            kecamatan = Identity("X01", status.place.tps[:8])
            self._watch(kecamatan, self._started)
            touched.append(kecamatan)
        if status.officer or not is_plain(status):
            touched += [Identity("W10", officer) for officer in self.facts.wide.concerned(status)]
        return [about for about in touched if about in self.conditions]

    def trouble(self) -> None:
        """Alerts have opened or ended: what an officer has time for may be another limit now."""
        for about, condition in self.conditions.items():
            if about.rule == "W10":
                condition.settle_next = self.next_due = 0

    def _touched_of_tps(self, status: Event, when: Moment) -> list[Identity]:
        """Which conditions of its TPS a status may change."""
        tps = status.place.tps
        self._watch_by_clock(tps, when.now)
        for rule in _OF_WORDS:
            self._watch(Identity(rule, tps), self._started)
        if is_plain(status):
            return [about for about in self._by_scope.get(tps, []) if about.rule == "T07"]
        return [*self._by_scope.get(tps, []), *self._touched_boxes(status)]

    def _touched_boxes(self, status: Event) -> list[Identity]:
        tps = status.place.tps
        if status.kind in BOX_KINDS or "corrects" in status.value:
            boxes = boxes_at(self.told, tps)
            for scope in (boxes.scope(name) for name in sorted(boxes.names())):
                self.facts.tps_of_box.setdefault(scope, set()).add(tps)
                for rule in _OF_BOXES:
                    self._watch(Identity(rule, scope), self._started)
        own = [scope for scope, codes in self.facts.tps_of_box.items() if tps in codes]
        return [about for scope in own for about in self._by_scope.get(scope, [])]

    def take_count(self, count: Event, when: Moment) -> None:
        """Look at what a count, which is kept already, may end."""
        tps = count.place.tps
        self._watch_by_clock(tps, when.now)
        of_tps = self._by_scope.get(tps, [])
        self._look_at([about for about in of_tps if about.rule in _OF_COUNTS], count, when)

    def _look_at(self, touched: list[Identity], word: Event, when: Moment) -> None:
        for about in sorted(touched):
            condition = self.conditions[about]
            condition.settle_next = 0
            self._review(condition, word, when)
        self.next_due = 0

    def _officers_pair(self, status: Event) -> set[str]:
        """§4b "any status of its TPS or check-in of its officers ends it"."""
        if status.kind not in {"checkin", "duress"}:
            return set()
        pair = self.folder.pair_of.get(status.officer, "")
        return {pair} if pair else set()

    def settle(self, heard: int, now: int, look: Callable[[], None]) -> None:
        """A mark: settle every deadline before `heard`, the earlier first; `look` at each."""
        self._look_at_postures()
        self._look_at_gateways(heard)
        if self.next_due is not None and self.next_due < heard:
            waiting = self._waiting(heard)
            asked = [(c.about, self.settling.deadlines(c).values()) for c in waiting]
            for until in self.hold.stops(asked, self.settling.settled, heard):
                before = len(self.book.lines)
                for condition in waiting:
                    self.settling.settle(condition, until, Mark(heard, now))
                self.book.lines[before:] = sorted(self.book.lines[before:], key=by_time)
                look()
            coming = [c.settle_next for c in self.conditions.values() if c.settle_next is not None]
            if (change := self.hold.gateways.next_change(heard)) is not None:
                coming.append(change)
            self.next_due = min(coming, default=None)
        self.settling.settled = heard

    def _waiting(self, heard: int) -> list[Condition]:
        """The conditions that have something to settle, in their order."""
        found = [
            condition
            for condition in self.conditions.values()
            if condition.settle_next is not None and condition.settle_next < heard
        ]
        return sorted(found, key=lambda condition: condition.about)

    def _look_at_postures(self) -> None:
        """A posture has gone up or down: boxes on their way may be due at another time."""
        if self.posture.changed:
            self.posture.changed = False
            for condition in (c for about, c in self.conditions.items() if about.rule in _OF_BOXES):
                condition.settle_next = self.next_due = 0

    def take_heartbeat(self, heartbeat: Event) -> None:
        """Keep what a gateway says of itself: it counts at a mark beyond its receipt."""
        self.hold.gateways.take(heartbeat)
        self.next_due = 0

    def _look_at_gateways(self, heard: int) -> None:
        """Some silence may be held, or be free again."""
        known = self.conditions.items() if self.hold.gateways.known else ()
        own = [condition for about, condition in known if about.rule in HELD]
        codes = {c.about.scope for c in own if "-" in c.about.scope}
        moved = self.hold.move(heard, codes)
        for condition in own if moved else []:
            if not moved.isdisjoint(self.hold.codes_of(condition.about)):
                condition.settle_next = self.next_due = 0

    def _review(self, condition: Condition, status: Event, when: Moment) -> None:
        """After a status: has the condition ended, or had it never begun?"""
        if not condition.episodes:
            return
        deadlines = self.settling.deadlines(condition)
        for alert in condition.episodes:
            named = self.settling.deadlines(condition, alert) if has_returned(alert) else {}
            if has_returned(alert) and never_was(alert, named, status):
                # What has returned never was: §4 "the alert is `resolved` with `cause: late`".
                self.book.condition_ends(alert, late(when), late=True)
                if alert is condition.newest:
                    condition.ended_at = alert.last_at
        if condition.holding:
            self._review_holding(condition, deadlines, status, when)
        for alert in condition.episodes:
            own = own_deadline(alert, self.settling.deadlines(condition, alert))
            if own is None or not own.missed:
                alert.start = ""  # What there was to tell of it is told: nothing can be late now.

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
            own = other is own_deadline(alert, deadlines)
            # Another word of a suspension is a deadline of its own only from now on.
            due = condition.about.rule == "T06" and other.due < self.settling.settled
            told = own or due or other.start in condition.told
            holds = told and other.missed and other.end is None
            as_told = own or other.due <= alert.deadline
            if holds and (self.readings.another_report_carries_on or as_told):
                if own:
                    alert.deadline = max(alert.deadline, other.due)
                else:
                    alert.start = other.start
                return
        if never_was(alert, deadlines, status):
            condition.ends(self.book, late(when), late=True)
        else:
            condition.ends(self.book, when)

    def look_again(self, conditions: list[Condition]) -> None:
        """A person has acted: a raise that waited may be due at the next mark."""
        for condition in conditions:
            if condition.about.rule in {"T07", "T09"}:
                condition.settle_next = 0
        self.next_due = 0
