"""Sends officers to alerts and takes them back, by order of a person: `dispatch` and `release`.

A neighbour may be sent as well: any police officer of the kabupaten. When the alert is resolved,
who was sent to it is free again without a word.
"""

from typing import Final

from streams.alerts.authority import refusal, resolved_actor
from streams.domain.alert import Alert, AlertState
from streams.domain.ids import AreaCode, ElectionId, Scope, kabupaten_of
from streams.domain.journal import AcceptedCommand
from streams.domain.words import Role
from streams.judge import shortages
from streams.judge.roster import scope_of
from streams.judge.rows import Assignment
from streams.judge.shifts import is_on_duty
from streams.judge.state import PartitionState
from streams.judge.stations import is_police
from streams.judge.telling import AlertChange, Teller
from streams.territory.plan import Officer, Plan

__all__ = ["dispatch", "notice", "release"]

_ANY: Final = ""
"""Instead of an alert: whichever it is."""


def dispatch(teller: Teller, accepted: AcceptedCommand, alert: Alert | None) -> str:
    """Send an officer or a pair to an alert; return why it can't be, or nothing."""
    command, state = accepted.event, teller.state
    if not command.alert:
        return "dispatch needs `alert`"
    if alert is None:
        return f"no alert {command.alert} in this election; expected its id"
    if not alert.is_open:
        return f"alert {alert.id} is resolved; nobody is sent to it any more"
    plan = state.world.of(accepted.election).plan
    kabupaten = kabupaten_of(alert.place)
    named = _named(plan, kabupaten, accepted)
    if isinstance(named, str):
        return named
    on_duty = [one for one in named if is_on_duty(plan, one, teller.now)]
    if not on_duty:
        return f"{_called(accepted)} is not on duty now"
    for one in on_duty:
        row = state.assignments.get(_key(accepted.election, one))
        if row is not None:
            return _bound_already(one, row, alert)
    moment = teller.by_record()
    row = Assignment(alert.id, moment.at, command.actor.id, command.reason)
    for one in on_duty:
        state.assignments.put(_key(accepted.election, one), row)
    shortages.look(teller, accepted.election, kabupaten, moment)
    return ""


def release(teller: Teller, accepted: AcceptedCommand, alert: Alert | None) -> str:
    """Take an officer or a pair back from an alert; return why it can't be, or nothing."""
    command, state = accepted.event, teller.state
    if command.alert and alert is None:
        return f"no alert {command.alert} in this election; expected its id"
    kabupaten = kabupaten_of(alert.place if alert else accepted.place)
    plan = state.world.of(accepted.election).plan
    named = _named(plan, kabupaten, accepted)
    if isinstance(named, str):
        return named
    wanted = alert.id if alert else _ANY
    rows = {
        key: row
        for key in (_key(accepted.election, one) for one in named)
        if (row := state.assignments.get(key)) is not None and wanted in {_ANY, row.alert}
    }
    if not rows:
        where = f"alert {alert.id}" if alert else "any alert"
        return f"{_called(accepted)} is not dispatched to {where}"
    for row in rows.values():
        if refused := _refused(state, accepted, plan, row):
            return refused
    for key in rows:
        state.assignments.delete(key)
    shortages.look(teller, accepted.election, kabupaten, teller.by_record())
    return ""


def notice(teller: Teller, change: AlertChange) -> None:
    """Free those who are dispatched to an alert that is resolved."""
    alert = change.after
    if alert.state is not AlertState.RESOLVED:
        return
    rows = teller.state.assignments.items()
    bound = sorted(key for key, row in rows if row.alert == alert.id)
    for key in bound:
        teller.state.assignments.delete(key)
    if bound:
        shortages.look(teller, alert.election, kabupaten_of(alert.place), change.moment)


def _named(plan: Plan, kabupaten: AreaCode, accepted: AcceptedCommand) -> tuple[Officer, ...] | str:
    """Return the officers that a command names, or why there are none."""
    command = accepted.event
    if bool(command.officer) == bool(command.pair):
        return f"{command.command} needs `officer` or `pair`, one of them"
    if command.officer:
        officer = plan.officers.get((kabupaten, command.officer))
        if officer is None:
            return f"no officer {command.officer} on the roster of {kabupaten}"
        found: tuple[Officer, ...] = (officer,)
    else:
        found = tuple(
            one
            for (area, _), one in plan.officers.items()
            if area == kabupaten and one.pair == command.pair
        )
        if not found:
            return f"no pair {command.pair} on the roster of {kabupaten}"
    police = tuple(one for one in found if is_police(one))
    return police or f"{_called(accepted)} is no police: {_roles(found)}"


def _roles(officers: tuple[Officer, ...]) -> str:
    roles: set[Role] = {one.role for one in officers}
    return ", ".join(sorted(roles))


def _called(accepted: AcceptedCommand) -> str:
    command = accepted.event
    return f"officer {command.officer}" if command.officer else f"pair {command.pair}"


def _key(election: ElectionId, officer: Officer) -> tuple[ElectionId, Scope]:
    return election, scope_of(officer.kabupaten, "officer", officer.officer)


def _bound_already(officer: Officer, row: Assignment, alert: Alert) -> str:
    if row.alert == alert.id:
        return f"officer {officer.officer} is dispatched to this alert already"
    return f"officer {officer.officer} is dispatched to alert {row.alert}; release him first"


def _refused(state: PartitionState, accepted: AcceptedCommand, plan: Plan, row: Assignment) -> str:
    """Return why the actor may not take somebody from that alert: it may lie elsewhere."""
    actor = resolved_actor(accepted.event.actor, plan.actors)
    bound_to = state.alert(row.alert)
    if actor is None or bound_to is None:
        return ""
    return refusal(actor, accepted.event.command, bound_to.place, bound_to)
