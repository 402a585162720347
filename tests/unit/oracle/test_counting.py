"""Stories of T08, T09 and V10: counting that does not begin, does not end, or falls silent."""

import pytest

from tests.oracle.readings import Readings
from tests.oracle.stories import KH, KR, SR, TOWN, R, Story

AS_ADR_6 = Readings(another_report_carries_on=False)
MIDNIGHT, NOON = "2024-11-28T00:00:00+07:00", "2024-11-28T12:00:00+07:00"


def closed(tps: str = KR) -> Story:
    """A TPS of the town that closed at 13:00."""
    return (
        Story(TOWN, AS_ADR_6).begin().status("07:00", tps, "opened").status("13:00", tps, "closed")
    )


@pytest.mark.parametrize(
    ("tps", "due"), [(KR, "14:00:00"), (R, "13:45:00"), (SR, "13:30:00"), (KH, "14:00:00")]
)
def test_counting_begins_in_time_or_is_missed(tps: str, due: str) -> None:
    """Domain §4b T08 "closed + [60/45/30/60]", S, ADM."""
    assert [f"{due} opened kpps deadline"] == closed(tps).told("T08", tps, until="14:01")[:1]


@pytest.mark.parametrize(
    "kind",
    ["counting_started", "counting_finished", "box_departed", "opened", "resumed", "postponed"],
)
def test_what_stands_for_counting(kind: str) -> None:
    """ADR 18 "until `counting_started`, `counting_finished`, `box_departed`, `opened`, …"."""
    assert [] == closed().status("14:00", KR, kind).told("T08", KR, until="14:59")
    late = closed().status("14:02", KR, kind).told("T08", KR, until="14:59")
    assert ["14:00:00 opened kpps deadline", "14:02:00 returned kpps input"] == late


def test_a_count_stands_for_counting() -> None:
    """ADR 18 "or any count of that TPS"."""
    day = closed().count("13:50", KR, "10 5", status="provisional", role="saksi")
    assert [] == day.told("T08", KR, until="18:00")


def test_counting_a_little_before_the_closing_is_counting() -> None:
    """Two senders, two clocks; but what was counted before the TPS voted again is no start."""
    day = Story(TOWN).begin().status("07:00", KR, "opened")
    day.status("12:59", KR, "counting_started").status("13:00", KR, "closed", source="ptps")
    assert [] == day.told("T08", KR, until="18:00")
    day = Story(TOWN).begin().status("07:00", KR, "opened").status("10:00", KR, "closed")
    day.status("10:01", KR, "counting_started").status("10:05", KR, "resumed")
    day.status("13:00", KR, "closed")
    assert ["14:00:00 opened kpps deadline"] == day.told("T08", KR, until="14:01")


def test_a_second_word_of_the_closing_is_no_second_closing() -> None:
    """Another sender may say it when the counting has begun."""
    day = closed().status("13:10", KR, "counting_started")
    day.status("13:20", KR, "closed", source="ptps")
    assert [] == day.told("T08", KR, until="18:00")


def test_an_earlier_closing_that_comes_late_changes_nothing() -> None:
    """ADR 6 "overdue even earlier changes nothing that was told"."""
    day = closed().status("12:50", KR, "closed", "14:05", source="ptps", all_voted=True)
    assert ["14:00:00 opened kpps deadline"] == day.told("T08", KR, until="14:10")


def test_what_is_not_counted_by_midnight_is_missed() -> None:
    """Domain §4b T09 "24:00 D = S; 12:00 D+1 = T", ADM: also of a TPS that never said a word."""
    day = Story(TOWN).begin()
    expected = [
        f"00:00:00 opened medium {KR}|",
        f"00:15:00 escalated medium {KR}|",
        f"00:45:00 escalated medium {KR}|",
        f"12:00:00 raised high {KR}|",
    ]
    assert expected == day.shown("T09", KR, until="2024-11-28T12:30:00+07:00")


@pytest.mark.parametrize("kind", ["counting_finished", "postponed"])
def test_what_ends_counting(kind: str) -> None:
    """ADR 18 "ends with `counting_finished`, `postponed`"."""
    assert [] == closed().status("23:59:59", KR, kind).told("T09", KR, until=NOON)
    late = closed().status("2024-11-28T00:10:00+07:00", KR, kind).told("T09", KR, until=NOON)
    assert ["00:00:00 opened kpps deadline", "00:10:00 returned kpps input"] == late


def test_finals_of_every_contest_end_counting() -> None:
    """ADR 18 "or a final count of every contest that covers the TPS"."""
    day = closed().count("20:00", KR, "10 5")
    assert ["00:00:00 opened kpps deadline"] == day.told(
        "T09", KR, until="2024-11-28T00:01:00+07:00"
    )
    day.count("21:00", KR, "4 5 6", contest="gubernur", role="ptps")
    assert [] == day.told("T09", KR, until=NOON)


def test_a_final_that_is_taken_back_was_never_said() -> None:
    """ADR 18 "what is taken back by `corrects` was never said"."""
    day = closed().count("20:00", KR, "10 5").count("20:01", KR, "4 5 6", contest="gubernur")
    day.count("22:00", KR, "9 5", status="provisional", corrects="m4")
    told = day.told("T09", KR, until="2024-11-28T00:01:00+07:00")
    assert ["00:00:00 opened kpps deadline"] == told


@pytest.mark.parametrize(
    ("tps", "due"), [(KR, "14:40:00"), (R, "14:10:00"), (SR, "13:40:00"), (KH, "14:10:00")]
)
def test_counting_falls_silent(tps: str, due: str) -> None:
    """Domain §4b V10 "COUNTING, no update [90/60/30/60]", S, ADM."""
    day = closed(tps).status("13:10", tps, "counting_started")
    assert [f"{due} opened kpps deadline"] == day.told("V10", tps, until="14:41")[:1]


def test_a_count_starts_the_clock_anew() -> None:
    """ADR 18 "any count of that TPS starts the clock anew", and ends what is open."""
    day = closed().status("13:10", KR, "counting_started")
    day.count("14:40", KR, "1 0", status="provisional").count(
        "16:15", KR, "2 0", status="provisional"
    )
    expected = ["16:10:00 opened kpps deadline", "16:15:00 returned kpps input"]
    assert expected == day.told("V10", KR, until="17:45")


def test_a_heartbeat_is_no_count() -> None:
    """Domain §4b "V10: counts only"."""
    day = closed().status("13:10", KR, "counting_started").status("14:30", KR, "heartbeat")
    day.status("14:35", KR, "counting_started", source="ptps")
    assert ["14:40:00 opened kpps deadline"] == day.told("V10", KR, until="14:41")


@pytest.mark.parametrize("kind", ["counting_finished", "box_departed", "postponed"])
def test_what_ends_the_watch_over_counting(kind: str) -> None:
    """ADR 18 "until `counting_finished`, `box_departed`, `postponed`"."""
    day = closed().status("13:10", KR, "counting_started").status("14:40", KR, kind)
    assert [] == day.told("V10", KR, until="18:00")


def test_finals_of_every_contest_end_the_watch() -> None:
    """ADR 18 "or a final form of every contest"."""
    day = closed().status("13:10", KR, "counting_started")
    day.count("14:00", KR, "10 5").count("14:10", KR, "4 5 6", contest="gubernur")
    assert [] == day.told("V10", KR, until="18:00")


def test_before_the_start_nobody_counts() -> None:
    """ADR 18 "from `counting_started`": a count alone begins nothing."""
    assert [] == closed().count("13:10", KR, "1 0", status="provisional").told("V10", until="18:00")
