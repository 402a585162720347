"""Rule W07 over a day: the crowd says one thing and the police another.

ADR 18: "Of both kinds the words count wherever they stand in time: it opens when a moment at which
the score was reached and such a word lie within 30 minutes of each other, whichever came first."
What another officer, or a person, has decided "makes no further score, and its `aman` may be
contradicted only by what comes after".
"""

from dataclasses import dataclass

from tests.oracle.absence import standing
from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.evidence import counted, in_time
from tests.oracle.folder import Folder
from tests.oracle.readings import Readings
from tests.oracle.rows import W07_CATEGORIES, W07_MINUTES, W07_SCORE
from tests.oracle.tables import POLICE, most_vulnerable
from tests.oracle.times import MINUTE
from tests.oracle.told import newest_words, order
from tests.oracle.values import text

__all__ = ["ContradictionRule"]

_SPAN = W07_MINUTES * MINUTE


@dataclass(frozen=True)
class _Pair:
    """A moment at which the crowd was believed, and a word of the police that says otherwise."""

    at: int
    places: frozenset[str]
    """TPS of the evidence up to the moment."""
    word: Event


class ContradictionRule:
    """What the crowd and the police have said of every desa."""

    def __init__(self, folder: Folder, book: Book, readings: Readings) -> None:
        """Begin with nobody who has said anything."""
        self.folder = folder
        self.book = book
        self.readings = readings
        self.conditions: dict[Identity, Condition] = {}
        self._crowd: dict[Identity, list[Event]] = {}
        self._words: dict[str, list[Event]] = {}
        """By desa: what the police said of the situation."""
        self._corrections: list[Event] = []
        self._decided_at: dict[Identity, int] = {}
        self._contradicted: dict[Identity, str] = {}
        """Whose word it was: "of several words on one thing the latest by `at` counts"."""

    def take(self, event: Event, when: Moment) -> None:
        """Take a status or report, as whatever it is."""
        desa = event.place.desa
        if not desa:
            return
        if "corrects" in event.value and event.topic == "tps.status":
            self._corrections.append(event)
        police = event.role in POLICE
        if police and text(event.value, "situation"):
            self._words.setdefault(desa, []).append(event)
        about = Identity("W07", desa, event.category)
        crowd = not police and event.role != "system"
        if event.category in W07_CATEGORIES and crowd and in_time(event):
            self._crowd.setdefault(about, []).append(event)
            condition = self.conditions.setdefault(about, Condition(about))
            if condition.holding and event.place.tps:
                condition.places.add(event.place.tps)
        for known in sorted(self.conditions):
            if known.scope == desa:
                self._judge(self.conditions[known], event, when)

    def _judge(self, condition: Condition, event: Event, when: Moment) -> None:
        about = condition.about
        pairs = self._pairs(about)
        if not condition.holding and pairs:
            self._goes_on(condition, pairs)
            condition.begins(self.book, self.folder, self._shape(condition), when)
        elif condition.holding and self._is_taken_back(about, event):
            condition.ends(self.book, when)
        elif condition.holding and not condition.blocked and self._decides(condition, event):
            self._decided_at[about] = event.at
            if left := self._pairs(about):
                self._goes_on(condition, left)
            else:
                condition.ends(self.book, when)

    def _goes_on(self, condition: Condition, pairs: list[_Pair]) -> None:
        self._contradicted[condition.about] = max((p.word for p in pairs), key=order).source
        condition.places = {code for pair in pairs for code in pair.places}

    def _is_taken_back(self, about: Identity, event: Event) -> bool:
        """Whether a correction leaves nothing that contradicts, though something did."""
        if event not in self._corrections[-1:] or self._pairs(about, every=True):
            return False
        correction = self._corrections.pop()
        before = self._pairs(about, every=True)
        self._corrections.append(correction)
        return bool(before)

    def _pairs(self, about: Identity, *, every: bool = False) -> list[_Pair]:
        """Whatever contradicts and is not decided."""
        evidence = self._stood(self._crowd.get(about, []))
        stood = self._stood(self._words.get(about.scope, []))
        known = stood if every else newest_words(stood)
        words = [word for word in known if text(word.value, "situation") == "aman"]
        decided_at = self._decided_at.get(about, 0)
        evidence = [item for item in evidence if item.at > decided_at]
        words = [word for word in words if word.at >= decided_at]
        found: list[_Pair] = []
        for newest in evidence:
            near = [item for item in evidence if newest.at - _SPAN <= item.at <= newest.at]
            if sum(weight for _, weight in counted(near)) < W07_SCORE:
                continue
            places = frozenset(item.place.tps for item in near if item.place.tps)
            found += [
                _Pair(newest.at, places, word)
                for word in words
                if _is_there(word, places) and abs(word.at - newest.at) <= _SPAN
            ]
        return found

    def _stood(self, events: list[Event]) -> list[Event]:
        """Without what was taken back."""
        if not self._corrections:
            return events
        statuses = [event for event in events if event.topic == "tps.status"]
        every = {event.cause: event for event in (*statuses, *self._corrections)}
        stood = {event.cause for event in standing(every.values(), self.readings)}
        return [e for e in events if e.topic != "tps.status" or e.cause in stood]

    def _decides(self, condition: Condition, event: Event) -> bool:
        """ADR 18 "a word … given since the alert opened by another officer at that place"."""
        assert condition.newest is not None, "what holds has an alert"
        return (
            event.role in POLICE
            and _mood(event) != ""
            and event.at >= condition.newest.opened_at
            and event.source != self._contradicted[condition.about]
            and _is_there(event, frozenset(condition.places))
        )

    def _shape(self, condition: Condition) -> Shape:
        codes = [self.folder.place(code).tps_class for code in condition.places]
        return Shape("high", "OPS", most_vulnerable(codes), condition.about.scope, start_level=1)

    def quiet_at(self, condition: Condition) -> int | None:
        """When a person has decided: at once."""
        return condition.newest.resolved_at if condition.blocked and condition.newest else None

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """He has."""
        self._decided_at[condition.about] = when.at
        condition.clears(when.at)


def _mood(event: Event) -> str:
    """What the police say of the situation, if it is for or against calm."""
    mood = text(event.value, "situation")
    return mood if mood in {"aman", "gangguan"} else ""


def _is_there(word: Event, places: frozenset[str]) -> bool:
    """ADR 18 "at the desa, or at a TPS that the evidence is about; where no evidence names …"."""
    return not word.place.tps or not places or word.place.tps in places
