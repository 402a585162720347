"""Deadlines of T03, T06 and T07: what should have come, by when, and what came instead.

Each function looks at all that is known of its scope and answers with every deadline there ever
was, whether it was missed, and which later event ended the wait. When a deadline is judged, and
what becomes of an alert, is the judge's matter.

§4 "an event at or before D fulfils it; a later one does not, it ends the alert that opens at D".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.oracle.events import Event
from tests.oracle.readings import Readings
from tests.oracle.times import MINUTE

__all__ = ["Deadline", "Watch", "not_opened", "silences", "standing", "suspensions", "watch_of"]


@dataclass(frozen=True)
class Deadline:
    """One deadline of one scope."""

    start: str
    """What it counts from, as a name that stays the same when more becomes known."""
    due: int
    missed: bool
    end: Event | None
    """Of a missed one: the earliest later event that ends the alert."""
    rise: int | None = None
    """When the severity rises if nothing has come till then."""


@dataclass(frozen=True)
class Watch:
    """From when until when a TPS is open; `until` is None while it has not closed."""

    since: int
    until: int | None

    def holds(self, at: int) -> bool:
        """Whether the TPS is open at a moment: not any more at that of its closing."""
        return self.since <= at and (self.until is None or at < self.until)


def standing(statuses: Iterable[Event], readings: Readings) -> list[Event]:
    """The statuses that no other takes back, in the order of their times.

    One that is itself taken back takes nothing back. The order of receipt does not matter: what
    was taken back never was, also if it came after the one that takes it back.
    """
    known = sorted(statuses, key=lambda status: status.at)
    corrections = [status for status in known if status.value.get("corrects")]
    if not corrections:
        return known

    def takers(status: Event) -> list[Event]:
        return [
            other
            for other in corrections
            if other is not status
            and other.value.get("corrects") == status.id
            and (readings.corrects_any_source or other.source == status.source)
        ]

    def stands(status: Event, asked: tuple[Event, ...]) -> bool:
        return not any(
            stands(other, (*asked, other)) for other in takers(status) if other not in asked
        )

    return [status for status in known if stands(status, (status,))]


def not_opened(due: int, stood: list[Event]) -> list[Deadline]:
    """T03: `opened` or `postponed` by `due`."""
    came = [status for status in stood if status.kind in {"opened", "postponed"}]
    return [_judge("opening", due, came)]


def suspensions(limit_minutes: int, stood: list[Event]) -> list[Deadline]:
    """T06: `resumed` or `postponed` within the limit from each `suspended`.

    One of the same moment counts as coming after.
    """
    over = [status for status in stood if status.kind in {"resumed", "postponed"}]
    return [
        _judge(
            f"{status.source} {status.id}",
            status.at + limit_minutes * MINUTE,
            [other for other in over if other.at >= status.at],
        )
        for status in stood
        if status.kind == "suspended"
    ]


def watch_of(stood: list[Event]) -> Watch | None:
    """When a TPS is open: from its earliest `opened` to the first end at or after it."""
    opened = [status.at for status in stood if status.kind == "opened"]
    if not opened:
        return None
    since = min(opened)
    ends = [
        status.at
        for status in stood
        if status.kind in {"closed", "postponed"} and status.at >= since
    ]
    return Watch(since, min(ends, default=None))


def silences(
    limit_minutes: int, messages: list[Event], is_open: Callable[[int], bool]
) -> list[Deadline]:
    """T07: another message within the limit from each message that comes while something is open.

    A `closed` is a message too, so the last deadline of a TPS that closes is fulfilled by it.
    """
    limit = limit_minutes * MINUTE
    # Of messages of one moment the first received speaks; of the later ones the next decides.
    by_time = {message.at: message for message in reversed(messages)}
    times = sorted(by_time)
    found: list[Deadline] = []
    for at, following in zip(times, [*times[1:], None], strict=True):
        if is_open(at):
            later = [] if following is None else [by_time[following]]
            due, rise = at + limit, at + 2 * limit
            found.append(_judge(f"message of {at}", due, later, rise))
    return found


def _judge(start: str, due: int, came: list[Event], rise: int | None = None) -> Deadline:
    missed = all(event.at > due for event in came)
    end = min(came, key=lambda event: event.at, default=None) if missed else None
    return Deadline(start, due, missed, end, rise)
