"""Stories of the writer: rounds, their two steps, and what is known of them."""

import asyncio
from collections.abc import Awaitable

import pytest

from streams.domain.times import EpochMs
from streams.engine.crash import CrashError
from streams.engine.ports import Appended, BatchBuilder, Output, Slot
from streams.engine.writer import Writer
from tests.unit.engine.engine_parts import line, make_world, raise_crash
from tests.unit.engine.simulated_broker import Stored
from tests.unit.engine.virtual_time import pass_time, run_virtually

JOURNAL = Slot("siaga.journal", 0)
LINES = Slot("siaga.transitions", 0)
ALERTS = Slot("siaga.alerts", 0)


def values(records: list[Stored]) -> list[bytes | None]:
    """Return the values of records."""
    return [record.value for record in records]


def test_records_of_a_slot_stay_in_order() -> None:
    """Over many rounds, each slot gets what was put, in the order in which it was put."""

    async def story() -> None:
        parts = make_world(batch_bytes=30)
        writer = Writer(parts.process, raise_crash)
        for number in range(100):
            writer.put(Slot("siaga.journal", number % 2), None, b"%d" % number, 0)
            if number % 7 == 0:
                await pass_time(0.003)
        await writer.flush()
        for partition in (0, 1):
            want = [b"%d" % number for number in range(partition, 100, 2)]
            assert want == values(parts.log("siaga.journal", partition))

    run_virtually(story)


def test_lines_leave_when_all_else_of_the_round_is_acknowledged() -> None:
    """Who reads a line may rely on what was decided with it."""

    async def story() -> None:
        parts = make_world()
        writer = Writer(parts.process, raise_crash)
        writer.put_output(0, line(1, 0), 0)
        writer.put_output(0, Output("siaga.alerts", b"k", b"v"), 0)
        await writer.flush()
        assert [ALERTS, LINES] == [slot for slot, _ in parts.broker.batches]

    run_virtually(story)


def test_an_output_goes_to_the_partition_of_its_record() -> None:
    """With its headers and its key."""

    async def story() -> None:
        parts = make_world()
        writer = Writer(parts.process, raise_crash)
        writer.put_output(2, line(7, 3, "text"), 0)
        await writer.flush()
        (record,) = parts.log("siaga.transitions", 2)
        assert dict(record.headers) == {"offset": b"7", "n": b"3"}
        assert (record.key, record.value) == (b"key", b"text")

    run_virtually(story)


def test_one_round_is_in_flight_while_the_next_one_fills() -> None:
    """What is put meanwhile leaves as one batch when the answer comes."""

    async def story() -> None:
        parts = make_world()
        writer = Writer(parts.process, raise_crash)
        writer.put(JOURNAL, None, b"0", 0)
        first = writer.barrier()
        await asyncio.sleep(0)
        for number in range(1, 6):
            writer.put(JOURNAL, None, b"%d" % number, 0)
        assert writer.waiting == 5
        second = writer.barrier()
        await first
        assert not second.done()
        await second
        assert [(JOURNAL, 1), (JOURNAL, 5)] == parts.broker.batches

    run_virtually(story)


def test_a_barrier_with_nothing_put_is_down() -> None:
    """There is nothing to wait for."""

    async def story() -> None:
        parts = make_world()
        assert Writer(parts.process, raise_crash).barrier().done()

    run_virtually(story)


def test_the_end_of_each_slot_is_remembered() -> None:
    """It is where the next append must begin, if nobody else writes."""

    async def story() -> None:
        parts = make_world()
        answers: list[tuple[int, int | None]] = []

        def see(slot: Slot, answer: Appended) -> None:
            answers.append((answer.offset, writer.ends.get(slot)))

        writer = Writer(parts.process, raise_crash, see)
        for number in range(3):
            writer.put(JOURNAL, None, b"%d" % number, 0)
        await writer.flush()
        parts.broker.append(JOURNAL, [(None, b"foreign", ())])
        writer.put(JOURNAL, None, b"3", 0)
        await writer.flush()
        assert [(0, None), (4, 3)] == answers
        assert {JOURNAL: 5} == writer.ends

    run_virtually(story)


class RefusingAppender:
    """A broker that refuses."""

    def batch(self) -> BatchBuilder:
        """Return a batch of the simulated broker."""
        return make_world().process.batch()

    async def send(self, slot: Slot, batch: BatchBuilder) -> Awaitable[Appended]:
        """Refuse."""
        raise OSError(f"no {slot} for {batch}")


def test_a_refused_append_ends_the_process() -> None:
    """There is no state in which going on without it would be right."""

    async def story() -> None:
        writer = Writer(RefusingAppender(), raise_crash)
        writer.put(JOURNAL, None, b"0", EpochMs(0))
        with pytest.raises(CrashError):
            await writer.task

    run_virtually(story)
