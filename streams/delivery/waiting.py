"""What waits in a line and was not tried yet, in its order.

The place of a parcel follows from all that waits beside it, and from the time. Mostly it falls: the
first place is looked at again when its turn comes. It rises when news turns out to stand for a call
that has not gone out yet; then, and whenever something is taken out of the middle, all is put in
order anew.
"""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from streams.delivery.bundle import Newest, newest_of
from streams.delivery.parcel import Parcel, area_of
from streams.delivery.turn import Rank, rank_of
from streams.domain.ids import AlertId, AreaCode
from streams.domain.outgoing import Outgoing

__all__ = ["BUNDLE_MAX", "Waiting", "WaitingLine"]

BUNDLE_MAX: Final = 1_000
"""How many are told in one message."""


class Waiting(NamedTuple):
    """Parcels that wait for their first try."""

    rank: Rank
    number: int
    parcels: tuple[Parcel, ...]
    """One; or what is left of a message that was refused, to be told by itself."""
    entered_at: float
    is_apart: bool

    @property
    def notices(self) -> Iterator[Outgoing]:
        """What they say."""
        return (one.notice for one in self.parcels)

    @property
    def goes_on(self) -> bool:
        """Whether it is a critical call that has another way."""
        return self.rank.is_critical_call and all(one.has_other_way for one in self.parcels)


class WaitingLine:
    """A heap of them."""

    def __init__(self, *, bundles: bool) -> None:
        """Begin with none; `bundles`: whether they may be told in one message."""
        self._bundles = bundles
        self._heap: list[Waiting] = []
        self._newest: dict[AlertId, Newest] = {}
        """Of what may be told in one message."""
        self._alerts: Counter[AlertId] = Counter()
        """How many wait that tell of it."""
        self._areas: dict[AreaCode, float] = {}
        self._numbers = itertools.count()

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._heap)

    def __iter__(self) -> Iterator[Waiting]:
        """Yield all of them, in no order."""
        return iter(self._heap)

    def put(self, parcels: Sequence[Parcel], now: float, *, is_apart: bool = False) -> None:
        """Let parcels wait; `is_apart`: they are told by themselves."""
        rises = self._note(parcels)
        rank = self._rank(parcels, now)
        one = Waiting(rank, next(self._numbers), tuple(parcels), now, is_apart)
        heapq.heappush(self._heap, one)
        if rises:
            self._put_in_order(now)

    def head(self, now: float) -> Waiting | None:
        """Return what comes first, after the world may have changed since it was put."""
        while self._heap:
            head = self._heap[0]
            rank = self._rank(head.parcels, now)
            if rank <= head.rank:
                return head
            heapq.heapreplace(self._heap, head._replace(rank=rank))
        return None

    def gather(self, now: float) -> list[Waiting]:
        """Take out what is told in the next message, in order."""
        head = heapq.heappop(self._heap)
        gathered, apart = [head], list[Waiting]()
        if self._bundles and not head.is_apart:
            while self._heap and len(gathered) < BUNDLE_MAX:
                one = heapq.heappop(self._heap)
                (apart if one.is_apart else gathered).append(one)
        self._heap += apart
        self._forget(gathered)
        told = (one for each in gathered for notice in each.notices for one in notice.alerts)
        self._areas |= {area_of(one): now for one in told}
        if self._bundles:
            self._put_in_order(now)
        return gathered

    def take_out(self, is_meant: Callable[[Waiting], bool], now: float) -> list[Waiting]:
        """Take out what is meant, wherever it stands."""
        taken = [one for one in self._heap if is_meant(one)]
        if taken:
            self._heap = [one for one in self._heap if not is_meant(one)]
            self._forget(taken)
            self._put_in_order(now)
        return taken

    def tells_any(self, alerts: Iterable[AlertId]) -> bool:
        """Tell whether anything here tells of one of these alerts."""
        return any(self._alerts[one] for one in alerts)

    def _note(self, parcels: Sequence[Parcel]) -> bool:
        """Count them, and tell whether something that waits already becomes a call by them."""
        notices = [one.notice for one in parcels]
        self._alerts.update(one.alert for notice in notices for one in notice.alerts)
        rises = False
        if self._bundles:
            for alert, found in newest_of(notices).items():
                before = self._newest.get(alert, found)
                after = self._newest[alert] = before.beside(found)
                rises = rises or (after.is_call and not before.is_call)
        return rises

    def _forget(self, taken: Iterable[Waiting]) -> None:
        for each in taken:
            for notice in each.notices:
                self._alerts.subtract(one.alert for one in notice.alerts)
        if not self._heap:
            self._alerts.clear()

    def _put_in_order(self, now: float) -> None:
        if self._bundles:
            self._newest = newest_of(notice for one in self._heap for notice in one.notices)
        self._heap = [one._replace(rank=self._rank(one.parcels, now)) for one in self._heap]
        heapq.heapify(self._heap)

    def _rank(self, parcels: Iterable[Parcel], now: float) -> Rank:
        return min(rank_of(one, self._newest, self._areas, now) for one in parcels)
