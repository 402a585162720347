"""Stories of V07: narrow results, and the postures that they raise."""

import pytest

from tests.oracle.posture import Posture
from tests.oracle.stories import KR, TOWN, VILLAGE, R, Story
from tests.oracle.times import MINUTE

CODES = tuple(sorted(TOWN.tps))
TOWN_RACE = "contest:bupati@17.02"
LAMARAN, RENGED, RENGED_2 = "36.04.18.2007-001", "36.04.18.2003-001", "36.04.18.2003-002"


def town(*votes: str, status: str = "final") -> Story:
    """Forms of the first TPS of the town, a minute apart from 15:00."""
    day = Story(TOWN).begin()
    for minute, (tps, got) in enumerate(zip(CODES, votes, strict=False)):
        day.count(f"15:0{minute}", tps, got, status=status)
    return day


def test_a_narrow_result_of_a_whole_area_is_told() -> None:
    """Domain §4b V07 "≤max(3, 1 % sah)", T, OPS from L2: 670 to 660 of 1330, after 580 to 560."""
    day = town(*["100 90"] * 4, *["90 100"] * 4)
    assert [f"15:06:00 opened high {TOWN_RACE}|"] == day.shown("V07", until="15:10")
    assert ["15:06:00 opened polres_ops input"] == day.told("V07", until="15:10")


def test_its_next_level_is_due_at_its_own_minutes() -> None:
    """§5 "each level is due at its own minutes even if the rule starts higher": L3 at 15 × 0.5."""
    day = town(*["100 90"] * 4, *["90 100"] * 4)
    assert "15:13:30 escalated polres deadline" == day.told("V07", until="15:20")[1]


@pytest.mark.parametrize(
    ("votes", "opens"),
    [
        ("180 177", True),
        ("180 176", False),
        ("202 198", True),
        ("203 198", False),
        ("202 197", False),
        ("200 200", True),
    ],
)
def test_a_village_counts_to_the_last_vote(votes: str, *, opens: bool) -> None:
    """As above: 3 of 357, 4 of 400 are 1 %; a tie is narrow."""
    tps, contest = "36.04.17.2010-001", "mekarsari"
    day = Story(VILLAGE).begin().count("15:00", tps, votes, contest=contest, valid=400)
    day.count("15:01", "36.04.17.2010-002", "0 0", contest=contest, valid=0)
    if votes.startswith("180"):
        day = Story(VILLAGE).begin().count("15:00", tps, votes, contest=contest)
        day.count("15:01", "36.04.17.2010-002", "0 0", contest=contest)
    expected = ["15:01:00 opened polres_ops input"] if opens else []
    assert expected == day.told("V07", until="15:02")


def test_four_of_five_voters_are_enough() -> None:
    """ADR 18 "those with a final form hold at least 80 % of the DPT": 300 of 500 don't, all do."""
    day = Story(VILLAGE).begin()
    day.count("14:59", RENGED_2, "70 69", contest="renged", status="provisional")
    day.count("15:00", RENGED, "70 69", contest="renged")
    assert [] == day.told("V07", until="15:01")
    day.count("15:01", RENGED_2, "70 69", contest="renged")
    assert ["15:01:00 opened polres_ops input"] == day.told("V07", until="15:02")


def test_the_share_is_one_of_voters_and_not_of_tps() -> None:
    """As above: 2386 voters, of whom 80 % are 1909; the first five TPS have 1616, six 2016."""
    day = town(*["50 50"] * 8)
    assert ["15:05:00 opened polres_ops input"] == day.told("V07", until="15:10")
    assert [] == town(*["50 50"] * 8, status="provisional").told("V07", until="15:10")


def test_a_clear_result_is_told_to_nobody() -> None:
    """Domain §4b V07 "narrow"."""
    assert [] == town(*["100 50"] * 8).told("V07")


def test_a_contest_of_a_province_is_told_by_nobody() -> None:
    """ADR 18 "over the area of a contest within one kabupaten": no partition sees all of it."""
    day = Story(TOWN).begin()
    for minute, tps in enumerate(CODES):
        day.count(f"15:0{minute}", tps, "50 49 10", contest="gubernur")
    assert [] == day.told("V07", until="15:08")


def test_an_impossible_form_is_in_no_total() -> None:
    """ADR 18 V02 "Such a form is in no total while it holds"."""
    day = Story(VILLAGE).begin().count("15:00", LAMARAN, "90 -89", contest="lamaran")
    day.count("15:01", LAMARAN, "90 89", contest="lamaran", role="ptps")
    assert [] == day.told("V07")
    day.count("15:02", LAMARAN, "90 89", contest="lamaran")
    assert ["15:02:00 opened polres_ops input"] == day.told("V07", until="15:03")


@pytest.mark.parametrize(
    ("role", "status", "opens"),
    [
        ("ptps", "final", False),
        ("warga", "final", False),
        ("ppk", "final", True),
        ("kpps", "provisional", False),
        ("ptps", "provisional", False),
    ],
)
def test_which_form_stands(role: str, status: str, *, opens: bool) -> None:
    """ADR 18 "that of the organisers, else supervisors, …; a final one before a provisional"."""
    day = Story(VILLAGE).begin().count("15:00", LAMARAN, "90 60", contest="lamaran")
    day.count("15:01", LAMARAN, "90 89", contest="lamaran", role=role, status=status)
    assert int(opens) == len(day.told("V07", until="15:02"))


def test_a_final_of_supervisors_stands_before_a_provisional_form() -> None:
    """As above."""
    day = Story(VILLAGE).begin()
    day.count("15:00", LAMARAN, "90 60", contest="lamaran", status="provisional")
    day.count("15:01", LAMARAN, "90 89", contest="lamaran", role="ptps")
    assert 1 == len(day.told("V07", until="15:02"))


def test_a_tps_without_a_plan_is_in_no_total() -> None:
    """ADR 18 "Only a TPS in the plan has a DPT"."""
    day = Story(VILLAGE).begin().count("15:00", LAMARAN, "90 60", contest="lamaran")
    day.count("15:01", "36.04.18.2007-009", "60 90", contest="lamaran")
    assert [] == day.told("V07")


def narrow() -> Story:
    """A village that is narrow from 15:00 on."""
    return Story(VILLAGE).begin().count("15:00", LAMARAN, "90 89", contest="lamaran")


def test_it_ends_when_the_margin_is_clear() -> None:
    """ADR 18 "Ends when the margin is no longer narrow"."""
    day = narrow().count("15:30", LAMARAN, "90 60", contest="lamaran")
    assert "15:30:00 returned polres input" == day.told("V07", until="16:00")[-1]


def test_it_ends_when_the_box_is_in_and_it_was_quiet() -> None:
    """Domain §4b V07 "box in, 12 h quiet": since the last count."""
    day = narrow().status("15:40", LAMARAN, "box_departed", escort=["B1"])
    day.status("16:00", LAMARAN, "box_arrived")
    day.count("16:30", LAMARAN, "90 89", contest="lamaran", role="saksi")
    told = day.told("V07", until="2024-11-28T05:00:00+07:00")
    assert "04:30:00 returned polres deadline" == told[-1]


def test_while_a_box_is_out_it_does_not_end() -> None:
    """As above: "every box of the area is in"; the arrival may be the later of the two."""
    day = narrow().status("15:40", LAMARAN, "box_departed", escort=["B1"])
    assert 2 == len(day.told("V07", until="2024-11-28T05:00:00+07:00"))
    day.status("2024-11-28T04:00:00+07:00", LAMARAN, "box_arrived")
    assert (
        "04:00:00 returned polres input" == day.told("V07", until="2024-11-28T05:00:00+07:00")[-1]
    )


def test_a_single_tps_of_a_pilkada_makes_no_alert() -> None:
    """Domain §4b "a single TPS of a pilkada: posture only, no alert"."""
    assert [] == Story(TOWN).begin().count("14:00", R, "100 99").told("V07")


@pytest.mark.parametrize(
    ("votes", "status", "due", "change"),
    [
        ("100 99", "final", "15:45:00", "opened critical"),
        ("100 90", "final", "16:30:00", "opened high"),
        ("100 99", "provisional", "16:30:00", "opened high"),
    ],
)
def test_a_posture_makes_a_box_due_earlier(votes: str, status: str, due: str, change: str) -> None:
    """Domain §4b V07 "raises posture of tps+desa, tightens T10/T11/W03 one class": 90 to 45."""
    day = Story(TOWN).begin().count("14:30", R, votes, status=status)
    day.status("15:00", R, "box_departed", escort=["A1"])
    told = day.shown("T10", until="16:31")
    assert f"{due} {change} box:17.02/{R}#1|" == told[0]


@pytest.mark.parametrize(
    ("counted", "due"), [("15:20", "15:45:00"), ("15:45", "15:45:00"), ("15:50", "15:50:00")]
)
def test_a_posture_raised_under_way(counted: str, due: str) -> None:
    """ADR 18 "due at the tighter limit, or when the posture was raised if that is later"."""
    day = Story(TOWN).begin().status("15:00", R, "box_departed", escort=["A1"])
    day.count(counted, R, "100 99")
    assert f"{due} opened polres_ops deadline" == day.told("T10", until="16:31")[0]


def test_the_posture_is_that_of_the_whole_desa() -> None:
    """ADR 18 "for a single TPS: of it and its desa": KR from 120 to 90, without escort 10 to 5."""
    day = Story(TOWN).begin().count("14:30", R, "100 99").status("15:00", KR, "box_departed")
    assert "16:30:00 opened polsek deadline" == day.told("T10", until="16:31")[0]
    assert "15:05:00 opened polsek deadline" == day.told("T11", until="15:06")[0]


def test_a_way_that_is_known_is_not_shortened() -> None:
    """ADR 18: only the limit by class has classes."""
    day = Story(TOWN).begin().count("14:30", R, "100 99")
    day.status("15:00", R, "box_departed", escort=["A1"], eta_minutes=60)
    assert f"16:30:00 opened critical box:17.02/{R}#1|" == day.shown("T10", until="16:31")[0]


@pytest.mark.parametrize(("left", "due"), [("16:14", "16:59:00"), ("16:16", "17:46:00")])
def test_a_posture_outlasts_its_cause_by_two_hours(left: str, due: str) -> None:
    """Domain §4b "decays to the map's class over 2 h after its cause ends"."""
    day = Story(TOWN).begin().count("14:30", R, "100 99").count("15:00", R, "100 60")
    day.status(left, R, "box_departed", escort=["A1"])
    assert due == day.told("T10", until="17:50")[0][:8]


def test_a_posture_makes_conflict_graver() -> None:
    """ADR 18 "W03 …": 3 of 4 are enough in the desa of a narrow TPS."""
    for votes, opens in (("100 99", True), ("100 60", False)):
        day = Story(TOWN).begin().count("14:30", R, votes)
        day.report("15:00", "KAM-08", tps=KR, role="pam_tps")
        assert opens == bool(day.told("W03", until="15:01"))


def test_the_class_of_the_alert_stays_that_of_the_map() -> None:
    """ADR 18: a critical box of a rawan TPS climbs as one of a rawan TPS: L3 at 3 × 0.75."""
    day = Story(TOWN).begin().count("14:30", R, "100 99")
    day.status("15:00", R, "box_departed", escort=["A1"])
    assert "15:47:15 escalated polres deadline" == day.told("T10", until="15:48")[1]


def test_a_village_s_posture_is_that_of_its_contest() -> None:
    """As above: of the area; KH with its 40 minutes of way has no shorter limit by class."""
    day = narrow().status("15:10", LAMARAN, "box_departed")
    assert "15:15:00 opened polsek deadline" == day.told("T11", until="15:16")[0]
    day = Story(VILLAGE).begin().status("15:10", LAMARAN, "box_departed")
    assert "15:20:00 opened polsek deadline" == day.told("T11", until="15:21")[0]


def test_two_causes_make_no_two_classes() -> None:
    """Contract §1 "“One class tighter”": once."""
    day = Story(TOWN).begin().count("14:30", KR, "100 99").count("14:31", R, "100 99")
    day.status("15:00", KR, "box_departed", escort=["A1"])
    assert "16:30:00 opened polsek deadline" == day.told("T10", until="17:00")[0]


def test_a_posture_by_its_moments() -> None:
    """From its cause on, and two hours beyond its end."""
    posture = Posture()
    posture.up("cause", {"desa"}, 100 * MINUTE)
    assert [False, True] == [posture.holds("desa", at * MINUTE) for at in (99, 100)]
    posture.down("cause", 110 * MINUTE)
    assert [True, False] == [posture.holds("desa", at * MINUTE) for at in (229, 230)]
    assert (100 * MINUTE, None) == (posture.first("desa", 0), posture.first("desa", 230 * MINUTE))
    assert not posture.holds("other", 100 * MINUTE)


def test_who_counts_on_has_no_final_form() -> None:
    """ADR 18 "Of each side … the latest form counts": it is no longer narrow by the one before."""
    day = Story(VILLAGE).begin().count("15:00", LAMARAN, "90 89", contest="lamaran")
    day.count("15:02", LAMARAN, "80 60", contest="lamaran", status="provisional")
    assert ["15:00:00 opened polres_ops input", "15:02:00 returned polres_ops input"] == day.told(
        "V07", until="15:03"
    )
