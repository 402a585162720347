"""The interface as it describes itself: all of the table, and what it says can be sent can be."""

import asyncio
import json
from typing import Final, cast

import msgspec
import pytest

from streams.domain.events import ActorRole
from streams.room.openapi import openapi
from streams.room.users import User
from streams.wire.schemas import Json as SchemaJson
from tests.support.json_schema import judge
from tests.support.room_houses import put_in
from tests.support.shown import shown
from tests.unit.room.documents import NOW
from tests.unit.room.matrix import Row, endpoint_table
from tests.unit.room.people import CHEAP
from tests.unit.room.rooms import Room

Json = dict[str, "Json"]
DOCUMENT: Final = cast("Json", msgspec.json.decode(openapi()))
SCHEMAS: Final = DOCUMENT["components"]["schemas"]
API: Final = [row for row in endpoint_table() if row.path.startswith("/api/")]
BODIES: Final = {"log_in", "command", "report", "status", "resend"}
LETTER: Final = "0:7"


def operation(row: Row) -> Json:
    """Return how the document describes an endpoint."""
    return DOCUMENT["paths"][row.path][row.method.lower()]


@pytest.mark.parametrize("row", API, ids=lambda row: row.name)
def test_every_endpoint_is_there_with_who_may_use_it(row: Row) -> None:
    """Whom it lets in is the page of rights; what changes something needs the session's word."""
    found = operation(row)
    if row.nobody:
        assert "security" not in found
    else:
        session = {"session", "csrf"} if row.method in {"POST", "DELETE"} else {"session"}
        tokens = [{"token"}] if row.scope else []
        assert [session, *tokens] == [{*cast("list[Json]", [one])[0]} for one in found["security"]]
    assert (row.name in BODIES) is ("requestBody" in found)


def test_nothing_is_described_that_is_not_in_the_table() -> None:
    """Nor a schema named that is not there."""
    described = {(path, method) for path, of in DOCUMENT["paths"].items() for method in of}
    assert {(row.path, row.method.lower()) for row in API} == described
    parts = json.dumps(DOCUMENT).split("#/components/schemas/")[1:]
    assert {part.split('"')[0] for part in parts} <= {*SCHEMAS}


@pytest.mark.parametrize("name", sorted(BODIES))
def test_the_example_of_each_body_is_taken(name: str) -> None:
    """By the real application."""
    [row] = [row for row in API if row.name == name]
    content = operation(row)["requestBody"]["content"]["application/json"]
    example = cast("dict[str, str]", content["example"])

    async def run() -> None:
        room = Room()
        if name == "log_in":
            password = CHEAP.hash(example["password"])
            user = User(name="P", role=ActorRole.OPERATOR, password=password)
            room.users = room.users.with_user(example["user"], user)
        put_in(room.model, shown(example.get("alert", "3604-" + "A" * 16)), at=NOW)
        came = msgspec.json.encode({"source": {"id": "A7", "role": "pam_tps"}})
        room.put_aside(came, int(LETTER[2:]))
        async with room.visit("" if name == "log_in" else "operator-all") as visitor:
            path = row.path.replace("{number}", LETTER)
            answer = await visitor.ask(row.method, path, example)
        assert {answer.status_code} == {
            int(one) for one in operation(row)["responses"] if one != "default"
        }

    asyncio.run(run())


@pytest.mark.parametrize("name", sorted(BODIES))
def test_what_the_room_says_itself_is_in_no_body(name: str) -> None:
    """Nobody has to give it, and it would not be heeded; the example is as its schema wants it."""
    [row] = [row for row in API if row.name == name]
    content = operation(row)["requestBody"]["content"]["application/json"]
    form = SCHEMAS[str(content["schema"]["$ref"]).rpartition("/")[2]]
    assert not {"actor", "source", "operator"} & {*form["properties"]}
    assert {*content["example"]} <= {*form["properties"]}
    schema = {"$ref": content["schema"]["$ref"], "components": DOCUMENT["components"]}
    judge(cast("dict[str, SchemaJson]", schema)).validate(content["example"])
    assert "id" not in form["required"]
