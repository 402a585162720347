"""What holds of every life of an alert, whatever happens to it and when."""

import itertools
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.alerts import book
from streams.alerts.case import Judgment
from streams.alerts.lifecycle import Move
from streams.domain.alert import Alert, AlertState
from streams.domain.effects import Line
from streams.domain.times import MINUTE_MS, NEVER
from streams.domain.words import SEVERITIES, Severity, TpsClass
from tests.support.books import CASE, PARENT, judgment, minute, moment, opened
from tests.support.histories import quick

BY_HAND: Final = tuple(
    move for move in Move if move not in (Move.CLIMB, Move.LAPSE, Move.EXPIRE, Move.HOLD)
)
ACTS: Final = st.lists(
    st.tuples(st.integers(min_value=0, max_value=40), st.sampled_from((*BY_HAND, Move.HOLD))),
    max_size=25,
)
OPENINGS: Final = st.builds(
    judgment,
    st.sampled_from(SEVERITIES),
    st.sampled_from(TpsClass),
    act_by_minutes=st.none() | st.integers(min_value=5, max_value=50),
)
Lived = list[tuple[Alert, Line]]


def act(alert: Alert, kind: Move, at: float) -> book.Stepped | None:
    """Do one thing to an alert, as the fold would."""
    when = moment(at)
    match kind:
        case Move.HOLD:
            return book.hold(alert, CASE, judgment(alert.severity, alert.tps_class), when)
        case Move.END | Move.TAKE_BACK:
            ends = book.end if kind is Move.END else book.take_back
            return ends(alert, when) if alert.holds else None
        case Move.RAISE:
            higher = SEVERITIES[min(SEVERITIES.index(alert.severity) + 1, 3)]
            return book.rise(alert, Severity(higher), (), when)
        case Move.INHIBIT:
            return book.inhibit(alert, PARENT, when)
        case Move.UNINHIBIT:
            return book.uninhibit(alert, when)
        case Move.SHELVE:
            former = alert.former or alert.state
            alert = replace(alert, shelved_until=moment(at + 20).at, former=former)
        case Move.ESCALATE:
            above = min(alert.levels.index(alert.level) + 1, len(alert.levels) - 1)
            alert = replace(alert, level=alert.levels[above])
        case Move.REOPEN:
            alert = replace(alert, level=alert.levels[alert.start], climbs_from=when.climbs_from)
        case _:
            pass
    return book.move(alert, kind, when)


def lived(alert: Alert, acts: list[tuple[int, Move]]) -> Lived:
    """Let an alert live through acts, so many minutes apart, and the time between them."""
    told: Lived = []
    at = 0
    for gap, kind in acts:
        at += gap
        while (due := book.next_wake(alert)) <= moment(at).at:
            stepped = book.due(alert, due)
            assert stepped is not None, "what is due is done"
            alert = stepped[0]
            told += [(alert, line) for line in stepped[1]]
        done = act(alert, kind, at)
        if done is not None:
            alert = done[0]
            told += [(alert, line) for line in done[1]]
    return told


@quick(60)
@given(OPENINGS, ACTS)
def test_a_line_says_what_the_alert_is(judged: Judgment, acts: list[tuple[int, Move]]) -> None:
    """State, severity, level and revision, and every clock as its state wants it."""
    for alert, line in lived(opened(judged), acts):
        assert (alert.state, alert.severity, alert.level) == (
            line.state,
            line.severity,
            line.level,
        )
        assert (alert.revision, alert.updated_at) == (line.revision, line.at)
        assert alert.due_at is None or alert.state is AlertState.UNACKNOWLEDGED
        assert alert.act_by_at is None or alert.state is AlertState.ACKNOWLEDGED
        assert (alert.shelved_until is not None) == (alert.state is AlertState.SHELVED)
        assert (alert.resolved_at is not None) == (alert.state is AlertState.RESOLVED)
        assert book.next_wake(alert) == NEVER or book.next_wake(alert) >= alert.updated_at


@quick(60)
@given(OPENINGS, ACTS)
def test_lines_count_up_and_go_forward(judged: Judgment, acts: list[tuple[int, Move]]) -> None:
    """Within an episode; another one starts from 1."""
    lines = [line for _, line in lived(opened(judged), acts)]
    for before, line in itertools.pairwise(lines):
        if before.alert == line.alert:
            assert (before.revision + 1, True) == (line.revision, before.at <= line.at)
        else:
            assert (1, "opened") == (line.revision, line.change)


@quick(60)
@given(OPENINGS, ACTS)
def test_a_level_falls_only_where_it_begins_anew(
    judged: Judgment, acts: list[tuple[int, Move]]
) -> None:
    """By a new episode or a reopening."""
    told = lived(opened(judged), acts)
    for (before, _), (alert, line) in itertools.pairwise(told):
        if line.change not in ("reopened", "opened"):
            assert alert.levels.index(before.level) <= alert.levels.index(alert.level)


@quick(60)
@given(OPENINGS, ACTS)
def test_what_is_resolved_says_no_more_until_it_begins_anew(
    judged: Judgment, acts: list[tuple[int, Move]]
) -> None:
    """Whoever acts on it, and however long it takes."""
    told = lived(opened(judged), acts)
    for (before, _), (_, line) in itertools.pairwise(told):
        if before.state is AlertState.RESOLVED:
            assert line.change in ("reopened", "opened")


@quick(60)
@given(OPENINGS, ACTS)
def test_an_alert_that_nobody_answers_climbs_or_stands_at_its_top(
    judged: Judgment, acts: list[tuple[int, Move]]
) -> None:
    """Unacknowledged, it has a next step as long as its severity has one."""
    for alert, _ in lived(opened(judged), acts):
        if alert.state is AlertState.UNACKNOWLEDGED:
            climbs = alert.levels.index(alert.level) + 1 < len(alert.minutes)
            assert climbs == (alert.due_at is not None)


@quick(60)
@given(OPENINGS, ACTS)
def test_only_who_is_aside_has_somewhere_to_go_back_to(
    judged: Judgment, acts: list[tuple[int, Move]]
) -> None:
    """A shelf and a parent keep the state from before, which is one in which somebody is asked."""
    asked = {AlertState.UNACKNOWLEDGED, AlertState.ACKNOWLEDGED, AlertState.RETURNED}
    for alert, _ in lived(opened(judged), acts):
        aside = alert.state in (AlertState.SHELVED, AlertState.INHIBITED)
        assert (alert.former in asked) is aside
        assert (alert.parent is not None) is (alert.state is AlertState.INHIBITED)
        assert alert.worse is None or alert.state is AlertState.INHIBITED


@quick(60)
@given(OPENINGS, ACTS)
def test_who_is_silenced_goes_back_to_what_it_was(
    judged: Judgment, acts: list[tuple[int, Move]]
) -> None:
    """Taken stays taken; the other states are asked about again, with the level told at least."""
    for alert, _ in lived(opened(judged), acts):
        at = (alert.updated_at - minute(0)) / MINUTE_MS + 1
        if (silenced := book.inhibit(alert, PARENT, moment(at))) is None:
            assert alert.state not in (AlertState.UNACKNOWLEDGED, AlertState.ACKNOWLEDGED)
            continue
        assert (NEVER, ["inhibited"]) == (
            book.next_wake(silenced[0]),
            [line.change for line in silenced[1]],
        )
        freed = book.uninhibit(silenced[0], moment(at + 7))
        assert freed is not None, "it was silenced"
        assert (alert.former or alert.state) is freed[0].state
        assert (alert.level, alert.severity) == (freed[0].level, freed[0].severity)
