"""The two clocks of a partition: what moves them, and what never does (contract §4)."""

from typing import Final

import pytest

from streams.domain.journal import IntakeMark, Origin, OwnerMark
from streams.domain.times import EpochMs
from streams.judge.clocks import Clocks

SOURCES: Final = {"tps.status": 2}
OWNER: Final = OwnerMark()


def claim(zero: int | None = None, one: int | None = None, clock: int | None = None) -> IntakeMark:
    """Return a mark of intake with what it claims of the two source partitions."""
    told = {"tps.status/0": zero, "tps.status/1": one}
    claims = {source: EpochMs(at) for source, at in told.items() if at is not None}
    return IntakeMark(claims, SOURCES, clock=None if clock is None else EpochMs(clock))


def after(*happened: tuple[IntakeMark | OwnerMark | int, int]) -> tuple[int, int]:
    """Return `now` and `heard` after marks (with their append time) and events."""
    clocks = Clocks()
    for what, at in happened:
        if isinstance(what, int):
            clocks.event(EpochMs(what))
        else:
            clocks.mark(what, EpochMs(at))
    return clocks.now, clocks.heard


CLOCKS: Final = {
    "an event moves now": ([(50, 0)], (50, 0)),
    "an event never moves heard": ([(OWNER, 10), (claim(10, 10), 10), (50, 0)], (50, 10)),
    "an owner's mark moves now": ([(OWNER, 40)], (40, 0)),
    "an owner's mark moves heard not at all": (
        [(OWNER, 10), (claim(10, 10), 10), (OWNER, 40)],
        (40, 10),
    ),
    "now never falls": ([(50, 0), (20, 0), (OWNER, 40)], (50, 0)),
    "a mark of intake moves no now, for nobody may have owned the partition": (
        [(OWNER, 40), (claim(30, 30), 50)],
        (40, 30),
    ),
    "heard waits for now": ([(OWNER, 20), (claim(30, 30), 40)], (20, 20)),
    "heard comes with now": ([(OWNER, 20), (claim(30, 30), 40), (OWNER, 41)], (41, 30)),
    "heard is the smallest claim": ([(OWNER, 40), (claim(30, 20), 40)], (40, 20)),
    "a source without a claim holds it": ([(OWNER, 40), (claim(30), 40)], (40, 0)),
    "claims of several workers come together": (
        [(OWNER, 40), (claim(30), 40), (claim(None, 25), 41)],
        (40, 25),
    ),
    "a claim counts at most as its mark": ([(OWNER, 90), (claim(90, 90), 40)], (90, 40)),
    "a claim that was too large counts no more later": (
        [(OWNER, 90), (claim(90, 90), 40), (claim(), 60)],
        (90, 40),
    ),
    "a claim of before is not forgotten": (
        [(OWNER, 90), (claim(30, 30), 40), (claim(20, 35), 41)],
        (90, 30),
    ),
    "heard never falls": (
        [(OWNER, 90), (claim(30, 30), 40), (IntakeMark({}, {"tps.status": 3}), 50)],
        (90, 30),
    ),
    "a topic that grows holds heard where it is": (
        [
            (OWNER, 90),
            (claim(30, 30), 40),
            (IntakeMark({}, {"tps.status": 3}), 50),
            (claim(60, 60), 70),
        ],
        (90, 30),
    ),
    "a topic never shrinks": (
        [(OWNER, 90), (claim(30), 40), (IntakeMark({}, {"tps.status": 1}), 50)],
        (90, 0),
    ),
    "on a played day the mark brings the time": ([(claim(30, 30, clock=35), 9_999)], (35, 30)),
    "on a played day a claim counts at most as that time": (
        [(claim(90, 90, clock=35), 9_999)],
        (35, 35),
    ),
    "intake that tells nothing of sources hears nothing": (
        [(OWNER, 40), (IntakeMark({}, {}), 40)],
        (40, 0),
    ),
}


@pytest.mark.parametrize(("happened", "clocks"), CLOCKS.values(), ids=CLOCKS)
def test_now_and_heard(
    happened: list[tuple[IntakeMark | OwnerMark | int, int]], clocks: tuple[int, int]
) -> None:
    """After each of these journals, `now` and `heard` stand here."""
    assert clocks == after(*happened)


def test_the_log_starts_with_its_first_record() -> None:
    """An event or a mark, and then never again."""
    clocks = Clocks()
    assert clocks.started_at is None
    clocks.mark(OWNER, EpochMs(40))
    clocks.event(EpochMs(20))
    assert 40 == clocks.started_at


def test_a_mark_remembers_what_the_one_before_it_had_heard() -> None:
    """What it settles begins there."""
    clocks = Clocks()
    clocks.event(EpochMs(90))
    for at in (10, 20, 30):
        clocks.mark(claim(at, at), EpochMs(at))
    assert (20, 30) == (clocks.heard_before, clocks.heard)
    clocks.mark(OWNER, EpochMs(40))
    assert (30, 30) == (clocks.heard_before, clocks.heard)


def test_a_source_record_is_taken_once() -> None:
    """Intake appends in the order of a source partition, and repeats in that order."""
    clocks = Clocks()
    taken = [
        clocks.is_repeated(Origin(topic, partition, offset))
        for topic, partition, offset in (
            ("tps.status", 0, 5),
            ("tps.status", 0, 5),
            ("tps.status", 0, 4),
            ("tps.status", 0, 6),
            ("tps.status", 1, 5),
            ("crowd.reports", 0, 5),
            ("tps.status", 0, 6),
        )
    ]
    assert [False, True, True, False, False, False, True] == taken
