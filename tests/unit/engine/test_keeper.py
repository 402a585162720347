"""Stories of checkpoints: their order, and what the next owner finds."""

import asyncio

from streams.engine.checkpoint import META_KEY
from streams.engine.ports import Slot
from tests.unit.engine.engine_parts import TOPICS, make_world, state_of
from tests.unit.engine.owner import JOURNAL, STATE, owner
from tests.unit.engine.virtual_time import pass_time, run_virtually


def test_a_checkpoint_is_one_batch_with_its_meta_last() -> None:
    """A broker keeps a batch whole or not at all."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1", "set b 2", "del b")
        await first.keeper.checkpoint()
        assert [(STATE, 3)] == parts.broker.batches
        assert parts.log(TOPICS.state)[-1].key == META_KEY
        assert state_of(parts) == (3, {b"a": b"1"})

    run_virtually(story)


def test_the_commit_point_moves_when_the_state_is_acknowledged() -> None:
    """Not before: what is committed is never judged again."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1", "say hello")
        keeping = asyncio.create_task(first.keeper.checkpoint())
        keeping.add_done_callback(lambda _: seen.append(dict(parts.flow.safe)))
        seen: list[dict[Slot, int]] = []
        while not seen:
            assert parts.flow.safe in ({}, {JOURNAL: 2})
            saved = bool(parts.log(TOPICS.state))
            assert saved or not parts.flow.safe
            await pass_time(0.0001)
        assert {JOURNAL: 2} == parts.flow.safe

    run_virtually(story)


def test_lines_are_acknowledged_before_the_state_is_sent() -> None:
    """A state is only there when every line up to its cut is."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("say hello")
        await first.keeper.checkpoint()
        assert ["siaga.alerts", TOPICS.lines[0], TOPICS.state] == [
            slot.topic for slot, _ in parts.broker.batches
        ]

    run_virtually(story)


def test_nothing_new_nothing_written() -> None:
    """A checkpoint of an unchanged fold says nothing."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1")
        await first.keeper.checkpoint()
        await first.keeper.checkpoint()
        assert len(parts.broker.batches) == 1

    run_virtually(story)


def test_a_large_backlog_calls_for_an_early_checkpoint() -> None:
    """So that a checkpoint stays within one batch, and a replay short."""

    async def story() -> None:
        first = await owner(make_world())
        await first.judge(*["set a 1"] * 20_000)
        early = [first.keeper.early]
        await first.judge("set a 1")
        early.append(first.keeper.early)
        await first.keeper.checkpoint()
        assert [set(), {0}, set()] == [*early, first.keeper.early]

    run_virtually(story)


def test_what_does_not_fit_in_one_batch_ends_with_the_meta() -> None:
    """Then only the last batch makes the others count."""

    async def story() -> None:
        parts = make_world(batch_bytes=60)
        first = await owner(parts)
        await first.judge(*[f"set key{n} {n}" for n in range(20)])
        await first.keeper.checkpoint()
        assert len(parts.broker.batches) > 1
        assert parts.log(TOPICS.state)[-1].key == META_KEY
        assert len(state_of(parts)[1]) == 20

    run_virtually(story)


def test_a_line_told_before_the_crash_is_not_told_again() -> None:
    """The new owner judges it again, and finds it in its topic."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1")
        await first.keeper.checkpoint()
        await first.judge("say hello")
        await first.lines.flush()
        second = await owner(parts)
        assert second.host.hosted[0].next == 1
        await second.judge("say hello", "say again")
        await second.lines.flush()
        assert [b"hello", b"again"] == [r.value for r in parts.log(TOPICS.lines[0])]
        assert len(second.host.hosted[0].told) == 0

    run_virtually(story)


def test_lines_are_read_back_from_where_the_state_says() -> None:
    """Not from the beginning of the day: from what was acknowledged when the cut was made."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("say one", "say two")
        await first.keeper.checkpoint()
        await first.judge("say three")
        await first.keeper.checkpoint()
        second = await owner(parts)
        assert second.host.hosted[0].lines_from == {TOPICS.lines[0]: 2, TOPICS.lines[1]: 0}

    run_virtually(story)


def test_as_long_as_a_told_line_is_not_replayed_its_place_is_remembered() -> None:
    """A checkpoint in the middle of a replay must not make the next owner look behind it."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1", "set b 1", "say hello")
        await first.lines.flush()
        second = await owner(parts)
        await second.judge("set a 1")
        await second.keeper.checkpoint()
        third = await owner(parts)
        await third.judge("set b 1", "say hello")
        await third.lines.flush()
        assert [b"hello"] == [r.value for r in parts.log(TOPICS.lines[0])]

    run_virtually(story)
