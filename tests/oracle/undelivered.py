"""Rule X09: a call that reaches nobody.

docs/explanation/who-is-told.md: "A call that has reached none of a level's contacts, with no way
left to try, is an alert of its own (X09, `OPS/polsek@36.04.17`) … One message that gets through to
the level ends it. There is one for each level of an area"; "A receipt of what was told before the
alert came back counts for nothing." docs/reference/notify.md: "After the last way a receipt says
`failed` with no `next`"; the runbook: "semua saluran … gagal, tidak dikenal, atau … ditahan".
What is over calls nobody any more. A person's word answers it; the next failure is a new one.
"""

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.calls import Calls
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.values import Json, integer, parts, text

__all__ = ["UndeliveredRule"]


class UndeliveredRule:
    """Every level of an area that was called in vain."""

    def __init__(self, folder: Folder, book: Book) -> None:
        """Begin with nobody called."""
        self.folder = folder
        self.book = book
        self.calls = Calls(folder, book)
        self.conditions: dict[Identity, Condition] = {}

    def take(self, receipt: Event, when: Moment) -> None:
        """Judge what became of a notice."""
        self.calls.look()
        value = receipt.value
        key, _, number = text(value, "destination").rpartition("/")
        if not number.isdecimal():
            return  # A post that nobody is named for has no contacts to reach.
        about = Identity("X09", f"pipeline:{receipt.place.kabupaten}/contacts", key)
        condition = self.conditions.setdefault(about, Condition(about))
        if text(value, "outcome") == "delivered":
            self._note(value, key, int(number), reached=True)
            if condition.holding:
                condition.ends(self.book, when)
        elif not text(value, "next") and self._note(value, key, int(number), reached=False):
            self._begin(condition, when)

    def _note(self, value: Json, key: str, number: int, *, reached: bool) -> bool:
        """Keep it for each alert that the notice told of; return whether a call is in vain."""
        in_vain = False
        for told in parts(value, "alerts"):
            name, revision = text(told, "alert"), integer(told, "revision") or 0
            call = self.calls.call_of(name, key, revision)
            if call is None:
                continue
            (call.reached if reached else call.failed).add(number)
            nobody = call.numbers <= call.failed and not call.reached
            in_vain = in_vain or (nobody and self.book.alerts[name].open)
        return in_vain

    def _begin(self, condition: Condition, when: Moment) -> None:
        if condition.blocked and condition.newest is not None:
            condition.clears(condition.newest.resolved_at)
        if not condition.holding:
            kabupaten = condition.about.scope.removeprefix("pipeline:")[:5]
            shape = Shape("high", "SYS", "kurang_rawan", kabupaten)
            condition.begins(self.book, self.folder, shape, when)
