"""The curve of the day: of an area, or of all in sight.

It is counted once for all who see the same, and held for a while. Who asks while it is counted for
another waits for that.
"""

import asyncio
from collections.abc import Iterator
from typing import Final
from weakref import WeakValueDictionary

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.domain.ids import area_kind, kabupaten_of
from streams.domain.words import AreaKind
from streams.room.curves import Curves, Rises, Sum
from streams.room.house import House, Request
from streams.room.kinds import Kind
from streams.room.made import Made, MadeOnce
from streams.room.pictures import code_of, election_of
from streams.room.sight import Sight
from streams.territory.plan import covers
from streams.web.message import Answer
from streams.web.refusal import Reason, Refusal

__all__ = ["CurveApi"]

_KEPT_S: Final = 30
"""How old what was counted may be. The page draws the present number at the end by itself."""
_HELD_MAX: Final = 16 * 1_024 * 1_024
"""Bytes of curves."""
_ELECTION_MAX: Final = 512
"""No id is longer; one that is would be held with its curve."""
_WIDE: Final = frozenset({None, AreaKind.PROVINSI, AreaKind.KABUPATEN})
_encode: Final = msgspec.json.Encoder().encode


class _Asked(Struct, frozen=True):
    """What a curve is of. Two who ask for equal ones are told the same."""

    sight: Sight
    """Without the kabupaten that its page shows: a curve has nothing to do with it."""
    area: str
    election: str
    epoch: int
    """What was counted in another one is counted anew."""


class CurveApi:
    """The handler, and what it has counted lately."""

    def __init__(self, house: House) -> None:
        """Share the house."""
        self._house = house
        self._feed = house.feed
        self._curves = Curves(self._feed.model.pictures)
        self._held = MadeOnce[_Asked](_HELD_MAX)
        self._counting = WeakValueDictionary[_Asked, asyncio.Lock]()

    async def curve(self, request: Request) -> Answer:
        """Return the curve of an area in one election; without an area: of all in sight."""
        query = request.incoming.query
        sight = request.sight(self._house)
        area, election = _narrower(query.get("area", ""), sight.area), query.get("election", "")
        if len(election) > _ELECTION_MAX:
            raise Refusal(Reason.UNKNOWN)
        epoch = int(self._house.times.steady_s() // _KEPT_S)
        asked = _Asked(replace(sight, zoom=""), area, election, epoch)
        lock = self._counting.setdefault(asked, asyncio.Lock())
        async with lock:
            made = self._held.get(asked) or self._held.put(asked, await self._counted(asked))
        return Answer(200, made.body)

    async def _counted(self, asked: _Asked) -> Made:
        found = Sum()
        for one in self._rises(asked):
            found.add(one)
            await asyncio.sleep(0)  # Streams go on while a country is counted.
        return Made(_encode(found.curve()))

    def _rises(self, asked: _Asked) -> Iterator[Rises]:
        pictures, area = self._feed.model.pictures, asked.area

        def is_asked(kind: Kind, key: str) -> bool:
            is_here = covers(area, code_of(key)) and election_of(key) == asked.election
            return is_here and self._feed.sees(asked.sight, kind, key)

        if area_kind(area) in _WIDE:
            # A copy: while a country is counted, another kabupaten may come.
            for key in [key for own in pictures.whole.values() for key in own]:
                if is_asked(Kind.AREAS, key):
                    yield from self._curves.whole(key, asked.epoch)
        else:
            tps = tuple(pictures.tps_of.get(kabupaten_of(area), ()))
            yield from self._curves.part(key for key in tps if is_asked(Kind.TPS, key))


def _narrower(asked: str, own: str) -> str:
    """Return the narrower of two areas.

    Raises:
        Refusal: `unknown`: what is asked for is no area, or lies outside.
    """
    if covers(asked, own):
        return own
    if covers(own, asked) and area_kind(asked) not in {None, AreaKind.TPS}:
        return asked
    raise Refusal(Reason.UNKNOWN)
