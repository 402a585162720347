"""Who is told of what one moment has brought."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.alerts import book, route
from streams.alerts.lifecycle import Move
from streams.domain.alert import Alert, AlertState, Change, Ladder, Told
from streams.domain.effects import Line
from streams.domain.words import Severity
from tests.support.books import CASE, judgment, minute, moment, opened

HOUR: Final = 60


def just_opened(
    severity: Severity = Severity.HIGH, way: tuple[str, ...] = (), ladder: Ladder = Ladder.OPS
) -> tuple[Alert, tuple[Line, ...]]:
    """Return an alert that has just opened, and its line."""
    judged = replace(judgment(severity, ladder=ladder), route=way)
    stepped = book.hold(None, CASE, judged, moment(0))
    assert stepped is not None, "what has never held opens"
    return stepped


def known_to(alert: Alert, *levels: str) -> Alert:
    """Let levels have been told of an alert, or agencies as `agency/bpbd`."""
    posts = (level.rpartition("/") for level in levels)
    told = tuple(Told(ladder or alert.ladder, name, minute(0), 1) for ladder, _, name in posts)
    return replace(alert, told=told)


def moved(alert: Alert, *moves: Move) -> tuple[Alert, tuple[Line, ...]]:
    """Let an alert move; return it with its lines."""
    lines: list[Line] = []
    for number, kind in enumerate(moves, start=1):
        stepped = book.move(alert, kind, moment(number))
        assert stepped is not None, f"{alert.state} can be moved by {kind}"
        alert = stepped[0]
        lines += stepped[1]
    return alert, tuple(lines)


def told(stepped: tuple[Alert, tuple[Line, ...]], kind: str = "pilkada") -> list[str]:
    """Return who is told, as `OPS/polsek call opened`."""
    return [
        f"{one.post.ladder}/{one.post.level} {one.kind} {one.change}"
        for one in route.due(*stepped, kind)
    ]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (Severity.LOW, ["tps"]),
        (Severity.MEDIUM, ["tps"]),
        (Severity.HIGH, ["polsek"]),
        (Severity.CRITICAL, ["polsek", "polres_ops"]),
    ],
)
def test_an_opening_calls_the_levels_of_its_severity(
    severity: Severity, expected: list[str]
) -> None:
    """Two at once where it is critical, the level of its start else (contract §5)."""
    assert [f"OPS/{level} call opened" for level in expected] == told(just_opened(severity))


@pytest.mark.parametrize(
    ("ladder", "expected"),
    [
        (Ladder.ADM, ["ADM/ppk", "ADM/kpu"]),
        (Ladder.PROP, ["PROP/propam_polda"]),
        (Ladder.SYS, ["SYS/polres_ops"]),
    ],
)
def test_a_shorter_ladder_is_called_up_to_its_top(ladder: Ladder, expected: list[str]) -> None:
    """L1 and L2 where there are both."""
    found = told(just_opened(Severity.CRITICAL, ladder=ladder))
    assert [f"{post} call opened" for post in expected] == found


def test_a_start_level_that_a_rule_names_is_called_alone() -> None:
    """X03 is the posko's from the start."""
    judged = replace(judgment(Severity.CRITICAL), route=(), starts_at="polres")
    stepped = book.hold(None, CASE, judged, moment(0))
    assert stepped is not None, "what has never held opens"
    assert ["OPS/polres call opened"] == told(stepped)


@pytest.mark.parametrize(
    ("word", "severity", "kind", "expected"),
    [
        ("ADM", Severity.HIGH, "pilkada", "ADM/ppk"),
        ("ADM", Severity.CRITICAL, "pilkada", "ADM/kpu"),
        ("PROP", Severity.CRITICAL, "pilkada", "PROP/propam_polda"),
        ("ADM", Severity.HIGH, "pilkades", "ADM/camat"),
        ("polres", Severity.HIGH, "pilkada", "OPS/polres"),
        ("kpu", Severity.HIGH, "pilkada", "ADM/kpu"),
        ("bawaslu", Severity.HIGH, "pilkada", "GAK/bawaslu"),
        ("panwas", Severity.HIGH, "pilkada", "GAK/panwascam"),
        ("gakkumdu", Severity.HIGH, "pilkada", "GAK/bawaslu"),
        ("satreskrim", Severity.HIGH, "pilkades", "GAK/satreskrim"),
        ("panitia", Severity.HIGH, "pilkades", "ADM/panitia"),
        ("damkar", Severity.HIGH, "pilkada", "agency/damkar"),
    ],
)
def test_a_route_is_told_at_the_same_index_or_by_its_word(
    word: str, severity: Severity, kind: str, expected: str
) -> None:
    """A ladder at our index or its top, a level of any ladder as it is, else the agency."""
    found = told(just_opened(severity, way=(word,)), kind)
    assert f"{expected} inform opened" == found[-1]


def test_a_route_that_names_who_is_called_anyway_tells_nobody_twice() -> None:
    """Riots name the Polsek, which is called by its ladder."""
    found = told(just_opened(Severity.CRITICAL, way=("polsek", "polres_ops", "polsek")))
    assert ["OPS/polsek call opened", "OPS/polres_ops call opened"] == found


def test_a_climb_calls_the_next_level_alone() -> None:
    """Whoever did not answer is not called again."""
    alert = known_to(opened(judgment(Severity.HIGH)), "polsek")
    above = replace(alert, level="polres_ops")
    assert ["OPS/polres_ops call escalated"] == told(moved(above, Move.CLIMB))


def test_climbs_of_one_moment_call_every_level_that_was_passed() -> None:
    """After an outage several deadlines fall at once."""
    alert = known_to(opened(judgment(Severity.HIGH)), "polsek")
    first, one = moved(replace(alert, level="polres_ops"), Move.CLIMB)
    second, other = moved(replace(first, level="polres"), Move.CLIMB)
    found = told((second, (*one, *other)))
    assert ["OPS/polres_ops call escalated", "OPS/polres call escalated"] == found


def test_what_rises_calls_who_knows_of_it_and_its_new_levels() -> None:
    """From high to critical: the Polsek again, the posko for the first time."""
    alert = known_to(opened(judgment(Severity.HIGH)), "polsek")
    stepped = book.rise(alert, Severity.CRITICAL, (), moment(1))
    assert stepped is not None, "critical is graver"
    assert ["OPS/polsek call raised", "OPS/polres_ops call raised"] == told(stepped)


def test_an_acknowledgement_is_told_to_the_ladder_and_not_to_the_route() -> None:
    """An agency is not waited for, so nobody else's answer matters to it."""
    alert = known_to(opened(), "polsek", "agency/bpbd")
    assert ["OPS/polsek inform acknowledged"] == told(moved(alert, Move.ACK))


@pytest.mark.parametrize("end", [Move.END, Move.RESOLVE])
def test_an_end_is_told_to_all_who_know_of_it(end: Move) -> None:
    """The agency as well: it may have sent a car."""
    alert = known_to(opened(), "polsek", "agency/bpbd")
    change = Change.RETURNED if end is Move.END else Change.RESOLVED
    expected = [f"{who} inform {change}" for who in ("OPS/polsek", "agency/bpbd")]
    assert expected == told(moved(alert, end))


def test_an_end_is_told_to_nobody_who_never_knew() -> None:
    """No recovery without its alarm."""
    assert [] == told(moved(opened(), Move.END))


def test_what_comes_and_goes_at_once_is_told_to_nobody() -> None:
    """The levels would hear of the end before the beginning."""
    alert, lines = just_opened()
    ended, more = moved(alert, Move.END)
    assert [] == told((ended, (*lines, *more)))


def test_an_inhibited_alert_is_its_parents_to_tell() -> None:
    """Whatever else has happened to it at that moment."""
    alert, lines = just_opened()
    silent = replace(alert, state=AlertState.INHIBITED)
    assert [] == told((silent, lines))


@pytest.mark.parametrize("known", [(), ("polsek",)])
def test_what_is_free_again_calls_who_knows_of_it_else_as_at_opening(
    known: tuple[str, ...],
) -> None:
    """One that was inhibited when it opened has called nobody yet."""
    alert = known_to(opened(replace(judgment(), route=("bpbd",))), *known)
    back = moved(alert, Move.INHIBIT, Move.UNINHIBIT)
    expected = ["OPS/polsek call uninhibited"]
    if not known:
        expected.append("agency/bpbd inform uninhibited")
    assert expected == told(back)


def test_what_comes_back_calls_as_at_opening() -> None:
    """And not the levels that it had climbed to."""
    alert = known_to(opened(), "polsek", "polres_ops", "polres")
    returned, _ = book.end(alert, moment(1))
    stepped = book.hold(returned, CASE, judgment(), moment(5))
    assert stepped is not None, "it holds again"
    assert "OPS/polsek call reopened" in told(stepped)
    assert not [one for one in told(stepped) if "polres" in one]


@pytest.mark.parametrize(
    ("times", "severity", "flaps"),
    [
        ((0, 30, HOUR), Severity.HIGH, True),
        ((0, 30, HOUR + 1), Severity.HIGH, False),
        ((0, 30), Severity.HIGH, False),
        ((0, 30, HOUR), Severity.CRITICAL, False),
        ((0, 100, 120, 130), Severity.MEDIUM, True),
    ],
)
def test_what_comes_back_three_times_in_an_hour_flaps(
    times: tuple[int, ...], severity: Severity, *, flaps: bool
) -> None:
    """Never what is critical: there each time may be the one that counts."""
    alert = replace(opened(judgment(severity)), reopened=tuple(minute(one) for one in times))
    assert flaps == route.is_flapping(alert)
