"""When a TPS had counted everything."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.events import CountStatus
from streams.domain.happenings import Happening, Point, Said
from streams.domain.ids import AreaCode
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import Role
from streams.judge.counted import counted_at
from tests.support.world import FAR, GOVERNOR, KR, REGENT, VILLAGE, plan

BOTH: Final = plan(contests=(GOVERNOR, REGENT))


def count(at: int, contest: str, *, final: bool = True, role: Role = Role.KPPS) -> Point:
    """Return a count of a contest."""
    status = CountStatus.FINAL if final else CountStatus.PROVISIONAL
    said = Said(contest=contest, status=status)
    return Point(EpochMs(at), Happening.COUNT, f"c{at}", "kpps", f"0:{at}", role, said)


G: Final = "gubernur"
B: Final = "bupati"
COUNTS: Final[dict[str, tuple[list[Point], int]]] = {
    "nothing": ([], NEVER),
    "one of two": ([count(5, G)], NEVER),
    "both": ([count(5, G), count(9, B)], 9),
    "both, told in another order": ([count(9, B), count(5, G)], 9),
    "one still provisional": ([count(5, G), count(9, B, final=False)], NEVER),
    "provisional first": ([count(3, B, final=False), count(5, G), count(9, B)], 9),
    "counted once more": ([count(5, G), count(9, B), count(20, B)], 9),
    "earlier than was known": ([count(5, G), count(9, B), count(2, B)], 5),
    "a contest of somewhere else": ([count(5, G), count(9, "kades")], NEVER),
    "by whoever has seen the form": ([count(5, G), count(9, B, role=Role.WARGA)], 9),
    "a program counts nothing": ([count(5, G), count(9, B, role=Role.SYSTEM)], NEVER),
    "other happenings are no counts": (
        [count(5, G), Point(EpochMs(9), Happening.COUNTING_FINISHED, "f", "kpps", "0:9")],
        NEVER,
    ),
}


@pytest.mark.parametrize(("points", "at"), COUNTS.values(), ids=COUNTS)
def test_a_tps_has_counted_with_the_last_of_the_first_finals(points: list[Point], at: int) -> None:
    """Of each contest that covers it, by the time of the count."""
    assert at == counted_at(BOTH, BOTH.tps[KR], points)


@pytest.mark.parametrize(
    ("contests", "tps", "at"),
    [
        ((GOVERNOR, REGENT), FAR, 5),
        ((GOVERNOR, VILLAGE), KR, 5),
        ((GOVERNOR,), KR, 5),
    ],
    ids=("another kabupaten", "another desa", "one contest"),
)
def test_only_the_contests_that_cover_it_are_waited_for(
    contests: tuple[tuple[str, str], ...], tps: AreaCode, at: int
) -> None:
    """By the areas of the election folder."""
    of_plan = plan(contests=contests)
    assert at == counted_at(of_plan, of_plan.tps[tps], [count(5, G)])


def test_where_nobody_votes_nothing_is_ever_counted() -> None:
    """A TPS that no contest covers has its own word only."""
    elsewhere = replace(BOTH.tps[KR], code=AreaCode("99.01.01.1001-001"))
    assert NEVER == counted_at(BOTH, elsewhere, [count(5, G), count(9, B)])
