"""Intake of a played day: the same, but in the order of the player's clock, and with its marks.

A claim of a played day is the player's clock that all own source partitions have gone beyond: every
record before it lies before the mark. Topics that are not claimed (receipts) don't wait.
"""

from collections.abc import Sequence
from typing import Final

from streams.domain.times import EpochMs
from streams.engine.intake import Intake, inbound
from streams.engine.played import PlayedOrder, Tick
from streams.engine.ports import Fetched, RecordView, Slot
from streams.wire.clock import CLOCK_HEADER, read_clock
from streams.wire.records import Broadcast, ClockMessage, Inbound, Taken, header
from streams.wire.rejection import Rejection

__all__ = ["PlayedIntake"]

_SLICE: Final = 128

_Judged = tuple[Inbound, Taken]


class PlayedIntake(Intake):
    """Takes partition batches, and carries out what has come in all source partitions."""

    _order = PlayedOrder[_Judged](())
    _order_epoch = -1

    async def take(self, fetched: Fetched) -> None:
        """Take in a partition batch, unless it has become worthless meanwhile."""
        if fetched.slot.topic not in self._flow.topics.sources:
            await super().take(fetched)
            return
        async with self._lock:
            if fetched.epoch != self._flow.epoch:
                return
            if self._order_epoch != fetched.epoch:
                self._order = PlayedOrder[_Judged](self._flow.claims.slots)
                self._order_epoch = fetched.epoch
            self._add(fetched.slot, fetched.records)
            if await self._release():
                self._note_end(fetched)

    def _add(self, slot: Slot, records: Sequence[RecordView]) -> None:
        for record in records:
            came = inbound(slot, record)
            match taken := self._acceptor.accept(came):
                case ClockMessage(clock):
                    self._order.tick(slot, clock)
                    self._carry_out(came, taken)
                case _:
                    self._order.add(slot, _clock_of(came), (came, taken))

    async def _release(self) -> bool:
        """Carry out what is ready; False if it became worthless in the middle of it."""
        epoch, ends = self._flow.epoch, dict[Slot, int]()
        for number, ready in enumerate(self._order.release(), 1):
            match ready:
                case Tick(clock):
                    await self.mark(dict.fromkeys(self._flow.claims.slots, clock), clock)
                case _:
                    came, taken = ready.record
                    if isinstance(taken, Broadcast):
                        taken = await self._with_pack(taken)
                    self._carry_out(came, taken)
                    ends[ready.slot] = came.offset + 1
            if number % _SLICE == 0:
                await self._pause()
            if epoch != self._flow.epoch:
                return False
        for slot, end in ends.items():
            self._mark_safe_later(slot, end)
        await self._pause()
        return epoch == self._flow.epoch

    def _note_end(self, fetched: Fetched) -> None:
        # The last clock message is never done: after the day no other comes, and whoever takes over
        # then would wait for ever to learn how late it is. If nothing waits, it is the last record.
        if self._order.is_empty(fetched.slot):
            self._mark_safe_later(fetched.slot, fetched.end - 1)


def _clock_of(record: Inbound) -> EpochMs | None:
    """Read the player's clock of a record; one that is missing or misspelt is nobody's clock."""
    told = header(record.headers, CLOCK_HEADER)
    try:
        return None if told is None else read_clock(told)
    except Rejection:
        return None
