"""What a close result makes more dangerous: where posture is raised, what is judged by it."""

from typing import Final

import pytest

from streams.domain.ids import AreaCode
from streams.domain.times import NEVER
from streams.judge.posture import raised_spans
from streams.judge.state import PartitionState
from tests.support.events import correction, heartbeat, report
from tests.support.restarts import story_in_one_go, story_with_restarts, taken_over
from tests.support.station import (
    PTPS,
    arrived,
    correcting,
    count,
    departed,
    short_of_ballots,
)
from tests.support.stories import Item, at, journal, judge_into, named, story
from tests.support.world import DESA, ELECTION, KH, KR, KR2, UNKNOWN, R, clock, whole_world

DAY: Final = whole_world()
TWO: Final = at("14:00")


def state_after(*items: Item) -> PartitionState:
    """Return what is known after a day."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    return state


def spans_of(state: PartitionState, place: str) -> list[tuple[str, str]]:
    """Return when a place is judged one class tighter."""
    found = raised_spans(state, ELECTION, AreaCode(place))
    return [(clock(since), "" if until == NEVER else clock(until)) for since, until in found]


def test_one_close_contest_raises_a_tps_and_its_desa() -> None:
    """The TPS beside it too, not the next desa."""
    state = state_after(TWO, count(KR, 100, 99))
    assert [[("14:00", "")], [("14:00", "")], []] == [
        spans_of(state, place) for place in (KR, R, KR2)
    ]


LOWERED: Final[dict[str, tuple[list[Item], list[tuple[str, str]]]]] = {
    "it goes on": ([at("20:00")], [("14:00", "")]),
    "it is put right": (
        [at("15:00"), correcting("f1", count(KR, 150, 99))],
        [("14:00", "17:00")],
    ),
    "it turns out to be impossible": (
        [at("15:00"), short_of_ballots(count(KR, 100, 99))],
        [("14:00", "17:00")],
    ),
    "its box has come in": (
        [at("15:00"), departed(KR, "", "", "A1"), at("15:20"), arrived(KR), at("15:30")],
        [("14:00", "28:00")],
    ),
    "its box has come in, and then it is put right": (
        [
            *(at("15:00"), departed(KR, "", "", "A1"), at("15:20"), arrived(KR), at("15:30")),
            correcting("f1", count(KR, 150, 99)),
        ],
        [("14:00", "17:30")],
    ),
    "the box was not in after all": (
        [
            *(at("15:00"), departed(KR, "", "", "A1"), at("15:20"), named("b", arrived(KR))),
            *(at("15:30"), correction("b", heartbeat(KR))),
        ],
        [("14:00", "")],
    ),
    "somebody counts it once more": (
        [at("16:00"), count(KR, 100, 99, PTPS), arrived(KR), at("16:10")],
        [("14:00", "30:00")],
    ),
}


@pytest.mark.parametrize(("items", "spans"), LOWERED.values(), ids=LOWERED)
def test_a_posture_falls_two_hours_after_its_cause(
    items: list[Item], spans: list[tuple[str, str]]
) -> None:
    """After the result is not close any more, or 12 hours after the last count and the box."""
    day = [TWO, named("f1", count(KR, 100, 99)), *items]
    assert spans == spans_of(state_after(*day), KR)
    assert spans == spans_of(taken_over(state_after(*day)), DESA)


def test_a_form_that_cannot_be_raises_nothing_when_a_box_moves() -> None:
    """What stands in no total is no close result, whoever looks."""
    state = state_after(TWO, short_of_ballots(count(KR, 100, 99)), departed(KR), at("14:01"))
    assert [] == spans_of(state, KR)


def test_an_unknown_tps_raises_nothing() -> None:
    """It has no list of voters, and is in no total."""
    state = state_after(TWO, count(UNKNOWN, 100, 99), departed(UNKNOWN), at("14:01"))
    assert ([], 0) == (spans_of(state, DESA), len(state.totals))


def test_a_box_on_its_way_is_expected_sooner_when_the_result_turns_out_to_be_close() -> None:
    """Its own TPS or one beside it; khusus: 45 minutes instead of 90, told when they are over."""
    away = [at("14:00"), departed(KH, "", "", "A1"), at("14:10")]
    for tps in (KH, KR):
        day = [*away, count(tps, 60, 59), at("14:47")]
        assert ["14:45 opened"] == story(*day, of=f"T10@box:{KH}#1", world=DAY)
        assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_a_box_that_should_have_come_already_is_missed_when_the_posture_rises() -> None:
    """Not before: nobody expected it sooner then."""
    day = [at("14:00"), departed(KH, "", "", "A1"), at("15:10"), count(KR, 100, 99), at("15:12")]
    assert ["15:10 opened"] == story(*day, of=f"T10@box:{KH}#1", world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_a_box_of_an_unknown_tps_is_expected_sooner_too() -> None:
    """It is in the same desa: 90 minutes instead of 120."""
    day = [at("14:00"), departed(UNKNOWN, "", "", "A1"), at("14:10"), count(KR, 100, 99)]
    told = story(*day, at("15:31"), of=f"T10@box:{UNKNOWN}#1", world=DAY)
    assert ["15:30 opened"] == told


def test_a_quarrel_needs_one_voice_less_while_the_result_is_close() -> None:
    """W03 asks 4 of citizens who speak of a kurang_rawan TPS, and 3 one class tighter."""
    quarrel = [report("KAM-08", KR, by) for by in ("a", "b", "c")]
    name = "W03@DESA|KAM-08"
    assert [] == story(TWO, *quarrel, at("14:01"), of=name, world=DAY)
    close = [TWO, count(R, 100, 99), at("14:05"), *quarrel, at("14:06")]
    assert ["14:05 opened"] == story(*close, of=name, world=DAY)
