"""How an area stands: stages, alerts, colours, counts, and how far all this is to be trusted."""

from typing import Final

from msgspec.structs import replace

from streams.domain.alert import AlertState, Ladder
from streams.domain.facts import Stage
from streams.domain.ids import AreaCode
from streams.domain.words import Severity, SituationColour
from streams.judge.state import PartitionState
from streams.views.asked import Asked
from streams.views.chronicle import Chronicle
from streams.views.situation import Situation, open_alerts, situation_of
from tests.support.books import OPENED_AT, alert_on, minute
from tests.support.events import ack, closed, heartbeat, opened, report, suspended
from tests.support.station import count, counting, departed, provisional
from tests.support.stories import Item, at, deaf, journal, judge_into
from tests.support.world import DESA, ELECTION, KR, R2, SR, R, clock, local, whole_world

CURUP: Final = AreaCode("17.02.09")


def situation(now: str, *items: Item, area: str = CURUP) -> Situation:
    """Return how the kecamatan of `KR` stands."""
    state = PartitionState(0, whole_world())
    judge_into(state, journal(*items, at(now)))
    asked = Asked(election=ELECTION, area=AreaCode(area), now=local(now))
    return situation_of(state, Chronicle(), asked)


def stages(found: Situation) -> dict[Stage, int]:
    """Return the stages in which there is a TPS."""
    return {stage: count for stage, count in found.stations.by_stage if count}


def test_tps_are_counted_by_stage() -> None:
    """Every TPS of the plan in the area, also one that nobody has heard of."""
    found = situation(
        "14:00",
        *(at("07:00"), opened(KR), opened(R), opened(SR), opened(R2)),
        *(at("12:00"), suspended(R), at("13:00"), closed(SR), at("13:05"), counting(SR)),
    )
    expected = {Stage.VOTING: 1, Stage.SUSPENDED: 1, Stage.COUNTING: 1, Stage.NOT_OPEN: 2}
    assert (5, expected) == (found.stations.total, stages(found))
    assert list(Stage) == [stage for stage, _ in found.stations.by_stage]
    assert (2, "13:05") == (
        found.stations.never_heard,
        clock(found.stations.last_heard_at or local("00:00")),
    )


def test_a_tps_that_is_quiet_for_too_long_is_silent() -> None:
    """Until it says something again."""
    morning = (at("07:00"), opened(KR), opened(R))
    assert 2 == situation("09:00", *morning, area=DESA).stations.silent
    assert 1 == situation("09:00", *morning, at("08:55"), heartbeat(R), area=DESA).stations.silent


def test_an_empty_day_has_nothing_to_tell() -> None:
    """And says so in every part."""
    found = situation("06:00", area=DESA)
    assert (4, 0, None) == (
        found.stations.never_heard,
        found.stations.silent,
        found.stations.last_heard_at,
    )
    assert () == found.alerts.alerts
    assert found.alerts.oldest_unacknowledged is None
    assert {0} == {number for _, number in found.alerts.by_severity}
    assert (0, 0, None) == (found.reports.received, found.reports.waiting, None)


def test_open_alerts_are_put_together() -> None:
    """The gravest first; by severity and state all, by level those that nobody has taken."""
    ops = alert_on(Ladder.OPS)
    grave = replace(ops, id="1702-AAAAAAAAAAAAAAAA", severity=Severity.CRITICAL, level="polda")
    taken = replace(ops, id="1702-BBBBBBBBBBBBBBBB", state=AlertState.ACKNOWLEDGED)
    over = replace(ops, id="1702-CCCCCCCCCCCCCCCC", state=AlertState.RESOLVED)
    later = replace(ops, id="1702-DDDDDDDDDDDDDDDD", opened_at=minute(1))
    found = open_alerts([later, over, taken, grave], minute(0))
    assert [grave.id, taken.id, later.id] == [one.id for one in found.alerts]
    assert (Severity.CRITICAL, 1) == found.by_severity[0]
    assert {AlertState.UNACKNOWLEDGED: 2, AlertState.ACKNOWLEDGED: 1} == dict(found.by_state)
    assert {"polda": 1, ops.level: 1} == dict(found.by_level)
    oldest = found.oldest_unacknowledged
    assert oldest is not None
    assert (grave.id, OPENED_AT) == (oldest.id, oldest.opened_at)


def test_an_alert_is_overdue_at_the_top_of_its_ladder() -> None:
    """Or where its time is over; one of low severity has none."""
    alert = replace(alert_on(Ladder.OPS), due_at=minute(5))
    top = replace(alert, due_at=None)
    low = replace(top, severity=Severity.LOW)
    assert 0 == open_alerts([alert], minute(5)).overdue
    assert 1 == open_alerts([alert], minute(6)).overdue
    assert 1 == open_alerts([top], minute(0)).overdue
    assert 0 == open_alerts([low], minute(0)).overdue


def test_colours_are_those_of_the_areas() -> None:
    """Kabupaten before kecamatan; a desa is shown that of its kecamatan."""
    riot = (at("09:00"), report("KAM-06", KR, "w1"), at("09:01"))
    found = situation("09:05", *riot, area="17.02")
    colours = {one.area: one.colour for one in found.colours}
    assert ["17.02", "17.02.09", "17.02.11"] == list(colours)
    assert (SituationColour.KUNING, SituationColour.HIJAU) == (
        colours[AreaCode("17.02.09")],
        colours[AreaCode("17.02.11")],
    )
    below = situation("09:05", *riot, area=DESA)
    assert [("17.02.09", SituationColour.KUNING)] == [
        (one.area, one.colour) for one in below.colours
    ]


def test_counts_say_who_is_in_and_not_who_leads() -> None:
    """By contest: TPS with any form, and with a final one."""
    found = situation(
        "14:00",
        *(at("13:10"), counting(KR), at("13:30"), provisional(count(KR, 20, 10))),
        *(at("13:40"), count(R, 120, 98)),
        area=DESA,
    )
    by_contest = {one.contest: one for one in found.counts}
    assert {"gubernur", "bupati"} == set(by_contest)
    regent = by_contest["bupati"]
    assert (4, 2, 1) == (regent.tps_all, regent.tps_in, regent.tps_final)
    assert "votes" not in type(regent).__struct_fields__


def test_boxes_are_counted_along() -> None:
    """As the view of custody counts them."""
    found = situation("14:05", at("14:00"), departed(KR, "K1", "S1", "A1"), area=DESA)
    assert (3, 1) == (found.custody.tps_waiting, found.custody.on_the_way)


def test_it_says_how_far_it_can_be_trusted() -> None:
    """Up to what has been heard, with what Siaga says of itself."""
    found = situation("09:00", at("08:00"), opened(KR), deaf, area="17.02")
    assert "08:00" == clock(found.trust.heard_at)
    assert {"X05"} == {one.rule for one in found.trust.blind}
    assert () == situation("09:00", at("08:00"), opened(KR), ack("T03@R")).trust.blind
