"""Facts of a TPS: islands of messages, points that change the stage, and what follows from them.

Times are minutes; points are written as `opened 7`, with the id behind it where one matters.
"""

from itertools import permutations
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.events import StatusKind
from streams.domain.facts import (
    ISLAND_GAP_MS,
    POINTS_MAX,
    Island,
    Matches,
    Stage,
    TpsFacts,
    add_message,
    add_point,
    spans_between,
    stage_of,
    take_back,
    union,
)
from streams.domain.happenings import Happening, Point
from streams.domain.times import DAY_MS, MINUTE_MS, NEVER, EpochMs

GAP_MINUTES: Final = ISLAND_GAP_MS // MINUTE_MS
ISLANDS_MAX: Final = 3 * DAY_MS // ISLAND_GAP_MS


def minutes(count: float) -> EpochMs:
    """Return a moment so many minutes after the beginning."""
    return EpochMs(round(count * MINUTE_MS))


def islands_of(*times: float) -> list[str]:
    """Tell of messages one after the other; return the islands as `first-last name`."""
    islands: tuple[Island, ...] = ()
    for time in times:
        islands = add_message(islands, minutes(time), f"m{time:g}")
    return [f"{first / MINUTE_MS:g}-{last / MINUTE_MS:g} {name}" for first, last, name in islands]


def point(text: str) -> Point:
    """Read `opened 7` or `opened 7 id`."""
    kind, at, *name = text.split()
    event_id = name[0] if name else text
    return Point(minutes(float(at)), Happening(kind), event_id, "kpps", f"0:{at}")


def facts_of(*texts: str) -> TpsFacts:
    """Return the facts after these points, in this order of arrival."""
    facts = TpsFacts()
    for text in texts:
        facts = add_point(facts, point(text))
    return facts


ISLANDS: Final = {
    "the first message": ([0], ["0-0 m0"]),
    "one soon after": ([0, 15], ["0-15 m0"]),
    "one long after": ([0, 15.1], ["0-0 m0", "15.1-15.1 m15.1"]),
    "one within": ([0, 10, 5], ["0-10 m0"]),
    "the same once more": ([0, 0], ["0-0 m0"]),
    "one right before": ([20, 6], ["6-20 m6"]),
    "one long before": ([20, 4], ["4-4 m4", "20-20 m20"]),
    "one that joins two": ([0, 30, 15], ["0-30 m0"]),
    "one that joins three": ([0, 16, 32, 8, 24], ["0-32 m0"]),
    "one between that touches neither": ([0, 40, 20], ["0-0 m0", "20-20 m20", "40-40 m40"]),
    "one between that touches the later": ([0, 31, 16.5], ["0-0 m0", "16.5-31 m16.5"]),
    "the name of the earliest stays": ([20, 10, 30], ["10-30 m10"]),
}


@pytest.mark.parametrize(("times", "islands"), ISLANDS.values(), ids=ISLANDS)
def test_messages_grow_into_islands(times: list[float], islands: list[str]) -> None:
    """Neighbours at most a quarter of an hour apart are one island."""
    assert islands == islands_of(*times)


def test_the_order_of_arrival_does_not_matter() -> None:
    """Every order of five messages gives the same islands."""
    times = (0.0, 14.0, 28.0, 44.0, 61.0)
    assert 1 == len({tuple(islands_of(*order)) for order in permutations(times)})


def test_the_oldest_islands_go_when_there_are_too_many() -> None:
    """Three days of messages that are all far apart; the newest are kept."""
    islands: tuple[Island, ...] = ()
    for number in range(ISLANDS_MAX + 3):
        islands = add_message(islands, minutes(number * (GAP_MINUTES + 1)), f"m{number}")
    assert ISLANDS_MAX == len(islands)
    names = [name for _, _, name in islands]
    assert ["m3", f"m{ISLANDS_MAX + 2}"] == [names[0], names[-1]]


def test_points_are_kept_in_the_order_of_the_day() -> None:
    """However they came."""
    expected = ("opened 7", "closed 13", "counting_started 14")
    found = facts_of("counting_started 14", "opened 7", "closed 13").points
    assert expected == tuple(one.id for one in found)


def test_a_tps_that_changes_its_stage_all_day_is_not_believed_for_long() -> None:
    """The newest points are kept, so one sender cannot fill the memory."""
    facts = facts_of(*(f"opened {number}" for number in range(POINTS_MAX + 2)))
    assert (POINTS_MAX, "opened 2") == (len(facts.points), facts.points[0].id)


def test_a_status_can_be_taken_back_before_and_after_it_comes() -> None:
    """The correction may be faster than what it corrects."""
    after = take_back(facts_of("opened 7 o1", "closed 13 c1"), "kpps", "o1")
    before = take_back(TpsFacts(), "kpps", "o1")
    for text in ("opened 7 o1", "closed 13 c1"):
        before = add_point(before, point(text))
    assert ["c1"] == [one.id for one in after.points]
    assert after == before


def test_a_source_takes_back_its_own_status_first() -> None:
    """Ids are unique within a source only: the other's status of that id stays."""
    theirs = replace(point("opened 7 1"), source="ptps")
    facts = add_point(facts_of("opened 8 1"), theirs)
    assert (theirs,) == take_back(facts, "kpps", "1").points


def test_a_source_may_take_back_what_only_one_other_can_have_said() -> None:
    """A supervisor corrects the committee; of two that are alike, neither is taken for meant."""
    theirs = replace(point("opened 7 1"), source="ptps")
    facts = facts_of("opened 8 1")
    assert () == take_back(facts, "ppk", "1").points
    assert 2 == len(take_back(add_point(facts, theirs), "ppk", "1").points)


def test_only_so_many_corrections_are_remembered() -> None:
    """As many as points."""
    facts = TpsFacts()
    for number in range(POINTS_MAX + 2):
        facts = take_back(facts, "kpps", f"e{number}")
    assert (POINTS_MAX, ("kpps", "e2")) == (len(facts.taken_back), facts.taken_back[0])


OPENED: Final = frozenset({StatusKind.OPENED})
ENDED: Final = frozenset({StatusKind.CLOSED, StatusKind.POSTPONED})
SPANS: Final[dict[str, tuple[list[str], list[str]]]] = {
    "nothing": ([], []),
    "still going on": (["opened 7"], ["7-"]),
    "over": (["opened 7", "closed 13"], ["7-13"]),
    "begun twice": (["opened 7", "opened 8", "closed 13"], ["7-13"]),
    "ended twice": (["opened 7", "closed 13", "postponed 14"], ["7-13"]),
    "ended before it began": (["closed 6", "opened 7"], ["7-"]),
    "begun again": (["opened 7", "closed 9", "opened 10", "closed 13"], ["7-9", "10-13"]),
    "both at one time: no span": (["closed 7", "opened 7"], []),
    "both at one time, whatever the word": (["opened 7", "postponed 7"], []),
    "other points do not matter": (["opened 7", "suspended 8", "resumed 9"], ["7-"]),
}


def of_kinds(kinds: frozenset[StatusKind]) -> Matches:
    """Return the question whether a point is of some kinds."""
    return lambda point: StatusKind(point.kind) in kinds


@pytest.mark.parametrize(("texts", "spans"), SPANS.values(), ids=SPANS)
def test_points_bound_spans(texts: list[str], spans: list[str]) -> None:
    """From an opening to the next closing or postponing."""
    found = spans_between(facts_of(*texts).points, of_kinds(OPENED), of_kinds(ENDED))
    shown = [
        f"{start / MINUTE_MS:g}-{'' if end == NEVER else f'{end / MINUTE_MS:g}'}"
        for start, end in found
    ]
    assert spans == shown


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], []),
        ([(1, 2)], [(1, 2)]),
        ([(5, 6), (1, 2)], [(1, 2), (5, 6)]),
        ([(1, 5), (2, 3)], [(1, 5)]),
        ([(1, 5), (5, 8)], [(1, 8)]),
        ([(4, 9), (1, 5), (20, 30)], [(1, 9), (20, 30)]),
    ],
)
def test_a_union_joins_what_touches(
    spans: list[tuple[int, int]], joined: list[tuple[int, int]]
) -> None:
    """In order, whatever order they came in."""
    assert tuple(joined) == union([(EpochMs(start), EpochMs(end)) for start, end in spans])


STAGES: Final = {
    "not_open": [],
    "voting": ["opened 7"],
    "suspended": ["opened 7", "suspended 8", "suspended 9"],
    "postponed": ["opened 7", "suspended 8", "postponed 9"],
    "closed": ["opened 7", "closed 13"],
    "counting": ["opened 7", "closed 13", "counting_started 14", "suspended 15", "resumed 16"],
    "counted": ["opened 7", "counting_started 14", "counting_finished 15"],
    "box_away": ["opened 7", "counting_finished 15", "box_departed 16"],
    "box_in": ["opened 7", "box_departed 16", "box_arrived 17"],
}


@pytest.mark.parametrize("stage", Stage)
def test_the_points_lead_to_a_stage(stage: Stage) -> None:
    """One story for each stage."""
    assert stage is stage_of(facts_of(*STAGES[stage.value]))


@pytest.mark.parametrize(
    ("texts", "stage"),
    [
        (["opened 7", "suspended 8", "resumed 9"], Stage.VOTING),
        (["opened 7", "resumed 9"], Stage.VOTING),
        (["suspended 6", "opened 7"], Stage.VOTING),
        (["suspended 6", "resumed 7"], Stage.NOT_OPEN),
    ],
)
def test_a_halt_leads_back_to_where_it_began(texts: list[str], stage: Stage) -> None:
    """And a resuming without a halt leads nowhere."""
    assert stage is stage_of(facts_of(*texts))
