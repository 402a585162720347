"""What each rule of absence asks of all that was said: its deadlines, and its alerts' shape."""

from tests.oracle.absence import (
    Deadline,
    Watch,
    not_opened,
    silences,
    standing,
    suspensions,
    watch_of,
)
from tests.oracle.absence_stages import (
    Closing,
    count_silences,
    logistics,
    not_closed,
    not_counted,
    not_counting,
)
from tests.oracle.absence_wide import WIDE, WideFacts
from tests.oracle.book import Book, Identity
from tests.oracle.boxes import boxes_at, key, limit_ms
from tests.oracle.conditions import Shape
from tests.oracle.events import Event
from tests.oracle.folder import common_area
from tests.oracle.forms import finals
from tests.oracle.hold import Hold
from tests.oracle.posture import Posture
from tests.oracle.rows import (
    PAST_CLOSING_LIMIT,
    T01_GRACE,
    T08_LIMIT,
    T10_LIMIT,
    T11_LIMIT,
    V10_LIMIT,
)
from tests.oracle.tables import (
    T03_GRACE,
    T06_LIMIT,
    T07_PAIR_LIMIT,
    T07_TPS_LIMIT,
    most_vulnerable,
    tighter,
)
from tests.oracle.times import MINUTE
from tests.oracle.told import Told

__all__ = ["AbsenceFacts", "Open"]

_ADM = frozenset({"T01", "T05", "T08", "T09", "V10"})
_MEDIUM = frozenset({"T05", "T07", "T08", "T09", "V10"})


class AbsenceFacts:
    """Deadlines and shapes of conditions."""

    def __init__(self, told: Told, book: Book, posture: Posture, hold: Hold) -> None:
        """Keep what is asked."""
        self.told = told
        self.wide = WideFacts(told, book, hold)
        self.folder = told.folder
        self.readings = told.readings
        self.posture = posture
        self.tps_of_box: dict[str, set[str]] = {}
        """By scope of a box: the TPS whose words name it."""
        self._answers: dict[Identity, tuple[tuple[int, int], dict[str, Deadline]]] = {}
        """Of a TPS or a pair: how much it had said when it was asked last, and the answer."""

    def deadlines(self, about: Identity) -> dict[str, Deadline]:
        """Every deadline of a condition, by its start, as far as is known.

        Of a TPS and a pair they hang on nothing but its own words: until there is a new one, the
        answer is the same.
        """
        if about.rule in WIDE:
            return _by_start(self.wide.deadlines(about))
        if about.scope.startswith("box:"):
            return _by_start(self._of_box(about))
        said = self.told.heard_of(about.scope)
        before = self._answers.get(about)
        if before is None or before[0] != said:
            before = self._answers[about] = said, _by_start(self._of_place(about))
        return before[1]

    def _of_place(self, about: Identity) -> list[Deadline]:
        scope = about.scope
        if scope.startswith("pair:"):
            limit = T07_PAIR_LIMIT[self.folder.class_of_pair(scope)]
            watches = [self._watch_of(tps.code) for tps in self.folder.tps_of_pair(scope)]
            return silences(limit, self._messages(scope), _any_open(watches))
        if about.rule in {"T03", "T06", "T07"}:
            return self._of_voting(about.rule, scope)
        return self._of_stages(about.rule, scope)

    def _of_voting(self, rule: str, tps: str) -> list[Deadline]:
        place = self.folder.place(tps)
        if rule == "T03":
            due = place.opens_at + T03_GRACE[place.tps_class] * MINUTE
            return not_opened(due, self.told.stages(tps))
        if rule == "T06":
            return suspensions(T06_LIMIT[place.tps_class], self.told.stages(tps))
        watches = [self._watch_of(tps)]
        return silences(T07_TPS_LIMIT[place.tps_class], self._messages(tps), _any_open(watches))

    def _of_stages(self, rule: str, tps: str) -> list[Deadline]:
        place, stages = self.folder.place(tps), self.told.stages(tps)
        counts = self.told.counts.get(tps, [])
        match rule:
            case "T01":
                due = place.logistics_due + T01_GRACE[place.tps_class] * MINUTE
                return logistics(due, stages)
            case "T05":
                closing = Closing(place.closes_at, PAST_CLOSING_LIMIT[place.tps_class])
                return not_closed(closing, stages, counts, self.told.queue_words(tps))
            case "T08":
                return not_counting(T08_LIMIT[place.tps_class], stages, counts)
            case "T09":
                midnight, noon = (self.folder.clock(tps, hour, 1) for hour in ("00:00", "12:00"))
                return not_counted(midnight, noon, stages, self._all_final(tps))
            case _:
                limit = V10_LIMIT[place.tps_class]
                return count_silences(limit, stages, counts, self._all_final(tps))

    def _all_final(self, tps: str) -> Event | None:
        return self.told.all_final_at(
            tps, lambda code, contest: finals(self.told.counts.get(code, []), contest)
        )

    def _of_box(self, about: Identity) -> list[Deadline]:
        found: list[Deadline] = []
        name = about.scope.partition("/")[2]
        for tps in sorted(self.tps_of_box[about.scope]):
            boxes = boxes_at(self.told, tps)
            if about.rule == "T10":
                due = {key(way): self._due_of("T10", way, eta) for way, eta in boxes.ways(name)}
                found += boxes.overdue(name, due)
            else:
                due = {
                    key(departure): self._due_of("T11", departure, None)
                    for departure in boxes.departures(name)
                }
                found += boxes.without_escort(name, due)
        return found

    def _due_of(self, rule: str, departure: Event, eta: float | None) -> int:
        """ADR 18: the tighter limit of a posture, "or when the posture was raised if … later"."""
        place = self.folder.place(departure.place.tps)

        def limit(tps_class: str) -> int:
            if rule == "T11":
                return T11_LIMIT[tps_class] * MINUTE
            return limit_ms(eta, place.transit_minutes, T10_LIMIT[tps_class])

        usual = departure.at + limit(place.tps_class)
        tight = self.posture.first(
            departure.place.desa, departure.at + limit(tighter(place.tps_class))
        )
        return usual if tight is None else min(usual, tight)

    def _watch_of(self, tps: str) -> Watch | None:
        return watch_of(self.told.stages(tps))

    def _messages(self, scope: str) -> list[Event]:
        messages = self.told.messages.get(scope, [])
        if self.readings.taken_back_is_no_message:
            return standing(messages, self.readings)
        return messages

    def shape(self, about: Identity, due: int) -> Shape:
        """Severity, ladder and class by domain §4b; of several ladders the alert has the first."""
        scope, rule = about.scope, about.rule
        if rule in WIDE:
            return self.wide.shape(about, due)
        if scope.startswith("pair:"):
            place = self.folder.area_of_pair(scope)
            return Shape("medium", "OPS", self.folder.class_of_pair(scope), place)
        if scope.startswith("box:"):
            return self._shape_of_box(scope, due)
        tps_class = self.folder.place(scope).tps_class
        if rule == "T03" and tps_class != "sangat_rawan":
            return Shape("medium", "ADM", tps_class, scope)
        severity = "medium" if rule in _MEDIUM else "high"
        return Shape(severity, "ADM" if rule in _ADM else "OPS", tps_class, scope)

    def _shape_of_box(self, scope: str, due: int) -> Shape:
        """T10, T11: critical at `sangat_rawan`, also by posture; the class is that of the map."""
        codes = sorted(self.tps_of_box[scope])
        tps_class = most_vulnerable([self.folder.place(code).tps_class for code in codes])
        tight = any(self.posture.holds(code[:13], due) for code in codes)
        judged = tighter(tps_class) if tight else tps_class
        severity = "critical" if judged == "sangat_rawan" else "high"
        return Shape(severity, "OPS", tps_class, common_area(codes))


def _by_start(found: list[Deadline]) -> dict[str, Deadline]:
    return {deadline.start: deadline for deadline in found}


def _any_open(watches: list[Watch | None]) -> "Open":
    return Open([watch for watch in watches if watch is not None])


class Open:
    """Whether any of several TPS is open at a moment."""

    def __init__(self, watches: list[Watch]) -> None:
        """Keep when each is open."""
        self.watches = watches

    def __call__(self, at: int) -> bool:
        """Tell of one moment."""
        return any(watch.holds(at) for watch in self.watches)
