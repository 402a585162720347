"""A condition: what a rule says of one (rule, scope, key), and the episodes that it made.

It is kept apart from its alerts, because a person may resolve an alert whose condition goes on, and
reopen one whose condition has ended (§5).
"""

from dataclasses import dataclass, field

from tests.oracle.book import Alert, Book, Identity, Moment
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.tables import QUIET_MINUTES, SEVERITIES
from tests.oracle.times import MINUTE

__all__ = ["Condition", "Shape"]


@dataclass(frozen=True)
class Shape:
    """What an alert looks like when it opens."""

    severity: str
    ladder: str
    tps_class: str
    place: str
    start_level: int | None = None
    """Where the rule names a level of its own; else the severity's."""


@dataclass
class Condition:
    """One thing that a rule watches."""

    about: Identity
    holding: bool = False
    ended_at: int = 0
    """When it last ceased to hold."""
    ended_by: str = ""
    """The cause of that."""
    episodes: list[Alert] = field(default_factory=list[Alert])
    # Of the absence rules:
    watched_since: int = 0
    """What fell due before this is not judged."""
    told: set[str] = field(default_factory=set[str])
    """Starts of the deadlines that were judged to be missed."""
    settle_next: int | None = 0
    """Once `heard` is beyond this, or at the next mark if 0, there is something to settle."""
    # Of the evidence rules:
    evidence: list[Event] = field(default_factory=list[Event])
    places: set[str] = field(default_factory=set[str])
    """TPS of the evidence by which it holds."""
    calm_at: int = 0
    """When an officer last said `aman` there."""
    last_evidence: int = 0
    """When the newest of the evidence was seen."""
    threshold: int = 0
    """Of W05: the number of sources by which it came to hold."""
    # Of the rules that hold or not after each record:
    severity: str = ""
    """What it is now; its alert may have been resolved when it was less."""

    @property
    def newest(self) -> Alert | None:
        """The newest episode."""
        return self.episodes[-1] if self.episodes else None

    @property
    def calm(self) -> bool:
        """Whether an officer has said `aman` since the alert opened."""
        return self.newest is not None and self.calm_at >= self.newest.opened_at

    def clears(self, at: int) -> None:
        """What a person has resolved is over, without a line."""
        assert self.blocked, "it is still open"
        self.holding = False
        self.ended_at = at

    @property
    def blocked(self) -> bool:
        """§5 "no new episode until the condition has cleared once"."""
        return self.holding and self.newest is not None and not self.newest.open

    def begins(self, book: Book, folder: Folder, shape: Shape, when: Moment) -> None:
        """The condition holds from now on: a new episode, the old one again, or no line at all.

        The quiet time runs from the end of the condition to the moment at which it holds again.
        """
        assert not self.holding, "it holds already"
        self.holding = True
        newest = self.newest
        if newest is None:
            self._open_new(book, folder, shape, when)
        elif newest.state == "shelved":
            newest.former = "unacknowledged" if newest.former == "returned" else newest.former
            self._tell_severity(book, shape.severity, when)
        elif newest.state not in {"returned", "resolved"}:
            # A person has reopened it meanwhile; it is as bad now as what holds.
            self._tell_severity(book, shape.severity, when)
        elif when.at - self.ended_at > QUIET_MINUTES * MINUTE:
            self._open_new(book, folder, shape, when)
        else:
            newest.severity = shape.severity
            book.reopen(newest, when)

    def _open_new(self, book: Book, folder: Folder, shape: Shape, when: Moment) -> None:
        episode = len(self.episodes) + 1
        alert = Alert(
            id=book.new_id(self.about, shape.place[:5], episode),
            about=self.about,
            episode=episode,
            ladder=shape.ladder,
            levels=folder.ladders[shape.ladder],
            tps_class=shape.tps_class,
            severity=shape.severity,
            place=shape.place,
            start_level=shape.start_level,
        )
        self.episodes.append(book.open_new(alert, when))

    def takes_severity(self, book: Book, severity: str, when: Moment) -> None:
        """§5 "severity rises … `raised`", "falls … `lowered`"; a resolved one is told nothing."""
        self.severity = severity
        self._tell_severity(book, severity, when)

    def _tell_severity(self, book: Book, severity: str, when: Moment) -> None:
        alert = self.newest
        if alert is None or not alert.open or alert.severity == severity:
            return
        if SEVERITIES.index(severity) > SEVERITIES.index(alert.severity):
            if alert.state == "inhibited":
                alert.worse = severity
            else:
                book.raise_severity(alert, severity, when)
        else:
            book.lower_severity(alert, severity, when)

    def ends(self, book: Book, when: Moment, *, late: bool = False) -> None:
        """The condition does not hold any more; a `late` record says that it never did."""
        self.holding = False
        self.ended_by = when.cause
        self.places = set()
        newest = self.newest
        assert newest is not None, "it never began"
        was_open = newest.open
        book.condition_ends(newest, when, late=late)
        # What a person has resolved was over when that was told, though it was quiet long before.
        self.ended_at = newest.last_at if was_open else max(when.at, newest.resolved_at)
