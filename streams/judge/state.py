"""Everything that one journal partition remembers.

Saved are the tables and the clocks; what else stands here (wakes, indexes) follows from them and
from the plan, and is made anew when a saved state is taken on.

A *wake* is a time at which something must be looked at again. There are two queues of them,
because there are two clocks: what is said by time alone wakes by `now`, what is said of absence
wakes by `heard`. A wake may be stale; whoever is woken looks at the facts and finds nothing to do.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from streams.domain.alert import Alert
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope, desa_of, kabupaten_of
from streams.domain.partition import partition_of
from streams.domain.times import EpochMs
from streams.judge.clocks import Clocks
from streams.judge.rows import Checkins
from streams.judge.seen import Seen
from streams.judge.stopwatch import Stopwatch
from streams.judge.table import Key
from streams.judge.tables import Tables
from streams.judge.wakes import Wakes
from streams.judge.world import World

__all__ = ["LAYOUT", "PartitionState"]

LAYOUT: Final = 9
"""Raised with every change of a saved type, so that no worker reads rows that mean something else;
it judges the journal from its beginning instead."""


class PartitionState(Tables):
    """The memory of one journal partition."""

    def __init__(self, partition: int, world: World) -> None:
        """Begin empty, before the first record of the log."""
        super().__init__()
        self.partition = partition
        self.world = world
        self.clocks = Clocks()
        self.seen = Seen(self.pages)
        self.by_heard = Wakes()
        self.by_now = Wakes()
        self.latest: dict[Key, AlertId] = {}
        """The latest episode of each case, by what makes the case."""
        self.holding_in: dict[tuple[ElectionId, AreaCode], tuple[Key, ...]] = {}
        """Evidence that holds, by (election, desa)."""
        self.open_in: dict[tuple[ElectionId, AreaCode], set[AlertId]] = {}
        """Open alerts, by election and kabupaten."""
        self.children_of: dict[AlertId, set[AlertId]] = {}
        """Inhibited alerts, by the one that speaks for them."""
        self.spoken_at: dict[tuple[ElectionId, AreaCode], set[AreaCode]] = {}
        """Places of which officers have given word, by desa."""
        self.seen_at: dict[tuple[ElectionId, AreaCode], set[Scope]] = {}
        """Officers who have checked in at a TPS."""
        self.escorts: dict[tuple[ElectionId, AreaCode], dict[AreaCode, frozenset[str]]] = {}
        """Who is with a box that is not in, by election and kabupaten, by TPS."""
        self.parked: dict[tuple[ElectionId, AreaCode], dict[Key, EpochMs]] = {}
        """What waits for a gateway, by election and kabupaten: when it was due."""
        self.planned = False
        """Whether the deadlines of the plan have been queued."""
        self.stopwatch: Stopwatch | None = None
        """Of whoever wants to know how long the rules take that are asked just now."""

    def watches(self, kabupaten: AreaCode) -> bool:
        """Tell whether the events of a kabupaten come to this partition."""
        assert self.clocks.partitions, "only a mark tells how many partitions there are"
        return _home_of(kabupaten_of(kabupaten), self.clocks.partitions) == self.partition

    def put_checkins(self, election: ElectionId, officer: Scope, checkins: Checkins) -> None:
        """Set what an officer has told of himself."""
        self.checkins.put((election, officer), checkins)
        for tps in checkins.tps:
            self.seen_at.setdefault((election, tps), set()).add(officer)

    def alert(self, alert_id: str) -> Alert | None:
        """Return an episode by its id."""
        return self.alerts.get((alert_id,))

    def latest_of(self, case: Key) -> Alert | None:
        """Return the latest episode of a case."""
        latest = self.latest.get(case)
        return None if latest is None else self.alerts.get((latest,))

    def put_alert(self, alert: Alert) -> None:
        """Set an episode."""
        self.alerts.put((alert.id,), alert)
        self._remember(alert)

    def open_near(self, election: ElectionId, kabupaten: AreaCode) -> Iterator[Alert]:
        """Yield the open alerts of a kabupaten in no order: for who only counts them."""
        found = (self.alerts.get((one,)) for one in self.open_in.get((election, kabupaten), ()))
        return (one for one in found if one is not None)

    def open_alerts(self, election: ElectionId, kabupaten: AreaCode) -> list[Alert]:
        """Return the open alerts of a kabupaten, the oldest first."""
        found = self.open_near(election, kabupaten)
        return sorted(found, key=lambda one: (one.opened_at, one.id))

    def _remember(self, alert: Alert) -> None:
        near = self.open_in.setdefault((alert.election, kabupaten_of(alert.place)), set())
        if alert.is_open:
            near.add(alert.id)
        else:
            near.discard(alert.id)
        if alert.parent is not None:
            self.children_of.setdefault(alert.parent, set()).add(alert.id)
        case = (alert.election, alert.rule, alert.scope, alert.key)
        latest = self.latest_of(case)
        if latest is None or latest.episode <= alert.episode:
            self.latest[case] = alert.id

    def take_changes(self) -> tuple[dict[bytes, bytes | None], bytes]:
        """Return the rows that changed since the last call, and the clocks, as they are saved."""
        rows: dict[bytes, bytes | None] = {}
        for table in self.tables:
            rows |= table.take_changes()
        return rows, msgspec.msgpack.encode(self.clocks)

    def load(self, rows: Iterable[tuple[bytes, bytes]], clocks: bytes | None) -> None:
        """Take on a saved state. Raises AssertionError if a row is of no table."""
        if clocks is not None:
            self.clocks = msgspec.msgpack.decode(clocks, type=Clocks)
        for key, row in rows:
            known = any(table.load(key, row) for table in self.tables)
            assert known, f"a row of no table: {key!r}"
        self.seen.restore()
        for (election, place), _ in self.words.items():  # noqa: PERF102  a Table is no dict
            self.spoken_at.setdefault((ElectionId(election), desa_of(place)), set()).add(
                AreaCode(place)
            )
        for (election, officer), checkins in self.checkins.items():
            for tps in checkins.tps:
                self.seen_at.setdefault((ElectionId(election), tps), set()).add(Scope(officer))
        for _, alert in self.alerts.items():  # noqa: PERF102  a Table is no dict
            self._remember(alert)


# Asked of every kabupaten at every mark; there are 514.
@lru_cache(maxsize=1024)
def _home_of(kabupaten: AreaCode, partitions: int) -> int:
    """Return the partition that the events of a kabupaten come to."""
    return partition_of(kabupaten.encode(), partitions)
