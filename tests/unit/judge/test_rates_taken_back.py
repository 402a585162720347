"""What is taken back was never a report: rates end without it, at once or sooner."""

from typing import Final

import pytest

from tests.support.events import correction, heartbeat, report
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import unrest
from tests.support.stories import Item, at, named, story
from tests.support.world import DESA, KR, whole_world

DAY: Final = whole_world()
NINE: Final = at("09:00")
SIX_VOICES: Final[list[Item]] = [
    NINE,
    *(report("", DESA, f"m{number}") for number in range(5)),
    named("u1", unrest(KR)),
]
TAKEN_BACK: Final = correction("u1", heartbeat(KR))

SURGES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "the sixth was none": ([TAKEN_BACK], ["09:20 returned"]),
    "there are six without it": (
        [report("", DESA, "m6"), TAKEN_BACK],
        ["09:45 escalated", "09:45 returned"],
    ),
    "another's id": ([correction("u1", heartbeat(KR)), TAKEN_BACK], ["09:20 returned"]),
    "nothing that was counted": (
        [correction("u2", heartbeat(KR))],
        ["09:45 escalated", "09:45 returned"],
    ),
}


@pytest.mark.parametrize(("items", "lines"), SURGES.values(), ids=SURGES)
def test_a_surge_without_what_was_taken_back(items: list[Item], lines: list[str]) -> None:
    """With fewer voices than it needs it is over; else it ends as if it had never been said."""
    day = [*SIX_VOICES, at("09:20"), *items, at("10:06")]
    told = story(*day, of="W05@DESA", world=DAY)
    assert ["09:00 opened", *lines] == told
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_a_flood_lasts_as_long_as_what_is_left_of_it() -> None:
    """Its last word was none, so the half hour counts from the one before."""
    eleven: list[Item] = [NINE, *(report("INF-01", KR, "kpps") for _ in range(11))]
    later: list[Item] = [at("09:20"), named("u1", unrest(KR)), at("09:40"), TAKEN_BACK, at("09:51")]
    day = [*eleven, *later]
    assert ["09:00 opened", "09:40 returned"] == story(*day, of="W14@source:kpps", world=DAY)
    unchanged = [*eleven, *later[:-2], at("09:51")]
    assert ["09:00 opened", "09:50 returned"] == story(*unchanged, of="W14@source:kpps", world=DAY)


def test_what_was_taken_back_before_it_came_is_not_counted() -> None:
    """Five voices, and one that was never said."""
    day = [NINE, TAKEN_BACK, *SIX_VOICES[1:], at("09:01")]
    assert [] == story(*day, of="W05@DESA", world=DAY)
