"""What a late word makes of an alert of absence: whether it has ended, or never was."""

from tests.oracle.absence import Deadline
from tests.oracle.book import Alert, Identity, Line, Moment
from tests.oracle.events import Event

__all__ = ["by_time", "has_returned", "late", "never_was", "own_deadline"]


def never_was(alert: Alert, deadlines: dict[str, Deadline], status: Event) -> bool:
    """Whether a late status shows that the deadline by which an alert opened was not missed.

    A deadline that is gone because its start was taken back is another matter: §5 "An alert whose
    cause a status `corrects` takes back has ended (`returned` or `resolved`)".
    """
    own = own_deadline(alert, deadlines)
    if own is None:
        return alert.start != "" and "corrects" not in status.value
    met = not own.missed or (own.end is not None and own.end.at <= alert.deadline)
    return met and ("corrects" not in status.value or status.at <= alert.deadline)


def own_deadline(alert: Alert, deadlines: dict[str, Deadline]) -> Deadline | None:
    """The deadline by which an alert opened, by whatever word its clock starts now."""
    named = deadlines.get(alert.start)
    return named or next((d for d in deadlines.values() if alert.start in d.also), None)


def has_returned(alert: Alert) -> bool:
    """Whether its condition has ended, on a shelf as well."""
    return "returned" in {alert.state, alert.former if alert.state == "shelved" else ""}


def late(when: Moment) -> Moment:
    """The same moment, of a word that came late."""
    return Moment(when.at, "late", when.now)


def by_time(line: Line) -> tuple[int, Identity]:
    """The order of lines of one mark."""
    return line.at, line.about
