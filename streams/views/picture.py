"""The picture: how every TPS and every area of a partition stands, told as it changes.

    look: what has changed ──► queue ──a round a second──► values ──► `siaga.picture`

A value says all of its place, and is made when it is told, from the state and its clocks alone. So
whatever was told before, or was lost, the newest one is right. Whoever begins to tell a picture
tells all of it again: what it saves of it is nothing.
"""

from collections.abc import Iterator
from typing import Final

from streams.domain.facts import TpsFacts
from streams.domain.times import EpochMs
from streams.domain.words import SituationColour
from streams.judge.state import PartitionState
from streams.judge.world import World
from streams.rules.detectors.situation import rank
from streams.territory.plan import Tps
from streams.views.picture_counts import no_alerts
from streams.views.picture_index import PictureIndex
from streams.views.picture_queue import PictureQueue, Where
from streams.views.picture_tps import UNHEARD, stages_of
from streams.views.pictured import PicturedArea, PicturedTps

__all__ = ["Picture"]

_NO_FACTS: Final = TpsFacts()
_TURN: Final = 50
"""Places that are told before others have a turn."""
_KABUPATEN_LENGTH: Final = 5
_DESA_LENGTH: Final = 13

_Value = PicturedArea | PicturedTps


class Picture:
    """Tells how the places of one partition stand, a round at a time."""

    def __init__(self, state: PartitionState) -> None:
        """Begin with everything to be told. Of one state there may be one picture at a time."""
        self._state = state
        self._world: World | None = None
        self._index: PictureIndex
        self._queue = PictureQueue()
        self._clocks = (EpochMs(0), EpochMs(0))
        """As the kabupaten were told last."""
        self._kabupaten: set[Where] = set()
        """Those that have changed since."""

    @property
    def index(self) -> PictureIndex | None:
        """What it is made of, to be looked at only; None: it has not begun."""
        return None if self._world is None else self._index

    @property
    def is_whole(self) -> bool:
        """Whether everything has been told that has changed until the last round."""
        return not self._queue

    def round(self) -> Iterator[_Value | None]:
        """Yield what is to be told now: no place more than once, none again without a reason.

        Every kabupaten is among it if a clock has moved; of all else `ROUND_MAX` places. None is
        yielded where others may have a turn: what they judge then is in what is yielded later.
        """
        if not self._state.clocks.partitions:
            return  # No mark has told yet which kabupaten are judged here.
        if self._world is not self._state.world:
            yield from self._begin()
        self._look()
        places = [*self._due_kabupaten(), *self._queue.take()]
        for number, where in enumerate(places, start=1):
            yield self._value(where)
            if not number % _TURN:
                yield None
                if self._world is not self._state.world:
                    return  # All of it will be told again.
                self._look()

    def _begin(self) -> Iterator[None]:
        """Take in the whole state, and have all of it told."""
        world, index = self._state.world, PictureIndex(self._state, self._change)
        yield from index.build()
        self._world, self._index = world, index
        self._queue = PictureQueue()
        for where in index.areas.places():
            if len(where[1]) > _KABUPATEN_LENGTH:
                self._queue.tell_later(where)
        self._kabupaten.update(index.areas.sides)

    def _look(self) -> None:
        self._queue.change_tps(self._index.look())

    def _change(self, where: Where) -> None:
        if len(where[1]) == _KABUPATEN_LENGTH:
            self._kabupaten.add(where)
        else:
            self._queue.change(where)

    def _due_kabupaten(self) -> Iterator[Where]:
        clocks = (self._state.clocks.now, self._state.clocks.heard)
        changed, self._kabupaten = self._kabupaten, set()
        moved = clocks != self._clocks
        self._clocks = clocks
        return (where for where in self._index.areas.sides if moved or where in changed)

    def _value(self, where: Where) -> _Value:
        tps = self._index.areas.watched(where).plan.tps.get(where[1])
        return self._area(where) if tps is None else self._tps(where, tps)

    def _tps(self, where: Where, tps: Tps) -> PicturedTps:
        index, election = self._index, where[0]
        facts = self._state.facts.get(where) or _NO_FACTS
        standing = index.standings.get(where, UNHEARD)
        return PicturedTps(
            election=election,
            is_first=index.areas.first_of.get(tps.code) == election,
            now=self._state.clocks.now,
            tps=tps,
            stage=standing.share.stage,
            stage_at=standing.stage_at,
            stages=stages_of(facts.points),
            suspended_stage=standing.suspended_stage,
            heard_at=facts.islands[-1][1] if facts.islands else None,
            silent=bool(index.shares.silent.get(where)),
            raised=standing.share.raised,
            box=standing.box,
            alerts=index.shares.tps_alerts.get(where) or no_alerts(),
        )

    def _area(self, where: Where) -> PicturedArea:
        index, (election, code) = self._index, where
        colour, since = self._colour(where)
        side = index.areas.sides.get(where)
        return PicturedArea(
            election=election,
            is_first=index.areas.first_of.get(code) == election,
            now=self._state.clocks.now,
            code=code,
            name=index.areas.watched(where).plan.name_of(code),
            colour=colour,
            colour_since=since,
            counts=index.areas.counts[where],
            wide=None if side is None else side.wide(),
        )

    def _colour(self, where: Where) -> tuple[SituationColour | None, EpochMs | None]:
        """Return the colour of an area, and since when it is not the calm one."""
        election, code = where
        if len(code) >= _DESA_LENGTH:
            return None, None
        found, since = SituationColour.HIJAU, None
        for rule in self._index.areas.watched(where).rules.areas.situation:
            row = self._state.situations.get((election, rule.head.rule.id, code))
            if row is not None and rank(row.colour) > rank(found):
                alert = self._state.latest_of((election, rule.head.rule.id, code, ""))
                found, since = row.colour, None if alert is None else alert.held_from
        return found, since
