"""Stories of W01 and W04: who may say that it is calm, and what opens again."""

import pytest

from tests.oracle.readings import Readings
from tests.oracle.stories import CHIEF, KH, KR, KR_FAR, R, Story, riot

DESA, SR_DESA = "17.02.09.1012", "17.02.07.2012"
OPENED = "opened polres_ops input"


def test_calm_needs_an_officer_and_half_an_hour_of_quiet() -> None:
    """Domain §4b W01 "officer's (class police) “aman” at that TPS or desa + 30 min quiet"."""
    day = riot("ptps").status("09:10", KR, "heartbeat", role="pam_tps", situation="aman")
    day.report("09:12", "KAM-01", tps=KR)
    assert "09:42:00 returned polda deadline" == day.told("W01", until="10:00")[-1]


def test_quiet_first_and_the_officer_after() -> None:
    """As above, the other way round: the officer's word ends it at once."""
    day = riot("ptps").report("09:50", "", tps=KR, role="polsek", situation="aman")
    assert "09:50:00 returned polda input" == day.told("W01", until="10:00")[-1]


@pytest.mark.parametrize(
    ("place", "role", "ends"),
    [
        ({"tps": KR}, "bhabinkamtibmas", True),
        ({"tps": KR}, "kpps", False),
        ({"tps": KR}, "ptps", False),
        ({"desa": DESA}, "polres", True),
        ({"tps": R}, "polres", False),
        ({"tps": KH}, "polres", False),
    ],
)
def test_calm_is_said_by_the_right_person_at_the_right_place(
    place: dict[str, str], role: str, *, ends: bool
) -> None:
    """§2 "from an officer (class *police*), at that TPS or desa"."""
    day = riot("ptps").report("09:10", "", role=role, situation="aman", place=place)
    assert ends == ("09:30:00 returned polda deadline" in day.told("W01", until="10:00"))


def test_calm_anywhere_in_the_desa_is_the_other_reading() -> None:
    """§2 "at that TPS or desa" could also mean anywhere in the desa of W01's scope."""
    day = riot("ptps").report("09:10", "", role="polres", situation="aman", tps=R)
    day.readings = Readings(aman_anywhere_in_desa=True)
    assert "09:30:00 returned polda deadline" == day.told("W01", until="10:00")[-1]


def test_calm_of_a_desa_without_a_tps_is_said_anywhere_in_it() -> None:
    """Where no evidence has a TPS there is only "that desa"."""
    day = Story().begin().report("09:00", "KAM-06", desa=DESA)
    day.status("09:10", R, "heartbeat", role="pam_tps", situation="aman")
    assert "09:30:00 returned polda deadline" == day.told("W01", until="10:00")[-1]


def test_calm_before_the_alert_says_nothing() -> None:
    """Lead's reading 7 "an aman given after the alert opened counts"."""
    day = Story().begin().status("08:59", KR, "heartbeat", role="pam_tps", situation="aman")
    day.report("09:00", "KAM-06", tps=KR)
    day.status("08:59:30", KR, "heartbeat", "09:05", role="pam_tps", situation="aman")
    assert "09:08:00 escalated polda deadline" == day.told("W01", until="12:00")[-1]


def test_calm_before_a_person_reopened_says_nothing() -> None:
    """§5 "`reopened`: as opening": the officer's word is needed again."""
    name = next(line.alert for line in riot("ptps").judged().lines if line.about.rule == "W01")
    day = riot("ptps").status("09:02", KR, "heartbeat", role="pam_tps", situation="aman")
    day.command("09:03", "resolve", name, by=CHIEF).command("09:04", "reopen", name, by=CHIEF)
    assert "09:12:00 escalated polda deadline" == day.told("W01", until="12:00")[-1]


def test_new_evidence_soon_after_reopens() -> None:
    """§5 "condition holds again within the rule's quiet time (30 min) | `reopened`"."""
    for again, change in (("10:00", "reopened"), ("10:01", "opened")):
        day = riot("ptps").status("09:10", KR, "heartbeat", role="pam_tps", situation="aman")
        day.report(again, "KAM-01", tps=KR, role="ptps")
        assert f"{again}:00 {change} polres_ops input" == day.told("W01", until=again)[-1]


def test_what_a_person_resolved_opens_again_when_the_window_is_empty() -> None:
    """§5 "no new episode until the condition has cleared once": W01 after its 30 min."""
    name = f"W01@{DESA}|KAM-06"
    day = riot("ptps", category="KAM-06").command("09:05", "resolve", name, by=CHIEF)
    day.report("09:20", "KAM-06", tps=KR)
    assert "09:05:00 resolved polres command" == day.told("W01", until="09:40")[-1]
    day.report("09:51", "KAM-06", tps=KR)
    assert f"09:51:00 re{OPENED}" == day.told("W01", until="09:52")[-1]


def test_what_a_person_resolved_opens_again_when_the_score_has_fallen() -> None:
    """§5 as above: `recomputed only when evidence comes`, and then below the threshold."""
    day = riot("ptps").command("09:05", "resolve", f"W01@{DESA}|KAM-01", by=CHIEF)
    day.report("09:25", "KAM-01", tps=KR, role="anonim").report(
        "09:26", "KAM-01", tps=KR, role="ptps"
    )
    assert f"09:26:00 re{OPENED}" == day.told("W01", until="09:27")[-1]


@pytest.mark.parametrize(
    ("place", "ends"),
    [({"tps": KR_FAR}, True), ({"desa": "17.02.07.2010"}, True), ({"tps": KR}, False)],
)
def test_an_officer_ends_intimidation_at_once(place: dict[str, str], *, ends: bool) -> None:
    """Domain §4b W04 "field check"; §2 the officer's "aman terkendali" at that TPS or desa."""
    day = riot("ptps", "warga", tps=KR_FAR, category="INT-01")
    day.report("09:03", "", role="polsek", situation="aman", place=place)
    assert ends == ("09:03:00 returned polsek input" in day.told("W04", KR_FAR))
