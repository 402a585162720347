"""Races: contests over an area within one kabupaten, with the forms that stand for their TPS.

V07, V08, V09 and V13 ask the same of them: which form stands for a TPS, whether it is possible
(V02: "Such a form is in no total while it holds"), and whether enough is counted.
"""

from dataclasses import dataclass

from tests.oracle.count_checks import impossible
from tests.oracle.events import Event
from tests.oracle.folder import Contest
from tests.oracle.forms import is_final, standing_form, valid, votes
from tests.oracle.told import Told
from tests.oracle.values import text

__all__ = ["Race", "Races"]


@dataclass(frozen=True)
class Race:
    """A contest over an area within one kabupaten, or at a single TPS of it."""

    contest: Contest
    area: str
    codes: tuple[str, ...]
    single: bool

    @property
    def scope(self) -> str:
        """The scope of its alerts."""
        return f"contest:{self.contest.id}@{self.area}"


class Races:
    """Every race that was counted, and the form that stands for each of its TPS."""

    def __init__(self, told: Told) -> None:
        """Begin before the first count."""
        self.told = told
        self.folder = told.folder
        self.known: dict[str, Race] = {}
        """By scope."""
        self._forms: dict[tuple[str, str], Event | None] = {}
        """By TPS and contest: the form that stands, or None if it is held back."""

    def take(self, count: Event) -> list[Race]:
        """Look at the forms of a count's TPS, which is kept already; return the races of it."""
        tps, name = count.place.tps, text(count.value, "contest")
        form = standing_form(self.told.counts[tps], name)
        self._forms.pop((tps, name), None)
        if form is not None:
            self._forms[tps, name] = None if impossible(self.folder, form) else form
        if tps not in self.folder.tps:
            return []  # ADR 18 "an unknown one is in no total".
        contest = next(c for c in self.folder.contests if c.id == name)
        found = self._of(contest, tps)
        self.known.update({race.scope: race for race in found})
        return found

    def _of(self, contest: Contest, tps: str) -> list[Race]:
        kabupaten = tps[:5]
        codes = tuple(
            code
            for code in sorted(self.folder.tps)
            if contest.covers(code) and code.startswith(kabupaten)
        )
        whole = Race(contest, contest.area, codes, single=False)
        if self.folder.kind == "pilkades":
            return [whole]
        if len(contest.area) < len(kabupaten):
            # No partition sees all of it: watched TPS by TPS only.
            return [Race(contest, tps, (tps,), single=True)]
        return [whole, Race(contest, tps, (tps,), single=True)]

    def standing(self, race: Race) -> list[Event]:
        """The possible forms that stand for the TPS of a race."""
        found = [self._forms.get((tps, race.contest.id)) for tps in race.codes]
        return [form for form in found if form is not None]

    def held(self, race: Race) -> list[str]:
        """The TPS of a race whose form is held back."""
        kept = [(tps, race.contest.id) for tps in race.codes]
        return [tps for tps, name in kept if self._forms.get((tps, name), self) is None]

    def dpt(self, codes: list[str]) -> int:
        """How many are on the lists of some TPS of the plan."""
        return sum(self.folder.tps[code].dpt or 0 for code in codes)

    def sums(self, race: Race) -> dict[str, int]:
        """Votes of each choice in all forms that stand."""
        forms = self.standing(race)
        return {
            choice: sum(votes(form).get(choice, 0) for form in forms)
            for choice in race.contest.choices
        }

    def margin(self, race: Race) -> int:
        """Of the first two; of a contest with one choice nobody asks."""
        first, second, *_ = sorted(self.sums(race).values(), reverse=True)
        return first - second

    def valid(self, race: Race) -> int:
        """The valid votes of all forms that stand."""
        return sum(valid(form) for form in self.standing(race))

    def all_final(self, race: Race) -> bool:
        """Whether every TPS has a final form that stands."""
        forms = self.standing(race)
        return len(forms) == len(race.codes) and all(is_final(form) for form in forms)

    def is_enough(self, race: Race) -> bool:
        """Whether all TPS are final, or those with a final form hold at least 80 % of the DPT."""
        if self.all_final(race):
            return True
        finals = [form.place.tps for form in self.standing(race) if is_final(form)]
        if race.single or not finals:
            return False
        return self.dpt(finals) * 100 >= 80 * self.dpt([*race.codes])
