"""A day that is played faster than workers like it: its clock goes by ten seconds at a time.

Every played second costs each worker a mark in each partition of the journal, whatever happens in
it. At seven hundred times real time that is more than the day itself by far, so here the clock is
written every ten played seconds: what comes between waits for the next, which is all it means.
"""

from collections.abc import Sequence
from typing import Final

from streams.domain.times import SECOND_MS
from streams.engine.ports import Slot
from streams.simulation.played import Played
from streams.simulation.player import Sink
from tests.support.installation import Installation
from tests.support.played import Player, Span

__all__ = ["brisk_player"]

CLOCK_MS: Final = 10 * SECOND_MS


def brisk_player(installation: Installation, day: Sequence[Played], span: Span) -> Player:
    """Return a player of a day whose clock is told every ten seconds."""
    assert span.ends % CLOCK_MS == 0, "the last clock is told"
    return Player(installation, day, span, _Sparse)


class _Sparse:
    """A sink that lets few messages of the clock pass."""

    def __init__(self, sink: Sink) -> None:
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
