"""Stories of V01 and V02: sums that fail, and numbers that cannot be."""

import pytest

from tests.oracle.stories import KR, TOWN, VILLAGE, R, Story

BALLOTS = {"received": 423, "used": 210, "spoiled": 3, "unused": 210}
RIGHT: dict[str, object] = {
    "valid": 200,
    "invalid": 10,
    "ballots": BALLOTS,
    "voters": {"dpt": 205, "dptb": 3, "dpk": 2},
}
"""120 + 80 are 200; all sums hold."""


def form(**extra: object) -> Story:
    """One form of a TPS of the town, at 15:00."""
    tps, votes = str(extra.pop("tps", KR)), str(extra.pop("votes", "120 80"))
    return Story(TOWN).begin().count("15:00", tps, votes, **extra)


def test_a_form_whose_sums_hold_is_told_to_nobody() -> None:
    """Domain §4b V01 "sums fail"."""
    assert [] == form(**RIGHT).told("V01")
    assert [] == form(**RIGHT).told("V02")


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ({"valid": 199, "invalid": 11}, "votes"),
        ({"invalid": 11}, "used"),
        ({"voters": {"dpt": 205, "dptb": 3, "dpk": 3}}, "voters"),
        ({"ballots": {**BALLOTS, "spoiled": 4}}, "received"),
    ],
)
def test_each_sum_of_a_final_form_must_hold(wrong: dict[str, object], check: str) -> None:
    """ADR 18 "Σ votes = valid; valid + invalid = used; used = Σ voters; … = received"; S, ADM."""
    day = form(**{**RIGHT, **wrong})
    assert [f"15:00:00 opened medium {KR}|bupati:{check}"] == day.shown("V01", until="15:10")
    assert ["15:00:00 opened kpps input"] == day.told("V01", until="15:10")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"valid": 200},
        {"valid": 200, "invalid": 11},
        {"invalid": 11, "ballots": {"used": 300}},
        {"ballots": {"used": 211, "unused": 1, "received": 900}},
        {"ballots": {"spoiled": 3, "unused": 210, "received": 1}, "voters": {"dpt": 1}},
    ],
)
def test_what_is_not_told_cannot_fail(told: dict[str, object]) -> None:
    """ADR 18 "each where both sides are told": a sum needs each of its parts."""
    assert [] == form(**told).told("V01")


def test_all_lists_of_voters_are_added() -> None:
    """ADR 18 "each where both sides are told": a list that is not named is not empty."""
    assert [] == form(ballots={"used": 210}, voters={"dpt": 205, "dpk": 5}).told("V01")
    day = form(ballots={"used": 210}, voters={"dpt": 205, "dptb": 0, "dpk": 5})
    assert [] == day.told("V01")
    day = form(ballots={"used": 210}, voters={"dpt": 205, "dptb": 0, "dpk": 0})
    assert [f"15:00:00 opened medium {KR}|bupati:voters"] == day.shown("V01", until="15:01")


@pytest.mark.parametrize(
    ("valid", "opens"), [(203, False), (204, False), (206, False), (207, True), (193, True)]
)
def test_a_provisional_form_may_be_a_little_wrong(valid: int, *, opens: bool) -> None:
    """Domain §4b V01 "provisional >max(3, 3 %)", of the larger side: 200 and 206.19."""
    assert int(opens) == len(form(status="provisional", valid=valid).told("V01", until="15:01"))


@pytest.mark.parametrize(("valid", "opens"), [(23, False), (24, True), (17, False), (16, True)])
def test_three_are_a_little_of_anything(valid: int, *, opens: bool) -> None:
    """As above: 3 % of 20 are less than 3."""
    day = form(votes="12 8", status="provisional", valid=valid)
    assert int(opens) == len(day.told("V01", until="15:01"))


def test_a_new_form_that_holds_ends_it() -> None:
    """Domain §4b V01 auto-resolve "new form passes"."""
    day = form(valid=199).count("15:10", KR, "120 80", valid=200)
    expected = ["15:00:00 opened kpps input", "15:10:00 returned kpps input"]
    assert expected == day.told("V01")


def test_the_form_of_another_side_ends_nothing() -> None:
    """ADR 18 "Holds while any side's latest form fails"; a correction takes its form's place."""
    day = form(valid=199).count("15:10", KR, "120 80", valid=200, role="ptps")
    assert ["15:00:00 opened kpps input"] == day.told("V01", until="15:14")
    day.count("15:12", KR, "120 80", valid=200, role="ppk", corrects="m2")
    assert "15:12:00 returned kpps input" == day.told("V01", until="15:14")[-1]


def test_an_older_form_that_comes_late_changes_nothing() -> None:
    """ADR 18 "the latest by `at` counts"."""
    day = form(valid=200).count("14:50", KR, "120 80", "15:05", valid=1)
    assert [] == day.told("V01")


def test_contests_and_checks_are_told_apart() -> None:
    """ADR 18 "Key `CONTEST:CHECK`"."""
    day = form(valid=199).count("15:01", KR, "1 2 3", contest="gubernur", valid=7)
    expected = [
        f"15:00:00 opened medium {KR}|bupati:votes",
        f"15:01:00 opened medium {KR}|gubernur:votes",
    ]
    assert expected == day.shown("V01", until="15:02")


@pytest.mark.parametrize(
    ("votes", "extra"),
    [
        ("120 -1", {}),
        ("120 80", {"invalid": -1}),
        ("120 80", {"ballots": {"unused": -5}}),
        ("120 80", {"voters": {"dpk": -1}}),
        ("120 80", {"ballots": {"received": 199}}),
        ("1 2", {"valid": 200, "ballots": {"received": 199}}),
        ("120 80", {"ballots": {"used": 424}}),
        ("120 80", {"voters": {"dpt": 424}}),
        ("120 80", {"ballots": {"used": 416}, "voters": {"dpt": 400, "dptb": 3}}),
    ],
)
def test_what_cannot_be(votes: str, extra: dict[str, object]) -> None:
    """ADR 18 V02: below 0; valid > received; used > DPT + DPTb + DPK, or + reserve: 412 + 11."""
    day = form(votes=votes, **extra)
    assert [f"15:00:00 opened medium {KR}|bupati"] == day.shown("V02", until="15:10")
    assert ["15:00:00 opened kpps input"] == day.told("V02", until="15:10")


@pytest.mark.parametrize(
    "extra",
    [
        {"ballots": {"received": 200}},
        {"ballots": {"used": 423}},
        {"ballots": {"used": 415}, "voters": {"dpt": 400, "dptb": 3, "dpk": 0}},
        {"ballots": {"used": 430}, "voters": {"dpt": 412, "dpk": 18}},
    ],
)
def test_what_can_be(extra: dict[str, object]) -> None:
    """As above, at its edge."""
    assert [] == form(**extra).told("V02")


@pytest.mark.parametrize(("used", "opens"), [(615, False), (616, True)])
def test_no_tps_has_more_voters_than_the_law_allows(used: int, *, opens: bool) -> None:
    """ADR 18 "> `max_voters` + ceil(reserve × `max_voters`)": 600 + 15; also without a plan."""
    voters = {"dpt": 100, "dptb": 300}
    day = form(ballots={"used": used}, voters=voters, tps="17.02.09.1012-077")
    assert int(opens) == len(day.told("V02", until="15:01"))


def test_a_village_has_limits_of_its_own() -> None:
    """400 + 8, and 500 + 10."""
    tps = "36.04.17.2010-002"
    for used, opens in ((408, False), (409, True)):
        day = Story(VILLAGE).begin()
        day.count("15:00", tps, "5 5 5", contest="mekarsari", ballots={"used": used})
        assert int(opens) == len(day.told("V02", until="15:01"))


def test_a_corrected_form_ends_it() -> None:
    """Domain §4b V02 auto-resolve "corrected"."""
    day = form(votes="1200 80", ballots={"received": 423}).count("15:05", KR, "120 80")
    assert "15:05:00 returned kpps input" == day.told("V02")[-1]


def test_any_side_may_have_an_impossible_form() -> None:
    """As V01: of each side the latest form counts; `system` is no side."""
    day = form(tps=R, votes="-1 2", role="warga")
    assert 1 == len(day.told("V02", until="15:01"))
    assert [] == form(tps=R, votes="-1 2", role="system").told("V02")
