"""Stories of takeover that need no owner before; the others are told with the keeper."""

from streams.engine.takeover import take_over
from tests.unit.engine.engine_parts import TOPICS, EchoFold, make_world
from tests.unit.engine.virtual_time import run_virtually


def test_the_first_owner_begins_at_the_beginning() -> None:
    """Nothing is there, so nothing is loaded and no line was told."""

    async def story() -> None:
        parts = make_world()
        taken = await take_over(parts.world, TOPICS, EchoFold, [2, 0])
        assert sorted(taken.hosted) == [0, 2]
        assert {own.next for own in taken.hosted.values()} == {0}
        assert set(taken.ends.values()) == {0}
        assert parts.observer.takeovers == 2

    run_virtually(story)


def test_who_owns_nothing_asks_nothing() -> None:
    """An intake worker reads no state."""

    async def story() -> None:
        parts = make_world()
        taken = await take_over(parts.world, TOPICS, EchoFold, [])
        assert (taken.hosted, taken.ends) == ({}, {})

    run_virtually(story)


def test_each_partition_has_a_fold_of_its_own() -> None:
    """Made for its number."""

    async def story() -> None:
        parts = make_world()
        taken = await take_over(parts.world, TOPICS, EchoFold, [0, 1])
        folds = [taken.hosted[number].fold for number in (0, 1)]
        assert [0, 1] == [fold.partition for fold in folds if isinstance(fold, EchoFold)]

    run_virtually(story)
