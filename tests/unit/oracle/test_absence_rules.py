"""Stories of T03 and T06; each docstring quotes the sentence that the story stands for."""

import pytest

from tests.oracle.readings import Readings
from tests.oracle.stories import KH, KR, SR, R, Story


@pytest.mark.parametrize(
    ("tps", "opens"), [(KR, "07:30:00"), (R, "07:20:00"), (SR, "07:10:00"), (KH, "08:20:00")]
)
def test_a_tps_has_its_grace(tps: str, opens: str) -> None:
    """Domain §4b T03 "07:00 + [30/20/10/20]", from the TPS's own hour of opening."""
    level = "polsek" if tps == SR else "kpps"
    assert [f"{opens} opened {level} deadline"] == Story().begin().told("T03", tps, until="08:21")[
        :1
    ]


def test_an_event_at_the_deadline_fulfils_it() -> None:
    """§4 "an event at or before D fulfils it"."""
    assert [] == Story().begin().status("07:30", KR, "opened").told("T03", KR, until="09:00")


def test_an_event_after_the_deadline_ends_the_alert() -> None:
    """§4 "a later one does not, it ends the alert that opens at D"."""
    day = Story().begin().status("07:30:01", KR, "opened", received="07:31")
    expected = ["07:30:00 opened kpps deadline", "07:31:00 returned kpps input"]
    assert expected == day.told("T03", KR, until="09:00")


def test_a_postponed_tps_is_not_late() -> None:
    """Domain §4b T03 "opened/PSS"."""
    assert [] == Story().begin().status("06:50", KR, "postponed").told("T03", KR, until="09:00")


def test_an_alert_waits_for_the_mark_after_the_deadline() -> None:
    """§4 "settled at the first mark at which `heard` > D": not at D itself."""
    day = Story().begin()
    assert [] == day.told("T03", KR, until="07:30:00")
    assert ["07:30:00 opened kpps deadline"] == day.told("T03", KR, until="07:30:01")


def test_a_late_record_says_that_the_alert_never_was() -> None:
    """§4 "whose `at` is at or before D re-judges: the alert is `resolved` with `cause: late`"."""
    day = Story().begin().status("07:10", KR, "opened", received="07:50")
    expected = [
        "07:30:00 opened kpps deadline",
        "07:45:00 escalated ppk deadline",
        "07:50:00 resolved ppk late",
    ]
    assert expected == day.told("T03", KR, until="09:00")


def test_a_late_record_resolves_what_has_returned() -> None:
    """§4 as above: `returned` is an open state."""
    day = Story().begin().status("07:31", KR, "opened", source="a")
    day.status("07:20", KR, "opened", received="07:40", source="b")
    expected = [
        "07:30:00 opened kpps deadline",
        "07:31:00 returned kpps input",
        "07:40:00 resolved kpps late",
    ]
    assert expected == day.told("T03", KR, until="09:00")


def test_what_was_due_before_the_log_is_not_judged() -> None:
    """§4 "What fell due before the first record of the log is not judged"."""
    assert [] == Story().begin("07:30:01").told("T03", KR, until="09:00")
    assert [] != Story().begin("07:30:00").told("T03", KR, until="09:00")


def test_an_unknown_tps_is_watched_from_its_first_status_on() -> None:
    """§2 "An unknown TPS of a desa that votes is taken": `kurang_rawan`, the election's hours."""
    stranger = "17.02.09.1012-077"
    day = Story().begin().status("06:00", stranger, "logistics_received")
    assert ["07:30:00 opened kpps deadline"] == day.told("T03", stranger, until="07:40")
    late = Story().begin().status("07:31", stranger, "logistics_received")
    assert [] == late.told("T03", stranger, until="09:00")


@pytest.mark.parametrize(
    ("tps", "due"), [(KR, "09:15:00"), (R, "09:10:00"), (SR, "09:05:00"), (KH, "09:10:00")]
)
def test_a_suspension_has_its_limit(tps: str, due: str) -> None:
    """Domain §4b T06 "[15/10/5/10]", severity T, ladder OPS."""
    day = Story().begin().status("09:00", tps, "suspended")
    assert [f"{due} opened polsek deadline"] == day.told("T06", tps, until="09:16")[:1]


def test_a_suspension_that_ends_in_time_is_told_to_nobody() -> None:
    """§4 "an event at or before D fulfils it"."""
    day = Story().begin().status("09:00", KR, "suspended").status("09:15", KR, "resumed")
    assert [] == day.told("T06", KR, until="12:00")


def test_a_second_report_of_a_suspension_makes_no_second_alert() -> None:
    """§4 "An alert is one episode of (election, rule, scope, key)"."""
    day = Story().begin().status("09:00", KR, "suspended", source="a")
    day.status("09:03", KR, "suspended", source="b").status("09:19", KR, "resumed")
    expected = ["09:15:00 opened polsek deadline", "09:19:00 returned polsek input"]
    assert expected == day.told("T06", KR, until="12:00")


def test_a_second_report_that_ends_with_the_first_is_told_once() -> None:
    """§4 "nothing flaps": a clock ahead ends the alert before the second deadline's mark."""
    day = Story().begin().status("09:00", KR, "suspended", source="a")
    day.status("09:03", KR, "suspended", source="b")
    day.status("09:18:30", KR, "resumed", received="09:18:00.500")
    expected = ["09:15:00 opened polsek deadline", "09:18:30 returned polsek input"]
    assert expected == day.told("T06", KR, until="12:00")


def test_a_suspension_that_is_taken_back_ends_its_alert() -> None:
    """§5 "An alert whose cause a status `corrects` takes back has ended (`returned` …)"."""
    day = Story().begin().status("09:00", KR, "suspended")
    day.status("09:17", KR, "heartbeat", corrects="m2")
    expected = ["09:15:00 opened polsek deadline", "09:17:00 returned polsek input"]
    assert expected == day.told("T06", KR, until="12:00")


def test_what_was_taken_back_is_never_late() -> None:
    """§4 and §5: once its cause is gone, nothing that comes later says that it never was."""
    day = Story().begin().status("09:00", KR, "suspended")
    day.status("09:17", KR, "heartbeat", corrects="m2").status("09:05", KR, "resumed", "09:30")
    assert "09:17:00 returned polsek input" == day.told("T06", KR, until="12:00")[-1]


def test_another_report_of_the_same_carries_an_alert_on() -> None:
    """§5 "An alert whose cause a status `corrects` takes back has ended": if nothing else holds."""
    day = Story().begin().status("09:00", KR, "suspended", source="a")
    day.status("09:03", KR, "suspended", source="b")
    day.status("09:19", KR, "heartbeat", source="a", corrects="m2")
    assert ["09:15:00 opened polsek deadline"] == day.told("T06", KR, until="09:19:59")
    day.readings = Readings(another_report_carries_on=False)
    expected = ["09:19:00 returned polsek input", "09:19:00 reopened polsek deadline"]
    assert expected == day.told("T06", KR, until="09:19:59")[1:]


def test_the_same_id_of_another_source_is_another_status() -> None:
    """§2 "One event: (topic, `source.id` …, `id`)": `corrects` means the sender's own."""
    day = Story().begin().status("09:00", KR, "suspended")
    day.status("09:10", KR, "heartbeat", source="ptps", corrects="m2")
    assert ["09:15:00 opened polsek deadline"] == day.told("T06", KR, until="09:16")
    day.readings = Readings(corrects_any_source=True)
    assert [] == day.told("T06", KR, until="09:16")


def test_a_suspension_that_comes_late_opens_and_carries_its_deadline() -> None:
    """§4 "An absence line carries D however late it is settled; … counts from `now`"."""
    day = Story().begin().status("08:00", KR, "suspended", received="09:00")
    expected = ["08:15:00 opened polsek deadline", "09:05:00 escalated polres_ops deadline"]
    assert expected == day.told("T06", KR, until="09:06")


def test_a_suspension_that_comes_late_and_is_over_is_told_to_nobody() -> None:
    """§4 "the first mark at which `heard` > D" is past, and nothing holds: open, so a switch."""
    day = Story().begin().status("08:40", KR, "resumed", source="a")
    day.status("08:00", KR, "suspended", received="09:00")
    assert [] == day.told("T06", KR, until="12:00")
    day.readings = Readings(late_born_and_over_is_told=True)
    expected = ["08:15:00 opened polsek deadline", "08:40:00 returned polsek input"]
    assert expected == day.told("T06", KR, until="12:00")


@pytest.mark.parametrize(
    ("again", "line"),
    [("09:35", "09:50:00 reopened polsek deadline"), ("09:36", "09:51:00 opened polsek deadline")],
)
def test_a_condition_that_holds_again_soon_reopens(again: str, line: str) -> None:
    """§5 "within the rule's quiet time (30 min) … same id. Later: a new episode, new id"."""
    day = Story().begin().status("09:00", KR, "suspended").status("09:20", KR, "resumed")
    day.status(again, KR, "suspended")
    assert line == day.told("T06", KR, until="09:55")[2]
    ids = {written.alert for written in day.judged("09:55").lines if written.about.rule == "T06"}
    assert len(ids) == (1 if "reopened" in line else 2)
