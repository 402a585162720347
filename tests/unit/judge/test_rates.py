"""Too many reports: of a desa (W05), of one source (W14), and what a flood weighs."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.journal import AcceptedReport, Flag
from streams.domain.words import Role
from streams.judge.rates import weight_max
from streams.judge.state import PartitionState
from tests.support.events import all_well, report
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import unrest
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    events_of,
    journal,
    judge,
    judge_into,
    of_election,
    said,
    story,
)
from tests.support.world import DESA, ELECTION, FAR, KR, KR2, SR, whole_world

DAY: Final = whole_world()
NINE: Final = at("09:00")
FLOOD: Final = "W14@source:w1"
DRILL: Final = f"{ELECTION}#drill-gladi"


def crowd(size: int, place: str = DESA, category: str = "") -> list[Told]:
    """Let so many people report something, each once."""
    return [report(category, type(DESA)(place), f"m{number}") for number in range(size)]


def stream(size: int) -> list[Told]:
    """Let one source report so often."""
    return [report("INF-01", KR, "w1") for _ in range(size)]


def test_six_voices_in_a_desa_are_a_surge() -> None:
    """Whatever they say: none of them has a category that is sure."""
    assert [] == story(NINE, *crowd(5), at("09:01"), of="W05@DESA", world=DAY)
    assert ["09:00 opened"] == story(NINE, *crowd(6), at("09:01"), of="W05@DESA", world=DAY)


def test_what_only_propam_may_hear_of_is_neither_a_surge_nor_a_flood() -> None:
    """An alert for the accused officer's own commander would name who reported it."""
    many = [NINE, *crowd(8, KR, "NET-01"), at("09:01")]
    flood = [NINE, *(report("NET-01", KR, "w1") for _ in range(12)), at("09:01")]
    assert {"W08"} == {name[:3] for name in alerts_of(judge(journal(*many), DAY))}
    assert {"W08"} == {name[:3] for name in alerts_of(judge(journal(*flood), DAY))}


@pytest.mark.parametrize(("place", "size"), [(KR, 6), (SR, 4)])
def test_the_most_vulnerable_tps_among_them_sets_the_number(place: str, size: int) -> None:
    """Four are enough where one of them speaks of a `sangat_rawan` TPS."""
    few, enough = crowd(size - 2), crowd(size - 1)
    told = report("", type(DESA)(place), "x")
    assert [] == story(NINE, *few, told, of="W05@DESA", world=DAY)
    assert ["09:00 opened"] == story(NINE, *enough, told, of="W05@DESA", world=DAY)


NO_SURGE: Final[dict[str, list[Item]]] = {
    "one source again and again": [*crowd(5), *(report("", DESA, "m0") for _ in range(5))],
    "of two desa": [*crowd(5), report("", KR2, "x")],
    "people who say that all is well": [*crowd(5), all_well(report("", DESA, "x"))],
    "a place that is not sure": [*crowd(5), replace(crowd(6)[5], flags=(Flag.PLACE_UNSURE,))],
    "one that comes too late": [*crowd(5), said("08:49", report("", DESA, "x"))],
    "one of a drill": [*crowd(5), of_election(DRILL, report("", DESA, "x"))],
}


@pytest.mark.parametrize("items", NO_SURGE.values(), ids=NO_SURGE)
def test_what_is_no_surge(items: list[Item]) -> None:
    """Five voices, and one more that does not count."""
    assert [] == story(NINE, *items, at("09:01"), of="W05@DESA", world=DAY)


def test_a_disturbance_in_a_status_is_one_voice_more() -> None:
    """It is a report."""
    assert ["09:00 opened"] == story(NINE, *crowd(5), unrest(KR), of="W05@DESA", world=DAY)


def test_a_surge_ends_when_the_rate_is_normal() -> None:
    """A quarter of an hour after the sixth newest, and half an hour of quiet."""
    day = [NINE, *crowd(6), at("09:10"), report("", DESA, "m6"), at("09:50")]
    told = story(*day, of="W05@DESA", world=DAY)
    assert ["09:00 opened", "09:45 escalated", "09:45 returned"] == told
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_the_alert_rests_on_one_report_a_voice() -> None:
    """And says how unlikely so many are."""
    alert = alerts_of(judge(journal(NINE, *crowd(6)), DAY))["W05@DESA"]
    assert (6, "polsek", "medium") == (len(alert.evidence), alert.level, alert.severity)
    why = {one.check: one for one in alert.why}
    assert (6, 6) == (why["count"].value, why["count"].threshold)
    assert float(why["chance"].value) < 0.001


def test_the_eleventh_report_of_a_source_is_a_flood() -> None:
    """Within ten minutes; ten are a busy witness."""
    assert [] == story(NINE, *stream(10), at("09:01"), of=FLOOD, world=DAY)
    day = [NINE, *stream(11), at("09:20"), *stream(1), at("09:51")]
    assert ["09:00 opened", "09:50 returned"] == story(*day, of=FLOOD, world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_a_flood_is_one_of_its_kabupaten_and_election() -> None:
    """Ten here and one there are no flood."""
    here = stream(10)
    for there in (report("INF-01", FAR, "w1"), of_election(DRILL, stream(1)[0])):
        assert [] == story(NINE, *here, there, at("09:01"), of=FLOOD, world=DAY)


def weight_of_w1(*items: Item) -> float:
    """Return what a further report of `w1` may weigh at most."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    [last] = events_of(journal(at("12:00"), report("INF-01", KR, "w1")))
    assert isinstance(last.record, AcceptedReport)
    return weight_max(state, last.record)


def test_while_a_flood_lasts_its_source_weighs_little() -> None:
    """Before and after it what its role weighs; the eleventh itself came before anybody knew."""
    assert float("inf") == weight_of_w1(NINE, *stream(10))
    assert 0.1 == weight_of_w1(NINE, *stream(11))
    assert float("inf") == weight_of_w1(NINE, *stream(11), at("09:30"))


def test_what_floods_is_kept_and_counts_for_little() -> None:
    """A bomb threat of that source still opens an alert; of a riot it is a tenth of a voice."""
    day: list[Item] = [NINE, *stream(11), at("09:05"), report("KAM-06", KR, "w1"), at("09:06")]
    assert ["09:05 opened"] == story(*day, of="W01@DESA|KAM-06", world=DAY)
    riot = [NINE, *stream(11), *(report("KAM-02", KR, by) for by in ("w1", "w2")), at("09:06")]
    assert [] == story(*riot, of="W01@DESA|KAM-02", world=DAY)
    enough = [*riot[:-1], report("KAM-02", KR, "w3"), at("09:02")]
    assert ["09:00 opened"] == story(*enough, of="W01@DESA|KAM-02", world=DAY)


def test_an_officer_who_floods_is_no_better() -> None:
    """The number decides, not who it is."""
    officer = [report("INF-01", KR, "A1", Role.POLSEK) for _ in range(11)]
    assert ["09:00 opened"] == story(NINE, *officer, of="W14@source:A1", world=DAY)
