"""Stories of T01 and T02: materials that come late, and ballots that are too many or too few."""

import pytest

from tests.oracle.stories import KH, KH_PAIRED, KR, KR_FAR, SR, TOWN, VILLAGE, R, Story

EVE = "2024-11-26T20:00:00+07:00"


def town(clock: str = "05:00") -> Story:
    """A day of the town, where some ballots are due at 05:30."""
    return Story(TOWN).begin(clock)


@pytest.mark.parametrize(
    ("tps", "due"), [(KR, "06:00:00"), (R, "05:50:00"), (SR, "05:40:00"), (KH, "05:50:00")]
)
def test_materials_are_due_in_the_morning_where_the_plan_says_so(tps: str, due: str) -> None:
    """Domain §4b T01 "by … 05:30 D if "subuh" plan; [30/20/10/20] min grace", T, ADM."""
    assert [f"{due} opened ppk deadline"] == town().told("T01", tps, until="06:01")[:1]


@pytest.mark.parametrize(("tps", "due"), [(KR_FAR, "21:30:00"), (KH_PAIRED, "21:20:00")])
def test_materials_are_due_on_the_eve_elsewhere(tps: str, due: str) -> None:
    """Domain §4b T01 "by 21:00 D-1"."""
    told = town(EVE).told("T01", tps, until="2024-11-26T21:31:00+07:00")
    assert f"{due} opened ppk deadline" == told[0]


def test_late_materials_climb_and_end() -> None:
    """§5 high starts at L1, L2 at 5; a ladder of three stays at its top."""
    day = town().status("06:20", KR, "logistics_received")
    expected = [
        "06:00:00 opened ppk deadline",
        "06:05:00 escalated kpu deadline",
        "06:20:00 returned kpu input",
    ]
    assert expected == day.told("T01", KR, until="07:00")


@pytest.mark.parametrize("kind", ["logistics_received", "opened", "postponed"])
def test_materials_in_time_are_told_to_nobody(kind: str) -> None:
    """ADR 18: what has opened has had its materials; §4 "at or before D fulfils it"."""
    assert [] == town().status("06:00", KR, kind).told("T01", KR, until="09:00")


def test_materials_of_the_eve_are_in_time() -> None:
    """A receipt is no rehearsal, however early it is."""
    day = town(EVE).status("2024-11-26T20:30:00+07:00", KR, "logistics_received")
    assert [] == day.told("T01", KR, until="07:00")


def test_a_rehearsed_opening_is_no_receipt() -> None:
    """ADR 6: a stage of voting more than six hours before the opening changes no stage."""
    day = town(EVE).status("2024-11-26T20:30:00+07:00", KR, "opened")
    assert ["06:00:00 opened ppk deadline"] == day.told("T01", KR, until="06:01")


def test_a_receipt_that_comes_late_says_that_it_never_was() -> None:
    """§4 "whose `at` is at or before D re-judges: the alert is `resolved` with `cause: late`"."""
    day = town().status("05:45", KR, "logistics_received", received="06:03")
    expected = ["06:00:00 opened ppk deadline", "06:03:00 resolved ppk late"]
    assert expected == day.told("T01", KR, until="07:00")


def test_what_was_due_before_the_log_is_not_judged() -> None:
    """§4 "What fell due before the first record of the log is not judged"."""
    assert [] == town("05:41").told("T01", SR, until="09:00")
    assert [] == town().told("T01", KR_FAR, until="09:00")


@pytest.mark.parametrize(
    ("ballots", "severity"),
    [(423, ""), (424, "medium"), (422, "medium"), (444, "medium"), (445, "high"), (401, "high")],
)
def test_ballots_are_counted_to_the_last(ballots: int, severity: str) -> None:
    """T02: 412 + ceil(10.3) = 423, exactly; 5 % of it are 21.15, either way."""
    day = town().status("05:20", KR, "logistics_received", ballots=ballots, contest="bupati")
    expected = [f"05:20:00 opened {severity} {KR}|bupati"] if severity else []
    assert expected == day.shown("T02", KR, until="05:25")[:1]


def test_a_reserve_without_a_rest_is_not_rounded_up() -> None:
    """400 + 10: 2.5 % of 400 are ten, and no eleventh."""
    day = town().status("05:20", R, "logistics_received", ballots=410, contest="bupati")
    assert [] == day.told("T02")


def test_a_corrected_receipt_ends_it() -> None:
    """Domain §4b T02 auto-resolve "corrected receipt"; ladder ADM from kpps."""
    day = town().status("05:20", KR, "logistics_received", ballots=420, contest="bupati")
    day.status("05:30", KR, "logistics_received", ballots=423, contest="bupati", role="ptps")
    expected = ["05:20:00 opened kpps input", "05:30:00 returned kpps input"]
    assert expected == day.told("T02", until="06:00")


def test_a_receipt_that_is_taken_back_was_never_said() -> None:
    """ADR 18 "what is taken back by `corrects` was never said"."""
    day = town().status("05:20", KR, "logistics_received", ballots=420, contest="bupati")
    day.status("05:30", KR, "heartbeat", corrects="m2")
    assert "05:30:00 returned kpps input" == day.told("T02", until="06:00")[-1]


def test_the_latest_receipt_decides() -> None:
    """ADR 18 "the latest by `at` counts", however late another comes."""
    day = town().status("05:20", KR, "logistics_received", ballots=423, contest="bupati")
    day.status("05:10", KR, "logistics_received", "05:40", ballots=1, contest="bupati")
    assert [] == day.told("T02")


def test_a_wrong_number_may_get_worse_and_better() -> None:
    """§5 `raised`: level = max(present, start of the severity); `lowered`: all else unchanged."""
    day = town()
    for clock, ballots in (("05:20", 424), ("05:25", 900), ("05:28", 425)):
        day.status(clock, KR, "logistics_received", ballots=ballots, contest="bupati")
    expected = [
        "05:20:00 opened kpps input",
        "05:25:00 raised ppk input",
        "05:28:00 lowered ppk input",
        "05:30:00 escalated kpu deadline",
    ]
    assert expected == day.told("T02", until="05:59")


def test_contests_are_counted_apart() -> None:
    """ADR 18 "Key: the contest named, else the only contest of that TPS, else empty"."""
    day = town().status("05:20", KR, "logistics_received", ballots=420, contest="bupati")
    day.status("05:21", KR, "logistics_received", ballots=423, contest="gubernur")
    day.status("05:22", KR, "logistics_received", ballots=422)
    expected = [f"05:20:00 opened medium {KR}|bupati", f"05:22:00 opened medium {KR}|"]
    assert expected == day.shown("T02", until="05:25")


def test_the_only_contest_is_the_key() -> None:
    """As above; a village's ladder begins with its committee. 350 + 7."""
    lamaran = "36.04.18.2007-001"
    day = Story(VILLAGE).begin().status("05:20", lamaran, "logistics_received", ballots=350)
    assert [f"05:20:00 opened medium {lamaran}|lamaran"] == day.shown("T02", until="05:25")
    assert ["05:20:00 opened panitia input"] == day.told("T02", until="05:25")


def test_without_a_number_or_a_plan_nothing_is_wrong() -> None:
    """ADR 18 "with `ballots`"; "A TPS that no plan has is not judged"."""
    day = town().status("05:20", KR, "logistics_received", complete=False)
    day.status("05:21", "17.02.09.1012-077", "logistics_received", ballots=1, contest="bupati")
    assert [] == day.told("T02")
