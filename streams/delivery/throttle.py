"""Sliding windows: at most so many messages within any span of so many seconds.

Only times are remembered, and no more of them than the longest span needs. A window never says no
for good: it says when. Whoever goes before that time all the same is counted like all others, so
that those after him wait the longer.
"""

from collections import deque
from collections.abc import Iterable

from streams.delivery.policy import Limit

__all__ = ["Window"]


class Window:
    """When messages went, as far as some limits need it."""

    def __init__(self, limits: tuple[Limit, ...]) -> None:
        """Begin with none."""
        self._limits = limits
        self._span_s = max((one.within_s for one in limits), default=0.0)
        self._went: deque[float] = deque()

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._went)

    def free_at(self, now: float) -> float:
        """Return from when on one more may go: `now`, or later."""
        self._forget(now)
        full = (one for one in self._limits if len(self._went) >= one.count)
        return max([now, *(self._went[-one.count] + one.within_s for one in full)])

    def take(self, at: float) -> None:
        """Count a message that goes at `at`, which is not before those counted so far."""
        if self._limits:
            self._went.append(at)

    def give_back(self, at: float) -> None:
        """Count a message no more, for it has not reached anybody."""
        if at in self._went:
            self._went.remove(at)

    def remember(self, times: Iterable[float]) -> None:
        """Count messages that went before this process began, all at once."""
        if self._limits:
            self._went = deque(sorted([*self._went, *times]))
            self._forget(self._went[-1] if self._went else 0.0)

    def _forget(self, now: float) -> None:
        while self._went and self._went[0] + self._span_s <= now:
            self._went.popleft()
