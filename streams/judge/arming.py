"""Queues what the rules of absence must look at again when `heard` has passed it.

What is queued follows from the plan, the facts and what was told, so nothing of it is saved: a
worker that takes over makes it anew (`restore_wakes`).
"""

from typing import Final

from streams.domain.facts import Span
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import NEVER, EpochMs
from streams.judge.roster import scope_of
from streams.judge.state import PartitionState, Watched
from streams.judge.subjects import (
    Subject,
    box_subjects,
    overdue_spans_of,
    pair_subject,
    raise_after_of,
    subject_key,
    tps_subject,
)
from streams.rules.compiled import OverdueRule
from streams.rules.detectors import overdue
from streams.territory.plan import Tps

__all__ = ["arm", "arm_plan", "restore_wakes"]

_EMPTY: Final = overdue.OverdueState()
_AT_ONCE: Final = EpochMs(1)
"""Before every deadline: the next mark looks at it."""


def arm_plan(state: PartitionState) -> None:
    """Queue the deadlines that the plan sets for every TPS of this partition."""
    state.planned = True
    for election, watched in state.world.elections.items():
        mine = {code for code in watched.plan.kabupaten_codes if state.watches(code)}
        for tps in watched.plan.tps.values():
            if tps.kabupaten in mine:
                _arm_tps(state, watched, election, tps)


def restore_wakes(state: PartitionState) -> None:
    """Queue what must be looked at by `heard`, after a saved state was taken on."""
    if state.clocks.partitions:
        arm_plan(state)
    for (election_text, code), _ in state.facts.items():  # noqa: PERF102  a Table is no dict
        election = ElectionId(election_text)
        watched = state.world.of(election)
        # None: its desa voted by the folder of then. Nobody watches it any more.
        if (tps := watched.plan.tps_or_unknown(AreaCode(code))) is not None:
            _arm_tps(state, watched, election, tps)


def arm(
    state: PartitionState, rule: OverdueRule, subject: Subject, spans: tuple[Span, ...]
) -> None:
    """Queue a rule and subject for the next thing that a mark could tell of them."""
    key = subject_key(rule, subject)
    told = state.overdue.get(key) or _EMPTY
    started_at = state.clocks.started_at or EpochMs(0)
    wake = overdue.next_wake(told, spans, started_at, raise_after_of(rule, subject))
    state.by_heard.arm(key, None if wake == NEVER else wake)


def _arm_tps(state: PartitionState, watched: Watched, election: ElectionId, tps: Tps) -> None:
    _arm_all(state, watched.rules.overdue_tps, tps_subject(watched, state, election, tps))
    if tps.pair:
        scope = scope_of(tps.code, "pair", tps.pair)
        subject = pair_subject(watched, state, election, scope)
        _arm_all(state, watched.rules.overdue_pair, subject)
    for box in box_subjects(watched, state, election, tps):
        _arm_all(state, watched.rules.overdue_box, box)


def _arm_all(state: PartitionState, rules: tuple[OverdueRule, ...], subject: Subject) -> None:
    for rule in rules:
        try:
            spans = overdue_spans_of(rule, subject)
        except Exception:  # noqa: BLE001  A rule that fails does so again, where it is guarded.
            state.by_heard.arm(subject_key(rule, subject), _AT_ONCE)
        else:
            arm(state, rule, subject, spans)
