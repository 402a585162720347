"""Logging in by an identity provider through the real application, as a browser does it.

The provider signs with keys that are made here, and keeps to the flow: code, PKCE, state, nonce.
What is spoilt on the way lets nobody in; who is known there and is no user here is told so.
"""

import asyncio
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import urlencode

import httpx
import pytest
from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.domain.times import MINUTE_MS, EpochMs
from streams.room.house import Federated, House, Times
from streams.room.identity import IdentityProvider
from streams.room.oidc import CALLBACK, Waiting, WaitingCookies
from streams.room.settings import OidcClaim, OidcSettings
from streams.room.users import User
from streams.sinks.secret import Secret
from tests.support.room_houses import app_of, client_of
from tests.unit.room.people import NOW
from tests.unit.room.provider import CLIENT_ID, CLIENT_SECRET, ISSUER, FakeProvider, rsa_key
from tests.unit.room.rooms import Room

_ROOM: Final = "http://room.example"
_START: Final = "/api/v1/oidc/start"
_OIDC: Final = OidcSettings(issuer=ISSUER, client_id=CLIENT_ID, title="Polri")
_SECRET: Final = Secret("a secret of the tests, long enough for it")


class Door:
    """A room that people come to from a provider.

    Attributes:
        at: What its clock says.
        query: What the browser comes back with; a test may spoil it.
        cookies: What the browser has kept; a test may spoil them.
    """

    def __init__(self, oidc: OidcSettings = _OIDC) -> None:
        self.at = NOW
        self.fake = FakeProvider()
        self.room = Room()
        self.oidc = oidc
        self.query: dict[str, str] = {}
        self.cookies: dict[str, str] = {}

    def house(self, client: httpx.AsyncClient) -> House:
        """Return the room's house, with the provider."""
        secret = Secret(CLIENT_SECRET)
        provider = IdentityProvider(self.oidc, _ROOM, secret, client, lambda: self.at)
        settings = replace(self.room.house.settings, public_url=_ROOM, oidc=self.oidc)
        return replace(
            self.room.house,
            settings=settings,
            times=Times(lambda: EpochMs(self.at), lambda: 0.0),
            federated=Federated(provider, WaitingCookies([_SECRET])),
        )

    def come(self, between: Callable[["Door"], object] = lambda _: None) -> httpx.Response:
        """Go to the provider, log in there, come back; `between` happens on the way."""

        async def story() -> httpx.Response:
            async with self.fake.client() as client, client_of(app_of(self.house(client))) as ours:
                gone = await ours.get(_START)
                assert 303 == gone.status_code, gone.text
                self.cookies = _cookies_of(gone)
                self.query = self.fake.log_in(gone.headers["location"])
                between(self)
                kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
                ours.cookies.clear()
                address = f"{CALLBACK}?{urlencode(self.query)}"
                return await ours.get(address, headers={"cookie": kept})

        return asyncio.run(story())

    def who(self, answer: httpx.Response) -> dict[str, Any]:
        """Return the session that an answer has begun."""

        async def story() -> dict[str, Any]:
            async with self.fake.client() as client, client_of(app_of(self.house(client))) as ours:
                cookie = f"siaga={_cookies_of(answer)['siaga']}"
                found: dict[str, Any] = (
                    await ours.get("/api/v1/session", headers={"cookie": cookie})
                ).json()
                return found

        return asyncio.run(story())

    def add(self, id_: str, role: ActorRole, identity: str, area: str = "36.04") -> None:
        """Let somebody of the provider be a user."""
        user = User(name=id_, role=role, area=area, oidc=identity)
        self.room.users = self.room.users.with_user(id_, user)


def _cookies_of(answer: httpx.Response) -> dict[str, str]:
    found = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return {name: morsel.value for name, morsel in found.items()}


@pytest.mark.parametrize("role", [one for one in ActorRole if one is not ActorRole.SYSTEM])
def test_who_is_a_user_comes_in_with_the_role_of_the_file(role: ActorRole) -> None:
    """Role and area are never the provider's word, whatever it says of them."""
    door = Door()
    door.add("polda-7", role, "subject-1")
    door.fake.spoilt = {"role": "commander", "groups": ["commander"], "area": ""}
    answer = door.come()
    assert (303, "/") == (answer.status_code, answer.headers["location"])
    found = door.who(answer)
    assert ("polda-7", role, "36.04") == (found["user"], found["role"], found["area"])
    # What waited is good for one time.
    assert "" == _cookies_of(answer)["siaga-oidc"]


def test_a_verified_address_may_be_who_somebody_is() -> None:
    """Where the settings say so; one that is not verified is nobody's."""
    door = Door(replace(_OIDC, claim=OidcClaim.EMAIL))
    door.add("polda-7", ActorRole.OPERATOR, "A@b.id")
    assert "polda-7" == door.who(door.come())["user"]
    door.fake.person = {"sub": "subject-1", "email": "a@b.id", "email_verified": False}
    assert 403 == door.come().status_code


def _as(**claims: object) -> Callable[[Door], object]:
    return lambda door: door.fake.spoilt.update(claims)


def _by(**query: str) -> Callable[[Door], object]:
    return lambda door: door.query.update(query)


def _without_cookie(door: Door) -> None:
    door.cookies.clear()


def _forged(door: Door) -> None:
    door.cookies = {"siaga-oidc": door.cookies["siaga-oidc"][:-2] + "AA"}


def _of_another_try(door: Door) -> None:
    """Come back with what waited for another try, by whose state it is looked for."""
    door.cookies = _waiting(Waiting("state", "nonce", "verifier", NOW))
    door.query["state"] = "state"


def _too_late(door: Door) -> None:
    door.at = EpochMs(NOW + 11 * MINUTE_MS)


def _by_another_key(door: Door) -> None:
    door.fake.key = rsa_key("key-1")


def _with_another_verifier(door: Door) -> None:
    """Come back with all that is right but what the code was bound to (PKCE)."""
    waiting = WaitingCookies([_SECRET]).read(door.cookies["siaga-oidc"], NOW)
    assert waiting is not None
    door.cookies = _waiting(replace(waiting, verifier="another"))


def _waiting(waiting: Waiting) -> dict[str, str]:
    header = WaitingCookies([_SECRET]).kept(waiting, secure=False)
    name, value = header.split(";")[0].split("=", 1)
    return {name: value}


SPOILT: Final[dict[str, Callable[[Door], object]]] = {
    "another state": _by(state="another"),
    "no state": _by(state=""),
    "a guessed code": _by(code="guessed"),
    "no code": _by(code=""),
    "the provider refuses": _by(error="access_denied"),
    "another nonce": _as(nonce="of another try"),
    "no nonce": _as(nonce=None),
    "for another client": _as(aud="another"),
    "by another issuer": _as(iss="https://evil.example"),
    "expired": _as(exp=NOW // 1_000 - 61),
    "of nobody": _as(sub=""),
    "signed by another key": _by_another_key,
    "without the cookie": _without_cookie,
    "with a forged cookie": _forged,
    "with the cookie of another try": _of_another_try,
    "after ten minutes": _too_late,
    "with another verifier": _with_another_verifier,
}


@pytest.mark.parametrize("between", SPOILT.values(), ids=SPOILT)
def test_what_is_spoilt_lets_nobody_in(
    between: Callable[[Door], object], caplog: pytest.LogCaptureFixture
) -> None:
    """Back to the login, without a session, and a word about what was wrong in the log alone."""
    door = Door()
    door.add("polda-7", ActorRole.OPERATOR, "subject-1")
    answer = door.come(between)
    assert (303, "/login?oidc=failed") == (answer.status_code, answer.headers["location"])
    assert "siaga" not in _cookies_of(answer)
    [said] = [text for name, _, text in caplog.record_tuples if name.startswith("streams.room")]
    assert said.startswith("oidc: ")
    assert not any(
        one in said for one in ("subject-1", CLIENT_SECRET, door.query.get("code") or "-")
    )


@pytest.mark.parametrize("disabled", [False, True], ids=["unknown", "disabled"])
def test_who_is_no_user_is_told_so(*, disabled: bool) -> None:
    """The provider knows him, and that is not enough: 403, in both languages, and no session."""
    door = Door()
    if disabled:
        door.add("polda-7", ActorRole.OPERATOR, "subject-1")
        user = replace(door.room.users.by_id["polda-7"], disabled=True)
        door.room.users = door.room.users.with_user("polda-7", user)
    answer = door.come()
    assert (403, "text/html; charset=utf-8") == (
        answer.status_code,
        answer.headers["content-type"],
    )
    assert "belum terdaftar" in answer.text
    assert "no user" in answer.text
    assert ({"siaga-oidc": ""}, True) == (_cookies_of(answer), "subject-1" not in answer.text)


def test_a_room_without_a_provider_has_no_such_door() -> None:
    """As if it were not there."""

    async def story() -> list[int]:
        async with client_of(Room().app) as ours:
            return [(await ours.get(path)).status_code for path in (_START, CALLBACK)]

    assert [404, 404] == asyncio.run(story())


def test_a_provider_that_is_away_sends_back_to_the_login() -> None:
    """Where a password still opens."""
    door = Door()
    door.fake.status = 503

    async def story() -> httpx.Response:
        async with door.fake.client() as client, client_of(app_of(door.house(client))) as ours:
            return await ours.get(_START)

    answer = asyncio.run(story())
    assert (303, "/login?oidc=failed") == (answer.status_code, answer.headers["location"])


def test_who_is_not_logged_in_hears_how_he_may() -> None:
    """The page shows a button where a provider is there, by its name, and else none."""

    async def story() -> tuple[dict[str, Any], dict[str, Any]]:
        door = Door()
        async with door.fake.client() as client, client_of(app_of(door.house(client))) as ours:
            by_both = (await ours.get("/api/v1/session")).json()
        async with client_of(door.room.app) as ours:
            return by_both, (await ours.get("/api/v1/session")).json()

    by_both, by_password = asyncio.run(story())
    assert (401, True, "Polri") == (by_both["status"], by_both["oidc"], by_both["oidc_title"])
    assert (401, False) == (by_password["status"], "oidc" in by_password)
    assert "Silakan masuk dulu." == by_password["text"]["id"]
