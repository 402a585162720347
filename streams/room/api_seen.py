"""What can be looked at: the snapshot, alerts, the picture, a TPS, triage, dead letters."""

from typing import Final

import msgspec
from msgspec import Raw

from streams.domain.ids import area_kind, kabupaten_of
from streams.domain.words import AreaKind
from streams.room.api_session import session_of
from streams.room.documents import AlertRow
from streams.room.house import House, Request
from streams.room.kinds import Kind
from streams.room.listing import asked_of, listed
from streams.room.pages import alert_page, tps_page
from streams.room.pictures import code_of
from streams.room.sight import Shade, Sight, sees
from streams.territory.plan import covers
from streams.web.message import Answer, json_answer
from streams.web.refusal import Reason, Refusal

__all__ = ["SeenApi"]

_encode: Final = msgspec.json.Encoder().encode


class SeenApi:
    """Handlers of what can be looked at."""

    def __init__(self, house: House) -> None:
        """Share the house."""
        self._house = house
        self._feed = house.feed

    async def snapshot(self, request: Request) -> Answer:
        """Return everything in sight."""
        house, sight = self._house, request.sight(self._house)
        clock = self._feed.clock(sight, house.hub.clock_ms(), is_live=house.hub.is_live())
        body = self._feed.snapshot(sight, session_of(house, request.asking), clock)
        self._note_rows(request, sight)
        return Answer(200, body)

    async def alerts(self, request: Request) -> Answer:
        """Return the alerts that are asked for."""
        feed, sight = self._feed, request.sight(self._house)
        asked = asked_of(request.incoming.query)
        feed.tick()  # Rows that are held are as of the newest frame.
        found = listed(feed, sight, asked)
        hidden = ((Kind.ALERTS, one.id) for one in found if one.restricted_to)
        self._house.audit.listed(request.asking.person.user, hidden, "a list")
        rows = [Raw(feed.encoded.row(sight, Kind.ALERTS, one.id)) for one in found]
        return json_answer(200, {"alerts": rows})

    async def alert(self, request: Request) -> Answer:
        """Return one alert, whole."""
        page = alert_page(self._feed, request.sight(self._house), request.incoming.path["id"])
        if page is None:
            raise Refusal(Reason.UNKNOWN)
        if page.row.restricted:
            self._house.audit.shown(request.asking.person.user, page.row.id)
        self._note(request, page.related, "related alerts")
        return json_answer(200, page)

    async def tps(self, request: Request) -> Answer:
        """Return one TPS, whole."""
        page = tps_page(self._feed, request.sight(self._house), request.incoming.path["code"])
        if page is None:
            raise Refusal(Reason.UNKNOWN)
        self._note(request, page.alerts, "the page of a TPS")
        return json_answer(200, page)

    async def picture(self, request: Request) -> Answer:
        """Return the pictures of an area and of what lies in it, down to its TPS."""
        sight, area = request.sight(self._house), request.incoming.query.get("area", "")
        pictures = self._feed.model.pictures
        kind = area_kind(area)
        if kind in {None, AreaKind.PROVINSI} and area:
            raise Refusal(Reason.UNKNOWN)
        if not area:
            areas = [key for keys in pictures.whole.values() for key in keys]
            tps: list[str] = []
        else:
            if not sees(sight, Shade(area)) and not covers(area, sight.area):
                raise Refusal(Reason.UNKNOWN)
            of = kabupaten_of(area)
            known = (*pictures.whole.get(of, ()), *pictures.areas_of.get(of, ()))
            areas = [key for key in known if covers(area, code_of(key))]
            tps = [key for key in pictures.tps_of.get(of, ()) if covers(area, code_of(key))]
        return json_answer(
            200,
            {
                "areas": self._rows(sight, Kind.AREAS, areas),
                "tps": self._rows(sight, Kind.TPS, tps),
                "names": self._feed.names_for(sight),
            },
        )

    async def triage(self, request: Request) -> Answer:
        """Return the reports that wait for a person."""
        sight = request.sight(self._house)
        feed, reports = self._feed, self._feed.model.reports
        rows = self._rows(sight, Kind.TRIAGE, list(reports))
        hidden = (
            (Kind.TRIAGE, key)
            for key, report in reports.items()
            if report.restricted_to and feed.sees(sight, Kind.TRIAGE, key)
        )
        self._house.audit.listed(request.asking.person.user, hidden, "triage")
        return json_answer(200, {"triage": rows})

    async def letters(self, request: Request) -> Answer:
        """Return the dead letters that nobody has sent again."""
        sight = request.sight(self._house)
        rows = self._rows(sight, Kind.LETTERS, list(self._feed.model.letters.open))
        return json_answer(200, {"letters": rows})

    def _rows(self, sight: Sight, kind: Kind, keys: list[str]) -> list[Raw]:
        feed = self._feed
        return [
            Raw(feed.encoded.row(sight, kind, key)) for key in keys if feed.sees(sight, kind, key)
        ]

    def _note(self, request: Request, rows: tuple[AlertRow, ...], where: str) -> None:
        hidden = ((Kind.ALERTS, row.id) for row in rows if row.restricted)
        self._house.audit.listed(request.asking.person.user, hidden, where)

    def _note_rows(self, request: Request, sight: Sight) -> None:
        hidden = self._feed.restricted(sight)
        self._house.audit.listed(request.asking.person.user, hidden, "a snapshot")
