"""Stories of W03: conflict between supporters, and incitement."""

import pytest

from tests.oracle.stories import KH, KR, SR, TOWN, R, Story

DESA = "17.02.09.1012"


def fight(*roles: str, tps: str = KR, category: str = "KAM-08") -> Story:
    """Reports of one fight at 15:00, 15:01 and so on, each by somebody else."""
    day = Story(TOWN).begin()
    for minute, role in enumerate(roles):
        day.report(f"15:{minute:02d}", category, tps=tps, role=role, source=f"{role}-{minute}")
    return day


@pytest.mark.parametrize(
    ("tps", "enough", "too_little"),
    [
        (KR, ("pam_tps", "warga"), ("pam_tps",)),
        (R, ("pam_tps",), ("kpps", "anonim")),
        (SR, ("kpps",), ("warga", "anonim")),
        (KH, ("kpps", "warga"), ("kpps", "anonim")),
    ],
)
def test_each_class_has_its_score(
    tps: str, enough: tuple[str, ...], too_little: tuple[str, ...]
) -> None:
    """Domain §4b W03 "score ≥[4/3/2/3] in 45 min", T, OPS."""
    told = fight(*enough, tps=tps).told("W03", tps[:13])
    assert [f"15:{len(enough) - 1:02d}:00 opened polsek input"] == told
    assert [] == fight(*too_little, tps=tps).told("W03")


def test_categories_of_a_desa_are_apart() -> None:
    """Domain §4b W03 key "desa+code"."""
    day = fight("pam_tps", "warga").report("15:05", "KAM-10", tps=KR, role="warga")
    assert [f"15:01:00 opened high {DESA}|KAM-08"] == day.shown("W03", until="15:05")


def test_evidence_of_a_desa_belongs_together() -> None:
    """The scope is the desa; the most vulnerable TPS of the evidence gives the class."""
    day = fight("kpps").report("15:05", "KAM-08", tps=R, role="warga")
    assert [f"15:05:00 opened high {DESA}|KAM-08"] == day.shown("W03")
    day = fight("kpps", "warga").report("15:05", "KAM-08", desa=DESA, role="warga", source="x")
    assert [f"15:05:00 opened high {DESA}|KAM-08"] == day.shown("W03")


@pytest.mark.parametrize(
    ("roles", "opens"),
    [
        (("pam_tps", "polsek"), False),
        (("warga", "anonim", "warga", "warga", "warga"), False),
        (("pam_tps", "warga"), True),
        (("saksi", "pam_tps"), True),
        (("kpps", "ptps"), True),
    ],
)
def test_incitement_needs_two_classes_of_sources(roles: tuple[str, ...], *, opens: bool) -> None:
    """Domain §4a KAM-10 "c3 2k"; §4 "`2k` … of the taxonomy always hold"."""
    assert int(opens) == len(fight(*roles, category="KAM-10").told("W03", until="15:05"))


@pytest.mark.parametrize(("later", "opens"), [("15:15", True), ("15:16", False)])
def test_evidence_fades(later: str, *, opens: bool) -> None:
    """§4: full weight for 15 minutes."""
    day = fight("pam_tps").report(later, "KAM-08", tps=KR, role="warga")
    assert int(opens) == len(day.told("W03", until="15:19"))


@pytest.mark.parametrize(("newest", "opens"), [("15:45", True), ("15:45:01", False)])
def test_the_window_has_45_minutes(newest: str, *, opens: bool) -> None:
    """Domain §4b W03 "in 45 min": 3 + 0.5, and what is left of 3 by then is 0.75."""
    day = Story(TOWN).begin().report("15:00", "KAM-08", tps=KR, role="polsek")
    day.report(newest, "KAM-08", tps=KR, role="ptps", source="a")
    day.report(newest, "KAM-08", tps=KR, role="anonim", source="b")
    assert int(opens) == len(day.told("W03", until="15:46"))


def acknowledged(at: str = "15:10") -> Story:
    """A fight whose last evidence is of 15:01, acknowledged."""
    return fight("pam_tps", "warga").command(at, "ack", f"W03@{DESA}|KAM-08")


def test_it_ends_when_it_was_quiet_and_acknowledged() -> None:
    """Domain §4b W03 "60 min quiet + ack"; ADR 18 "at the later of the two"."""
    assert "16:01:00 resolved polres_ops deadline" == acknowledged().told("W03", until="16:30")[-1]


def test_an_acknowledgement_after_the_quiet_ends_it_at_once() -> None:
    """As above: the acknowledgement is the later of the two, and the cause."""
    expected = ["16:20:00 acknowledged polres command", "16:20:00 resolved polres command"]
    assert expected == acknowledged("16:20").told("W03", until="16:30")[-2:]


def test_without_an_acknowledgement_it_goes_on() -> None:
    """As above: quiet alone ends nothing."""
    told = fight("pam_tps", "warga").told("W03", until="23:00")
    assert "15:16:00 escalated polres deadline" == told[-1]


def test_further_evidence_begins_the_quiet_anew() -> None:
    """§4 "“N min quiet” counts from the last evidence"."""
    day = acknowledged().report("15:30", "KAM-08", tps=R, role="anonim")
    assert "16:30:00 resolved polres_ops deadline" == day.told("W03", until="17:00")[-1]


def test_nobody_s_aman_ends_it() -> None:
    """ADR 18 "Nobody's “aman” ends them"."""
    day = acknowledged().status("15:20", KR, "heartbeat", role="pam_tps", situation="aman")
    assert "15:10:00 acknowledged polres_ops command" == day.told("W03", until="15:59")[-1]


def test_an_acknowledgement_that_is_taken_back_counts_no_more() -> None:
    """§5: it is unacknowledged again, whatever was before."""
    day = acknowledged().command("15:20", "unack", f"W03@{DESA}|KAM-08")
    assert "15:30:00 escalated polres deadline" == day.told("W03", until="23:00")[-1]


def test_one_that_is_shelved_is_acknowledged_still() -> None:
    """§5 `shelved` "condition ends → resolved": who has taken it has put it aside meanwhile."""
    day = acknowledged().command("15:40", "shelve", f"W03@{DESA}|KAM-08", until="16:15")
    assert "16:01:00 resolved polres_ops deadline" == day.told("W03", until="17:00")[-1]


@pytest.mark.parametrize(("again", "change"), [("15:45", ""), ("15:47", "reopened")])
def test_what_a_person_resolved_opens_again_when_the_window_is_empty(
    again: str, change: str
) -> None:
    """§5 "no new episode until the condition has cleared once": after the window of 45 minutes."""
    day = fight("pam_tps", "warga").command("15:10", "resolve", f"W03@{DESA}|KAM-08")
    for role in ("polsek", "ptps"):
        day.report(again, "KAM-08", tps=KR, role=role, source=f"{role}-again")
    last = day.told("W03", until="15:48")[-1]
    expected = (
        f"{again}:00 {change} polsek input" if change else "15:10:00 resolved polres_ops command"
    )
    assert expected == last
