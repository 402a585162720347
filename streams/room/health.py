"""Whether the room can be believed: it has read everything, goes on reading, and Kafka answers.

    starting ─everything read─► ready ─Kafka silent for 10 s─► away ─answers─► ready
                                  └─topics not read──► behind ─all of them read─┘

A room that stands still looks like a quiet day. So the page is told, and says so over all of it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, NoReturn

__all__ = ["Health"]

_AWAY_S: Final = 10.0
_ASK_S: Final = 2.0
_SETTLED_S: Final = 5.0
"""After a round that failed: one partition may fail in each second round."""


class Health:
    """What is known of Kafka, and of what was read from it."""

    def __init__(self, steady_s: Callable[[], float]) -> None:
        """Begin before anything was read; the clock is one that never goes back."""
        self._steady_s = steady_s
        self._answered_at: float | None = None
        self._read_at: float | None = None
        self._failed_at: float | None = None
        self._failure = ""
        self.is_caught_up = False
        self.is_ending = False

    def answered(self) -> None:
        """Note that Kafka has answered."""
        self._answered_at = self._steady_s()

    def told(self, problem: str) -> None:
        """Note what is said of a round of reading: what is wrong with it; empty: nothing."""
        if problem:
            self._failed_at, self._failure = self._steady_s(), problem
        else:
            self._read_at = self._steady_s()

    @property
    def problem(self) -> str:
        """Why nobody should be sent here, as one word; empty: all is well."""
        if self.is_ending:
            return "ending"
        if not self.is_caught_up:
            return "reading"
        if not self._is_of_late(self._answered_at, _AWAY_S):
            return "kafka"
        return "topics" if self.detail else ""

    @property
    def detail(self) -> str:
        """What is wrong with the topics, as a sentence; empty: they are being read."""
        if self._is_of_late(self._failed_at, _SETTLED_S):
            return self._failure
        if self._read_at is None:
            return "no round of reading has ended yet"
        if not self._is_of_late(self._read_at, _AWAY_S):
            return f"no round of reading has ended for {_AWAY_S:.0f} s"
        return ""

    def _is_of_late(self, at: float | None, within_s: float) -> bool:
        return at is not None and self._steady_s() - at <= within_s

    async def watch(self, ask: Callable[[], Awaitable[bool]]) -> NoReturn:
        """Ask Kafka again and again, until cancelled."""
        while True:
            if await ask():
                self.answered()
            await asyncio.sleep(_ASK_S)
