"""Notices who acts without being on duty by the roster. The act counts all the same."""

from functools import partial

from streams.alerts.case import Case, Moment
from streams.domain.alert import Evidence, Text, Why
from streams.domain.events import CommandKind
from streams.domain.ids import kabupaten_of
from streams.domain.journal import AcceptedCommand
from streams.judge.roster import most_vulnerable, scope_of, tps_of_officer
from streams.judge.shifts import is_on_duty
from streams.judge.telling import Grounds, Teller
from streams.rules.compiled_areas import OffDutyRule
from streams.rules.detectors.condition import ConditionState
from streams.rules.wording import clock_text
from streams.territory.plan import Officer

__all__ = ["notice"]


def notice(teller: Teller, accepted: AcceptedCommand) -> None:
    """Take in a command that was done."""
    plan = teller.state.world.of(accepted.election).plan
    actor = accepted.event.actor.id
    officer = plan.officers.get((kabupaten_of(accepted.place), actor))
    if officer is None or accepted.event.command is CommandKind.NOTE:
        return
    for rule in teller.state.world.of(accepted.election).rules.areas.off_duty:
        case = Case(
            accepted.election,
            rule.head.rule.id,
            scope_of(accepted.place, "officer", actor),
            "",
            kabupaten_of(accepted.place),
        )
        ask = partial(is_on_duty, plan, officer, accepted.at)
        on_duty = teller.guard(rule.head, case, ask)
        if on_duty is not None:
            _tell(teller, rule, case, (officer, accepted), on_duty=on_duty)


def _tell(
    teller: Teller,
    rule: OffDutyRule,
    case: Case,
    act: tuple[Officer, AcceptedCommand],
    *,
    on_duty: bool,
) -> None:
    state = teller.state
    known = state.condition.get(case.identity)
    if on_duty:
        if known is not None:
            state.condition.delete(case.identity)
            teller.end(case, teller.by_record())
        return
    alert = state.latest_of(case.identity)
    if alert is not None and alert.holds and alert.resolved_at is not None:
        # A person has seen to the last act: this is another one.
        teller.end(case, Moment(alert.resolved_at, teller.now, teller.cause))
    officer, accepted = act
    event = accepted.event
    state.condition.put(
        case.identity, ConditionState(accepted.at, event.actor.id, event.id, severe=False)
    )
    teller.hold(rule.head, case, _grounds(teller, officer, accepted), teller.by_record())


def _grounds(teller: Teller, officer: Officer, accepted: AcceptedCommand) -> Grounds:
    plan = teller.state.world.of(accepted.election).plan
    event = accepted.event
    tps_class = most_vulnerable(tps_of_officer(plan, officer.kabupaten, officer.officer))
    clock = clock_text(accepted.at, plan.offset_minutes(officer.kabupaten))
    shift = _shift_text(officer)
    return Grounds(
        tps_class=tps_class,
        values={
            "command": Text(event.command.value, event.command.value),
            "at": Text(clock, clock),
        },
        why=(
            Why("class", tps_class.value),
            Why("acted", f"{event.command.value} {clock}"),
            Why("on_duty", officer.on_duty, holds=officer.on_duty),
            *((Why("shift", shift, holds=not officer.on_duty),) if shift else ()),
        ),
        evidence=(
            Evidence(accepted.origin.topic, event.id, accepted.at, event.actor.id, teller.name),
        ),
    )


def _shift_text(officer: Officer) -> str:
    start, end = officer.shift_start_minutes, officer.shift_end_minutes
    if start is None or end is None:
        return ""
    return "–".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (start, end))
