"""The authorisation matrix over the stream: what reaches each role, and no byte of all else.

Every row of the page's table of what a person sees (docs/reference/rights.md) is there once inside
and once outside the area of whoever listens: in what he begins with, in what comes later, and in
what he is told gone.
"""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState, Ladder
from streams.domain.times import HOUR_MS, EpochMs
from streams.engine.topics import Topic
from streams.room.tokens import token_hash, token_text
from streams.room.users import Scope, Token
from streams.wire.documents import AlertDocument, TriageDocument
from streams.wire.picture import AreaPicture, TpsPicture
from tests.support.room_houses import arrived, put_in
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import NOW, area, reply, report, tps
from tests.unit.room.listening import Listener
from tests.unit.room.matrix import AREA, EVERYTHING, EVERYWHERE, INSIDE, OUTSIDE, row_table
from tests.unit.room.rooms import Room

_SUFFIX: Final = {AREA: "", EVERYWHERE: "-all", EVERYTHING: "-36"}
_ROLES: Final = ("viewer", "operator", "commander", "liaison", "propam")
_COUNTS: Final = ("commander", "liaison")
_PLACES: Final = (INSIDE, OUTSIDE)
_OWN: Final = (("alert", INSIDE), ("alert", INSIDE), ("alert_conduct", INSIDE), ("alert", OUTSIDE))
"""Alerts that a room of the tests has from the beginning."""
Marks = dict[tuple[str, str], str]
"""By what a row of the table at a place is known, wherever it stands."""
_HasId = AlertDocument | TriageDocument
_Document = _HasId | AreaPicture | TpsPicture
_LETTERS: Final = {
    "letter": (Topic.TPS_STATUS, '{"id":"ID"}'),
    "letter_counts": (Topic.TPS_STATUS, '{"id":"ID","votes":{"01":120}}'),
    "letter_conduct": (Topic.CROWD_REPORTS, '{"id":"ID","category":"NET-01"}'),
    "letter_command": (Topic.OPERATOR_COMMANDS, '{"id":"ID"}'),
    "letter_unread": (Topic.TPS_STATUS, '{"id":"ID'),
}
_LATER: Final = EpochMs(NOW + 2 * HOUR_MS)


def _alert(number: int, place: str, roles: tuple[str, ...] = ()) -> AlertDocument:
    alert = shown(alert_id(number, place[:5]), scope=place)
    ladder = Ladder.PROP if roles == ("propam",) else Ladder.OPS
    return replace(alert, restricted_to=roles, ladder=ladder)


def _report(letter: str, place: str, roles: tuple[str, ...] = ()) -> TriageDocument:
    return report(f"{place[:2]}{place[3:5]}-{letter * 16}", place[:13], roles)


def _documents(number: int, letters: str, place: str) -> dict[str, _Document]:
    """Return a row of each kind at a place, but dead letters, by the name that the table has."""
    desa = area(place[:13])
    return {
        "alert": _alert(number, place),
        "alert_counts": _alert(number + 1, place, _COUNTS),
        "alert_conduct": _alert(number + 2, place, ("propam",)),
        "report": _report(letters[0], place),
        "report_conduct": _report(letters[1], place, ("propam",)),
        "area": replace(desa, name=f"desa-{letters}-{place[:5]}"),
        "tps": replace(tps(place), name=f"tps-{letters}-{place[:5]}"),
    }


def _let_arrive(room: Room, number: int, letters: str) -> Marks:
    """Let one of each row arrive at both places; return by what each is known."""
    marks: Marks = {}
    for place in _PLACES:
        documents = _documents(number, letters, place)
        for name, one in documents.items():
            marks[name, place] = one.id if isinstance(one, _HasId) else one.name
        put_in(room.model, *documents.values(), at=NOW)
    for offset, (name, (topic, value)) in enumerate(_LETTERS.items(), number):
        marks[name, OUTSIDE] = f"{name}-{letters}."
        room.put_aside(value.replace("ID", marks[name, OUTSIDE]).encode(), offset, topic)
    room.feed.tick()
    room.house.hub.wake()
    return marks


def _end_all(room: Room, number: int, letters: str) -> None:
    """Let everything but letters end, and an hour pass."""
    for place in _PLACES:
        for one in _documents(number, letters, place).values():
            if isinstance(one, AlertDocument):
                put_in(room.model, replace(one, state=AlertState.RESOLVED), at=NOW)
            elif not isinstance(one, _HasId):
                room.model.apply(arrived(Topic.PICTURE, one.code, None, NOW))
    put_in(room.model, reply("c-9", "nobody"), at=_LATER)
    room.feed.tick()
    room.house.hub.wake()


def _seen(names: Iterable[tuple[str, str]], role: str, of: str) -> list[tuple[str, str]]:
    """Return what a role sees of some rows, as the page says."""
    rows = {row.name: row for row in row_table()}
    return [(name, at) for name, at in names if rows[name].is_seen(role, of, at)]


def _wanted(marks: Marks, role: str, of: str) -> set[str]:
    return {marks[one] for one in _seen(marks, role, of)}


def _found(marks: Marks, listeners: Iterable[Listener]) -> set[str]:
    text = "".join(one.text for one in listeners)
    return {mark for mark in marks.values() if mark in text}


async def _listen(role: str, of: str) -> None:
    """Listen to both kabupaten, as far as the area reaches."""
    room = Room()
    before = _let_arrive(room, 100, "XY")
    async with room.visit(f"{role}{_SUFFIX[of]}") as visitor:
        headers = {"cookie": visitor.cookie}
    listeners = [Listener(room.app, headers, f"zoom={one[:5]}") for one in _PLACES]
    for one in listeners:
        begun = await one.until("snapshot")
        alerts = [name for name in (*before, *_OWN) if name[0].startswith("alert")]
        assert len(_seen(alerts, role, of)) == begun.document["opened_lately"]
    assert _wanted(before, role, of) == _found(before, listeners)
    after = _let_arrive(room, 200, "ZQ")
    for one in listeners:
        await one.until("delta", "put")
    assert _wanted(after, role, of) == _found(after, listeners)
    _end_all(room, 200, "ZQ")
    for one in listeners:
        await one.until("delta", "gone")
    assert _wanted(after, role, of) == _found(after, listeners)
    assert _wanted(before, role, of) == _found(before, listeners)
    for one in listeners:
        await one.hang_up()


@pytest.mark.parametrize("role", _ROLES)
@pytest.mark.parametrize("of", _SUFFIX, ids=["area", "everywhere", "everything"])
def test_the_stream_brings_what_the_page_says(role: str, of: str) -> None:
    """To the byte: no row, no number, no id of what is for others."""
    asyncio.run(_listen(role, of))


def test_a_reply_comes_to_who_has_asked() -> None:
    """Not to others of his role, wherever they are."""

    async def run() -> None:
        room = Room()
        listeners: dict[str, Listener] = {}
        for user in ("operator", "operator-all"):
            async with room.visit(user) as visitor:
                listeners[user] = Listener(room.app, {"cookie": visitor.cookie})
            await listeners[user].until("snapshot")
        for user in listeners:
            room.answer(f"command-of-{user}.", user)
        room.feed.tick()
        room.house.hub.wake()
        for user, listener in listeners.items():
            [found] = (await listener.until("delta")).document["replies"]["put"]
            assert (f"command-of-{user}.", True) == (found["command"], found["mine"])
            await listener.hang_up()
            assert [user] == [one for one in listeners if f"command-of-{one}." in listener.text]

    asyncio.run(run())


TOKENS: Final[Mapping[str, tuple[frozenset[Scope], tuple[str, ...]]]] = {
    "read": (frozenset({Scope.READ}), ()),
    "read and triage": (frozenset({Scope.READ, Scope.TRIAGE}), ("report",)),
    "read and letters": (
        frozenset({Scope.READ, Scope.LETTERS}),
        ("letter", "letter_counts", "letter_command", "letter_unread"),
    ),
}


@pytest.mark.parametrize(("scopes", "opened"), TOKENS.values(), ids=TOKENS)
def test_a_token_sees_on_the_stream_what_its_scopes_open(
    scopes: frozenset[Scope], opened: tuple[str, ...]
) -> None:
    """Whatever its user may; a stream is no way around a scope."""

    async def run() -> None:
        room, text = Room(), token_text(bytes(range(32)))
        user = room.users.by_id["commander-all"]
        token = Token(hash=token_hash(text), scopes=scopes, expires="2999-01-01T00:00:00Z")
        room.users = room.users.with_user("commander-all", replace(user, tokens={"t": token}))
        marks = _let_arrive(room, 100, "XY")
        listener = Listener(room.app, {"authorization": f"Bearer {text}"})
        await listener.until("snapshot")
        desks = {name: mark for name, mark in marks.items() if name[0].startswith(("re", "le"))}
        assert {marks[one] for one in desks if one[0] in opened} == _found(desks, [listener])
        await listener.hang_up()

    asyncio.run(run())


def test_who_may_not_listen_hears_nothing() -> None:
    """401 for who is not known, 403 for a token that does not open it."""

    async def run() -> None:
        room, text = Room(), token_text(bytes(range(32)))
        scopes = frozenset(Scope) - {Scope.READ}
        token = Token(hash=token_hash(text), scopes=scopes, expires="2999-01-01T00:00:00Z")
        user = replace(room.users.by_id["commander-all"], tokens={"t": token})
        room.users = room.users.with_user("commander-all", user)
        for headers, status in (({}, 401), ({"authorization": f"Bearer {text}"}, 403)):
            listener = Listener(room.app, headers)
            assert status == await listener.begun()
            await listener.hang_up()
            assert "alerts" not in listener.text

    asyncio.run(run())
