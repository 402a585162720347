"""Drives the detector `tally`: totals of a contest over an area, and a result that is close.

A close result makes the boxes of its area and the quarrels of its desa more dangerous, so it
raises their posture (`posture`), whether or not anybody is told. Told is it of a whole area: the
desa of a pilkades, the kabupaten of a pilkada. A contest wider than a kabupaten is watched TPS by
TPS only, because no partition sees all of it.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from streams.alerts.book import due_at
from streams.alerts.case import Case
from streams.domain.alert import Text, Why
from streams.domain.forms import Ledger
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import NEVER, EpochMs
from streams.domain.totals import replace as replaced
from streams.judge import absence, results
from streams.judge.contests import case_of_contest, shown_of
from streams.judge.custody import boxes_in_at
from streams.judge.posture import lower_posture, raise_posture, raised_causes
from streams.judge.rows import Narrow
from streams.judge.standing_forms import (
    Moved,
    contest_of,
    entry_of,
    nothing_counted_of,
    recount,
    tps_of,
)
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.judge.world import Watched
from streams.rules.compiled_counts import TallyRule
from streams.rules.detectors import tally
from streams.rules.wording import contest_text
from streams.territory.plan import Contest, ElectionKind, Tps, covers

__all__ = ["MARGIN_WAKE", "box_moved", "notice", "restore_wakes", "wake"]

MARGIN_WAKE: Final = "margin"
"""First part of the key under which a close result is woken."""
_AREA_MAX: Final = 5
"""Length of the code of a kabupaten: the widest area that one partition sees."""


def notice(teller: Teller, watched: Watched, moved: Moved) -> None:
    """Add up a count, and judge how close the result is."""
    contests = watched.plan.election.contests_of(moved.tps.code)
    contest = next((one for one in contests if one.id == moved.contest), None)
    counts = watched.rules.counts
    if contest is None or not moved.tps.listed or not (counts.tally or counts.results):
        return
    if len(contest.area) >= _AREA_MAX:
        _add_up(teller, watched, contest, moved)
        results.look(teller, watched, contest, partial(_look_at_boxes, teller, watched))
    for rule in watched.rules.counts.tally:
        if len(contest.area) >= _AREA_MAX:
            _look(teller, watched, rule, contest, moved.at)
        if watched.plan.election.kind is not ElectionKind.PILKADES:
            _look_at_tps(teller, rule, moved.tps, moved.contest, moved.ledger)


def box_moved(teller: Teller, watched: Watched, tps: Tps) -> None:
    """Look whether a close result that waits for the boxes of its area is over."""
    assert teller.accepted is not None, "only a message moves a box"
    election = teller.accepted.election
    if not tps.listed:
        return
    # What was over begins again with a box that has left again, or has not come in after all.
    is_out = boxes_in_at(teller.state, election, tps) == NEVER
    for contest in watched.plan.election.contests_of(tps.code):
        for rule in watched.rules.counts.tally:
            row = teller.state.narrow.get((election, rule.head.rule.id, contest.id))
            if row is not None and (row.state.holding or is_out):
                _look(teller, watched, rule, contest, row.last_count_at)
            if watched.plan.election.kind is not ElectionKind.PILKADES:
                ledger = teller.state.ledgers.get((election, tps.code, contest.id))
                if ledger is not None:
                    _look_at_tps(teller, rule, tps, contest.id, ledger)


def wake(teller: Teller, key: Key, due: EpochMs) -> None:
    """Look whether a close result is over by `due`."""
    election, rule_id, contest_id = key
    watched = teller.state.world.of(ElectionId(election))
    row = teller.state.narrow.get(key)
    rule = next((one for one in watched.rules.counts.tally if one.head.rule.id == rule_id), None)
    contest = contest_of(watched.plan, contest_id)
    if row is None or rule is None or contest is None:
        return
    after, ended_at = tally.due(row.state, due)
    if ended_at is None:
        teller.state.by_now.arm((MARGIN_WAKE, *key), tally.next_wake(row.state))
        return
    teller.state.narrow.put(key, Narrow(row.last_count_at, after))
    cause = f"{rule_id}:{contest_id}"
    until = EpochMs(ended_at + rule.posture_ms)
    lower_posture(teller.state, ElectionId(election), contest.area, cause, until)
    teller.end(
        case_of_contest(ElectionId(election), rule.head, contest), due_at(ended_at, teller.now)
    )


def restore_wakes(state: PartitionState) -> None:
    """Count anew and queue the ends of close results, after a saved state was taken on."""
    recount(state)
    for key, row in state.narrow.items():
        state.by_now.arm((MARGIN_WAKE, *key), tally.next_wake(row.state))


def _add_up(teller: Teller, watched: Watched, contest: Contest, moved: Moved) -> None:
    """Put what stands now for a TPS into the totals of its contest."""
    assert teller.accepted is not None, "a count has come"
    key = (teller.accepted.election, contest.id)
    totals = teller.state.totals.get(key) or nothing_counted_of(watched.plan, contest)
    old, new = (entry_of(watched, moved.tps, one) for one in (moved.before, moved.ledger))
    teller.state.totals.put(key, replaced(totals, moved.tps.dpt, old, new))


def _look(
    teller: Teller, watched: Watched, rule: TallyRule, contest: Contest, counted_at: EpochMs
) -> None:
    """Judge how close the result of an area is, and tell it if it has become so, or is no more."""
    state = teller.state
    assert teller.accepted is not None, "a message has come"
    election = teller.accepted.election
    key = (election, rule.head.rule.id, contest.id)
    case = case_of_contest(election, rule.head, contest)
    row = state.narrow.get(key) or Narrow()
    last = EpochMs(max(row.last_count_at, counted_at))
    answer = teller.guard(rule.head, case, partial(_judged, teller, watched, rule, contest, last))
    if answer is None:
        return
    state.narrow.put(key, Narrow(last, answer))
    moment, cause = teller.by_record(), f"{rule.head.rule.id}:{contest.id}"
    if answer.holding:
        teller.hold(rule.head, case, _grounds(teller, watched, rule, contest, case), moment)
        if not row.state.holding:
            raise_posture(state, election, contest.area, cause, moment.at)
            _look_at_boxes(teller, watched, contest.area)
    elif row.state.holding:
        until = EpochMs(moment.at + rule.posture_ms)
        lower_posture(state, election, contest.area, cause, until)
        teller.end(case, moment)
    state.by_now.arm((MARGIN_WAKE, *key), tally.next_wake(answer))


def _judged(
    teller: Teller, watched: Watched, rule: TallyRule, contest: Contest, last: EpochMs
) -> tally.NarrowState:
    assert teller.accepted is not None, "a message has come"
    election = teller.accepted.election
    totals = teller.state.totals.get((election, contest.id))
    narrow = totals is not None and tally.is_narrow(totals, rule.limits)
    boxes = (boxes_in_at(teller.state, election, tps) for tps in tps_of(watched.plan, contest))
    # Of the boxes only the first that is out is looked for, and only where it matters.
    in_at = _latest_or_never(boxes) if narrow else NEVER
    return tally.judge(tally.Custody(last, in_at), teller.now, rule.limits, narrow=narrow)


def _latest_or_never(times: Iterator[EpochMs]) -> EpochMs:
    latest = EpochMs(0)
    for at in times:
        if at == NEVER:
            return NEVER
        latest = max(latest, at)
    return latest


def _look_at_tps(teller: Teller, rule: TallyRule, tps: Tps, contest: str, ledger: Ledger) -> None:
    """Raise or lower the posture of a single TPS and its desa, by its own result."""
    state = teller.state
    assert teller.accepted is not None, "a message has come"
    election, at = teller.accepted.election, teller.by_record().at
    cause = f"{rule.head.rule.id}:{contest}@{tps.code}"
    entry = entry_of(state.world.of(election), tps, ledger)
    counted_at = max((form.at for form in ledger.forms), default=at)
    narrow = entry is not None and not entry.held
    narrow = narrow and entry is not None and tally.is_narrow_alone(entry, tps.dpt, rule.limits)
    known = any(one[0] == cause for one in raised_causes(state, election, tps.code))
    if not narrow and not known:
        return
    for area in (tps.code, tps.desa):
        if narrow:
            raise_posture(state, election, area, cause, at)
            in_at = boxes_in_at(state, election, tps)
            over = max(in_at, counted_at + rule.limits.quiet_ms)
            until = NEVER if in_at == NEVER else EpochMs(over + rule.posture_ms)
        else:
            until = EpochMs(at + rule.posture_ms)
        lower_posture(state, election, area, cause, until)
    if narrow != known:
        _look_at_boxes(teller, state.world.of(election), tps.desa)


def _look_at_boxes(teller: Teller, watched: Watched, area: AreaCode) -> None:
    """Look at the deadlines of boxes of an area anew, which a raised posture has moved."""
    assert teller.accepted is not None, "a message has come"
    election = teller.accepted.election
    spoken = [code for (of, code), _ in teller.state.facts.items() if of == election]
    for code in sorted(code for code in spoken if covers(area, code)):
        # None: its desa voted by the folder of then.
        if (tps := watched.plan.tps_or_unknown(AreaCode(code))) is not None:
            absence.look_at_boxes(teller, watched, tps)


def _grounds(
    teller: Teller, watched: Watched, rule: TallyRule, contest: Contest, case: Case
) -> Grounds:
    totals = teller.state.totals.get((case.election, contest.id))
    assert totals is not None, "what is narrow has been added up"
    margin = tally.margin_of(totals, rule.limits)
    assert margin is not None, "what is narrow has a margin"
    tps_class, evidence = shown_of(teller, case, contest)
    texts = {
        "contest": contest_text(watched.plan, contest.id),
        "margin": str(margin.votes),
        "limit": str(margin.limit),
        "tps_final": str(totals.tps_final),
        "tps_all": str(totals.tps_all),
    }
    return Grounds(
        tps_class=tps_class,
        values={name: Text(text, text) for name, text in texts.items()},
        why=(
            Why("class", tps_class.value),
            Why("margin", margin.votes, margin.limit),
            Why("valid", totals.valid),
            Why("dpt_final", totals.dpt_final, totals.dpt_all),
            Why("tps_held", totals.tps_held),
        ),
        evidence=evidence,
    )
