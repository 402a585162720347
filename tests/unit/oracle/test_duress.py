"""Stories of W02: an officer in duress."""

import pytest

from tests.oracle.readings import Readings
from tests.oracle.stories import CHIEF, KR, SR, Story

ADI = "officer:17.02/A1"


def called(officer: str = "A1", tps: str = "") -> Story:
    """An officer calls for help at 09:00."""
    day = Story().begin()
    return day.status("09:00", tps, "duress", role="pam_tps", source=officer, officer=officer)


def well(day: Story, clock: str, situation: str = "aman", officer: str = "A1") -> Story:
    """The officer checks in."""
    extra = {"officer": officer, "situation": situation}
    return day.status(clock, "", "checkin", role="pam_tps", source=officer, **extra)


def known(day: Story, clock: str, by: str = CHIEF, officer: str = "A1") -> Story:
    """Somebody confirms who the officer is."""
    return day.command(clock, "confirm_identity", by=by, officer=officer)


def test_one_call_is_enough() -> None:
    """Domain §4b W02 "1 event", severity K; the pair's class is khusus, so × 0.75."""
    expected = [
        "09:00:00 opened polres_ops input",
        "09:02:15 escalated polres deadline",
        "09:06:00 escalated polda deadline",
    ]
    assert expected == called().told("W02", ADI, until="09:10")


def test_it_ends_with_both_in_either_order() -> None:
    """§5 "W02 ends with a later `checkin` aman … and `confirm_identity`, in either order"."""
    day = known(well(called(), "09:01"), "09:02")
    assert "09:02:00 returned polres_ops command" == day.told("W02")[-1]
    day = well(known(called(), "09:01"), "09:02")
    assert "09:02:00 returned polres_ops input" == day.told("W02")[-1]


def test_one_of_them_is_not_enough() -> None:
    """§5 as above."""
    assert 1 == len(well(called(), "09:01").told("W02"))
    assert 1 == len(known(called(), "09:01").told("W02"))
    assert 1 == len(well(known(called(), "09:01"), "09:02", "waspada").told("W02"))
    assert 1 == len(well(known(called(), "09:01"), "09:02", officer="A2").told("W02"))
    assert 1 == len(known(well(called(), "09:01"), "09:02", officer="A2").told("W02"))


def test_only_a_commander_confirms() -> None:
    """§5 roles "`commander` these and … confirm_identity"."""
    day = known(well(called(), "09:01"), "09:02", by="ops")
    assert ["operator may not confirm_identity"] == day.refusals()
    assert 1 == len(day.told("W02"))


def test_a_confirmation_names_its_officer() -> None:
    """§5 "with a field missing that the command needs"."""
    day = called().command("09:02", "confirm_identity", by=CHIEF)
    assert ["no officer is named"] == day.refusals()


def test_what_was_said_before_the_call_does_not_count() -> None:
    """§5 "a later `checkin`": by the senders' clocks."""
    day = well(Story().begin(), "08:58")
    day.status("09:00", "", "duress", role="pam_tps", source="A1", officer="A1")
    assert 1 == len(known(day, "09:01").told("W02"))


def test_a_second_call_needs_both_again() -> None:
    """Lead's reading 9 "after it": after the newest call."""
    day = well(called(), "09:01")
    day.status("09:01:30", "", "duress", role="pam_tps", source="A1", officer="A1")
    assert 1 == len(known(day, "09:02").told("W02", until="09:02"))


def test_a_call_that_is_taken_back_ends_its_alert() -> None:
    """§5 "An alert whose cause a status `corrects` takes back has ended"."""
    day = called()
    extra = {"officer": "A1", "corrects": "m2"}
    day.status("09:01", "", "checkin", role="pam_tps", source="A1", **extra)
    assert "09:01:00 returned polres_ops input" == day.told("W02")[-1]


@pytest.mark.parametrize(
    ("officer", "tps", "climbs"),
    [
        ("C1", "", "09:01:30"),
        ("D1", SR, "09:01:30"),
        ("D1", KR, "09:03:00"),
        ("D1", "", "09:03:00"),
    ],
)
def test_an_officer_has_the_class_of_his_pair(officer: str, tps: str, climbs: str) -> None:
    """§1 "an officer takes the most vulnerable TPS of the pair"; without one, of the evidence."""
    told = called(officer, tps).told("W02", f"officer:17.02/{officer}", until="09:04")
    assert f"{climbs} escalated polres deadline" == told[1]


def test_a_new_call_is_answered_anew() -> None:
    """§5 "no new episode until the condition has cleared once": a person's word answers a call."""
    day = called().command("09:01", "resolve", f"W02@{ADI}", by=CHIEF)
    day.status("09:10", "", "duress", role="pam_tps", source="A1", officer="A1")
    assert "09:10:00 reopened polres_ops input" == day.told("W02")[-1]
    day.readings = Readings(a_new_call_waits_for_both=True)
    assert "09:01:00 resolved polres_ops command" == day.told("W02")[-1]


def test_an_earlier_call_that_comes_late_was_answered_too() -> None:
    """As above: only a later call is a new one."""
    day = called().command("09:01", "resolve", f"W02@{ADI}", by=CHIEF)
    day.status("08:50", "", "duress", "09:10", role="pam_tps", source="A1", officer="A1")
    assert "09:01:00 resolved polres_ops command" == day.told("W02")[-1]


@pytest.mark.parametrize(
    ("officer", "tps", "fine"),
    [("C1", "", True), ("D1", "", True), ("A1", "", False), ("A1", SR, True), ("C1", KR, False)],
)
def test_an_alert_of_an_officer_lies_where_he_is(officer: str, tps: str, *, fine: bool) -> None:
    """§5 "Outside role or area": the TPS that he names, else his pair's, else his Polsek's."""
    day = called(officer, tps).command("09:01", "ack", f"W02@officer:17.02/{officer}", by="put")
    assert int(not fine) == len(day.refusals())


def test_a_call_that_was_answered_holds_nothing_when_a_later_one_is_taken_back() -> None:
    """ADR 6 "A call for help that a person has resolved was answered then"."""
    day = Story().begin().status("09:00", "", "duress", officer="A1", source="A1")
    day.command("09:05", "resolve", "W02@officer:17.02/A1", by=CHIEF)
    day.status("09:10", "", "duress", officer="A1", source="A1")
    day.status("09:12", "", "checkin", officer="A1", source="A1", corrects="m4")
    assert "09:12:00 returned polres_ops input" == day.told("W02", until="09:12:30")[-1]
