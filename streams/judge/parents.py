"""Says which alert speaks for which: a parent that holds silences its children, and frees them.

Children of a mass silence are alerts of the rules that it names, about places in its kecamatan;
those of a matter that spreads are the alerts of its category in the desa that it has taken in.
Silenced is the telling, never the record: a child goes on and may end.
"""

from typing import Final

from streams.alerts import book
from streams.alerts.case import Moment
from streams.domain.alert import Alert, AlertState
from streams.domain.ids import AlertId, AreaCode, Scope, desa_of, kabupaten_of, kecamatan_of
from streams.judge.state import PartitionState
from streams.judge.telling import AlertChange, Teller
from streams.judge.world import Watched
from streams.rules.compiled_areas import RatioRule, SpreadRule
from streams.rules.detectors import spread

__all__ = ["code_of", "notice", "reconcile"]

_KECAMATAN_LENGTH: Final = 8
_DESA_LENGTH: Final = 13


def code_of(alert: Alert) -> str:
    """Return what an alert of reports is about: its category, else the rule that takes several."""
    return alert.key or alert.rule


def notice(teller: Teller, change: AlertChange) -> None:
    """See who speaks for an alert that has changed, and for whom it speaks now, or no more."""
    state, alert = teller.state, change.after
    # Whom a person has shelved stays shelved; it is looked at when that is over.
    if alert.state is not AlertState.SHELVED:
        reconcile(teller, alert.id, change.moment)
    was = change.before is not None and change.before.is_burning and change.before.holds
    if was == (alert.is_burning and alert.holds):
        return
    # Freed are all whom it has silenced, also where a new pack has no such rule any more.
    for child in sorted(state.children_of.pop(alert.id, ())) if was else ():
        reconcile(teller, child, change.moment)
    watched = state.world.of(alert.election)
    heads = (rule.head for rules in _parents(watched) for rule in rules)
    if not was and any(alert.rule == head.rule.id for head in heads):
        for one in state.open_alerts(alert.election, kabupaten_of(alert.place)):
            if _parent_of(state, watched, one) == alert.id:
                reconcile(teller, one.id, change.moment)


def _parents(
    watched: Watched,
) -> tuple[tuple[RatioRule, ...], tuple[SpreadRule, ...]]:
    return watched.rules.areas.ratio, watched.rules.areas.spread


def reconcile(teller: Teller, alert_id: AlertId, moment: Moment) -> None:
    """Silence an alert that has a parent, free one that has none any more."""
    state = teller.state
    alert = state.alert(alert_id)
    if alert is None or not alert.is_burning:
        return
    parent = _parent_of(state, state.world.of(alert.election), alert)
    inhibited = alert.state is AlertState.INHIBITED
    stepped = None
    if parent is not None and not inhibited:
        stepped = book.inhibit(alert, parent, moment)
    elif parent is None and inhibited:
        stepped = book.uninhibit(alert, moment)
    if stepped is not None:
        teller.put(stepped)


def _parent_of(state: PartitionState, watched: Watched, alert: Alert) -> AlertId | None:
    """Return the alert that speaks for another one, if there is one."""
    return _silent_area(state, watched, alert) or _spreading_area(state, watched, alert)


def _silent_area(state: PartitionState, watched: Watched, alert: Alert) -> AlertId | None:
    if len(alert.place) < _KECAMATAN_LENGTH:
        return None
    for rule in watched.rules.areas.ratio:
        if alert.rule in rule.inhibits:
            case = (alert.election, rule.head.rule.id, Scope(kecamatan_of(alert.place)), "")
            if found := _holding(state, case):
                return found
    return None


def _spreading_area(state: PartitionState, watched: Watched, alert: Alert) -> AlertId | None:
    if len(alert.place) < _DESA_LENGTH:
        return None
    kabupaten, code = kabupaten_of(alert.place), code_of(alert)
    for rule in watched.rules.areas.spread:
        if alert.rule not in rule.children:
            continue
        row = state.spread.get((alert.election, rule.head.rule.id, kabupaten, code))
        kecamatan = None if row is None else spread.parent_of(row, desa_of(alert.place))
        if kecamatan is not None:
            case = (alert.election, rule.head.rule.id, Scope(AreaCode(kecamatan)), code)
            if found := _holding(state, case):
                return found
    return None


def _holding(state: PartitionState, case: tuple[str, str, str, str]) -> AlertId | None:
    alert = state.latest_of(case)
    return alert.id if alert is not None and alert.is_burning and alert.holds else None
