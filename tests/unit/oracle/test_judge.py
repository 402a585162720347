"""Stories of the two clocks of a journal: what is judged when, and from what."""

from tests.oracle.stories import KR, SR, Story, Tape


def test_a_line_never_stands_before_the_last_of_its_alert() -> None:
    """§4 "never before the alert's last line": the late raise stands where the climb stood."""
    day = Story().begin().status("07:00", SR, "opened")
    tape = Tape().event(day, 1).heard("05:00", p0="05:00", p1="05:00").event(day, 2)
    tape.heard("07:31", p0="07:31", p1="07:31").now("07:31")
    tape.heard("07:40", p0="07:35", p1="07:35").now("08:01").heard("08:02", p0="08:02", p1="08:02")
    told = tape.told("T07", SR)
    assert "08:00:00 raised polres_ops deadline" == told[-1]


def test_a_later_record_alone_settles_nothing() -> None:
    """§4 "(the same scope may report through a source partition that lags)"."""
    day = Story().begin().status("07:00", SR, "opened").status("09:00", SR, "heartbeat")
    day.status("07:20", SR, "heartbeat", received="09:00").status("07:40", SR, "heartbeat")
    tape = Tape().event(day, 1).heard("05:00", p0="05:00", p1="05:00").event(day, 2).event(day, 3)
    assert [] == tape.told("T07", SR)


def test_a_lagging_partition_holds_absence_still_but_no_ladder() -> None:
    """§4 "A lagging or dead intake stops `heard`, never `now`"."""
    day = Story().begin()
    tape = Tape().event(day, 1).heard("05:00", p0="05:00", p1="05:00")
    tape.now("07:11").heard("07:11", p0="07:11", p1="07:10")
    assert [] == tape.told("T03", SR)
    tape.now("07:12").heard("07:12", p0="07:12", p1="07:11")
    assert ["07:10:00 opened polsek deadline"] == tape.told("T03", SR)
    tape.now("07:14:31")
    assert "07:14:30 escalated polres_ops deadline" == tape.told("T03", SR)[-1]


def test_a_burst_is_judged_whole() -> None:
    """§4 "So a burst of queued messages is judged whole, and nothing flaps"."""
    day = Story().begin().status("07:00", SR, "opened").status("07:25", SR, "heartbeat")
    day.status("08:05", SR, "heartbeat").status("08:30", SR, "heartbeat")
    tape = Tape().event(day, 1).heard("05:00", p0="05:00", p1="05:00").now("08:40")
    for number in (2, 3, 4, 5):
        tape.event(day, number)
    tape.heard("08:40", p0="08:40", p1="08:40")
    expected = ["07:55:00 opened tps deadline", "08:05:00 returned tps 0"]
    assert expected == tape.told("T07", SR)


def test_a_source_partition_without_a_claim_holds_heard_still() -> None:
    """§4 "a source partition without a claim holds `heard` still"."""
    day = Story().begin()
    tape = Tape().event(day, 1).now("08:00").heard("08:00", p0="08:00")
    assert [] == tape.told("T03", SR)


def test_heard_is_never_above_now() -> None:
    """§4 "`heard`: … never above `now`": `now` moves by events and the owner's marks alone."""
    day = Story().begin()
    tape = Tape().event(day, 1).heard("08:00", p0="08:00", p1="08:00")
    assert [] == tape.told("T03", SR)
    tape.now("08:00")
    assert "07:10:00 opened polsek deadline" == tape.told("T03", SR)[0]


def test_a_claim_counts_at_most_as_its_marks_own_time() -> None:
    """§4 "it counts at most as the mark's own append time"."""
    day = Story().begin()
    tape = Tape().event(day, 1).now("08:00").heard("07:05", p0="09:00", p1="09:00")
    assert [] == tape.told("T03", SR)


def test_the_clock_of_a_played_day_counts_in_place_of_the_append_time() -> None:
    """§2 "Played days: … wall time is never read"."""
    day = Story().begin()
    tape = Tape().event(day, 1).now("07:30").played("09:00", "07:12", p0="07:12", p1="07:12")
    assert ["07:10:00 opened polsek deadline"] == tape.told("T03", SR)[:1]


def test_a_step_that_is_settled_late_says_so() -> None:
    """§4 "more than 60 s after it was due carries its due time as `at` and `cause: late`"."""
    day = Story().begin().status("09:00", KR, "suspended")
    tape = Tape().event(day, 1).heard("05:00", p0="05:00", p1="05:00").event(day, 2)
    tape.now("09:15:01").heard("09:15:01", p0="09:15:01", p1="09:15:01").now("09:30")
    expected = [
        "09:15:00 opened polsek deadline",
        "09:20:00 escalated polres_ops late",
        "09:30:00 escalated polres deadline",
    ]
    assert expected == tape.told("T06", KR)
