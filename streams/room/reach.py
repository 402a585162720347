"""Whom one can send to an alert: free pairs of the Polsek of its place, then of the nearest.

Who is free the picture says, for the fold alone knows it; how far a Polsek is from another follows
from the plan, as in the alert of a shortage. This offers, it does not decide.
"""

from typing import Final

from streams.domain.ids import DRILL_MARK, kabupaten_of
from streams.judge.stations import polsek_of
from streams.room.feed import Feed
from streams.room.page_documents import StationRow
from streams.wire.board import place_of
from streams.wire.documents import AlertDocument
from streams.wire.picture import AreaPicture, PolsekPicture

__all__ = ["stations_of_alert"]

_MOST: Final = 12
_FAR: Final = 1 << 30


def stations_of_alert(feed: Feed, alert: AlertDocument) -> tuple[StationRow, ...]:
    """Return the Polsek that have somebody free, the nearest to the alert first."""
    kabupaten = kabupaten_of(place_of(alert))
    picture = _picture(feed, kabupaten, alert.election)
    minutes = _minutes(feed, alert)
    rows = [
        _row(one, minutes.get(one.name))
        for one in (picture.strength if picture and picture.strength else ())
        if one.free
    ]
    rows.sort(key=lambda one: (_FAR if one.minutes is None else one.minutes, one.polsek))
    return tuple(rows[:_MOST])


def _row(polsek: PolsekPicture, minutes: int | None) -> StationRow:
    return StationRow(polsek=polsek.name, minutes=minutes, free=polsek.free, pairs=polsek.pairs)


def _picture(feed: Feed, kabupaten: str, election: str) -> AreaPicture | None:
    """Return how a kabupaten stands in an election; a place may have several."""
    pictures = feed.model.pictures
    found = (pictures.areas[key] for key in pictures.whole.get(kabupaten, ()))
    return next((one for one in found if one.election == election), None)


def _minutes(feed: Feed, alert: AlertDocument) -> dict[str, int | None]:
    """Return how far each Polsek is from that of the alert's place; empty: nobody knows."""
    names, place = feed.names, place_of(alert)
    election = alert.election.partition(DRILL_MARK)[0]
    plan = next((one for one in names.plans if one.election.id == election), None)
    home = "" if plan is None else polsek_of(plan, (place,))
    if plan is None or not home:
        return {}
    station = names.stations(plan, kabupaten_of(place)).get(home)
    near = () if station is None else station.near
    return {home: 0, **{one.polsek: one.minutes for one in near}}
