"""Stories of V08, V09 and V13: ties, a single pair near a half, and forms that decide."""

import pytest

from tests.oracle.stories import DISTRICT, KR, TOWN, VILLAGE, Story

LAMARAN, RENGED, RENGED_2 = "36.04.18.2007-001", "36.04.18.2003-001", "36.04.18.2003-002"
OF_LAMARAN, OF_RENGED = "contest:lamaran@36.04.18.2007", "contest:renged@36.04.18.2003"
OF_DISTRICT = "contest:bupati@16.10"
CODES = sorted(DISTRICT.tps)


def renged(*votes: str) -> Story:
    """Final forms of the two TPS of Renged, ten minutes apart."""
    day = Story(VILLAGE).begin()
    for tps, clock, got in zip((RENGED, RENGED_2), ("15:00", "15:10"), votes, strict=False):
        day.count(clock, tps, got, contest="renged")
    return day


def test_a_tie_of_a_village_is_told() -> None:
    """Domain §4b V08 "equal at desa final", T, ADM: once every TPS is final."""
    day = renged("100 90", "50 60")
    assert [f"15:10:00 opened high {OF_RENGED}|"] == day.shown("V08", until="15:11")
    assert ["15:10:00 opened camat input"] == day.told("V08", until="15:11")
    assert [] == renged("100 100").told("V08")
    assert [] == renged("100 90", "50 59").told("V08")


def test_a_tie_is_no_tie_after_a_correction() -> None:
    """ADR 18 "Ends by a person, or when a correction makes it no tie"."""
    day = renged("100 90", "50 60").count("15:12", RENGED, "101 90", contest="renged")
    assert "15:12:00 returned camat input" == day.told("V08", until="15:13")[-1]


def test_ties_are_asked_of_villages_only() -> None:
    """ADR 18 "only in a pilkades"."""
    day = Story(TOWN).begin()
    for tps in TOWN.tps:
        day.count("15:00", tps, "50 50")
    assert [] == day.told("V08")


def district(pair: int, column: int, tps: int = 27) -> Story:
    """Forms of the first TPS of the district, each with the same votes."""
    day = Story(DISTRICT).begin("05:00")
    for code in CODES[:tps]:
        day.count("15:00", code, f"{pair} {column}")
    return day


@pytest.mark.parametrize(
    ("pair", "column", "opens"), [(48, 52, 1), (52, 48, 1), (53, 47, 0), (47, 53, 0), (50, 50, 1)]
)
def test_a_single_pair_near_a_half(pair: int, column: int, opens: int) -> None:
    """Domain §4b V09 "single pair 48-52 %", T, OPS from L3."""
    told = district(pair, column).told("V09", until="15:01")
    assert ["15:00:00 opened polres input"] * opens == told


def test_enough_must_be_counted() -> None:
    """Domain §4b V09 "area ≥80 % in", by DPT."""
    assert [] == district(50, 50, tps=20).told("V09", until="15:01")
    assert 1 == len(district(50, 50, tps=23).told("V09", until="15:01"))


def test_it_ends_when_the_share_leaves() -> None:
    """ADR 18 "it ends when the share leaves 48–52 %"."""
    day = district(50, 50)
    for code in CODES[:20]:
        day.count("15:10", code, "80 20")
    assert "15:10:00 returned polres input" == day.told("V09", until="15:11")[-1]


def test_it_raises_the_posture_of_the_area() -> None:
    """ADR 18 "Raises the posture of the area as V07": 120 minutes become 90."""
    votes = ((80, 20, "17:00:00"), (52, 48, "16:30:00"))
    for pair, column, due in votes:
        day = district(pair, column).status("15:00", CODES[6], "box_departed", escort=["A1"])
        assert f"{due} opened" == day.told("T10", until="17:01")[0][:15]


def test_one_that_is_held_back_may_decide() -> None:
    """Domain §4b V13 "held + missing votes ≥ margin", T, ADM from kpu: 200 of 190."""
    day = renged("245 45").count("15:10", RENGED_2, "150 -1", contest="renged")
    assert [f"15:10:00 opened high {OF_RENGED}|"] == day.shown("V13", until="15:11")
    assert ["15:10:00 opened panitia_kab input"] == day.told("V13", until="15:11")
    day.count("15:20", RENGED_2, "150 1", contest="renged")
    assert "15:20:00 returned panitia_kab input" == day.told("V13", until="15:21")[-1]


def test_a_margin_that_is_larger_is_safe() -> None:
    """As above: 200 of 201."""
    day = renged("246 45").count("15:10", RENGED_2, "150 -1", contest="renged")
    assert [] == day.told("V13", until="15:11")


def test_what_is_only_missing_decides_nothing_yet() -> None:
    """Domain §4b "V13 only while something is held"; a form of `system` stands for nobody."""
    assert [] == renged("100 90").told("V13")
    day = Story(VILLAGE).begin().count("15:00", LAMARAN, "9 8", contest="lamaran", role="system")
    assert [] == day.told("V13", OF_LAMARAN)


def test_a_province_is_seen_by_nobody_whole() -> None:
    """ADR 18 "over the area of a contest within one kabupaten"."""
    day = Story(TOWN).begin().count("15:00", KR, "90 -1 3", contest="gubernur")
    assert [] == day.told("V13")
