"""Stories of T04 and T05: polling places that close too early, or don't close."""

import pytest

from tests.oracle.readings import Readings
from tests.oracle.stories import KH, KR, SR, TOWN, R, Story

AS_ADR_6 = Readings(another_report_carries_on=False)


def opened(tps: str = KR, readings: Readings = AS_ADR_6) -> Story:
    """A TPS of the town that opened at its hour."""
    return Story(TOWN, readings).begin().status("08:00" if tps == KH else "07:00", tps, "opened")


@pytest.mark.parametrize(("tps", "clock"), [(KR, "12:59:59"), (SR, "12:00:00"), (KH, "11:59:59")])
def test_closing_before_the_time_is_told_at_once(tps: str, clock: str) -> None:
    """Domain §4b T04 "<13:00 and not `all_voted`", by the TPS's own hour; T, ADM."""
    day = opened(tps).status(clock, tps, "closed")
    assert [f"{clock} opened ppk input"] == day.told("T04", tps, until="13:00")[:1]


@pytest.mark.parametrize(("tps", "clock"), [(KR, "13:00"), (KH, "12:00"), (SR, "14:00")])
def test_closing_at_the_time_is_right(tps: str, clock: str) -> None:
    """ADR 18 "before the closing time"."""
    assert [] == opened(tps).status(clock, tps, "closed").told("T04")


def test_when_all_have_voted_a_tps_may_close() -> None:
    """ADR 18 "without `all_voted: true`"."""
    assert [] == opened().status("11:00", KR, "closed", all_voted=True).told("T04")
    day = opened().status("11:00", KR, "closed", all_voted=False)
    assert ["11:00:00 opened ppk input"] == day.told("T04", until="11:03")


@pytest.mark.parametrize(
    ("kind", "extra"),
    [
        ("opened", {}),
        ("resumed", {}),
        ("postponed", {}),
        ("closed", {"all_voted": True}),
    ],
)
def test_what_ends_an_early_closing(kind: str, extra: dict[str, object]) -> None:
    """ADR 18 "Ends by a later `opened`, `resumed`, `postponed`, or `closed` with …"."""
    day = opened().status("12:00", KR, "closed").status("12:03", KR, kind, **extra)
    expected = ["12:00:00 opened ppk input", "12:03:00 returned ppk input"]
    assert expected == day.told("T04", until="12:30")


def test_a_closing_at_the_time_ends_an_early_one() -> None:
    """As above "at or after the closing time"."""
    day = opened().status("12:57", KR, "closed").status("13:00", KR, "closed", source="ptps")
    assert "13:00:00 returned ppk input" == day.told("T04", until="13:30")[-1]


def test_an_opening_before_an_early_closing_ends_nothing() -> None:
    """ADR 18 "the latest by `at` counts", whatever comes last."""
    day = opened().status("12:00", KR, "closed").status("11:50", KR, "resumed", "12:02")
    assert ["12:00:00 opened ppk input"] == day.told("T04", until="12:04")


def test_a_closing_that_is_known_to_be_over_is_told_to_nobody() -> None:
    """As above: it came late, and the TPS has opened again since."""
    day = opened().status("12:10", KR, "resumed").status("12:00", KR, "closed", "12:20")
    assert [] == day.told("T04")


def test_a_mistaken_closing_that_is_taken_back_ends() -> None:
    """§5 "An alert whose cause a status `corrects` takes back has ended"."""
    day = opened().status("12:00", KR, "closed").status("12:04", KR, "heartbeat", corrects="m3")
    assert "12:04:00 returned ppk input" == day.told("T04", until="12:30")[-1]


@pytest.mark.parametrize(
    ("tps", "due"), [(KR, "14:00:00"), (R, "13:45:00"), (SR, "13:30:00"), (KH, "13:00:00")]
)
def test_voting_goes_on_beyond_its_time(tps: str, due: str) -> None:
    """Domain §4b T05 "[60/45/30/60] after 13:00", by the TPS's own hour; S, ADM."""
    told = opened(tps).told("T05", tps, until="14:01")
    assert f"{due} opened kpps deadline" == told[0]


def test_closing_in_time_is_told_to_nobody() -> None:
    """§4 "an event at or before D fulfils it"."""
    assert [] == opened().status("14:00", KR, "closed").told("T05", KR, until="16:00")
    assert [] == opened().status("13:20", KR, "postponed").told("T05", KR, until="16:00")


def test_a_declared_queue_stops_the_clock() -> None:
    """ADR 18 "the latest word on it … is more than 0; then the clock stands"."""
    day = opened().status("12:30", KR, "heartbeat", queue=40)
    assert [] == day.told("T05", KR, until="18:00")
    day = opened().status("13:40", KR, "heartbeat", queue=5)
    assert [] == day.told("T05", KR, until="18:00")


def test_the_clock_begins_anew_when_nobody_queues() -> None:
    """ADR 18 "and begins anew with the word of 0"."""
    day = opened().status("12:30", KR, "heartbeat", queue=40)
    day.status("13:20", KR, "heartbeat", queue=0).status("13:30", KR, "heartbeat", queue=0)
    expected = ["14:20:00 opened kpps deadline", "14:35:00 escalated ppk deadline"]
    assert expected == day.told("T05", KR, until="14:40")


def test_a_queue_of_the_morning_says_nothing() -> None:
    """ADR 18 "from one hour before the closing time on"."""
    day = opened().status("11:59:59", KR, "heartbeat", queue=40)
    assert ["14:00:00 opened kpps deadline"] == day.told("T05", KR, until="14:01")


@pytest.mark.parametrize(("kind", "extra"), [("closed", {}), ("heartbeat", {"queue": 3})])
def test_what_ends_voting_beyond_the_time(kind: str, extra: dict[str, object]) -> None:
    """Domain §4b T05 "closed"; a queue that is declared explains it."""
    day = opened().status("14:05", KR, kind, **extra)
    expected = ["14:00:00 opened kpps deadline", "14:05:00 returned kpps input"]
    assert expected == day.told("T05", KR, until="16:00")


def test_a_queue_that_comes_late_says_that_it_never_was() -> None:
    """§4: by the facts the clock stood."""
    day = opened().status("12:50", KR, "heartbeat", "14:05", queue=7)
    assert "14:05:00 resolved kpps late" == day.told("T05", KR, until="16:00")[-1]


def test_a_late_opening_starts_the_clock() -> None:
    """ADR 18 "or with the opening if that was later"."""
    day = Story(TOWN).begin().status("13:20", KR, "opened")
    assert ["14:20:00 opened kpps deadline"] == day.told("T05", KR, until="14:21")


def test_who_opens_again_votes_again() -> None:
    """T04 and T08 too: a TPS may go on after a closing."""
    day = opened().status("12:40", KR, "closed").status("13:10", KR, "resumed")
    assert ["14:10:00 opened kpps deadline"] == day.told("T05", KR, until="14:11")


def test_who_never_opened_does_not_vote() -> None:
    """ADR 18 "watched while the TPS votes"."""
    assert [] == Story(TOWN).begin().told("T05", until="18:00")


def test_an_earlier_opening_that_comes_late_changes_nothing() -> None:
    """ADR 6 "One by which it was overdue even earlier changes nothing that was told"."""
    day = Story(TOWN, AS_ADR_6).begin().status("13:20", KR, "opened", source="a")
    day.status("13:10", KR, "opened", "14:25", source="b")
    assert ["14:20:00 opened kpps deadline"] == day.told("T05", KR, until="14:30")
