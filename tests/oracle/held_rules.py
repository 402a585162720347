"""Rules that are a function of what was said: after each record they hold or they don't.

Here is what becomes of their alerts; `stage_rules` and `count_rules` say when they hold.
"""

from collections.abc import Mapping

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.folder import Folder

__all__ = ["HeldRules"]


class HeldRules:
    """The conditions of such rules."""

    def __init__(self, folder: Folder, book: Book, rules: frozenset[str]) -> None:
        """Begin with nothing that holds."""
        self.folder = folder
        self.book = book
        self.rules = rules
        self.conditions: dict[Identity, Condition] = {}

    def sync(self, scope: str, holding: Mapping[Identity, Shape], when: Moment) -> None:
        """Compare what holds of a scope now with what held before."""
        held = [about for about, c in self.conditions.items() if c.holding and about.scope == scope]
        for about in sorted({*held, *holding}):
            if about.rule in self.rules:
                self.sync_one(about, holding.get(about), when)

    def sync_one(self, about: Identity, shape: Shape | None, when: Moment) -> None:
        """Begin, raise, lower or end one condition."""
        condition = self.conditions.setdefault(about, Condition(about))
        if shape is None:
            if condition.holding:
                condition.ends(self.book, when)
            return
        if not condition.holding:
            condition.severity = shape.severity
            condition.begins(self.book, self.folder, shape, when)
        condition.takes_severity(self.book, shape.severity, when)
