"""Stories of V04 and V06: counts that fell, and sides that disagree."""

import pytest

from tests.oracle.stories import KR, TOWN, Story


def counted(*forms: tuple[str, str], **extra: object) -> Story:
    """Provisional forms of one TPS at their times."""
    day = Story(TOWN).begin()
    for clock, votes in forms:
        day.count(clock, KR, votes, status="provisional", **extra)
    return day


def test_a_count_that_fell_is_told_at_once() -> None:
    """Domain §4b V04 "cumulative fell", S, ADM; ADR 18 "Key `CONTEST:CHOICE`"."""
    day = counted(("14:00", "50 40"), ("14:10", "49 60"))
    assert [f"14:10:00 opened medium {KR}|bupati:01"] == day.shown("V04", until="14:15")
    assert ["14:10:00 opened kpps input"] == day.told("V04", until="14:15")


def test_counts_that_rise_are_told_to_nobody() -> None:
    """As above, also where they stand still."""
    assert [] == counted(("14:00", "50 40"), ("14:10", "50 60"), ("14:20", "51 60")).told("V04")


def test_it_ends_with_as_many_again() -> None:
    """ADR 18 "Ends when the latest form has at least as many again"."""
    day = counted(("14:00", "50 40"), ("14:10", "48 60"), ("14:12", "49 60"), ("14:14", "50 60"))
    expected = ["14:10:00 opened kpps input", "14:14:00 returned kpps input"]
    assert expected == day.told("V04")


@pytest.mark.parametrize(
    ("role", "opens"), [("kpps", False), ("ppk", False), ("saksi", True), ("warga", True)]
)
def test_who_may_correct(role: str, *, opens: bool) -> None:
    """Domain §4b V04 "no `corrects` + authorised role": organisers and supervisors have it."""
    first = "kpps" if role == "ppk" else role
    day = counted(("14:00", "50 40"), role=first)
    day.count("14:10", KR, "45 40", role=role, source="x", corrects="m2")
    assert int(opens) == len(day.told("V04", until="14:11"))


def test_a_correction_ends_it() -> None:
    """ADR 18 "or with such a correction", which begins anew."""
    day = counted(("14:00", "50 40"), ("14:10", "45 40"))
    day.count("14:12", KR, "45 40", corrects="m2").count("14:14", KR, "46 40")
    assert ["14:10:00 opened kpps input", "14:12:00 returned kpps input"] == day.told("V04")


def test_sides_are_compared_with_themselves() -> None:
    """ADR 18 "within one side"; KPPS and PPK are one."""
    day = counted(("14:00", "50 40"))
    day.count("14:10", KR, "45 40", role="ptps").count("14:11", KR, "45 40", role="saksi")
    assert [] == day.told("V04")
    day.count("14:12", KR, "45 40", role="ppk")
    assert 1 == len(day.told("V04", until="14:13"))


def test_an_earlier_form_that_comes_late_shows_a_fall() -> None:
    """ADR 18 "ordered by `at`, so that the order of arrival does not matter"."""
    day = counted(("14:10", "45 40")).count("14:00", KR, "50 40", "14:20")
    assert ["14:20:00 opened kpps input"] == day.told("V04", until="14:21")


def test_a_choice_that_is_not_named_did_not_fall() -> None:
    """As V01: what is not told cannot be wrong."""
    assert [] == counted(("14:00", "50 40"), ("14:10", "51")).told("V04")


def finals(*forms: tuple[str, str, dict[str, object]]) -> Story:
    """Final forms, a minute apart, of several senders."""
    day = Story(TOWN).begin()
    for minute, (role, votes, extra) in enumerate(forms):
        day.count(f"15:0{minute}", KR, votes, role=role, **extra)
    return day


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        ("120 80", "120 79", "opened medium"),
        ("120 80", "119 80", "opened medium"),
        ("101 99", "99 101", "opened high"),
        ("100 100", "101 99", "opened high"),
    ],
)
def test_finals_that_differ_are_told(first: str, second: str, line: str) -> None:
    """Domain §4b V06 "S; margin-changing T": another winner; ADR 18 "a tie has several"."""
    day = finals(("kpps", first, {}), ("ptps", second, {}))
    assert [f"15:01:00 {line} {KR}|bupati"] == day.shown("V06", until="15:05")


@pytest.mark.parametrize(
    ("role", "extra", "opens"),
    [
        ("ptps", {}, True),
        ("panwas", {}, True),
        ("saksi", {"camp": "01"}, True),
        ("saksi", {}, True),
        ("ppk", {}, False),
        ("polsek", {}, False),
        ("warga", {}, False),
        ("ptps", {"status": "provisional"}, False),
        ("ptps", {"contest": "gubernur"}, False),
    ],
)
def test_whose_finals_are_compared(role: str, extra: dict[str, object], *, opens: bool) -> None:
    """ADR 18 "two sides among organisers, supervisors and witnesses (each camp)"."""
    day = finals(("kpps", "120 80", {}), (role, "120 79", extra))
    assert int(opens) == len(day.told("V06", until="15:05"))


def test_two_camps_are_two_sides() -> None:
    """As above; witnesses without a camp are one camp."""
    day = finals(("saksi", "120 80", {"camp": "01"}), ("saksi", "120 79", {"camp": "02"}))
    assert 1 == len(day.told("V06", until="15:05"))
    day = finals(("saksi", "120 80", {"source": "a"}), ("saksi", "120 79", {"source": "b"}))
    assert [] == day.told("V06")


def test_finals_that_agree_are_told_to_nobody() -> None:
    """Domain §4b V06 "finals differ"; a choice that one does not name does not differ."""
    day = finals(("kpps", "120 80", {}), ("ptps", "120 80", {}), ("saksi", "120", {}))
    assert [] == day.told("V06")


def test_it_ends_when_all_agree() -> None:
    """ADR 18 "Ends when all agree"."""
    day = finals(("kpps", "120 80", {}), ("ptps", "120 79", {}), ("saksi", "120 79", {}))
    day.count("15:04", KR, "120 80", role="ptps")
    assert ["15:01:00 opened kpps input"] == day.told("V06", until="15:06")
    day.count("15:06", KR, "120 80", role="saksi")
    assert "15:06:00 returned kpps input" == day.told("V06", until="15:06")[-1]


def test_it_rises_with_another_winner_and_falls_again() -> None:
    """§5 `raised` and `lowered`."""
    day = finals(("kpps", "101 99", {}), ("ptps", "101 98", {}), ("ptps", "99 101", {}))
    day.count("15:03", KR, "101 98", role="ptps").count("15:04", KR, "101 99", role="ptps")
    expected = [
        "15:01:00 opened kpps input",
        "15:02:00 raised ppk input",
        "15:03:00 lowered ppk input",
        "15:04:00 returned ppk input",
    ]
    assert expected == day.told("V06", until="15:05")


def test_what_a_person_resolved_is_told_nothing_until_it_has_cleared() -> None:
    """§5 `resolve`; a person who opens it again finds it as grave as it is by now."""
    day = finals(("kpps", "101 99", {}), ("ptps", "101 98", {}))
    name = day.judged().lines[-1].alert
    day.command("15:02", "resolve", name).count("15:03", KR, "99 101", role="ptps")
    assert "15:02:00 resolved kpps command" == day.told("V06", until="15:05")[-1]
    day.command("15:06", "reopen", name)
    assert f"15:06:00 reopened high {KR}|bupati" == day.shown("V06", until="15:06")[-1]
    assert "15:06:00 reopened ppk command" == day.told("V06", until="15:06")[-1]
