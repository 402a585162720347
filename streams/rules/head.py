"""What every rule has once it is ready for an election, whatever its detector."""

from msgspec import Struct

from streams.domain.alert import ChecklistItem, Ladder
from streams.domain.words import Severity, TpsClass
from streams.rules.fields import of_class
from streams.rules.pack import Route, Rule

__all__ = ["RuleHead"]


class RuleHead(Struct, frozen=True):
    """What every rule has, whatever its detector."""

    rule: Rule
    version: str
    quiet_ms: int
    act_by_ms: int | None
    category: Route | None = None
    """Of a rule of evidence: what the taxonomy says of the category."""

    @property
    def checklist(self) -> tuple[ChecklistItem, ...]:
        """What is to be done in answer to an alert, nothing of it done yet."""
        return tuple(ChecklistItem(one.key, one.id, one.en) for one in self.rule.checklist)

    def severity(self, tps_class: TpsClass) -> Severity:
        """Return the severity at opening."""
        if self.rule.severity is None:
            assert self.category is not None, "only a rule of evidence takes the taxonomy's"
            return self.category.severity
        return of_class(self.rule.severity, tps_class)

    def ladders(self, tps_class: TpsClass) -> tuple[Ladder, tuple[str, ...]]:
        """Return the ladder that is climbed, and the route: other ladders, then agencies."""
        category = self.category
        text = self.rule.ladders or (category.ladder if category else None)
        assert text is not None, "only a rule of evidence takes the taxonomy's"
        first, *others = of_class(text, tps_class).split("+")
        return Ladder(first), (*others, *(category.route if category else ()), *self.rule.route)
