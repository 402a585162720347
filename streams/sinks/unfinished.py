"""How far messages of several parts have come, so that a repeat does not begin anew.

Kept in memory alone and for the newest ones: it spares people a second reading, and costs nothing
when it is lost.
"""

from typing import Final

__all__ = ["Unfinished"]

_KEPT_MAX: Final = 1_000


class Unfinished:
    """Messages that have been sent in part, by their keys."""

    def __init__(self) -> None:
        self._done: dict[str, int] = {}

    def done(self, key: str) -> int:
        """Return how many parts of a message have gone out."""
        return self._done.get(key, 0)

    def note(self, key: str, done: int) -> None:
        """Remember that so many parts have gone out; of too many messages the oldest is let go."""
        self.forget(key)
        self._done[key] = done
        if len(self._done) > _KEPT_MAX:
            del self._done[next(iter(self._done))]

    def forget(self, key: str) -> None:
        """Let go of a message: it has gone out as a whole, or never will."""
        self._done.pop(key, None)
