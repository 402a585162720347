"""The book: moves one alert through its life and writes the lines that tell it.

Every function takes an alert (or none), what happened and a `Moment`, and returns the alert after
it with its lines. An illegal move changes nothing and tells nothing.
"""

from typing import Final

from msgspec.structs import replace

from streams.alerts import ladder
from streams.alerts.case import Case, Judgment, Moment
from streams.alerts.clocks import clocked
from streams.alerts.lifecycle import TABLE, Cell, Clock, Move
from streams.domain.alert import Alert, AlertState, Change, Why
from streams.domain.effects import Line
from streams.domain.ids import AlertId
from streams.domain.times import HOUR_MS, MINUTE_MS, NEVER, EpochMs
from streams.domain.words import SEVERITIES, Severity

__all__ = [
    "EXPIRY_MS",
    "Stepped",
    "due",
    "due_at",
    "end",
    "hold",
    "inhibit",
    "move",
    "next_wake",
    "rejudge",
    "rise",
    "take_back",
    "uninhibit",
]

EXPIRY_MS: Final = 12 * HOUR_MS
"""A returned alert that nobody looks at is resolved after this time (contract §5)."""
_LATE_MS: Final = MINUTE_MS
"""What is settled later than this after it was due says so (contract §4)."""

Stepped = tuple[Alert, tuple[Line, ...]]
"""An alert after something has happened to it, and the lines that tell it."""


def hold(alert: Alert | None, case: Case, judgment: Judgment, moment: Moment) -> Stepped | None:
    """The condition holds: open an episode, reopen the last one, or None if it is told already."""
    if alert is None:
        return _open(case, judgment, moment, episode=1)
    if alert.holds:
        return None
    if (cell := TABLE.get((alert.state, Move.HOLD))) is None:
        # A person has reopened or shelved it meanwhile: somebody is asked already.
        back = alert.former is AlertState.RETURNED
        former = AlertState.UNACKNOWLEDGED if back else alert.former
        return replace(alert, holds=True, held_from=moment.at, former=former), ()
    if alert.ended_at is not None and moment.at - alert.ended_at <= alert.quiet_ms:
        return _tell(_opened(alert, judgment, moment), cell, moment)
    return _open(case, judgment, moment, episode=alert.episode + 1)


def end(alert: Alert, moment: Moment) -> Stepped:
    """The condition holds no longer; of an alert that a person has resolved nothing is told."""
    at = max(moment.at, alert.updated_at)
    ended = replace(alert, holds=False, ended_at=at)
    return move(ended, Move.END, moment) or (ended, ())


def take_back(alert: Alert, moment: Moment) -> Stepped:
    """The condition never held: whatever the state, an open alert is resolved (contract §4)."""
    ended = replace(alert, holds=False, ended_at=max(moment.at, alert.updated_at))
    return move(ended, Move.TAKE_BACK, moment) or (ended, ())


def rise(alert: Alert, severity: Severity, why: tuple[Why, ...], moment: Moment) -> Stepped | None:
    """The condition is as bad as `severity` now; None if that is not worse, or nobody is asked."""
    graver = SEVERITIES.index(severity) > SEVERITIES.index(alert.severity)
    if alert.state is AlertState.INHIBITED and (graver or alert.worse is not None):
        return replace(alert, worse=severity if graver else None, why=(*alert.why, *why)), ()
    if not graver:
        return None
    if (cell := TABLE.get((alert.state, Move.RAISE))) is None:
        return None
    start = ladder.start_index(alert.policy, severity, alert.levels)
    told = max(start, alert.levels.index(alert.level))
    raised = replace(
        alert,
        severity=severity,
        start=start,
        level=alert.levels[told],
        minutes=ladder.due_minutes(alert.policy, severity, alert.tps_class, alert.levels),
        why=(*alert.why, *why),
    )
    return _tell(raised, cell, moment)


def rejudge(alert: Alert, severity: Severity, moment: Moment) -> Stepped | None:
    """The condition of an alert that holds is as bad as `severity` now; None: as it was."""
    if SEVERITIES.index(severity) >= SEVERITIES.index(alert.severity):
        return rise(alert, severity, (), moment)
    if alert.worse is not None:
        alert = replace(alert, worse=None)
    if (cell := TABLE.get((alert.state, Move.LOWER))) is None:
        return None
    start = ladder.start_index(alert.policy, severity, alert.levels)
    return _tell(replace(alert, severity=severity, start=start), cell, moment)


def move(alert: Alert, kind: Move, moment: Moment) -> Stepped | None:
    """Make a move of the table, or return None where it has no cell for it."""
    if (cell := TABLE.get((alert.state, kind))) is None:
        return None
    if kind in {Move.UNSHELVE, Move.UNINHIBIT}:
        cell = cell._replace(state=alert.former or cell.state)
    return _tell(alert, cell, moment)


def inhibit(alert: Alert, parent: AlertId, moment: Moment) -> Stepped | None:
    """A parent speaks for it from now on; None if it is not to be silenced."""
    shelved = alert.state is AlertState.SHELVED
    former = alert.former if shelved else alert.state
    return move(replace(alert, former=former, parent=parent), Move.INHIBIT, moment)


def uninhibit(alert: Alert, moment: Moment) -> Stepped | None:
    """Its parent speaks for it no longer: it is what it was, or worse, with full time."""
    if (stepped := move(alert, Move.UNINHIBIT, moment)) is None:
        return None
    back, lines = stepped
    risen = None if alert.worse is None else rise(back, alert.worse, (), moment)
    return stepped if risen is None else (risen[0], (*lines, *risen[1]))


def due_at(at: EpochMs, now: EpochMs) -> Moment:
    """Return the moment of a change that time alone brings; settled late, it says so."""
    late = now - at > _LATE_MS
    return Moment(at, now if late else at, "late" if late else "deadline")


def due(alert: Alert, now: EpochMs) -> Stepped | None:
    """Do the first thing of this alert that time alone asks for by `now`; None if there is none."""
    at = next_wake(alert)
    if at > now:
        return None
    moment = due_at(at, now)
    match alert.state:
        case AlertState.UNACKNOWLEDGED:
            above = alert.levels.index(alert.level) + 1
            return move(replace(alert, level=alert.levels[above]), Move.CLIMB, moment)
        case AlertState.ACKNOWLEDGED:
            return move(alert, Move.LAPSE, moment)
        case AlertState.SHELVED:
            return move(alert, Move.UNSHELVE, moment)
        case AlertState.RETURNED:
            return move(alert, Move.EXPIRE, moment)
        case AlertState.INHIBITED | AlertState.RESOLVED:
            return None


def next_wake(alert: Alert) -> EpochMs:
    """Return when time alone will next move this alert; `NEVER` if it will not."""
    match alert.state:
        case AlertState.UNACKNOWLEDGED:
            return alert.due_at or NEVER
        case AlertState.ACKNOWLEDGED:
            return alert.act_by_at or NEVER
        case AlertState.SHELVED:
            return alert.shelved_until or NEVER
        case AlertState.RETURNED:
            assert alert.ended_at is not None, "what has returned has ended"
            return EpochMs(alert.ended_at + EXPIRY_MS)
        case AlertState.INHIBITED | AlertState.RESOLVED:
            return NEVER


def _start(judgment: Judgment, levels: tuple[str, ...]) -> int:
    if judgment.starts_at in levels:
        return levels.index(judgment.starts_at)
    return ladder.start_index(judgment.policy, judgment.severity, levels)


def _open(case: Case, judgment: Judgment, moment: Moment, episode: int) -> Stepped:
    start = _start(judgment, judgment.levels)
    alert = Alert(
        id=case.alert_id(episode),
        election=case.election,
        rule=case.rule,
        rule_version=judgment.rule_version,
        scope=case.scope,
        key=case.key,
        place=case.place,
        episode=episode,
        tps_class=judgment.tps_class,
        severity=judgment.severity,
        state=AlertState.UNACKNOWLEDGED,
        ladder=judgment.ladder,
        level=judgment.levels[start],
        levels=judgment.levels,
        start=start,
        minutes=(),
        climbs_from=moment.climbs_from,
        title=judgment.title,
        summary=judgment.summary,
        action=judgment.action,
        opened_at=moment.at,
        updated_at=moment.at,
        held_from=moment.at,
        quiet_ms=judgment.quiet_ms,
        checklist=judgment.checklist,
        revision=0,
    )
    cell = Cell(AlertState.UNACKNOWLEDGED, Change.OPENED, Clock.OPENING)
    return _tell(_opened(alert, judgment, moment), cell, moment)


def _opened(alert: Alert, judgment: Judgment, moment: Moment) -> Alert:
    """Return the alert as an opening leaves it; its class stays as it was first frozen."""
    start = _start(judgment, alert.levels)
    policy = judgment.policy
    return replace(
        alert,
        rule_version=judgment.rule_version,
        severity=judgment.severity,
        level=alert.levels[start],
        start=start,
        policy=policy,
        minutes=ladder.due_minutes(policy, judgment.severity, alert.tps_class, alert.levels),
        climbs_from=moment.climbs_from,
        route=judgment.route,
        title=judgment.title,
        summary=judgment.summary,
        action=judgment.action,
        runbook=judgment.runbook,
        quiet_ms=judgment.quiet_ms,
        act_by_ms=judgment.act_by_ms,
        restricted_to=judgment.restricted_to,
        drill=judgment.drill,
        holds=True,
        held_from=moment.at,
        why=judgment.why,
        evidence=judgment.evidence,
    )


def _tell(alert: Alert, cell: Cell, moment: Moment) -> Stepped:
    at = EpochMs(max(moment.at, alert.updated_at))
    told = clocked(replace(alert, state=cell.state, updated_at=at), cell, moment.climbs_from)
    told = replace(told, revision=alert.revision + 1)
    line = Line(
        at=at,
        alert=told.id,
        revision=told.revision,
        rule=told.rule,
        scope=told.scope,
        key=told.key,
        change=cell.change,
        state=told.state,
        severity=told.severity,
        ladder=told.ladder,
        level=told.level,
        drill=told.drill,
        cause=moment.cause,
        election=told.election,
        restricted_to=told.restricted_to,
    )
    return told, (line,)
