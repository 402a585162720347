"""Drives the detector `condition`: an officer's cry for help, and what ends it.

It ends when the officer checks in with "aman" and a commander has confirmed that it is the
officer: somebody who is forced can press "aman" too.
"""

from functools import partial
from typing import Final

from streams.alerts.book import Case, Moment
from streams.domain.alert import Evidence, Text, Why
from streams.domain.events import CommandKind, OperatorCommand, StatusKind, TpsStatus
from streams.domain.ids import AreaCode, kabupaten_of
from streams.domain.journal import AcceptedCommand, AcceptedStatus
from streams.domain.words import Situation
from streams.judge.roster import most_vulnerable, scope_of
from streams.judge.state import PartitionState
from streams.judge.telling import Grounds, Teller
from streams.rules.compiled import ConditionRule
from streams.rules.detectors import condition

__all__ = ["happen", "release", "take_back"]

_EMPTY: Final = condition.ConditionState()


def happen(teller: Teller, accepted: AcceptedStatus) -> None:
    """Take in a status that a rule of one event listens to."""
    rules = teller.state.world.of(accepted.election).rules.condition
    for rule in rules.get(accepted.event.kind, ()):
        case = _case(rule, accepted, str(accepted.event.officer))
        before = teller.state.condition.get(_key(case)) or _EMPTY
        event = _event_id(accepted.event.source.id, accepted.event.id)
        ask = partial(condition.happen, before, accepted.at, event, rule.releases)
        after = teller.guard(rule.head, case, ask)
        if after is None or after == before:
            continue
        _answered(teller, case)
        _keep(teller, case, before, after)
        grounds = _grounds(teller.state, accepted, teller.name)
        teller.hold(rule.head, case, grounds, teller.by_record())


def release(teller: Teller, accepted: AcceptedStatus | AcceptedCommand) -> bool:
    """Take in what may end a rule of one event; return whether anything was waiting for it."""
    named = _release_of(accepted.event)
    if named is None:
        return False
    name, officer = named
    waited = False
    rules = teller.state.world.of(accepted.election).rules.condition
    for rule in (one for several in rules.values() for one in several):
        case = _case(rule, accepted, officer)
        before = teller.state.condition.get(_key(case)) or _EMPTY
        waited = waited or before.since is not None
        after = condition.release(before, name, accepted.at, rule.releases)
        _keep(teller, case, before, after)
    return waited


def _keep(
    teller: Teller,
    case: Case,
    before: condition.ConditionState,
    after: condition.ConditionState,
) -> None:
    """Remember a state, and end what it ends."""
    if after != before:
        teller.state.condition.put(_key(case), after)
    if before.since is not None and after.since is None:
        teller.end(case, teller.by_record())


def _answered(teller: Teller, case: Case) -> None:
    """A call that a person has resolved was answered then: the next one is a new one."""
    alert = teller.state.latest_of(case.identity)
    if alert is not None and alert.resolved_at is not None:
        teller.end(case, Moment(alert.resolved_at, teller.now, teller.cause))


def take_back(teller: Teller, accepted: AcceptedStatus) -> None:
    """Take in a status of an officer that takes back another one."""
    event = accepted.event
    rules = teller.state.world.of(accepted.election).rules.condition
    for rule in (one for several in rules.values() for one in several):
        case = _case(rule, accepted, str(event.officer))
        before = teller.state.condition.get(_key(case)) or _EMPTY
        after = condition.take_back(before, _event_id(event.source.id, event.corrects))
        _keep(teller, case, before, after)


def _event_id(source: str, event: str) -> str:
    return f"{source}/{event}"


def _release_of(event: TpsStatus | OperatorCommand) -> tuple[str, str] | None:
    """Return the name of a release and the officer it is about."""
    match event:
        case TpsStatus(kind=StatusKind.CHECKIN, situation=Situation.AMAN, officer=officer):
            return "checkin_aman", str(officer)
        case OperatorCommand(command=CommandKind.CONFIRM_IDENTITY, officer=officer) if officer:
            return "confirm_identity", officer
        case _:
            return None


def _case(rule: ConditionRule, accepted: AcceptedStatus | AcceptedCommand, officer: str) -> Case:
    scope = scope_of(accepted.place, "officer", officer)
    return Case(accepted.election, rule.head.rule.id, scope, "", accepted.place)


def _key(case: Case) -> tuple[str, ...]:
    return case.election, case.rule, case.scope


def _grounds(state: PartitionState, accepted: AcceptedStatus, name: str) -> Grounds:
    plan = state.world.of(accepted.election).plan
    kabupaten, event = kabupaten_of(accepted.place), accepted.event
    officer = plan.officers.get((kabupaten, str(event.officer)))
    codes = plan.pairs.get((kabupaten, officer.pair), ()) if officer else ()
    tps = tuple(plan.tps[code] for code in codes)
    if not tps and isinstance(event.tps, str):
        # Without a pair the evidence says how vulnerable the place is (contract §1).
        at_tps = plan.tps_or_unknown(AreaCode(event.tps))
        tps = (at_tps,) if at_tps else ()
    tps_class = most_vulnerable(tps)
    sign = Text(str(event.officer), str(event.officer))
    return Grounds(
        tps_class=tps_class,
        values={"officer": sign},
        why=(Why("class", tps_class.value), Why("status", event.kind.value)),
        evidence=(Evidence(accepted.origin.topic, event.id, accepted.at, event.source.id, name),),
    )
