"""What those rules of absence ask that watch no single TPS: W10 an officer, X01 a kecamatan."""

from tests.oracle.absence import Deadline, standing
from tests.oracle.book import Alert, Book, Identity
from tests.oracle.conditions import Shape
from tests.oracle.events import Event
from tests.oracle.folder import common_area
from tests.oracle.hold import Hold
from tests.oracle.mass_silence import Spell, mass_silences
from tests.oracle.missed_checkins import done_since, missed_checkins, spans_of_trouble
from tests.oracle.rows import W10_LIMIT, X01_QUIET_MINUTES
from tests.oracle.tables import most_vulnerable
from tests.oracle.times import MINUTE
from tests.oracle.told import Told

__all__ = ["WIDE", "WideFacts", "carried_on"]

WIDE = ("W10", "X01")


class WideFacts:
    """Deadlines and shapes of the two rules."""

    def __init__(self, told: Told, book: Book, hold: Hold) -> None:
        """Begin without a check-in."""
        self.hold = hold
        self.told = told
        self.folder = told.folder
        self.book = book
        self._answers: dict[str, tuple[object, list[Spell]]] = {}
        """By kecamatan: what was asked of it last, and the answer."""
        self._checkins: dict[str, list[Event]] = {}
        """By scope of the officer: every status that names him."""

    def take(self, status: Event) -> None:
        """Keep what names an officer."""
        if status.officer:
            self._checkins.setdefault(status.officer, []).append(status)

    def concerned(self, status: Event) -> list[str]:
        """Officers of whom a status tells, or of whose TPS; if it takes another one back, all."""
        every = "corrects" in status.value
        return [
            officer
            for officer in self._checkins
            if every or officer == status.officer or status.place.tps in self._tps_of(officer)
        ]

    def deadlines(self, about: Identity) -> list[Deadline]:
        """Every deadline of a condition, as far as is known."""
        if about.rule == "X01":
            return [spell.deadline for spell in self._spells(about.scope)]
        codes = self._tps_of(about.scope)
        done = done_since(self.told, codes) if codes else []
        trouble = spans_of_trouble(self.book.lines, {tps[:13] for tps in codes})
        limit = W10_LIMIT[self._class_of(codes)] * MINUTE
        return missed_checkins(limit, self._said(about.scope), done, trouble)

    def shape(self, about: Identity, due: int) -> Shape:
        """Severity, ladder and class by domain §4b."""
        if about.rule == "X01":
            quiet = [q for s in self._spells(about.scope) if s.deadline.due == due for q in s.quiet]
            return Shape("high", "OPS", self._class_of(quiet), about.scope)
        codes = self._tps_of(about.scope)
        place = common_area(codes) if codes else self.folder.area_of_officer(about.scope)
        return Shape("medium", "OPS", self._class_of(codes), place)

    def _class_of(self, codes: list[str]) -> str:
        return most_vulnerable([self.folder.place(tps).tps_class for tps in codes])

    def _said(self, officer: str) -> list[Event]:
        """ADR 18 "Only a `checkin` counts"; and what was taken back was never said."""
        stood = standing(self._checkins.get(officer, []), self.told.readings)
        return [status for status in stood if status.kind == "checkin"]

    def _tps_of(self, officer: str) -> list[str]:
        """ADR 18 "the TPS of his pair, else of his `desa` …, else those that … named"."""
        if pair := self.folder.pair_of.get(officer):
            return [tps.code for tps in self.folder.tps_of_pair(pair)]
        if desa := self.folder.desa_of.get(officer):
            return self.folder.tps_in(desa)
        return sorted({said.place.tps for said in self._said(officer)} - {""})

    def _spells(self, kecamatan: str) -> list[Spell]:
        """Every spell; asked again without a new word or another hold, the answer is the same."""
        codes = self.folder.tps_in(kecamatan)
        messages = {tps: self.told.messages.get(tps, []) for tps in codes}
        held = {tps: until for tps in codes if (until := self.hold.quiet_until(tps)) is not None}
        asked = sum(map(len, messages.values())), held
        before = self._answers.get(kecamatan)
        if before is not None and before[0] == asked:
            return before[1]
        quiet = max(X01_QUIET_MINUTES, 1.25 * self.folder.heartbeat_minutes)
        stages = {tps: self.told.stages(tps) for tps in codes}
        found = mass_silences(round(quiet * MINUTE), stages, messages, held)
        self._answers[kecamatan] = asked, found
        return found


def carried_on(deadlines: dict[str, Deadline], alert: Alert | None) -> dict[str, Deadline]:
    """The spells of X01, of which the one that an alert was opened in keeps the alert's name.

    More that becomes known may let it begin earlier; it is the same as long as it was so then.
    """
    if alert is None or not alert.start:
        return deadlines
    found: dict[str, Deadline] = {}
    for deadline in deadlines.values():
        lasts = deadline.end is None or deadline.end.at > alert.deadline
        own = deadline.due <= alert.deadline and lasts
        found[alert.start if own else deadline.start] = deadline
    return found
