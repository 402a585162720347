"""The judge of one journal partition: clocks, redelivery, and what falls due.

Two clocks (§4): `now` moves with every event and every mark of the owner; `heard` is set by who
knows it. Ladders and quiet times are due by `now`; absence is settled at marks, by `heard`.
"""

from tests.oracle.bench import Bench
from tests.oracle.book import Book, Line, Moment
from tests.oracle.conditions import Condition
from tests.oracle.events import DeadLetter, Event
from tests.oracle.folder import Folder
from tests.oracle.known_rules import KNOWN
from tests.oracle.readings import DEFAULT, Readings
from tests.oracle.times import MINUTE

__all__ = ["Judge"]

_REMEMBERED = 48 * 60 * MINUTE


class Judge:
    """Judges records one after the other; `lines` is what `siaga replay` prints."""

    def __init__(
        self, folder: Folder, readings: Readings = DEFAULT, rules: frozenset[str] = KNOWN
    ) -> None:
        """Begin before the first record."""
        self.book = Book(folder.election)
        self.now: int | None = None
        self.heard: int | None = None
        self.bench = Bench(folder, self.book, readings, rules)
        self.absence = self.bench.absence
        self._only_the_first = readings.only_the_first_goes_before
        self._known: dict[tuple[str, ...], tuple[int, str]] = {}
        self._idle_until: int | None = 0
        """Nothing falls due by `now` before this; None: nothing at all."""

    @property
    def lines(self) -> list[Line]:
        """Every line so far, in order."""
        return self.book.lines

    @property
    def refusals(self) -> list[tuple[str, str]]:
        """Of each refused command, its id and why."""
        return self.bench.refusals

    def start(self, at: int) -> None:
        """§4 "What fell due before the first record of the log is not judged"."""
        self.now = at
        self.absence.start(at)
        self.bench.pipeline.start(at)

    def pass_time(self, to: int, *, inclusive: bool) -> None:
        """Let `now` move on, and do whatever falls due before `to`, or at it too if `inclusive`."""
        if self.now is None:
            self.start(to)
        assert self.now is not None
        if to < self.now:
            return
        self.now = to
        if self._idle_until is None or to < self._idle_until:
            return
        while (first := self._first_due()) is not None:
            due, condition = first
            self._idle_until = due
            if due > to or (due == to and not inclusive):
                return
            self._fall_due(due, condition)
        self._idle_until = None

    def _first_due(self) -> tuple[int, Condition] | None:
        """What is due first; of things due together, the first by rule, scope and key."""
        found: list[tuple[int, Condition]] = []
        for condition, quiet in self.bench.waiting():
            dues = [due for alert in condition.episodes if (due := alert.due()) is not None]
            if quiet is not None:
                dues.append(quiet)
            found += [(due, condition) for due in dues]
        return min(found, key=lambda item: (item[0], item[1].about), default=None)

    def _fall_due(self, due: int, condition: Condition) -> None:
        assert self.now is not None
        for alert in condition.episodes:
            if alert.due() == due:
                self.book.time_passes(alert, self.now)
                self.bench.overseer.look()
                return
        self.bench.falls_due(condition, Moment(due, self._on_time(due), self.now))

    def _on_time(self, due: int) -> str:
        assert self.now is not None
        return "late" if self.now - due > MINUTE else "deadline"

    def mark(self, heard: int | None) -> None:
        """A mark: §4 "never above `now`, never falling"; whatever `heard` has passed is settled."""
        if heard is None or self.now is None:
            return
        heard = min(heard, self.now)
        self.heard = heard if self.heard is None else max(heard, self.heard)
        before = len(self.lines)
        self.absence.settle(self.heard, self.now, self.bench.overseer.look)
        if "X05" in self.bench.rules:
            self.bench.pipeline.settle(self.heard, self.now)
        self.bench.overseer.look()
        if len(self.lines) > before:
            self._idle_until = 0

    def quiet_through(self, last: int) -> int:
        """Until when, up to `last`, neither clock of a replay makes anything fall due."""
        before_now = last if self._idle_until is None else self._idle_until - 1
        by_input = self.bench.pipeline.next_due() if "X05" in self.bench.rules else None
        asked = (self.absence.next_due, by_input)
        until_heard = min((due for due in asked if due is not None), default=last)
        return min(last, before_now, until_heard)

    def took_in(self, line: int, received_at: int | None, *, refused: bool) -> None:
        """Take note that intake took in a line, whether it was refused or not."""
        if "X05" in self.bench.rules and (now := received_at or self.now) is not None:
            when = Moment(max(now, self.now or 0), f"input:{line}", max(now, self.now or 0))
            self.bench.pipeline.took_in(when, refused=refused)
            self.bench.overseer.look()
            self._idle_until = 0

    def take(self, event: Event) -> DeadLetter | None:
        """Judge one event; what was due before its time of receipt is done first."""
        self.pass_time(event.received_at, inclusive=False)
        assert self.now is not None
        known = self._seen(event)
        if known is None and "X05" in self.bench.rules:
            self.bench.pipeline.hear(event, self.now)
        if known is None:
            self._judge(event, self.now)
        if event.received_at < self.now or self._only_the_first:
            # What a late record makes fall due in the past does not wait for the next mark.
            self.pass_time(self.now, inclusive=True)
        if event.topic.endswith(".receipts"):
            return None  # Of two with the same id the first counts.
        return None if known in {None, event.content} else DeadLetter(0, "id_conflict", event.id)

    def _judge(self, event: Event, now: int) -> None:
        before = len(self.lines)
        heard_only = self.bench.take(event, Moment(event.line_at, event.cause, now))
        if len(self.lines) > before or not heard_only:
            self._idle_until = 0

    def _seen(self, event: Event) -> str | None:
        """§2 "One event: (topic, `source.id` or `actor.id`, `id`) within a kabupaten, 48 h"."""
        key = (event.place.kabupaten, event.topic, event.source, event.id)
        known = self._known.get(key)
        if known is not None and event.received_at - known[0] <= _REMEMBERED:
            return known[1]
        self._known[key] = (event.received_at, event.content)
        return None
