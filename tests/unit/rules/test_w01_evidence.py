"""W01: which evidence counts, by category, class and voice, and what it says of itself."""

from typing import Final

import pytest

from streams.domain.ids import AreaCode
from streams.domain.words import Role
from tests.support.events import (
    report,
)
from tests.support.stories import (
    alerts_of,
    at,
    journal,
    judge,
    lines_of,
    name_of,
    story,
    triage_of,
)
from tests.support.world import DESA, KR, SR, UNKNOWN, R
from tests.unit.rules.test_w01 import NINE, THREE, calm, riot

THRESHOLDS: Final = {
    # category: citizens that are one too few, and enough; the same where a TPS is sangat_rawan
    "KAM-01": (2, 3, 1, 2),
    "KAM-02": (1, 2, 0, 1),
    "KAM-03": (1, 2, 0, 1),
    "KAM-04": (0, 1, 0, 1),
    "KAM-05": (1, 2, 0, 1),
    "KAM-06": (0, 1, 0, 1),
    "KAM-07": (0, 1, 0, 1),
}


@pytest.mark.parametrize("category", THRESHOLDS)
def test_each_category_has_its_threshold(category: str) -> None:
    """The taxonomy's number, one level easier where a TPS is sangat_rawan, any voice for c0."""

    def fired(tps: AreaCode, citizens: int) -> bool:
        reports = [report(category, tps, f"w{number}") for number in range(citizens)]
        return bool(lines_of(judge(journal(NINE, *reports))))

    few, enough, few_there, enough_there = THRESHOLDS[category]
    assert (False, True) == (fired(KR, few), fired(KR, enough))
    assert (False, True) == (fired(SR, few_there), fired(SR, enough_there))


@pytest.mark.parametrize(
    ("role", "fires"), [(Role.ANONIM, True), (Role.SYSTEM, False), (Role.WARGA, True)]
)
def test_a_single_voice_needs_some_weight(role: Role, fires: bool) -> None:  # noqa: FBT001  a column of the table
    """c0: anything above zero pages; the system's own word weighs nothing."""
    told = story(NINE, report("KAM-06", KR, "x", role), of="W01@DESA|KAM-06")
    assert fires == bool(told)


def test_an_unknown_tps_is_a_place_of_its_own() -> None:
    """It has no coordinates, so only reports of the same TPS or of the desa belong to it."""
    assert ["09:00 opened"] == story(
        *(NINE, riot("w1", UNKNOWN), riot("w2", UNKNOWN), riot("w3", DESA)), of="W01@DESA|KAM-01"
    )
    assert [] == story(NINE, riot("w1", UNKNOWN), riot("w2"), riot("w3"), of="W01@DESA|KAM-01")


def test_the_class_is_that_of_the_most_vulnerable_tps_among_the_evidence() -> None:
    """And it is frozen: what comes later does not change it."""
    alerts = alerts_of(judge(journal(*THREE, at("09:01"), riot("w4", SR))))
    assert "kurang_rawan" == alerts["W01@DESA|KAM-01"].tps_class
    alerts = alerts_of(judge(journal(NINE, riot("w1", R), riot("w2", SR))))
    assert "sangat_rawan" == alerts["W01@DESA|KAM-01"].tps_class


def test_two_cases_of_a_desa_end_with_one_word() -> None:
    """Calm in the desa answers all that is reported of it."""
    items = [*THREE, report("KAM-06", KR, "x"), at("09:40"), calm(DESA)]
    ended = [
        name_of(line) for line in lines_of(judge(journal(*items))) if line.change == "returned"
    ]
    assert ["W01@DESA|KAM-01", "W01@DESA|KAM-06"] == sorted(ended)


def test_reports_leave_triage_when_they_add_up() -> None:
    """Nothing is dropped: too weak alone, each waits for a person until it counts."""
    assert [
        "e2 open: score",
        "e3 open: score",
        "e2 confirmed: W01",
        "e3 confirmed: W01",
        "e4 confirmed: W01",
    ] == triage_of(judge(journal(*THREE)))


def test_the_why_is_the_arithmetic() -> None:
    """Three voices of weight 1, one of them a quarter of an hour older than full weight lasts."""
    items = [NINE, riot("w1"), at("09:30"), riot("w2"), riot("w3"), riot("w4")]
    alert = alerts_of(judge(journal(*items)))["W01@DESA|KAM-01"]
    why = {check.check: (check.value, check.threshold, check.holds) for check in alert.why}
    assert (3.5, 3.0, True) == why["score"]
    assert (4, 1, True) == why["voices"]
    assert ["Rusuh, bentrok massa: Air Rambai, Curup", "Riot, clash: Air Rambai, Curup"] == [
        alert.title.id,
        alert.title.en,
    ]
    expected = "4 different reporters; weight of evidence 3.5, threshold 3. To be checked at once."
    assert expected == alert.summary.en


def test_an_alert_that_goes_on_shows_when_its_score_has_fallen() -> None:
    """It stays open until somebody says that it is calm, and its why says what is true now."""
    items = [*THREE, at("09:40"), riot("w4")]
    alert = alerts_of(judge(journal(*items)))["W01@DESA|KAM-01"]
    why = {check.check: (check.value, check.threshold, check.holds) for check in alert.why}
    assert (1.0, 3.0, False) == why["score"]
