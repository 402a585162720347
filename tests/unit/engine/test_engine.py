"""Stories of the engine put together; whole days are told in tests/property/test_engine.py."""

import asyncio
from collections.abc import Awaitable

import pytest

from streams.domain.journal import OwnerMark
from streams.engine.crash import CrashError
from streams.engine.engine import Appenders, Engine, EngineSettings, Judgment
from streams.engine.ports import Appended, BatchBuilder, Slot
from streams.wire.journal import decode_record
from tests.kafka.toy import ToyAcceptor, toy_event
from tests.unit.engine.engine_parts import TOPICS, EchoFold, Parts, fetched, make_world
from tests.unit.engine.virtual_time import pass_time, run_virtually

STATUS, JOURNAL = Slot("tps.status", 0), Slot(TOPICS.journal, 0)


def engine(parts: Parts, *, is_played: bool = False) -> Engine:
    """Return an engine that runs and holds nothing yet."""
    settings = EngineSettings(journal_partitions=3, is_played=is_played)
    new = Engine(parts.world, parts.flow, settings, Judgment(ToyAcceptor(), EchoFold))
    new.start(Appenders(parts.process, parts.process, parts.process))
    return new


def test_nothing_is_written_before_the_first_assignment() -> None:
    """A mark that waits for the lease would keep the worker from ever joining."""

    async def story() -> None:
        parts = make_world()
        engine(parts)
        await pass_time(10)
        assert parts.broker.batches == []

    run_virtually(story)


def test_the_owner_of_a_partition_marks_it_once_a_second() -> None:
    """And intake tells all of them how far it has heard."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts)
        parts.flow.start({**await new.take_over([Slot(TOPICS.journal, 1)]), STATUS: 0})
        await pass_time(3.5)
        owner = [
            isinstance(decode_record(record.value or b""), OwnerMark)
            for record in parts.log(TOPICS.journal, 1)
        ]
        assert [True, False] * 3 == owner
        assert len(parts.log(TOPICS.journal, 0)) == 3

    run_virtually(story)


def test_a_played_day_has_no_marks_of_its_own() -> None:
    """Wall time is never read."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts, is_played=True)
        parts.flow.start({**await new.take_over([Slot(TOPICS.journal, 1)]), STATUS: 0})
        await pass_time(5)
        assert parts.broker.batches == []

    run_virtually(story)


def test_the_brokers_time_is_learnt_from_the_journal() -> None:
    """With the first acknowledged mark."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts)
        parts.flow.start({**await new.take_over([Slot(TOPICS.journal, 1)]), STATUS: 0})
        assert new.clock.now() == 0
        await pass_time(2)
        assert parts.broker.now() - 10 <= new.clock.now() <= parts.broker.now()

    run_virtually(story)


def test_partitions_are_checkpointed_in_turns_all_of_them_in_time() -> None:
    """An alert never waits for the state of all partitions at once."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts, is_played=True)
        parts.flow.start(await new.take_over([Slot(TOPICS.journal, number) for number in range(3)]))
        for number in range(3):
            slot = Slot(TOPICS.journal, number)
            await new.take(fetched(slot, parts.flow.epoch, [b"set a 1"]))
        saved: list[int] = []
        for _ in range(110):
            await pass_time(0.01)
            saved.append(len(parts.flow.safe))
        assert set(saved) == {0, 1, 2, 3}

    run_virtually(story)


class TimelessAppender:
    """A broker whose topics keep the senders' times."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def batch(self) -> BatchBuilder:
        """Return an empty batch."""
        return self._parts.process.batch()

    async def send(self, slot: Slot, batch: BatchBuilder) -> Awaitable[Appended]:
        """Append, and tell no time."""
        sent = await self._parts.process.send(slot, batch)

        async def answer() -> Appended:
            return Appended((await sent).offset, None)

        return asyncio.create_task(answer())


@pytest.mark.parametrize("is_played", [False, True])
def test_a_journal_without_the_brokers_time_ends_the_process(*, is_played: bool) -> None:
    """Unless the day is a played one, which needs none."""

    async def story() -> bool:
        parts = make_world()
        settings = EngineSettings(journal_partitions=3, is_played=is_played)
        new = Engine(parts.world, parts.flow, settings, Judgment(ToyAcceptor(), EchoFold))
        timeless = TimelessAppender(parts)
        new.start(Appenders(timeless, timeless, timeless))
        parts.flow.start({STATUS: 0})
        await new.take(fetched(STATUS, parts.flow.epoch, [toy_event(1, "36.04.17.2010-001")]))
        await pass_time(1)
        crashed = [task for task in new.tasks if task.done()]
        for task in crashed:
            with pytest.raises(CrashError, match="LogAppendTime"):
                task.result()
        return bool(crashed)

    assert run_virtually(story) is not is_played


def test_after_quiescing_everything_is_saved_and_nothing_held() -> None:
    """Then the partitions may go to anybody."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts)
        parts.flow.start({**await new.take_over([JOURNAL]), STATUS: 0})
        await new.take(fetched(STATUS, parts.flow.epoch, [toy_event(1, "36.04.17.2010-001")]))
        await new.take(fetched(JOURNAL, parts.flow.epoch, [b"set a 1"]))
        parts.flow.stop()
        await new.quiesce()
        assert {STATUS: 1, JOURNAL: 1}.items() >= parts.flow.safe.items()
        assert new.host.hosted == {}
        assert len(parts.log(TOPICS.state)) == 2

    run_virtually(story)


def test_quiescing_while_records_flow_is_a_mistake() -> None:
    """The end would never come."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts)
        parts.flow.start({STATUS: 0})
        with pytest.raises(AssertionError):
            await new.quiesce()

    run_virtually(story)


def test_sources_of_a_played_day_may_wait() -> None:
    """For one another and for the player: that is no stall."""

    async def story() -> None:
        live, played = engine(make_world()), engine(make_world(), is_played=True)
        assert live.must_progress(STATUS)
        assert live.must_progress(JOURNAL)
        assert not played.must_progress(STATUS)
        assert played.must_progress(JOURNAL)

    run_virtually(story)


def test_progress_is_what_is_safe_except_while_a_state_is_rebuilt() -> None:
    """A rebuild saves nothing for a while, and is not a stall either."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts)
        await new.take_over([JOURNAL])
        assert new.progress(JOURNAL, 4) == 4
        assert new.progress(STATUS, 4) == 4
        new.host.hosted[0].floor, new.host.hosted[0].next = 100, 9
        assert new.progress(JOURNAL, 4) == 9

    run_virtually(story)


def test_a_failing_judgment_ends_the_process() -> None:
    """The acceptor and the fold promised not to raise."""

    async def story() -> None:
        parts = make_world()
        new = engine(parts)
        parts.flow.start(await new.take_over([Slot(TOPICS.journal, 1)]))
        with pytest.raises(CrashError):
            await new.take(fetched(Slot(TOPICS.journal, 2), parts.flow.epoch, [b"not ours"]))

    run_virtually(story)
