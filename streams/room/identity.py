"""The talk with the identity provider: its configuration, its keys, and a code for an id token.

What it says of itself and its keys are asked for once and kept. Keys are asked for again when a
token is signed by another, at most once a minute: who sends forged tokens must not make us ask.
"""

import secrets
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol, cast

import httpx
import msgspec

# Authlib ships no types; what we use of it is narrowed where it is used.
from authlib.oauth2.auth import ClientAuth  # type: ignore[import-untyped]
from joserfc.jwk import KeySet
from msgspec import Struct

from streams.domain.times import MINUTE_MS, EpochMs
from streams.errors import ConfigError
from streams.room.oidc import (
    CALLBACK,
    Identity,
    NotIdentifiedError,
    Provider,
    StrangeKeyError,
    Waiting,
    address_of,
    code_of,
    identity_of,
    keys_of,
    provider_of,
)
from streams.room.settings import OidcSettings
from streams.sinks.secret import Secret, read_secret

__all__ = ["IdentityProvider", "client_secret", "open_client"]

_DISCOVERY: Final = "/.well-known/openid-configuration"
_RANDOM_BYTES: Final = 32
_OK: Final = 200
_BYTES_MAX: Final = 1 << 20
_Prepared = tuple[str, Mapping[str, str], str]


class _Answered(Struct, frozen=True):
    """As much of the token endpoint's answer as is used."""

    id_token: str


def client_secret(oidc: OidcSettings, environment: Mapping[str, str]) -> Secret | None:
    """Return our secret at the provider; None: we are a public client.

    Raises:
        ConfigError: It cannot be read.
    """
    file, variable = oidc.client_secret_file, oidc.client_secret_env
    if not file and not variable:
        return None
    return read_secret("oidc.client_secret", file, variable, environment)


def open_client(oidc: OidcSettings) -> httpx.AsyncClient:
    """Return a client for the provider; whoever asks for it closes it.

    Raises:
        ConfigError: The file of certificates cannot be used.
    """
    try:
        trusted = ssl.create_default_context(cafile=oidc.ca_file or None)
    except OSError as error:
        raise ConfigError(f"oidc.ca_file: {oidc.ca_file} cannot be used ({error})") from error
    return httpx.AsyncClient(verify=trusted, timeout=oidc.wait_s)


class IdentityProvider:
    """A provider that people come from."""

    def __init__(
        self,
        oidc: OidcSettings,
        public_url: str,
        secret: Secret | None,
        client: httpx.AsyncClient,
        wall_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        """Ask nothing yet: a provider that is away must not keep a room from starting."""
        self._oidc = oidc
        self._public_url = public_url
        self._secret = secret
        self._client = client
        self._wall_ms = wall_ms
        self._provider: Provider | None = None
        self._keys: KeySet | None = None
        self._keys_at = 0

    async def start(self) -> tuple[str, Waiting]:
        """Return where somebody is sent, and what must wait for him.

        Raises:
            NotIdentifiedError: The provider does not answer.
        """
        provider = await self._known()
        state, nonce, verifier = (secrets.token_urlsafe(_RANDOM_BYTES) for _ in range(3))
        waiting = Waiting(state, nonce, verifier, self._wall_ms())
        return address_of(provider, self._oidc, self._public_url, waiting), waiting

    async def finish(self, query: Mapping[str, str], waiting: Waiting | None) -> Identity:
        """Return who comes back.

        Raises:
            NotIdentifiedError: Nobody, as far as can be shown.
        """
        code = code_of(query, waiting)
        assert waiting is not None, "a code was taken of somebody whom nothing waits for"
        provider = await self._known()
        token = await self._token(provider, code, waiting.verifier)
        expected, now = (self._oidc.client_id, waiting.nonce), EpochMs(self._wall_ms())
        try:
            return identity_of(token, (provider, await self._known_keys(provider)), expected, now)
        except StrangeKeyError:
            if now - self._keys_at < MINUTE_MS:
                raise
            self._keys = None
        return identity_of(token, (provider, await self._known_keys(provider)), expected, now)

    async def _known(self) -> Provider:
        if self._provider is None:
            issuer = self._oidc.issuer
            document = await self._ask("GET", issuer.rstrip("/") + _DISCOVERY)
            self._provider = provider_of(document, issuer)
        return self._provider

    async def _known_keys(self, provider: Provider) -> KeySet:
        if self._keys is None:
            self._keys = keys_of(await self._ask("GET", provider.jwks_uri))
            self._keys_at = self._wall_ms()
        return self._keys

    async def _token(self, provider: Provider, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._public_url.rstrip("/") + CALLBACK,
            "code_verifier": verifier,
        }
        headers, body = self._prepared(provider, str(httpx.QueryParams(form)))
        answer = await self._ask("POST", provider.token_endpoint, headers, body)
        try:
            return msgspec.json.decode(answer, type=_Answered).id_token
        except msgspec.MsgspecError as error:
            raise NotIdentifiedError("the provider gives no id token for the code") from error

    def _prepared(self, provider: Provider, form: str) -> tuple[Mapping[str, str], str]:
        """Add to a form, and to its headers, by what the provider knows us."""
        headers = {"content-type": "application/x-www-form-urlencoded"}
        method = "none" if self._secret is None else provider.secret_goes
        secret = self._secret.reveal() if self._secret else ""
        auth = cast("Callable[..., _Auth]", ClientAuth)(self._oidc.client_id, secret, method)
        _, ready, body = auth.prepare("POST", provider.token_endpoint, headers, form)
        return ready, body

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: str = ""
    ) -> bytes:
        try:
            answer = await self._client.request(method, url, headers=headers, content=body or None)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            why = f"the provider does not answer: {type(error).__name__}"
            raise NotIdentifiedError(why) from error
        if answer.status_code != _OK or len(answer.content) > _BYTES_MAX:
            raise NotIdentifiedError(f"the provider answers {answer.status_code}")
        return answer.content


class _Auth(Protocol):
    """As much of Authlib's authentication of clients as is used."""

    def prepare(self, method: str, uri: str, headers: dict[str, str], body: str) -> _Prepared: ...
