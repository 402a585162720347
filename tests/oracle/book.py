"""The alert book: contract §5, "The life of an alert". It knows states and ladders, no rules.

A line never stands before the last line of its alert (§4). Deadlines are absolute: an alert keeps
the steps that it will climb if nobody acts.
"""

import base64
import hashlib
from dataclasses import dataclass, field

from tests.oracle.tables import FACTOR_PERCENT, MINUTES, START
from tests.oracle.times import MINUTE

__all__ = ["Alert", "Book", "Identity", "Line", "Moment"]

_LATE = MINUTE
_TWELVE_HOURS = 12 * 60 * MINUTE


@dataclass(frozen=True, order=True)
class Identity:
    """What an alert is about; §4 "An alert is one episode of (election, rule, scope, key)"."""

    rule: str
    scope: str
    key: str = ""


@dataclass(frozen=True)
class Moment:
    """When a change holds, why, and how far `now` had come when it was made."""

    at: int
    cause: str
    now: int

    def clock_from(self, line_at: int) -> int:
        """When a ladder starts to count.

        §4 "ladders count from `now` then" of a line in the past; of a deadline that was settled
        within a minute, as of a clock that is ahead, from the line.
        """
        if self.cause == "deadline" and self.now - self.at <= _LATE:
            return line_at
        return max(line_at, self.now)


@dataclass
class Alert:
    """One alert, its whole state."""

    id: str
    about: Identity
    episode: int
    ladder: str
    levels: tuple[str, ...]
    tps_class: str
    severity: str
    place: str
    """The narrowest area code that holds all of it: who may act on it."""
    start_level: int | None = None
    """Of a rule that names one: §4 "A level named in a rule's ladder column is its start level"."""
    start: str = ""
    """Of an absence rule: start of the deadline by which it opened, or holds now."""
    deadline: int = 0
    """Of an absence rule: the deadline by which it opened."""
    state: str = "unacknowledged"
    level: int = 0
    revision: int = 0
    last_at: int = 0
    first_at: int = 0
    """When it opened."""
    opened_at: int = 0
    """When what opened or reopened it was received; its line may have to stand later (ADR 6)."""
    steps: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """When which level is told unless somebody acts, the next first."""
    former: str = ""
    """Of a shelved one: the state that it goes back to."""
    worse: str = ""
    """Of an inhibited one: the severity that it has reached meanwhile."""
    shelved_until: int = 0
    returned_at: int = 0
    resolved_at: int = 0

    @property
    def open(self) -> bool:
        """§5 "Open = every state but `resolved`"."""
        return self.state != "resolved"

    def due(self) -> int | None:
        """When time alone changes it next."""
        match self.state:
            case "unacknowledged":
                return self.steps[0][0] if self.steps else None
            case "shelved":
                return self.shelved_until
            case "returned":
                return self.returned_at + _TWELVE_HOURS
            case _:
                return None


@dataclass(frozen=True)
class Line:
    """One change of an alert, as the contract prints it."""

    at: int
    alert: str
    revision: int
    about: Identity
    change: str
    state: str
    severity: str
    ladder: str
    level: str
    cause: str
    when: Moment = field(compare=False, repr=False)
    """Its change's moment, for what else changes by it."""


class Book:
    """All alerts of a partition and every line that was written."""

    def __init__(self, election: str) -> None:
        """Begin with no alert."""
        self.election = election
        self.alerts: dict[str, Alert] = {}
        self.lines: list[Line] = []

    def open_new(self, alert: Alert, when: Moment) -> Alert:
        """Open an episode."""
        self.alerts[alert.id] = alert
        alert.first_at = when.at
        self._begin(alert, "opened", when)
        return alert

    def reopen(self, alert: Alert, when: Moment) -> None:
        """§5 "`reopened`: as opening; same id"."""
        self._begin(alert, "reopened", when)

    def _begin(self, alert: Alert, change: str, when: Moment) -> None:
        alert.state, alert.worse = "unacknowledged", ""
        alert.level = _start_of(alert)
        self._line(alert, change, when)
        alert.opened_at = when.at
        self.restart(alert, when.clock_from(alert.last_at))

    def restart(self, alert: Alert, since: int) -> None:
        """§5: each higher level is due after the difference of its minutes, × the factor."""
        minutes = MINUTES[alert.severity]
        passed = 0 if alert.level == _start_of(alert) else minutes.get(alert.level, 0)
        alert.steps = [
            (since + (due - passed) * MINUTE * FACTOR_PERCENT[alert.tps_class] // 100, level)
            for level, due in sorted(minutes.items())
            if alert.level < level < len(alert.levels)
        ]

    def raise_severity(self, alert: Alert, severity: str, when: Moment) -> None:
        """§5 "severity rises": one line, whatever the open state; a shelved one comes back."""
        alert.severity = severity
        alert.level = max(alert.level, _start_of(alert))
        self.change(alert, "unacknowledged", "raised", when)
        self.restart(alert, when.clock_from(alert.last_at))

    def lower_severity(self, alert: Alert, severity: str, when: Moment) -> None:
        """§5 "severity falls | same | `lowered` | unchanged": its clock goes on as it went."""
        alert.severity = severity
        self._line(alert, "lowered", when)

    def condition_ends(self, alert: Alert, when: Moment, *, late: bool) -> None:
        """§5 "condition ends", and §4 of a late record: "the alert is `resolved`"."""
        match alert.state:
            case "unacknowledged" if not late:
                self.change(alert, "returned", "returned", when)
            case "resolved":
                pass
            case "returned" if not late:
                pass
            case _:
                self.change(alert, "resolved", "resolved", when)

    def change(self, alert: Alert, state: str, change: str, when: Moment) -> None:
        """Write a line that leaves the alert in `state`, its ladder stopped."""
        alert.state = state
        alert.steps = []
        self._line(alert, change, when)
        if state == "returned" and change != "unshelved":
            alert.returned_at = alert.last_at
        if state == "resolved":
            alert.resolved_at = alert.last_at

    def shelve(self, alert: Alert, until: int, when: Moment) -> None:
        """§5 "`shelve` until": paused; shelved once more, it keeps the state to go back to."""
        if alert.state not in {"shelved", "inhibited"}:
            alert.former = alert.state
        alert.shelved_until = until
        self.change(alert, "shelved", "shelved", when)

    def unshelve(self, alert: Alert, when: Moment) -> None:
        """§5 "on end `unshelved`, the former state, full time at its level"."""
        self.change(alert, alert.former, "unshelved", when)
        if alert.former == "unacknowledged":
            own_time = when.cause in {"deadline", "late"}
            self.restart(alert, alert.last_at if own_time else when.clock_from(alert.last_at))

    def inhibit(self, alert: Alert, when: Moment) -> None:
        """§5 "parent holds | inhibited": paused; what was shelved will be what it was before."""
        if alert.state != "shelved":
            alert.former = alert.state
        self.change(alert, "inhibited", "inhibited", when)

    def uninhibit(self, alert: Alert, when: Moment) -> None:
        """§5 "parent ends → `uninhibited` with full time"; ADR 18: then what has become worse."""
        self.change(alert, alert.former, "uninhibited", when)
        if alert.former == "unacknowledged":
            self.restart(alert, when.clock_from(alert.last_at))
        worse, alert.worse = alert.worse, ""
        if worse:
            self.raise_severity(alert, worse, when)

    def climb(self, alert: Alert, level: int, when: Moment) -> None:
        """One step of the ladder; those above it stay due when they were."""
        alert.level = level
        self._line(alert, "escalated", when)

    def time_passes(self, alert: Alert, now: int) -> None:
        """Do what was due first; a thing settled more than 60 s after it was due is `late`."""
        due = alert.due()
        assert due is not None
        when = Moment(due, "late" if now - due > _LATE else "deadline", now)
        match alert.state:
            case "unacknowledged":
                _, level = alert.steps.pop(0)
                self.climb(alert, level, when)
            case "shelved":
                self.unshelve(alert, when)
            case _:
                self.change(alert, "resolved", "resolved", when)

    def _line(self, alert: Alert, change: str, when: Moment) -> None:
        alert.last_at = max(when.at, alert.last_at)
        alert.revision += 1
        self.lines.append(
            Line(
                alert.last_at,
                alert.id,
                alert.revision,
                alert.about,
                change,
                alert.state,
                alert.severity,
                alert.ladder,
                alert.levels[alert.level],
                when.cause,
                when,
            )
        )

    def new_id(self, about: Identity, kabupaten: str, episode: int) -> str:
        """§4 "kabupaten digits, dash, 16 base32 characters of a hash"."""
        told = "\x1f".join((self.election, about.rule, about.scope, about.key, str(episode)))
        digest = hashlib.sha256(told.encode()).digest()[:10]
        return f"{kabupaten.replace('.', '')}-{base64.b32encode(digest).decode()}"


def _start_of(alert: Alert) -> int:
    start = START[alert.severity] if alert.start_level is None else alert.start_level
    return min(start, len(alert.levels) - 1)
