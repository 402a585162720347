"""Sessions and tokens over HTTP: what is a step, what other cookies do, and who starves whom."""

import asyncio
import logging
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.times import MINUTE_MS, EpochMs
from streams.room.entry import Attempt, Denied, Entered
from streams.room.house import Times
from streams.room.people import cookie_of
from streams.room.tokens import token_hash, token_text
from streams.room.users import Scope, Token, Users
from streams.web.message import Incoming
from tests.unit.room.listening import Listener
from tests.unit.room.people import NOW, PASSWORD
from tests.unit.room.rooms import ALERT, Room, Visitor, visiting

_TEXT: Final = token_text(bytes(range(32)))
_BEARER: Final = f"Bearer {_TEXT}"
_ACK: Final = {"command": "ack", "alert": ALERT}


def give_token(room: Room, user: str, *scopes: Scope) -> None:
    """Let a program come in as a user."""
    token = Token(hash=token_hash(_TEXT), scopes=frozenset(scopes), expires="2999-01-01T00:00:00Z")
    found = replace(room.users.by_id[user], tokens={"t": token})
    room.users = room.users.with_user(user, found)


@pytest.mark.parametrize(
    "beside",
    ['prefs={"a":1}', "a=b c", "foo", "x=é", 'a="un', "a,b=1", "a@b=1", "=", "Expires=1", "siaga="],
)
def test_cookies_of_other_programs_log_nobody_out(beside: str) -> None:
    """Whatever stands beside ours; of two of one name the browser sends that of `/` last."""
    for text in (f"{beside}; siaga=ours", f"{beside};; siaga=ours;", f"{beside};siaga = ours "):
        assert "ours" == cookie_of(Incoming(headers={"cookie": text}), "siaga")


def test_a_browser_with_cookies_of_others_is_known() -> None:
    """On one host all ports share them."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        cookie = f'prefs={{"a":1}}; a=b c; foo; {visitor.cookie}'
        assert 200 == (await visitor.ask("GET", "/api/v1/session", cookie=cookie)).status_code

    visiting("operator", talk)


def test_only_a_step_keeps_a_session() -> None:
    """What changes something, or is asked because a person has touched the page."""

    async def run() -> None:
        room, now = Room(), [NOW]
        room.serve(replace(room.house, times=Times(lambda: now[0], lambda: 0.0)))
        async with room.visit("operator") as visitor:
            now[0] = EpochMs(NOW + 2 * MINUTE_MS)
            for path in ("session", f"alerts/{ALERT}", "snapshot"):
                answer = await visitor.ask("GET", f"/api/v1/{path}")
                assert (200, False) == (answer.status_code, "set-cookie" in answer.headers), path
            listener = Listener(room.app, {"cookie": visitor.cookie})
            assert 200 == await listener.begun()
            assert "set-cookie" not in listener.headers
            await listener.hang_up()
            for _ in range(2):
                touched = await visitor.ask("GET", "/api/v1/session", x_siaga_step="1")
                assert "set-cookie" in touched.headers
                now[0] = EpochMs(now[0] + 29 * MINUTE_MS)
                given = await visitor.ask("POST", "/api/v1/commands", _ACK)
                assert (202, True) == (given.status_code, "set-cookie" in given.headers)
                now[0] = EpochMs(now[0] + 29 * MINUTE_MS)
            now[0] = EpochMs(now[0] + MINUTE_MS)
            assert 401 == (await visitor.ask("GET", "/api/v1/session")).status_code

    asyncio.run(run())


def test_a_token_has_a_pace_of_its_own() -> None:
    """A program in a loop leaves its person alone, and another token too."""

    async def talk(room: Room, visitor: Visitor) -> None:
        give_token(room, "operator", Scope.ACT)
        statuses = {
            (await visitor.ask("GET", "/api/v1/commands/c", authorization=_BEARER)).status_code
            for _ in range(260)
        }
        assert {404, 429} == statuses
        assert 202 == (await visitor.ask("POST", "/api/v1/commands", _ACK)).status_code

    visiting("operator", talk)


def test_who_comes_with_bad_tokens_shuts_nobody_out() -> None:
    """Logging in has a pace of its own at each address."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        statuses = [
            (await visitor.ask("GET", "/api/v1/alerts", authorization="Bearer siaga_x")).status_code
            for _ in range(260)
        ]
        assert 429 == statuses[-1]
        assert 200 == (await visitor.log_in("operator", PASSWORD)).status_code

    visiting("", talk)


@pytest.mark.parametrize("body", [b"[" * 15_000, b'{"user":' * 2_000, b"", b"null", b"\xff"])
def test_what_is_no_form_is_refused(body: bytes) -> None:
    """As deep as it may be."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        assert 400 == (await visitor.send("/api/v1/session", body)).status_code

    visiting("", talk)


def test_who_is_disabled_while_his_password_is_checked_stays_outside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And is told no more than anybody else."""

    async def talk(room: Room, visitor: Visitor) -> None:
        enter = room.house.entry.enter

        async def slow(users: Users, attempt: Attempt, now: float) -> Entered | Denied:
            found = await enter(users, attempt, now)
            gone = replace(room.users.by_id["operator"], disabled=True)
            room.users = room.users.with_user("operator", gone)
            return found

        monkeypatch.setattr(room.house.entry, "enter", slow)
        late, wrong = (
            await visitor.log_in("operator", PASSWORD),
            await visitor.log_in("nobody", "not the password"),
        )
        assert (401, late.json()) == (late.status_code, wrong.json())
        assert "set-cookie" not in late.headers

    visiting("", talk)


def test_a_session_has_what_its_token_opens_and_its_users_language() -> None:
    """No button that would be refused."""

    async def talk(room: Room, visitor: Visitor) -> None:
        user = replace(room.users.by_id["operator"], language="en")
        room.users = room.users.with_user("operator", user)
        own = (await visitor.ask("GET", "/api/v1/session")).json()
        assert (True, "en") == ("ack" in own["may"], own["language"])
        for scopes, is_open in (((Scope.READ,), False), ((Scope.READ, Scope.ACT), True)):
            give_token(room, "operator", *scopes)
            found = (await visitor.ask("GET", "/api/v1/snapshot", authorization=_BEARER)).json()
            assert (own["may"] if is_open else []) == found["session"]["may"]

    visiting("operator", talk)


@pytest.mark.parametrize(
    ("user", "why"), [("operator", "its scopes are act, read"), ("viewer", "Your role")]
)
def test_a_program_is_told_whether_its_token_or_its_user_is_in_the_way(user: str, why: str) -> None:
    """Else somebody would give the user another role."""

    async def talk(room: Room, visitor: Visitor) -> None:
        give_token(room, user, Scope.READ, Scope.ACT)
        found = await visitor.ask("GET", "/api/v1/triage", authorization=_BEARER)
        assert (403, True) == (found.status_code, why in found.json()["text"]["en"])

    visiting("", talk)


def test_who_looks_at_restricted_reports_leaves_a_line(caplog: pytest.LogCaptureFixture) -> None:
    """The list of what waits is a look too."""

    async def talk(room: Room, visitor: Visitor) -> None:
        with caplog.at_level(logging.INFO, "streams.room.audit"):
            rows = (await visitor.ask("GET", "/api/v1/triage")).json()["triage"]
        [found] = [text for name, _, text in caplog.record_tuples if name == "streams.room.audit"]
        assert f"restricted reports in triage sent to actor {room.house.audit.actor('propam')}" in (
            found
        )
        assert all(row["report"]["id"] in found for row in rows)
        assert "propam" not in found

    visiting("propam", talk)
