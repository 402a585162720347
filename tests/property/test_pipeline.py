"""What holds of every journal, however it is cut, repeated, shuffled and taken up again."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams import pipeline
from streams.domain.effects import AlertShown, Effect, Line, Triage
from streams.domain.ids import AlertId, kabupaten_of
from streams.domain.journal import Accepted, AcceptedReport, IntakeMark, OwnerMark
from streams.domain.times import EpochMs
from streams.judge.state import PartitionState
from streams.pipeline import Step
from tests.support.histories import (
    commands,
    histories,
    items_of,
    quick,
    reports,
    statuses,
    stories_of,
)
from tests.support.restarts import judged_in_parts
from tests.support.stories import Item, journal, judge, lines_of
from tests.support.world import world


@quick(25)
@given(
    stories_of(),
    st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=8),
    st.lists(st.integers(min_value=0, max_value=99), min_size=1, max_size=9),
)
def test_a_restart_anywhere_changes_nothing(
    items: list[Item], cuts: list[int], order: list[int]
) -> None:
    """Any batches, any number of takeovers: the same effects, in the same order."""
    steps = journal(*items)
    assert judge(steps) == judged_in_parts(steps, cuts, order, world())


@quick(25)
@given(stories_of(20), st.integers(min_value=1, max_value=40))
def test_redelivery_of_what_came_last_changes_nothing(items: list[Item], count: int) -> None:
    """Intake appends its last records once more, in their order, after a crash."""
    steps = journal(*items)
    events = [step for step in steps if isinstance(step.record, Accepted)][-count:]
    last = steps[-1]
    repeated = [replace(step, name=f"again:{step.name}") for step in events]
    assert judge(steps) == judge([*steps, *repeated, last])


@quick(25)
@given(stories_of(20))
def test_redelivery_by_another_way_changes_no_alert(items: list[Item]) -> None:
    """The same events once more, from other places of the input: at most dead letters."""
    steps = journal(*items)
    moved = [
        replace(step, record=replace(step.record, origin=replace(step.record.origin, partition=1)))
        for step in steps
        if isinstance(step.record, Accepted)
    ]
    assert lines_of(judge(steps)) == lines_of(judge([*steps, *moved]))


@quick(25)
@given(stories_of(20))
def test_repeated_marks_change_nothing(items: list[Item]) -> None:
    """A worker that was slow and one that took over mark the same second."""
    steps = journal(*items)
    doubled = [
        again
        for step in steps
        for again in ([step] if isinstance(step.record, Accepted) else [step, step])
    ]
    assert judge(steps) == judge(doubled)


def of_kabupaten(steps: list[Step], code: str) -> list[Step]:
    """Return a journal without the events of other kabupaten."""
    return [
        step
        for step in steps
        if not isinstance(step.record, Accepted) or kabupaten_of(step.record.place) == code
    ]


def by_alert(effects: Iterable[Effect]) -> dict[str, list[Line]]:
    """Return the lines of each alert, in order."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(effects):
        found[line.alert].append(line)
    return found


@quick(25)
@given(stories_of())
def test_kabupaten_know_nothing_of_each_other(items: list[Item]) -> None:
    """What happens in one changes no line of another: its order among them is no matter."""
    steps = journal(*items)
    alone = {
        alert: lines
        for code in ("17.02", "17.03")
        for alert, lines in by_alert(judge(of_kabupaten(steps, code))).items()
        if lines[0].alert.startswith(code.replace(".", ""))
    }
    assert alone == by_alert(judge(steps))


@quick(25)
@given(stories_of())
def test_events_of_one_moment_in_several_kabupaten_may_come_in_any_order(
    items: list[Item],
) -> None:
    """Records of one kabupaten keep their order; how they are mixed changes no alert."""
    steps = journal(*items)
    assert by_alert(judge(in_place(steps))) == by_alert(judge(in_place(mixed(steps))))


def mixed(steps: list[Step]) -> list[Step]:
    """Return a journal in which one kabupaten goes before the other at each moment."""
    return sorted(steps, key=lambda step: (step.appended_at, _first(step), _number(step)))


def _first(step: Step) -> int:
    record = step.record
    if not isinstance(record, Accepted):
        return 2
    return 0 if kabupaten_of(record.place) == "17.03" else 1


def _number(step: Step) -> int:
    return int(step.name.partition(":")[2])


def in_place(steps: list[Step]) -> list[Step]:
    """Give each source of records a partition of its own, so that any mixture is possible."""
    return [
        replace(
            step,
            record=replace(
                step.record,
                origin=replace(step.record.origin, partition=int(step.record.place[3:5] or 0)),
            ),
        )
        if isinstance(step.record, Accepted)
        else step
        for step in steps
    ]


LETTERS: Final = {"opened": "o", "reopened": "r", "returned": "t", "resolved": "v"}


@quick(25)
@given(histories(statuses()).map(items_of))
def test_opening_and_ending_take_turns(items: list[Item]) -> None:
    """Nobody is told twice in a row that something holds, nor that it does not.

    Without commands an alert ends as returned, and is resolved later; or a late record resolves it.
    """
    for lines in by_alert(judge(journal(*items))).values():
        letters = "".join(LETTERS.get(line.change, "") for line in lines)
        assert re.fullmatch("o((tv?|v)r)*(tv?|v)?", letters)


@quick(25)
@given(stories_of())
def test_a_level_never_falls_by_itself(items: list[Item]) -> None:
    """Only opening it anew starts an alert at the bottom again."""
    effects = judge(journal(*items))
    shown = (effect.alert for effect in effects if isinstance(effect, AlertShown))
    ladders = {alert.id: alert.levels for alert in shown}
    for alert, lines in by_alert(effects).items():
        steps = [ladders[AlertId(alert)].index(line.level) for line in lines]
        for number, line in enumerate(lines[1:], start=1):
            assert line.change == "reopened" or steps[number - 1] <= steps[number]


@quick(25)
@given(stories_of())
def test_revisions_count_and_times_do_not_go_back(items: list[Item]) -> None:
    """Within one alert, from 1, and never before the line before."""
    for lines in by_alert(judge(journal(*items))).values():
        assert list(range(1, len(lines) + 1)) == [line.revision for line in lines]
        assert sorted(line.at for line in lines) == [line.at for line in lines]


MARKS: Final = st.tuples(
    st.integers(min_value=0, max_value=1000),
    st.none()
    | st.dictionaries(
        st.sampled_from(("a/0", "a/1", "b/0")), st.integers(min_value=0, max_value=1200)
    ),
)


@quick(25)
@given(st.lists(MARKS, max_size=40))
def test_neither_clock_ever_falls(marks: list[tuple[int, dict[str, int] | None]]) -> None:
    """Whatever anybody claims, and in whatever order; and `heard` is never above `now`."""
    state = PartitionState(0, world())
    for at, claims in marks:
        before = (state.clocks.now, state.clocks.heard)
        record = (
            OwnerMark()
            if claims is None
            else IntakeMark(
                {source: EpochMs(claim) for source, claim in claims.items()}, {"a": 2, "b": 1}
            )
        )
        pipeline.step(state, Step("0:0", EpochMs(at), record))
        assert before[0] <= state.clocks.now
        assert before[1] <= state.clocks.heard <= state.clocks.now


@quick(25)
@given(histories(st.one_of(reports(), commands())).map(items_of))
def test_no_report_is_dropped(items: list[Item]) -> None:
    """Every report is evidence of an alert, or in triage, or both."""
    steps = journal(*items)
    effects = judge(steps)
    alerts = (effect.alert for effect in effects if isinstance(effect, AlertShown))
    kept = {evidence.offset for alert in alerts for evidence in alert.evidence}
    kept |= {effect.evidence.offset for effect in effects if isinstance(effect, Triage)}
    told = {step.name for step in steps if isinstance(step.record, AcceptedReport)}
    assert told <= kept
