"""Who is called by the lines of an alert: docs/explanation/who-is-told.md, as far as calls go.

"It opens, or comes back | the levels of its severity"; "the next level is due, or a person sends it
up | the level that it has come to"; "it becomes graver | who knows of it, and the levels of the new
severity"; "an acknowledgement lapses or is taken back, a shelf ends, its parent ends | who knows of
it; if nobody does, as at its opening". What others hear is no call. Not read: hours of contacts,
storms, agencies and the other ladders of a route.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.oracle.book import Alert, Book, Line
from tests.oracle.folder import Folder
from tests.oracle.tables import START
from tests.oracle.times import MINUTE

__all__ = ["Call", "Calls"]

_TOGETHER = {"critical": 2}
"""So many levels are told together at the opening, of others one."""
_BEGINS = frozenset({"opened", "reopened"})
_FREED = frozenset({"unacknowledged", "unshelved", "uninhibited"})
_COMEBACKS = 3
_HOUR = 60 * MINUTE
"""“What has come back three times within an hour says so once”; critical alerts never flap."""
_ASKS = "unacknowledged"


@dataclass
class Call:
    """A call to one level of an area about one alert."""

    alert: str
    key: str
    """`LADDER/LEVEL@AREA`."""
    revision: int
    at: int
    numbers: frozenset[int]
    """The contacts that were called."""
    failed: set[int] = field(default_factory=set[int])
    """Those that no way has reached."""
    reached: set[int] = field(default_factory=set[int])


class Calls:
    """Every call, by alert and level."""

    def __init__(self, folder: Folder, book: Book) -> None:
        """Begin with nobody called."""
        self.folder = folder
        self.book = book
        self._seen = 0
        self._since: dict[str, int] = {}
        """By alert: the revision at which it opened or came back."""
        self._knows: dict[str, list[int]] = {}
        """By alert: the places in its ladder that were told since."""
        self._came_back: dict[str, list[int]] = {}
        self.made: list[Call] = []
        """All of them, in order."""
        self._calls: dict[tuple[str, str], list[Call]] = {}

    def call_of(self, alert: str, key: str, revision: int) -> Call | None:
        """The newest call to a level since the alert came back, if a revision tells of it.

        What is older says nothing of a call that is on its way.
        """
        since = self._since.get(alert, 0)
        own = [call for call in self._calls.get((alert, key), []) if call.revision >= since]
        return own[-1] if own and own[-1].revision <= revision else None

    def look(self) -> None:
        """See every line that was written since."""
        for line in self.book.lines[self._seen :]:
            self._see(line, self.book.alerts[line.alert])
        self._seen = len(self.book.lines)

    def _see(self, line: Line, alert: Alert) -> None:
        if line.change == "reopened" and self._flaps(line):
            return  # "From then on its coming and going is told to nobody".
        if line.change in _BEGINS:
            self._since[alert.id], self._knows[alert.id] = line.revision, []
        knows = self._knows.setdefault(alert.id, [])
        first = _levels(alert, line.severity)
        match line.change:
            case "opened" | "reopened":
                called: Sequence[int] = first
            case "escalated":
                called = [alert.levels.index(line.level)]
            case "raised":
                called = sorted({*knows, *first})
            case change if change in _FREED and line.state == _ASKS:
                called = knows or first
            case _:
                return
        for place in called:
            self._call(line, alert, place)
        self._knows[alert.id] = sorted({*knows, *called})

    def _flaps(self, line: Line) -> bool:
        """Whether an alert has come back so often that this once more is told to nobody.

        "Until an hour has passed without" is read as: without three times.
        """
        times = self._came_back.setdefault(line.alert, [])
        flapped = _often(times)
        times.append(line.at)
        return flapped and _often(times) and line.severity != "critical"

    def _call(self, line: Line, alert: Alert, place: int) -> None:
        key, count = self.folder.contacts_for(alert.ladder, alert.levels[place:], alert.place)
        if count:
            numbers = frozenset(range(1, count + 1))
            call = Call(alert.id, key, line.revision, line.at, numbers)
            self.made.append(call)
            self._calls.setdefault((alert.id, key), []).append(call)


def _often(times: list[int]) -> bool:
    return len(times) >= _COMEBACKS and times[-1] - times[-_COMEBACKS] <= _HOUR


def _levels(alert: Alert, severity: str) -> list[int]:
    """Levels that are told at once, as places in the ladder."""
    top = len(alert.levels) - 1
    if alert.start_level is not None:
        return [min(alert.start_level, top)]
    start = min(START[severity], top)
    return list(range(max(0, start + 1 - _TOGETHER.get(severity, 1)), start + 1))
