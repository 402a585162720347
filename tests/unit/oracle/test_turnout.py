"""Stories of V03: more voters than one would think."""

import pytest

from tests.oracle.stories import KH, KR, SR, TOWN, R, Story


def counted(tps: str, votes: str, **extra: object) -> Story:
    """A final form of a TPS of the town."""
    return Story(TOWN).begin().count("15:00", tps, votes, **extra)


@pytest.mark.parametrize(
    ("tps", "votes", "opens"),
    [
        (KR, "400 3", False),
        (KR, "400 4", True),
        (R, "380 3", False),
        (R, "380 4", True),
        (SR, "270 3", False),
        (SR, "270 4", True),
        (KH, "215 4", False),
        (KH, "215 5", True),
    ],
)
def test_who_has_voted_of_the_list(tps: str, votes: str, *, opens: bool) -> None:
    """Domain §4b V03 "≥[98/96/95/100] %", R: 412, 400, 288 and 220 are on the lists."""
    told = counted(tps, votes).shown("V03")
    assert ([f"15:00:00 opened low {tps}|"] if opens else []) == told


def test_others_who_are_told_of_are_on_the_lists() -> None:
    """ADR 18 "of the DPT and whom the form tells of DPTb and DPK": 404 of 422 are 95.7 %."""
    voters = {"dpt": 394, "dptb": 6, "dpk": 4}
    assert [] == counted(KR, "400 4", voters=voters).told("V03")
    assert ["15:00:00 opened kpps input"] == counted(KR, "410 4", voters=voters).told("V03")


def test_a_form_that_cannot_be_says_nothing() -> None:
    """ADR 18 "A form that cannot be (V02) and a TPS that the plan does not have say nothing"."""
    assert [] == counted(KR, "400 40").told("V03")
    assert [] == counted("17.02.09.1012-009", "400 40").told("V03")


def test_any_side_is_enough_and_all_must_take_it_back() -> None:
    """ADR 18 "of the latest form of each side and contest the highest share"."""
    day = counted(KR, "300 4").count("15:10", KR, "400 4", role="saksi")
    day.count("15:20", KR, "300 5").count("15:30", KR, "300 4", role="saksi")
    assert ["15:10:00 opened kpps input", "15:30:00 returned kpps input"] == day.told("V03")


def test_two_contests_make_one_alert() -> None:
    """ADR 18 "One alert a TPS, whatever the contest"."""
    day = counted(KR, "400 4").count("15:05", KR, "400 2 2", contest="gubernur")
    assert 1 == len(day.told("V03"))


def test_a_person_closes_it() -> None:
    """Contract §5 "no new episode until the condition has cleared once"."""
    day = counted(KR, "400 4").command("15:05", "resolve", f"V03@{KR}")
    day.count("15:10", KR, "400 5")
    assert ["15:00:00 opened kpps input", "15:05:00 resolved kpps command"] == day.told("V03")
