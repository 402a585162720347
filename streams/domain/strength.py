"""Strength of a Polsek: who is on its list, what each is doing, and what is asked of them.

Officers are called by their id, pairs by theirs; nobody's name is in here. Each officer stands in
exactly one row of the ledger, by what binds him most:

    dispatched to an alert ─► BOUND
    else with a box that is not in ─► ESCORTING
    else not on duty by the roster ─► OFF_DUTY
    else not heard of, or calling for help ─► MISSING
    else ─► FREE

Who is dispatched or with a box stays so when his shift ends: nobody has said that he has left.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from streams.domain.ids import AlertId

__all__ = ["Balance", "Duty", "Incident", "Loan", "Posted", "Strength"]


class Duty(StrEnum):
    """What an officer is doing."""

    BOUND = "bound"
    ESCORTING = "escorting"
    OFF_DUTY = "off_duty"
    MISSING = "missing"
    FREE = "free"


class Posted(Struct, frozen=True, gc=False):
    """An officer, as the ledger has him."""

    officer: str
    pair: str
    """Empty: in none."""
    duty: Duty
    alert: AlertId | None = None
    """To which he is dispatched, if he is."""


class Strength(Struct, frozen=True):
    """The ledger of one Polsek, its officers in order of their ids."""

    polsek: str
    officers: tuple[Posted, ...]

    def count(self, duty: Duty) -> int:
        """Return how many are doing something."""
        return sum(one.duty is duty for one in self.officers)

    @property
    def free(self) -> int:
        """On duty, not dispatched, not with a box; who is missing is among them."""
        return self.count(Duty.FREE) + self.count(Duty.MISSING)

    @property
    def pairs(self) -> Mapping[str, tuple[Posted, ...]]:
        """Return the officers by pair, in order of its name; those in none are not in it."""
        names = sorted({one.pair for one in self.officers if one.pair})
        return {name: tuple(one for one in self.officers if one.pair == name) for name in names}

    @property
    def ready(self) -> tuple[str, ...]:
        """Whom one can propose: pairs of whom all that are on duty are free, then single officers.

        A pair counts from two; who stands alone, for whatever reason, is called by his id.
        """
        pairs = {name: _on_duty(members) for name, members in self.pairs.items()}
        whole = {
            name
            for name, members in pairs.items()
            if len(members) > 1 and all(one.duty is Duty.FREE for one in members)
        }
        single = (
            one.officer for one in self.officers if one.duty is Duty.FREE and one.pair not in whole
        )
        return (*sorted(whole), *single)


def _on_duty(members: tuple[Posted, ...]) -> tuple[Posted, ...]:
    return tuple(one for one in members if one.duty is not Duty.OFF_DUTY)


class Incident(Struct, frozen=True, gc=False):
    """An alert that asks for officers."""

    alert: AlertId
    rule: str
    crew: int
    """How many it asks for,"""
    sent: int
    """and how many are dispatched to it."""

    @property
    def missing(self) -> int:
        """How many it still asks for."""
        return max(0, self.crew - self.sent)


class Loan(Struct, frozen=True, gc=False):
    """What another Polsek of the kabupaten can lend."""

    polsek: str
    officers: int
    minutes: int | None
    """Estimated travel time; None: nobody knows where one of the two lies."""


class Balance(Struct, frozen=True):
    """What is asked of a Polsek beside what it has."""

    strength: Strength
    incidents: tuple[Incident, ...] = ()
    """Those that ask, the oldest first."""
    loans: tuple[Loan, ...] = ()
    """Of those that can lend, the nearest first."""

    @property
    def demand(self) -> int:
        """Officers that are still asked for."""
        return sum(one.missing for one in self.incidents)

    @property
    def shortfall(self) -> int:
        """How many more are asked for than are free."""
        return max(0, self.demand - self.strength.free)

    @property
    def lendable(self) -> int:
        """How many the other Polsek can lend together."""
        return sum(one.officers for one in self.loans)

    @property
    def bko(self) -> int:
        """Officers to be asked for from outside the kabupaten."""
        return max(0, self.shortfall - self.lendable)

    @property
    def spare(self) -> int:
        """How many it can lend; who is missing is proposed to nobody."""
        return max(0, self.strength.count(Duty.FREE) - self.demand)
