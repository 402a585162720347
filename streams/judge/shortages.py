"""Drives the detector `strength`: a Polsek is asked for more officers than it has free.

It is asked again whenever an alert asks for officers or asks no longer, somebody is dispatched,
released, missing or back, a box leaves or comes in, and when a shift begins or ends while any
alert of the kabupaten asks. What an open alert says follows the numbers.
"""

from functools import partial
from typing import Final

from streams.alerts.book import due_at
from streams.alerts.case import Case, Moment
from streams.domain.alert import Alert
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId, Scope, kabupaten_of
from streams.domain.strength import Balance
from streams.domain.times import EpochMs
from streams.judge.custody import escorts_out
from streams.judge.roster import scope_of
from streams.judge.shifts import next_change
from streams.judge.shortage_grounds import grounds_of
from streams.judge.state import PartitionState
from streams.judge.stations import Station
from streams.judge.strength import asks_of, balances, is_missed_by
from streams.judge.table import Key
from streams.judge.telling import AlertChange, Teller
from streams.judge.world import Watched
from streams.rules.compiled_areas import StrengthRule
from streams.territory.plan import Tps

__all__ = ["SHIFT_WAKE", "box_moved", "look", "look_again", "notice", "restore", "wake"]

SHIFT_WAKE: Final = "shift"
"""First part of the key under which a change of shift is woken."""


def notice(teller: Teller, change: AlertChange) -> None:
    """See whether an alert asks for officers now, or says that somebody is missing, or no more."""
    alert = change.after
    watched = teller.state.world.of(alert.election)
    if watched.rules.areas.strength and _weight(watched, change.before) != _weight(watched, alert):
        look(teller, alert.election, kabupaten_of(alert.place), change.moment)


def _weight(watched: Watched, alert: Alert | None) -> tuple[bool, bool]:
    """Return what an alert means to the ledger: whether it asks, and whether somebody is missed."""
    if alert is None:
        return False, False
    return bool(asks_of(watched, alert)), is_missed_by(watched, alert)


def box_moved(teller: Teller, tps: Tps) -> None:
    """Take in that a box has left, or come in, or that its escort has joined it."""
    assert teller.accepted is not None, "a message has been noted"
    election = teller.accepted.election
    if _note_escorts(teller.state, election, tps):
        look(teller, election, tps.kabupaten, teller.by_record())


def _note_escorts(state: PartitionState, election: ElectionId, tps: Tps) -> bool:
    """Keep who is with the boxes of a TPS; tell whether that has changed."""
    near = state.escorts.setdefault((election, tps.kabupaten), {})
    before = near.get(tps.code, frozenset())
    near[tps.code] = escorts_out(state, election, tps)
    return before != near[tps.code]


def look(
    teller: Teller,
    election: ElectionId,
    kabupaten: AreaCode,
    moment: Moment,
    at: EpochMs | None = None,
) -> None:
    """Ask every Polsek of a kabupaten; `at` says whose shift it is, by default that of now."""
    state = teller.state
    watched = state.world.of(election)
    since = teller.now if at is None else at
    if not _is_asked(state, election, kabupaten):
        return
    _arm(state, election, kabupaten, since)
    for rule in watched.rules.areas.strength:
        whole = Case(election, rule.head.rule.id, Scope(kabupaten), "", kabupaten)
        ask = partial(balances, state, rule, election, kabupaten, since)
        found = teller.guard(rule.head, whole, ask) or {}
        for name, balance in found.items():
            station = watched.stations[kabupaten][name]
            if station.officers:
                _turn(teller, rule, _case(rule, election, station), balance, moment)


def look_again(teller: Teller, election: ElectionId) -> None:
    """Ask every Polsek of an election and its drills, after the rules have changed."""
    for of, kabupaten in sorted(teller.state.open_in):
        if of.partition(DRILL_MARK)[0] == election:
            look(teller, of, kabupaten, teller.by_record())


def _is_asked(state: PartitionState, election: ElectionId, kabupaten: AreaCode) -> bool:
    """Tell whether any alert asks for officers, or a shortage was told that may be over."""
    watched = state.world.of(election)
    rules = watched.rules.areas.strength
    if any(asks_of(watched, one) for one in state.open_near(election, kabupaten)):
        return bool(rules)
    cases = (
        _case(rule, election, station)
        for rule in rules
        for station in watched.stations.get(kabupaten, {}).values()
    )
    known = (state.latest_of(case.identity) for case in cases)
    return any(alert is not None and alert.holds for alert in known)


def _case(rule: StrengthRule, election: ElectionId, station: Station) -> Case:
    scope = scope_of(station.kabupaten, "polsek", station.name)
    return Case(election, rule.head.rule.id, scope, "", station.place)


def _turn(teller: Teller, rule: StrengthRule, case: Case, balance: Balance, moment: Moment) -> None:
    if not balance.shortfall:
        teller.end(case, moment)
        return
    found = (teller.state.alert(one.alert) for one in balance.incidents)
    alerts = tuple(one for one in found if one is not None)
    grounds = grounds_of(rule, balance, alerts)
    known = teller.state.latest_of(case.identity)
    if known is None or not known.holds or known.why != grounds.why:
        teller.hold(rule.head, case, grounds, moment)


def wake(teller: Teller, key: Key, due: EpochMs) -> None:
    """Ask again when a shift has begun or ended."""
    election, kabupaten = ElectionId(key[0]), AreaCode(key[1])
    look(teller, election, kabupaten, due_at(due, teller.now), due)


def _arm(state: PartitionState, election: ElectionId, kabupaten: AreaCode, at: EpochMs) -> None:
    watched = state.world.of(election)
    stations = watched.stations.get(kabupaten, {}).values()
    officers = (officer for station in stations for officer in station.officers)
    key = (SHIFT_WAKE, election, kabupaten)
    state.by_now.arm(key, next_change(watched.plan, officers, at))


def restore(state: PartitionState) -> None:
    """Find out who is with a box, and queue the shifts, after a saved state was taken on."""
    for (election_text, code), _ in state.facts.items():  # noqa: PERF102  a Table is no dict
        election = ElectionId(election_text)
        tps = state.world.of(election).plan.tps_or_unknown(AreaCode(code))
        if tps is not None:
            _note_escorts(state, election, tps)
    for election, kabupaten in sorted(state.open_in):
        if _is_asked(state, election, kabupaten):
            _arm(state, election, kabupaten, state.clocks.now)
