"""Rule W02 over a day: an officer in duress, until he and his commander have both said otherwise.

§5 "W02 ends with a later `checkin` aman of that officer and `confirm_identity`, in either order."
"Later" is after the newest call, by the senders' clocks.
"""

from tests.oracle.absence import standing
from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.readings import Readings
from tests.oracle.values import text

__all__ = ["DuressRule"]


class DuressRule:
    """Every check-in, call and confirmation of each officer."""

    def __init__(self, folder: Folder, book: Book, readings: Readings) -> None:
        """Begin with nobody in duress."""
        self.folder = folder
        self.book = book
        self.readings = readings
        self.conditions: dict[Identity, Condition] = {}
        self._of_officer: dict[str, list[Event]] = {}
        self._answered_until: dict[str, int] = {}
        """When the newest of the calls was that a person has answered."""
        self._confirmed: dict[str, list[int]] = {}

    def take_status(self, status: Event, when: Moment) -> None:
        """Take a check-in or a call for help, or whatever takes one back."""
        if not status.officer:
            return
        told = self._of_officer.setdefault(status.officer, [])
        newest_call = max((known.at for known in told if known.kind == "duress"), default=0)
        told.append(status)
        if status.kind == "duress" and status.at > newest_call:
            self._answered(status.officer, newest_call)
        self._judge(status.officer, when)

    def _answered(self, officer: str, newest_call: int) -> None:
        """A call after one that a person has answered is a new matter; those before are none."""
        condition = self.conditions.get(Identity("W02", officer))
        waits = self.readings.a_new_call_waits_for_both
        if (
            condition is not None
            and condition.newest is not None
            and condition.blocked
            and not waits
        ):
            condition.clears(condition.newest.resolved_at)
            self._answered_until[officer] = newest_call

    def confirm(self, officer: str, at: int, when: Moment) -> None:
        """Take a commander's word that this is the officer."""
        self._confirmed.setdefault(officer, []).append(at)
        self._judge(officer, when)

    def _judge(self, officer: str, when: Moment) -> None:
        stood = standing(self._of_officer.get(officer, []), self.readings)
        answered = self._answered_until.get(officer, 0)
        calls = [status for status in stood if status.kind == "duress" and status.at > answered]
        about = Identity("W02", officer)
        condition = self.conditions.setdefault(about, Condition(about))
        holds = bool(calls) and not self._is_over(officer, stood, calls[-1].at)
        if holds and not condition.holding:
            condition.begins(self.book, self.folder, self._shape(officer, calls), when)
        elif condition.holding and not holds:
            condition.ends(self.book, when)

    def _is_over(self, officer: str, stood: list[Event], called_at: int) -> bool:
        well = any(
            status.kind == "checkin"
            and text(status.value, "situation") == "aman"
            and status.at > called_at
            for status in stood
        )
        return well and any(at > called_at for at in self._confirmed.get(officer, []))

    def _shape(self, officer: str, calls: list[Event]) -> Shape:
        """§1: the class of the pair; of an officer without one, that of the TPS in the evidence."""
        if pair := self.folder.pair_of.get(officer):
            tps_class = self.folder.class_of_pair(pair)
        else:
            named = calls[-1].place.tps
            tps_class = self.folder.place(named).tps_class if named else "kurang_rawan"
        place = calls[-1].place.tps or self.folder.area_of_officer(officer)
        return Shape("critical", "OPS", tps_class, place)
