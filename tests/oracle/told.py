"""All that was said, kept whole and asked again each time: statuses of a TPS, of a pair, counts.

Facts are ordered by when they happened, of two at one moment by their ids (ADR 18), so that it does
not matter in what order they came.
"""

from collections.abc import Callable, Iterable

from tests.oracle.absence import standing
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.readings import Readings
from tests.oracle.tables import REHEARSED_BEFORE, STAGES_OF_THE_DAY
from tests.oracle.times import MINUTE
from tests.oracle.values import number

__all__ = ["Told", "by_moment", "is_plain", "latest", "newest_words", "order"]


def order(event: Event) -> tuple[int, str, str]:
    """ADR 18 "the latest by `at` counts"; of two at one moment they stand by their ids."""
    return event.at, event.id, event.source


def by_moment(events: Iterable[Event]) -> list[Event]:
    """The events in that order."""
    return sorted(events, key=order)


def latest(events: Iterable[Event]) -> Event | None:
    """The last of them."""
    return max(events, key=order, default=None)


def newest_words(words: Iterable[Event]) -> list[Event]:
    """ADR 6 and 18 "of an officer the newest word on a place counts"."""
    said = {(word.source, word.place.tps): word for word in by_moment(words)}
    return [*said.values()]


def is_plain(status: Event) -> bool:
    """Whether a status says nothing but that somebody is there."""
    return (
        status.kind in {"heartbeat", "checkin", "duress"}
        and "corrects" not in status.value
        and "queue" not in status.value
    )


class Told:
    """What every TPS and pair has said."""

    def __init__(self, folder: Folder, readings: Readings) -> None:
        """Begin with nothing."""
        self.folder = folder
        self.readings = readings
        self.messages: dict[str, list[Event]] = {}
        """By TPS, and by pair: every status."""
        self.counts: dict[str, list[Event]] = {}
        """By TPS: every count."""
        self._words: dict[str, list[Event]] = {}
        """By TPS: statuses that are more than a sign of life."""
        self._stages: dict[str, list[Event]] = {}
        """By TPS: those of them that stand, until the next word."""

    def take_status(self, status: Event, pairs: Iterable[str]) -> None:
        """Keep a status where it is heard."""
        for scope in (*([status.place.tps] if status.place.tps else []), *pairs):
            self.messages.setdefault(scope, []).append(status)
        if status.place.tps and not is_plain(status):
            self._words.setdefault(status.place.tps, []).append(status)
            self._stages.pop(status.place.tps, None)

    def take_count(self, count: Event) -> None:
        """Keep a count."""
        self.counts.setdefault(count.place.tps, []).append(count)

    def heard_of(self, scope: str) -> tuple[int, int]:
        """How many statuses and counts there were of a TPS or a pair."""
        return len(self.messages.get(scope, [])), len(self.counts.get(scope, []))

    def stages(self, tps: str) -> list[Event]:
        """What a TPS said of its day and still stands by; a rehearsal is not of the day (ADR 6).

        In the order of its times; signs of life are left out.
        """
        if tps not in self._stages:
            first = self.folder.place(tps).opens_at - REHEARSED_BEFORE * MINUTE
            self._stages[tps] = [
                status
                for status in standing(self._words.get(tps, []), self.readings)
                if status.received_at >= first or status.kind not in STAGES_OF_THE_DAY
            ]
        return self._stages[tps]

    def of_kind(self, tps: str, *kinds: str) -> list[Event]:
        """The stages of some kinds, of two at one moment the one with the larger id last."""
        return by_moment(status for status in self.stages(tps) if status.kind in kinds)

    def queue_words(self, tps: str) -> list[Event]:
        """Everything that was said of the queue."""
        return by_moment(s for s in self.stages(tps) if number(s.value, "queue") is not None)

    def all_final_at(self, tps: str, finals: Callable[[str, str], list[Event]]) -> Event | None:
        """The count by which every contest that covers a TPS has a final form, if all have one."""
        firsts: list[Event] = []
        for contest in self.folder.contests_of(tps):
            found = by_moment(finals(tps, contest.id))
            if not found:
                return None
            firsts.append(found[0])
        return latest(firsts)
