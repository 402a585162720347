"""Carries out commands, or refuses them with a reason: each gets exactly one reply.

A command of every place stands in every partition of the journal. All judge it, and partition 0
replies: every journal has it, and nothing but the number must be known to be sure of who does.

Judged here and not where they come in, because only the fold knows the state they meet. A
command that the table of life has no cell for is refused and changes nothing.
"""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.alerts.authority import may_shelve, refusal, resolved_actor
from streams.alerts.case import Moment
from streams.alerts.ladder import due_minutes
from streams.alerts.lifecycle import Move
from streams.domain.alert import Alert
from streams.domain.effects import Reply, ReplyOutcome
from streams.domain.events import Actor, CommandKind
from streams.domain.ids import ElectionId, kabupaten_of
from streams.domain.journal import AcceptedCommand, Flag
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import Severity
from streams.judge import (
    assignments,
    colours,
    desk,
    duress,
    endings,
    notes,
    off_duty,
    packs,
    rule_faults,
    stages,
)
from streams.judge.holders import holder_text
from streams.judge.state import PartitionState
from streams.judge.telling import Teller

__all__ = ["carry_out"]

_REOPEN_WITHIN_MS: Final = 12 * HOUR_MS
_SHELF_MAX_MS: Final = 60 * MINUTE_MS
_SHELF_CRITICAL_MAX_MS: Final = 15 * MINUTE_MS
"""Longest shelf times. Source: contract §5."""
_OF_EVERY_PLACE: Final = frozenset({CommandKind.USE_PACK})
_REPLYING_PARTITION: Final = 0
_MOVES: Final = {
    CommandKind.ACK: Move.ACK,
    CommandKind.UNACK: Move.UNACK,
    CommandKind.ESCALATE: Move.ESCALATE,
    CommandKind.SHELVE: Move.SHELVE,
    CommandKind.UNSHELVE: Move.UNSHELVE,
    CommandKind.RESOLVE: Move.RESOLVE,
    CommandKind.CLOSE_CASE: Move.RESOLVE,
    CommandKind.REOPEN: Move.REOPEN,
}
_REASONS: Final = {
    CommandKind.CLOSE_CASE: "by whom it was closed, and its number there",
}
"""What must be said with a command."""


_Doer = Callable[[Teller, AcceptedCommand], str]
"""Carries out a command; returns why it can't be, as a sentence, or nothing."""
_DoerOf = Callable[[Teller, AcceptedCommand, Alert | None], str]
"""The same, of one that may be about an alert."""


class _Verdict(Struct, frozen=True):
    """What became of a command, and what it was judged by."""

    reason: str
    """Empty: it is done."""
    alert: str
    """The alert that it named."""
    role: str
    area: str
    restricted_to: tuple[str, ...] = ()
    """Of that alert."""


def carry_out(teller: Teller, accepted: AcceptedCommand) -> None:
    """Judge one command, and reply to it unless another partition does."""
    verdict = _judge(teller, accepted)
    reason = verdict.reason
    if not reason:
        off_duty.notice(teller, accepted)
    elsewhere = teller.state.partition != _REPLYING_PARTITION
    if elsewhere and accepted.event.command in _OF_EVERY_PLACE:
        return
    teller.effects.append(
        Reply(
            command=accepted.event.id,
            outcome=ReplyOutcome.REFUSED if reason else ReplyOutcome.DONE,
            reason=reason,
            at=EpochMs(max(accepted.at, accepted.received_at)),
            alert=verdict.alert,
            actor=accepted.event.actor.id,
            role=verdict.role,
            kind=accepted.event.command,
            area=verdict.area,
            restricted_to=verdict.restricted_to,
        )
    )


def _judge(teller: Teller, accepted: AcceptedCommand) -> _Verdict:
    """Carry out a command, unless it is to be refused."""
    command, state = accepted.event, teller.state
    plan = state.world.of(accepted.election).plan
    actor = resolved_actor(command.actor, plan.actors)
    alert = _named_alert(state, accepted)
    named = alert.id if alert else command.alert or ""
    if actor is None:
        reason = "the actor is not on the roster (users_file, actors.csv) of this election"
        return _Verdict(reason, named, "", kabupaten_of(accepted.place))
    places = (alert.place,) if alert else desk.concerned(state, accepted) or (_place_of(accepted),)
    place = places[0]
    refusals = (refusal(actor, command.command, one, alert) for one in places)
    reason = next(filter(None, refusals), "")
    if not reason and not place and command.command not in _MOVES:
        reason = f"{command.command} needs `tps` or `area`, or the alert or report it is about"
    if not reason:
        if (do := _DOERS.get(command.command)) is not None:
            reason = do(teller, accepted)
        elif (do_of := _DOERS_OF.get(command.command)) is not None:
            reason = do_of(teller, accepted, alert)
        else:
            reason = _of_alert(teller, accepted, actor, alert)
    return _Verdict(reason, named, actor.role, place, alert.restricted_to if alert else ())


def _place_of(accepted: AcceptedCommand) -> str:
    """Return the place that a command names, or nothing."""
    return "" if Flag.PLACE_UNSURE in accepted.flags else accepted.place


def _of_alert(teller: Teller, accepted: AcceptedCommand, actor: Actor, alert: Alert | None) -> str:
    command = accepted.event
    if command.command is not CommandKind.NOTE and command.command not in _MOVES:
        return f"this version does not carry out {command.command} yet"
    if not command.alert:
        return f"{command.command} needs `alert`"
    if alert is None:
        return f"no alert {command.alert} in this election; expected its id"
    if command.command in _REASONS and not command.reason:
        return f"{command.command} needs in `reason` {_REASONS[command.command]}"
    if command.command is CommandKind.NOTE:
        return notes.write(teller, alert, actor, accepted)
    return _act(teller, alert, actor, accepted)


def _act(teller: Teller, alert: Alert, actor: Actor, accepted: AcceptedCommand) -> str:
    command = accepted.event
    kind = _MOVES[command.command]
    moment = teller.by_record()
    prepared: Alert | str = alert
    match kind:
        case Move.ACK:
            plan = teller.state.world.of(alert.election).plan
            taken_by = holder_text(plan, actor, alert.place)
            prepared = replace(alert, acknowledged_by=actor.id, taken_by=taken_by)
        case Move.ESCALATE:
            prepared = _named_level(alert, command.level)
        case Move.SHELVE:
            prepared = _shelved(alert, actor, moment.at, accepted.until)
        case Move.REOPEN:
            prepared = _reopenable(alert, moment)
        case _:
            pass
    if isinstance(prepared, str):
        return prepared
    if teller.move(prepared, kind, moment):
        if kind is Move.ACK:
            endings.acknowledged(teller, alert)
        elif kind is Move.REOPEN:
            endings.reopened(teller, alert, moment.at)
        return ""
    return f"an alert that is {alert.state} cannot be moved by {command.command}"


def _named_level(alert: Alert, level: str) -> Alert | str:
    told = alert.levels.index(alert.level)
    if not level and told + 1 == len(alert.levels):
        return f"{alert.level} is the top of ladder {alert.ladder}"
    target = level or alert.levels[told + 1]
    if target not in alert.levels:
        return f"ladder {alert.ladder} has no level {target}; it has {', '.join(alert.levels)}"
    if alert.levels.index(target) <= told:
        return f"level {target} has been told already; the alert stands at {alert.level}"
    return replace(alert, level=target)


def _shelved(alert: Alert, actor: Actor, at: EpochMs, until: EpochMs | None) -> Alert | str:
    critical = alert.severity is Severity.CRITICAL
    longest = _SHELF_CRITICAL_MAX_MS if critical else _SHELF_MAX_MS
    if until is None:
        return "shelve needs `until`"
    if not may_shelve(actor.role, alert.severity):
        return "only a commander may shelve a critical alert"
    if not at < until <= at + longest:
        return f"`until` must lie within {longest // MINUTE_MS} minutes from now"
    former = alert.former or alert.state
    return replace(alert, shelved_until=until, former=former)


def _reopenable(alert: Alert, moment: Moment) -> Alert | str:
    resolved_at = moment.at if alert.resolved_at is None else alert.resolved_at
    if moment.at - resolved_at > _REOPEN_WITHIN_MS:
        return "an alert can be reopened for 12 hours after it was resolved"
    return replace(
        alert,
        level=alert.levels[alert.start],
        # As it is by now: it may have become less grave since it opened.
        minutes=due_minutes(alert.policy, alert.severity, alert.tps_class, alert.levels),
        climbs_from=moment.climbs_from,
        # A person's reason is not the rule's: what the rule takes back later leaves it alone.
        held_from=alert.held_from if alert.holds else moment.at,
    )


def _confirm_identity(teller: Teller, accepted: AcceptedCommand) -> str:
    if not accepted.event.officer:
        return "confirm_identity needs `officer`"
    waited = duress.confirm(teller, accepted)
    return "" if waited else f"nothing waits for officer {accepted.event.officer}"


def _named_alert(state: PartitionState, accepted: AcceptedCommand) -> Alert | None:
    """Return the alert that a command names: by its id, or by what it is about."""
    named = accepted.event.alert
    if not isinstance(named, str):
        return None
    alert = state.alert(named)
    if alert is not None:
        return alert if alert.election == accepted.election else None
    rule, found, about = named.partition("@")
    return _newest_open(state, (accepted.election, rule), about) if found else None


def _newest_open(
    state: PartitionState, of_rule: tuple[ElectionId, str], about: str
) -> Alert | None:
    """Return the newest open alert of `SCOPE` or `SCOPE|KEY`; without a key, of any."""
    scope, keyed, key = about.partition("|")
    alerts = [
        alert
        for _, alert in state.alerts.items()
        if (alert.election, alert.rule) == of_rule
        and alert.scope == scope
        and alert.is_open
        and (not keyed or alert.key == key)
    ]
    return max(alerts, key=lambda one: (one.opened_at, one.episode, one.id), default=None)


_DOERS: Final[Mapping[CommandKind, _Doer]] = {
    CommandKind.CONFIRM_IDENTITY: _confirm_identity,
    CommandKind.CONFIRM_REPORT: desk.confirm,
    CommandKind.PLACE_REPORT: desk.place,
    CommandKind.REJECT_REPORT: desk.reject,
    CommandKind.RESUME_RULE: rule_faults.resume,
    CommandKind.SET_SITUATION: colours.order,
    CommandKind.USE_PACK: packs.use,
}
"""Commands that are not about the state of one alert."""
_DOERS_OF: Final[Mapping[CommandKind, _DoerOf]] = {
    CommandKind.CONFIRM_SEAL: stages.confirm_seal,
    CommandKind.DISPATCH: assignments.dispatch,
    CommandKind.RELEASE: assignments.release,
}
"""Those that may name one, and change something beside it."""
