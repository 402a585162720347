"""Stories of T07: a TPS or a pair from which nothing is heard."""

import pytest

from tests.oracle.readings import Readings
from tests.oracle.stories import KH, KH_PAIRED, KR, KR_FAR, SR, SR_PEER, R, Story

P01, P03 = "pair:17.02/P01", "pair:17.02/P03"


@pytest.mark.parametrize(
    ("tps", "due"), [(KR, "08:30:00"), (R, "08:00:00"), (SR, "07:30:00"), (KH, "08:00:00")]
)
def test_a_silent_tps_has_its_limit(tps: str, due: str) -> None:
    """Domain §4b T07 "no message [90/60/30/60] while open"; severity S."""
    day = Story().begin().status("07:00", tps, "opened")
    assert [f"{due} opened tps deadline"] == day.told("T07", tps, until="08:31")[:1]


def test_silence_rises_at_twice_the_limit() -> None:
    """§5 "Rules that say “S→T” rise at twice the limit"."""
    day = Story().begin().status("07:00", SR, "opened")
    expected = [
        "07:30:00 opened tps deadline",
        "07:37:30 escalated polsek deadline",
        "07:52:30 escalated polres_ops deadline",
        "08:00:00 raised polres_ops deadline",
        "08:05:00 escalated polres deadline",
    ]
    assert expected == day.told("T07", SR, until="08:10")


def test_a_step_due_with_the_raise_comes_first() -> None:
    """§4: a step is due when `now` is D, absence when `heard` > D."""
    day = Story().begin().status("07:00", KR_FAR, "opened")
    told = day.told("T07", "pair:17.02/P02", until="08:31")
    expected = ["08:30:00 escalated polres_ops deadline", "08:30:00 raised polres_ops deadline"]
    assert expected == told[2:]


def test_any_message_ends_silence() -> None:
    """Domain §4b T07 auto-resolve "any message"; §4 "a change that ends … doesn't wait"."""
    day = Story().begin().status("07:00", SR, "opened")
    day.status("07:31", SR, "checkin", role="pam_tps", officer="C1")
    expected = ["07:30:00 opened tps deadline", "07:31:00 returned tps input"]
    assert expected == day.told("T07", SR, until="07:50")


def test_before_the_opening_nothing_is_watched() -> None:
    """Domain §4b T07 "while open"."""
    day = Story().begin().status("06:00", SR, "heartbeat").status("07:05", SR, "opened")
    assert [] == day.told("T07", SR, until="07:35")


def test_after_the_closing_nothing_is_watched() -> None:
    """Domain §4b T07 "while open"."""
    day = Story().begin().status("07:00", SR, "opened").status("07:20", SR, "closed")
    assert [] == day.told("T07", SR, until="12:00")


def test_a_suspended_tps_is_still_open() -> None:
    """Lead's reading 4 "suspended still counts as open"."""
    day = Story().begin().status("07:00", SR, "opened").status("07:10", SR, "suspended")
    assert ["07:40:00 opened tps deadline"] == day.told("T07", SR, until="07:41")


def test_a_closing_that_is_taken_back_never_was() -> None:
    """Schema "takes back, e.g. a mistaken closed"; the sender was heard all the same."""
    day = Story().begin().status("07:00", SR, "opened").status("07:20", SR, "closed")
    day.status("07:45", SR, "heartbeat", corrects="m3")
    assert ["08:15:00 opened tps deadline"] == day.told("T07", SR, until="08:16")


def test_what_was_taken_back_may_be_no_message() -> None:
    """As above, the other way round: then the silence began at the opening."""
    day = Story().begin().status("07:00", SR, "opened").status("07:20", SR, "suspended")
    day.status("07:22", SR, "heartbeat", received="07:45", corrects="m3")
    assert ["07:52:00 opened tps deadline"] == day.told("T07", SR, until="07:53")
    day = Story(readings=Readings(taken_back_is_no_message=True))
    day.begin().status("07:00", SR, "opened").status("07:35", SR, "heartbeat", source="a")
    day.status("07:20", SR, "suspended", received="07:36")
    day.status("07:37", SR, "heartbeat", corrects="m4")
    told = day.told("T07", SR, until="07:40")
    assert ["07:30:00 opened tps deadline", "07:35:00 returned tps input"] == told[:2]


def test_a_late_message_leaves_the_silence_after_it() -> None:
    """§4: resolved as late; the new deadline is past too, and is settled at the next mark."""
    day = Story().begin().status("07:00", SR, "opened")
    day.status("07:10", SR, "heartbeat", received="07:45")
    expected = [
        "07:30:00 opened tps deadline",
        "07:37:30 escalated polsek deadline",
        "07:45:00 resolved polsek late",
        "07:45:00 reopened tps deadline",
        "07:52:30 escalated polsek deadline",
    ]
    assert expected == day.told("T07", SR, until="08:00")


def test_a_pair_is_heard_through_any_of_its_tps_and_officers() -> None:
    """Domain "any status of its TPS or check-in of its officers ends it"."""
    day = Story().begin().status("07:00", SR, "opened").status("07:14", SR_PEER, "heartbeat")
    day.status("07:28", "", "checkin", role="pam_tps", officer="C1")
    assert ["07:43:00 opened tps deadline"] == day.told("T07", P03, until="07:44")


def test_a_pair_takes_its_most_vulnerable_tps() -> None:
    """§1 "A pair … takes the most vulnerable TPS of the pair": khusus is tighter than rawan."""
    sr = Story().begin().status("07:00", SR_PEER, "opened")
    assert ["07:15:00 opened tps deadline"] == sr.told("T07", P03, until="07:16")
    khusus = Story().begin().status("07:00", KR, "opened")
    assert ["07:30:00 opened tps deadline"] == khusus.told("T07", P01, until="07:31")


def test_a_pair_is_watched_while_any_of_its_tps_is_open() -> None:
    """Domain "runs while any of its TPS is open, from the first `opened`"."""
    day = Story().begin().status("06:00", R, "heartbeat").status("07:00", KR, "opened")
    day.status("07:05", KH_PAIRED, "opened").status("07:20", KR, "closed")
    assert ["07:50:00 opened tps deadline"] == day.told("T07", P01, until="07:51")
    day.status("07:45", KH_PAIRED, "closed")
    assert [] == day.told("T07", P01, until="12:00")


def test_who_opens_again_is_watched_again() -> None:
    """Domain §4b T07 "while open": also after a closing that was no end."""
    day = Story().begin().status("07:00", SR, "opened").status("07:20", SR, "closed")
    day.status("08:00", SR, "opened")
    assert ["08:30:00 opened tps deadline"] == day.told("T07", SR, until="08:31")
