"""The picture of areas after stories: what is counted of them, and what only a kabupaten has."""

from typing import Final

import pytest

from streams.domain.facts import Stage
from streams.domain.ids import AreaCode
from streams.domain.words import Role, SituationColour, TpsClass
from streams.judge.state import PartitionState
from streams.rules.detectors.situation import SituationState
from streams.views.picture import Picture
from streams.wire.time import moment_of
from tests.support.events import (
    ack,
    opened,
    report,
)
from tests.support.pictures import Telling, Wall, area_after, hours, wall_after
from tests.support.station import (
    count,
    departed,
    escorted,
    provisional,
)
from tests.support.stories import at, deaf, journal, judge_into
from tests.support.world import (
    DESA,
    ELECTION,
    GOVERNOR,
    KABUPATEN,
    KR,
    R2,
    REGENT,
    SR,
    UNKNOWN,
    R,
    local,
    whole_world,
)

CURUP: Final = AreaCode("17.02.09")
MORNING: Final = at("06:00")


def test_tps_of_an_area_are_counted_by_stage_and_class() -> None:
    """Those of the plan, also those that nobody has heard of."""
    day = (MORNING, at("07:00"), opened(KR), opened(R2), opened(UNKNOWN), at("07:10"))
    found = area_after(KABUPATEN, *day)
    stages = {stage: count for stage, count in found.stages.items() if count}
    assert (7, {Stage.NOT_OPEN: 5, Stage.VOTING: 2}, 5) == (found.tps, stages, found.never_heard)
    assert list(Stage) == list(found.stages)
    assert {
        TpsClass.KURANG_RAWAN: 3,
        TpsClass.RAWAN: 2,
        TpsClass.SANGAT_RAWAN: 1,
        TpsClass.KHUSUS: 1,
    } == found.classes
    desa = area_after(DESA, *day)
    assert ("desa", "Air Rambai", 4, 3) == (desa.kind, desa.name, desa.tps, desa.never_heard)


def test_alerts_are_counted_in_every_area_around_them() -> None:
    """And not beside; also of a TPS that no plan has."""
    day = (MORNING, at("08:00"), report("KAM-01", UNKNOWN, "ptps-9", Role.PTPS), at("08:01"))
    wall = wall_after(*day)
    desa, kecamatan, other = (wall.area(code) for code in (DESA, CURUP, "17.02.11"))
    assert (1, 1, 0) == tuple(one.alerts.critical for one in (desa, kecamatan, other))
    assert desa.alerts.high == wall.tps(SR).alerts.high == 1
    assert desa.unacknowledged == sum(
        (desa.alerts.critical, desa.alerts.high, desa.alerts.medium, desa.alerts.low)
    )
    taken = area_after(DESA, *day, ack("T03@SR"), at("08:02"))
    assert desa.unacknowledged - 1 == taken.unacknowledged


def test_what_only_some_may_see_is_counted_nowhere() -> None:
    """A complaint about the police is for Propam: neither its alert nor its report is told of."""
    before = wall_after(MORNING, at("06:30")).content
    state = PartitionState(0, whole_world())
    judge_into(state, journal(MORNING, report("NET-01", KR, "w-8"), at("06:30")))
    hidden = [alert for _, alert in state.alerts.items() if alert.restricted_to]
    wall = Wall()
    wall.follow(Picture(state))
    assert hidden
    assert all(alert.is_open for alert in hidden)
    assert before == wall.content


def test_an_area_has_a_colour_since_it_is_not_calm() -> None:
    """A desa has none."""
    day = (MORNING, at("08:00"), report("KAM-01", KR, "ptps-9", Role.PTPS), at("08:05"))
    wall = wall_after(*day)
    found = [
        (wall.area(code).colour, hours(wall.area(code).colour_since)) for code in (CURUP, DESA)
    ]
    assert [(SituationColour.KUNING, "08:00"), (None, "-")] == found
    calm = wall.area("17.02.11")
    assert (SituationColour.HIJAU, None) == (calm.colour, calm.colour_since)


def test_a_colour_that_changes_alone_is_told() -> None:
    """Its row is enough: no alert of the area needs to change with it."""
    telling = Telling(MORNING)
    telling.wall.follow(telling.picture)
    [rule] = telling.state.world.of(ELECTION).rules.areas.situation
    key = (ELECTION, rule.head.rule.id, CURUP)
    merah = SituationState(colour=SituationColour.MERAH)
    for row, colour in ((merah, SituationColour.MERAH), (SituationState(), SituationColour.HIJAU)):
        telling.state.situations.put(key, row)
        assert CURUP in telling.round()
        assert colour is telling.wall.area(CURUP).colour
        assert CURUP not in telling.round()


def test_forms_are_counted_by_contest_and_never_votes() -> None:
    """Final ones apart; a contest of the whole province has its TPS here."""
    day = (at("14:00"), count(KR, 100, 90), provisional(count(R, 80, 70)), at("14:01"))
    found = {one.contest: one for one in area_after(KABUPATEN, *day).counts}
    bupati, gubernur = found[REGENT[0]], found[GOVERNOR[0]]
    assert (7, 2, 1) == (bupati.tps, bupati.forms, bupati.final)
    assert (7, 0, 0) == (gubernur.tps, gubernur.forms, gubernur.final)


def test_reports_that_wait_are_counted() -> None:
    """Where they are, as far as that is sure."""
    day = (MORNING, report("KAM-01", KR, "w-1"), at("06:05"))
    assert (1, 1, 0) == tuple(area_after(code, *day).triage for code in (DESA, CURUP, "17.02.11"))


def test_only_a_kabupaten_tells_how_far_all_is_heard() -> None:
    """`heard` stands still where intake does not hear; `now` goes on."""
    wall = wall_after(MORNING, at("07:00"), deaf, at("07:10"))
    whole, part = wall.area(KABUPATEN), wall.area(CURUP)
    assert ("06:59:30", "07:10") == (hours(whole.heard), hours(whole.now))
    assert (None, None, None, None) == (part.heard, part.expected, part.strength, part.boxes)


EXPECTED: Final = {
    "06:29": {"voting": 0, "closed": 0, "counted": 0},
    "06:30": {"voting": 1, "closed": 0, "counted": 0},
    "07:10": {"voting": 2, "closed": 0, "counted": 0},
    "07:30": {"voting": 7, "closed": 0, "counted": 0},
    "13:45": {"voting": 7, "closed": 4, "counted": 0},
    "24:00": {"voting": 7, "closed": 7, "counted": 7},
}


@pytest.mark.parametrize("clock", EXPECTED)
def test_stages_are_expected_by_the_hours_and_the_limits(clock: str) -> None:
    """`EARLY` opens at 06:00; the most vulnerable are awaited soonest (T03, T05, T09)."""
    found = area_after(KABUPATEN, at("05:00"), at(clock)).expected
    assert EXPECTED[clock] == found


def test_what_will_be_expected_is_told_from_the_first_word() -> None:
    """For each moment the same number as `expected` will have then; by the minute."""
    rising = area_after(KABUPATEN, at("05:00")).expected_by
    assert rising is not None
    for clock, due in EXPECTED.items():
        now = local(clock)
        assert due == {
            stage: max((one.tps for one in points if moment_of(one.at) <= now), default=0)
            for stage, points in rising.items()
        }


def test_boxes_on_their_way_are_named() -> None:
    """With the time that is given to them; those that are due first stand first."""
    out = (departed(KR, "K1", "S1", "A1", "A2"), at("14:05"), departed(SR, "K9"))
    wall = wall_after(at("14:00"), *out, at("14:06"), escorted(SR, "K9"), at("14:10"))
    first, second = list(wall.area(KABUPATEN).boxes or ())
    assert ("K1", KR, "TPS 001 Air Rambai", 2) == (first.box, first.tps, first.name, first.escorts)
    assert ("14:00", "14:20", "14:30", 30.0) == (
        *map(hours, (first.left_at, first.eta_at, first.due_at)),
        first.limit_minutes,
    )
    assert ("K9", 1, None, "14:50", 45.0) == (
        second.box,
        second.escorts,
        second.eta_at,
        hours(second.due_at),
        second.limit_minutes,
    )
    assert (2, 2, 0) == tuple(wall.area(one).boxes_away for one in (KABUPATEN, DESA, "17.02.11"))
