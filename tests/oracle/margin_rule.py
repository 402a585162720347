"""Rule V07 over a day: narrow results, the alerts of whole areas and the postures that they raise.

A single TPS of a pilkada or pemilu with a narrow final form raises a posture without any alert.
"""

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.boxes import BOX_KINDS, boxes_at
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.forms import side_of
from tests.oracle.posture import Posture
from tests.oracle.races import Race, Races
from tests.oracle.rows import V07_QUIET_MINUTES
from tests.oracle.tables import most_vulnerable
from tests.oracle.times import MINUTE
from tests.oracle.values import text

__all__ = ["MarginRule"]


class MarginRule:
    """Every race, whether it is narrow, and until when that matters."""

    def __init__(self, races: Races, book: Book, posture: Posture) -> None:
        """Begin before the first count."""
        self.races = races
        self.told = races.told
        self.folder = races.folder
        self.book = book
        self.posture = posture
        self.conditions: dict[Identity, Condition] = {}
        self._races: dict[Identity, Race] = {}
        self._over_at: dict[Identity, int] = {}
        """Of a narrow race whose boxes are all in: when it will be over."""

    def take_count(self, races: list[Race], when: Moment) -> None:
        """Judge the races that a count belongs to."""
        for race in races:
            self._races[_about(race)] = race
            self._judge(race, when)

    def take_status(self, status: Event, when: Moment) -> None:
        """A box that has come, or not come after all, may end what holds or let it go on."""
        if status.kind in BOX_KINDS or "corrects" in status.value:
            for race in list(self._races.values()):
                if status.place.tps in race.codes:
                    self._judge(race, when)

    def _judge(self, race: Race, when: Moment) -> None:
        condition = self.conditions.setdefault(_about(race), Condition(_about(race)))
        over_at = self._over(race)
        narrow = self._is_narrow(race) and (over_at is None or when.now < over_at)
        self._over_at.pop(_about(race), None)
        if narrow and over_at is not None:
            self._over_at[_about(race)] = over_at
        if narrow and not condition.holding:
            self._begins(race, condition, when)
        elif condition.holding and not narrow:
            self._ends(race, condition, when)

    def _is_narrow(self, race: Race) -> bool:
        """ADR 18 "margin of the first two ≤ max(3, 1 % of valid)", once enough is counted."""
        if len(race.contest.choices) < 2 or not self.races.is_enough(race):
            return False
        margin = self.races.margin(race)
        return margin <= 3 or margin * 100 <= self.races.valid(race)

    def _over(self, race: Race) -> int | None:
        """When 12 hours have passed since the last count, if every box of the area is in."""
        if not all(boxes_at(self.told, tps).all_in() for tps in race.codes):
            return None
        last = max(
            count.at
            for tps in race.codes
            for count in self.told.counts.get(tps, [])
            if text(count.value, "contest") == race.contest.id and side_of(count)
        )
        return last + V07_QUIET_MINUTES * MINUTE

    def _begins(self, race: Race, condition: Condition, when: Moment) -> None:
        self.posture.up(race.scope, {code[:13] for code in race.codes}, when.at)
        if race.single:
            condition.holding = True
            return
        codes = [form.place.tps for form in self.races.standing(race)]
        tps_class = most_vulnerable([self.folder.place(tps).tps_class for tps in codes])
        shape = Shape("high", "OPS", tps_class, race.area, start_level=2)
        condition.begins(self.book, self.folder, shape, when)

    def _ends(self, race: Race, condition: Condition, when: Moment) -> None:
        self.posture.down(race.scope, when.at)
        if race.single:
            condition.holding = False
        else:
            condition.ends(self.book, when)

    def quiet_at(self, condition: Condition) -> int | None:
        """When a narrow race is over by quiet alone."""
        return self._over_at.get(condition.about)

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """Every box is in, and nobody has counted for long."""
        del self._over_at[condition.about]
        self._ends(self._races[condition.about], condition, when)


def _about(race: Race) -> Identity:
    return Identity("V07", race.scope)
