"""Logging in by OpenID Connect: the authorization code flow with PKCE, and what is believed of it.

    start ──► the provider, with state, nonce and the hash of a verifier; a signed cookie waits
    callback ◄── code, state ── the cookie's state? ─► code and verifier for an id token
                              ─► signature by the provider's keys, issuer, audience, expiry, nonce
                              ─► its `sub` or verified `email` is a user of the file? ─► a session

What stands here is pure; `identity` talks to the provider. Authlib checks the claims, joserfc the
signature. Only signatures by key pairs are taken: a shared secret that signs is one that leaks.
The id token is believed and thrown away: we want to know who it is, and nothing else of the
provider. Somebody whom the users file does not have is refused, whoever the provider says he is.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Final, Protocol, cast

import msgspec

# Authlib ships no types; what we use of it is narrowed where it is used.
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]

# Authlib ships no types; what we use of it is narrowed where it is used.
from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped]

# Authlib ships no types; what we use of it is narrowed where it is used.
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from itsdangerous import BadData, URLSafeSerializer
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.room.settings import OidcClaim, OidcSettings
from streams.room.users import User, Users
from streams.sinks.secret import Secret

__all__ = [
    "CALLBACK",
    "Identity",
    "NotIdentifiedError",
    "Provider",
    "StrangeKeyError",
    "StrangerError",
    "Waiting",
    "WaitingCookies",
    "address_of",
    "code_of",
    "identity_of",
    "keys_of",
    "provider_of",
    "user_of",
]

CALLBACK: Final = "/api/v1/oidc/callback"
_SALT: Final = "siaga.room.oidc"
_WAIT_MS: Final = 10 * MINUTE_MS
_LEEWAY_S: Final = 60
_COOKIE_MAX: Final = 2_048
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
_DEFAULT_ALGORITHM: Final = "RS256"
_BASIC: Final = "client_secret_basic"
_POST: Final = "client_secret_post"


class NotIdentifiedError(Exception):
    """Nobody has been identified; the message is for the log, and names no person."""


class StrangeKeyError(NotIdentifiedError):
    """The token is signed by a key that the provider had not shown: it may have a new one."""


class StrangerError(NotIdentifiedError):
    """Somebody has been identified, and is no user of this room."""


class Provider(Struct, frozen=True):
    """As much as we need of what a provider says of itself (OpenID Connect Discovery)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    id_token_signing_alg_values_supported: tuple[str, ...] = (_DEFAULT_ALGORITHM,)
    token_endpoint_auth_methods_supported: tuple[str, ...] = (_BASIC,)

    @property
    def algorithms(self) -> list[str]:
        """Those of its algorithms that we take."""
        return [one for one in self.id_token_signing_alg_values_supported if one in _ALGORITHMS]

    @property
    def secret_goes(self) -> str:
        """By which of its methods our secret is shown: in a header where it may."""
        return _BASIC if _BASIC in self.token_endpoint_auth_methods_supported else _POST


class Waiting(Struct, frozen=True, array_like=True):
    """What must be remembered until somebody comes back; the browser keeps it, signed by us."""

    state: str
    nonce: str
    verifier: str
    began_ms: int

    def __repr__(self) -> str:
        """Show nothing that could be used in its place."""
        return f"Waiting(since {self.began_ms})"


class Identity(Struct, frozen=True):
    """Whom the provider says it is."""

    subject: str
    email: str = ""
    """Empty where there is none, or it is not verified."""

    def __repr__(self) -> str:
        """Show nobody."""
        return "Identity()"


def provider_of(document: bytes, issuer: str) -> Provider:
    """Read what a provider says of itself.

    Raises:
        NotIdentifiedError: It is not that, or the provider is another.
    """
    try:
        provider = msgspec.json.decode(document, type=Provider)
    except msgspec.MsgspecError as error:
        raise NotIdentifiedError(f"the provider's configuration: {error}") from error
    if provider.issuer != issuer:
        raise NotIdentifiedError(f"the provider calls itself {provider.issuer}, not {issuer}")
    if not provider.algorithms:
        raise NotIdentifiedError(f"the provider signs by none of {', '.join(_ALGORITHMS)}")
    return provider


def keys_of(document: bytes) -> KeySet:
    """Read the keys that a provider signs by.

    Raises:
        NotIdentifiedError: They are none.
    """
    try:
        return KeySet.import_key_set(msgspec.json.decode(document))
    except (msgspec.MsgspecError, JoseError, ValueError, KeyError, TypeError) as error:
        raise NotIdentifiedError("the provider's keys cannot be read") from error


def address_of(provider: Provider, oidc: OidcSettings, public_url: str, waiting: Waiting) -> str:
    """Return where somebody is sent to log in."""
    client = cast("Callable[..., _Client]", OAuth2Client)(
        None,
        client_id=oidc.client_id,
        redirect_uri=public_url.rstrip("/") + CALLBACK,
        scope=" ".join(oidc.scopes),
        code_challenge_method="S256",
    )
    url, _ = client.create_authorization_url(
        provider.authorization_endpoint,
        state=waiting.state,
        code_verifier=waiting.verifier,
        nonce=waiting.nonce,
    )
    return url


def code_of(query: Mapping[str, str], waiting: Waiting | None) -> str:
    """Return the code that somebody comes back with.

    Raises:
        NotIdentifiedError: Nothing waits for him, or the provider has refused.
    """
    if waiting is None or query.get("state") != waiting.state:
        raise NotIdentifiedError("somebody comes back whom nothing waits for")
    if "error" in query:
        raise NotIdentifiedError("the provider has refused")
    if not query.get("code"):
        raise NotIdentifiedError("somebody comes back without a code")
    return query["code"]


def identity_of(
    token: str, by: tuple[Provider, KeySet], expected: tuple[str, str], now: EpochMs
) -> Identity:
    """Return whom an id token is of.

    Args:
        token: As it came from the provider.
        by: The provider, and its keys.
        expected: Our id there, and the nonce that was sent.
        now: In milliseconds since 1970.

    Raises:
        StrangeKeyError: It is signed by none of the keys.
        NotIdentifiedError: It is not signed, not for us, not for this try, or of another time.
    """
    provider, keys = by
    client_id, nonce = expected
    try:
        decoded = jwt.decode(token, keys, algorithms=provider.algorithms)
        claims = cast("Callable[..., _Claims]", CodeIDToken)(
            decoded.claims,
            decoded.header,
            {"iss": {"value": provider.issuer}, "aud": {"value": client_id}},
            {"nonce": nonce, "client_id": client_id},
        )
        claims.validate(now // SECOND_MS, _LEEWAY_S)
    except InvalidKeyIdError as error:
        raise StrangeKeyError("the id token is signed by a key that is not known") from error
    except (JoseError, AuthlibBaseError, ValueError, TypeError) as error:
        raise NotIdentifiedError(f"the id token is refused: {type(error).__name__}") from error
    subject, email = decoded.claims.get("sub"), decoded.claims.get("email")
    if not isinstance(subject, str) or not subject:
        raise NotIdentifiedError("the id token is of nobody")
    is_verified = decoded.claims.get("email_verified") is True
    return Identity(subject, email if is_verified and isinstance(email, str) else "")


def user_of(users: Users, identity: Identity, claim: OidcClaim) -> tuple[str, User]:
    """Return the user of an identity, with the id.

    Raises:
        StrangerError: There is none, or he is disabled.
    """
    is_email = claim is OidcClaim.EMAIL
    wanted = identity.email.casefold() if is_email else identity.subject
    for id_, user in users.by_id.items():
        own = user.oidc.casefold() if is_email else user.oidc
        if own and own == wanted and not user.disabled:
            return id_, user
    raise StrangerError("the identity is of no user")


class WaitingCookies:
    """What waits in the browser of somebody who has gone to the provider."""

    def __init__(self, secrets: Sequence[Secret]) -> None:
        """Sign by the first secret, as sessions do."""
        self._serializer = URLSafeSerializer(
            [secret.reveal() for secret in reversed(secrets)],
            salt=_SALT,
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
        )

    @staticmethod
    def name(*, secure: bool) -> str:
        """Return the cookie's name."""
        return "__Host-siaga-oidc" if secure else "siaga-oidc"

    def kept(self, waiting: Waiting, *, secure: bool) -> str:
        """Return the header `Set-Cookie`; `Lax`, for the provider sends the browser back to us."""
        value = self._serializer.dumps(msgspec.to_builtins(waiting))
        return self._header(value, _WAIT_MS // SECOND_MS, secure=secure)

    def forgotten(self, *, secure: bool) -> str:
        """Return the header by which the browser forgets it: it is good for one time."""
        return self._header("", 0, secure=secure)

    def read(self, cookie: str, now: EpochMs) -> Waiting | None:
        """Return what waits; None: nothing of ours, or not any more."""
        if not cookie or len(cookie) > _COOKIE_MAX:
            return None
        try:
            waiting = msgspec.convert(self._serializer.loads(cookie), Waiting)
        except (BadData, msgspec.ValidationError):
            return None
        return waiting if 0 <= now - waiting.began_ms + MINUTE_MS <= _WAIT_MS + MINUTE_MS else None

    def _header(self, value: str, seconds: int, *, secure: bool) -> str:
        flags = "; Secure" if secure else ""
        kept = f"Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{flags}"
        return f"{self.name(secure=secure)}={value}; {kept}"


class _Claims(Protocol):
    """As much of Authlib's claims as is used."""

    def validate(self, now: int, leeway: int) -> None: ...


class _Client(Protocol):
    """As much of Authlib's client as is used."""

    def create_authorization_url(
        self, url: str, state: str, code_verifier: str, nonce: str
    ) -> tuple[str, str]: ...
