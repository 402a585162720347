"""Rule X07 over a day: an order or an ack from a person who is not on duty. The act counts."""

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.times import zone_h
from tests.oracle.values import text

__all__ = ["RosterRule", "is_on_duty"]

_POLRES_OPS = 2
_DAY_MINUTES = 24 * 60


class RosterRule:
    """Every officer who has acted."""

    def __init__(self, folder: Folder, book: Book) -> None:
        """Begin with nobody who has acted."""
        self.folder = folder
        self.book = book
        self.conditions: dict[Identity, Condition] = {}

    def take(self, command: Event, when: Moment) -> None:
        """Judge a command that was done."""
        self._clear()
        officer = f"officer:{command.place.kabupaten}/{command.source}"
        duty = self.folder.duty_of.get(officer)
        if duty is None or text(command.value, "command") == "note":
            return
        about = Identity("X07", officer)
        condition = self.conditions.setdefault(about, Condition(about))
        well = is_on_duty(duty, command.at, zone_h(command.place.kabupaten))
        if well and condition.holding:
            condition.ends(self.book, when)
        elif not well and not condition.holding:
            pair = self.folder.pair_of.get(officer)
            tps_class = self.folder.class_of_pair(pair) if pair else "kurang_rawan"
            place = self.folder.area_of_officer(officer)
            shape = Shape("medium", "OPS", tps_class, place, start_level=_POLRES_OPS)
            condition.begins(self.book, self.folder, shape, when)

    def _clear(self) -> None:
        """ADR 18 "or by a person; after that the next act is a new one"."""
        for condition in self.conditions.values():
            if condition.blocked and condition.newest is not None:
                condition.clears(condition.newest.resolved_at)


def is_on_duty(duty: tuple[bool, str, str], at: int, hours: int) -> bool:
    """Whether somebody is on duty; a shift that ends before it begins goes over midnight."""
    on_duty, starts, ends = duty
    if not on_duty or not starts or not ends:
        return on_duty
    minute = (at // 60_000 + hours * 60) % _DAY_MINUTES
    first, last = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (starts, ends))
    return first <= minute < last if first <= last else not last <= minute < first
