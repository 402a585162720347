"""The detector `sequence`: which stage is missing, and when that is told.

Times are minutes.
"""

from typing import Final

import pytest

from streams.domain.happenings import Happening, Point
from streams.domain.times import MINUTE_MS, EpochMs
from streams.rules.detectors.sequence import (
    Began,
    Finished,
    Gap,
    Needs,
    SequenceState,
    due,
    gaps,
    look,
    next_wake,
)

NEEDS: Final[Needs] = (
    (Happening.CLOSED, Happening.OPENED),
    (Happening.SUSPENDED, Happening.OPENED),
    (Happening.RESUMED, Happening.SUSPENDED),
    (Happening.COUNTING_STARTED, Happening.CLOSED),
    (Happening.COUNTING_FINISHED, Happening.COUNTING_STARTED),
    (Happening.BOX_DEPARTED, Happening.COUNTING_FINISHED),
    (Happening.BOX_ARRIVED, Happening.BOX_DEPARTED),
)
"""T13 as it stands in the pack. Source: ADR 18."""
IDLE: Final = SequenceState()
EDGE: Final = "closed>counting_started"
OTHER: Final = "opened>closed"


def ms(minutes: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(minutes * MINUTE_MS))


def point(text: str) -> Point:
    """Return the point that `kind minute` tells; its id is the text."""
    kind, minute = text.split()
    return Point(ms(float(minute)), Happening(kind), text, "k1", "0:1")


def edges_of(*told: str) -> list[str]:
    """Return the edges that are open after some points, by a tolerance of two minutes."""
    found = gaps(tuple(point(text) for text in told), NEEDS, ms(2))
    return [gap.edge for gap in found]


GAPS: Final[dict[str, tuple[list[str], list[str]]]] = {
    # points, and the edges that are open
    "nothing": ([], []),
    "a day in order": (
        [
            "opened 0",
            "closed 360",
            "counting_started 370",
            "counting_finished 500",
            "box_departed 510",
            "box_arrived 550",
        ],
        [],
    ),
    "a stage that needs nothing": (["opened 0", "postponed 5"], []),
    "counted before it closed": (["opened 0", "counting_started 360"], [EDGE]),
    "closed after the count began": (
        ["opened 0", "counting_started 360", "closed 365"],
        [EDGE],
    ),
    "two clocks that differ by the tolerance": (
        ["opened 0", "counting_started 360", "closed 362"],
        [],
    ),
    "two clocks that differ by a moment more": (
        ["opened 0", "counting_started 360", "closed 362.00002"],
        [EDGE],
    ),
    "at the same moment": (["opened 0", "closed 360", "counting_started 360"], []),
    "long before counts": (["opened 0", "closed 1", "counting_started 900"], []),
    "the first of them lacks it, the second does not": (
        ["closed 10", "opened 20", "closed 360"],
        [OTHER],
    ),
    "the first of the needed is enough": (
        ["opened 0", "closed 360", "opened 365", "counting_started 370"],
        [],
    ),
    "nobody heard of the suspension": (["opened 0", "resumed 60"], ["suspended>resumed"]),
    "suspended before it opened": (
        ["suspended 0", "resumed 10"],
        ["opened>suspended"],
    ),
    "only the box was heard of": (
        ["box_departed 510", "box_arrived 550"],
        ["counting_finished>box_departed"],
    ),
    "several at once, in the order of their edges": (
        ["closed 300", "counting_started 290", "box_arrived 550"],
        ["box_departed>box_arrived", EDGE, OTHER],
    ),
}


@pytest.mark.parametrize(("told", "edges"), GAPS.values(), ids=GAPS)
def test_what_is_missing(told: list[str], edges: list[str]) -> None:
    """Whatever is said of the table of T13, and whichever of it came first."""
    assert edges == edges_of(*told)
    assert edges == edges_of(*reversed(told))


def test_a_gap_is_shown_by_the_first_of_the_later_stage() -> None:
    """Of several at one moment the first in the order of points, however they came."""
    alike = (point("closed 11"), point("closed 10"), point("closed 10.0"))
    assert (Gap(Happening.OPENED, alike[1]),) == gaps(alike, NEEDS, 0)
    assert (Gap(Happening.OPENED, alike[1]),) == gaps(alike[::-1], NEEDS, 0)


Seen = tuple[str, list[str], list[str]]
"""What happens (`look MINUTE` or `due MINUTE`), the edges that are open, what is told."""

STORIES: Final[dict[str, list[Seen]]] = {
    "it waits ten minutes": [
        ("look 0", [EDGE], []),
        ("due 9.9999", [], []),
        ("due 10", [], ["began 10 closed>counting_started"]),
    ],
    "it is told once": [
        ("look 0", [EDGE], []),
        ("due 10", [], ["began 10 closed>counting_started"]),
        ("look 11", [EDGE], []),
        ("due 60", [], []),
    ],
    "it begins at the end of its wait, however late that is noticed": [
        ("look 0", [EDGE], []),
        ("due 60", [], ["began 10 closed>counting_started"]),
    ],
    "filled while it waits": [
        ("look 0", [EDGE], []),
        ("look 5", [], []),
        ("due 60", [], []),
    ],
    "filled at the very end of the wait": [
        ("look 0", [EDGE], []),
        ("look 10", [], []),
        ("due 10", [], []),
    ],
    "the first of several receipts starts the wait": [
        ("look 0", [EDGE], []),
        ("look 8", [EDGE], []),
        ("due 10", [], ["began 10 closed>counting_started"]),
    ],
    "filled after it was told": [
        ("look 0", [EDGE], []),
        ("due 10", [], ["began 10 closed>counting_started"]),
        ("look 12", [], ["finished closed>counting_started"]),
        ("look 13", [], []),
    ],
    "filled, and open again: it waits anew": [
        ("look 0", [EDGE], []),
        ("look 5", [], []),
        ("look 7", [EDGE], []),
        ("due 16", [], []),
        ("due 17", [], ["began 17 closed>counting_started"]),
    ],
    "over, and open again": [
        ("look 0", [EDGE], []),
        ("due 10", [], ["began 10 closed>counting_started"]),
        ("look 12", [], ["finished closed>counting_started"]),
        ("look 20", [EDGE], []),
        ("due 30", [], ["began 30 closed>counting_started"]),
    ],
    "two edges are two matters": [
        ("look 0", [OTHER], []),
        ("look 4", [EDGE, OTHER], []),
        ("due 10", [], ["began 10 opened>closed"]),
        ("look 11", [EDGE], ["finished opened>closed"]),
        ("due 14", [], ["began 14 closed>counting_started"]),
    ],
    "two that are due are told in the order of their times": [
        ("look 0", [OTHER], []),
        ("look 4", [EDGE, OTHER], []),
        ("due 60", [], ["began 10 opened>closed", "began 14 closed>counting_started"]),
        ("look 61", [], ["finished closed>counting_started", "finished opened>closed"]),
    ],
}


def gap_of(edge: str) -> Gap:
    """Return a gap of an edge."""
    missing, came = edge.split(">")
    return Gap(Happening(missing), point(f"{came} 0"))


def told_by(state: SequenceState, step: str, edges: list[str]) -> tuple[SequenceState, list[str]]:
    """Take one step of a story; return the state and what is told."""
    name, minute = step.split()
    if name == "look":
        found = tuple(gap_of(edge) for edge in edges)
        after, ended = look(state, found, ms(float(minute)), ms(10))
        return after, [f"finished {one.edge}" for one in ended]
    after, begun = due(state, ms(float(minute)))
    return after, [f"began {one.at / MINUTE_MS:g} {one.edge}" for one in begun]


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_story(story: list[Seen]) -> None:
    """A record moves it, and time moves it."""
    state = IDLE
    for step, edges, expected in story:
        state, told = told_by(state, step, edges)
        assert expected == told, step


def test_the_next_look_is_at_the_first_wait_that_ends() -> None:
    """What holds waits for nothing."""
    assert next_wake(IDLE) is None
    assert next_wake(SequenceState(holding=(EDGE,))) is None
    assert ms(10) == next_wake(SequenceState(((EDGE, ms(14)), (OTHER, ms(10)))))


def test_nothing_is_left_of_what_is_over() -> None:
    """The state of a day in order is empty."""
    waiting, _ = look(IDLE, (gap_of(EDGE),), ms(0), ms(10))
    holding, begun = due(waiting, ms(10))
    assert (Began(EDGE, ms(10)),) == begun
    assert (IDLE, (Finished(EDGE),)) == look(holding, (), ms(11), ms(10))
    assert (IDLE, ()) == look(waiting, (), ms(11), ms(10))
