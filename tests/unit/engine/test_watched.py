"""What the engine lets be seen of itself: how old checkpoints are, how long a takeover lasts."""

from streams.engine.engine import Appenders, Engine, EngineSettings, Judgment
from streams.engine.ports import Slot
from tests.kafka.toy import ToyAcceptor
from tests.unit.engine.engine_parts import TOPICS, EchoFold, Parts, make_world
from tests.unit.engine.owner import Owner, owner
from tests.unit.engine.virtual_time import pass_time, run_virtually

JOURNAL = Slot(TOPICS.journal, 1)


def engine(parts: Parts) -> Engine:
    """Return an engine that runs and holds nothing yet."""
    judgment = Judgment(ToyAcceptor(), EchoFold)
    new = Engine(parts.world, parts.flow, EngineSettings(journal_partitions=3), judgment)
    new.start(Appenders(parts.process, parts.process, parts.process))
    return new


def saved_at(owned: Owner) -> float | None:
    """Return when partition 0 was last known to be saved."""
    return owned.host.hosted[0].saved_at


def test_a_partition_knows_when_it_was_last_saved_whole() -> None:
    """Not before its first checkpoint; and without news it stays saved, without a write."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        assert saved_at(first) is None
        await first.judge("set a 1")
        began = parts.world.seconds()
        await first.keeper.checkpoint()
        assert began == saved_at(first)
        parts.seconds += 30
        later = parts.world.seconds()
        await first.keeper.checkpoint()
        assert later == saved_at(first)

    run_virtually(story)


def test_a_state_that_is_rebuilt_is_not_saved() -> None:
    """As long as its fold is before what is there, nothing is written of it."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        first.host.hosted[0].floor = 100
        await first.judge("set a 1")
        await first.keeper.checkpoint()
        assert saved_at(first) is None

    run_virtually(story)


def test_a_takeover_lasts_until_records_flow() -> None:
    """Told once for each assignment, with how many partitions it has."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts)
        starts = await new.take_over([JOURNAL])
        parts.seconds += 2  # To seek, and to put the state out of the collector's way.
        parts.flow.start(starts)
        ((partitions, seconds),) = parts.observer.assigned
        assert 1 == partitions
        assert 2 <= seconds < 3

    run_virtually(story)


def test_the_end_of_the_journal_is_known_by_our_marks() -> None:
    """Also while no fetch is answered."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts)
        parts.flow.start(await new.take_over([JOURNAL]))
        assert 0 == new.journal_end(1)
        await pass_time(3.5)
        assert len(parts.log(TOPICS.journal, 1)) == new.journal_end(1) > 0

    run_virtually(story)
