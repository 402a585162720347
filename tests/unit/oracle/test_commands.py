"""Stories of persons and alerts: the table of contract §5, cell by cell, and the roles below it."""

from dataclasses import replace

import pytest

from tests.oracle.stories import CHIEF, KR, SR, TINY, R, Story

LATE = f"T03@{R}"
"""Opens at 07:20 on ADM as medium: kpps, ppk at 07:31:15, kpu at 07:53:45 (rawan × 0.75)."""
STOPPED = f"T06@{KR}"
"""Opens at 09:15 on OPS as high: polsek, polres_ops at 09:20, polres at 09:30."""
BOMB = "W01@17.02.09.1012|KAM-06"
"""Opens at 09:00 as critical."""


def stopped() -> Story:
    """A TPS of class kurang_rawan is suspended at 09:00, and nobody goes on."""
    return Story().begin().status("09:00", KR, "suspended")


def test_climbing_stops_with_an_ack() -> None:
    """§5 "ack | acknowledged | stops"."""
    day = stopped().command("09:16", "ack", STOPPED)
    expected = ["09:15:00 opened polsek deadline", "09:16:00 acknowledged polsek command"]
    assert expected == day.told("T06", until="12:00")


def test_an_unack_restarts_from_zero_at_its_level() -> None:
    """§5 "restarts from zero at its level"; "the difference between its minutes and …"."""
    day = stopped().command("09:25", "ack", STOPPED).command("09:40", "unack", STOPPED)
    expected = [
        "09:20:00 escalated polres_ops deadline",
        "09:25:00 acknowledged polres_ops command",
        "09:40:00 unacknowledged polres_ops command",
        "09:50:00 escalated polres deadline",
    ]
    assert expected == day.told("T06", until="12:00")[1:]


def test_an_escalation_goes_to_the_next_level_and_restarts() -> None:
    """§5 "`escalate` → unacknowledged, `escalated`, the level named or the next, restarts"."""
    day = stopped().command("09:16", "ack", STOPPED).command("09:18", "escalate", STOPPED)
    expected = ["09:18:00 escalated polres_ops command", "09:28:00 escalated polres deadline"]
    assert expected == day.told("T06", until="12:00")[2:]


def test_an_escalation_goes_to_the_level_that_is_named() -> None:
    """§5 "the level named": above the table's highest nothing more is due."""
    day = stopped().command("09:16", "escalate", STOPPED, level="polda")
    assert ["09:16:00 escalated polda command"] == day.told("T06", until="12:00")[1:]


@pytest.mark.parametrize("level", ["polsek", "tps", "nowhere", "kpu"])
def test_an_escalation_never_goes_down(level: str) -> None:
    """§5 `escalate`: to the present level, below it or off the ladder is refused."""
    day = stopped().command("09:16", "escalate", STOPPED, level=level)
    assert 1 == len(day.refusals())


def test_what_ends_unacknowledged_has_returned_and_waits_for_its_ack() -> None:
    """§5 "unacknowledged | condition ends | returned"; "ack, or 12 h → `resolved`"."""
    day = stopped().status("09:17", KR, "resumed")
    returned = ["09:15:00 opened polsek deadline", "09:17:00 returned polsek input"]
    assert [*returned, "21:17:00 resolved polsek deadline"] == day.told("T06", until="22:00")
    day.command("10:00", "ack", STOPPED)
    assert [*returned, "10:00:00 resolved polsek command"] == day.told("T06", until="22:00")


def test_what_ends_acknowledged_is_resolved() -> None:
    """§5 "acknowledged | condition ends | resolved"."""
    day = stopped().command("09:16", "ack", STOPPED).status("09:20", KR, "resumed")
    assert "09:20:00 resolved polsek input" == day.told("T06", until="12:00")[-1]


def test_what_a_person_resolves_waits_for_the_condition_to_clear() -> None:
    """§5 "`resolve` by a person … no new episode until the condition has cleared once"."""
    day = stopped().command("09:16", "resolve", STOPPED).status("09:20", KR, "suspended")
    assert "09:16:00 resolved polsek command" == day.told("T06", until="12:00")[-1]
    day.status("12:01", KR, "resumed").status("12:05", KR, "suspended")
    assert "12:20:00 reopened polsek deadline" == day.told("T06", until="12:21")[-1]


def test_a_person_may_reopen_for_twelve_hours() -> None:
    """§5 "`reopen` (returned, resolved ≤ 12 h) → `reopened`, as opening"."""
    name = next(line.alert for line in stopped().judged("09:16").lines if line.about.rule == "T06")
    day = stopped().command("09:16", "resolve", name).command("21:16", "reopen", name)
    expected = ["21:16:00 reopened polsek command", "21:21:00 escalated polres_ops deadline"]
    assert expected == day.told("T06", until="21:22")[2:]
    late = stopped().command("09:16", "resolve", name).command("21:16:01", "reopen", name)
    assert ["reopen of resolved"] == late.refusals()


def test_what_was_reopened_returns_when_its_condition_ends() -> None:
    """§5: a person's `resolve` and `reopen` change the alert, not the condition."""
    day = stopped().command("09:16", "resolve", STOPPED)
    name = next(line.alert for line in day.judged("09:17").lines if line.about.rule == "T06")
    day.command("09:20", "reopen", name).status("09:22", KR, "resumed")
    assert "09:22:00 returned polsek input" == day.told("T06", until="10:00")[-1]


def test_a_shelved_alert_comes_back_with_full_time() -> None:
    """§5 "paused; on end `unshelved`, the former state, full time at its level"."""
    day = stopped().command("09:18", "shelve", STOPPED, until="09:48")
    expected = [
        "09:18:00 shelved polsek command",
        "09:48:00 unshelved polsek deadline",
        "09:53:00 escalated polres_ops deadline",
        "10:03:00 escalated polres deadline",
    ]
    assert expected == day.told("T06", until="12:00")[1:]


def test_a_person_may_unshelve_early() -> None:
    """§5 roles: `unshelve`; an acknowledged alert goes back to that."""
    day = stopped().command("09:16", "ack", STOPPED)
    day.command("09:18", "shelve", STOPPED, until="09:48").command("09:20", "unshelve", STOPPED)
    lines = [line for line in day.judged("12:00").lines if line.about.rule == "T06"]
    assert ["acknowledged", "shelved", "acknowledged"] == [line.state for line in lines[1:]]


def test_a_condition_that_ends_resolves_a_shelved_alert() -> None:
    """§5 "condition ends → resolved"."""
    day = (
        stopped().command("09:18", "shelve", STOPPED, until="09:48").status("09:20", KR, "resumed")
    )
    assert "09:20:00 resolved polsek input" == day.told("T06", until="12:00")[-1]


def test_what_holds_again_while_shelved_comes_back_unacknowledged() -> None:
    """§5 "any open | `shelve`": a returned alert too; its condition may hold again meanwhile."""
    day = stopped().status("09:17", KR, "resumed")
    day.command("09:20", "shelve", STOPPED, until="10:20").status("09:30", KR, "suspended")
    lines = [line for line in day.judged("10:21").lines if line.about.rule == "T06"]
    assert ["returned", "shelved", "unacknowledged"] == [line.state for line in lines[1:]]
    assert "unshelved" == lines[-1].change


def test_a_raise_unshelves() -> None:
    """§5 "a raise unshelves": one line, as for any severity that rises."""
    day = Story().begin().status("07:00", SR, "opened")
    day.command("07:31", "shelve", f"T07@{SR}", until="08:30")
    expected = ["08:00:00 raised polsek deadline", "08:02:30 escalated polres_ops deadline"]
    assert expected == day.told("T07", SR, until="08:05")[2:]


def test_a_raise_takes_an_acknowledgement_back() -> None:
    """§5 "unack/acknowledged | severity rises | unacknowledged"."""
    day = Story().begin().status("07:00", SR, "opened").command("07:31", "ack", f"T07@{SR}")
    raised = [line for line in day.judged("08:01").lines if line.change == "raised"]
    assert "unacknowledged" in {line.state for line in raised if line.about.scope == SR}


@pytest.mark.parametrize(
    ("minutes", "by", "alert", "fine"),
    [
        (60, "ops", STOPPED, True),
        (61, "ops", STOPPED, False),
        (0, "ops", STOPPED, False),
        (15, CHIEF, BOMB, True),
        (16, CHIEF, BOMB, False),
        (15, "ops", BOMB, False),
    ],
)
def test_shelving_has_its_limits(minutes: int, by: str, alert: str, *, fine: bool) -> None:
    """§5 "`shelve` until (≤ 60 min; critical: commander, ≤ 15)"; "over a limit … refused"."""
    day = stopped().report("09:00", "KAM-06", tps=KR)
    day.command("09:59", "note", STOPPED)
    until = f"{9 + (59 + minutes) // 60:02d}:{(59 + minutes) % 60:02d}"
    day.command("09:59", "shelve", alert, by=by, until=until)
    assert int(not fine) == len(day.refusals())


def test_a_field_that_a_command_needs_is_asked_for() -> None:
    """§5 "with a field missing that the command needs (shelve without `until`)"."""
    day = stopped().command("09:16", "shelve", STOPPED)
    assert ["shelve needs an open alert and `until`"] == day.refusals()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ack", "ack"),
        ("resolve", "ack"),
        ("resolve", "unack"),
        ("resolve", "resolve"),
        ("resolve", "escalate"),
        ("resolve", "shelve"),
        ("shelve", "ack"),
        ("shelve", "escalate"),
        ("shelve", "reopen"),
        ("note", "unack"),
        ("note", "unshelve"),
        ("note", "reopen"),
    ],
)
def test_a_missing_cell_refuses_a_command(first: str, second: str) -> None:
    """§5 "A cell that is missing: a command is refused"; `ack` and `escalate` of shelved too."""
    name = next(line.alert for line in stopped().judged("09:16").lines if line.about.rule == "T06")
    day = stopped().command("09:16", first, name, until="09:40")
    day.command("09:17", second, name, until="09:40")
    assert 1 == len(day.refusals())


def test_a_note_makes_no_line() -> None:
    """§5 "`note` makes no line"."""
    day = stopped().command("09:16", "note", STOPPED)
    assert [] == day.refusals()
    assert ["09:15:00 opened polsek deadline"] == day.told("T06", until="09:17")


@pytest.mark.parametrize(
    ("by", "verb", "alert", "fine"),
    [
        ("look", "ack", STOPPED, False),
        ("kpu", "ack", LATE, True),
        ("kpu", "ack", STOPPED, False),
        ("kpu", "escalate", LATE, False),
        ("put", "ack", STOPPED, False),
        ("put", "ack", f"T03@{SR}", True),
        ("gate", "ack", STOPPED, False),
        ("stranger", "ack", STOPPED, False),
        (CHIEF, "ack", STOPPED, True),
    ],
)
def test_role_and_area_come_from_the_roster(by: str, verb: str, alert: str, *, fine: bool) -> None:
    """§5 "role and area come from there whatever the message claims, and unlisted … refused"."""
    day = stopped().command("09:16", verb, alert, by=by, claims="commander")
    assert int(not fine) == len(day.refusals())


@pytest.mark.parametrize(
    ("claims", "area", "fine"),
    [
        ("operator", "17.02", True),
        ("operator", "17", True),
        ("operator", "17.02.07", False),
        ("operator", "17.0", False),
        ("operator", KR, True),
        ("viewer", "17.02", False),
    ],
)
def test_without_a_roster_the_message_is_believed(claims: str, area: str, *, fine: bool) -> None:
    """§5 "without it the message's role and area count"."""
    day = stopped()
    day.folder = replace(TINY, actors=None)
    day.command("09:16", "ack", STOPPED)
    claimed = f'"role": "{claims}", "area": "{area}"'
    day.lines[-1] = day.lines[-1].replace('"role": "operator"', claimed)
    assert int(not fine) == len(day.refusals())


def test_the_newest_open_alert_is_meant() -> None:
    """§7 "the newest open alert of it"; without one there is no such alert."""
    day = Story().begin().status("09:00", KR, "suspended").status("09:20", KR, "resumed")
    day.status("10:00", KR, "suspended").command("10:16", "ack", STOPPED)
    lines = [line for line in day.judged("10:17").lines if line.about.rule == "T06"]
    assert lines[-1].change == "acknowledged"
    assert lines[-1].alert == lines[-2].alert != lines[0].alert
    assert ["no such alert"] == stopped().command("09:10", "ack", STOPPED).refusals()
    assert ["no such alert"] == stopped().command("09:16", "ack", "1702-NOSUCH").refusals()
