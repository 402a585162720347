"""Stories of W07: the crowd says one thing and the police another."""

import pytest

from tests.oracle.stories import KR, TINY, R, Story

DESA, OTHER = KR[:13], "17.02.09.1012-002"


def crowd(*roles: str, category: str = "KAM-01", tps: str = KR) -> Story:
    """Reports of one matter at 09:00, 09:01 and so on, each by somebody else."""
    day = Story(TINY).begin()
    for minute, role in enumerate(roles):
        day.report(f"09:{minute:02d}", category, tps=tps, role=role, source=f"{role}-{minute}")
    return day


def calm(day: Story, clock: str, tps: str = KR, role: str = "polsek", **extra: object) -> Story:
    """An officer says that all is well."""
    return day.report(clock, "", tps=tps, role=role, situation="aman", **{"source": role, **extra})


def test_an_officer_who_contradicts_is_told_of() -> None:
    """Domain §4b W07 "crowd score ≥3 vs official “aman” within 30 min", T, OPS from L1."""
    day = calm(crowd("ptps"), "09:10")
    assert [f"09:10:00 opened high {DESA}|KAM-01"] == day.shown("W07", until="09:11")
    assert ["09:10:00 opened polsek input"] == day.told("W07", until="09:11")


@pytest.mark.parametrize(("clock", "opens"), [("08:30", True), ("08:29", False)])
def test_whichever_came_first(clock: str, *, opens: bool) -> None:
    """ADR 18 "lie within 30 minutes of each other, whichever came first"."""
    day = calm(Story(TINY).begin(), clock).report("09:00", "KAM-01", tps=KR, role="ptps")
    assert (["09:00:00 opened polsek input"] if opens else []) == day.told("W07", until="09:01")


@pytest.mark.parametrize(("clock", "opens"), [("09:30", True), ("09:31", False)])
def test_a_word_long_after_is_none(clock: str, *, opens: bool) -> None:
    """As above."""
    assert opens == bool(calm(crowd("ptps"), clock).told("W07"))


@pytest.mark.parametrize(
    ("roles", "opens"),
    [
        (("kpps", "warga"), True),
        (("kpps", "anonim"), False),
        (("polsek",), False),
        (("polsek", "kpps"), False),
        (("kpps", "anonim", "system"), False),
    ],
)
def test_the_crowd_is_everybody_but_police(roles: tuple[str, ...], *, opens: bool) -> None:
    """ADR 18 "“crowd” is everybody but police"; 3 in every class."""
    assert opens == bool(calm(crowd(*roles), "09:10", source="other").told("W07"))


@pytest.mark.parametrize(
    ("category", "opens"),
    [("INT-02", True), ("HIT-01", True), ("BEN-01", True), ("KAM-07", False), ("PID-01", False)],
)
def test_which_matters_can_be_contradicted(category: str, *, opens: bool) -> None:
    """ADR 18 "Asked of KAM (but KAM-07), INT-01, INT-02, HIT-01, BEN-01 and UMM-01"."""
    assert opens == bool(calm(crowd("ptps", category=category), "09:10").told("W07"))


def test_where_the_word_was_given() -> None:
    """ADR 18 "at the desa, or at a TPS that the evidence is about"."""
    assert [] == calm(crowd("ptps"), "09:10", tps=OTHER).told("W07")
    day = crowd("ptps").report("09:10", "", desa=DESA, role="polsek", situation="aman")
    assert 1 == len(day.told("W07", until="09:11"))
    day = Story(TINY).begin().report("09:00", "KAM-01", desa=DESA, role="ptps")
    assert 1 == len(calm(day, "09:10", tps=OTHER).told("W07", until="09:11"))


@pytest.mark.parametrize(
    ("source", "situation", "change"),
    [
        ("second", "aman", "returned"),
        ("second", "gangguan", "returned"),
        ("polsek", "aman", "escalated"),
        ("second", "waspada", "escalated"),
    ],
)
def test_a_second_officer_decides(source: str, situation: str, change: str) -> None:
    """ADR 18 "Ends with a word (`aman` or `gangguan`) … by another officer at that place"."""
    day = calm(crowd("ptps"), "09:10").status(
        "09:12", KR, "heartbeat", role="pam_tps", source=source, situation=situation
    )
    assert change in day.told("W07", until="09:20")[1]


def test_what_is_decided_is_over() -> None:
    """ADR 18 "it makes no further score, and its `aman` may be contradicted only by what …"."""
    day = calm(
        calm(calm(crowd("ptps"), "09:10"), "09:12", source="second"), "09:14", source="third"
    )
    assert "09:12:00 returned polsek input" == day.told("W07", until="09:15")[-1]
    day.report("09:20", "KAM-01", tps=KR, role="ptps", source="later")
    assert "09:20:00 reopened polsek input" == day.told("W07", until="09:21")[-1]


def test_of_an_officer_the_newest_word_counts() -> None:
    """ADR 18, on one place."""
    day = calm(Story(TINY).begin(), "08:50")
    day.report("08:55", "", tps=KR, role="polsek", source="polsek", situation="gangguan")
    assert [] == day.report("09:00", "KAM-01", tps=KR, role="ptps").told("W07")


def test_a_word_that_is_taken_back_was_never_said() -> None:
    """ADR 18 "or when the word or the reports are taken back"."""
    day = crowd("ptps").status("09:10", KR, "heartbeat", role="polsek", situation="aman")
    day.status("09:12", KR, "heartbeat", role="polsek", corrects="m3")
    assert "09:12:00 returned polsek input" == day.told("W07", until="09:13")[-1]


def test_a_person_decides_as_an_officer_does() -> None:
    """ADR 18 "or by a person": only what is said after that contradicts."""
    day = calm(crowd("ptps"), "09:10").command("09:12", "resolve", f"W07@{DESA}")
    calm(day, "09:14", source="third")
    assert "09:12:00 resolved polsek command" == day.told("W07", until="09:15")[-1]
    day.report("09:20", "KAM-01", tps=KR, role="ptps", source="more")
    assert "09:20:00 reopened polsek input" == day.told("W07", until="09:21")[-1]


def test_another_report_ends_nothing() -> None:
    """ADR 18 names what ends it; what the evidence names besides is "that place" too."""
    day = Story(TINY).begin().report("09:00", "KAM-01", desa=DESA, role="ptps")
    calm(day, "09:05").report("09:06", "KAM-01", "09:06:30", tps=R, role="ptps", source="more")
    assert 1 == len(day.told("W07", until="09:07"))
    assert "09:08:00 returned" == calm(day, "09:08", tps=R, source="b").told("W07")[-1][:17]
