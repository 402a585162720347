"""What is believed of an identity provider: signatures, keys, identities, and what waits."""

import base64
import hmac
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from msgspec.structs import replace

from streams.domain.times import MINUTE_MS, EpochMs
from streams.room.oidc import (
    Identity,
    NotIdentifiedError,
    Provider,
    Waiting,
    WaitingCookies,
    identity_of,
    keys_of,
    user_of,
)
from streams.room.settings import OidcClaim
from streams.room.users import Users
from streams.sinks.secret import Secret
from tests.unit.room.people import CHIEF, NOW, USERS
from tests.unit.room.provider import CLIENT_ID, ISSUER, rsa_key

ALICE = Identity("subject-1", "a@b.id")
PROVIDER = Provider(ISSUER, f"{ISSUER}/authorize", f"{ISSUER}/token", f"{ISSUER}/keys")
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "aud": CLIENT_ID,
    "sub": "subject-1",
    "nonce": "n",
    "iat": NOW // 1_000,
    "exp": NOW // 1_000 + 300,
}


def read(token: str, keys: KeySet, provider: Provider = PROVIDER) -> Identity:
    """Read a token as `finish` does."""
    return identity_of(token, (provider, keys), (CLIENT_ID, "n"), NOW)


def test_only_signatures_by_key_pairs_are_taken() -> None:
    """Not none at all, and not the public key used as if it were a shared secret."""
    key = rsa_key("key-1")
    keys = KeySet([key])
    assert Identity("subject-1") == read(jwt.encode({"alg": "RS256"}, CLAIMS, key), keys)
    unsigned = (
        "eyJhbGciOiJub25lIn0." + jwt.encode({"alg": "RS256"}, CLAIMS, key).split(".")[1] + "."
    )
    # No library makes this one any more, so it is made by hand.
    head = "eyJhbGciOiJIUzI1NiJ9." + unsigned.split(".")[1]
    mac = hmac.digest(key.as_pem(private=False), head.encode(), "sha256")
    confused = f"{head}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
    boasting = replace(PROVIDER, id_token_signing_alg_values_supported=("RS256", "HS256", "none"))
    for token in (unsigned, confused, "", "a.b.c", "é"):
        for provider in (PROVIDER, boasting):
            with pytest.raises(NotIdentifiedError, match="the id token is refused"):
                read(token, keys, provider)


def test_a_signature_by_somebody_else_is_refused() -> None:
    """Also where he calls his key as the provider calls its own."""
    token = jwt.encode({"alg": "RS256", "kid": "key-1"}, CLAIMS, rsa_key("key-1"))
    with pytest.raises(NotIdentifiedError, match="BadSignatureError"):
        read(token, KeySet([rsa_key("key-1")]))


@pytest.mark.parametrize("document", [b"", b"{}", b"[]", b'{"keys": [{"kty": "x"}]}', b"\xff"])
def test_what_is_no_key_set_is_refused(document: bytes) -> None:
    """Whatever a provider in trouble answers."""
    with pytest.raises(NotIdentifiedError, match="keys cannot be read"):
        keys_of(document)


def test_an_identity_is_a_user_of_the_file_or_nobody() -> None:
    """By subject to the letter, or by address whatever its case."""
    assert ("komandan", CHIEF) == user_of(USERS, ALICE, OidcClaim.SUBJECT)
    by_mail = Users({"komandan": replace(CHIEF, oidc="A@b.id")})
    assert "komandan" == user_of(by_mail, ALICE, OidcClaim.EMAIL)[0]
    disabled = USERS.with_user("komandan", replace(CHIEF, disabled=True))
    for users, identity, claim in (
        (USERS, Identity("SUBJECT-1"), OidcClaim.SUBJECT),
        (USERS, Identity("subject-2"), OidcClaim.SUBJECT),
        (USERS, Identity(""), OidcClaim.SUBJECT),
        (by_mail, Identity("A@b.id"), OidcClaim.EMAIL),
        (disabled, ALICE, OidcClaim.SUBJECT),
    ):
        with pytest.raises(NotIdentifiedError, match="the identity is of no user"):
            user_of(users, identity, claim)


def test_what_waits_is_ours_and_does_not_wait_long() -> None:
    """Ten minutes, in the browser that went; it may come back from another site with it."""
    cookies = WaitingCookies([Secret("s" * 32)])
    waiting = Waiting("state", "nonce", "verifier", NOW)
    header = cookies.kept(waiting, secure=True)
    name, value = header.split(";")[0].split("=", 1)
    assert ("__Host-siaga-oidc", True) == (name, header.endswith("SameSite=Lax; Secure"))
    assert waiting == cookies.read(value, EpochMs(NOW + 10 * MINUTE_MS))
    assert cookies.read(value, EpochMs(NOW + 10 * MINUTE_MS + 1)) is None
    assert WaitingCookies([Secret("t" * 32)]).read(value, NOW) is None
    for forged in ("", "x", "W10.x", value[:-3], "x" * 3_000):
        assert cookies.read(forged, NOW) is None
    assert "Max-Age=0" in cookies.forgotten(secure=False)
    assert "verifier" not in repr(waiting)
