"""Drills and second elections of a place: told apart by their keys, and never counted together."""

import json
from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.domain.facts import Stage
from streams.domain.ids import ElectionId
from streams.engine.topics import Topic
from streams.room.feed import Feed
from streams.room.kinds import Kind
from streams.room.model import Model
from streams.room.names import Names
from streams.room.pages import tps_page
from streams.room.sight import Sight
from streams.wire.picture import AreaPicture, TpsPicture, encode
from tests.support.room_houses import arrived, put_in
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import NOW, area, tps
from tests.unit.room.rooms import OUTSIDE_TPS, TPS, Room, Visitor, visiting
from tests.unit.room.test_feed import SESSION

_DRILL: Final = ElectionId("serang-2024#drill-1")
_OPERATOR: Final = Sight(ActorRole.OPERATOR, "36.04", "36.04")


def drilled(picture: AreaPicture | TpsPicture) -> AreaPicture | TpsPicture:
    """Return the document of the same place in a drill."""
    return replace(picture, election=_DRILL, drill=True)


def let_drill(model: Model, *pictures: AreaPicture | TpsPicture) -> None:
    """Let documents of a drill arrive."""
    for one in pictures:
        value = encode(drilled(one))
        model.apply(arrived(Topic.PICTURE, f"{one.code}@{_DRILL}", value, NOW))


def feed_with_a_drill() -> Feed:
    """Return a feed with a day and a drill of the same place."""
    model = put_in(Model(), area(), area("36.04.17"), tps(), tps(OUTSIDE_TPS), at=NOW)
    let_drill(model, area(silent=3), area("36.04.17"), tps(stage=Stage.COUNTED))
    return Feed(model, Names())


def begun(feed: Feed, sight: Sight = _OPERATOR) -> Mapping[str, Any]:
    """Return what somebody begins with."""
    clock = feed.clock(sight, NOW, is_live=True)
    found: Mapping[str, Any] = json.loads(feed.snapshot(sight, SESSION, clock))
    return found


def test_every_row_has_a_key_of_its_own() -> None:
    """Its code in the first election, `CODE@ELECTION` in the drill, with what it is of."""
    found = begun(feed_with_a_drill())
    rows = [*found["areas"], *found["tps"]]
    expected = {
        ("36.04", "serang-2024", False),
        ("36.04.17", "serang-2024", False),
        (TPS, "serang-2024", False),
        (f"36.04@{_DRILL}", _DRILL, True),
        (f"36.04.17@{_DRILL}", _DRILL, True),
        (f"{TPS}@{_DRILL}", _DRILL, True),
    }
    assert len(expected) == len(rows)
    assert expected == {(one["key"], one["election"], one["drill"]) for one in rows}
    assert {"36.04", "36.04.17", TPS} == {one["code"] for one in rows}


def test_without_a_zoom_the_kabupaten_come_in_all_their_elections() -> None:
    """And nothing below them."""
    found = begun(feed_with_a_drill(), Sight(ActorRole.OPERATOR))
    assert ["36.04", f"36.04@{_DRILL}"] == [one["key"] for one in found["areas"]]
    assert [] == found["tps"]


def test_a_change_and_an_end_of_a_drill_are_told_by_its_keys() -> None:
    """The day itself stands as it stood."""
    feed = feed_with_a_drill()
    since = feed.number
    let_drill(feed.model, area(silent=4), tps(stage=Stage.BOX_IN))
    feed.model.apply(arrived(Topic.PICTURE, f"36.04.17@{_DRILL}", None, NOW))
    feed.tick()
    found = json.loads(feed.delta(_OPERATOR, since) or b"{}")
    assert [(f"36.04@{_DRILL}", 4)] == [
        (one["key"], one["silent"]) for one in found["areas"]["put"]
    ]
    assert [f"36.04.17@{_DRILL}"] == found["areas"]["gone"]
    assert [(f"{TPS}@{_DRILL}", "box_in")] == [
        (one["key"], one["stage"]) for one in found["tps"]["put"]
    ]
    keys = {one["key"] for one in begun(feed)["areas"]}
    assert {"36.04", "36.04.17", f"36.04@{_DRILL}"} == keys
    assert feed.delta(Sight(ActorRole.OPERATOR, "36.05", "36.05"), since) is None


def test_the_clocks_of_a_drill_are_not_those_of_the_day() -> None:
    """It may be played at any hour."""
    feed = feed_with_a_drill()
    before = feed.clock(_OPERATOR, NOW, is_live=True)
    let_drill(feed.model, area(now="2024-11-20T03:00:00+07:00", heard=None))
    assert before == feed.clock(_OPERATOR, NOW, is_live=True)


def test_an_ended_kabupaten_is_nowhere() -> None:
    """Its key is known no more."""
    feed = feed_with_a_drill()
    feed.model.apply(arrived(Topic.PICTURE, f"36.04@{_DRILL}", None, NOW))
    assert None is feed.model.shade(Kind.AREAS, f"36.04@{_DRILL}")
    feed.tick()
    assert f'"key":"36.04@{_DRILL}"' not in json.dumps(begun(feed), separators=(",", ":"))


def test_a_tps_has_a_page_in_each_of_its_elections() -> None:
    """With the alerts of that election alone."""
    feed = feed_with_a_drill()
    practised = replace(shown(alert_id(2)), election=_DRILL, drill=True)
    put_in(feed.model, shown(alert_id(1)), practised, at=NOW)
    for key, stage, alert in (
        (TPS, Stage.VOTING, alert_id(1)),
        (f"{TPS}@{_DRILL}", Stage.COUNTED, alert_id(2)),
    ):
        page = tps_page(feed, _OPERATOR, key)
        assert page is not None
        assert (key, stage, [alert]) == (page.key, page.tps.stage, [one.id for one in page.alerts])
    assert None is tps_page(feed, Sight(ActorRole.OPERATOR, "36.05"), f"{TPS}@{_DRILL}")


def test_the_picture_over_http_has_them_all() -> None:
    """By area, and the whole of it; the page of a TPS by its key."""

    async def talk(room: Room, visitor: Visitor) -> None:
        let_drill(room.model, area(), area("36.04.17"), tps())
        for query, wanted in (
            ("", {"36.04", f"36.04@{_DRILL}"}),
            ("?area=36.04.17", {"36.04.17", f"36.04.17@{_DRILL}", TPS, f"{TPS}@{_DRILL}"}),
        ):
            found = (await visitor.ask("GET", f"/api/v1/picture{query}")).json()
            assert wanted == {one["key"] for one in (*found["areas"], *found["tps"])}
        path = f"/api/v1/tps/{TPS}%40serang-2024%23drill-1"
        answer = await visitor.ask("GET", path)
        assert (200, f"{TPS}@{_DRILL}") == (answer.status_code, answer.json()["key"])

    visiting("operator", talk)
