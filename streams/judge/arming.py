"""Queues what the rules of absence must look at again when `heard` has passed it.

What is queued follows from the plan, the facts and what was told, so nothing of it is saved: a
worker that takes over makes it anew (`restore_wakes`).
"""

from streams.domain.ids import AreaCode, ElectionId, Scope, kabupaten_of, kecamatan_of
from streams.judge import checkins, gateways, health, silence
from streams.judge.roster import scope_of
from streams.judge.state import PartitionState
from streams.judge.subjects import Subject, box_subjects, pair_subject, tps_subject
from streams.judge.watches import watch_of
from streams.judge.watching import AT_ONCE, arm
from streams.judge.world import Watched
from streams.rules.compiled import OverdueRule
from streams.territory.plan import Tps

__all__ = ["arm_plan", "restore_wakes"]


def arm_plan(state: PartitionState) -> None:
    """Queue the deadlines that the plan sets for every TPS of this partition."""
    state.planned = True
    health.arm_inputs(state)
    for election, watched in state.world.elections.items():
        mine = {code for code in watched.plan.kabupaten_codes if state.watches(code)}
        for tps in watched.plan.tps.values():
            if tps.kabupaten in mine:
                _arm_tps(state, watched, election, tps)


def restore_wakes(state: PartitionState) -> None:
    """Queue what must be looked at by `heard`, after a saved state was taken on."""
    if state.clocks.partitions:
        arm_plan(state)
    areas: dict[tuple[ElectionId, AreaCode], None] = {}
    for (election_text, code), _ in state.facts.items():  # noqa: PERF102  a Table is no dict
        election = ElectionId(election_text)
        watched = state.world.of(election)
        # None: its desa voted by the folder of then. Nobody watches it any more.
        if (tps := watched.plan.tps_or_unknown(AreaCode(code))) is not None:
            _arm_tps(state, watched, election, tps)
            areas[election, kecamatan_of(code)] = None
    for election, kecamatan in areas:
        for watch in silence.watches(state, election, kecamatan):
            arm(state, watch)
            if gateways.are_known(state, election, kabupaten_of(kecamatan)):
                # What waits for one of them shows in no deadline.
                state.by_heard.arm(watch.key, AT_ONCE)
    gateways.restore_wakes(state)
    for (election_text, scope), _ in state.checkins.items():  # noqa: PERF102  a Table is no dict
        for watch in checkins.watches(state, ElectionId(election_text), Scope(scope)):
            arm(state, watch)


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
        arm(state, watch_of(state, rule, subject))
