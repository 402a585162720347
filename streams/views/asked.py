"""Who asks about which area, at which moment; and what of the book they may see."""

from collections.abc import Iterator

from msgspec import Struct

from streams.domain.alert import Alert
from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode, ElectionId, kecamatan_of
from streams.domain.times import EpochMs
from streams.judge.state import PartitionState
from streams.territory.plan import Plan, Tps, covers

__all__ = ["Asked", "alerts_of", "kecamatan_of_area", "may_see", "tps_of_area"]


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked for."""

    election: ElectionId
    area: AreaCode = AreaCode("")
    """Empty: all that is watched."""
    now: EpochMs
    role: ActorRole | None = None
    """Who asks; None: somebody who may see nothing that is restricted."""

    def covers(self, code: str) -> bool:
        """Tell whether a place lies in the area."""
        return covers(self.area, code)


def may_see(alert: Alert, role: ActorRole | None) -> bool:
    """Tell whether a role may see an alert."""
    return not alert.restricted_to or (role is not None and role in alert.restricted_to)


def alerts_of(state: PartitionState, asked: Asked) -> tuple[Alert, ...]:
    """Return the alerts of the area that may be seen, whatever their state, the oldest first."""
    found = (
        alert
        for _, alert in state.alerts.items()
        if alert.election == asked.election
        and asked.covers(alert.place)
        and may_see(alert, asked.role)
    )
    return tuple(sorted(found, key=lambda one: (one.opened_at, one.id)))


def tps_of_area(plan: Plan, asked: Asked) -> Iterator[Tps]:
    """Return the TPS of the plan that lie in the area, by their codes."""
    return (tps for code, tps in plan.tps.items() if asked.covers(code))


def kecamatan_of_area(plan: Plan, asked: Asked) -> tuple[AreaCode, ...]:
    """Return the kecamatan in which the area has TPS, sorted; of a desa its own."""
    return tuple(sorted({kecamatan_of(tps.code) for tps in tps_of_area(plan, asked)}))
