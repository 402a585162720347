"""The book: what an alert is when it opens, how it climbs, and what its lines say."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.alerts import book
from streams.alerts.case import Moment
from streams.alerts.lifecycle import Move
from streams.domain.alert import AlertState, Change, Ladder
from streams.domain.ids import alert_id
from streams.domain.times import HOUR_MS, NEVER, SECOND_MS, EpochMs
from streams.domain.words import Severity, TpsClass
from tests.support.books import (
    CASE,
    OPENED_AT,
    judgment,
    lived,
    minute,
    moment,
    opened,
)
from tests.support.world import KABUPATEN

CLIMBS: Final = {
    ("critical", "kurang_rawan"): ["3 polres", "8 polda"],
    ("critical", "rawan"): ["2.25 polres", "6 polda"],
    ("critical", "sangat_rawan"): ["1.5 polres", "4 polda"],
    ("critical", "khusus"): ["2.25 polres", "6 polda"],
    ("high", "kurang_rawan"): ["5 polres_ops", "15 polres"],
    ("high", "rawan"): ["3.75 polres_ops", "11.25 polres"],
    ("high", "sangat_rawan"): ["2.5 polres_ops", "7.5 polres"],
    ("high", "khusus"): ["3.75 polres_ops", "11.25 polres"],
    ("medium", "kurang_rawan"): ["15 polsek", "45 polres_ops"],
    ("medium", "rawan"): ["11.25 polsek", "33.75 polres_ops"],
    ("medium", "sangat_rawan"): ["7.5 polsek", "22.5 polres_ops"],
    ("medium", "khusus"): ["11.25 polsek", "33.75 polres_ops"],
    ("low", "kurang_rawan"): [],
    ("low", "sangat_rawan"): [],
}
"""By severity and class: minute and level of every climb of an alert that nobody takes."""
SHORT: Final = {
    (Ladder.ADM, Severity.CRITICAL): [],
    (Ladder.ADM, Severity.HIGH): ["5 kpu"],
    (Ladder.ADM, Severity.MEDIUM): ["15 ppk", "45 kpu"],
    (Ladder.SYS, Severity.HIGH): [],
    (Ladder.PROP, Severity.MEDIUM): ["15 propam_polda"],
}
"""By ladder and severity: a ladder that is shorter than the severity asks for."""


def climbs(told: list[str]) -> list[str]:
    """Leave minute and level of lines that must all be climbs."""
    assert all(" escalated " in line for line in told)
    return [line.replace(" escalated", "").removesuffix(" unacknowledged") for line in told]


@pytest.mark.parametrize(("severity", "tps_class"), CLIMBS)
def test_an_alert_that_nobody_takes_climbs(severity: str, tps_class: str) -> None:
    """Minutes of its severity, times the factor of its class, up to the top and no further."""
    alert = opened(judgment(Severity(severity), TpsClass(tps_class)))
    assert CLIMBS[severity, tps_class] == climbs(lived(alert, until=24 * 60))


@pytest.mark.parametrize(("ladder", "severity"), SHORT)
def test_a_shorter_ladder_stays_at_its_top(ladder: Ladder, severity: Severity) -> None:
    """It never asks for a level that is not there."""
    alert = opened(judgment(severity, ladder=ladder))
    assert SHORT[ladder, severity] == climbs(lived(alert, until=24 * 60))


def test_an_opening_is_one_line_with_all_that_it_says() -> None:
    """Everything that `siaga.transitions` prints, and whose alert it is."""
    stepped = book.hold(None, CASE, judgment(), moment(0, "deadline"))
    assert stepped is not None
    alert, [line] = stepped
    assert alert_id(KABUPATEN, CASE.identity, 1) == alert.id == line.alert
    assert (OPENED_AT, 1, "T03", CASE.scope, "") == (
        line.at,
        line.revision,
        line.rule,
        line.scope,
        line.key,
    )
    assert (Change.OPENED, AlertState.UNACKNOWLEDGED) == (line.change, line.state)
    assert (Severity.HIGH, Ladder.OPS, "polsek") == (line.severity, line.ladder, line.level)
    assert ("deadline", False, CASE.election, ()) == (
        line.cause,
        line.drill,
        line.election,
        line.restricted_to,
    )


def test_an_alert_remembers_what_was_promised_when_it_opened() -> None:
    """Ladder, route, texts and deadlines are copies: a new pack changes nothing of them."""
    alert = opened()
    assert ("tps", "polsek", "polres_ops", "polres", "polda") == alert.levels
    assert (("ADM",), "Judul", "docs/runbooks/T03.md") == (
        alert.route,
        alert.title.id,
        alert.runbook,
    )
    assert (minute(5), OPENED_AT, OPENED_AT) == (alert.due_at, alert.opened_at, alert.updated_at)
    assert (None, "", None) == (
        alert.acknowledged_at,
        alert.acknowledged_by,
        alert.resolved_at,
    )


def test_an_opening_in_the_past_climbs_from_the_present() -> None:
    """Nobody can answer before being told: the ladder counts from `climbs_from`."""
    past = Moment(OPENED_AT, minute(20), "deadline")
    stepped = book.hold(None, CASE, judgment(), past)
    assert stepped is not None
    assert (OPENED_AT, minute(25)) == (stepped[0].opened_at, stepped[0].due_at)


@pytest.mark.parametrize(
    ("late_s", "cause", "at_minute"), [(0, "deadline", 5), (60, "deadline", 5), (61, "late", 5)]
)
def test_a_climb_carries_its_due_time_however_late(
    late_s: int, cause: str, at_minute: float
) -> None:
    """More than 60 s after it was due it says that it is late."""
    now = EpochMs(minute(5) + late_s * SECOND_MS)
    stepped = book.due(opened(), now)
    assert stepped is not None
    [line] = stepped[1]
    assert (minute(at_minute), cause) == (line.at, line.cause)


def test_climbs_missed_together_keep_their_own_times() -> None:
    """After an outage each step is told, and the ladder does not start anew."""
    alert, told = opened(), list[str]()
    while (stepped := book.due(alert, minute(60))) is not None:
        alert = stepped[0]
        told += [f"{(line.at - OPENED_AT) // 60_000} {line.cause}" for line in stepped[1]]
    assert ["5 late", "15 late"] == told


def test_nothing_is_due_before_its_time() -> None:
    """One millisecond early is early."""
    assert book.due(opened(), EpochMs(minute(5) - 1)) is None


def test_a_change_never_lies_before_the_last_one() -> None:
    """A record of the past is told at the time of the line before it."""
    stepped = book.move(opened(), Move.ACK, moment(-10))
    assert stepped is not None
    assert OPENED_AT == stepped[1][0].at == stepped[0].acknowledged_at


def test_revisions_count_the_lines_of_an_alert() -> None:
    """From 1, without a gap: opened, two climbs, and its end."""
    alert, lines = opened(), list[int]()
    for at in (5, 15):
        stepped = book.due(alert, minute(at))
        assert stepped is not None
        alert = stepped[0]
        lines += [line.revision for line in stepped[1]]
    ended, told = book.end(alert, moment(20))
    assert [2, 3, 4] == [*lines, *(line.revision for line in told)]
    assert 4 == ended.revision


@pytest.mark.parametrize("state", AlertState)
def test_only_some_states_wait_for_time(state: AlertState) -> None:
    """Inhibited and resolved alerts wait for nothing; the others for their own clock."""
    shelved = replace(opened(), shelved_until=minute(20), ended_at=minute(1), act_by_at=minute(30))
    due = {
        AlertState.UNACKNOWLEDGED: minute(5),
        AlertState.ACKNOWLEDGED: minute(30),
        AlertState.SHELVED: minute(20),
        AlertState.RETURNED: EpochMs(minute(1) + 12 * HOUR_MS),
    }
    assert due.get(state, NEVER) == book.next_wake(replace(shelved, state=state))


@pytest.mark.parametrize("state", [AlertState.INHIBITED, AlertState.RESOLVED])
def test_time_does_nothing_to_what_is_kept_quiet_or_over(state: AlertState) -> None:
    """However long it takes."""
    assert book.due(replace(opened(), state=state), EpochMs(NEVER)) is None
