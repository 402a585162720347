"""Drives the detector `surge` over reports: too many of a desa, too many of one source.

Every report counts, whatever its category and whether it is enough for an alert or not, but those
that only few may hear of: an alert for everybody would name them as its evidence. A source that
floods is not silenced: its later reports are kept, and weigh less while the flood lasts.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from msgspec import UNSET

from streams.alerts.book import due_at
from streams.alerts.case import Case
from streams.domain.alert import Evidence, Why
from streams.domain.events import CrowdReport
from streams.domain.ids import AreaCode, ElectionId, Scope, desa_of, kabupaten_of
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, Situation, TpsClass
from streams.judge.roster import scope_of
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.rules.compiled import SurgeRule, minutes_text
from streams.rules.detectors import surge
from streams.rules.report_specs import SurgeScope
from streams.texts.words import number_text

__all__ = ["SURGE_WAKE", "notice", "restore_wakes", "taken_back", "wake", "weight_max", "withdraw"]

SURGE_WAKE: Final = "surge"
"""First part of the key under which a rate is woken."""
_EMPTY: Final = surge.SurgeState()
_TPS_LENGTH: Final = 17
_EVERYTHING: Final = float("inf")


def notice(teller: Teller, accepted: AcceptedReport | AcceptedStatus, *, placed: bool) -> None:
    """Count a report that is in time: of its source, and of its desa where the place is sure."""
    rules = teller.state.world.of(accepted.election).rules
    scope = _scope_of_source(accepted)
    for rule in rules.surge_source:
        _count(teller, rule, accepted, scope, kabupaten_of(accepted.place))
    if placed and not _says_calm(accepted):
        desa = desa_of(accepted.place)
        for rule in rules.surge_desa:
            _count(teller, rule, accepted, Scope(desa), desa)


def _says_calm(accepted: AcceptedReport | AcceptedStatus) -> bool:
    """Tell whether a report says that all is well: whoever says it, it is a report of nothing."""
    event = accepted.event
    return event.situation is Situation.AMAN and not isinstance(
        event.category if isinstance(event, CrowdReport) else UNSET, str
    )


def weight_max(state: PartitionState, accepted: AcceptedReport | AcceptedStatus) -> float:
    """Return what a report may weigh at most, by what its source has sent before."""
    rules = state.world.of(accepted.election).rules.surge_source
    scope = _scope_of_source(accepted)
    held = (
        rule.weight_max
        for rule in rules
        if (row := state.surge.get((accepted.election, rule.head.rule.id, scope))) is not None
        and row.holding
    )
    return min((one for one in held if one is not None), default=_EVERYTHING)


def wake(teller: Teller, key: Key, due: EpochMs) -> None:
    """Look whether a rate is normal again by `due`."""
    state = teller.state
    row, rule = state.surge.get(key), _rule_of(state, key)
    if row is None or rule is None:
        return
    limits = rule.limits[0]
    after, ended_at = surge.due(row, due, limits)
    if ended_at is None:
        state.by_now.arm((SURGE_WAKE, *key), surge.next_wake(row, limits))
        return
    state.surge.put(key, after)
    teller.end(_case(rule, key), due_at(ended_at, teller.now))


def taken_back(teller: Teller, accepted: AcceptedStatus) -> None:
    """Take in that a status takes back another one, which may have been counted as a report."""
    election, event = accepted.election, accepted.event
    said = (event.source.id, event.corrects)
    for rule in teller.state.world.of(election).rules.surge_source:
        _withdraw(teller, rule, (election, rule.head.rule.id, _scope_of_source(accepted)), said)
    withdraw(teller, election, desa_of(accepted.place), said)


def withdraw(teller: Teller, election: ElectionId, desa: AreaCode, said: tuple[str, str]) -> None:
    """Count a report of one source as none of a desa any more; sent it was all the same."""
    for rule in teller.state.world.of(election).rules.surge_desa:
        _withdraw(teller, rule, (election, rule.head.rule.id, desa), said)


def _withdraw(teller: Teller, rule: SurgeRule, key: Key, said: tuple[str, str]) -> None:
    state = teller.state
    if (row := state.surge.get(key)) is None:
        return
    limits = rule.limits[0]
    after, over = surge.withdraw(row, *said, limits, teller.now)
    if after == row:
        return
    state.surge.put(key, after)
    state.by_now.arm((SURGE_WAKE, *key), surge.next_wake(after, limits))
    if over:
        teller.end(_case(rule, key), teller.by_record())


def restore_wakes(state: PartitionState) -> None:
    """Queue the ends of what holds, after a saved state was taken on."""
    for key, row in state.surge.items():
        if (rule := _rule_of(state, key)) is not None:
            wake_at = surge.next_wake(row, rule.limits[0])
            state.by_now.arm((SURGE_WAKE, *key), wake_at)


def _count(
    teller: Teller,
    rule: SurgeRule,
    accepted: AcceptedReport | AcceptedStatus,
    scope: Scope,
    place: AreaCode,
) -> None:
    state = teller.state
    key = (accepted.election, rule.head.rule.id, scope)
    case = Case(accepted.election, rule.head.rule.id, scope, "", place)
    before = state.surge.get(key) or _EMPTY
    item = _heard(state, accepted, teller.name)
    tps_class = _class_with(before, item, rule)
    limits = _of_class(rule, tps_class)
    answer = teller.guard(rule.head, case, partial(surge.add, before, item, limits, teller.now))
    if answer is None:
        return
    after, rate = answer
    if after != before:
        state.surge.put(key, after)
    if rate is not None:
        grounds = _grounds(rule, rate, tps_class, limits)
        teller.hold(rule.head, case, grounds, teller.by_record())
    state.by_now.arm((SURGE_WAKE, *key), surge.next_wake(after, limits))


def _class_with(before: surge.SurgeState, item: surge.Heard, rule: SurgeRule) -> TpsClass:
    """Return the class by which a rate is judged: of the most vulnerable TPS in the window."""
    items = (*before.items, item)
    newest = max(one.at for one in items)
    return surge.class_of(items, newest, rule.limits[0].window_ms)


def _of_class(rule: SurgeRule, tps_class: TpsClass) -> surge.SurgeLimits:
    return rule.limits[TPS_CLASSES.index(tps_class)]


def _heard(
    state: PartitionState, accepted: AcceptedReport | AcceptedStatus, name: str
) -> surge.Heard:
    plan, event = state.world.of(accepted.election).plan, accepted.event
    at_tps = len(accepted.place) == _TPS_LENGTH
    tps = plan.tps_or_unknown(accepted.place) if at_tps else None
    return surge.Heard(
        at=accepted.at,
        source=event.source.id,
        id=event.id,
        topic=accepted.origin.topic,
        offset=name,
        tps_class=tps.tps_class if tps else TpsClass.KURANG_RAWAN,
    )


def _scope_of_source(accepted: AcceptedReport | AcceptedStatus) -> Scope:
    return scope_of(accepted.place, "source", accepted.event.source.id)


def _rules(state: PartitionState, election: str) -> Iterator[SurgeRule]:
    rules = state.world.of(ElectionId(election)).rules
    yield from rules.surge_desa
    yield from rules.surge_source


def _rule_of(state: PartitionState, key: Key) -> SurgeRule | None:
    election, rule_id, _ = key
    return next((one for one in _rules(state, election) if one.head.rule.id == rule_id), None)


def _case(rule: SurgeRule, key: Key) -> Case:
    election, rule_id, scope = key
    # Of a source `source:36.04/ID`; of a desa the scope is its code.
    place = scope if rule.scope is SurgeScope.DESA else scope.partition(":")[2].partition("/")[0]
    return Case(ElectionId(election), rule_id, Scope(scope), "", AreaCode(place))


def _grounds(
    rule: SurgeRule, rate: surge.Rate, tps_class: TpsClass, limits: surge.SurgeLimits
) -> Grounds:
    count = len(rate.items)
    values = {
        "count": number_text(count),
        "usual": number_text(rate.usual),
        "threshold": number_text(limits.threshold),
        "window_minutes": minutes_text(limits.window_ms),
    }
    chance = (
        Why("chance", float(f"{rate.chance:.3g}"), limits.chance_max),
        Why("usual", round(rate.usual, 3)),
    )
    items = (Evidence(i.topic, i.id, i.at, i.source, i.offset) for i in rate.items)
    return Grounds(
        tps_class=tps_class,
        values=values,
        why=(
            Why("class", tps_class.value),
            Why("count", count, limits.threshold),
            Why("window_minutes", limits.window_ms / MINUTE_MS),
            *(chance if limits.baseline_windows else ()),
            Why("counted", "sources" if rule.scope is SurgeScope.DESA else "reports"),
        ),
        evidence=tuple(items),
    )
