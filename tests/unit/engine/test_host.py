"""Stories of the fold host: what is judged, what is told, and when others get a turn."""

import asyncio
from collections.abc import Sequence

import pytest

from streams.engine.checkpoint import Meta, StateImage
from streams.engine.host import FoldHost, Hosted
from streams.engine.ports import Entry, Fetched, Output, Slot
from streams.engine.writer import Writer
from tests.unit.engine.engine_parts import (
    TOPICS,
    EchoFold,
    Parts,
    fetched,
    make_world,
    raise_crash,
)
from tests.unit.engine.simulated_broker import Stored
from tests.unit.engine.virtual_time import run_virtually

JOURNAL = Slot(TOPICS.journal, 0)
EMPTY = StateImage(0, None, {}, set(), 0, {}, ())


def host(parts: Parts, fold: EchoFold) -> FoldHost:
    """Return a host of one partition."""
    new = FoldHost(parts.world, parts.flow, Writer(parts.process, raise_crash))
    new.hosted = {0: Hosted(0, fold, EMPTY)}
    parts.flow.start({JOURNAL: 0})
    return new


def test_what_was_judged_is_not_judged_again() -> None:
    """A batch may overlap what came before, and offsets may have gaps."""

    async def story() -> None:
        parts, fold = make_world(), EchoFold()
        new = host(parts, fold)
        await new.take(fetched(JOURNAL, parts.flow.epoch, [b"set a 1", b"set a 2"]))
        await new.take(fetched(JOURNAL, parts.flow.epoch, [b"set a 9", b"set a 3"], start=1))
        await new.take(fetched(JOURNAL, parts.flow.epoch, [b"set b 1"], start=50))
        assert fold.rows == {b"a": b"3", b"b": b"1"}
        assert (new.hosted[0].next, new.judged, fold.seen) == (51, 4, 4)

    run_virtually(story)


def test_a_batch_of_a_former_epoch_is_worthless() -> None:
    """Its partition may belong to somebody else by now."""

    async def story() -> None:
        parts, fold = make_world(), EchoFold()
        new = host(parts, fold)
        await new.take(fetched(JOURNAL, parts.flow.epoch - 1, [b"set a 1"]))
        assert fold.seen == 0

    run_virtually(story)


def test_a_state_is_loaded_with_its_meta() -> None:
    """And the fold goes on where it was."""
    fold = EchoFold()
    image = StateImage(7, Meta({"t": 3}, b"5"), {b"a": b"1"}, {b"a"}, 0, {}, ())
    hosted = Hosted(0, fold, image)
    assert (fold.rows, fold.seen) == ({b"a": b"1"}, 5)
    assert (hosted.next, hosted.base, hosted.lines_from) == (7, 7, {"t": 3})


class SlowFold(EchoFold):
    """A fold that takes a second for each record, and remembers when it was asked."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def judge(self, entry: Entry) -> Sequence[Output]:
        """Let the time pass."""
        self._parts.seconds += 1.0
        return super().judge(entry)


def test_others_get_a_turn_in_the_middle_of_a_batch() -> None:
    """A revocation that comes then ends the batch between two records."""

    async def story() -> None:
        parts = make_world()
        fold = SlowFold(parts)
        new = host(parts, fold)
        asyncio.get_running_loop().call_soon(parts.flow.stop)
        await new.take(fetched(JOURNAL, parts.flow.epoch, [b"set a 1"] * 5))
        assert fold.seen == 1
        assert new.hosted[0].next == 1

    run_virtually(story)


def test_a_tombstone_in_the_journal_is_a_mistake() -> None:
    """Nobody deletes from the journal."""

    async def story() -> None:
        parts = make_world()
        new = host(parts, EchoFold())
        batch = fetched(JOURNAL, parts.flow.epoch, [b"x"])
        gone = Stored(0, 0, None, None)
        with pytest.raises(AssertionError):
            await new.take(Fetched(JOURNAL, batch.epoch, [gone]))

    run_virtually(story)


def test_judging_waits_for_a_broker_that_is_far_behind() -> None:
    """Memory is not the place for a backlog."""

    async def story() -> None:
        parts = make_world()
        new = host(parts, EchoFold())
        values = [b"say word"] * 25_000
        await new.take(fetched(JOURNAL, parts.flow.epoch, values))
        assert len(parts.log("siaga.alerts")) > 0

    run_virtually(story)
