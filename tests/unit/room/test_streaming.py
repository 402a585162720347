"""Streams over the real application: what is in sight now, who is still there, and what is cut."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

import pytest
from msgspec.structs import replace
from starlette.types import Scope as AsgiScope

from streams.domain.alert import Ladder
from streams.domain.times import HOUR_MS, EpochMs
from streams.engine.topics import Topic
from streams.room import streaming
from streams.room.feed import Feed
from streams.room.house import Times
from streams.room.model import Model
from streams.room.names import Names
from streams.room.sse import Hub
from streams.room.tokens import token_hash, token_text
from streams.room.users import Scope, Token, User
from tests.support.room_houses import Unseen, arrived, put_in
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import NOW, area, tps
from tests.unit.room.listening import Listener
from tests.unit.room.rooms import SECRET, Room

_TEXT: Final = token_text(bytes(range(32)))
_READ: Final = frozenset({Scope.READ})
_ENDS: Final = "2024-11-28T00:00:00+07:00"


def begin_anew(room: Room) -> None:
    """Let the room start again: it has read nothing yet."""
    room.model = Model()
    room.feed = Feed(room.model, Names())
    hub = Hub(room.feed, "again", Unseen(), lambda: True)
    room.serve(replace(room.house, feed=room.feed, hub=hub))


def tell(room: Room) -> None:
    """Let what has arrived reach the streams."""
    room.feed.tick()
    room.house.hub.wake()


async def listening(room: Room, user: str, query: str = "") -> Listener:
    """Return a stream of a user, once he has everything."""
    async with room.visit(user) as visitor:
        listener = Listener(room.app, {"cookie": visitor.cookie}, query)
    await listener.until("snapshot")
    return listener


@pytest.mark.parametrize(("user", "query"), [("operator", ""), ("viewer-all", "zoom=36.04")])
def test_who_is_there_before_the_picture_gets_it_when_it_comes(user: str, query: str) -> None:
    """A room that starts again is connected to before it has read: nobody loads the page anew."""

    async def run() -> None:
        room = Room()
        begin_anew(room)
        listener = await listening(room, user, query)
        put_in(room.model, area(), area("36.04.17"), tps(), at=NOW)
        tell(room)
        found = (await listener.until("snapshot")).document
        assert ("36.04", 1, 2) == (found["zoom"], len(found["tps"]), len(found["areas"]))
        assert found["names"] == {"36": "36", "36.04": "36.04"}
        put_in(room.model, area("36.05"), at=NOW)
        tell(room)
        # Of one kabupaten more its row is enough.
        assert user == "operator" or "36.05" in (await listener.until("delta")).data
        await listener.hang_up()
        assert 2 == listener.text.count("event: snapshot")

    asyncio.run(run())


def test_the_names_of_provinces_come_with_them() -> None:
    """A delta has rows, and of kabupaten alone: a snapshot has the names above."""

    async def run() -> None:
        room = Room()
        listener = await listening(room, "viewer-all")
        put_in(room.model, area("17.02"), at=NOW)
        tell(room)
        assert "17" in (await listener.until("snapshot")).document["names"]
        await listener.hang_up()

    asyncio.run(run())


def test_who_had_everything_has_it_no_more_when_another_kabupaten_is_watched() -> None:
    """Dead letters may be of that one; and without it they are his again."""

    async def run() -> None:
        room = Room()
        room.model.apply(arrived(Topic.PICTURE, "36.05", None, NOW))
        room.feed.tick()
        listener = await listening(room, "commander")
        for change, numbers in ((area("36.05"), []), (None, ["0:0"])):
            if change is None:
                room.model.apply(arrived(Topic.PICTURE, "36.05", None, NOW))
            else:
                put_in(room.model, change, at=NOW)
            tell(room)
            found = (await listener.until("snapshot")).document
            assert numbers == [one["number"] for one in found["letters"]]
            assert bool(numbers) is found["session"]["may_letters"]
        await listener.hang_up()

    asyncio.run(run())


def test_a_stream_goes_on_only_where_it_was() -> None:
    """What one zoom was sent is not what another has missed."""

    async def run() -> None:
        room = Room()
        first = await listening(room, "viewer-all", "zoom=36.05")
        since = (await first.until("clock")).id
        await first.hang_up()
        async with room.visit("viewer-all") as visitor:
            headers = {"cookie": visitor.cookie, "last-event-id": since}
        for zoom, kind in (("36.05", "delta"), ("36.04", "snapshot")):
            again = Listener(room.app, headers, f"zoom={zoom}")
            assert kind == (await again.next()).kind
            await again.hang_up()

    asyncio.run(run())


def _revoked(user: User) -> User:
    return replace(user, tokens={})


def _narrowed(user: User) -> User:
    token = replace(user.tokens["t"], scopes=frozenset({Scope.ACT}))
    return replace(user, tokens={"t": token})


def _untouched(user: User) -> User:
    return user


TOKENS: Final[dict[str, tuple[Callable[[User], User], int]]] = {
    "revoked": (_revoked, 0),
    "narrowed": (_narrowed, 0),
    "expired": (_untouched, 24 * HOUR_MS),
    "its user disabled": (lambda user: replace(user, disabled=True), 0),
}


@pytest.mark.parametrize(("change", "passed_ms"), TOKENS.values(), ids=TOKENS)
def test_a_token_that_opens_no_more_ends_its_stream(
    change: Callable[[User], User], passed_ms: int
) -> None:
    """It is looked up at each beat."""

    async def run() -> None:
        room, now = Room(), [NOW]
        token = Token(hash=token_hash(_TEXT), scopes=_READ, expires=_ENDS)
        user = replace(room.users.by_id["operator"], tokens={"t": token})
        room.users = room.users.with_user("operator", user)
        room.serve(replace(room.house, times=Times(lambda: now[0], lambda: 0.0)))
        listener = Listener(room.app, {"authorization": f"Bearer {_TEXT}"})
        await listener.until("snapshot")
        now[0] = EpochMs(now[0] + passed_ms)
        room.users = room.users.with_user("operator", change(user))
        put_in(room.model, shown(alert_id(99)), at=NOW)
        tell(room)
        assert '"session"' == (await listener.until("end")).data
        await listener.hang_up()
        assert alert_id(99) not in listener.text

    asyncio.run(run())


@pytest.mark.parametrize(
    ("scopes", "comes"), [(_READ, False), (frozenset({Scope.READ, Scope.ACT}), True)]
)
def test_a_token_hears_the_answers_that_it_may_ask_for(
    scopes: frozenset[Scope], *, comes: bool
) -> None:
    """On the stream as by `GET /api/v1/commands/ID`."""

    async def run() -> None:
        room = Room()
        token = Token(hash=token_hash(_TEXT), scopes=scopes, expires="2999-01-01T00:00:00Z")
        user = replace(room.users.by_id["operator"], tokens={"t": token})
        room.users = room.users.with_user("operator", user)
        headers = {"authorization": f"Bearer {_TEXT}"}
        listener = Listener(room.app, headers)
        await listener.until("snapshot")
        room.answer("c-77", "operator")
        put_in(room.model, shown(alert_id(99)), at=NOW)
        tell(room)
        await listener.until("delta", alert_id(99))
        await listener.hang_up()
        async with room.visit() as visitor:
            answer = await visitor.ask("GET", "/api/v1/commands/c-77", **headers)
        assert (comes, 200 if comes else 403) == ("c-77" in listener.text, answer.status_code)

    asyncio.run(run())


def test_each_restricted_row_is_noted_once_a_stream(caplog: pytest.LogCaptureFixture) -> None:
    """What comes while somebody looks is a look as well."""

    async def run() -> None:
        room, new = Room(), alert_id(77)
        listener = await listening(room, "propam")
        hidden = replace(shown(new), restricted_to=("propam",), ladder=Ladder.PROP, rule="W08")
        for notes in (0, 1):
            put_in(room.model, replace(hidden, notes=notes), at=NOW)
            tell(room)
            await listener.until("delta", new)
        await listener.hang_up()
        said = [text for name, _, text in caplog.record_tuples if name == "streams.room.audit"]
        actor = room.house.audit.actor("propam")
        assert f"1 restricted alerts in a stream sent to actor {actor}: {new}" == said[-1]
        assert [1, 1] == [sum(one in text for text in said) for one in (SECRET, new)]
        assert "propam" not in "".join(said)

    with caplog.at_level(logging.INFO, "streams.room.audit"):
        asyncio.run(run())


def test_who_does_not_read_is_cut_and_counts_until_he_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """His connection is ended at once: what waits in it is memory of ours."""
    aborted = asyncio.Event()

    def abort(_scope: AsgiScope) -> None:
        aborted.set()

    monkeypatch.setattr(streaming, "_SEND_S", 0.01)
    monkeypatch.setattr(streaming, "abort", abort)

    async def run() -> None:
        room = Room()
        limits = replace(room.house.settings.limits, streams_per_user=1)
        room.serve(replace(room.house, settings=replace(room.house.settings, limits=limits)))
        async with room.visit("operator") as visitor:
            headers = {"cookie": visitor.cookie}
        deaf = Listener(room.app, headers, is_deaf=True)
        async with asyncio.timeout(5):
            await aborted.wait()
        assert 429 == await Listener(room.app, headers).begun()
        await deaf.ended()
        other = Listener(room.app, headers)
        assert 200 == await other.begun()
        await other.hang_up()

    asyncio.run(run())
