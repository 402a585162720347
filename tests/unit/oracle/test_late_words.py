"""Stories of words that come late, and of others that are taken back, after something was told."""

import pytest

from tests.oracle.readings import AS_THE_FOLD
from tests.oracle.stories import KR, SR, TINY, TOWN, VILLAGE, Story

K7 = "box:17.02/K-7"
PAIR = "pair:17.02/P03"


def halted() -> Story:
    """A TPS that was halted at 09:00 and is told for it at 09:15."""
    return Story(TINY, AS_THE_FOLD).begin().status("09:00", KR, "suspended", source="a")


@pytest.mark.parametrize(
    ("goes_on", "line"),
    [
        ("09:12", "09:40:00 resolved polres late"),
        ("09:20", "09:40:00 returned polres input"),
    ],
)
def test_a_halt_that_was_one_before_keeps_its_deadline(goes_on: str, line: str) -> None:
    """ADR 6 "One by which it was overdue even earlier changes nothing": 09:15 is its deadline."""
    day = halted().status("08:50", KR, "suspended", received="09:39", source="b")
    assert "09:30:00 escalated polres deadline" == day.told("T06", until="09:40")[-1]
    day.status(goes_on, KR, "resumed", received="09:40", source="b")
    assert line == day.told("T06", until="09:41")[-1]


def test_a_halt_stands_on_by_another_that_was_overdue_as_well() -> None:
    """ADR 6 "if another status holds on, it opens again by that": unless it held all the time."""
    day = halted().status("08:50", KR, "suspended", received="09:39", source="b")
    day.status("09:40", KR, "heartbeat", source="a", corrects="m2")
    assert "09:30:00 escalated polres deadline" == day.told("T06", until="09:41")[-1]
    later = halted().status("09:10", KR, "suspended", received="09:39", source="b")
    later.status("09:40", KR, "heartbeat", source="a", corrects="m2")
    told = later.told("T06", until="09:41")
    assert ["09:40:00 returned polres input", "09:40:00 reopened polsek deadline"] == told[-2:]


def silent(shelved: str = "") -> Story:
    """A TPS of class sangat_rawan that said nothing from 10:00 to 10:40."""
    day = Story().begin().status("10:00", SR, "opened")
    day.status("10:40", SR, "heartbeat", source="ptps", role="ptps")
    return day.command("10:45", "shelve", f"T07@{SR}", until=shelved) if shelved else day


@pytest.mark.parametrize(("again", "change"), [("11:20", "reopened"), ("11:21", "opened")])
def test_quiet_counts_from_the_line_that_says_that_it_never_was(again: str, change: str) -> None:
    """§5 "within the rule's quiet time": it ended at 10:50 as was told, and not at 10:40."""
    day = silent().status("10:20", SR, "heartbeat", received="10:50")
    assert "10:50:00 resolved polsek late" == day.told("T07", SR, until="10:51")[-1]
    since = {"11:20": "10:50", "11:21": "10:51"}[again]
    day.status(since, SR, "heartbeat", received="10:55").status(since, SR, "heartbeat", source="b")
    assert f"{again}:00 {change} tps deadline" == day.told("T07", SR, until="11:22")[-1]


def test_what_has_returned_and_is_shelved_is_told_as_well() -> None:
    """ADR 6 "resolves the alert, whatever its state"."""
    day = silent("11:30").status("10:20", SR, "heartbeat", received="10:50")
    assert "10:50:00 resolved polsek late" == day.told("T07", SR, until="10:51")[-1]


@pytest.mark.parametrize(
    ("at", "told"), [("10:29", "resolved polsek late"), ("10:31", "returned polsek input")]
)
def test_a_correction_is_a_message_by_its_own_time(at: str, told: str) -> None:
    """§4 "whose `at` is at or before D": whatever else it takes back."""
    day = Story().begin().status("10:00", SR, "opened").status("09:50", SR, "suspended")
    day.status(at, SR, "heartbeat", received="10:40", corrects="m3")
    assert f"10:40:00 {told}" == day.told("T07", SR, until="10:41")[-1]


def test_who_takes_back_an_arrival_does_not_say_that_one_was_in_time() -> None:
    """§4 "late" is a record whose own `at` was in time; the escort of before counts again."""
    day = Story(TOWN).begin().status("15:00", KR, "box_departed", box="K-7", escort=["A1"])
    day.status("15:30", KR, "box_arrived", box="K-7")
    day.status("15:40", KR, "box_departed", box="K-7", source="ppk", role="ppk")
    day.status("15:55", KR, "heartbeat", corrects="m3").status("16:30", KR, "heartbeat")
    assert "15:55:00 returned polsek input" == day.told("T11", K7, until="17:00")[-1]


def on_its_way(eta: float, left: str = "15:00") -> Story:
    """A box of which another sender tells at 17:10 how long its way takes; told at 17:00."""
    day = Story(TOWN).begin().status("15:00", KR, "box_departed", box="K-7", escort=["A1"])
    extra = {"source": "ptps", "role": "ptps", "eta_minutes": eta, "received": "17:10"}
    return day.status(left, KR, "box_departed", box="K-7", **extra)


@pytest.mark.parametrize(
    ("eta", "left", "came", "line"),
    [
        (84, "15:00", "17:07", "17:20:00 returned polres input"),
        (84, "15:00", "17:06", "17:20:00 resolved polres late"),
        (100, "15:00", "17:20", "17:20:00 resolved polres late"),
        (84, "14:59", "17:06", "17:20:00 returned polres input"),
    ],
)
def test_a_longer_way_moves_its_deadline(eta: float, left: str, came: str, line: str) -> None:
    """ADR 18 T10: of one way "the first `eta_minutes` that is told … counts"; it stays told."""
    day = on_its_way(eta, left)
    assert "17:15:00 escalated polres deadline" == day.told("T10", K7, until="17:19")[-1]
    day.status(came, KR, "box_arrived", box="K-7", received="17:20")
    assert line == day.told("T10", K7, until="17:21")[-1]


def test_an_escort_that_names_no_box_is_with_every_word_of_its_departure() -> None:
    """ADR 18 "an escort that names none, to the first box that departs"."""
    day = Story(TOWN).begin().status("14:50", KR, "escort_joined")
    day.status("15:00", KR, "box_departed", box="K-7")
    day.status("15:03", KR, "box_departed", box="K-7", source="ptps", role="ptps")
    assert [] == day.told("T11", K7, until="17:00")


def test_a_call_from_nowhere_is_at_the_officer_s_polsek() -> None:
    """§6 "A `checkin` or `duress` without `tps` is placed by the officer's Polsek"."""
    officer = {"role": "bhabinkamtibmas", "source": "C1", "officer": "C1"}
    day = Story(VILLAGE).begin().status("09:00", "", "duress", **officer)
    day.command("09:01", "ack", "W02@officer:36.04/C1", by="put")
    assert ["09:00:00 opened polres_ops input"] == day.told("W02", until="09:01:29")
    day.command("09:01", "ack", "W02@officer:36.04/C1", by="ops")
    assert "09:01:00 acknowledged polres_ops command" == day.told("W02", until="09:01:29")[-1]
