"""The book: a condition that is graver or less grave than it was, and levels that rules name."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.alerts import book
from streams.alerts.case import Judgment
from streams.domain.alert import Alert, AlertState, Ladder
from streams.domain.words import Severity, TpsClass
from tests.support.books import CASE, judgment, lived, minute, moment, opened

HIGH: Final = Severity.HIGH
MEDIUM: Final = Severity.MEDIUM


def told_of(alert: Alert, severity: Severity, at: float = 10) -> list[str]:
    """Judge an alert anew and return what was told: the change, its severity, the level."""
    stepped = book.rejudge(alert, severity, moment(at))
    if stepped is None:
        return []
    [line] = stepped[1]
    return [line.change, line.severity, line.level]


def in_state(state: AlertState, severity: Severity = MEDIUM) -> Alert:
    """Return an alert in some state."""
    alert = opened(judgment(severity))
    former = AlertState.ACKNOWLEDGED if state is AlertState.SHELVED else None
    ended = minute(2) if state in {AlertState.RETURNED, AlertState.RESOLVED} else None
    return replace(alert, state=state, due_at=None, former=former, ended_at=ended)


def test_what_is_as_grave_as_it_was_is_told_to_nobody() -> None:
    """Further evidence of the same."""
    assert [] == told_of(opened(judgment(MEDIUM)), MEDIUM)


@pytest.mark.parametrize("state", [AlertState.UNACKNOWLEDGED, AlertState.ACKNOWLEDGED])
def test_what_is_graver_asks_somebody_again(state: AlertState) -> None:
    """One line; it stands at the start level of what it is now, and nobody has taken it."""
    alert = in_state(state)
    assert ["raised", "high", "polsek"] == told_of(alert, HIGH)
    stepped = book.rejudge(alert, HIGH, moment(10))
    assert stepped is not None
    assert (AlertState.UNACKNOWLEDGED, minute(15)) == (stepped[0].state, stepped[0].due_at)


@pytest.mark.parametrize(
    "state",
    [
        AlertState.UNACKNOWLEDGED,
        AlertState.ACKNOWLEDGED,
        AlertState.RETURNED,
        AlertState.SHELVED,
        AlertState.INHIBITED,
    ],
)
def test_what_is_less_grave_stays_where_it_is(state: AlertState) -> None:
    """One line, and the same state: whoever took it has it still."""
    alert = in_state(state, HIGH)
    assert ["lowered", "medium", "polsek"] == told_of(alert, MEDIUM)
    stepped = book.rejudge(alert, MEDIUM, moment(10))
    assert stepped is not None
    assert state is stepped[0].state


@pytest.mark.parametrize("severity", [Severity.LOW, Severity.CRITICAL])
def test_what_is_resolved_is_neither_raised_nor_lowered(severity: Severity) -> None:
    """Somebody has closed it."""
    assert [] == told_of(in_state(AlertState.RESOLVED), severity)


def test_what_has_become_less_grave_climbs_on_as_it_was_told_to() -> None:
    """The clock is unchanged (contract §5): the next level is told in its time."""
    lowered = book.rejudge(opened(judgment(HIGH)), MEDIUM, moment(2))
    assert lowered is not None
    told = lived(lowered[0], until=6)
    assert ["5 escalated polres_ops unacknowledged"] == told


def test_raised_lowered_and_raised_again_never_falls_a_level() -> None:
    """What was told at one level is never taken back."""
    alert = opened(judgment(MEDIUM))
    levels: list[str] = []
    for at, severity in ((1, Severity.CRITICAL), (2, Severity.LOW), (3, HIGH)):
        stepped = book.rejudge(alert, severity, moment(at))
        assert stepped is not None
        alert = stepped[0]
        levels.append(f"{alert.severity} {alert.level}")
    assert ["critical polres_ops", "low polres_ops", "high polres_ops"] == levels


def started(level: str, severity: Severity, ladder: Ladder = Ladder.OPS) -> Judgment:
    """Return what a rule says that names its start level."""
    return replace(judgment(severity, ladder=ladder), starts_at=level)


STARTS: Final[dict[str, tuple[Judgment, str, list[str]]]] = {
    "above that of its severity": (
        started("polres_ops", HIGH),
        "polres_ops",
        ["15 escalated polres unacknowledged"],
    ),
    "each level at its own minutes": (
        started("polsek", MEDIUM),
        "polsek",
        ["45 escalated polres_ops unacknowledged"],
    ),
    "below that of its severity": (
        started("tps", HIGH),
        "tps",
        [
            "0 escalated polsek unacknowledged",
            "5 escalated polres_ops unacknowledged",
            "15 escalated polres unacknowledged",
        ],
    ),
    "beyond the last that time tells": (started("polda", MEDIUM), "polda", []),
    "none": (
        started("", MEDIUM),
        "tps",
        ["15 escalated polsek unacknowledged", "45 escalated polres_ops unacknowledged"],
    ),
    "one that the ladder has not": (
        started("polsek", MEDIUM, Ladder.ADM),
        "kpps",
        ["15 escalated ppk unacknowledged", "45 escalated kpu unacknowledged"],
    ),
}


@pytest.mark.parametrize(("judged", "level", "told"), STARTS.values(), ids=STARTS)
def test_a_rule_may_name_the_level_that_it_starts_at(
    judged: Judgment, level: str, told: list[str]
) -> None:
    """At opening; from there it climbs by the minutes of its severity."""
    alert = opened(judged)
    assert (level, told) == (alert.level, lived(alert, until=600))


def test_a_restart_gives_that_level_its_full_time() -> None:
    """Taken at 3 and given back at 20: the next level is due 15 minutes after that."""
    told = lived(opened(started("polres_ops", HIGH)), "ack 3", "unack 20", until=36)
    assert "35 escalated polres unacknowledged" == told[-1]


def test_opened_anew_by_a_person_it_starts_there_again() -> None:
    """As at its opening."""
    told = lived(opened(started("polres_ops", HIGH)), "end 3", "reopen 20")
    assert "20 reopened polres_ops unacknowledged" == told[-1]


def test_a_new_episode_starts_where_the_rule_says() -> None:
    """With the class of now."""
    ended, _ = book.end(opened(started("polsek", MEDIUM)), moment(3))
    again = replace(started("polsek", MEDIUM), tps_class=TpsClass.SANGAT_RAWAN)
    stepped = book.hold(ended, CASE, again, moment(90))
    assert stepped is not None
    assert ("polsek", 2) == (stepped[0].level, stepped[0].episode)
    assert minute(90 + 22.5) == stepped[0].due_at


def test_a_raise_tells_no_level_twice() -> None:
    """It stands above the start of its new severity already."""
    assert ["raised", "critical", "polres_ops"] == told_of(
        opened(started("polres_ops", HIGH)), Severity.CRITICAL
    )
