"""The elections that a system watches at the same time, and which of them a place belongs to.

Several may be loaded: a Pilkada, a repeated poll ten days later, a village's election next year.
An input that names none belongs to the one that has its place and whose date is nearest. So two
that share a TPS must lie further apart than anybody's clock can be wrong (contract §2).
"""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode, ElectionId, area_kind
from streams.domain.times import DAY_MS, EpochMs
from streams.domain.words import AreaKind
from streams.errors import InputError
from streams.territory.plan import Plan
from streams.territory.zone import date_days, in_indonesia, offset_minutes

__all__ = ["Territory"]

_APART_DAYS: Final = 3
_UTC_WIB: Final = 420


class Territory(Struct, frozen=True):
    """All loaded plans, by the id of their election, sorted by id."""

    plans: Mapping[ElectionId, Plan]

    @classmethod
    def of(cls, plans: Iterable[Plan]) -> "Territory":
        """Put plans together.

        Raises:
            InputError: Two have one id, or share a TPS within three days.
        """
        found: dict[ElectionId, Plan] = {}
        for plan in plans:
            for other in found.values():
                _refuse_clash(plan, other)
            found[plan.election.id] = plan
        return cls(plans=dict(sorted(found.items())))

    def by_id(self, election: str) -> Plan | None:
        """Return the plan of one election, None if it is not loaded."""
        return self.plans.get(ElectionId(election))

    def of_place(self, code: AreaCode, near: EpochMs) -> Plan | None:
        """Return the plan that has a place and whose date is nearest to a moment.

        A TPS belongs to elections that list it, else to those in which its desa votes, else, as
        any other area does, to those that watch its kabupaten (or, of a province, have one in it).
        None: no loaded election has this place. Of two as near, the earlier one is returned.
        """
        having = [plan for plan in self.plans.values() if _has(plan, code)]
        if area_kind(code) is AreaKind.TPS:
            voting = [plan for plan in having if plan.votes(code)]
            having = [plan for plan in voting if code in plan.tps] or voting or having
        return min(having, key=lambda plan: _distance(plan, code, near), default=None)


def _has(plan: Plan, code: AreaCode) -> bool:
    if area_kind(code) is AreaKind.PROVINSI:
        return code in plan.provinsi
    return plan.watches(code)


def _distance(plan: Plan, code: AreaCode, near: EpochMs) -> tuple[int, str, str]:
    """Return how far a moment is from the day of the poll; within the day it is nothing."""
    offset = offset_minutes(code) if in_indonesia(code) else _UTC_WIB
    start = plan.election.day_start_at(offset)
    away = max(start - near, near - (start + DAY_MS), 0)
    return away, plan.election.date, plan.election.id


def _refuse_clash(plan: Plan, other: Plan) -> None:
    one, two = plan.election, other.election
    if one.id == two.id:
        raise InputError(
            f"election.toml: id: found {one.id!r} in two loaded elections, expected an id that no"
            " other has: rename one, or load it once"
        )
    days, others = date_days(one.date), date_days(two.date)
    assert days is not None, one.date
    assert others is not None, two.date
    if abs(days - others) > _APART_DAYS:
        return
    shared = min(plan.tps.keys() & other.tps.keys(), default=None)
    if shared is not None:
        raise InputError(
            f"tps.csv: tps: found {shared} in {one.id} ({one.date}) and in {two.id} ({two.date}),"
            f" expected more than {_APART_DAYS} days between elections that share a TPS: load one"
        )
