"""Asks the totals of a contest what else they say: a tie, an empty column, what is held back.

Each is a function of the totals alone, so it is asked after every count, and told where the answer
is another than before. Totals are those of `margins`: of a contest within one kabupaten.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from streams.alerts.case import Case
from streams.domain.alert import Text, Why
from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.domain.totals import Totals, worksheet
from streams.judge.contests import Counted, case_of_contest, counted_of, shown_of
from streams.judge.posture import lower_posture, raise_posture
from streams.judge.telling import Grounds, Teller
from streams.judge.world import Watched
from streams.rules.compiled_counts import Question, ResultRule
from streams.rules.detectors import tally
from streams.rules.detectors.condition import ConditionState
from streams.rules.wording import contest_text
from streams.territory.plan import Contest
from streams.texts.words import number_text

__all__ = ["look"]

_PERCENT: Final = 100
_PERMILLE: Final = 10
"""Of a percent."""
_Answer = tuple[tuple[Why, ...], dict[str, Text | str]]
"""What was reckoned, and what the texts name of it."""


def look(
    teller: Teller, watched: Watched, contest: Contest, posture_moved: Callable[[AreaCode], None]
) -> None:
    """Ask every question of a contest after a count.

    Args:
        teller: Of the count.
        watched: The election and its rules.
        contest: What was counted.
        posture_moved: Is told of an area whose posture has been raised.
    """
    assert teller.accepted is not None, "a count has come"
    election = teller.accepted.election
    totals = teller.state.totals.get((election, contest.id))
    for rule in watched.rules.counts.results:
        if totals is None or (rule.elections and watched.plan.election.kind not in rule.elections):
            continue
        _look(teller, rule, contest, totals, posture_moved)


def _look(
    teller: Teller,
    rule: ResultRule,
    contest: Contest,
    totals: Totals,
    posture_moved: Callable[[AreaCode], None],
) -> None:
    state = teller.state
    assert teller.accepted is not None, "a count has come"
    election = teller.accepted.election
    case = case_of_contest(election, rule.head, contest)
    # Its forms are looked through only where it is told: a contest may have a thousand TPS.
    counted = partial(counted_of, state, election, contest)
    found = teller.guard(rule.head, case, lambda: (_answer(rule, totals, counted),))
    if found is None:
        return
    (answer,), moment = found, teller.by_record()
    known = state.condition.get(case.identity)
    if answer is not None:
        teller.hold(rule.head, case, _grounds(teller, case, contest, totals, answer), moment)
        if known is None:
            state.condition.put(case.identity, ConditionState(moment.at, "", "", severe=False))
            if rule.posture_ms is not None:
                raise_posture(state, election, contest.area, _cause(rule, contest), moment.at)
                posture_moved(contest.area)
    elif known is not None:
        state.condition.delete(case.identity)
        if rule.posture_ms is not None:
            until = EpochMs(moment.at + rule.posture_ms)
            lower_posture(state, election, contest.area, _cause(rule, contest), until)
        teller.end(case, moment)


def _cause(rule: ResultRule, contest: Contest) -> str:
    return f"{rule.head.rule.id}:{contest.id}"


def _grounds(
    teller: Teller, case: Case, contest: Contest, totals: Totals, answer: _Answer
) -> Grounds:
    plan = teller.state.world.of(case.election).plan
    tps_class, evidence = shown_of(teller, case, contest)
    why, told = answer
    values = {
        "contest": contest_text(plan, contest.id),
        "tps_final": str(totals.tps_final),
        "tps_all": str(totals.tps_all),
        **told,
    }
    return Grounds(
        tps_class=tps_class,
        values={
            name: Text(value, value) if isinstance(value, str) else value
            for name, value in values.items()
        },
        why=(Why("class", tps_class.value), *why),
        evidence=evidence,
    )


def _answer(rule: ResultRule, totals: Totals, counted: Callable[[], Counted]) -> _Answer | None:
    match rule.question:
        case Question.TIE:
            return _tied(totals, counted)
        case Question.HELD_BACK:
            return _held_back(totals)
        case Question.EMPTY_COLUMN:
            return _near_half(totals, rule.limits)


def _tied(totals: Totals, counted: Callable[[], Counted]) -> _Answer | None:
    """Return who shares the first place, and what the organisers look at then."""
    tied = tally.tie(totals)
    if not tied:
        return None
    sheet = worksheet(tied, ((tps.code, tps.dpt, form) for tps, form in counted().forms))
    most = max(dict(totals.votes).values())
    rows = ", ".join(f"TPS {row.tps[-3:]}: {row.dpt}" for row in sheet.rows)
    clear = Text("ada", "yes") if sheet.first else Text("tidak ada", "no")
    why = (
        Why("tied", len(tied), holds=False),
        Why("votes_each", most),
        Why("dpt_by_tps", rows),
        Why("largest_tps_decides", bool(sheet.first)),
    )
    return why, {"tied": str(len(tied)), "votes": str(most), "worksheet": rows, "clear": clear}


def _held_back(totals: Totals) -> _Answer | None:
    """Return what is held back or missing, if that could change who is first."""
    held = tally.quarantine(totals)
    if held is None or not held.decides:
        return None
    why = (
        Why("held_and_missing", held.reach, held.margin, holds=False),
        Why("tps_held", totals.tps_held),
        Why("tps_missing", totals.tps_missing),
    )
    told = {"reach": str(held.reach), "margin": str(held.margin), "tps_held": str(totals.tps_held)}
    return why, {**told, "tps_missing": str(totals.tps_missing)}


def _near_half(totals: Totals, limits: tally.TallyLimits) -> _Answer | None:
    """Return the share of a single pair, if it is close to half."""
    share = tally.pair_share(totals, limits)
    if share is None or not share.is_close:
        return None
    percent = share.pair * _PERCENT / share.valid
    low = limits.pair_permille_min / _PERMILLE
    high = limits.pair_permille_max / _PERMILLE
    why = (
        Why("pair_percent", percent, f"{low:g}-{high:g}"),
        Why("valid", share.valid),
        Why("dpt_final", totals.dpt_final, totals.dpt_all),
    )
    return why, {"percent": number_text(percent)}
