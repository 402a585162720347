"""Notices a worker that lives and does nothing: the fault that nobody sees until the evening.

Each partition has two gauges, each with how far it has come and how far it could: *fetching* (up to
the end of the log) and *judging* (up to what was fetched; come as far as it is safe to commit).
A gauge that could move and has not moved for a long time is a stall. The cure is the same as for
all else: end the process, and let a fresh one take over.
"""

from collections.abc import Iterable
from typing import NamedTuple

from streams.engine.ports import Slot

__all__ = ["Gauge", "Watchdog"]


class Gauge(NamedTuple):
    """How far one partition has come in something, and how far it could."""

    slot: Slot
    what: str
    done: int
    end: int


class Watchdog:
    """Remembers since when each gauge stands still."""

    def __init__(self, patience_s: float) -> None:
        """`patience_s`: how long a gauge may stand still before its end."""
        self._patience_s = patience_s
        self._since: dict[tuple[Slot, str], tuple[int, float]] = {}

    def look(self, now_s: float, gauges: Iterable[Gauge]) -> Gauge | None:
        """Take a look, and return a gauge that has stood still for too long."""
        before, self._since = self._since, {}
        stalled: Gauge | None = None
        for gauge in gauges:
            if gauge.done >= gauge.end:
                continue
            key = gauge.slot, gauge.what
            done, since = before.get(key, (gauge.done, now_s))
            since = since if done == gauge.done else now_s
            self._since[key] = gauge.done, since
            if now_s - since > self._patience_s:
                stalled = gauge
        return stalled
