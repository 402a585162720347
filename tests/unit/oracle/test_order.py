"""Stories of T13: a stage that came without the one before it."""

import pytest

from tests.oracle.stories import KR, TOWN, Story, Tape

DAY = (
    ("07:00", "opened"),
    ("13:00", "closed"),
    ("13:10", "counting_started"),
    ("15:00", "counting_finished"),
    ("15:30", "box_departed"),
    ("16:00", "box_arrived"),
)
"""A day as it should be."""


def without(*left_out: str) -> Story:
    """That day without some of its stages."""
    day = Story(TOWN).begin()
    for clock, kind in DAY:
        if kind not in left_out:
            day.status(clock, KR, kind)
    return day


def test_a_day_in_order_is_told_to_nobody() -> None:
    """Domain §4b T13 "illegal stage order"."""
    assert [] == without().told("T13", until="18:00")


@pytest.mark.parametrize(
    ("missing", "came", "due"),
    [
        ("opened", "closed", "13:10:00"),
        ("closed", "counting_started", "13:20:00"),
        ("counting_started", "counting_finished", "15:10:00"),
        ("counting_finished", "box_departed", "15:40:00"),
        ("box_departed", "box_arrived", "16:10:00"),
    ],
)
def test_a_missing_stage_is_told_ten_minutes_after_the_next(
    missing: str, came: str, due: str
) -> None:
    """Domain §4b "opens 10 min after the record if nothing late fills the gap"; S, ADM."""
    day = without(missing)
    assert f"{due} opened medium {KR}|{missing}>{came}" == day.shown("T13", until="16:11")[0]
    assert f"{due} opened kpps deadline" == day.told("T13", until="16:11")[0]


def test_suspension_has_an_order_too() -> None:
    """ADR 18 "`closed` and `suspended` need `opened`…; `resumed` needs `suspended`"."""
    day = Story(TOWN).begin().status("09:00", KR, "suspended").status("09:05", KR, "resumed")
    assert [f"09:10:00 opened medium {KR}|opened>suspended"] == day.shown("T13", until="09:11")
    day = Story(TOWN).begin().status("07:00", KR, "opened").status("09:05", KR, "resumed")
    assert [f"09:15:00 opened medium {KR}|suspended>resumed"] == day.shown("T13", until="09:16")


@pytest.mark.parametrize("received", ["13:05", "13:20"])
def test_a_late_word_fills_the_gap(received: str) -> None:
    """Domain §4b "out of order within lateness waits": up to the very moment."""
    day = Story(TOWN).begin().status("07:00", KR, "opened")
    day.status("13:10", KR, "counting_started").status("13:00", KR, "closed", received)
    assert [] == day.told("T13", until="18:00")


def test_what_comes_later_still_ends_it() -> None:
    """ADR 18 "ends when the gap is filled or the later stage is taken back"."""
    day = without("closed").status("13:00", KR, "closed", "16:10")
    assert "16:10:00 returned kpu input" == day.told("T13", until="18:00")[-1]
    day = without("closed").status("16:10", KR, "heartbeat", corrects="m3")
    assert "16:10:00 returned kpu input" == day.told("T13", until="16:11")[-1]


@pytest.mark.parametrize(("closed", "holds"), [("13:12", True), ("13:12:01", False)])
def test_two_clocks_may_differ_by_two_minutes(closed: str, *, holds: bool) -> None:
    """ADR 18 "“Before” allows two minutes for two senders' clocks"."""
    day = Story(TOWN).begin().status("07:00", KR, "opened")
    day.status("13:10", KR, "counting_started").status(closed, KR, "closed", source="ptps")
    assert holds == ([] == day.told("T13", until="18:00"))


def test_the_wait_counts_from_receipt() -> None:
    """ADR 18 "since the receipt of the record that showed the gap"."""
    day = Story(TOWN).begin().status("07:00", KR, "opened")
    day.status("13:10", KR, "counting_started", "13:30")
    assert ["13:40:00 opened kpps deadline"] == day.told("T13", until="13:41")


def test_a_gap_that_a_correction_opens_counts_from_it() -> None:
    """As above: it is the correction that shows the gap."""
    day = without().status("16:30", KR, "heartbeat", corrects="m3")
    expected = [f"16:40:00 opened medium {KR}|closed>counting_started"]
    assert expected == day.shown("T13", until="16:41")


def test_a_rehearsed_stage_is_no_stage() -> None:
    """ADR 6: what was received more than six hours before the opening."""
    eve = "2024-11-26T20:00:00+07:00"
    day = Story(TOWN).begin(eve).status("2024-11-26T20:10:00+07:00", KR, "closed")
    assert [] == day.told("T13", until="06:00")


def test_the_wait_goes_by_the_clock_of_the_partition() -> None:
    """`now`, like a quiet time: a partition of which nothing is heard holds nothing up."""
    day = Story(TOWN).status("07:00", KR, "opened").status("13:10", KR, "counting_started")
    tape = Tape().heard("06:59", p0="06:59").event(day, 1).event(day, 2).now("13:20")
    assert ["13:20:00 opened kpps deadline"] == tape.told("T13")
