"""The detector `spread`: what burns in several desa near each other is one matter.

The map: the kecamatan A, B and C with the desa A1 to A6, B1 to B5 and C1 to C3. A5 and A6 touch, as
do A6 and B1, B1 and B2, B3 and B4; C1 touches A4 and B5. A child is told as `DESA minute`, with
`!` if it is critical.
"""

from typing import Final

import pytest

from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.rules.detectors.spread import (
    Began,
    Child,
    Finished,
    Neighbours,
    Parent,
    Rose,
    SpreadLimits,
    SpreadState,
    parent_of,
    step,
)

KECAMATAN: Final = {"A": "17.02.01", "B": "17.02.02", "C": "17.02.03"}
LIMITS: Final = SpreadLimits(desa_min=3, window_ms=60 * MINUTE_MS, raise_at=5)
"""W06. Source: domain §4b."""
A_MOMENT: Final = 1 / MINUTE_MS


def code(name: str) -> AreaCode:
    """Return the code of a desa."""
    return AreaCode(f"{KECAMATAN[name[0]]}.200{name[1]}")


def names(codes: tuple[AreaCode, ...]) -> str:
    """Return the names of some desa."""
    letters = {value: key for key, value in KECAMATAN.items()}
    return " ".join(letters[desa[:8]] + desa[-1] for desa in codes)


def near(*pairs: str) -> Neighbours:
    """Return the neighbours, both ways."""
    found: dict[AreaCode, tuple[AreaCode, ...]] = {}
    for pair in pairs:
        one, other = (code(name) for name in pair.split())
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


NEIGHBOURS: Final = near("A5 A6", "A6 B1", "B1 B2", "B3 B4", "C1 A4", "C1 B5")


def child(text: str) -> Child:
    """Return the child that `DESA minute` tells."""
    name, minute = text.rstrip("!").split()
    return Child(code(name), EpochMs(round(float(minute) * MINUTE_MS)), text.endswith("!"))


def after(*moments: str) -> tuple[list[str], list[str]]:
    """Take in what burns, moment by moment; return the parents then, and what was told."""
    state, told = SpreadState(), list[str]()
    letters = {value: key for key, value in KECAMATAN.items()}
    for moment in moments:
        children = tuple(child(text.strip()) for text in moment.split(",") if text)
        state, findings = step(state, children, NEIGHBOURS, LIMITS)
        told += [f"{type(one).__name__} {letters[one.kecamatan]}" for one in findings]
    parents = [
        f"{letters[one.kecamatan]}: {names(one.desa)}{' raised' if one.raised else ''}"
        for one in state.parents
    ]
    return parents, told


STORIES: Final[dict[str, tuple[list[str], list[str], list[str]]]] = {
    # moments, parents in the end, what was told
    "nothing": ([""], [], []),
    "two desa": (["A1 0, A2 0"], [], []),
    "three of a kecamatan": (["A1 0, A2 20, A3 60"], ["A: A1 A2 A3"], ["Began A"]),
    "three, but one a moment too late": ([f"A1 0, A2 20, A3 {60 + A_MOMENT}"], [], []),
    "three of four": (["A1 0, A2 90, A3 100, A4 120"], ["A: A1 A2 A3 A4"], ["Began A"]),
    "three alerts of two desa": (["A1 0, A1 1, A2 2"], [], []),
    "a second alert of a desa that brings it near": (
        ["A1 0, A2 90, A3 100, A1 110"],
        ["A: A1 A2 A3"],
        ["Began A"],
    ),
    "three of two kecamatan that do not touch": (["A1 0, A2 0, B3 0"], [], []),
    "three neighbours over a border": (["A6 0, B1 0, B2 0"], ["A: A6 B1 B2"], ["Began A"]),
    "three neighbours over a border, one too late": ([f"A6 0, B1 0, B2 {60 + A_MOMENT}"], [], []),
    "three over a border that do not all touch": (["A5 0, B1 0, B2 0"], [], []),
    "a kecamatan takes what touches it": (
        ["A1 0, A2 0, A6 0, B1 0, B2 0, B3 0"],
        ["A: A1 A2 A6", "B: B1 B2 B3"],
        ["Began A", "Began B"],
    ),
    "and what touches that": (
        ["A1 0, A2 0, A6 0, B1 0, B2 0"],
        ["A: A1 A2 A6 B1 B2 raised"],
        ["Began A"],
    ),
    "the others of its kecamatan belong to it": (
        ["A6 0, B1 0, B2 0, A1 0"],
        ["A: A1 A6 B1 B2"],
        ["Began A"],
    ),
    "what is absorbed may have opened long ago": (
        ["A1 0", "A1 0, A2 300, A3 300, A4 300"],
        ["A: A1 A2 A3 A4"],
        ["Began A"],
    ),
    "it holds until the last one is closed": (
        ["A1 0, A2 0, A3 0", "A2 0", ""],
        [],
        ["Began A", "Finished A"],
    ),
    "it holds while one is open": (["A1 0, A2 0, A3 0", "A2 0"], ["A: A2"], ["Began A"]),
    "one that joins later": (
        ["A1 0, A2 0, A3 0", "A2 0, A4 500"],
        ["A: A2 A4"],
        ["Began A"],
    ),
    "one that opens when all are closed is a new matter": (
        ["A1 0, A2 0, A3 0", "A4 10"],
        [],
        ["Began A", "Finished A"],
    ),
    "it begins again": (
        ["A1 0, A2 0, A3 0", "", "A1 90, A2 90, A4 90"],
        ["A: A1 A2 A4"],
        ["Began A", "Finished A", "Began A"],
    ),
    "over a border it stays though what connected it is closed": (
        ["A6 0, B1 0, B2 0", "A6 0, B2 0"],
        ["A: A6 B2"],
        ["Began A"],
    ),
    "and though nothing of its own kecamatan is left": (
        ["A6 0, B1 0, B2 0", "B2 0"],
        ["A: B2"],
        ["Began A"],
    ),
    "a kecamatan that burns itself takes what is its own": (
        ["A6 0, B1 0, B2 0", "A6 0, B1 0, B2 0, B3 10"],
        ["A: A6", "B: B1 B2 B3"],
        ["Began A", "Began B"],
    ),
    "and leaves nothing": (
        ["A6 0, B1 0, B2 0", "B1 0, B2 0, B3 10"],
        ["B: B1 B2 B3"],
        ["Began A", "Finished A", "Began B"],
    ),
    "a fire that grows over a border keeps its name": (
        ["B1 0, B2 0, B3 0", "B1 0, B2 0, B3 0, A6 5"],
        ["B: A6 B1 B2 B3"],
        ["Began B"],
    ),
    "of two that touch it, it joins the lower one": (
        ["A1 0, A2 0, A4 0, B1 0, B3 0, B5 0, C1 0"],
        ["A: A1 A2 A4 C1", "B: B1 B3 B5"],
        ["Began A", "Began B"],
    ),
    "it goes on with the one that took it first": (
        ["B1 0, B3 0, B5 0, C1 0", "B1 0, B3 0, B5 0, C1 0, A1 0, A2 0, A4 0"],
        ["A: A1 A2 A4", "B: B1 B3 B5 C1"],
        ["Began B", "Began A"],
    ),
    "a parent of neighbours too takes what is of its own kecamatan": (
        ["C1 0, C2 0, C3 0, A4 0", "C1 0, C2 0, C3 0, A4 0, A6 0, B1 0, B2 0"],
        ["A: A4 A6 B1 B2", "C: C1 C2 C3"],
        ["Began C", "Began A"],
    ),
    "five desa raise it": (
        ["A1 0, A2 0, A3 0, A4 0", "A1 0, A2 0, A3 0, A4 0, A5 0"],
        ["A: A1 A2 A3 A4 A5 raised"],
        ["Began A", "Rose A"],
    ),
    "five at once": (
        ["A1 0, A2 0, A3 0, A4 0, A5 0"],
        ["A: A1 A2 A3 A4 A5 raised"],
        ["Began A"],
    ),
    "a critical child raises it": (
        ["A1 0, A2 0, A3 0", "A1 0, A2 0, A3 0!"],
        ["A: A1 A2 A3 raised"],
        ["Began A", "Rose A"],
    ),
    "a critical alert elsewhere does not": (
        ["A1 0, A2 0, A3 0, B3 0!"],
        ["A: A1 A2 A3"],
        ["Began A"],
    ),
    "raised once, and till its end": (
        ["A1 0, A2 0, A3 0!", "A1 0, A2 0", "A1 0, A2 0!"],
        ["A: A1 A2 raised"],
        ["Began A"],
    ),
}


@pytest.mark.parametrize(("moments", "parents", "told"), STORIES.values(), ids=STORIES)
def test_story(moments: list[str], parents: list[str], told: list[str]) -> None:
    """Which parents there are in the end, and what was told until then."""
    assert (parents, told) == after(*moments)


def test_a_desa_knows_its_parent() -> None:
    """Or that it has none."""
    state = SpreadState((Parent(AreaCode("17.02.01"), (code("A6"), code("B1"))),))
    assert AreaCode("17.02.01") == parent_of(state, code("B1"))
    assert parent_of(state, code("A1")) is None


def test_the_order_of_findings() -> None:
    """What ends comes first, then by kecamatan."""
    children = tuple(child(f"{name} 0") for name in ("B1", "B3", "B4", "B5", "B2"))
    before = SpreadState((Parent(AreaCode("17.02.01"), (code("A1"),)),))
    state, findings = step(before, children, NEIGHBOURS, LIMITS)
    assert (Finished(AreaCode("17.02.01")), Began(AreaCode("17.02.02"))) == findings
    more = (*children[:2], child("A1 0"), child("A2 0"), child("A3 0"))
    assert (Began(AreaCode("17.02.01")),) == step(state, more, NEIGHBOURS, LIMITS)[1]


def test_two_parents_rise_in_their_order() -> None:
    """Each for itself."""
    calm = tuple(child(f"{name} 0") for name in ("A1", "A2", "A3", "B1", "B3", "B5"))
    state, _ = step(SpreadState(), calm, {}, LIMITS)
    worse = (*calm, child("A1 1!"), child("B1 1!"))
    findings = step(state, worse, {}, LIMITS)[1]
    assert (Rose(AreaCode("17.02.01")), Rose(AreaCode("17.02.02"))) == findings
