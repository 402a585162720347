"""Stories of W08, W09, W12 and W13: what only a person closes."""

from dataclasses import replace

import pytest

from tests.oracle.stories import CHIEF, KR, SR, TOWN, VILLAGE, R, Story

DESA = "17.02.09.1012"
PHOTO = [{"kind": "photo"}]
ADI = "officer:17.02/A1"
"""Of a pair whose most vulnerable TPS is of class khusus."""
ILL = f"W12@{KR}|KES-01"


def reports(*roles: str, category: str, tps: str = KR, **extra: object) -> Story:
    """Reports at 15:00, 15:01 and so on, each by somebody else."""
    day = Story(TOWN).begin()
    for minute, role in enumerate(roles):
        who = {"role": role, "source": f"{role}-{minute}"}
        day.report(f"15:{minute:02d}", category, tps=tps, **who, **extra)
    return day


def ill() -> Story:
    """Somebody is ill at 15:00."""
    return reports("warga", category="KES-01")


def of_adi(minutes: int = 0) -> Story:
    """A report about an officer."""
    day = Story(TOWN).begin()
    return day.report(f"15:{minutes:02d}", "NET-01", tps=KR, subject={"officer": "A1"})


@pytest.mark.parametrize(
    ("category", "roles", "line"),
    [
        ("NET-01", ("warga",), f"W08 medium propam_polres {KR}|"),
        ("PID-01", ("saksi",), f"W09 medium ptps {KR}|PID-01"),
        ("PID-02", ("kpps",), f"W09 high panwascam {KR}|PID-02"),
        ("PID-03", ("warga", "linmas"), f"W09 high panwascam {KR}|PID-03"),
        ("KES-01", ("warga",), f"W12 high polsek {KR}|KES-01"),
        ("KES-02", ("warga", "warga"), f"W12 medium tps {KR}|KES-02"),
        ("BEN-01", ("warga", "warga"), f"W13 critical polres_ops {DESA}|BEN-01"),
    ],
)
def test_each_category_has_its_row(category: str, roles: tuple[str, ...], line: str) -> None:
    """Domain §4a: severity, corroboration and ladder; §4b: scope and key."""
    judged = reports(*roles, category=category, evidence=PHOTO).judged()
    told = [
        f"{one.about.rule} {one.severity} {one.level} {one.about.scope}|{one.about.key}"
        for one in judged.lines
        if one.change == "opened" and one.about.rule in line
    ]
    assert [line] == told


@pytest.mark.parametrize(
    ("category", "roles"),
    [
        ("NET-01", ("anonim",)),
        ("PID-01", ("anonim", "system")),
        ("PID-02", ("warga", "anonim")),
        ("PID-03", ("saksi", "saksi", "anonim")),
        ("KES-01", ("anonim",)),
        ("KES-02", ("warga",)),
        ("BEN-01", ("warga",)),
    ],
)
def test_too_little_waits_even_where_it_is_most_vulnerable(
    category: str, roles: tuple[str, ...]
) -> None:
    """ADR 18 "the taxonomy's number in every class"."""
    day = reports(*roles, category=category, tps=SR, evidence=PHOTO)
    assert not {"W08", "W09", "W12", "W13"} & {line.about.rule for line in day.judged().lines}


def test_money_needs_something_to_show() -> None:
    """Domain §4a PID-01 "c1 + evidence"; ADR 18 "of whatever kind"; of the other two nothing."""
    day = reports("warga", "ptps", category="PID-01").report("15:05", "PID-01", tps=KR, evidence=[])
    assert [] == day.told("W09")
    day.report("15:09", "PID-01", tps=KR, evidence=[{"kind": "witness"}])
    assert ["15:09:00 opened ptps input"] == day.told("W09")
    assert 1 == len(reports("ptps", category="PID-02").told("W09"))


def test_whoever_shows_it_must_count() -> None:
    """ADR 18 "a voice that counts"; in whichever of its words it has something."""
    day = reports("warga", category="PID-01").report("15:01", "PID-01", tps=KR, role="system")
    day.lines[-1] = day.lines[-1].replace(
        '"category"', '"evidence": [{"kind": "photo"}], "category"'
    )
    assert [] == day.told("W09")
    day.report("15:02", "PID-01", tps=KR, source="warga-0", evidence=PHOTO)
    assert ["15:02:00 opened ptps input"] == day.told("W09")


@pytest.mark.parametrize(
    ("category", "rule", "scope"),
    [("NET-01", "W08", DESA), ("PID-02", "W09", DESA), ("KES-02", "W12", DESA)],
)
def test_without_a_tps_it_is_the_desas_own_matter(category: str, rule: str, scope: str) -> None:
    """§4 "W04, W09, W12 without a TPS take the desa", and W08 without an officer."""
    day = Story(TOWN).begin().report("15:00", category, tps=KR, role="anonim")
    day.report("15:01", category, desa=DESA, role="ptps")
    assert [scope] == [line.partition("|")[0].split()[-1] for line in day.shown(rule)]


def test_a_disaster_is_of_the_desa() -> None:
    """Domain §4b W13 "desa+BEN": of all its TPS together."""
    day = reports("warga", category="BEN-01").report("15:05", "BEN-01", tps=R)
    assert [f"15:05:00 opened critical {DESA}|BEN-01"] == day.shown("W13")


def test_an_officer_is_one_matter_wherever_it_is_told() -> None:
    """ADR 18 "scope is the officer of `subject`, of whatever desa it is told"."""
    half = {"role": "anonim", "subject": {"officer": "A1"}}
    day = Story(TOWN).begin().report("15:00", "NET-01", tps=KR, **half)
    day.report("15:01", "NET-01", tps=SR, **half).report("15:02", "NET-01", place={}, **half)
    assert [f"15:01:00 opened medium {ADI}|"] == day.shown("W08")
    (alert,) = (a for a in day.judged().alerts if a.about.rule == "W08")
    assert ("17.02", "khusus") == (alert.place, alert.tps_class)


def test_the_class_of_an_officer_is_that_of_his_pair() -> None:
    """§1 "A pair or an officer takes the most vulnerable TPS of the pair"."""
    day = of_adi()
    told = "15:11:15 escalated propam_polda deadline"
    expected = ["15:00:00 opened propam_polres input", told]
    assert expected == day.told("W08", until="18:00")


@pytest.mark.parametrize(
    ("by", "verb", "fine"),
    [
        ("prop", "ack", True),
        ("prop", "resolve", True),
        ("prop", "close_case", True),
        ("prop", "escalate", False),
        ("prop_far", "close_case", False),
        (CHIEF, "close_case", False),
        (CHIEF, "ack", False),
        ("ops", "note", False),
        ("kpu", "ack", False),
    ],
)
def test_only_propam_acts_on_its_alerts(by: str, verb: str, *, fine: bool) -> None:
    """ADR 18 "Only the role `propam` acts on alerts of PROP", each in his area."""
    day = of_adi().command("15:05", verb, f"W08@{ADI}", by=by, reason="R/LI-07")
    assert int(not fine) == len(day.refusals())


@pytest.mark.parametrize(
    ("by", "verb", "fine"),
    [
        (CHIEF, "close_case", True),
        (CHIEF, "resolve", True),
        ("ops", "resolve", True),
        ("ops", "close_case", False),
        ("kpu", "close_case", False),
        ("kpu", "resolve", False),
        ("prop", "close_case", False),
    ],
)
def test_a_commander_closes_the_others(by: str, verb: str, *, fine: bool) -> None:
    """§5 `close_case` is a commander's; propam's on PROP; liaison's alerts are ADM and GAK."""
    day = ill().command("15:05", verb, ILL, by=by, reason="di Puskesmas")
    expected = ["15:05:00 resolved polsek command"] if fine else []
    assert expected == [line for line in day.told("W12") if "resolved" in line]


@pytest.mark.parametrize("reason", [{}, {"reason": ""}])
def test_a_case_is_closed_with_a_reason(reason: dict[str, str]) -> None:
    """§5 "with a field missing that the command needs"; ADR 18 "with the number at …"."""
    day = ill().command("15:05", "close_case", ILL, by=CHIEF, **reason)
    assert ["close_case needs a reason"] == day.refusals()
    day.command("15:06", "resolve", ILL, by=CHIEF, **reason)
    assert "15:06:00 resolved polres_ops command" == day.told("W12")[-1]
    day.command("15:07", "close_case", ILL, by=CHIEF, reason="lagi")
    assert "no such alert" == day.refusals()[-1]


def test_nothing_but_a_person_ends_it() -> None:
    """ADR 18 "no “aman”, no quiet", also where it is acknowledged."""
    day = ill().command("15:05", "ack", ILL)
    day.status("15:10", KR, "checkin", officer="A1", role="pam_tps", situation="aman")
    day.report("15:11", "", tps=KR, role="polsek", situation="aman")
    assert "15:05:00 acknowledged polsek command" == day.told("W12", until="23:00")[-1]


@pytest.mark.parametrize(
    ("again", "change"),
    [("16:10", ""), ("16:10:01", "reopened"), ("16:40", "reopened"), ("16:40:01", "opened")],
)
def test_it_begins_again_a_window_after_the_last_report(again: str, change: str) -> None:
    """ADR 18 "cleared when a window has passed without a report"; §5 "quiet time (30 min)"."""
    day = ill().command("15:05", "resolve", ILL).report("15:10", "KES-01", tps=KR)
    day.report(again, "KES-01", tps=KR)
    clock = again if len(again) == 8 else f"{again}:00"
    expected = [f"{clock} {change} polsek input"] if change else []
    assert expected == [line for line in day.told("W12") if line > "15:06"]


@pytest.mark.parametrize(("again", "change"), [("18:30", "reopened"), ("18:31", "opened")])
def test_what_was_quiet_before_it_was_closed_is_over_then(again: str, change: str) -> None:
    """ADR 18 "The quiet time within which an alert reopens counts from its end as it was told"."""
    day = ill().command("18:00", "resolve", ILL).report(again, "KES-01", tps=KR)
    assert f"{again}:00 {change} polsek input" == day.told("W12", until=again)[-1]


def test_what_was_told_while_it_was_blocked_counts_later() -> None:
    """As in W15: the score fell at 15:59, and that report is evidence of what begins after it."""
    day = reports("kpps", category="KES-02").command("15:01", "resolve", f"W12@{KR}|KES-02")
    day.report("15:59", "KES-02", tps=KR, role="anonim", source="x")
    day.report("16:05", "KES-02", tps=KR, source="y")
    day.report("16:06", "KES-02", tps=KR, role="anonim", source="z")
    assert "16:06:00 reopened tps input" == day.told("W12", until="16:10")[-1]


def test_a_village_has_the_same_propam() -> None:
    """§1 "PROP `propam_polres propam_polda`", without another of a pilkades."""
    day = Story(VILLAGE).begin().report("15:00", "NET-01", tps="36.04.18.2007-001")
    assert ["15:00:00 opened propam_polres input"] == day.told("W08", until="15:01")
    alone = replace(VILLAGE, actors=None)
    assert ("propam_polres", "propam_polda") == alone.ladders["PROP"]
