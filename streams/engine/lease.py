"""May this process still write? A lease, renewed by heartbeats that the coordinator accepted.

A process that was paused wakes up and believes it owns what somebody else took over long ago. Its
heartbeats were not accepted meanwhile, so its lease has run out, and every write waits until the
membership is known again; if it is lost, the process ends before the wait does (`Consumer`).
"""

import asyncio
from typing import Final

from streams.engine.clock import Seconds

__all__ = ["Lease"]

_LOOK_AGAIN_S: Final = 0.02
_MARGIN: Final = 0.8
"""The broker counts from when it saw the heartbeat, we from before it was sent; the rest of the
margin is for what is already on its way to the socket when a lease ends."""


class Lease:
    """Valid for most of a session after each accepted heartbeat."""

    def __init__(self, seconds: Seconds, session_s: float) -> None:
        self._seconds = seconds
        self._lasts_s = _MARGIN * session_s
        self._until = float("-inf")

    @property
    def is_valid(self) -> bool:
        """Whether a write may go out now."""
        return self._seconds() <= self._until

    def renew(self, since: float) -> None:
        """Count from `since`, when the heartbeat that was accepted left."""
        self._until = max(self._until, since + self._lasts_s)

    async def hold(self) -> None:
        """Wait until the lease is valid."""
        # It is renewed from another thread, which an asyncio.Event must not be set from.
        while not self.is_valid:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_AGAIN_S)
