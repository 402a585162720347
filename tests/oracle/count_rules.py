"""Rules V01–V06 over a day: what is wrong with the forms of a TPS."""

from tests.oracle.book import Identity, Moment
from tests.oracle.conditions import Shape
from tests.oracle.count_checks import disagreement, failing, fallen, impossible, is_full
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.forms import forms_by_side, history, not_replaced
from tests.oracle.held_rules import HeldRules
from tests.oracle.speed import is_too_fast
from tests.oracle.told import Told
from tests.oracle.values import text

__all__ = ["CountRules"]


class CountRules:
    """The six rules."""

    def __init__(self, told: Told, held: HeldRules) -> None:
        """Ask what was told."""
        self.told = told
        self.folder: Folder = told.folder
        self.held = held

    def take(self, word: Event, when: Moment) -> None:
        """Judge every contest of a TPS after a count or status of it, which is kept already."""
        tps = word.place.tps
        if tps not in self.told.counts:
            return
        starts = self.told.of_kind(tps, "counting_started")
        contests = sorted({text(known.value, "contest") for known in self.told.counts[tps]})
        holding: dict[Identity, Shape] = {}
        for contest in contests:
            for rule, key, severity in self._wrong(tps, contest):
                holding[Identity(rule, tps, key)] = self._shape(severity, tps)
            if any(is_full(self.folder, forms[-1]) for forms in self._by_side(tps, contest)):
                holding[Identity("V03", tps)] = self._shape("low", tps)
            if any(
                is_too_fast(not_replaced(forms), starts) for forms in self._by_side(tps, contest)
            ):
                holding[Identity("V05", tps)] = self._shape("medium", tps)
        self.held.sync(tps, holding, when)

    def _shape(self, severity: str, tps: str) -> Shape:
        return Shape(severity, "ADM", self.folder.place(tps).tps_class, tps)

    def _by_side(self, tps: str, contest: str) -> list[list[Event]]:
        return list(forms_by_side(self.told.counts[tps], contest).values())

    def _wrong(self, tps: str, contest: str) -> list[tuple[str, str, str]]:
        """Rule, key and severity of everything that is wrong with a contest at a TPS."""
        counts = self.told.counts[tps]
        by_side = forms_by_side(counts, contest)
        found: list[tuple[str, str, str]] = []
        for forms in by_side.values():
            found += [("V01", f"{contest}:{check}", "medium") for check in failing(forms[-1])]
            if impossible(self.folder, forms[-1]):
                found.append(("V02", contest, "medium"))
        for forms in history(counts, contest).values():
            found += [("V04", f"{contest}:{choice}", "medium") for choice in fallen(forms)]
        if severity := disagreement(by_side):
            found.append(("V06", contest, severity))
        return found
