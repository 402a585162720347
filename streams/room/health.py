"""Whether the room can be believed: it has read everything, and Kafka answers.

    starting ─everything read─► ready ─Kafka silent for 10 s─► away ─answers─► ready

A room that stands still looks like a quiet day. So the page is told, and says so over all of it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

__all__ = ["Health"]

_AWAY_S: Final = 10.0
_ASK_S: Final = 2.0


class Health:
    """What is known of Kafka, and of what was read from it."""

    def __init__(self, steady_s: Callable[[], float]) -> None:
        """Begin before anything was read; the clock is one that never goes back."""
        self._steady_s = steady_s
        self._answered_at: float | None = None
        self.is_caught_up = False
        self.is_ending = False

    def answered(self) -> None:
        """Note that Kafka has answered."""
        self._answered_at = self._steady_s()

    @property
    def is_live(self) -> bool:
        """Whether Kafka has answered of late."""
        at = self._answered_at
        return at is not None and self._steady_s() - at <= _AWAY_S

    @property
    def problem(self) -> str:
        """Why nobody should be sent here, as one word; empty: all is well."""
        if self.is_ending:
            return "ending"
        if not self.is_caught_up:
            return "reading"
        return "" if self.is_live else "kafka"

    async def watch(self, ask: Callable[[], Awaitable[bool]]) -> None:
        """Ask Kafka again and again, until cancelled."""
        while True:
            if await ask():
                self.answered()
            await asyncio.sleep(_ASK_S)
