"""Stories of W10: officers who check in no more."""

import pytest

from tests.oracle.stories import DISTRICT, KH_PAIRED, KR, SR, SR_PEER, TINY, Story

B1, C1 = "officer:16.10/B1", "officer:16.10/C1"
OF_B1 = sorted(code for code in DISTRICT.tps if code.startswith("16.10.16.2003"))


def checked_in(officer: str, clock: str = "07:00", **extra: object) -> Story:
    """An officer of the tiny folder who checks in once."""
    return Story(TINY).begin().status(clock, "", "checkin", officer=officer, **extra)


@pytest.mark.parametrize(
    ("officer", "due", "rise"),
    [("A1", "08:00", "09:00"), ("B1", "08:30", "10:00"), ("C1", "07:30", "08:00")],
)
def test_an_officer_who_is_silent(officer: str, due: str, rise: str) -> None:
    """Domain §4b W10 "[90/60/30/60]", S→T at twice the limit, by the TPS of his pair."""
    shown = [line for line in checked_in(officer).shown("W10", until="10:01") if "esc" not in line]
    scope = f"officer:17.02/{officer}|"
    assert [f"{due}:00 opened medium {scope}", f"{rise}:00 raised high {scope}"] == shown


def test_only_a_checkin_counts() -> None:
    """ADR 18, as it says."""
    day = checked_in("C1").status("07:20", SR, "heartbeat", role="pam_tps", source="C1")
    assert "07:30:00 opened tps deadline" == day.told("W10", until="07:31")[0]
    day.status("07:35", "", "checkin", officer="C1")
    assert "07:35:00 returned tps input" == day.told("W10")[-1]


def test_one_that_came_late_says_that_it_never_was() -> None:
    """Contract §4: "the alert is `resolved` with `cause: late`"."""
    day = checked_in("C1").status("07:25", "", "checkin", "07:40", officer="C1")
    assert "07:40:00 resolved polsek late" == day.told("W10", until="07:41")[-1]


def boxes(day: Story, clock: str, *codes: str) -> Story:
    """The boxes of some TPS arrive."""
    for tps in codes:
        day.status(clock, tps, "box_arrived", role="ppk")
    return day


def test_he_is_watched_until_the_boxes_are_in() -> None:
    """ADR 18 "until the boxes of his TPS are in (or those are postponed)"."""
    assert [] == boxes(checked_in("C1"), "07:20", SR, SR_PEER).told("W10", until="12:00")
    assert 1 == len(boxes(checked_in("C1"), "07:20", SR).told("W10", until="07:31"))
    day = boxes(checked_in("C1"), "07:20", SR).status("07:25", SR_PEER, "postponed")
    assert [] == day.told("W10", until="12:00")
    late = boxes(checked_in("C1"), "07:40", SR, SR_PEER)
    assert "07:40:00 returned polsek input" == late.told("W10", until="07:41")[-1]


@pytest.mark.parametrize(
    ("checkin", "fire", "due"),
    [("07:00", "07:20", "07:30"), ("07:20", "07:05", "07:30"), ("07:20", "07:25", "07:35")],
)
def test_trouble_makes_ten_minutes_of_it(checkin: str, fire: str, due: str) -> None:
    """Domain §4b W10 "after any KAM 10", "counted from the later of its opening and …"."""
    day = Story(TINY).begin()
    for clock in sorted({checkin, fire}):
        if clock == fire:
            day.report(fire, "KAM-05", tps=KH_PAIRED, role="ptps")
        else:
            day.status(checkin, "", "checkin", officer="A1")
    assert f"{due}:00 opened tps deadline" == day.told("W10", until="07:36")[0]


def test_trouble_that_nobody_believes_calls_no_officer() -> None:
    """ADR 18 "What nobody believes yet calls no officer"; nor does what is elsewhere, or other."""
    day = checked_in("A1").report("07:10", "KAM-05", tps=KR, role="warga")
    day.report("07:10", "KAM-05", tps=SR, role="ptps")
    day.report("07:10", "LOG-03", tps=KR, role="ptps")
    assert "08:00:00 opened tps deadline" == day.told("W10", until="08:01")[0]


def test_trouble_that_is_over_gives_him_his_time_again() -> None:
    """ADR 18 "from its opening until it ends"."""
    day = checked_in("A1").report("07:10", "KAM-05", tps=KR, role="ptps")
    day.command("07:15", "resolve", f"W01@{KR[:13]}|KAM-05", by="chief")
    assert "08:00:00 opened tps deadline" == day.told("W10", until="08:01")[0]


@pytest.mark.parametrize(
    ("officer", "tps", "due"), [("B1", "", "08:30"), ("C1", "16.10.16.2002-001", "07:30")]
)
def test_which_tps_are_his(officer: str, tps: str, due: str) -> None:
    """ADR 18 "of his pair, else of his `desa`, else those that his check-ins named"."""
    day = Story(DISTRICT).begin().status("07:00", tps, "checkin", officer=officer)
    assert f"{due}:00 opened tps deadline" == day.told("W10", until="08:31")[0]


def test_a_desa_is_done_when_all_of_it_is() -> None:
    """As above."""
    day = Story(DISTRICT).begin().status("07:00", "", "checkin", officer="B1")
    assert 1 == len(boxes(day, "07:10", *OF_B1[:-1]).told("W10", B1, until="08:31"))
    assert [] == boxes(day, "07:11", OF_B1[-1]).told("W10", B1, until="12:00")
