"""Rule V07 over a day: narrow results, the alerts of whole areas and the postures that they raise.

A single TPS of a pilkada or pemilu with a narrow final form raises a posture without any alert.
"""

from dataclasses import dataclass

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.boxes import BOX_KINDS, Boxes
from tests.oracle.conditions import Condition, Shape
from tests.oracle.count_checks import impossible
from tests.oracle.events import Event
from tests.oracle.folder import Contest
from tests.oracle.forms import is_final, standing_form, valid, votes
from tests.oracle.posture import Posture
from tests.oracle.rows import V07_QUIET_MINUTES
from tests.oracle.tables import most_vulnerable
from tests.oracle.times import MINUTE
from tests.oracle.told import Told
from tests.oracle.values import text

__all__ = ["MarginRule"]


@dataclass(frozen=True)
class _Race:
    """A contest over an area within one kabupaten, or at a single TPS of it."""

    contest: Contest
    area: str
    codes: tuple[str, ...]
    single: bool

    @property
    def about(self) -> Identity:
        return Identity("V07", f"contest:{self.contest.id}@{self.area}")


class MarginRule:
    """Every race, whether it is narrow, and until when that matters."""

    def __init__(self, told: Told, book: Book, posture: Posture) -> None:
        """Begin before the first count."""
        self.told = told
        self.folder = told.folder
        self.book = book
        self.posture = posture
        self.conditions: dict[Identity, Condition] = {}
        self._forms: dict[tuple[str, str], Event | None] = {}
        """By TPS and contest: the form that stands, if it is possible."""
        self._races: dict[Identity, _Race] = {}
        self._over_at: dict[Identity, int] = {}
        """Of a narrow race whose boxes are all in: when it will be over."""

    def take_count(self, count: Event, when: Moment) -> None:
        """Judge the races that a count, which is kept already, belongs to."""
        tps, name = count.place.tps, text(count.value, "contest")
        form = standing_form(self.told.counts[tps], name)
        possible = form is not None and not impossible(self.folder, form)
        self._forms[tps, name] = form if possible else None
        if tps in self.folder.tps:  # ADR 18 "an unknown one is in no total".
            contest = next(c for c in self.folder.contests if c.id == name)
            for race in self._races_of(contest, tps):
                self._races[race.about] = race
                self._judge(race, when)

    def take_status(self, status: Event, when: Moment) -> None:
        """A box that has come, or not come after all, may end what holds or let it go on."""
        if status.kind in BOX_KINDS or "corrects" in status.value:
            for race in list(self._races.values()):
                if status.place.tps in race.codes:
                    self._judge(race, when)

    def _races_of(self, contest: Contest, tps: str) -> list[_Race]:
        kabupaten = tps[:5]
        area = contest.area
        codes = tuple(
            code
            for code in sorted(self.folder.tps)
            if contest.covers(code) and code.startswith(kabupaten)
        )
        whole = _Race(contest, area, codes, single=False)
        if self.folder.kind == "pilkades":
            return [whole]
        if len(contest.area) < len(kabupaten):
            # No partition sees all of it: watched TPS by TPS only.
            return [_Race(contest, tps, (tps,), single=True)]
        return [whole, _Race(contest, tps, (tps,), single=True)]

    def _judge(self, race: _Race, when: Moment) -> None:
        condition = self.conditions.setdefault(race.about, Condition(race.about))
        over_at = self._over(race)
        narrow = self._is_narrow(race) and (over_at is None or when.now < over_at)
        self._over_at.pop(race.about, None)
        if narrow and over_at is not None:
            self._over_at[race.about] = over_at
        if narrow and not condition.holding:
            self._begins(race, condition, when)
        elif condition.holding and not narrow:
            self._ends(race, condition, when)

    def _is_narrow(self, race: _Race) -> bool:
        """ADR 18 "margin of the first two ≤ max(3, 1 % of valid)", once enough is counted."""
        forms = self._standing(race)
        if len(race.contest.choices) < 2 or not self._is_enough(race, forms):
            return False
        sums = sorted(
            (sum(votes(form).get(choice, 0) for form in forms) for choice in race.contest.choices),
            reverse=True,
        )
        margin = sums[0] - sums[1]
        return margin <= 3 or margin * 100 <= sum(valid(form) for form in forms)

    def _standing(self, race: _Race) -> list[Event]:
        found = [self._forms.get((tps, race.contest.id)) for tps in race.codes]
        return [form for form in found if form is not None]

    def _is_enough(self, race: _Race, forms: list[Event]) -> bool:
        """Whether all TPS are final, or those with a final form hold at least 80 % of the DPT."""
        if len(forms) == len(race.codes) and all(is_final(form) for form in forms):
            return True
        if race.single or not forms:
            return False
        finals = [form for form in forms if is_final(form)]
        if not finals:
            return False
        with_final = sum(self.folder.tps[form.place.tps].dpt or 0 for form in finals)
        return with_final * 100 >= 80 * sum(self.folder.tps[code].dpt or 0 for code in race.codes)

    def _over(self, race: _Race) -> int | None:
        """When 12 hours have passed since the last count, if every box of the area is in."""
        if not all(Boxes(tps, self.told.stages(tps)).all_in() for tps in race.codes):
            return None
        last = max(
            count.at
            for tps in race.codes
            for count in self.told.counts.get(tps, [])
            if text(count.value, "contest") == race.contest.id
        )
        return last + V07_QUIET_MINUTES * MINUTE

    def _begins(self, race: _Race, condition: Condition, when: Moment) -> None:
        self.posture.up(race.about.scope, {code[:13] for code in race.codes}, when.at)
        if race.single:
            condition.holding = True
            return
        codes = [form.place.tps for form in self._standing(race)]
        tps_class = most_vulnerable([self.folder.place(tps).tps_class for tps in codes])
        shape = Shape("high", "OPS", tps_class, race.area, start_level=2)
        condition.begins(self.book, self.folder, shape, when)

    def _ends(self, race: _Race, condition: Condition, when: Moment) -> None:
        self.posture.down(race.about.scope, when.at)
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
