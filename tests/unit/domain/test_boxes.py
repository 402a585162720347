"""Which word belongs to which ballot box.

A word is written `departed 15 K1`: what, at which hour, and which box it names, if it names one.
"""

from itertools import permutations
from typing import Final

import pytest

from streams.domain.boxes import OF_BOXES, boxes_of, last_departure
from streams.domain.happenings import Happening, Point, Said
from streams.domain.times import EpochMs
from tests.support.world import KR

KINDS: Final = {
    "departed": Happening.BOX_DEPARTED,
    "joined": Happening.ESCORT_JOINED,
    "arrived": Happening.BOX_ARRIVED,
    "confirmed": Happening.CONFIRM_SEAL,
    "closed": Happening.CLOSED,
}
FIRST: Final = f"{KR}#1"


def point(text: str) -> Point:
    """Read one word."""
    kind, at, *box = text.split()
    said = Said(box=box[0] if box else "")
    return Point(EpochMs(round(float(at) * 10)), KINDS[kind], text, "kpps", "0:1", said=said)


def points(*texts: str) -> tuple[Point, ...]:
    """Read words, and put them in their order."""
    return tuple(sorted(map(point, texts), key=lambda one: one.order))


DAYS: Final[dict[str, tuple[list[str], dict[str, list[str]]]]] = {
    "nothing about boxes": (["closed 13"], {}),
    "a box without a number": (
        ["departed 15", "arrived 16"],
        {FIRST: ["departed 15", "arrived 16"]},
    ),
    "a box with one": (
        ["departed 15 K1", "joined 15.1 K1", "arrived 16 K1", "confirmed 17 K1"],
        {"K1": ["departed 15 K1", "joined 15.1 K1", "arrived 16 K1", "confirmed 17 K1"]},
    ),
    "a seal is confirmed of the box that is named, whatever has left since": (
        ["arrived 15", "departed 16 K1", f"confirmed 17 {FIRST}"],
        {FIRST: ["arrived 15", f"confirmed 17 {FIRST}"], "K1": ["departed 16 K1"]},
    ),
    "two boxes, each by its name": (
        ["departed 15 K1", "departed 15.5 K2", "arrived 16 K1", "arrived 17 K2"],
        {"K1": ["departed 15 K1", "arrived 16 K1"], "K2": ["departed 15.5 K2", "arrived 17 K2"]},
    ),
    "what names none belongs to the last that left": (
        ["departed 15 K1", "departed 15.5 K2", "arrived 16"],
        {"K1": ["departed 15 K1"], "K2": ["departed 15.5 K2", "arrived 16"]},
    ),
    "by the time of the word, not the last of the day": (
        ["departed 15 K1", "arrived 15.2", "departed 15.5 K2"],
        {"K1": ["departed 15 K1", "arrived 15.2"], "K2": ["departed 15.5 K2"]},
    ),
    "a number that never left is another name of the last that did": (
        ["departed 15 K1", "arrived 16 K9"],
        {"K1": ["departed 15 K1", "arrived 16 K9"]},
    ),
    "where none had left it is its own": (
        ["arrived 14 K9", "departed 15 K1"],
        {"K9": ["arrived 14 K9"], "K1": ["departed 15 K1"]},
    ),
    "an arrival without number or departure": (["arrived 14"], {FIRST: ["arrived 14"]}),
    "an escort that waits for the first that leaves": (
        ["joined 14", "departed 15 K1", "departed 16 K2"],
        {"K1": ["joined 14", "departed 15 K1"], "K2": ["departed 16 K2"]},
    ),
    "an escort that joins a box on its way": (
        ["departed 15 K1", "joined 15.2", "departed 16 K2"],
        {"K1": ["departed 15 K1", "joined 15.2"], "K2": ["departed 16 K2"]},
    ),
    "an escort that waits for the next, after one has come in": (
        ["departed 15 K1", "arrived 15.5 K1", "joined 15.8", "departed 16 K2"],
        {"K1": ["departed 15 K1", "arrived 15.5 K1"], "K2": ["joined 15.8", "departed 16 K2"]},
    ),
    "an escort that nothing leaves after": (
        ["departed 15 K1", "arrived 15.5 K1", "joined 15.8"],
        {"K1": ["departed 15 K1", "arrived 15.5 K1", "joined 15.8"]},
    ),
    "an escort that names a box which never leaves": (
        ["joined 14 K9", "departed 15 K1"],
        {"K9": ["joined 14 K9"], "K1": ["departed 15 K1"]},
    ),
    "an escort that names a box before that leaves": (
        ["joined 14 K2", "departed 15 K1", "departed 16 K2"],
        {"K2": ["joined 14 K2", "departed 16 K2"], "K1": ["departed 15 K1"]},
    ),
    "an escort without any departure": (["joined 14"], {FIRST: ["joined 14"]}),
    "a departure is always its own": (
        ["departed 15 K1", "departed 16"],
        {"K1": ["departed 15 K1"], FIRST: ["departed 16"]},
    ),
    "a seal is confirmed by the name that the box has": (
        ["departed 15", f"confirmed 16 {FIRST}"],
        {FIRST: ["departed 15", f"confirmed 16 {FIRST}"]},
    ),
    "at the very moment it has left": (
        ["departed 15 K1", "arrived 15"],
        {"K1": ["arrived 15", "departed 15 K1"]},
    ),
}


@pytest.mark.parametrize(("texts", "boxes"), DAYS.values(), ids=DAYS)
def test_what_happened_to_which_box(texts: list[str], boxes: dict[str, list[str]]) -> None:
    """By its name where it left under that, else by what left last before."""
    found = boxes_of(KR, points(*texts), 1)
    assert boxes == {box: [one.id for one in own] for box, own in found.items()}


UNTOLD: Final[dict[str, tuple[int, list[str], dict[str, list[str]]]]] = {
    "there is another box, so its departure is still to be told": (
        2,
        ["departed 15 K2", "arrived 16 K1", "arrived 16 K2"],
        {"K1": ["arrived 16 K1"], "K2": ["departed 15 K2", "arrived 16 K2"]},
    ),
    "also where the one that left comes in after it": (
        2,
        ["departed 15 K2", "arrived 16 K1", "arrived 16.1 K2"],
        {"K1": ["arrived 16 K1"], "K2": ["departed 15 K2", "arrived 16.1 K2"]},
    ),
    "until that has come in it may be the same": (
        2,
        ["departed 15 K2", "arrived 16 K1"],
        {"K2": ["departed 15 K2", "arrived 16 K1"]},
    ),
    "there is no other box": (
        1,
        ["departed 15 K2", "arrived 16 K1", "arrived 16 K2"],
        {"K2": ["departed 15 K2", "arrived 16 K1", "arrived 16 K2"]},
    ),
    "of several that left it is the one that has not come in": (
        2,
        ["departed 15 K1", "departed 15 K2", "arrived 16 K2", "arrived 17 K9"],
        {"K1": ["departed 15 K1", "arrived 17 K9"], "K2": ["departed 15 K2", "arrived 16 K2"]},
    ),
    "a third number of two boxes is another name": (
        2,
        ["departed 15 K1", "departed 15 K2", "arrived 16 K1", "arrived 16 K2", "arrived 17 K9"],
        {
            "K1": ["departed 15 K1", "arrived 16 K1"],
            "K2": ["departed 15 K2", "arrived 16 K2", "arrived 17 K9"],
        },
    ),
    "a box on its second way has not come in": (
        2,
        ["departed 15 K1", "arrived 16 K1", "departed 17 K1", "arrived 18 K9"],
        {"K1": ["departed 15 K1", "arrived 16 K1", "departed 17 K1", "arrived 18 K9"]},
    ),
}


@pytest.mark.parametrize(("count", "texts", "boxes"), UNTOLD.values(), ids=UNTOLD)
def test_a_number_that_comes_in_and_never_left(
    count: int, texts: list[str], boxes: dict[str, list[str]]
) -> None:
    """A TPS has so many boxes; a changed number is told from a departure that is still to come."""
    found = boxes_of(KR, points(*texts), count)
    assert boxes == {box: [one.id for one in own] for box, own in found.items()}


def test_the_order_of_telling_does_not_matter() -> None:
    """Every order of five words on two boxes."""
    texts = ("joined 14", "departed 15 K1", "departed 16 K2", "arrived 17 K9", "arrived 18 K1")
    found = {
        tuple(sorted(boxes_of(KR, points(*order), 2).items())) for order in permutations(texts)
    }
    assert 1 == len(found)


def test_every_word_on_boxes_belongs_to_exactly_one() -> None:
    """And no other word to any."""
    texts = ("joined 14", "closed 13", "departed 15 K1", "arrived 17 K9", "confirmed 18 K3")
    own = [one.id for box in boxes_of(KR, points(*texts), 1).values() for one in box]
    assert sorted(set(texts) - {"closed 13"}) == sorted(own)
    assert {KINDS[text.split()[0]] for text in own} == OF_BOXES


@pytest.mark.parametrize(
    ("arrived", "departed"),
    [
        ("arrived 14", None),
        ("arrived 15", "departed 15 K1"),
        ("arrived 15.9", "departed 15 K1"),
        ("arrived 20", "departed 16 K1"),
    ],
)
def test_an_arrival_belongs_to_the_last_departure_before_it(
    arrived: str, departed: str | None
) -> None:
    """Or of its very moment."""
    known = points("departed 15 K1", "departed 16 K1", "joined 14.5")
    found = last_departure(known, point(arrived))
    assert departed == (found.id if found else None)
