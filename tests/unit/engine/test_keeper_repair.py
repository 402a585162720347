"""Stories of states that others wrote into, and of one that cannot be trusted."""

from collections.abc import Sequence

from streams.engine.checkpoint import StateReader, decode_version
from tests.unit.engine.engine_parts import TOPICS, EchoFold, Parts, make_world, state_of
from tests.unit.engine.owner import STATE, Owner, owner
from tests.unit.engine.virtual_time import pass_time, run_virtually


def copied(parts: Parts, records: Sequence[int]) -> None:
    """Append records of the state again, as a process that slept would."""
    log = parts.log(TOPICS.state)
    parts.broker.append(STATE, [(log[n].key, log[n].value, ()) for n in records])


def last_rows(parts: Parts, layout: int = EchoFold.layout) -> dict[bytes, bytes]:
    """Return the state as compaction would leave it: the last record of each key."""
    reader = StateReader()
    for record in {record.key: record for record in parts.log(TOPICS.state)}.values():
        assert record.key is not None
        reader.add(record.key, record.value, 0)
    return reader.image(layout).rows


def test_a_foreign_write_is_noticed_and_covered() -> None:
    """Its rows are written again, as they were at our last complete checkpoint or are by now."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a old", "set b old", "set c old")
        await first.keeper.checkpoint()
        await first.judge("set a new", "set b new")
        await first.keeper.checkpoint()
        copied(parts, [0, 1, 3])
        await first.judge("set b newer")
        await first.keeper.checkpoint()
        assert parts.observer.foreign == 1
        await first.judge("set d 1")
        await first.keeper.checkpoint()
        assert last_rows(parts) == {b"a": b"new", b"b": b"newer", b"c": b"old", b"d": b"1"}

    run_virtually(story)


def test_a_foreign_write_is_covered_even_if_nothing_is_judged() -> None:
    """The owner may be the last one of the evening."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a old")
        await first.keeper.checkpoint()
        await first.judge("set a new")
        copied(parts, [0])
        await first.keeper.checkpoint()
        copied(parts, [0])
        await first.judge("set b 1")
        await first.keeper.checkpoint()
        await first.keeper.checkpoint()
        assert last_rows(parts) == {b"a": b"new", b"b": b"1"}

    run_virtually(story)


def test_a_foreign_key_that_was_never_ours_is_deleted() -> None:
    """Whatever it is, it is not part of the state."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1")
        await first.keeper.checkpoint()
        value = parts.log(TOPICS.state)[0].value
        parts.broker.append(STATE, [(b"alien", value, ())])
        for number in range(2):
            await first.judge(f"set b {number}")
            await first.keeper.checkpoint()
        assert b"alien" in {record.key for record in parts.log(TOPICS.state)[3:]}
        assert decode_version(parts.log(TOPICS.state)[-2].value or b"")

    run_virtually(story)


def test_what_a_dead_owner_left_uncovered_is_covered_by_the_next_one() -> None:
    """A foreign write between two owners is seen by where it lies, not by an answer."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a old")
        await first.keeper.checkpoint()
        await first.judge("set a new")
        await first.keeper.checkpoint()
        copied(parts, [0])
        second = await owner(parts)
        await second.keeper.checkpoint()
        assert last_rows(parts) == {b"a": b"new"}

    run_virtually(story)


def test_a_state_that_cannot_be_trusted_is_built_anew() -> None:
    """From the journal's beginning, without telling any line again, and then replaced whole."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1", "say hello", "set b 1")
        await first.keeper.checkpoint()
        # A torn checkpoint, and compaction after it: of `a` only what is too new is left.
        await first.judge("set a 2", "set gone 1", "del gone")
        await first.keeper.checkpoint()
        log = parts.log(TOPICS.state)
        parts.broker.logs[STATE] = [r for r in log if r.offset not in {0, 5}]
        second = await owner(parts)
        assert parts.observer.rebuilt == 1
        assert second.host.hosted[0].next == 0
        await second.judge("set a 1", "say hello", "set b 1")
        await second.keeper.checkpoint()
        assert state_of(parts)[0] == 0, "nothing is written before the old cuts are passed"
        await second.judge("set a 2", "set gone 1", "del gone", "set c 1")
        await second.keeper.checkpoint()
        assert state_of(parts) == (7, {b"a": b"2", b"b": b"1", b"c": b"1"})
        assert last_rows(parts) == {b"a": b"2", b"b": b"1", b"c": b"1"}
        await second.lines.flush()
        assert [b"hello"] == [r.value for r in parts.log(TOPICS.lines[0])]

    run_virtually(story)


def test_deletions_of_long_ago_become_tombstones() -> None:
    """Only then is the key gone for good."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1", "set b 1", "del a")
        await first.keeper.checkpoint()
        await pass_time(3_700)
        await first.judge("set b 2")
        await first.keeper.checkpoint()
        second = await owner(parts)
        await second.judge("set b 3")
        await second.keeper.checkpoint()
        assert (b"a", None) in {(r.key, r.value) for r in parts.log(TOPICS.state)}
        assert state_of(parts) == (5, {b"b": b"3"})

    run_virtually(story)


def test_a_state_of_another_version_is_judged_again_from_the_beginning() -> None:
    """Its rows mean something else; no line is told twice, and the new state replaces it."""

    async def story() -> None:
        parts = make_world()
        first = await owner(parts)
        await first.judge("set a 1", "say hello", "set b 2")
        await first.keeper.checkpoint()
        second = Owner(parts, NewerFold)
        await second.take_over()
        assert second.host.hosted[0].next == 0
        await second.judge("set a 1", "say hello", "set b 2", "del b")
        await second.keeper.checkpoint()
        assert [b"hello"] == [r.value for r in parts.log(TOPICS.lines[0])]
        third = Owner(parts, NewerFold)
        await third.take_over()
        assert third.host.hosted[0].next == 4
        assert last_rows(parts, NewerFold.layout) == {b"a": b"1"}

    run_virtually(story)


class NewerFold(EchoFold):
    """A fold that lays out its rows in another way."""

    layout = 1
