"""Skips nothing: the most important lines of the transport.

A fetch may be sent before a rebalance, or before a seek, and be answered after it. No generation
and no epoch tells what its records are; only their offsets do. So of each partition exactly the
next offset is handed out:

- records before it were handed out already, and are dropped;
- a gap before the first record is believed only if a fresh seek to the expected offset shows it
  again. Compaction and the control records of transactions leave such gaps. A gap that is
  not real, taken at its word, is a hole: the next commit steps over records that nobody has read.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from streams.engine.ports import RecordView, Slot

__all__ = ["Contiguity", "FetchAgain"]


class FetchAgain(NamedTuple):
    """What came does not join on: seek to this offset, and look again."""

    offset: int


class Contiguity:
    """The next offset of each partition that is ours."""

    def __init__(self) -> None:
        """Begin with no partition."""
        self.positions: dict[Slot, int] = {}
        """First offset not yet handed out."""
        self._gaps: dict[Slot, tuple[int, int]] = {}

    def begin(self, starts: Mapping[Slot, int]) -> None:
        """Own exactly these partitions, each from an offset on."""
        self.positions, self._gaps = dict(starts), {}

    def sift(self, slot: Slot, records: Sequence[RecordView]) -> Sequence[RecordView] | FetchAgain:
        """Return those records that come next; none if the partition is not ours."""
        position, first = self.positions.get(slot), records[0].offset
        if position is None:
            return ()
        if first > position and self._gaps.get(slot) != (position, first):
            self._gaps[slot] = position, first
            return FetchAgain(position)
        fresh = [record for record in records if record.offset >= position]
        if fresh:
            self.positions[slot] = fresh[-1].offset + 1
        return fresh
