"""Until when a gateway vouches for what was sent through it, and when it is in trouble."""

from itertools import permutations, product
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import NEVER, EpochMs
from streams.rules.detectors.vouched import (
    PATIENCE_MS,
    Beat,
    Gateway,
    Silent,
    Stuck,
    Trouble,
    WrongClock,
    is_forgotten,
    known_at,
    next_wake,
    patience_ms,
    reach,
    take,
    trouble_of,
)

M: Final = 60_000
STUCK_MS: Final = 5 * M
DAY: Final = 24 * 60
HERE: Final = (AreaCode("17.02"),)
THERE: Final = (AreaCode("17.02.09"),)


def beat(received: float, oldest: float | None = None, areas: tuple[AreaCode, ...] = HERE) -> Beat:
    """Return a heartbeat of a minute; `oldest`: since when something waits."""
    at = EpochMs(round(received * M))
    since = NEVER if oldest is None else EpochMs(round(oldest * M))
    return Beat(at, min(at, since), EpochMs(at + PATIENCE_MS), since, areas, at)


def slow(received: float, said: float, oldest: float | None = None) -> Beat:
    """Return a heartbeat of a minute from a gateway whose clock showed another one."""
    told_of = beat(received, oldest)
    said_at = EpochMs(round(said * M))
    return replace(told_of, vouched=min(told_of.vouched, said_at), said_at=said_at)


def told(*beats: Beat, heard: float = 0) -> Gateway:
    """Return a gateway that has told this, while so much was heard."""
    gateway = Gateway()
    for one in beats:
        gateway = take(gateway, one, EpochMs(round(heard * M)))
    return gateway


def judged(gateway: Gateway, heard: float) -> float:
    """Return the minute until which silence may be judged."""
    at = EpochMs(round(heard * M))
    return reach(known_at(gateway, at), at) / M


REACHES: Final[dict[str, tuple[Gateway, float, float]]] = {
    "nobody knows it: all is judged": (told(), 10, 10),
    "its heartbeat is not heard of yet": (told(beat(10, 4)), 10, 10),
    "the first one vouches for no less than was judged": (told(beat(10, 4)), 11, 10),
    "nothing waits: up to the heartbeat": (told(beat(8), beat(9)), 9.5, 9),
    "something waits: up to that": (told(beat(8), beat(9, 8.5)), 9.5, 8.5),
    "it still waits": (told(beat(8), beat(9, 8.5), beat(11, 8.5)), 12, 8.5),
    "the queue moves": (told(beat(8), beat(9, 8.5), beat(11, 10)), 12, 10),
    "it is empty again": (told(beat(8), beat(9, 8.5), beat(11)), 12, 11),
    "something older turns up: what was judged stays judged": (told(beat(8), beat(9, 2)), 9.5, 8),
    "its patience is not over": (told(beat(8), beat(9, 8.5)), 12, 8.5),
    "its patience is over": (told(beat(8), beat(9, 8.5)), 12.1, 12.1),
    "its clock is slow: up to what that showed": (
        told(beat(8), slow(70, 12), slow(71, 13)),
        72,
        70,
    ),
    "its clock stands": (told(beat(8), slow(9, 8), slow(11, 8)), 12, 8),
    "it speaks again: what was judged meanwhile stays judged": (
        told(beat(8), beat(9, 8.5), beat(20, 8.5)),
        21,
        20,
    ),
}


@pytest.mark.parametrize(("gateway", "heard", "expected"), REACHES.values(), ids=REACHES)
def test_silence_is_judged_as_far_as_the_gateway_vouches(
    gateway: Gateway, heard: float, expected: float
) -> None:
    """And to `heard` where it does not live."""
    assert expected == judged(gateway, heard)


TROUBLES: Final[dict[str, tuple[Gateway, float, Trouble | None]]] = {
    "nothing waits": (told(beat(8)), 9, None),
    "something waits for exactly so long": (told(beat(8), beat(12, 8)), 13, None),
    "something waits for longer": (
        told(beat(8), beat(12, 8)),
        13.1,
        Stuck(EpochMs(13 * M), EpochMs(8 * M)),
    ),
    "it says so later than that": (
        told(beat(8), beat(12, 2)),
        12.1,
        Stuck(EpochMs(12 * M), EpochMs(2 * M)),
    ),
    "its patience ends now": (told(beat(8)), 11, None),
    "its patience is over": (told(beat(8)), 11.1, Silent(EpochMs(11 * M))),
    "stuck, then silent": (told(beat(8, 2)), 11.1, Silent(EpochMs(11 * M))),
    "it is empty again": (told(beat(8, 2), beat(9)), 9.5, None),
    "it has said nothing that is heard of yet": (told(beat(8)), 7, None),
    "its heartbeat was under way for two minutes": (told(slow(8, 6)), 8.1, None),
    "for longer: its clock may be wrong": (
        told(slow(8, 5.9)),
        8.1,
        WrongClock(EpochMs(8 * M), round(2.1 * M)),
    ),
    "its clock is slow, and something waits: nobody knows since when": (
        told(slow(70, 10, 9)),
        70.1,
        WrongClock(EpochMs(70 * M), 60 * M),
    ),
    "its clock is right again": (told(slow(8, 5), beat(9)), 9.5, None),
    "its clock is wrong, and it is silent": (told(slow(8, 5)), 11.1, Silent(EpochMs(11 * M))),
    "what came late is followed by what did not": (told(slow(8, 2), slow(8, 8)), 8.1, None),
}


@pytest.mark.parametrize(("gateway", "heard", "expected"), TROUBLES.values(), ids=TROUBLES)
def test_a_gateway_in_trouble_says_so_or_says_nothing(
    gateway: Gateway, heard: float, expected: Trouble | None
) -> None:
    """Strictly after its time, as all that is settled by `heard`."""
    at = EpochMs(round(heard * M))
    assert expected == trouble_of(known_at(gateway, at), at, STUCK_MS)


@pytest.mark.parametrize("stuck_ms", [M, STUCK_MS])
@pytest.mark.parametrize("behind", [0, 1, 2, 3, 6, 60, 1440])
@pytest.mark.parametrize("waits", [None, 0, 1, 4, 6, 60])
def test_whatever_makes_it_vouch_for_too_little_is_told(
    waits: int | None, behind: int, stuck_ms: int
) -> None:
    """Who holds silence for longer than a message may wait is in trouble: nobody waits unawares."""
    start = 2000
    for first, last in product((0, 1, 10), (0, 1, 10)):
        oldest = None if waits is None else start + last - waits
        gateway = told(beat(start - 1), slow(start, start - first))
        gateway = take(gateway, slow(start + last, start + last - behind, oldest), EpochMs(0))
        heard = EpochMs((start + last) * M + 1)
        known = known_at(gateway, heard)
        is_told = trouble_of(known, heard, stuck_ms) is not None
        assert is_told or known.received_at - reach(known, heard) <= stuck_ms


WAKES: Final[dict[str, tuple[Gateway, float, float | None]]] = {
    "its heartbeat": (told(beat(8)), 7, 8),
    "the end of the patience with it": (told(beat(8)), 8.1, 11),
    "something has waited for too long": (told(beat(8, 4)), 8.1, 9),
    "of several the next": (told(beat(8), beat(9), beat(10)), 8.1, 9),
    "its patience is over: when it may be forgotten": (told(beat(8)), 11.1, 11 + DAY),
    "all is over": (told(beat(8)), 11.1 + DAY, None),
}


@pytest.mark.parametrize(("gateway", "heard", "expected"), WAKES.values(), ids=WAKES)
def test_it_is_looked_at_again_when_something_may_change(
    gateway: Gateway, heard: float, expected: float | None
) -> None:
    """And not before."""
    at = next_wake(gateway, EpochMs(round(heard * M)), STUCK_MS)
    assert expected == (None if at is None else at / M)


@pytest.mark.parametrize(
    ("every_s", "expected_s"), [(0, 180), (30, 180), (60, 180), (61, 183), (300, 900)]
)
def test_patience_is_three_intervals_and_three_minutes_at_least(
    every_s: int, expected_s: int
) -> None:
    """Who says nothing of it is waited for three minutes."""
    assert expected_s * 1000 == patience_ms(every_s * 1000)


FORGOTTEN: Final[dict[str, tuple[Gateway, float, bool]]] = {
    "it lives": (told(beat(8)), 9, False),
    "silent for a day": (told(beat(8)), 11 + DAY, False),
    "silent for longer": (told(beat(8)), 11.1 + DAY, True),
    "it has spoken since": (told(beat(8), beat(DAY)), 11.1 + DAY, False),
    "it has spoken, which is not heard of yet": (told(beat(8), beat(12 + DAY)), 11.1 + DAY, False),
    "its first word is not heard of yet": (told(beat(8 + 2 * DAY)), 7 + 2 * DAY, False),
}


@pytest.mark.parametrize(("gateway", "heard", "expected"), FORGOTTEN.values(), ids=FORGOTTEN)
def test_a_gateway_that_was_silent_for_a_day_is_forgotten(
    gateway: Gateway, heard: float, *, expected: bool
) -> None:
    """A name that nobody uses takes no place."""
    assert expected == is_forgotten(gateway, EpochMs(round(heard * M)))


def test_the_areas_are_those_of_the_newest() -> None:
    """What it served before is none of its matter any more."""
    gateway = told(beat(8), beat(9, areas=THERE), beat(10))
    assert [(), HERE, THERE, HERE] == [
        known_at(gateway, EpochMs(round(at * M))).areas for at in (8, 8.5, 9.5, 10.5)
    ]


BEATS: Final = (beat(1), beat(2, 1.5), beat(3, 1.5), beat(8, 1.5), beat(9), beat(9, areas=THERE))


@pytest.mark.parametrize("heard", [0.0, 1.5, 3.5, 6.5, 8.5, 20.0])
def test_the_order_of_arrival_is_no_matter(heard: float) -> None:
    """Of what comes before `heard` passes it."""
    at = EpochMs(round(heard * M))
    orders = permutations(BEATS)
    assert {known_at(told(*BEATS), at)} == {known_at(told(*order), at) for order in orders}


@pytest.mark.parametrize("heard", range(12))
def test_what_is_counted_once_says_the_same_as_before(heard: int) -> None:
    """However early heartbeats are made one: nothing is lost but their number."""
    gateway = Gateway()
    for one in BEATS:
        gateway = take(gateway, one, min(one.received_at, EpochMs(heard * M)))
    ends = [EpochMs(round(later * M)) for later in (heard, heard + 0.5, 9.5, 20)]
    assert [known_at(told(*BEATS), max(end, EpochMs(heard * M))) for end in ends] == [
        known_at(gateway, max(end, EpochMs(heard * M))) for end in ends
    ]


def test_memory_ends_where_heard_is() -> None:
    """A day of heartbeats is one row and a few that are not heard of yet."""
    gateway = Gateway()
    for minute in range(600):
        gateway = take(gateway, beat(minute), EpochMs((minute - 2) * M))
        assert 3 >= len(gateway.ahead)
