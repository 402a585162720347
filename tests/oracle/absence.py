"""Deadlines of T03, T06 and T07: what should have come, by when, and what came instead.

Each function looks at all that is known of its scope and answers with every deadline there ever
was, whether it was missed, and which later event ended the wait. When a deadline is judged, and
what becomes of an alert, is the judge's matter.

§4 "an event at or before D fulfils it; a later one does not, it ends the alert that opens at D".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tests.oracle.events import Event
from tests.oracle.readings import Readings
from tests.oracle.times import MINUTE

__all__ = [
    "Deadline",
    "Watch",
    "judge_deadline",
    "not_opened",
    "not_taken_back",
    "silences",
    "standing",
    "suspensions",
    "watch_of",
]


class Deadline(NamedTuple):
    """One deadline of one scope."""

    start: str
    """What it counts from, as a name that stays the same when more becomes known."""
    due: int
    missed: bool
    end: Event | None
    """Of a missed one: the earliest later event that ends the alert."""
    rise: int | None = None
    """When the severity rises if nothing has come till then."""
    also: tuple[str, ...] = ()
    """Of a suspension or a way of a box: other starts that it had while less was known."""


@dataclass(frozen=True)
class Watch:
    """The times in which a TPS is open; the last may not have ended yet."""

    spells: tuple[tuple[int, int | None], ...]

    def holds(self, at: int) -> bool:
        """Whether the TPS is open at a moment: not any more at that of its closing."""
        return any(since <= at and (until is None or at < until) for since, until in self.spells)


def standing(statuses: Iterable[Event], readings: Readings) -> list[Event]:
    """The statuses that no other takes back, in the order of their times."""
    return not_taken_back(
        statuses,
        lambda taker, taken: readings.corrects_any_source or taker.source == taken.source,
    )


def not_taken_back(
    events: Iterable[Event], may_take: Callable[[Event, Event], bool]
) -> list[Event]:
    """The events that no other takes back, in the order of their times.

    One that is itself taken back takes nothing back. The order of receipt does not matter: what
    was taken back never was, also if it came after the one that takes it back.
    """
    known = sorted(events, key=lambda event: event.at)
    corrections = [event for event in known if event.value.get("corrects")]
    if not corrections:
        return known

    def takers(event: Event) -> list[Event]:
        return [
            other
            for other in corrections
            if other is not event
            and other.value.get("corrects") == event.id
            and may_take(other, event)
        ]

    def stands(event: Event, asked: tuple[Event, ...]) -> bool:
        return not any(
            stands(other, (*asked, other)) for other in takers(event) if other not in asked
        )

    return [event for event in known if stands(event, (event,))]


def not_opened(due: int, stood: list[Event]) -> list[Deadline]:
    """T03: `opened` or `postponed` by `due`."""
    came = [status for status in stood if status.kind in {"opened", "postponed"}]
    return [judge_deadline("opening", due, came)]


def suspensions(limit_minutes: int, stood: list[Event]) -> list[Deadline]:
    """T06: `resumed` or `postponed` within the limit from each `suspended`.

    One of the same moment counts as coming after. Another word of a suspension that lasts begins
    nothing.
    """
    over = [status for status in stood if status.kind in {"resumed", "postponed"}]
    found: list[Deadline] = []
    until: int | None = 0
    for status in (status for status in stood if status.kind == "suspended"):
        word = f"{status.source} {status.id}"
        if until is None or status.at < until:
            found[-1] = found[-1]._replace(also=(*found[-1].also, word))
            continue
        came = [other for other in over if other.at >= status.at]
        found.append(judge_deadline(word, status.at + limit_minutes * MINUTE, came))
        until = min((other.at for other in came), default=None)
    return found


def watch_of(stood: list[Event]) -> Watch | None:
    """When a TPS is open: from an `opened` to the first end at or after it, and again later."""
    spells: list[tuple[int, int | None]] = []
    begun: int | None = None
    for status in sorted(stood, key=lambda status: (status.at, status.kind != "opened")):
        if begun is None and status.kind == "opened":
            begun = status.at
        elif begun is not None and status.kind in {"closed", "postponed"}:
            spells.append((begun, status.at))
            begun = None
    if begun is not None:
        spells.append((begun, None))
    return Watch(tuple(spells)) if spells else None


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
            found.append(judge_deadline(f"message of {at}", due, later, rise))
    return found


def judge_deadline(start: str, due: int, came: list[Event], rise: int | None = None) -> Deadline:
    """One deadline: an event at or before it fulfils it, the first later one ends its alert."""
    missed = all(event.at > due for event in came)
    end = min(came, key=lambda event: event.at, default=None) if missed else None
    return Deadline(start, due, missed, end, rise)
