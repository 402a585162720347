"""Commit points: before which offset of a partition every notice is settled.

    taken    0 1 2 3 4 5 6 7 8
    settled  × ×   ×     × ×         ─► commit point 2

One notice that cannot be delivered holds it, and nothing behind it is lost: a crash brings back all
from there on, and the receipts say which of it are settled.
"""

import heapq

from streams.engine.ports import Slot

__all__ = ["Ledger"]


class Ledger:
    """What was taken of the partitions that are held, and is not settled."""

    def __init__(self) -> None:
        """Hold none."""
        self._ends: dict[Slot, int] = {}
        self._open: dict[Slot, set[int]] = {}
        self._order: dict[Slot, list[int]] = {}

    def take(self, slot: Slot, offset: int, *, is_open: bool) -> None:
        """Take a record; one that is not open needs nothing more."""
        self._ends[slot] = offset + 1
        if is_open:
            self._open.setdefault(slot, set()).add(offset)
            heapq.heappush(self._order.setdefault(slot, []), offset)

    def settle(self, slot: Slot, offset: int) -> None:
        """Note that a record needs nothing more."""
        self._open.get(slot, set()).discard(offset)

    def safe(self, slot: Slot) -> int:
        """Return before which offset of a partition that was taken of all is settled."""
        still_open, order = self._open.get(slot, set()), self._order.get(slot, [])
        while order and order[0] not in still_open:
            heapq.heappop(order)
        return order[0] if order else self._ends[slot]
