"""Looking back: what becomes of alerts under other rules, and who is called how often."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.authoring.backtest import Day, Difference, Kind, Pages, differences, pages_of
from streams.domain.alert import AlertState, Change, Ladder
from streams.domain.effects import Line
from streams.domain.ids import AlertId, ElectionId, Scope
from streams.domain.words import Severity
from tests.support.world import KR, clock, local

OPENED: Final = Line(
    at=local("07:30"),
    alert=AlertId("1702-a"),
    revision=1,
    rule="T03",
    scope=Scope(KR),
    key="",
    change=Change.OPENED,
    state=AlertState.UNACKNOWLEDGED,
    severity=Severity.MEDIUM,
    ladder=Ladder.ADM,
    level="kpps",
    drill=False,
    cause="deadline",
    election=ElectionId("curup-2024"),
)
CLIMBED: Final = replace(OPENED, at=local("07:45"), change=Change.ESCALATED, level="ppk")
RETURNED: Final = replace(CLIMBED, at=local("07:50"), change=Change.RETURNED)


def other(line: Line, alert: str, time: str) -> Line:
    """Return a line of another alert."""
    return replace(line, alert=AlertId(alert), at=local(time))


def found(old: list[Line], new: list[Line]) -> tuple[Difference, ...]:
    """Return what differs."""
    return differences(Day(tuple(old)), Day(tuple(new)), lambda line: clock(line.at))


def test_the_same_lines_differ_in_nothing() -> None:
    """Nor do none."""
    assert () == found([OPENED, CLIMBED], [OPENED, CLIMBED])
    assert () == found([], [])


def test_an_alert_of_the_new_rules_alone_appears() -> None:
    """Told when it opened, how severe and how high it became."""
    expected = Difference(Kind.APPEARS, "T03", KR, "", "", "07:30 medium kpps, later medium ppk")
    assert (expected,) == found([], [OPENED, CLIMBED])


def test_an_alert_of_the_old_rules_alone_vanishes() -> None:
    """The other way round."""
    expected = Difference(Kind.VANISHES, "T03", KR, "", "07:30 medium kpps", "")
    assert (expected,) == found([OPENED], [])


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (replace(OPENED, at=local("07:20")), "07:20 medium kpps"),
        (replace(OPENED, severity=Severity.HIGH), "07:30 high kpps"),
        (replace(OPENED, level="ppk"), "07:30 medium ppk"),
    ],
)
def test_an_alert_at_another_time_severity_or_level_moves(changed: Line, told: str) -> None:
    """It is the same one: its id is."""
    expected = Difference(Kind.MOVES, "T03", KR, "", "07:30 medium kpps", told)
    assert (expected,) == found([OPENED], [changed])


def test_what_nobody_feels_is_no_difference() -> None:
    """How it ended, or in how many lines it was told."""
    assert () == found([OPENED, CLIMBED], [OPENED, CLIMBED, RETURNED])


SHADOW: Final = Day((OPENED, CLIMBED), frozenset({"T03"}))


def test_an_alert_of_a_shadow_is_marked() -> None:
    """It shows what the rule would have told."""
    expected = Difference(
        Kind.APPEARS, "T03", KR, "", "", "07:30 medium kpps, later medium ppk (shadow)"
    )
    assert (expected,) == differences(Day(()), SHADOW, lambda line: clock(line.at))


def test_a_shadow_that_becomes_stable_is_a_difference() -> None:
    """The alert is the same, and now somebody is called by it."""
    became = "07:30 medium kpps, later medium ppk"
    told = (f"{became} (shadow)", became)
    expected = Difference(Kind.MOVES, "T03", KR, "", *told)
    assert (expected,) == differences(SHADOW, Day(SHADOW.lines), lambda line: clock(line.at))
    assert () == differences(SHADOW, SHADOW, lambda line: clock(line.at))


def test_what_a_shadow_shows_is_told_to_nobody() -> None:
    """A day has lines of both kinds; each is of one."""
    own = replace(other(OPENED, "1702-b", "08:00"), rule="W02")
    day = Day((OPENED, own, CLIMBED), frozenset({"T03"}))
    assert ((own,), (OPENED, CLIMBED)) == (day.told, day.shown)


def test_differences_stand_in_the_order_of_opening() -> None:
    """Whichever side they are of; alerts of one moment by their id."""
    old = [other(OPENED, "1702-d", "08:00"), other(OPENED, "1702-b", "07:00")]
    new = [other(OPENED, "1702-c", "07:30"), other(OPENED, "1702-a", "07:30")]
    assert ["07:00", "07:30", "07:30", "08:00"] == [
        (one.old or one.new).split()[0] for one in found(old, new)
    ]
    assert found(old, new) == found(old[::-1], new[::-1])


def test_two_alerts_of_one_rule_are_two() -> None:
    """An episode later in the day is not the first one moved."""
    again = other(OPENED, "1702-b", "09:00")
    expected = Difference(Kind.APPEARS, "T03", KR, "", "", "09:00 medium kpps")
    assert (expected,) == found([OPENED], [OPENED, again])


def test_calls_are_counted_by_level() -> None:
    """The busiest first; of as many calls the first by name."""
    lines = [
        OPENED,
        CLIMBED,
        other(OPENED, "1702-b", "07:40"),
        other(OPENED, "1702-c", "09:10"),
        replace(other(OPENED, "1702-d", "09:00"), level="a"),
    ]
    assert (Pages("kpps", 3, 2), Pages("a", 1, 1), Pages("ppk", 1, 1)) == pages_of(lines)


def test_the_busiest_hour_is_one_of_the_clock() -> None:
    """Two calls within twenty minutes may fall into two hours."""
    near = [other(OPENED, "1702-b", "07:50"), other(OPENED, "1702-c", "08:10")]
    assert (Pages("kpps", 2, 1),) == pages_of(near)


@pytest.mark.parametrize(
    ("change", "calls"),
    [
        (Change.OPENED, 1),
        (Change.REOPENED, 1),
        (Change.ESCALATED, 1),
        (Change.RAISED, 1),
        (Change.UNACKNOWLEDGED, 1),
        (Change.UPDATED, 0),
        (Change.LOWERED, 0),
        (Change.ACKNOWLEDGED, 0),
        (Change.SHELVED, 0),
        (Change.UNSHELVED, 0),
        (Change.RETURNED, 0),
        (Change.RESOLVED, 0),
        (Change.INHIBITED, 0),
        (Change.UNINHIBITED, 0),
    ],
)
def test_a_call_is_what_rings_a_telephone(change: Change, calls: int) -> None:
    """Whoever answers, or is told that it is over, is not called by that."""
    assert calls == sum(page.total for page in pages_of([replace(OPENED, change=change)]))


def test_every_change_is_a_call_or_none() -> None:
    """A new one must be thought of here."""
    assert 14 == len(Change)


def test_no_lines_are_no_calls() -> None:
    """Not one level with none."""
    assert () == pages_of([])
