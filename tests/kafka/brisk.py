"""A day that is played faster than workers like it: its clock goes by ten seconds at a time.

Every played second costs each worker a mark in each partition of the journal, whatever happens in
it. At seven hundred times real time that is more than the day itself by far, so here the clock is
written every ten played seconds: what comes between waits for the next, which is all it means.
"""

import asyncio
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from streams.domain.times import SECOND_MS
from streams.engine.ports import Slot
from streams.engine.transport_log import ProducerSettings
from streams.simulation.kafka_sink import KafkaSink, open_appender, source_partitions
from streams.simulation.played import Played
from streams.simulation.player import PlaySettings, play
from tests.support.installation import Installation
from tests.support.played import Span

__all__ = ["BriskPlayer"]

CLOCK_MS: Final = 10 * SECOND_MS
_BATCH_BYTES: Final = 262_144
_JOIN_S: Final = 600


class _Sparse:
    """A sink that lets few messages of the clock pass."""

    def __init__(self, sink: KafkaSink) -> None:
        self._sink = sink

    def send(self, slot: Slot, key: bytes | None, value: bytes, clock: bytes) -> None:
        """Take a record."""
        if value or self._is_told(clock):
            self._sink.send(slot, key, value, clock)

    async def flush(self) -> None:
        """Wait for the broker."""
        await self._sink.flush()

    @staticmethod
    def _is_told(clock: bytes) -> bool:
        # RFC 3339 of a whole second: its last digit stands before the zone.
        return clock[18:19] == b"0"


class BriskPlayer:
    """Plays a day inside `with`; the end of the block waits for the end of the day."""

    def __init__(self, installation: Installation, day: Sequence[Played], span: Span) -> None:
        """Prepare to play; the topics must be there."""
        assert span.ends % CLOCK_MS == 0, "the last clock is told"
        self.messages = 0
        self._installation = installation
        self._day = day
        self._span = span
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._thread.join(_JOIN_S)
            assert not self._thread.is_alive(), "the day does not end"
            if self._failed:
                raise self._failed[0]

    def _run(self) -> None:
        try:
            asyncio.run(self._play())
        except BaseException as error:  # noqa: BLE001  Whatever it is, the test must see it.
            self._failed.append(error)

    async def _play(self) -> None:
        settings = ProducerSettings(
            broker=self._installation.broker,
            is_idempotent=True,
            batch_bytes=_BATCH_BYTES,
            compression="lz4",
        )
        async with open_appender(settings, self._installation.prefix) as appender:
            played = PlaySettings(
                starts=self._span.starts,
                ends=self._span.ends,
                partitions=await source_partitions(appender),
                speed=self._span.speed,
            )
            done = await play(self._day, _Sparse(KafkaSink(appender)), played)
            self.messages = done.messages
