"""Rule X05 as far as a day that is played again can show it: no input, and too many dead letters.

ADR 18: "`/input` (no message of the kabupaten for 5 minutes between the first opening and the last
closing time of its TPS, by `heard`; where by `heartbeat_minutes` at least one would be due in that
time), `/deadletters` (of all that intake took in during the last 5 minutes more than 1 %, and 20 or
more) … The others end when it has been well for 5 minutes." A message counts when it is received;
one that comes once more is none. What is well after a silence begins with the first message.

`/heard` is for live days alone: in a replay `heard` is `now`. `/rule` needs a rule that fails.
"""

from dataclasses import dataclass, field

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.times import MINUTE

__all__ = ["PipelineRule"]

_MESSAGES = frozenset({"tps.status", "crowd.reports", "vote.counts"})
_SPAN = 5 * MINUTE
_REFUSED = 20
_REFUSED_PERCENT = 1
_IT_AND_L2 = 2
"""Domain §4b "SYS+L2"; the ladder ends below, so it stays at its top."""


@dataclass
class _Input:
    """What is heard of a kabupaten."""

    opens_at: int
    closes_at: int
    last: int = 0
    """When the newest message was received."""
    well_since: int | None = None
    """After a silence: when the first message was received."""
    told_due: int = 0
    """The newest silence that was settled."""

    @property
    def due(self) -> int | None:
        """When it would have been silent for too long."""
        due = max(self.last, self.opens_at) + _SPAN
        return due if self.told_due < due <= self.closes_at else None


@dataclass
class _Letters:
    """Every line that intake took in: when, and whether it was refused."""

    taken: list[tuple[int, bool]] = field(default_factory=list[tuple[int, bool]])
    well_since: int | None = None

    def is_bad(self, at: int) -> bool:
        """Whether too many of the lines of the last five minutes were refused."""
        near = [refused for when, refused in self.taken if at - _SPAN < when <= at]
        refused = sum(near)
        return refused >= _REFUSED and refused * 100 > _REFUSED_PERCENT * len(near)

    def well_from(self, at: int) -> int:
        """From when on it is well, if no line comes any more: lines leave the five minutes."""
        moments = [at, *sorted({when + _SPAN for when, _ in self.taken if when + _SPAN > at})]
        bad = [number for number, moment in enumerate(moments) if self.is_bad(moment)]
        return moments[bad[-1] + 1] if bad else at


class PipelineRule:
    """What every kabupaten sends, and what of it cannot be taken."""

    def __init__(self, folder: Folder, book: Book) -> None:
        """Listen where messages can be expected."""
        self.folder = folder
        self.book = book
        self.conditions: dict[Identity, Condition] = {}
        self._inputs: dict[str, _Input] = {}
        self._letters = _Letters()
        for kabupaten in folder.kabupatens():
            own = [tps for code, tps in folder.tps.items() if code[:5] == kabupaten]
            if len(own) * _SPAN >= folder.heartbeat_minutes * MINUTE:
                opens, closes = (min(t.opens_at for t in own), max(t.closes_at for t in own))
                self._inputs[kabupaten] = _Input(opens, closes)

    def start(self, at: int) -> None:
        """The log begins: who was silent before it, nobody can say."""
        for own in self._inputs.values():
            own.last = at

    def hear(self, message: Event, now: int) -> None:
        """Take a status, report or count."""
        own = self._inputs.get(message.place.kabupaten)
        if own is None or message.topic not in _MESSAGES:
            return
        own.last = now
        if own.well_since is None and self._condition(message.place.kabupaten, "input").holding:
            own.well_since = now

    def next_due(self) -> int | None:
        """The next silence that may be settled, by `heard`."""
        return min((d for own in self._inputs.values() if (d := own.due) is not None), default=None)

    def settle(self, heard: int, now: int) -> None:
        """A mark: five minutes without a message have passed, or not."""
        for kabupaten, own in sorted(self._inputs.items()):
            due = own.due
            if due is None or due >= heard:
                continue
            own.told_due, own.well_since = due, None
            condition = self._condition(kabupaten, "input")
            if not condition.holding:
                self._begins(condition, Moment(due, "deadline", now))

    def took_in(self, when: Moment, *, refused: bool) -> None:
        """Take note of a line, of whatever kabupaten, whether it was refused or not."""
        letters = self._letters
        letters.taken = [line for line in letters.taken if line[0] > when.now - _SPAN]
        letters.taken.append((when.now, refused))
        bad = letters.is_bad(when.now)
        for kabupaten in sorted(self.folder.kabupatens()):
            condition = self._condition(kabupaten, "deadletters")
            if bad and not condition.holding:
                self._begins(condition, when)
            if bad:
                letters.well_since = letters.well_from(when.now)
            elif letters.well_since is not None:
                letters.well_since = min(letters.well_since, when.now)

    def _begins(self, condition: Condition, when: Moment) -> None:
        kabupaten = condition.about.scope.removeprefix("pipeline:")[:5]
        shape = Shape("high", "SYS", "kurang_rawan", kabupaten, start_level=_IT_AND_L2)
        condition.begins(self.book, self.folder, shape, when)

    def _condition(self, kabupaten: str, name: str) -> Condition:
        about = Identity("X05", f"pipeline:{kabupaten}/{name}")
        return self.conditions.setdefault(about, Condition(about))

    def quiet_at(self, condition: Condition) -> int | None:
        """When it will have been well for five minutes."""
        if not condition.holding:
            return None
        kabupaten, name = condition.about.scope.removeprefix("pipeline:").split("/")
        if name == "deadletters":
            since = self._letters.well_since
            return None if since is None else since + _SPAN
        own = self._inputs[kabupaten]
        if own.well_since is None or own.due == own.well_since + _SPAN:
            return None  # One message is no five minutes of them: then it is silent once more.
        return own.well_since + _SPAN

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """It has."""
        condition.ends(self.book, when)
        kabupaten, name = condition.about.scope.removeprefix("pipeline:").split("/")
        if name == "input":
            self._inputs[kabupaten].well_since = None
