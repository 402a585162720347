"""Logging in by an identity provider: the whole way, and everything that may be wrong on it."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from streams.domain.times import MINUTE_MS
from streams.errors import ConfigError
from streams.room.identity import IdentityProvider, client_secret, open_client
from streams.room.oidc import (
    Identity,
    NotIdentifiedError,
)
from streams.room.settings import OidcSettings
from streams.sinks.secret import Secret
from tests.unit.room.people import NOW
from tests.unit.room.provider import CLIENT_ID, CLIENT_SECRET, ISSUER, FakeProvider, rsa_key

OIDC = OidcSettings(issuer=ISSUER, client_id=CLIENT_ID)
ROOM = "https://posko.example/"
ALICE = Identity("subject-1", "a@b.id")


class Clock:
    """A clock that stands until it is moved."""

    now = int(NOW)

    def __call__(self) -> int:
        """Return its time."""
        return self.now


def identified(
    fake: FakeProvider,
    between: Callable[[dict[str, str]], object] = lambda _: None,
    secret: Secret | None = Secret(CLIENT_SECRET),  # noqa: B008 - It is never changed.
) -> Identity:
    """Log in at a provider, and return who has come back."""

    async def story() -> Identity:
        async with fake.client() as client:
            ours = IdentityProvider(OIDC, ROOM, secret, client, Clock())
            url, waiting = await ours.start()
            query = fake.log_in(url)
            between(query)
            return await ours.finish(query, waiting)

    return asyncio.run(story())


def test_who_logs_in_there_is_known_here() -> None:
    """By code, verifier, signature and claims, in four questions."""
    fake = FakeProvider()
    assert ALICE == identified(fake)
    paths = [call.removeprefix("/realms/polri/") for call in fake.calls]
    assert [".well-known/openid-configuration", "token", "keys"] == paths


def test_a_public_client_is_protected_by_pkce_alone() -> None:
    """It has no secret to show."""
    assert ALICE == identified(FakeProvider(has_secret=False), secret=None)


def test_a_provider_may_want_the_secret_in_the_form() -> None:
    """Where it takes none in a header."""
    fake = FakeProvider()
    fake.configuration = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert ALICE == identified(fake)
    with pytest.raises(NotIdentifiedError, match="the provider answers 400"):
        identified(fake, secret=Secret("another"))


@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        ({"iss": "https://evil.example"}, "InvalidClaimError"),
        ({"aud": "another client"}, "InvalidClaimError"),
        ({"aud": ["another"]}, "InvalidClaimError"),
        ({"aud": [CLIENT_ID, "another"], "azp": "another"}, "InvalidClaimError"),
        ({"nonce": "of another try"}, "InvalidClaimError"),
        ({"nonce": None}, "MissingClaimError"),
        ({"exp": NOW // 1_000 - 61}, "ExpiredTokenError"),
        ({"iat": NOW // 1_000 + 120}, "InvalidClaimError"),
        ({"exp": None}, "MissingClaimError"),
        ({"aud": None}, "MissingClaimError"),
        ({"sub": None}, "MissingClaimError"),
        ({"sub": ""}, "the id token is of nobody"),
        ({"sub": 7}, "InvalidClaimError"),
    ],
)
def test_a_token_that_is_not_for_us_now_is_refused(spoilt: Mapping[str, Any], message: str) -> None:
    """Whatever else in it is right; and the message names no person."""
    fake = FakeProvider()
    fake.spoilt = dict(spoilt)
    with pytest.raises(NotIdentifiedError, match=message) as error:
        identified(fake)
    assert "a@b.id" not in str(error.value)


def test_an_audience_of_several_is_taken_if_it_is_for_us() -> None:
    """With `azp`, as the standard wants it then."""
    fake = FakeProvider()
    fake.spoilt = {"aud": [CLIENT_ID, "another"], "azp": CLIENT_ID}
    assert ALICE == identified(fake)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"state": "another"}, "whom nothing waits for"),
        ({"state": ""}, "whom nothing waits for"),
        ({"error": "access_denied"}, "the provider has refused"),
        ({"code": ""}, "without a code"),
        ({"code": "guessed"}, "the provider answers 400"),
    ],
)
def test_who_comes_back_with_something_else_is_refused(
    query: Mapping[str, str], message: str
) -> None:
    """Most of it without asking the provider."""
    with pytest.raises(NotIdentifiedError, match=message):
        identified(FakeProvider(), lambda asked: asked.update(query))


def test_a_code_is_good_for_the_browser_that_asked_for_it() -> None:
    """With the verifier of another the provider refuses it; without a cookie we do."""

    async def story(*, waits: bool) -> Identity:
        fake = FakeProvider()
        async with fake.client() as client:
            ours = IdentityProvider(OIDC, ROOM, Secret(CLIENT_SECRET), client, Clock())
            url, _ = await ours.start()
            _, another = await ours.start()
            query = fake.log_in(url)
            return await ours.finish(query | {"state": another.state}, another if waits else None)

    with pytest.raises(NotIdentifiedError, match="the provider answers 400"):
        asyncio.run(story(waits=True))
    with pytest.raises(NotIdentifiedError, match="whom nothing waits for"):
        asyncio.run(story(waits=False))


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        ({"issuer": "https://evil.example"}, "calls itself https://evil.example"),
        ({"token_endpoint": 5}, "the provider's configuration"),
        ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, "signs by none of RS256"),
    ],
)
def test_a_provider_that_is_another_is_refused(
    configuration: Mapping[str, Any], message: str
) -> None:
    """Before anybody is sent to it."""
    fake = FakeProvider()
    fake.configuration = dict(configuration)
    with pytest.raises(NotIdentifiedError, match=message):
        identified(fake)


def test_a_provider_that_is_away_is_asked_again_next_time() -> None:
    """It keeps no room from starting, and what it said in its trouble is not kept."""

    async def story() -> str:
        fake = FakeProvider()
        fake.status = 503
        async with fake.client() as client:
            ours = IdentityProvider(OIDC, ROOM, None, client, Clock())
            with pytest.raises(NotIdentifiedError, match="answers 503"):
                await ours.start()
            fake.status = 200
            url, _ = await ours.start()
            return url

    assert asyncio.run(story()).startswith(f"{ISSUER}/authorize?")


def test_new_keys_are_asked_for_but_not_by_who_forges() -> None:
    """Once when a token is signed by another, and then not again for a minute."""

    async def story() -> list[str]:
        fake, clock, found = FakeProvider(), Clock(), list[str]()
        async with fake.client() as client:
            ours = IdentityProvider(OIDC, ROOM, Secret(CLIENT_SECRET), client, clock)

            async def come() -> None:
                url, waiting = await ours.start()
                try:
                    identity = await ours.finish(fake.log_in(url), waiting)
                    found.append(identity.subject)
                except NotIdentifiedError as error:
                    found.append(str(error))
                found.append(str(sum(call.endswith("/keys") for call in fake.calls)))

            await come()
            fake.key = rsa_key("key-2")
            await come()
            clock.now += MINUTE_MS
            fake.spoilt = {"iat": clock.now // 1_000, "exp": clock.now // 1_000 + 60}
            fake.shown = [fake.key]
            await come()
        return found

    strange = "the id token is signed by a key that is not known"
    assert ["subject-1", "1", strange, "1", "subject-1", "2"] == asyncio.run(story())


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_is_no_address(verified: object) -> None:
    """Anybody may write any address into his profile."""
    fake = FakeProvider()
    fake.spoilt = {"email_verified": verified}
    assert Identity("subject-1") == identified(fake)


def test_our_secret_there_is_read_where_it_is() -> None:
    """None named: a public client."""
    assert client_secret(OIDC, {}) is None
    named = replace(OIDC, client_secret_env="OIDC")
    found = client_secret(named, {"OIDC": "hush"})
    assert found is not None
    assert "hush" == found.reveal()
    with pytest.raises(ConfigError, match=r"oidc\.client_secret"):
        client_secret(named, {})


def test_a_providers_own_authority_is_trusted_if_it_is_there(tmp_path: Path) -> None:
    """Nothing listens there, and that is told as that; a file that is none is refused at once."""
    away = replace(OIDC, issuer="https://127.0.0.1:9/", wait_s=1.0)

    async def story() -> None:
        async with open_client(away) as client:
            await IdentityProvider(away, ROOM, None, client).start()

    with pytest.raises(NotIdentifiedError, match="does not answer: ConnectError"):
        asyncio.run(story())
    with pytest.raises(ConfigError, match=r"oidc\.ca_file: .* cannot be used"):
        open_client(replace(OIDC, ca_file=str(tmp_path / "none.pem")))
    (tmp_path / "bad.pem").write_text("no certificate", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"oidc\.ca_file: .* cannot be used"):
        open_client(replace(OIDC, ca_file=str(tmp_path / "bad.pem")))
