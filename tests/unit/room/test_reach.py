"""Whom the page of an alert offers to send: from where, how far, and only to who may send."""

from typing import Final

from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.domain.ids import DRILL_MARK, ElectionId
from streams.engine.topics import Topic
from streams.room.feed import Feed
from streams.room.model import Model
from streams.room.names import Names
from streams.room.page_documents import AlertPage
from streams.room.pages import alert_page
from streams.room.sight import Sight
from streams.wire.documents import AlertDocument
from streams.wire.picture import encode
from tests.support.pictures import Telling
from tests.support.polsek import dispatch, incident, three_polsek, world_of
from tests.support.room_houses import arrived, put_in
from tests.support.shown import NOW, alert_id, shown
from tests.support.stories import Item, at
from tests.support.world import ELECTION, KABUPATEN, KR, R2

_ALERT: Final = alert_id(1, KABUPATEN)
_DRILL: Final = ElectionId(f"{ELECTION}{DRILL_MARK}1")


def alert_at(place: str, election: ElectionId = ELECTION) -> AlertDocument:
    """Return an alert about a place."""
    return replace(shown(_ALERT, scope=place), election=election)


def page_of(
    alert: AlertDocument,
    *items: Item,
    role: ActorRole = ActorRole.OPERATOR,
    names: Names | None = None,
) -> AlertPage:
    """Return the page of an alert after a story of three Polsek."""
    telling = Telling(at("06:00"), *items, world=world_of())
    telling.round()
    picture = telling.wall.area(KABUPATEN)
    model = put_in(Model(), picture, alert, at=NOW)
    drilled = replace(picture, election=_DRILL, drill=True, strength=())
    key = f"{KABUPATEN}@{_DRILL}"
    model.apply(arrived(Topic.PICTURE, key, encode(drilled), NOW))
    feed = Feed(model, Names([three_polsek()]) if names is None else names)
    page = alert_page(feed, Sight(role), _ALERT)
    assert page is not None
    return page


def offered(page: AlertPage) -> list[tuple[str, int | None, int, tuple[str, ...]]]:
    """Return what is offered, in short."""
    return [(one.polsek, one.minutes, one.free, one.pairs) for one in page.stations]


def test_the_nearest_comes_first_with_its_free_pairs() -> None:
    """Its own Polsek, then the others by travel time."""
    assert [
        ("Curup", 0, 7, ("P01",)),
        ("Timur", 11, 2, ("P06",)),
        ("Selupu", 26, 1, ()),
    ] == offered(page_of(alert_at(KR)))
    assert ["Selupu", "Timur", "Curup"] == [one.polsek for one in page_of(alert_at(R2)).stations]


def test_who_is_sent_is_offered_no_more() -> None:
    """A Polsek without anybody free is not there at all."""
    sent = (incident(KR), dispatch("W15@KR|LOG-04", pair="P06"))
    assert [("Curup", 0, 7, ("P01",)), ("Selupu", 26, 1, ())] == offered(
        page_of(alert_at(KR), *sent)
    )


def test_it_is_for_who_may_send_somebody() -> None:
    """And only as long as the alert is open."""
    for role, want in (
        (ActorRole.COMMANDER, 3),
        (ActorRole.VIEWER, 0),
        (ActorRole.LIAISON, 0),
    ):
        assert want == len(page_of(alert_at(KR), role=role).stations)


def test_without_the_plan_nobody_knows_how_far_it_is() -> None:
    """By name then; so for an alert of the whole kabupaten."""
    expected = [("Curup", None), ("Selupu", None), ("Timur", None)]
    for page in (page_of(alert_at(KR), names=Names()), page_of(alert_at(KABUPATEN))):
        assert expected == [(one.polsek, one.minutes) for one in page.stations]


def test_a_drill_has_its_own_strength() -> None:
    """Nobody of the day is sent to what is practised."""
    assert () == page_of(alert_at(KR, _DRILL)).stations
