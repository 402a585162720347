"""Stories of W05 and W14: many sources at once, and one source that does not stop."""

import pytest

from tests.oracle.flood_rules import poisson_tail
from tests.oracle.stories import KH, KR, KR_FAR, SR, TOWN, R, Story

DESA = "17.02.09.1012"
SOURCE = "source:17.02/p"


def surge(number: int, tps: str = KR, day: Story | None = None, at: str = "10:0") -> Story:
    """A report a minute of different sources, each about something else."""
    day = day or Story(TOWN).begin()
    codes = ("KES-02", "PID-01", "HIT-02", "KES-01", "INF-02", "BEN-01")
    for n in range(number):
        day.report(f"{at}{n}", codes[n % 6], tps=tps, source=f"{at}-{n}")
    return day


@pytest.mark.parametrize(("tps", "needed"), [(KR, 6), (R, 5), (SR, 4), (KH, 5)])
def test_each_class_has_its_number_of_sources(tps: str, needed: int) -> None:
    """Domain §4b W05 "≥[6/5/4/5] in 15 min", S, OPS from L1; of whatever category."""
    told = surge(needed, tps).told("W05", tps[:13], until="10:06")
    assert [f"10:0{needed - 1}:00 opened polsek input"] == told
    assert [] == surge(needed - 1, tps).told("W05")


def test_a_rule_s_own_level_counts_from_the_opening() -> None:
    """§5 "At opening each level is due at its own minutes even if the rule starts higher"."""
    day = surge(6)
    for minute in (14, 28, 42, 56):
        for n in range(6):
            day.report(f"10:{minute}", "KES-01", tps=KR, source=f"10:0-{n}")
    expected = ["10:05:00 opened polsek input", "10:50:00 escalated polres_ops deadline"]
    assert expected == day.told("W05", until="10:56")


def test_after_a_restart_the_start_level_counts_from_zero() -> None:
    """§5 "the difference between its minutes and the present level's (start level: 0)"."""
    day = surge(6).command("10:06", "ack", f"W05@{DESA}").command("10:10", "unack", f"W05@{DESA}")
    for minute in (19, 33, 47):
        for n in range(6):
            day.report(f"10:{minute}", "KES-01", tps=KR, source=f"10:0-{n}")
    assert "10:55:00 escalated polres_ops deadline" == day.told("W05", until="10:56")[-1]


def test_one_source_has_one_voice() -> None:
    """ADR 18 "one voice per source"."""
    day = surge(5).report("10:05", "KES-02", tps=KR, source="10:0-0")
    assert [] == day.told("W05")


def test_aman_is_no_report() -> None:
    """ADR 18 "except “aman”"; trouble is one, also in a status."""
    day = surge(5).report("10:06", "", tps=KR, source="b", situation="aman", role="polsek")
    assert [] == day.told("W05")
    day.status("10:07", KR, "heartbeat", situation="gangguan", source="kpps-1")
    assert ["10:07:00 opened polsek input"] == day.told("W05")


def test_reports_of_the_desa_alone_count_too() -> None:
    """ADR 18 "every report that is placed in the desa"; not those placed wider."""
    day = surge(5).report("10:06", "KES-02", place={"kecamatan": "17.02.09"}, source="wide")
    assert [] == day.told("W05")
    assert 1 == len(day.report("10:07", "KES-02", desa=DESA, source="desa").told("W05"))


@pytest.mark.parametrize(("first", "opens"), [("10:05", True), ("10:04:59", False)])
def test_the_window_has_a_quarter_of_an_hour(first: str, *, opens: bool) -> None:
    """ADR 18 "in the 15 minutes up to the newest"."""
    day = Story(TOWN).begin().report(first, "KES-02", tps=KR, source="first")
    for n in range(5):
        day.report("10:20", "KES-02", tps=KR, source=f"s{n}")
    assert int(opens) == len(day.told("W05"))


def busy(per_quarter: int) -> Story:
    """A desa in which as many sources report in each quarter from 07:50 to 09:50."""
    day = Story(TOWN).begin()
    for quarter in range(8):
        minute = 50 + 15 * quarter
        for n in range(per_quarter):
            clock = f"{7 + minute // 60:02d}:{minute % 60:02d}:0{n}"
            day.report(clock, "KES-02", tps=KR, source=f"s{quarter}-{n}")
    return day


@pytest.mark.parametrize(("usual", "opens"), [(0, True), (1, True), (2, False)])
def test_what_is_usual_there_is_no_surge(usual: int, *, opens: bool) -> None:
    """Domain §4b W05 "Poisson p<0.001 vs own desa baseline": 0.0006 of 1, 0.017 of 2."""
    day = surge(6, day=busy(usual))
    assert int(opens) == len(day.told("W05", until="10:06"))


def test_the_tail_of_poisson() -> None:
    """P(X ≥ 6) and P(X ≥ 4), from tables."""
    assert 0.000594 == round(poisson_tail(6, 1), 6)
    assert 0.000057 == round(poisson_tail(4, 0.2), 6)
    assert 0.001752 == round(poisson_tail(4, 0.5), 6)


def test_it_ends_half_an_hour_after_the_rate_is_normal() -> None:
    """ADR 18 "45 minutes after the newest report of the source that is the threshold-th newest"."""
    day = surge(6).report("10:12", "KES-02", tps=KR, source="10:0-0")
    # By newest report: 10:12, 10:05, 10:04, 10:03, 10:02, 10:01: the sixth is of 10:01.
    assert "10:46:00 returned polsek deadline" == day.told("W05", until="11:00")[-1]


def test_a_surge_that_was_over_when_it_came_is_told_to_nobody() -> None:
    """Like ADR 6: there is nobody left to send."""
    day = Story(TOWN).begin()
    for n in range(6):
        day.report(f"10:0{n}", "KES-02", "10:50", tps=KR, source=f"s{n}", channel="sms")
    assert [] == day.told("W05", until="12:00")


def test_what_comes_too_late_is_not_counted() -> None:
    """Domain §4b "a window takes late evidence up to 10 min (channel sms or radio: 60)"."""
    day = surge(5).report("10:05", "KES-02", "10:15:01", tps=KR, source="late")
    assert [] == day.told("W05")
    assert 1 == len(surge(5).report("10:05", "KES-02", "10:15", tps=KR, source="late").told("W05"))


def test_a_surge_whose_trouble_is_taken_back() -> None:
    """§5: what a status takes back was no report; the rate is that of the others."""
    day = surge(5).status("10:06", KR, "heartbeat", situation="gangguan")
    day.status("10:20", KR, "heartbeat", corrects="m7")
    expected = ["10:06:00 opened polsek input", "10:20:00 returned polsek input"]
    assert expected == day.told("W05")
    day.lines.pop()
    day.status("10:20", KR, "heartbeat", corrects="m99")
    assert expected[:1] == day.told("W05")


def flood(number: int, seconds: int = 60, **extra: object) -> Story:
    """Reports of one source from 10:00:00 on, in places and of categories of all kinds."""
    day = Story(TOWN).begin()
    codes, places = ("KES-02", "PID-01", "HIT-02"), (KR, SR, KR_FAR)
    for n in range(number):
        at = n * seconds
        where = {"tps": places[n % 3], **extra}
        day.report(f"10:{at // 60:02d}:{at % 60:02d}", codes[n % 3], source="p", **where)
    return day


def test_the_eleventh_report_within_ten_minutes_is_a_flood() -> None:
    """Domain §4b W14 ">10 in 10 min from one id", R: lowest level, no due time."""
    assert ["10:10:00 opened low " + SOURCE + "|"] == flood(11).shown("W14", until="10:39")
    assert ["10:10:00 opened tps input"] == flood(11).told("W14", until="10:39")


@pytest.mark.parametrize(("number", "seconds"), [(10, 1), (30, 61), (11, 61)])
def test_fewer_are_no_flood(number: int, seconds: int) -> None:
    """As above: ten within ten minutes may be."""
    assert [] == flood(number, seconds).told("W14")


def test_a_flood_ends_half_an_hour_after_its_last_report() -> None:
    """ADR 18 "Ends 30 minutes after its last report"."""
    day = flood(11).report("10:30", "KES-02", tps=KR, source="p")
    assert "11:00:00 returned tps deadline" == day.told("W14", until="12:00")[-1]


def test_a_flood_whose_reports_are_taken_back() -> None:
    """As of a surge: it has stopped when those that are left are old."""
    day = Story(TOWN).begin()
    for n in range(11):
        day.status(f"10:00:{10 + n}", KR, "heartbeat", situation="gangguan")
    day.status("10:29", KR, "heartbeat", situation="gangguan")
    assert ["10:00:20 opened tps input"] == day.told("W14", until="10:40")
    day.status("10:40", KR, "heartbeat", corrects="m13")
    assert "10:40:00 returned tps input" == day.told("W14", until="10:40")[-1]


def test_a_flood_may_be_placed_nowhere() -> None:
    """ADR 18 "of one source (in one kabupaten and election)"."""
    day = flood(11, place={"kecamatan": "17.02.09"}, tps="")
    assert 0 < len(day.told("W14"))


def test_whoever_floods_weighs_little() -> None:
    """ADR 18 "While it holds, that source's later reports weigh at most 0.1"."""
    day = flood(11).report("10:11", "INF-01", tps=KR, source="p")
    assert [] == day.told("W15", until="10:12")
    assert [] == day.report("10:12", "KAM-06", tps=KR, source="q").told("W15")
    assert 1 == len(day.report("10:13", "INF-01", tps=KR, source="q").told("W15"))


def test_the_report_by_which_it_floods_has_its_weight() -> None:
    """As above: "later"."""
    assert 1 == len(flood(10).report("10:09", "INF-01", tps=KR, source="p").told("W15"))


def test_after_the_flood_it_weighs_as_before() -> None:
    """As above: "While it holds"."""
    day = flood(11).report("10:41", "INF-01", tps=KR, source="p")
    assert 1 == len(day.told("W15"))


def test_a_small_weight_is_above_nothing() -> None:
    """Domain §4b W14 "weight → 0.1, kept": c0 asks for anything at all."""
    assert 1 == len(
        flood(11).report("10:11", "KAM-06", tps=KR, source="p").told("W01", until="10:12")
    )


def test_without_w14_nobody_weighs_less() -> None:
    """A judge of some rules is a judge without the others."""
    day = flood(11).report("10:11", "INF-01", tps=KR, source="p")
    day.rules = frozenset({"W15"})
    assert ["W15"] == [line.about.rule for line in day.judged("10:12").lines]


@pytest.mark.parametrize("sources", [1, 12])
def test_what_propam_alone_hears_is_in_neither(sources: int) -> None:
    """W08 "hidden from OPS": what W05 or W14 told would name it."""
    day = Story(TOWN).begin()
    for minute in range(12):
        day.report(f"09:{minute:02d}", "NET-01", tps=KR, source=f"w{minute % sources}")
    assert [] == day.told("W05")
    assert [] == day.told("W14")
