"""Drives the detector `sequence` over the stages of a TPS: which one is missing.

A gap that a record shows is queued for the end of its wait, and told then if nothing late has
filled it.
"""

from functools import partial
from typing import Final

from streams.alerts.book import due_at
from streams.alerts.case import Case
from streams.domain.alert import Evidence, Text, Why
from streams.domain.facts import TpsFacts
from streams.domain.happenings import Happening
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.times import MINUTE_MS, EpochMs
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.judge.world import Watched
from streams.rules.compiled import SequenceRule, minutes_text
from streams.rules.detectors import sequence
from streams.rules.wording import clock_text
from streams.territory.plan import Tps
from streams.texts.words import happening_text

__all__ = ["SEQUENCE_WAKE", "notice", "restore_wakes", "wake"]

SEQUENCE_WAKE: Final = "sequence"
"""First part of the key under which a gap in the order of stages is woken."""
_NO_FACTS: Final = TpsFacts()
_IDLE: Final = sequence.SequenceState()
_STATUS_TOPIC: Final = "tps.status"


def notice(teller: Teller, watched: Watched, tps: Tps, changed: frozenset[Happening]) -> None:
    """Ask which stages are missing; a new gap waits for what may be late."""
    for rule in watched.rules.sequence:
        if rule.kinds & changed:
            _look(teller, rule, tps)


def _look(teller: Teller, rule: SequenceRule, tps: Tps) -> None:
    state, accepted = teller.state, teller.accepted
    assert accepted is not None, "only a message changes the facts"
    key = (accepted.election, rule.head.rule.id, tps.code)
    before = state.sequence.get(key) or _IDLE
    case = _case(key, tps.code, "")
    facts = state.facts.get((accepted.election, tps.code)) or _NO_FACTS
    ask = partial(sequence.gaps, facts.points, rule.needs, rule.tolerance_ms)
    gaps = teller.guard(rule.head, case, ask)
    if gaps is None:
        return
    after, finished = sequence.look(before, gaps, accepted.received_at, rule.wait_ms)
    _keep(state, key, before, after)
    for one in finished:
        teller.end(_case(key, tps.code, one.edge), teller.by_record())


def wake(teller: Teller, key: Key, due: EpochMs) -> None:
    """Tell the gaps that nothing has filled by `due`."""
    state, (election, rule_id, scope) = teller.state, key
    watched = state.world.of(ElectionId(election))
    tps = watched.plan.tps_or_unknown(AreaCode(scope))
    rule = next((one for one in watched.rules.sequence if one.head.rule.id == rule_id), None)
    before = state.sequence.get(key)
    if rule is None or before is None or tps is None:
        return
    after, begun = sequence.due(before, due)
    _keep(state, key, before, after)
    facts = state.facts.get((election, scope)) or _NO_FACTS
    ask = partial(sequence.gaps, facts.points, rule.needs, rule.tolerance_ms)
    shown = {gap.edge: gap for gap in teller.guard(rule.head, _case(key, tps.code, ""), ask) or ()}
    for one in begun:
        # It may be gone without a look at it: another pack asks for other stages.
        if (gap := shown.get(one.edge)) is not None:
            case, grounds = _case(key, tps.code, one.edge), _grounds(watched, rule, tps, gap)
            teller.hold(rule.head, case, grounds, due_at(one.at, teller.now))


def restore_wakes(state: PartitionState) -> None:
    """Queue the waits of gaps, after a saved state was taken on."""
    for key, row in state.sequence.items():
        state.by_now.arm((SEQUENCE_WAKE, *key), sequence.next_wake(row))


def _keep(
    state: PartitionState,
    key: Key,
    before: sequence.SequenceState,
    after: sequence.SequenceState,
) -> None:
    if after == _IDLE and before != _IDLE:
        state.sequence.delete(key)
    elif after != before:
        state.sequence.put(key, after)
    state.by_now.arm((SEQUENCE_WAKE, *key), sequence.next_wake(after))


def _case(key: Key, place: AreaCode, edge: str) -> Case:
    election, rule_id, scope = key
    return Case(ElectionId(election), rule_id, Scope(scope), edge, place)


def _grounds(watched: Watched, rule: SequenceRule, tps: Tps, gap: sequence.Gap) -> Grounds:
    point = gap.shown_by
    clock = clock_text(point.at, watched.plan.offset_minutes(tps.code))
    return Grounds(
        tps_class=tps.tps_class,
        values={
            "missing": happening_text(gap.missing),
            "stage": happening_text(point.kind),
            "at": Text(clock, clock),
            "wait_minutes": minutes_text(rule.wait_ms),
        },
        why=(
            Why("class", tps.tps_class.value),
            Why("stage", point.kind.value, clock),
            Why("missing_before", gap.missing.value),
            Why("waited_minutes", rule.wait_ms / MINUTE_MS),
        ),
        evidence=(Evidence(_STATUS_TOPIC, point.id, point.at, point.source, point.offset),),
    )
