"""The ledger of every Polsek, worked out from what is known now: nothing of it is kept.

    roster, shifts ─┐
    dispatched      ├─► what each officer is doing ─┐
    boxes not in    │                               ├─► balance of a Polsek ─► who can lend
    who is missing ─┘        alerts that ask ───────┘

An alert asks for a crew if it burns, is critical or high, and is about a place in one desa, a pair
or an officer. Wider ones ask nothing: what they are made of does.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from streams.domain.alert import Alert, Ladder
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope
from streams.domain.strength import Balance, Duty, Incident, Loan, Posted, Strength
from streams.domain.times import EpochMs
from streams.domain.words import Severity
from streams.judge.roster import scope_of, tps_of_officer
from streams.judge.shifts import is_on_duty
from streams.judge.state import PartitionState
from streams.judge.stations import Station, polsek_of
from streams.judge.world import Watched
from streams.rules.compiled_areas import StrengthRule
from streams.territory.plan import Officer

__all__ = ["asks_of", "balances", "bound_in", "incidents", "is_missed_by", "strengths"]

_DESA_LENGTH: Final = 13
_GRAVE: Final = frozenset({Severity.HIGH, Severity.CRITICAL})


def asks_of(watched: Watched, alert: Alert) -> str:
    """Return the Polsek that an alert asks for officers; empty: none.

    What only some may know asks for nobody in what everybody sees, and what is wrong with the
    pipeline is nothing that officers can mend.
    """
    if not alert.is_burning or alert.severity not in _GRAVE:
        return ""
    retold = alert.rule in watched.rules.areas.retold
    if retold or alert.restricted_to or alert.ladder is Ladder.SYS:
        return ""
    plan = watched.plan
    if len(alert.place) >= _DESA_LENGTH:
        return polsek_of(plan, (alert.place,))
    kind, _, name = alert.scope.partition(":")
    kabupaten, _, called = name.partition("/")
    if kind == "pair":
        return polsek_of(plan, plan.pairs.get((AreaCode(kabupaten), called), ()))
    if kind != "officer":
        return ""
    officer = plan.officers.get((AreaCode(kabupaten), called))
    of_pair = tuple(one.code for one in tps_of_officer(plan, kabupaten, called))
    return officer.polsek if officer and officer.polsek else polsek_of(plan, of_pair)


def is_missed_by(watched: Watched, alert: Alert) -> bool:
    """Tell whether an alert says that an officer, or a pair, is missing."""
    rules = watched.rules.areas.strength
    return alert.is_burning and any(alert.rule in rule.missing for rule in rules)


def bound_in(
    state: PartitionState, election: ElectionId, kabupaten: AreaCode
) -> Mapping[str, AlertId]:
    """Return to which alert each officer of a kabupaten is dispatched, by officer."""
    start = scope_of(kabupaten, "officer", "")
    return {
        scope.removeprefix(start): row.alert
        for (of, scope), row in state.assignments.items()
        if of == election and scope.startswith(start)
    }


def strengths(
    state: PartitionState, election: ElectionId, kabupaten: AreaCode, at: EpochMs
) -> Mapping[str, Strength]:
    """Return the ledger of each Polsek of a kabupaten, by name; `at` says whose shift it is."""
    watched = state.world.of(election)
    bound = bound_in(state, election, kabupaten)
    away = frozenset[str]().union(*state.escorts.get((election, kabupaten), {}).values())
    missed = {
        alert.scope
        for alert in state.open_near(election, kabupaten)
        if is_missed_by(watched, alert)
    }

    def posted(officer: Officer) -> Posted:
        own = (("officer", officer.officer), ("pair", officer.pair))
        if (alert := bound.get(officer.officer)) is not None:
            duty = Duty.BOUND
        elif officer.officer in away or (officer.pair and officer.pair in away):
            duty = Duty.ESCORTING
        elif not is_on_duty(watched.plan, officer, at):
            duty = Duty.OFF_DUTY
        elif any(scope_of(kabupaten, kind, name) in missed for kind, name in own):
            duty = Duty.MISSING
        else:
            duty = Duty.FREE
        return Posted(officer.officer, officer.pair, duty, alert)

    stations = watched.stations.get(kabupaten, {})
    return {
        name: Strength(name, tuple(map(posted, station.officers)))
        for name, station in stations.items()
    }


def incidents(
    state: PartitionState, rule: StrengthRule, election: ElectionId, kabupaten: AreaCode
) -> Mapping[str, tuple[Incident, ...]]:
    """Return the alerts that ask for officers, by the Polsek that they ask, the oldest first."""
    watched = state.world.of(election)
    sent = Counter(bound_in(state, election, kabupaten).values())
    near = ((asks_of(watched, one), one) for one in state.open_near(election, kabupaten))
    asking = sorted((of for of in near if of[0]), key=_first_opened)
    found: dict[str, tuple[Incident, ...]] = {}
    for polsek, alert in asking:
        incident = Incident(alert.id, alert.rule, rule.crew, sent[alert.id])
        found[polsek] = (*found.get(polsek, ()), incident)
    return found


def _first_opened(of: tuple[str, Alert]) -> tuple[EpochMs, str, Scope, str]:
    """Of one moment the order is that of what they are about, whichever election it is."""
    _, alert = of
    return alert.opened_at, alert.rule, alert.scope, alert.key


def balances(
    state: PartitionState,
    rule: StrengthRule,
    election: ElectionId,
    kabupaten: AreaCode,
    at: EpochMs,
) -> Mapping[str, Balance]:
    """Return what each Polsek of a kabupaten is asked for, has, and could borrow, by name."""
    asked = incidents(state, rule, election, kabupaten)
    own = {
        name: Balance(strength, asked.get(name, ()))
        for name, strength in strengths(state, election, kabupaten, at).items()
    }
    stations = state.world.of(election).stations.get(kabupaten, {})
    return {name: replace(one, loans=_loans(stations[name], own)) for name, one in own.items()}


def _loans(station: Station, own: Mapping[str, Balance]) -> tuple[Loan, ...]:
    return tuple(
        Loan(near.polsek, own[near.polsek].spare, near.minutes)
        for near in station.near
        if own[near.polsek].spare
    )
