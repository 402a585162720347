"""Facts of a TPS beside its stages: remarks that a rule asks for, counts, and pauses of spans."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.facts import (
    POINTS_MAX,
    REMARKS_MAX,
    TpsFacts,
    add_count,
    add_point,
    add_remark,
    take_back,
    without,
)
from streams.domain.happenings import Happening, Point
from streams.domain.times import MINUTE_MS, NEVER, EpochMs


def point(text: str) -> Point:
    """Read `closed 13 c`: what, at which minute, and its id."""
    kind, at, name = text.split()
    return Point(EpochMs(round(float(at) * MINUTE_MS)), Happening(kind), name, "kpps", f"0:{at}")


def facts_of(*texts: str) -> TpsFacts:
    """Return the facts after these stages, in this order of arrival."""
    facts = TpsFacts()
    for text in texts:
        facts = add_point(facts, point(text))
    return facts


def ids_of(points: tuple[Point, ...]) -> list[str]:
    """Return the ids of some points."""
    return [one.id for one in points]


def test_remarks_and_counts_stand_among_the_points_in_the_order_of_the_day() -> None:
    """However they came."""
    facts = facts_of("closed 13 c", "opened 7 o")
    facts = add_remark(facts, point("heartbeat 12.5 h"))
    facts = add_count(facts, point("count 14 n"))
    facts = add_remark(facts, point("heartbeat 12 g"))
    assert ["o", "g", "h", "c", "n"] == ids_of(facts.happenings)
    assert (["o", "c"], ["g", "h"], ["n"]) == (
        ids_of(facts.points),
        ids_of(facts.remarks),
        ids_of(facts.counts),
    )


def test_without_remarks_and_counts_the_points_are_all() -> None:
    """The same tuple: most TPS say nothing else."""
    facts = facts_of("opened 7 o")
    assert facts.happenings is facts.points


def test_a_remark_can_be_taken_back_before_and_after_it_comes() -> None:
    """As a stage can."""
    after = take_back(add_remark(TpsFacts(), point("heartbeat 12 h")), "kpps", "h")
    before = add_remark(take_back(TpsFacts(), "kpps", "h"), point("heartbeat 12 h"))
    assert after == before
    assert () == after.remarks


def test_a_count_is_not_taken_back_by_a_status() -> None:
    """Somebody counted then; another form takes its place in the ledger."""
    facts = add_count(TpsFacts(), point("count 14 n"))
    assert facts.counts == take_back(facts, "kpps", "n").counts


def test_an_id_among_points_and_remarks_of_two_senders_is_nobodys_to_take_back() -> None:
    """A third cannot know whose it is."""
    theirs = replace(point("heartbeat 12 1"), source="ptps")
    facts = add_remark(facts_of("opened 7 1"), theirs)
    untouched = take_back(facts, "ppk", "1")
    assert (facts.points, facts.remarks) == (untouched.points, untouched.remarks)
    assert () == take_back(facts, "ptps", "1").remarks


def test_a_flood_of_one_kind_of_remark_drowns_no_other() -> None:
    """Of each kind the newest are kept; what is old goes whenever it comes."""
    facts = add_remark(TpsFacts(), point("duress 1 d"))
    for number in range(REMARKS_MAX + 2):
        facts = add_remark(facts, point(f"checkin {number + 2} c{number}"))
    assert (1 + REMARKS_MAX, ["d", "c2"]) == (len(facts.remarks), ids_of(facts.remarks[:2]))
    assert facts == replace(add_remark(facts, point("checkin 0 old")), remarks=facts.remarks)


def test_only_so_many_counts_are_kept() -> None:
    """The newest, as of points."""
    facts = TpsFacts()
    for number in range(POINTS_MAX + 2):
        facts = add_count(facts, point(f"count {number} n{number}"))
    assert (POINTS_MAX, "n2") == (len(facts.counts), facts.counts[0].id)


WITHOUT: Final[
    dict[str, tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]]]]
] = {
    "no pause": ([(1, 9)], [], [(1, 9)]),
    "no span": ([], [(1, 9)], []),
    "a pause within": ([(1, 9)], [(3, 5)], [(1, 3), (5, 9)]),
    "two pauses": ([(1, 9)], [(2, 3), (5, 6)], [(1, 2), (3, 5), (6, 9)]),
    "from the beginning": ([(1, 9)], [(0, 4)], [(4, 9)]),
    "exactly from the beginning": ([(1, 9)], [(1, 4)], [(4, 9)]),
    "to the end": ([(1, 9)], [(4, 9)], [(1, 4)]),
    "beyond the end": ([(1, 9)], [(4, 20)], [(1, 4)]),
    "all of it": ([(1, 9)], [(0, 20)], []),
    "exactly all of it": ([(1, 9)], [(1, 9)], []),
    "beside it": ([(1, 9)], [(0, 1), (9, 12)], [(1, 9)]),
    "across two spans": ([(1, 5), (7, 9)], [(4, 8)], [(1, 4), (8, 9)]),
    "what still lasts": ([(1, NEVER)], [(3, 5)], [(1, 3), (5, NEVER)]),
    "a pause that still lasts": ([(1, NEVER)], [(3, NEVER)], [(1, 3)]),
}


@pytest.mark.parametrize(("spans", "pauses", "left"), WITHOUT.values(), ids=WITHOUT)
def test_pauses_are_cut_out_of_spans(
    spans: list[tuple[int, int]], pauses: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    """What is left is in order, and none of it is empty."""
    whole, cut = (
        tuple((EpochMs(start), EpochMs(end)) for start, end in some) for some in (spans, pauses)
    )
    assert tuple(left) == without(whole, cut)
