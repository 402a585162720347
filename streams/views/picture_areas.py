"""Which areas the picture has, and what is counted of each.

They follow from the plans: every area with a TPS, of the kabupaten that are judged here. Those of
a drill are there from the first word of it in their kabupaten.
"""

from collections.abc import Callable, Iterator
from typing import Final

from streams.domain.facts import Stage
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId, kabupaten_of, provinsi_of
from streams.domain.words import TpsClass
from streams.judge.state import PartitionState
from streams.judge.world import Watched
from streams.views.picture_counts import AreaCounts
from streams.views.picture_queue import Where
from streams.views.picture_side import KabupatenSide

__all__ = ["PictureAreas", "areas_of"]

_LENGTHS: Final = (5, 8, 13)


class PictureAreas:
    """The areas of one partition, with their counts."""

    def __init__(self, state: PartitionState) -> None:
        """Begin without any area: `build` takes them in."""
        self._state = state
        self.on_change: Callable[[Where], None] = _ignore
        """Is told what has changed in the picture."""
        self.world = state.world
        self.counts: dict[Where, AreaCounts] = {}
        self.sides: dict[Where, KabupatenSide] = {}
        """By kabupaten."""
        self.first_of: dict[AreaCode, ElectionId] = {}
        """Which real election has a code first."""
        self.crossed: dict[tuple[ElectionId, AreaCode], dict[tuple[Stage, TpsClass], int]] = {}
        """TPS by stage and class together, by election and province."""

    def build(self) -> Iterator[None]:
        """Take in all areas of the real elections, a kabupaten at a time."""
        for election, watched in self.world.elections.items():
            for kabupaten in watched.plan.kabupaten_codes:
                if self._state.watches(kabupaten):
                    self._add((election, kabupaten))
                    yield

    def watched(self, where: Where) -> Watched:
        """Return the election of a place."""
        return self.world.of(where[0])

    def has(self, where: Where) -> bool:
        """Tell whether the kabupaten of a place is in the picture; that of a drill comes so in."""
        election, code = where
        kabupaten = election, kabupaten_of(code)
        if kabupaten in self.sides:
            return True
        if DRILL_MARK not in election or kabupaten[1] not in self.watched(where).plan.kabupaten:
            return False
        self._add(kabupaten)
        return True

    def is_shown(self, where: Where) -> bool:
        """Tell whether the picture has a record of a place."""
        if where in self.counts:
            return True
        return where[1] in self.watched(where).plan.tps and self.has(where)

    def change(self, where: Where) -> None:
        """Note that a place has changed, if it is shown."""
        if self.is_shown(where):
            self.on_change(where)

    def count(self, where: Where, change: Callable[[AreaCounts], None]) -> None:
        """Count something of a place otherwise, in every area that it lies in."""
        for area in areas_of(where):
            counts = self.counts.get(area)
            if counts is not None:
                change(counts)
                self.on_change(area)

    def cross(self, where: Where, tps_class: TpsClass, stages: tuple[Stage | None, Stage]) -> None:
        """Count a TPS of a class under its stage now, and no more under the one before, if any."""
        crossed = self.crossed.setdefault((where[0], provinsi_of(where[1])), {})
        before, after = stages
        crossed[after, tps_class] = crossed.get((after, tps_class), 0) + 1
        if before is not None:
            crossed[before, tps_class] -= 1

    def touch_strength(self, where: Where) -> None:
        """Note that the strength of the kabupaten of a place may be another one."""
        if self.has(where):
            kabupaten = where[0], kabupaten_of(where[1])
            self.sides[kabupaten].touch_strength()
            self.on_change(kabupaten)

    def places(self) -> Iterator[Where]:
        """Yield every place of the picture: areas, and the TPS of each kabupaten."""
        yield from self.counts
        for kabupaten in self.sides:
            yield from self.tps_below(kabupaten)

    def tps_below(self, where: Where) -> Iterator[Where]:
        """Yield the TPS of the plan that an area has, or the one that it is."""
        election, area = where
        codes = self.watched(where).plan.tps_of_kabupaten.get(kabupaten_of(area), ())
        return ((election, code) for code in codes if code.startswith(area))

    def _add(self, kabupaten: Where) -> None:
        """Take in a kabupaten and all that is in it, of which nothing is known."""
        election, area = kabupaten
        plan = self.watched(kabupaten).plan
        self.sides[kabupaten] = KabupatenSide(self._state, election, area)
        for code in plan.tps_of_kabupaten[area]:
            contests = [one.id for one in plan.election.contests_of(code)]
            for where in areas_of((election, code)):
                if where not in self.counts:
                    self.counts[where] = AreaCounts()
                    self._introduce(where)
                self.counts[where].add_tps(plan.tps[code].tps_class, contests)
            self.cross((election, code), plan.tps[code].tps_class, (None, Stage.NOT_OPEN))
            self._introduce((election, code))

    def _introduce(self, where: Where) -> None:
        election, code = where
        if DRILL_MARK not in election:
            self.first_of.setdefault(code, election)
        self.on_change(where)


def _ignore(_: Where) -> None:
    """Tell nobody."""


def areas_of(where: Where) -> Iterator[Where]:
    """Yield the kabupaten, kecamatan and desa of a place, as far as it has them."""
    election, code = where
    return ((election, AreaCode(code[:one])) for one in _LENGTHS if len(code) >= one)
