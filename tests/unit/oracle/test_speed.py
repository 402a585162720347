"""Stories of V05: forms that come faster than anybody counts."""

import pytest

from tests.oracle.stories import KR, TOWN, Story


def counting(*forms: tuple[str, str], **extra: object) -> Story:
    """A TPS that counts from 13:00 on, and its provisional forms."""
    day = Story(TOWN).begin().status("13:00", KR, "counting_started")
    for clock, votes in forms:
        day.count(clock, KR, votes, status="provisional", **extra)
    return day


@pytest.mark.parametrize(
    ("forms", "opens"),
    [
        ([("13:30", "100 100"), ("13:35", "150 150")], False),
        ([("13:30", "100 100"), ("13:35", "150 151")], True),
        ([("13:30", "100 100"), ("13:34", "200 200")], False),
        ([("13:05", "50 50")], False),
        ([("13:05", "50 51")], True),
        ([("13:04", "150 150")], False),
        ([("12:50", "150 150")], False),
    ],
)
def test_more_than_twenty_a_minute(forms: list[tuple[str, str]], *, opens: bool) -> None:
    """Domain §4b V05 ">20 ballots/min over ≥5 min", S, ADM; also since `counting_started`."""
    told = counting(*forms).shown("V05", until="14:00")
    assert ([f"{forms[-1][0]}:00 opened medium {KR}|"] if opens else []) == told[:1]


def test_invalid_ballots_are_counted_too() -> None:
    """ADR 18 "Ballots: valid (else Σ votes) + invalid"."""
    assert 1 == len(counting(("13:05", "50 50"), invalid=1).told("V05", until="13:06"))


@pytest.mark.parametrize(
    ("clock", "votes", "opens"),
    [("13:04", "50 50", True), ("13:04", "50 49", False), ("13:05", "50 50", False)],
)
def test_a_final_form_that_was_there_at_once(clock: str, votes: str, *, opens: bool) -> None:
    """Domain §4b V05 "final <5 min after start with ≥100"."""
    day = counting().count(clock, KR, votes)
    assert opens == bool(day.told("V05", until="13:30"))


def test_sides_count_by_themselves() -> None:
    """ADR 18 "of the forms of one side and contest"."""
    day = counting(("13:30", "10 10")).count("13:36", KR, "100 100", role="saksi")
    assert [] == day.told("V05", until="14:00")


def test_what_is_corrected_was_not_too_fast() -> None:
    """ADR 18 "that are not corrected": `m4` is the second form."""
    day = counting(("13:30", "10 10"), ("13:36", "100 100"))
    day.count("13:50", KR, "20 20", corrects="m4")
    assert "13:50:00 returned kpps input" == day.told("V05", until="13:51")[-1]


def test_the_start_may_be_heard_of_later() -> None:
    """A status may show that a form came too fast."""
    day = Story(TOWN).begin().count("13:20", KR, "100 100")
    day.status("13:16", KR, "counting_started", "13:40")
    assert ["13:40:00 opened kpps input"] == day.told("V05", until="13:41")
