"""How far intake has heard: the arithmetic of claims, precisely (contract §4, docs/adr/0013).

A claim `c` of a source partition is a fact, not a lease: *every record of it with a broker time
below c lies before this mark in the journal*. It stays true whoever owns the partition later.

For each source partition, within the present assignment:

- `taken`: end and broker time of the last record that was put into the journal's writer; at the
  start the position that was sought to, and time 0;
- `handed_out`: end of the last record that the fetcher returned; noted before the next fetch can
  be sent;
- `answered` (a, P): a fetch asked for offset P, and the answer's high watermark was not above P;
  `a` is the broker's time, a lower bound, from *before* the request left. So nothing was
  visible from P on when the broker looked, hence nothing had been appended before `a`.

Caught up: `taken ≥ handed_out` and `P ≥ taken`. Then the claim is the larger of `taken`'s time
and `a`; else `taken`'s time. No limit on the age of an answer is needed: the claim is as old as
the answer. P may be above `taken`: control records of transactions are never handed out.
A partition that nobody writes to is answered so at every fetch, and so never holds anybody up.
"""

from collections.abc import Mapping
from typing import NamedTuple

from streams.domain.times import EpochMs
from streams.engine.ports import Slot

__all__ = ["ClaimBook"]


class _Taken(NamedTuple):
    end: int
    at: EpochMs


class _Answered(NamedTuple):
    asked_at: EpochMs
    position: int


class ClaimBook:
    """What one intake worker may claim of the source partitions it holds.

    `note_answer` and `note_handed_out` are called from the consumer's thread; each is one
    assignment into a dict, which needs no lock.
    """

    def __init__(self) -> None:
        self._taken: dict[Slot, _Taken] = {}
        self._handed_out: dict[Slot, int] = {}
        self._answered: dict[Slot, _Answered] = {}

    @property
    def slots(self) -> frozenset[Slot]:
        """The source partitions held."""
        return frozenset(self._taken)

    def assign(self, starts: Mapping[Slot, int]) -> None:
        """Begin anew with these partitions, each read from an offset on."""
        self._taken = {slot: _Taken(offset, EpochMs(0)) for slot, offset in starts.items()}

    def forget(self) -> None:
        """Hold nothing; what was seen of fetches stays true."""
        self._taken = {}

    def take(self, slot: Slot, end: int, at: EpochMs) -> None:
        """Note that all before `end` is with the writer, the last record having the time `at`."""
        self._taken[slot] = _Taken(end, max(at, self._taken[slot].at))

    def note_answer(self, slot: Slot, asked_at: EpochMs, position: int) -> None:
        """Note an answer that showed nothing from `position` on."""
        self._answered[slot] = _Answered(asked_at, position)

    def note_handed_out(self, slot: Slot, end: int) -> None:
        """Note that records before `end` are on their way to us."""
        self._handed_out[slot] = end

    def claims(self) -> dict[Slot, EpochMs]:
        """Return the present claim of each partition held."""
        return {slot: self._claim(slot, taken) for slot, taken in self._taken.items()}

    def _claim(self, slot: Slot, taken: _Taken) -> EpochMs:
        asked_at, position = self._answered.get(slot, _Answered(EpochMs(0), 0))
        caught_up = taken.end >= self._handed_out.get(slot, 0) and position >= taken.end
        return max(taken.at, asked_at) if caught_up else taken.at
