"""Stories of the order of a played day."""

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.times import EpochMs
from streams.engine.played import PlayedOrder, Tick, Timed
from streams.engine.ports import Slot

A, B = Slot("crowd.reports", 0), Slot("tps.status", 0)


def released(order: PlayedOrder[str]) -> list[str | int]:
    """Return what leaves: records as they are, ticks as their clocks."""
    return [one.clock if isinstance(one, Tick) else one.record for one in order.release()]


def test_a_record_waits_for_the_other_partitions() -> None:
    """What was read first is not what happened first."""
    order = PlayedOrder[str]([A, B])
    order.add(A, EpochMs(10), "late")
    order.tick(A, EpochMs(20))
    assert released(order) == []
    order.add(B, EpochMs(5), "early")
    order.tick(B, EpochMs(20))
    assert released(order) == ["early", "late", 20]


def test_the_moment_itself_waits() -> None:
    """At the clock that all have reached more may still come, from any partition."""
    order = PlayedOrder[str]([A, B])
    order.tick(A, EpochMs(20))
    order.add(B, EpochMs(20), "now")
    order.tick(B, EpochMs(20))
    assert released(order) == [20]
    order.add(A, EpochMs(20), "as well")
    order.tick(A, EpochMs(30))
    order.tick(B, EpochMs(30))
    assert released(order) == ["as well", "now", 30]


def test_each_played_second_ends_once_and_in_its_place() -> None:
    """A backlog of many seconds is released with a tick at the end of each of them."""
    order = PlayedOrder[str]([A, B])
    for second in (10, 20, 30):
        order.add(A, EpochMs(second - 5), f"a{second}")
        order.tick(A, EpochMs(second))
    for second in (10, 20, 30):
        order.add(B, EpochMs(second - 4), f"b{second}")
        order.tick(B, EpochMs(second))
    assert released(order) == ["a10", "b10", 10, "a20", "b20", 20, "a30", "b30", 30]
    assert released(order) == []


def test_a_partition_that_says_nothing_holds_everything() -> None:
    """Nobody knows what it will say."""
    order = PlayedOrder[str]([A, B])
    order.add(A, EpochMs(10), "a")
    order.tick(A, EpochMs(20))
    assert released(order) == []
    assert not order.is_empty(A)


def test_a_record_without_a_clock_has_that_of_the_one_before() -> None:
    """A message that the player did not send can't be earlier than what lies before it."""
    order = PlayedOrder[str]([A])
    order.add(A, EpochMs(10), "first")
    order.add(A, None, "foreign")
    order.add(A, EpochMs(7), "back")
    order.tick(A, EpochMs(11))
    assert released(order) == ["first", "foreign", "back", 11]


def test_without_partitions_nothing_leaves() -> None:
    """A worker without source partitions has nothing to say."""
    assert released(PlayedOrder[str]([])) == []


Step = tuple[Slot, int, bool]
steps = st.lists(st.tuples(st.sampled_from([A, B]), st.integers(0, 5), st.booleans()), max_size=40)


@given(steps)
def test_the_order_does_not_depend_on_how_it_was_fetched(history: list[Step]) -> None:
    """Releasing after each record or once at the end gives the same order, sorted by clock."""

    def play(*, at_once: bool) -> list[Timed[int] | Tick]:
        order, clock, out = PlayedOrder[int]([A, B]), {A: 0, B: 0}, list[Timed[int] | Tick]()
        for number, (slot, later, is_tick) in enumerate(history):
            clock[slot] += later
            at = EpochMs(clock[slot])
            if is_tick:
                order.tick(slot, at)
            else:
                order.add(slot, at, number)
            if at_once:
                out += order.release()
        return [*out, *order.release()]

    whole = play(at_once=False)
    assert whole == play(at_once=True)
    assert [one.clock for one in whole] == sorted(one.clock for one in whole)
