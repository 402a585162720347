"""Stories of W15: categories that no other rule names."""

import pytest

from tests.oracle.stories import KR, SR, TOWN, VILLAGE, R, Story

DESA, SR_DESA = "17.02.09.1012", "17.02.07.2012"


def told(*roles: str, category: str, tps: str = KR) -> list[str]:
    """What opens of W15 after a report a minute, each by somebody else."""
    lines = reports(*roles, category=category, tps=tps).shown("W15", until="15:09")
    return [line for line in lines if "opened" in line]


def reports(*roles: str, category: str, tps: str = KR) -> Story:
    """Reports at 15:00, 15:01 and so on."""
    day = Story(TOWN).begin()
    for minute, role in enumerate(roles):
        day.report(f"15:{minute:02d}", category, tps=tps, role=role, source=f"{role}-{minute}")
    return day


@pytest.mark.parametrize(
    ("category", "roles", "line"),
    [
        ("KAM-09", ("ptps",), "opened high"),
        ("KAM-11", ("kpps",), "opened high"),
        ("INT-03", ("kpps",), "opened medium"),
        ("PID-04", ("kpps",), "opened medium"),
        ("NET-02", ("warga",), "opened medium"),
        ("NET-03", ("kpps",), "opened high"),
        ("LOG-01", ("kpps",), "opened high"),
        ("LOG-02", ("linmas",), "opened high"),
        ("LOG-03", ("kpps",), "opened high"),
        ("LOG-04", ("kpps",), "opened high"),
        ("PRO-01", ("anonim",), "opened medium"),
        ("PRO-02", ("ptps",), "opened high"),
        ("PRO-03", ("ptps",), "opened medium"),
        ("HIT-01", ("ptps",), "opened high"),
        ("HIT-03", ("ptps",), "opened medium"),
        ("INF-01", ("saksi",), "opened medium"),
        ("UMM-01", ("warga",), "opened low"),
    ],
)
def test_each_category_has_its_row(category: str, roles: tuple[str, ...], line: str) -> None:
    """Domain §4a: severity and corroboration; the scope is the TPS if all are of one."""
    assert [f"15:00:00 {line} {KR}|{category}"] == told(*roles, category=category)


@pytest.mark.parametrize(
    ("category", "roles"),
    [
        ("KAM-09", ("kpps", "anonim")),
        ("KAM-11", ("warga", "anonim")),
        ("INT-03", ("warga",)),
        ("NET-02", ("anonim",)),
        ("LOG-01", ("warga", "warga", "saksi")),
        ("LOG-02", ("anonim", "warga")),
        ("PRO-01", ("system",)),
        ("HIT-01", ("saksi", "saksi", "anonim")),
        ("UMM-01", ("anonim",)),
    ],
)
def test_too_little_waits_for_a_person(category: str, roles: tuple[str, ...]) -> None:
    """Domain §4a: cN, and of LOG-01 and LOG-02 "(official)"; witnesses of one camp are one."""
    assert [] == told(*roles, category=category)


@pytest.mark.parametrize("category", ["PID-01", "NET-01", "KES-01", "BEN-01", "INF-02", "HIT-02"])
def test_other_rules_categories_are_not_its_own(category: str) -> None:
    """Domain §4b W15 names its categories."""
    assert [] == told("polsek", "ptps", "kpps", category=category)


@pytest.mark.parametrize(
    ("category", "level"),
    [
        ("KAM-11", "polsek"),
        ("HIT-01", "polsek"),
        ("UMM-01", "tps"),
        ("PID-04", "ptps"),
        ("NET-02", "ptps"),
        ("PRO-02", "panwascam"),
        ("HIT-03", "ptps"),
        ("LOG-04", "ppk"),
        ("INF-01", "kpps"),
    ],
)
def test_each_category_has_its_ladder(category: str, level: str) -> None:
    """Domain §4b W15 "OPS for KAM, HIT-01, UMM-01; GAK for PID-04, NET-02, …; ADM else"."""
    day = reports("ptps", category=category)
    assert [f"15:00:00 opened {level} input"] == day.told("W15", until="15:01")


def test_a_village_has_ladders_of_its_own() -> None:
    """§1 "(pilkades: `panitia satreskrim`)"."""
    day = Story(VILLAGE).begin().report("15:00", "PRO-02", tps="36.04.18.2007-001", role="ptps")
    assert ["15:00:00 opened satreskrim input"] == day.told("W15", until="15:01")


def test_the_most_vulnerable_class_makes_it_easier() -> None:
    """Domain §4b W15 "SR one level easier"; §4 "threshold − 1, not below 1"."""
    assert 1 == len(told("kpps", category="KAM-09", tps=SR))
    assert 1 == len(told("warga", category="LOG-04", tps=SR))
    assert [] == told("anonim", category="INF-01", tps=SR)


def test_several_tps_make_an_alert_of_the_desa() -> None:
    """Domain §4b W15 "desa+code (tps if all at one)"."""
    day = reports("warga", category="LOG-04").report("15:05", "LOG-04", tps=R, source="r")
    assert [f"15:05:00 opened high {DESA}|LOG-04"] == day.shown("W15", until="15:06")
    day = reports("warga", category="LOG-04").report("15:05", "LOG-04", desa=DESA, source="r")
    assert [f"15:05:00 opened high {DESA}|LOG-04"] == day.shown("W15", until="15:06")


def test_a_tps_with_an_alert_of_its_own_is_not_counted_for_the_desa() -> None:
    """ADR 18 "without that of a TPS whose own alert of that category holds"."""
    day = reports("kpps", category="LOG-04").report("15:05", "LOG-04", tps=R, source="r")
    assert not any(f"{DESA}|" in line for line in day.shown("W15"))
    day.report("15:06", "LOG-04", desa=DESA, source="s")
    assert f"15:06:00 opened high {DESA}|LOG-04" == day.shown("W15", until="15:06")[-1]


def test_a_tps_may_follow_its_desa() -> None:
    """As above: its own evidence is enough later, and both go on."""
    day = reports("warga", category="LOG-04").report("15:02", "LOG-04", tps=R, source="r")
    day.report("15:03", "LOG-04", tps=KR, source="s")
    expected = [f"15:02:00 opened high {DESA}|LOG-04", f"15:03:00 opened high {KR}|LOG-04"]
    assert expected == day.shown("W15", until="15:04")


@pytest.mark.parametrize(("newest", "opens"), [("16:00", True), ("16:00:01", False)])
def test_the_window_has_an_hour(newest: str, *, opens: bool) -> None:
    """Domain §4b W15 "in 60 min": a citizen, and an official who is only just in it."""
    day = Story(TOWN).begin().report(newest, "LOG-01", "16:00", tps=KR)
    day.report("15:00", "LOG-01", "16:00", tps=KR, role="kpps", channel="sms")
    assert int(opens) == len(day.told("W15", until="16:01"))


def test_trouble_in_a_status_is_a_report() -> None:
    """§2 "`gangguan`, in a status …, is itself a report of category `UMM-01` by that source"."""
    day = Story(TOWN).begin().status("15:00", KR, "heartbeat", situation="gangguan")
    assert [f"15:00:00 opened low {KR}|UMM-01"] == day.shown("W15")
    day = Story(TOWN).begin().report("15:00", "", tps=KR, situation="gangguan")
    assert [f"15:00:00 opened low {KR}|UMM-01"] == day.shown("W15")
    day = Story(TOWN).begin().report("15:00", "LOG-04", tps=KR, situation="gangguan", role="kpps")
    assert [f"15:00:00 opened high {KR}|LOG-04"] == day.shown("W15", until="15:01")


def test_trouble_at_no_place_is_no_evidence() -> None:
    """A check-in without a TPS is placed by the officer's Polsek."""
    day = (
        Story(TOWN)
        .begin()
        .status("15:00", "", "checkin", officer="D1", role="polsek", situation="gangguan")
    )
    assert [] == day.told("W15")


def test_trouble_that_is_taken_back_has_ended() -> None:
    """§5 "An alert whose cause a status `corrects` takes back has ended"."""
    day = Story(TOWN).begin().status("15:00", KR, "heartbeat", situation="gangguan")
    day.status("15:05", KR, "heartbeat", corrects="m2")
    assert "15:05:00 returned tps input" == day.told("W15")[-1]


def test_trouble_that_others_tell_too_goes_on() -> None:
    """As above: what is left of the evidence is enough."""
    day = Story(TOWN).begin().status("15:00", KR, "heartbeat", situation="gangguan")
    day.report("15:02", "UMM-01", tps=KR).status("15:05", KR, "heartbeat", corrects="m2")
    assert ["15:00:00 opened tps input"] == day.told("W15")


def test_another_correction_ends_nothing() -> None:
    """As above; a score that has fallen ends nothing either, only quiet does."""
    day = Story(TOWN).begin().report("15:00", "UMM-01", tps=KR)
    day.report("15:50", "UMM-01", tps=KR, role="anonim").status("15:51", KR, "heartbeat")
    day.status("15:52", KR, "heartbeat", corrects="m4")
    assert ["15:00:00 opened tps input"] == day.told("W15")


def test_a_command_for_another_alert_ends_nothing() -> None:
    """Quiet ends it by itself, also at the very moment of a command for something else."""
    day = reports("warga", category="INF-01").command("15:10", "ack", f"W15@{KR}|INF-01")
    day.report("15:30", "KAM-06", tps=KR).command("16:00", "ack", f"W01@{DESA}|KAM-06")
    assert "16:00:00 resolved kpps deadline" == day.told("W15", until="17:00")[-1]


def test_it_ends_when_it_was_quiet_and_acknowledged() -> None:
    """Domain §4b W15 "60 min quiet + ack"."""
    day = reports("warga", category="INF-01").command("15:10", "ack", f"W15@{KR}|INF-01")
    assert "16:00:00 resolved kpps deadline" == day.told("W15", until="17:00")[-1]
    day = reports("warga", category="INF-01").command("16:30", "ack", f"W15@{KR}|INF-01")
    expected = ["16:30:00 acknowledged kpu command", "16:30:00 resolved kpu command"]
    assert expected == day.told("W15", until="17:00")[-2:]


@pytest.mark.parametrize(("again", "change"), [("18:30", "reopened"), ("18:31", "opened")])
def test_what_was_quiet_before_it_was_resolved_is_over_then(again: str, change: str) -> None:
    """ADR 18 "The quiet time within which an alert reopens counts from its end as it was told"."""
    day = reports("warga", category="INF-01").command("18:00", "resolve", f"W15@{KR}|INF-01")
    day.report(again, "INF-01", tps=KR, source="x")
    assert f"{again}:00 {change} kpps input" == day.told("W15", until=again)[-1]


@pytest.mark.parametrize(("again", "change"), [("16:30", "reopened"), ("16:31", "opened")])
def test_new_evidence_soon_after_reopens(again: str, change: str) -> None:
    """§5 "holds again within the rule's quiet time (30 min) … `reopened`"."""
    day = reports("warga", category="INF-01").command("15:10", "ack", f"W15@{KR}|INF-01")
    day.report(again, "INF-01", tps=KR, source="x")
    assert f"{again}:00 {change} kpps input" == day.told("W15", until=again)[-1]
