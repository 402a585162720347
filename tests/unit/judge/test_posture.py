"""Live posture: when a place is judged one class tighter, and by what."""

from typing import Final

import pytest

from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import TPS_CLASSES
from streams.judge.posture import (
    TIGHTER,
    is_raised,
    lower_posture,
    raise_posture,
    raised_causes,
    raised_spans,
)
from streams.judge.state import PartitionState
from tests.support.restarts import taken_over
from tests.support.world import DESA, ELECTION, KABUPATEN, KR, KR2, R, whole_world

CLOSE: Final = "V07:bupati"
OTHER: Final = "V07:gubernur"
DRILL: Final = ElectionId(f"{ELECTION}#drill-gladi")


def state() -> PartitionState:
    """Return a partition in which nothing is raised."""
    return PartitionState(0, whole_world())


def raised(of: PartitionState, area: str, cause: str, since: int, until: int = NEVER) -> None:
    """Raise an area, and let it fall again."""
    raise_posture(of, ELECTION, AreaCode(area), cause, EpochMs(since))
    if until != NEVER:
        lower_posture(of, ELECTION, AreaCode(area), cause, EpochMs(until))


def spans(of: PartitionState, place: str = KR) -> list[tuple[int, int]]:
    """Return when a place is raised."""
    return list(raised_spans(of, ELECTION, AreaCode(place)))


def test_one_class_tighter_stops_at_the_tightest() -> None:
    """`khusus` becomes `sangat_rawan`, which stays what it is (contract §1)."""
    expected = ["rawan", "sangat_rawan", "sangat_rawan", "sangat_rawan"]
    assert expected == [TIGHTER[one].value for one in TPS_CLASSES]


def test_without_a_cause_nothing_is_raised() -> None:
    """The classes of the map hold."""
    assert ([], ()) == (spans(state()), raised_causes(state(), ELECTION, DESA))


@pytest.mark.parametrize(
    ("area", "places"),
    [(KABUPATEN, [KR, R, KR2, DESA]), (DESA, [KR, R, DESA]), (KR, [KR])],
)
def test_a_cause_raises_its_area_and_all_within(area: str, places: list[str]) -> None:
    """Not the areas around it."""
    of = state()
    raised(of, area, CLOSE, 10)
    found = [place for place in (KR, R, KR2, DESA) if spans(of, place)]
    assert places == found


def test_it_holds_from_its_moment_until_it_has_fallen() -> None:
    """The first moment is inside, the last is not; in another election it never holds."""
    of = state()
    raised(of, DESA, CLOSE, 10, 50)
    moments = [EpochMs(at) for at in (9, 10, 49, 50)]
    assert [False, True, True, False] == [is_raised(of, ELECTION, KR, at) for at in moments]
    assert [] == [at for at in moments if is_raised(of, DRILL, KR, at)]


LIVES: Final[dict[str, tuple[list[tuple[str, int, int]], list[tuple[int, int]]]]] = {
    "raised and lowered": ([(CLOSE, 10, 50)], [(10, 50)]),
    "raised twice, as a further count comes": ([(CLOSE, 10, NEVER), (CLOSE, 30, 50)], [(10, 50)]),
    "raised again before it fell": ([(CLOSE, 10, 50), (CLOSE, 40, 90)], [(10, 90)]),
    "raised again as it falls": ([(CLOSE, 10, 50), (CLOSE, 50, 90)], [(10, 90)]),
    "raised again after it fell": ([(CLOSE, 10, 50), (CLOSE, 60, 90)], [(10, 50), (60, 90)]),
    "by two causes": ([(CLOSE, 10, 50), (OTHER, 30, 90)], [(10, 90)]),
    "by two, one within the other": ([(CLOSE, 10, 90), (OTHER, 30, 50)], [(10, 90)]),
    "it falls sooner than was thought": ([(CLOSE, 10, 90), (CLOSE, 20, 50)], [(10, 50)]),
}


@pytest.mark.parametrize(("acts", "expected"), LIVES.values(), ids=LIVES)
def test_a_posture_over_time(
    acts: list[tuple[str, int, int]], expected: list[tuple[int, int]]
) -> None:
    """Each cause lets it fall as far as it has raised it."""
    of = state()
    for cause, since, until in acts:
        raised(of, DESA, cause, since, until)
    assert expected == spans(of)


def test_a_fall_is_never_put_off() -> None:
    """What was to fall at 50 falls then, whoever says later that it is to fall at 90."""
    of = state()
    raised(of, DESA, CLOSE, 10, 50)
    lower_posture(of, ELECTION, DESA, CLOSE, EpochMs(90))
    assert [(10, 50)] == spans(of)
    lower_posture(of, ELECTION, DESA, CLOSE, EpochMs(40))
    assert [(10, 40)] == spans(of)


def test_who_takes_over_knows_the_posture() -> None:
    """It is saved, whole."""
    of = state()
    raised(of, DESA, CLOSE, 10, 50)
    raised(of, KR, OTHER, 60)
    assert [(10, 50), (60, NEVER)] == spans(taken_over(of))
