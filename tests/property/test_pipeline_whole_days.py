"""What holds of whole days, judged by all shipped rules, however they are cut and taken up again.

As `test_pipeline`, over histories with materials, boxes, counts, corrections, floods and answers.
"""

from collections import Counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.effects import RuleFault, Triage, TriageStatus
from streams.domain.journal import Accepted
from streams.judge.standing_forms import recount
from streams.judge.state import PartitionState
from streams.pipeline import Step
from tests.property.test_pipeline import by_alert, in_place, mixed, of_kabupaten
from tests.support.histories import quick
from tests.support.restarts import judged_in_parts
from tests.support.stories import Item, judge, judge_into, lines_of, only
from tests.support.stories import journal as journal_of
from tests.support.whole_days import CONTESTS, DRILL, whole_days
from tests.support.world import ELECTION, whole_world

DAY: Final = whole_world(*CONTESTS)
MANY: Final = 1500
CUTS: Final = st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=8)
ORDER: Final = st.lists(st.integers(min_value=0, max_value=99), min_size=1, max_size=9)


def restarts_change_nothing(items: list[Item], cuts: list[int], order: list[int]) -> None:
    """Judge a day at once and in parts; both must decide the same, in the same order."""
    steps = journal_of(*items)
    assert judge(steps, DAY) == judged_in_parts(steps, cuts, order, DAY)


@quick(50)
@given(whole_days(), CUTS, ORDER)
def test_a_restart_anywhere_changes_nothing(
    items: list[Item], cuts: list[int], order: list[int]
) -> None:
    """Any batches, any number of takeovers, rows in any order."""
    restarts_change_nothing(items, cuts, order)


@pytest.mark.slow
@quick(MANY)
@given(whole_days(50), CUTS, ORDER)
def test_many_restarts_change_nothing(items: list[Item], cuts: list[int], order: list[int]) -> None:
    """The same over many and longer days."""
    restarts_change_nothing(items, cuts, order)


@quick(25)
@given(whole_days(20), st.integers(min_value=1, max_value=40))
def test_redelivery_of_what_came_last_changes_nothing(items: list[Item], number: int) -> None:
    """Intake appends its last records once more, in their order, after a crash."""
    steps = journal_of(*items)
    events = [step for step in steps if isinstance(step.record, Accepted)][-number:]
    repeated = [replace(step, name=f"again:{step.name}") for step in events]
    assert judge(steps, DAY) == judge([*steps, *repeated, steps[-1]], DAY)


@quick(25)
@given(whole_days(20))
def test_redelivery_by_another_way_changes_no_alert(items: list[Item]) -> None:
    """The same events once more, from other places of the input: at most dead letters."""
    steps = journal_of(*items)
    moved = [
        replace(step, record=replace(step.record, origin=replace(step.record.origin, partition=1)))
        for step in steps
        if isinstance(step.record, Accepted)
    ]
    assert lines_of(judge(steps, DAY)) == lines_of(judge([*steps, *moved], DAY))


@quick(25)
@given(whole_days(20))
def test_repeated_marks_change_nothing(items: list[Item]) -> None:
    """A worker that was slow and one that took over mark the same second."""
    steps = journal_of(*items)
    doubled = [
        again
        for step in steps
        for again in ([step] if isinstance(step.record, Accepted) else [step, step])
    ]
    assert judge(steps, DAY) == judge(doubled, DAY)


@quick(25)
@given(whole_days())
def test_kabupaten_know_nothing_of_each_other(items: list[Item]) -> None:
    """What happens in one changes no line of another."""
    steps = journal_of(*items)
    alone = {
        alert: lines
        for code in ("17.02", "17.03")
        for alert, lines in by_alert(judge(of_kabupaten(steps, code), DAY)).items()
        if alert.startswith(code.replace(".", ""))
    }
    assert alone == by_alert(judge(steps, DAY))


@quick(25)
@given(whole_days())
def test_events_of_one_moment_in_several_kabupaten_may_come_in_any_order(
    items: list[Item],
) -> None:
    """Records of one kabupaten keep their order; how they are mixed changes no alert."""
    steps = journal_of(*items)
    assert by_alert(judge(in_place(steps), DAY)) == by_alert(judge(in_place(mixed(steps)), DAY))


def is_played(step: Step) -> bool:
    """Tell whether a record belongs to the drill."""
    return isinstance(step.record, Accepted) and step.record.election == DRILL


@quick(25)
@given(whole_days())
def test_a_drill_and_the_day_know_nothing_of_each_other(items: list[Item]) -> None:
    """Neither changes a line of the other, though they are of the same TPS."""
    steps = journal_of(*items)
    of_day = [step for step in steps if not is_played(step)]
    of_drill = [step for step in steps if is_played(step) or not isinstance(step.record, Accepted)]
    told = [line for line in lines_of(judge(steps, DAY)) if line.election == ELECTION]
    assert told == [one for one in lines_of(judge(of_day, DAY)) if one.election == ELECTION]
    played = [line for line in lines_of(judge(steps, DAY)) if line.election == DRILL]
    alone = [line for line in lines_of(judge(of_drill, DAY)) if line.election == DRILL]
    assert by_alert(played) == by_alert(alone)


@quick(25)
@given(whole_days())
def test_totals_are_what_adding_up_all_forms_gives(items: list[Item]) -> None:
    """Whatever form stands for a TPS by and by: nothing drifts."""
    state = PartitionState(0, DAY)
    judge_into(state, journal_of(*items))
    kept = dict(state.totals.items())
    recount(state)
    assert dict(state.totals.items()) == kept


@quick(50)
@given(whole_days())
def test_no_rule_fails_and_nobody_waits_twice(items: list[Item]) -> None:
    """On no day that can be made; and a report is open in triage at most once."""
    effects = judge(journal_of(*items), DAY)
    assert [] == only(effects, RuleFault)
    opened = Counter(one.id for one in only(effects, Triage) if one.status is TriageStatus.OPEN)
    assert set(opened.values()) <= {1}


@quick(25)
@given(whole_days())
def test_revisions_count_and_times_do_not_go_back(items: list[Item]) -> None:
    """Within one alert, from 1, and never before the line before."""
    for lines in by_alert(judge(journal_of(*items), DAY)).values():
        assert list(range(1, len(lines) + 1)) == [line.revision for line in lines]
        assert sorted(line.at for line in lines) == [line.at for line in lines]


@quick(25)
@given(whole_days())
def test_nothing_waits_for_what_is_past(items: list[Item]) -> None:
    """What either clock has passed was looked at: no queue grows by what nobody takes out."""
    state = PartitionState(0, DAY)
    judge_into(state, journal_of(*items))
    assert (state.by_now.next_at() or state.clocks.now + 1) > state.clocks.now
    assert (state.by_heard.next_at() or state.clocks.heard) >= state.clocks.heard
