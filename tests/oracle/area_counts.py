"""Rules V08, V09 and V13 over a day: a tie, a single pair near a half, forms that decide a contest.

All three are functions of the forms that stand in a whole area; V09 raises a posture besides.
"""

from tests.oracle.book import Identity, Moment
from tests.oracle.conditions import Shape
from tests.oracle.held_rules import HeldRules
from tests.oracle.posture import Posture
from tests.oracle.races import Race, Races
from tests.oracle.rows import V09_SHARE_PERCENT
from tests.oracle.tables import most_vulnerable

__all__ = ["AreaCounts"]

_EMPTY_COLUMN = "kosong"
_KPU, _POLRES = 2, 3


class AreaCounts:
    """The three rules."""

    def __init__(self, races: Races, held: HeldRules, posture: Posture) -> None:
        """Ask what stands."""
        self.races = races
        self.folder = races.folder
        self.held = held
        self.posture = posture

    def take_count(self, races: list[Race], when: Moment) -> None:
        """Judge the races that a count belongs to."""
        for race in races:
            if not race.single and len(race.contest.choices) > 1:
                self._judge(race, when)

    def _judge(self, race: Race, when: Moment) -> None:
        holding: dict[Identity, Shape] = {}
        if self._is_tie(race):
            holding[Identity("V08", race.scope)] = self._shape(race, "ADM")
        if self._is_near_half(race):
            holding[Identity("V09", race.scope)] = self._shape(race, "OPS", _POLRES)
        if self._is_decided_by_held(race):
            holding[Identity("V13", race.scope)] = self._shape(race, "ADM", _KPU)
        near_before = self._holds("V09", race)
        self.held.sync(race.scope, holding, when)
        if self._holds("V09", race) != near_before:
            self._raise_posture(race, when, up=not near_before)

    def _holds(self, rule: str, race: Race) -> bool:
        condition = self.held.conditions.get(Identity(rule, race.scope))
        return condition is not None and condition.holding

    def _raise_posture(self, race: Race, when: Moment, *, up: bool) -> None:
        """ADR 18 "Raises the posture of the area as V07, until two hours after its end"."""
        cause = f"V09 {race.scope}"
        if up:
            self.posture.up(cause, {code[:13] for code in race.codes}, when.at)
        else:
            self.posture.down(cause, when.at)

    def _shape(self, race: Race, ladder: str, start: int | None = None) -> Shape:
        """The class is the most vulnerable of the TPS that have something to do with it."""
        told = [form.place.tps for form in self.races.standing(race)] + self.races.held(race)
        tps_class = most_vulnerable([self.folder.place(tps).tps_class for tps in told])
        return Shape("high", ladder, tps_class, race.area, start_level=start)

    def _is_tie(self, race: Race) -> bool:
        """ADR 18 "only in a pilkades, once every TPS of the desa is final"."""
        if self.folder.kind != "pilkades" or not self.races.all_final(race):
            return False
        return self.races.margin(race) == 0

    def _is_near_half(self, race: Race) -> bool:
        """Domain §4b V09 "area ≥80 % in, single pair 48-52 %": of the valid votes."""
        pairs = [choice for choice in race.contest.choices if choice != _EMPTY_COLUMN]
        if len(pairs) != 1 or len(race.contest.choices) != 2 or not self.races.is_enough(race):
            return False
        got, of = self.races.sums(race)[pairs[0]], self.races.valid(race)
        lowest, highest = V09_SHARE_PERCENT
        return of > 0 and lowest * of <= 100 * got <= highest * of

    def _is_decided_by_held(self, race: Race) -> bool:
        """ADR 18 "while a form is held back (V02): DPT of the TPS held and missing ≥ margin"."""
        if not self.races.held(race):
            return False
        counted = {form.place.tps for form in self.races.standing(race)}
        open_yet = [code for code in race.codes if code not in counted]
        return self.races.dpt(open_yet) >= self.races.margin(race)
