"""Where boxes are: departures, stations, seals, escorts, and what is waited for.

`KR` has the class kurang_rawan and 20 minutes to the PPK by the plan; `SR` sangat_rawan and no
time of its own.
"""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.events import BoxPlace
from streams.domain.ids import AreaCode
from streams.judge.state import PartitionState
from streams.views.asked import Asked
from streams.views.custody import Box, Custody, custody_of
from tests.support.events import postponed
from tests.support.station import arrived, confirm_seal, departed, escorted, saying
from tests.support.stories import Item, at, journal, judge_into
from tests.support.world import ELECTION, KR, SR, clock, local, whole_world

VILLAGE: Final = AreaCode("17.02.09.1001")
START: Final = at("14:00")


def custody(now: str, *items: Item, area: str = VILLAGE) -> Custody:
    """Return where the boxes of the desa of `KR` are after a day."""
    state = PartitionState(0, whole_world())
    judge_into(state, journal(START, *items, at(now)))
    return custody_of(state, Asked(election=ELECTION, area=AreaCode(area), now=local(now)))


def box(now: str, *items: Item) -> Box:
    """Return the one box of which there was word."""
    [found] = custody(now, *items).boxes
    return found


def told(found: Box) -> str:
    """Return state, departure and due time in short."""
    times = (found.departed_at, found.eta_at, found.due_at)
    return " ".join([found.state, *("-" if one is None else clock(one) for one in times)])


OUT: Final = departed(KR, "K1", "S1", "A1", "A2")
IN: Final = arrived(KR, "K1", "S1", intact=True)

STATES: Final[dict[str, tuple[str, tuple[Item, ...], str]]] = {
    "on its way, by the time of the plan": ("14:20", (OUT,), "on_the_way 14:00 14:20 14:30"),
    "by the time that was told": (
        "14:20",
        (saying(OUT, eta_minutes=40),),
        "on_the_way 14:00 14:40 15:00",
    ),
    "without either, by its class": (
        "14:20",
        (departed(SR, "K1", "S1", "C1"),),
        "on_the_way 14:00 - 14:45",
    ),
    "later than it may be": ("14:31", (OUT,), "overdue 14:00 14:20 14:30"),
    "arrived": ("14:31", (OUT, at("14:25"), IN), "arrived 14:00 14:20 -"),
    "arrived, and nobody has told that it left": ("14:31", (IN,), "arrived - - -"),
    "it has left again": (
        "15:10",
        (OUT, at("14:25"), IN, at("15:00"), OUT),
        "on_the_way 15:00 15:20 15:30",
    ),
}


@pytest.mark.parametrize(("now", "items", "expected"), STATES.values(), ids=STATES)
def test_a_box_is_somewhere(now: str, items: tuple[Item, ...], expected: str) -> None:
    """State, last departure, when it should be there, when it is overdue."""
    assert expected == told(box(now, *items))


def test_several_arrivals_are_the_stations_of_its_way() -> None:
    """In order, each with its place, its seal, and what was said of that."""
    at_ppk, at_kpu = saying(IN, place=BoxPlace.PPK), saying(arrived(KR, "K1"), place=BoxPlace.KPU)
    found = box("17:00", OUT, at("14:25"), at_ppk, at("16:30"), at_kpu, at("16:40"), IN)
    assert [
        ("14:25", BoxPlace.PPK, "S1", True),
        ("16:30", BoxPlace.KPU, "", None),
        ("16:40", None, "S1", True),
    ] == [(clock(one.at), one.place, one.seal, one.seal_intact) for one in found.stations]


SEALS: Final[dict[str, tuple[tuple[Item, ...], bool | None]]] = {
    "nothing to compare": ((departed(KR, "K1"), arrived(KR, "K1")), None),
    "nobody read it on arrival": ((OUT, arrived(KR, "K1")), None),
    "the same": ((OUT, arrived(KR, "K1", "S1")), True),
    "another": ((OUT, arrived(KR, "K1", "S2")), False),
    "broken": ((OUT, arrived(KR, "K1", "S1", intact=False)), False),
    "whole, and no number": ((departed(KR, "K1"), arrived(KR, "K1", intact=True)), True),
    "another at one of two stations": ((OUT, arrived(KR, "K1", "S2"), IN), False),
}


@pytest.mark.parametrize(("items", "agrees"), SEALS.values(), ids=SEALS)
def test_seals_of_both_ends_are_compared(items: tuple[Item, ...], *, agrees: bool | None) -> None:
    """None, if there is nothing that could differ."""
    assert agrees == box("14:20", *items).seal_agrees


def test_whoever_goes_along_is_its_escort() -> None:
    """Named on departure, or joined since; once each, and none of an earlier way."""
    assert ("A1", "A2") == box("14:20", OUT).escort
    assert () == box("14:05", departed(KR, "K1")).escort
    assert ("A1",) == box("14:20", departed(KR, "K1"), at("14:04"), escorted(KR, "K1")).escort
    again = (OUT, at("14:25"), IN, at("15:00"), departed(KR, "K1", "S1", "B1"))
    assert ("B1",) == box("15:10", *again).escort


def test_its_open_alerts_are_with_it() -> None:
    """What waits for it is no dispute; what differs is, until a person has confirmed the seal."""
    late = box("14:31", OUT)
    assert (["T10"], False) == ([one.rule for one in late.alerts], late.disputed)
    differs = (OUT, at("14:25"), arrived(KR, "K1", "S2"))
    disputed = box("14:31", *differs)
    assert (["T12"], True) == ([one.rule for one in disputed.alerts], disputed.disputed)
    ended = box("14:40", *differs, at("14:35"), confirm_seal("K1", tps=KR))
    assert not ended.disputed or {"returned"} == {one.state for one in ended.alerts}


def test_boxes_are_counted() -> None:
    """TPS whose vote is put off send none, and those of other areas are theirs."""
    items = (OUT, departed(SR, "K9", "S9", "C1"), at("14:40"), IN, at("15:00"))
    counts = custody("15:00", *items).counts
    assert (2, 0, 1, 1, 0) == (
        counts.tps_waiting,
        counts.on_the_way,
        counts.overdue,
        counts.arrived,
        counts.disputed,
    )
    put_off = custody("15:00", *items, postponed(AreaCode("17.02.09.1001-004"))).counts
    assert replace(counts, tps_waiting=1) == put_off
    assert () == custody("15:00", *items, area="17.03").boxes
