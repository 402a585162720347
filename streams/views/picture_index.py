"""What the picture is made of, kept beside the state of a partition as it changes.

    tables of the state ──which rows changed──► shares ──► counts of areas
                                                   └──► what has changed in the picture

Nothing of it is saved: it follows from the state, and is made anew when a worker begins to tell it
or the rules change. What is kept in this way and what is made anew are the same (a property test
holds it). Time alone changes one thing here: a posture begins and ends to be raised.
"""

from collections.abc import Callable, Iterator
from functools import partial
from heapq import heappop, heappush
from typing import Final, NamedTuple, Protocol, cast

from streams.domain.ids import AreaCode, ElectionId, kabupaten_of
from streams.domain.times import NEVER, EpochMs
from streams.judge.posture import raised_causes
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.views.picture_areas import PictureAreas
from streams.views.picture_counts import AreaCounts
from streams.views.picture_queue import Where
from streams.views.picture_shares import PictureShares
from streams.views.picture_tps import UNHEARD, Standing, same_day, standing_of

__all__ = ["PictureIndex"]

_TURN: Final = 200
"""Rows that are taken in before others have a turn."""


class _Table(Protocol):
    """A table of any rows, as far as it is read here."""

    def watch(self) -> None: ...

    def take_news(self) -> Iterator[Key]: ...


class _Reader(NamedTuple):
    """A table, and what is to be done about a row of it that has changed."""

    table: _Table
    see: Callable[[Key], None]


class PictureIndex:
    """Counts of the areas and standings of the TPS of one partition."""

    def __init__(self, state: PartitionState, on_change: Callable[[Where], None]) -> None:
        """Begin with nothing: `build` takes in what the state holds.

        Args:
            state: Of the partition, which must know its partitions. Whoever has watched its tables
                before is told nothing more.
            on_change: Is told what has changed in the picture after that.
        """
        self._state = state
        self._on_change = on_change
        self.areas = PictureAreas(state)
        self.shares = PictureShares(state, self.areas)
        self.standings: dict[Key, Standing] = {}
        """Of TPS of which something is known."""
        self._escorts: dict[Where, frozenset[str]] = {}
        self._edges: list[tuple[EpochMs, Where]] = []
        """When a posture begins or ends to be raised."""
        self._readers: tuple[_Reader, ...] = (
            _Reader(state.facts, self._see_facts),
            _Reader(state.posture, self._see_posture),
            _Reader(state.alerts, self.shares.see_alert),
            _Reader(state.waiting, self.shares.see_report),
            _Reader(state.ledgers, self.shares.see_ledger),
            _Reader(state.situations, self._see_colour),
            _Reader(state.assignments, self._see_assignment),
        )

    def build(self) -> Iterator[None]:
        """Take in all that the state holds, and yield where others may have a turn."""
        yield from self.areas.build()
        for table, _ in self._readers:
            table.watch()
        for table, see in self._readers:
            for number, key in enumerate(table.take_news(), start=1):
                see(key)
                if not number % _TURN:
                    yield
        self.look()
        self.areas.on_change = self._on_change

    def look(self) -> list[Where]:
        """Take in what has changed; return the TPS that have but given a newer sign of life."""
        heard = self._heard()
        for table, see in self._readers:
            for key in table.take_news():
                see(key)
        while self._edges and self._edges[0][0] <= self._state.clocks.now:
            self._look_below(heappop(self._edges)[1])
        return heard

    def _heard(self) -> list[Where]:
        facts, standings, heard = self._state.facts, self.standings, list[Where]()
        for key in facts.take_news():
            standing, row = standings.get(key), facts.get(key)
            if standing is not None and row is not None and same_day(standing, row):
                heard.append(_where(key))
            else:
                self._see_facts(key)
        return heard

    def _see_facts(self, key: Key) -> None:
        where = _where(key)
        self._see_escorts(where)
        self._look_at(where)
        self.areas.change(where)

    def _see_colour(self, key: Key) -> None:
        election, _, code = key
        self.areas.change((ElectionId(election), AreaCode(code)))

    def _see_assignment(self, key: Key) -> None:
        election, scope = key
        self.areas.touch_strength((ElectionId(election), AreaCode(scope.partition(":")[2])))

    def _see_escorts(self, where: Where) -> None:
        near = self._state.escorts.get((where[0], kabupaten_of(where[1])), {})
        escorts = near.get(where[1], frozenset())
        if escorts != self._escorts.get(where, frozenset()):
            self._escorts[where] = escorts
            self.areas.touch_strength(where)

    def _look_at(self, where: Where) -> None:
        """See how a TPS stands now, if the plan has it."""
        election, code = where
        watched = self.areas.watched(where)
        tps = watched.plan.tps.get(code)
        if tps is None or not self.areas.has(where):
            return
        before = self.standings.get(where, UNHEARD)
        after = self.standings[where] = standing_of(self._state, watched, election, tps)
        if after.away != before.away:
            self.areas.sides[election, tps.kabupaten].put_away(code, after.away)
            self.areas.change((election, tps.kabupaten))
        if after.share != before.share:
            change = partial(AreaCounts.move_tps, before=before.share, after=after.share)
            self.areas.count(where, change)
            self.areas.change(where)
            if after.share.stage is not before.share.stage:
                self.areas.cross(where, tps.tps_class, (before.share.stage, after.share.stage))

    def _see_posture(self, key: Key) -> None:
        where = _where(key)
        for _, since, until in raised_causes(self._state, *where):
            for at in (since, until):
                if self._state.clocks.now < at < NEVER:
                    heappush(self._edges, (at, where))
        self._look_below(where)

    def _look_below(self, where: Where) -> None:
        for one in self.areas.tps_below(where):
            self._look_at(one)


def _where(key: Key) -> Where:
    # The very same tuple: the key of a TPS, or of an area, is its place.
    return cast("Where", key)
