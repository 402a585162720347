"""In which order the picture is told, and how much of it in a round."""

from typing import Final

from streams.domain.ids import AreaCode, ElectionId
from streams.views.picture_queue import LATER_MIN, ROUND_MAX, PictureQueue, Where
from tests.support.world import DESA, ELECTION, KR, R

KECAMATAN: Final = AreaCode("17.02.09")


def where(code: str) -> Where:
    """Return a place of the tiny world."""
    return ELECTION, AreaCode(code)


def many(desa: int, count: int) -> list[Where]:
    """Return so many TPS of a desa."""
    return [where(f"17.02.09.{desa}-{number:03}") for number in range(count)]


def test_areas_are_told_before_tps() -> None:
    """Whatever came first."""
    queue = PictureQueue()
    for code in (KR, DESA, R, KECAMATAN):
        queue.change(where(code))
    assert [where(code) for code in (DESA, KECAMATAN, KR, R)] == queue.take()
    assert [] == queue.take()


def test_a_place_is_told_once_however_often_it_changes() -> None:
    """At its first turn; and again only when it has changed again."""
    queue = PictureQueue()
    for _ in range(3):
        queue.change(where(KR))
    queue.tell_later(where(KR))
    assert [where(KR)] == queue.take()
    assert 0 == len(queue)
    queue.change(where(KR))
    assert [where(KR)] == queue.take()


def test_what_changed_goes_before_the_rest() -> None:
    """Also a TPS before areas that only wait for their turn."""
    queue = PictureQueue()
    for code in (KECAMATAN, DESA, R):
        queue.tell_later(where(code))
    queue.change(where(KR))
    assert [where(code) for code in (KR, KECAMATAN, DESA, R)] == queue.take()


def test_a_round_is_bounded_and_nothing_is_left_out() -> None:
    """All come in their order, so many at a time."""
    queue, places = PictureQueue(), many(1001, 999) + many(1002, 300)
    for place in places:
        queue.tell_later(place)
    rounds = [queue.take() for _ in range(4)]
    assert [ROUND_MAX, ROUND_MAX, 299, 0] == [len(one) for one in rounds]
    assert places == [place for one in rounds for place in one]


def test_the_rest_comes_to_an_end_however_much_changes() -> None:
    """A part of each round is kept for it."""
    queue, rest = PictureQueue(), many(1001, 250)
    for place in rest:
        queue.tell_later(place)
    told: list[Where] = []
    for _ in range(-(-len(rest) // LATER_MIN)):
        for place in many(1002, 900):
            queue.change(place)
        told += queue.take()
    assert set(rest) <= set(told)


def test_places_of_two_elections_are_two() -> None:
    """Each has its own turn."""
    queue = PictureQueue()
    drill = ElectionId(f"{ELECTION}#drill-gladi")
    queue.change(where(KR))
    queue.change((drill, KR))
    assert [where(KR), (drill, KR)] == queue.take()
