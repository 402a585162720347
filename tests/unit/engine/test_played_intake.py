"""Stories of intake on a played day: one order, one mark a played second."""

import asyncio

from streams.domain.journal import IntakeMark, OwnerMark
from streams.domain.times import EpochMs
from streams.engine.played_intake import PlayedIntake
from streams.engine.ports import Fetched, Slot
from streams.engine.writer import Writer
from streams.wire.journal import decode_record
from streams.wire.records import ClockMessage, Inbound, Journaled, Taken
from tests.unit.engine.engine_parts import TOPICS, Parts, make_world, raise_crash
from tests.unit.engine.simulated_broker import Stored
from tests.unit.engine.virtual_time import run_virtually

A, B, RECEIPTS = Slot("crowd.reports", 0), Slot("tps.status", 0), Slot("siaga.receipts", 0)


class Played:
    """Takes an empty value for the player's clock, and all else for an event."""

    def accept(self, record: Inbound) -> Taken:
        """Judge."""
        if record.value:
            return Journaled(record.value, OwnerMark())
        return ClockMessage(EpochMs(int(dict(record.headers)["siaga-clock"] or b"")))


def intake(parts: Parts) -> PlayedIntake:
    """Return an intake that holds two source partitions."""
    parts.flow.start({A: 0, B: 0, RECEIPTS: 0})
    return PlayedIntake(parts.world, parts.flow, Played(), Writer(parts.process, raise_crash), 1)


def batch(parts: Parts, slot: Slot, *records: tuple[str, int | None], start: int = 0) -> Fetched:
    """Return a partition batch: value and clock of each record."""
    stored = [
        Stored(
            start + n, 0, None, value.encode(), () if at is None else (("siaga-clock", b"%d" % at),)
        )
        for n, (value, at) in enumerate(records)
    ]
    return Fetched(slot, parts.flow.epoch, stored)


def journal(parts: Parts) -> list[bytes | int | None]:
    """Return the journal: keys of events, clocks of marks."""
    out: list[bytes | int | None] = []
    for record in parts.log(TOPICS.journal):
        decoded = decode_record(record.value or b"")
        out.append(decoded.clock if isinstance(decoded, IntakeMark) else record.key)
    return out


def test_events_are_journaled_in_the_order_of_the_player() -> None:
    """Whatever order they are fetched in, with a mark where a played second ends."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(batch(parts, A, ("a1", 100), ("", 1_000), ("a2", 1_700), ("", 2_000)))
        await new.take(batch(parts, B, ("b1", 50), ("", 1_000), ("b2", 1_200), ("", 2_000)))
        await new.settle()
        assert [b"b1", b"a1", 1_000, b"b2", b"a2", 2_000] == journal(parts)

    run_virtually(story)


def test_a_mark_claims_every_partition_held() -> None:
    """Everything before its clock has left, of all of them."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(batch(parts, A, ("", 1_000)))
        await new.take(batch(parts, B, ("", 1_000)))
        await new.settle()
        (record,) = parts.log(TOPICS.journal)
        mark = decode_record(record.value or b"")
        assert isinstance(mark, IntakeMark)
        assert mark.claims == {"crowd.reports/0": 1_000, "tps.status/0": 1_000}
        assert mark.clock == 1_000

    run_virtually(story)


def test_what_waits_is_not_committed() -> None:
    """A crash brings it again; what was carried out, and clocks before the last one, are."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(batch(parts, A, ("a1", 100), ("", 1_000), ("a2", 1_700)))
        await new.take(batch(parts, B, ("", 500), ("", 1_000)))
        await new.settle()
        await asyncio.sleep(0)
        assert {A: 1, B: 1} == parts.flow.safe

    run_virtually(story)


def test_who_takes_over_after_the_day_learns_how_late_it_is() -> None:
    """No clock message comes any more, so each partition's last one is read again."""

    async def story() -> None:
        parts = make_world()
        day = {
            A: [("", 1_000), ("", 2_000)],
            B: [("", 1_000), ("b1", 1_500), ("", 2_000)],
        }
        last = intake(parts)
        for slot, first, end in (A, 0, 1), (B, 0, 1), (A, 1, 2), (B, 1, 2):
            await last.take(batch(parts, slot, *day[slot][first:end], start=first))
        await last.settle()
        await asyncio.sleep(0)
        left = {slot: parts.flow.safe.get(slot, 0) for slot in day}
        parts.flow.forget()
        new = intake(parts)
        for slot, records in day.items():
            await new.take(batch(parts, slot, *records[left[slot] :], start=left[slot]))
        await new.settle()
        assert {A: 1, B: 0} == left
        assert [1_000, 1_000, b"b1", 2_000] == journal(parts)

    run_virtually(story)

    run_virtually(story)


def test_after_a_rebalance_the_order_begins_anew() -> None:
    """What waited comes again, and is not carried out twice by us."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(batch(parts, A, ("a1", 100)))
        parts.flow.forget()
        parts.flow.start({A: 0, B: 0})
        await new.take(batch(parts, A, ("a1", 100), ("", 1_000)))
        await new.take(batch(parts, B, ("", 1_000)))
        await new.settle()
        assert [b"a1", 1_000] == journal(parts)

    run_virtually(story)


def test_a_batch_of_a_former_epoch_is_worthless() -> None:
    """As on a real day."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        old = batch(parts, A, ("a1", 100))
        parts.flow.forget()
        await new.take(old)
        await new.settle()
        assert journal(parts) == []

    run_virtually(story)


def test_receipts_do_not_wait() -> None:
    """Delivery has no player."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        await new.take(batch(parts, RECEIPTS, ("r1", None)))
        await new.settle()
        assert [b"r1"] == journal(parts)

    run_virtually(story)


def test_a_message_with_a_misspelt_clock_keeps_its_place() -> None:
    """It has the time of what lies before it; whether it is taken is the acceptor's matter."""

    async def story() -> None:
        parts = make_world()
        new = intake(parts)
        bad = Stored(1, 0, None, b"bad", (("siaga-clock", b"noon"),))
        first = batch(parts, A, ("a1", 500)).records[0]
        tick = batch(parts, A, ("", 1_000), start=2).records[0]
        await new.take(Fetched(A, parts.flow.epoch, [first, bad, tick]))
        await new.take(batch(parts, B, ("b1", 600), ("", 1_000)))
        await new.settle()
        assert [b"a1", b"bad", b"b1", 1_000] == journal(parts)

    run_virtually(story)
