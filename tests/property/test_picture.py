"""What holds of the picture after every day, whenever it was told.

It is compared with two that know nothing of what was kept: one that is made anew of the saved
state, and the views of a report, which count all of an area each time they are asked.
"""

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.ids import AreaCode, ElectionId
from streams.domain.words import Severity
from streams.judge.state import PartitionState
from streams.views.asked import Asked
from streams.views.chronicle import Chronicle
from streams.views.custody import BoxState, custody_of
from streams.views.situation import situation_of
from streams.views.triage import queue
from streams.wire.picture import AreaPicture, TpsPicture
from tests.support.histories import quick, stories_of
from tests.support.pictures import played, told_of
from tests.support.restarts import taken_over
from tests.support.stories import Item, journal
from tests.support.whole_days import CONTESTS, whole_days
from tests.support.world import whole_world

DAY: Final = whole_world(*CONTESTS)
CUTS: Final = st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=20)
SEVERITIES: Final = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)


@quick(60)
@given(st.one_of(whole_days(), stories_of()), CUTS)
def test_what_is_kept_is_what_is_made_anew(items: list[Item], cuts: list[int]) -> None:
    """Whoever takes over shows the same places, each with the same content."""
    state = PartitionState(0, DAY)
    shown = played(journal(*items), cuts, state).content
    assert shown == told_of(taken_over(state))


@quick(40)
@given(st.one_of(whole_days(), stories_of()), CUTS)
def test_an_area_is_what_its_report_says(items: list[Item], cuts: list[int]) -> None:
    """Stages, silence, alerts, colour, counts, boxes and strength, by another way to count."""
    state = PartitionState(0, DAY)
    shown = played(journal(*items), cuts, state).content
    for picture in shown.values():
        if isinstance(picture, AreaPicture):
            assert counted(picture) == reported(state, picture)


def counted(picture: AreaPicture) -> list[object]:
    """Return what an area's document says, as far as a report says it."""
    alerts = picture.alerts
    return [
        picture.tps,
        picture.stages,
        picture.never_heard,
        picture.silent,
        [alerts.critical, alerts.high, alerts.medium, alerts.low],
        picture.unacknowledged,
        picture.triage,
        [(one.contest, one.tps, one.forms, one.final) for one in picture.counts],
        picture.boxes_away,
        picture.colour,
        None
        if picture.strength is None
        else [(one.name, one.free, one.needed, one.bko) for one in picture.strength],
    ]


def reported(state: PartitionState, picture: AreaPicture) -> list[object]:
    """Return the same from the views of a report."""
    asked = Asked(
        election=ElectionId(picture.election),
        area=AreaCode(picture.code),
        now=state.clocks.now,
    )
    found, custody = situation_of(state, Chronicle(), asked), custody_of(state, asked)
    is_wide = picture.kind == "kabupaten"
    colours = {one.area: one.colour for one in found.colours}
    balances = [one.balance for one in found.strength]
    return [
        found.stations.total,
        dict(found.stations.by_stage),
        found.stations.never_heard,
        found.stations.silent,
        [dict(found.alerts.by_severity)[one] for one in SEVERITIES],
        sum(number for _, number in found.alerts.by_level),
        len(queue(state, asked)),
        [(one.contest, one.tps_all, one.tps_in, one.tps_final) for one in found.counts],
        sum(box.state is not BoxState.ARRIVED for box in custody.boxes),
        None if picture.kind == "desa" else colours[picture.code],
        [(one.strength.polsek, one.strength.free, one.demand, one.bko) for one in balances]
        if is_wide
        else None,
    ]


@quick(25)
@given(whole_days())
def test_an_area_is_the_sum_of_its_tps(items: list[Item]) -> None:
    """Of whatever is said of each TPS of the plan."""
    shown = played(journal(*items), [], PartitionState(0, DAY)).content
    stations = [one for one in shown.values() if isinstance(one, TpsPicture)]
    for area in shown.values():
        if isinstance(area, AreaPicture):
            own = [
                one
                for one in stations
                if one.election == area.election and one.code.startswith(area.code)
            ]
            assert (len(own), sum(one.silent for one in own), sum(one.raised for one in own)) == (
                area.tps,
                area.silent,
                area.raised,
            )
