"""Borders of areas, as the files of this room have them."""

import msgspec

from streams.domain.ids import area_kind
from streams.room.borders import LEVELS, Drawing, Sheet
from streams.room.house import House, Request
from streams.web.message import Answer
from streams.web.refusal import Reason, Refusal

__all__ = ["BordersApi"]

_NOTHING = Sheet(msgspec.json.encode(Drawing(0, 0, ())), '"none"')


class BordersApi:
    """The handler of borders: public geography, the same for everybody.

    Nobody is asked which areas are his: neither where a border runs nor where there is an election
    is a secret.
    """

    def __init__(self, house: House) -> None:
        """Share the house."""
        self._borders = house.borders

    async def borders(self, request: Request) -> Answer:
        """Return a drawing, which a browser may keep as long as it asks whether it is still so."""
        query = request.incoming.query
        level, area = query.get("level", ""), query.get("area", "")
        if level not in LEVELS or (area and area_kind(area) is None):
            raise Refusal(Reason.UNKNOWN)
        sheet = self._borders.sheet(level, area) or _NOTHING
        headers = (("cache-control", "private, no-cache"), ("etag", sheet.tag))
        if sheet.tag in request.incoming.header("if-none-match"):
            return Answer(304, headers=headers)
        return Answer(200, sheet.body, headers=headers)
