"""Borders over HTTP: what the session says, what is sent, and what a browser need not be sent."""

from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.room.borders import Borders, watched_by
from streams.room.rights import ENDPOINTS
from tests.unit.room.rooms import Room, Visitor, visiting
from tests.unit.territory.folders import plan_of

_PATH = ENDPOINTS["borders"].path
_RING = [(106.0, -6.0), (106.4, -6.0), (106.4, -6.3), (106.0, -6.3), (106.0, -6.0)]


def give_borders(room: Room) -> None:
    """Let a room have the borders of one kecamatan."""
    borders = Borders({AreaCode("36.04.17"): [[_RING]]}, watched_by([plan_of()]))
    room.serve(replace(room.house, borders=borders))


def test_a_session_says_of_which_levels_there_are_borders() -> None:
    """Without files of none: then the page offers no map."""

    async def talk(room: Room, visitor: Visitor) -> None:
        assert [] == (await visitor.ask("GET", "/api/v1/session")).json()["borders"]
        give_borders(room)
        async with room.visit("viewer") as again:
            session = (await again.ask("GET", "/api/v1/session")).json()
            assert ["kecamatan"] == session["borders"]
            snapshot = (await again.ask("GET", "/api/v1/snapshot")).json()
            assert ["kecamatan"] == snapshot["session"]["borders"]

    visiting("viewer", talk)


def test_borders_are_sent_once() -> None:
    """A browser keeps them, and asks by their tag whether they are still so."""

    async def talk(room: Room, _visitor: Visitor) -> None:
        give_borders(room)
        async with room.visit("viewer") as visitor:
            address = f"{_PATH}?level=kecamatan&area=36.04"
            answer = await visitor.ask("GET", address)
            assert 200 == answer.status_code
            assert "private, no-cache" == answer.headers["cache-control"]
            [area] = answer.json()["areas"]
            assert ("36.04.17", "M0 0l1000 0 0 754 -1000 0z") == (area["code"], area["path"])
            tag = answer.headers["etag"]
            again = await visitor.ask("GET", address, if_none_match=tag)
            assert (304, b"", tag) == (again.status_code, again.content, again.headers["etag"])
            other = await visitor.ask("GET", address, if_none_match='"other"')
            assert 200 == other.status_code

    visiting("viewer", talk)


def test_who_has_one_area_is_sent_the_borders_of_another_too() -> None:
    """And which of its areas have none: nothing of it is a secret."""

    async def talk(room: Room, _visitor: Visitor) -> None:
        watched = frozenset(map(AreaCode, ["17.02.07", "17.02.08"]))
        room.serve(replace(room.house, borders=Borders({AreaCode("17.02.07"): [[_RING]]}, watched)))
        async with room.visit("operator") as visitor:
            drawing = (await visitor.ask("GET", f"{_PATH}?level=kecamatan&area=17.02")).json()
            assert ["17.02.07"] == [one["code"] for one in drawing["areas"]]
            assert ["17.02.08"] == drawing["missing"]

    visiting("viewer", talk)


def test_where_there_are_none_nothing_is_drawn_and_what_is_no_area_is_unknown() -> None:
    """An empty drawing: all areas are tiles then."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        answer = await visitor.ask("GET", f"{_PATH}?level=kecamatan&area=36.04")
        assert (200, 0, []) == (answer.status_code, answer.json()["width"], answer.json()["areas"])
        for query in ("", "?level=tps&area=36.04", "?level=kecamatan&area=Banten"):
            assert 404 == (await visitor.ask("GET", f"{_PATH}{query}")).status_code

    visiting("viewer", talk)


def test_the_interface_describes_a_drawing() -> None:
    """Its parameters, and the type of the answer."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        document = (await visitor.ask("GET", "/api/v1/openapi.json")).json()
        described = document["paths"][_PATH]["get"]
        assert ["level", "area"] == [one["name"] for one in described["parameters"]]
        content = described["responses"]["200"]["content"]["application/json"]
        assert "#/components/schemas/Drawing" == content["schema"]["$ref"]
        assert {"code", "path", "at", "room", "box"} == {
            *document["components"]["schemas"]["Outline"]["properties"]
        }

    visiting("", talk)
