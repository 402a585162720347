"""Which notices are held, for which offsets, and what is known of them from before.

A notice may lie in a topic twice: a fold that starts again after a crash repeats what it wrote. It
is carried once, and settles both offsets.
"""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from streams.courier.ledger import Ledger
from streams.courier.past import Before
from streams.delivery.parcel import Parcel
from streams.delivery.rounds import following
from streams.domain.ids import AlertId
from streams.engine.ports import Slot

__all__ = ["Custody"]

_SETTLED_MAX: Final = 50_000
"""Settled notices that are known again when they come once more."""


class Custody:
    """The notices of the partitions that are held."""

    def __init__(self, before: Before) -> None:
        """Hold none; `before` says what became of those that will come again."""
        self._ledger = Ledger()
        self._held: dict[AlertId, list[tuple[Slot, int]]] = {}
        self._settled: dict[AlertId, None] = {}
        self._awaited = set(before.settled)
        """Settled before, and not read again yet: however many they are, none may be forgotten."""
        self._failed = before.failed

    def __len__(self) -> int:
        """Return how many are held."""
        return len(self._held)

    def take(self, slot: Slot, offset: int, notice: AlertId) -> bool:
        """Take a notice, and say whether it is a new one, that must be carried."""
        if notice in self._awaited:
            self._awaited.remove(notice)
            self._note_settled(notice)
        is_open = notice not in self._settled
        self._ledger.take(slot, offset, is_open=is_open)
        if not is_open:
            return False
        offsets = self._held.setdefault(notice, [])
        offsets.append((slot, offset))
        return len(offsets) == 1

    def skip(self, slot: Slot, offset: int) -> None:
        """Take a record that is no notice."""
        self._ledger.take(slot, offset, is_open=False)

    def resumed(self, parcel: Parcel, now: float) -> Parcel | None:
        """Return a parcel at the attempt that is next for it; None: it was given up before."""
        failed = self._failed.pop(parcel.notice.id, None)
        if failed is None:
            return parcel
        return following(replace(parcel, attempt=failed), now)

    def settle(self, notice: AlertId) -> Iterable[Slot]:
        """Note that a notice is done with, and return the partitions that may have come on."""
        offsets = self._held.pop(notice, [])
        for slot, offset in offsets:
            self._ledger.settle(slot, offset)
        self._note_settled(notice)
        return {slot for slot, _ in offsets}

    def safe(self, slot: Slot) -> int:
        """Return the commit point of a partition that was taken of."""
        return self._ledger.safe(slot)

    def _note_settled(self, notice: AlertId) -> None:
        self._settled[notice] = None
        if len(self._settled) > _SETTLED_MAX:
            del self._settled[next(iter(self._settled))]
