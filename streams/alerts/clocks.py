"""The clocks of one alert: when it climbs, when an acknowledgement lapses, when a shelf ends.

All are absolute times kept in the alert, so a restart forgets none. Each state runs its own and
clears the others'.
"""

from msgspec.structs import replace

from streams.alerts import ladder
from streams.alerts.lifecycle import Cell, Clock
from streams.domain.alert import Alert, AlertState, Change
from streams.domain.times import EpochMs

__all__ = ["clocked"]


def clocked(alert: Alert, cell: Cell, climbs_from: EpochMs) -> Alert:
    """Return an alert whose state is new with every clock as that state wants it.

    Args:
        alert: Its state is that of `cell`, `updated_at` the moment of the change.
        cell: What has been done to it.
        climbs_from: From when a ladder counts that is started again; from its line if that had to
            stand later, behind the last one.
    """
    told = alert.levels.index(alert.level)
    since = alert.climbs_from
    if cell.clock is Clock.OPENING:
        since = EpochMs(max(since, alert.updated_at))
    elif cell.clock is Clock.RESTART:
        # It may have become less grave since it began to climb.
        minutes = ladder.due_minutes(alert.policy, alert.severity, alert.tps_class, alert.levels)
        alert = replace(alert, minutes=minutes)
        restarted_at = EpochMs(max(climbs_from, alert.updated_at))
        since = ladder.restarted_from(alert.minutes, alert.start, told, restarted_at)
    climbing = cell.state is AlertState.UNACKNOWLEDGED
    shelved = cell.state is AlertState.SHELVED
    inhibited = cell.state is AlertState.INHIBITED
    fresh = cell.change is Change.ACKNOWLEDGED
    acknowledged_at = alert.updated_at if fresh else alert.acknowledged_at
    return replace(
        alert,
        climbs_from=since,
        due_at=ladder.climb_due(alert.minutes, since, told) if climbing else None,
        acknowledged_at=None if climbing else acknowledged_at,
        acknowledged_by="" if climbing else alert.acknowledged_by,
        act_by_at=_act_by(alert, cell),
        shelved_until=alert.shelved_until if shelved else None,
        former=alert.former if shelved or inhibited else None,
        parent=alert.parent if inhibited else None,
        worse=alert.worse if inhibited else None,
        resolved_at=alert.updated_at if cell.state is AlertState.RESOLVED else None,
    )


def _act_by(alert: Alert, cell: Cell) -> EpochMs | None:
    """Return by when somebody must act on what was acknowledged; None: nobody must."""
    if cell.state is not AlertState.ACKNOWLEDGED:
        return None
    if cell.clock is Clock.KEEP or alert.act_by_ms is None:
        return alert.act_by_at
    # A shelf pauses this clock as well: who comes back to it has the full time again.
    return EpochMs(alert.updated_at + alert.act_by_ms)
