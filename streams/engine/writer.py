"""Ordered appends in rounds: one round of record batches is in flight while the next one fills.

No linger and no timer: when a round is acknowledged, the next one leaves with whatever has come
meanwhile. So a quiet worker answers in one round trip, and a busy one has large batches.

A round goes out in two steps. Its *lines* leave only when everything else of the round is
acknowledged: who reads a line may rely on what was decided with it, and after a crash a line that
is there proves that the rest is there (docs/adr/0011).
"""

import asyncio
from collections.abc import Callable
from typing import Final

from streams.engine.crash import Die, crash_only
from streams.engine.ports import Appended, Appender, BatchBuilder, Output, Slot

__all__ = ["Acknowledged", "Writer"]

Acknowledged = Callable[[Slot, Appended], None]
"""Is told each answer before `ends` is moved by it."""

_Header = tuple[str, bytes | None]
_Record = tuple[bytes | None, bytes | None, int, list[_Header]]
"""Key, value, time and headers."""
_NO_HEADERS: Final[list[_Header]] = []
"""Shared, because making one for each record of the journal costs; nobody changes it."""


class _Round:
    """The batches of one round, by step and slot, and the future of its acknowledgement."""

    def __init__(self) -> None:
        self.steps: tuple[dict[Slot, list[BatchBuilder]], dict[Slot, list[BatchBuilder]]] = ({}, {})
        self.count = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Writer:
    """Appends what is put, in order within each slot, and remembers where each slot ends."""

    def __init__(
        self, appender: Appender, die: Die, on_acknowledged: Acknowledged | None = None
    ) -> None:
        self._appender = appender
        self._on_acknowledged = on_acknowledged
        self._wake = asyncio.Event()
        self._open = _Round()
        self._sent = _Round().done
        self._sent.set_result(None)
        self.ends: dict[Slot, int] = {}
        """Where the log of each slot ended after our last acknowledged append."""
        self.task = asyncio.create_task(crash_only(die)(self._run)())

    @property
    def waiting(self) -> int:
        """Number of records that wait for the round in flight."""
        return self._open.count

    def put(self, slot: Slot, key: bytes | None, value: bytes | None, timestamp: int) -> None:
        """Append a record without headers with the next round."""
        self._put(self._open.steps[0], slot, (key, value, timestamp, _NO_HEADERS))

    def put_output(self, partition: int, output: Output, timestamp: int) -> None:
        """Append an output of a fold with the next round; a line goes last."""
        step = self._open.steps[output.line]
        record = (output.key, output.value, timestamp, list(output.headers))
        self._put(step, Slot(output.topic, partition), record)

    def _put(
        self,
        step: dict[Slot, list[BatchBuilder]],
        slot: Slot,
        record: _Record,
    ) -> None:
        key, value, timestamp, headers = record
        batches = step.setdefault(slot, [])
        if not batches or (
            batches[-1].append(timestamp=timestamp, key=key, value=value, headers=headers) is None
        ):
            batches.append(self._appender.batch())
            batches[-1].append(timestamp=timestamp, key=key, value=value, headers=headers)
        self._open.count += 1
        self._wake.set()

    def barrier(self) -> asyncio.Future[None]:
        """Return a future that is done when everything put so far is acknowledged."""
        return self._open.done if self._open.count else self._sent

    async def flush(self) -> None:
        """Wait until everything put so far is acknowledged."""
        await asyncio.shield(self.barrier())

    async def _run(self) -> None:
        while await self._wake.wait():
            self._wake.clear()
            if not self._open.count:
                continue
            leaving, self._open = self._open, _Round()
            self._sent = leaving.done
            for step in leaving.steps:
                await self._send(step)
            leaving.done.set_result(None)

    async def _send(self, step: dict[Slot, list[BatchBuilder]]) -> None:
        answers = [
            (slot, batch.record_count(), await self._appender.send(slot, batch))
            for slot, batches in step.items()
            for batch in batches
        ]
        for slot, count, coming in answers:
            answer = await coming
            if self._on_acknowledged is not None:
                self._on_acknowledged(slot, answer)
            self.ends[slot] = answer.offset + count
