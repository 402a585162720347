"""Deadlines that a later word moves, meets or takes back after they were told."""

from typing import Final

import pytest

from tests.support.events import closed, correction, heartbeat, opened, resumed, suspended
from tests.support.station import PTPS, arrived, departed, escorted, saying, sent_by
from tests.support.stories import Item, at, named, said, story
from tests.support.world import KR, SR, whole_world

DAY: Final = whole_world()
SIX: Final = at("06:00")
SEVEN: Final = at("07:00")

HALTED: Final[list[Item]] = [
    SEVEN,
    opened(KR),
    at("08:04"),
    named("s2", suspended(KR)),
    at("08:30"),
]
"""Told at 08:19."""
HALTED_BEFORE: Final[list[Item]] = [*HALTED, said("07:51", named("s1", suspended(KR)))]

HALTS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "halted before that": (HALTED_BEFORE, []),
    "and resumed before it halted again": (
        [*HALTED_BEFORE, said("08:01", resumed(KR))],
        [],
    ),
    "and resumed for good before the deadline": (
        [*HALTED_BEFORE, said("08:10", resumed(KR))],
        ["08:30 resolved late"],
    ),
    "and resumed for good after the deadline": (
        [*HALTED_BEFORE, said("08:25", resumed(KR))],
        ["08:30 returned"],
    ),
    "the later halt is taken back": (
        [*HALTED_BEFORE, correction("s2", heartbeat(KR))],
        [],
    ),
    "the earlier halt, by which nothing was told, is taken back": (
        [*HALTED_BEFORE, correction("s1", heartbeat(KR))],
        [],
    ),
}


@pytest.mark.parametrize(("items", "lines"), HALTS.values(), ids=HALTS)
def test_what_was_told_of_a_halt_keeps_its_deadline(items: list[Item], lines: list[str]) -> None:
    """One by which it was overdue even earlier changes nothing, whatever comes after it (ADR 6)."""
    assert ["08:19 opened", "08:24 escalated", *lines] == story(*items, of="T06@KR")


def test_a_halt_that_is_taken_back_leaves_a_shorter_one() -> None:
    """Not overdue by the other when it was told: it ends, and opens by that (ADR 6)."""
    day = [SEVEN, opened(KR), at("08:00"), named("s1", suspended(KR)), at("08:10")]
    day += [sent_by(PTPS, suspended(KR)), at("08:26"), correction("s1", heartbeat(KR)), at("08:27")]
    told = ["08:15 opened", "08:20 escalated", "08:26 returned", "08:26 reopened"]
    assert told == story(*day, of="T06@KR")


def test_a_correction_is_a_message_that_meets_a_deadline() -> None:
    """By its own time: the TPS was there, whatever it has taken back."""
    day = [SEVEN, opened(KR), named("c1", closed(KR)), correction("c1", heartbeat(KR)), at("08:40")]
    late = said("08:29", correction("c2", heartbeat(KR)))
    assert ["08:30 opened", "08:40 resolved late"] == story(*day, late, of="T07@KR")
    later = said("08:31", correction("c2", heartbeat(KR)))
    assert ["08:30 opened", "08:40 returned"] == story(*day, later, of="T07@KR")


ON_ITS_WAY: Final[list[Item]] = [SIX, at("14:00"), named("d1", departed(KR, "", "", "A1"))]
"""A way of 20 minutes by the plan."""
OVERDUE: Final = ["14:30 opened", "14:35 escalated"]
BOX: Final = f"T10@box:{KR}#1"


def told_to_take(minutes: int, left: str = "14:00") -> Item:
    """Another sender says of the departure how long the way takes."""
    told = saying(departed(KR, "", "", "A1"), eta_minutes=float(minutes))
    return said(left, named("d2", sent_by(PTPS, told)))


WAYS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "it is longer, and still overdue": ([told_to_take(25)], []),
    "and the box comes after that": (
        [told_to_take(25), at("14:41"), arrived(KR)],
        ["14:41 returned"],
    ),
    "and the box had come by then": (
        [told_to_take(25), said("14:36", arrived(KR))],
        ["14:39 resolved late"],
    ),
    "it is longer, and not over yet": ([told_to_take(40)], []),
    "and the box comes in time by that": (
        [told_to_take(40), at("14:42"), arrived(KR)],
        ["14:42 resolved late"],
    ),
    "how long it takes is taken back": (
        [told_to_take(25), at("14:42"), correction("d2", sent_by(PTPS, heartbeat(KR)))],
        [],
    ),
    "another has seen it leave before": (
        [said("13:55", sent_by(PTPS, departed(KR, "", "", "A1")))],
        [],
    ),
    "and says that it takes longer": ([told_to_take(25, "13:58")], []),
    "the departure is taken back": ([correction("d1", heartbeat(KR))], ["14:39 returned"]),
}


@pytest.mark.parametrize(("items", "lines"), WAYS.values(), ids=WAYS)
def test_a_longer_limit_moves_what_was_told_of_a_box(items: list[Item], lines: list[str]) -> None:
    """It is overdue still, or will be: nobody is called off, and nobody is called again."""
    day = [*ON_ITS_WAY, at("14:39"), *items, at("14:44")]
    assert [*OVERDUE, *lines] == story(*day, of=BOX, world=DAY)


def test_a_longer_limit_of_another_way_moves_nothing() -> None:
    """Escorted in time and in; what leaves again without one has a deadline of its own."""
    day = [SIX, at("14:00"), departed(KR), at("14:12"), said("14:05", escorted(KR))]
    day += [said("14:08", arrived(KR)), said("14:09", departed(KR)), at("14:20")]
    told = ["14:10 opened", "14:12 resolved late", "14:19 reopened"]
    assert told == story(*day, of=f"T11@box:{KR}#1", world=DAY)


def test_of_two_words_of_a_departure_one_is_taken_back() -> None:
    """The alert rested on it, so it ends, and opens again by the other (ADR 6)."""
    day = [SIX, at("14:00"), named("d1", departed(KR)), at("14:02"), sent_by(PTPS, departed(KR))]
    told = story(
        *day,
        at("14:13"),
        correction("d1", heartbeat(KR)),
        at("14:14"),
        of=f"T11@box:{KR}#1",
        world=DAY,
    )
    assert ["14:10 opened", "14:13 returned", "14:13 reopened"] == told


def test_an_arrival_that_is_taken_back_says_nothing_in_time() -> None:
    """The escort of the way before is with the box still: the alert ends, and was right."""
    day = [SIX, at("14:00"), departed(SR, "", "", "A1"), at("14:20"), named("a1", arrived(SR))]
    day += [at("14:30"), departed(SR), at("14:31"), correction("a1", heartbeat(SR)), at("14:32")]
    told = story(*day, of=f"T11@box:{SR}#1", world=DAY)
    assert ["14:30 opened", "14:31 returned"] == told
