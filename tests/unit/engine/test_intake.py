"""Stories of intake: where records go, and when their offsets may be committed."""

import asyncio

from streams.domain.effects import DeadLetterReason
from streams.domain.journal import IntakeMark, OwnerMark
from streams.domain.partition import partition_of
from streams.domain.times import EpochMs
from streams.engine.intake import Intake
from streams.engine.ports import Slot
from streams.engine.writer import Writer
from streams.wire.journal import decode_record, encode_record
from streams.wire.records import (
    Broadcast,
    ClockMessage,
    DeadLettered,
    Inbound,
    Journaled,
    Parted,
    Taken,
)
from tests.unit.engine.engine_parts import TOPICS, Parts, fetched, make_world, raise_crash
from tests.unit.engine.virtual_time import run_virtually

STATUS, RECEIPTS = Slot("tps.status", 1), Slot("siaga.receipts", 0)
RECORD = OwnerMark()  # Any record of the journal will do.


class ByWord:
    """Judges by the first letter: j(ournal), b(roadcast), p(arts), d(ead), c(lock)."""

    def accept(self, record: Inbound) -> Taken:
        """Judge."""
        value = record.value or b""
        match value[:1]:
            case b"j":
                return Journaled(value[1:], RECORD)
            case b"b":
                return Broadcast(RECORD)
            case b"p":
                keys = value[1:].split(b" ")
                return Parted(tuple(Journaled(key, RECORD) for key in keys))
            case b"d":
                return DeadLettered(DeadLetterReason.JSON, "not JSON")
            case _:
                return ClockMessage(EpochMs(0))


def intake(parts: Parts) -> Intake:
    """Return an intake that holds `STATUS` and `RECEIPTS`."""
    writer = Writer(parts.process, raise_crash)
    parts.flow.start({STATUS: 0, RECEIPTS: 0})
    return Intake(parts.world, parts.flow, ByWord(), writer, 3)


def test_a_record_goes_to_the_partition_of_its_key() -> None:
    """With the partitioner of every Kafka client."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"j36.04", b"j17.02", b"j36.04"]))
        await new.settle()
        for key, count in ((b"36.04", 2), (b"17.02", 1)):
            log = parts.log(TOPICS.journal, partition_of(key, 3))
            assert count == sum(record.key == key for record in log)

    run_virtually(story)


def test_a_record_in_parts_goes_to_the_partition_of_each() -> None:
    """It is one record that was taken in, and it is safe when all its parts are."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"p36.04 17.02"]))
        await new.mark({STATUS: EpochMs(0)})
        await new.settle()
        for key in (b"36.04", b"17.02"):
            log = parts.log(TOPICS.journal, partition_of(key, 3))
            assert 1 == sum(record.key == key for record in log)
        mark = decode_record(parts.log(TOPICS.journal, 0)[-1].value or b"")
        assert isinstance(mark, IntakeMark)
        assert 1 == mark.taken
        assert 1 == parts.flow.safe[STATUS]

    run_virtually(story)


def test_a_broadcast_goes_everywhere() -> None:
    """Once into every partition of the journal."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"b"]))
        await new.settle()
        assert [1, 1, 1] == [len(parts.log(TOPICS.journal, p)) for p in range(3)]

    run_virtually(story)


def test_what_cannot_be_taken_is_put_aside_whole() -> None:
    """With the reason and where it came from."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"d{"], start=8))
        await new.settle()
        (letter,) = parts.log(TOPICS.dead_letters)
        assert letter.value == b"d{"
        assert dict(letter.headers) == {
            "reason": b"json",
            "detail": b"not JSON",
            "topic": b"tps.status",
            "partition": b"1",
            "offset": b"8",
        }

    run_virtually(story)


def test_a_commit_point_moves_when_the_journal_has_acknowledged() -> None:
    """A crash before that brings the record again."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"ja", b"d"], start=4))
        assert parts.flow.safe == {}
        await new.settle()
        await asyncio.sleep(0)
        assert {STATUS: 6} == parts.flow.safe

    run_virtually(story)


def test_a_commit_point_of_a_former_epoch_is_forgotten() -> None:
    """The partition may have been read by somebody else meanwhile."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"ja"]))
        parts.flow.forget()
        await new.settle()
        await asyncio.sleep(0)
        assert parts.flow.safe == {}

    run_virtually(story)


def test_a_batch_of_a_former_epoch_is_worthless() -> None:
    """It will come again, to whoever owns its partition."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch - 1, [b"ja"]))
        await new.settle()
        assert parts.broker.batches == []

    run_virtually(story)


def test_a_revocation_ends_a_long_batch_between_two_slices() -> None:
    """What was begun is finished, the rest comes again."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        asyncio.get_running_loop().call_soon(parts.flow.stop)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"ja"] * 1_000))
        await new.settle()
        assert 0 < len(parts.log(TOPICS.journal, partition_of(b"a", 3))) < 1_000
        assert parts.flow.safe == {}

    run_virtually(story)


def test_taken_records_are_claimed_and_receipts_are_not() -> None:
    """`heard` waits for nobody who delivers."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"ja", b"jb"]))
        await new.take(fetched(RECEIPTS, parts.flow.epoch, [b"jc"]))
        assert parts.flow.claims.claims() == {STATUS: 1_001}

    run_virtually(story)


def test_a_mark_counts_what_comes_from_others() -> None:
    """Word of our own notices makes nothing that they send seem well, or ill."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(fetched(STATUS, parts.flow.epoch, [b"ja", b"d"]))
        await new.take(fetched(RECEIPTS, parts.flow.epoch, [b"jc", b"d", b"jc"]))
        await new.mark({STATUS: EpochMs(7)})
        await new.settle()
        last = [decode_record(parts.log(TOPICS.journal, at)[-1].value or b"") for at in range(3)]
        assert {(1, 1)} == {(one.taken, one.refused) for one in last if isinstance(one, IntakeMark)}

    run_virtually(story)


def test_a_mark_tells_every_partition_how_far_we_have_heard() -> None:
    """With the number of partitions of each source topic, as the broker says it, and of its own."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.mark({STATUS: EpochMs(7)})
        await new.settle()
        sources = {"tps.status": 2, "crowd.reports": 2}
        want = IntakeMark({"tps.status/1": EpochMs(7)}, sources, partitions=3)
        for partition in range(3):
            (record,) = parts.log(TOPICS.journal, partition)
            assert want == decode_record(record.value or b"")
            assert record.value == encode_record(want)

    run_virtually(story)
