"""An identity provider for tests: it speaks OpenID Connect over ASGI, with keys that are real.

It does what a provider must: it checks the redirect, the client's secret, and the verifier against
the challenge (PKCE), and gives a code once. What it says in a token a test may spoil.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.unit.room.people import NOW

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "ISSUER", "FakeProvider", "rsa_key"]

ISSUER: Final = "https://id.example/realms/polri"
CLIENT_ID: Final = "siaga"
CLIENT_SECRET: Final = "a secret: with signs"
_METHODS: Final = "token_endpoint_auth_methods_supported"
_NOW_S: Final = NOW // 1_000
Json = dict[str, Any]


def rsa_key(name: str) -> RSAKey:
    """Return a new pair of keys."""
    return RSAKey.generate_key(2_048, {"kid": name, "use": "sig", "alg": "RS256"})


class FakeProvider:
    """Somebody who knows who people are.

    Attributes:
        person: What it says of whoever logs in.
        spoilt: Claims that are put in the place of the right ones; None leaves one out.
        calls: Paths that it was asked for.
    """

    def __init__(self, *, has_secret: bool = True) -> None:
        self.person: Json = {"sub": "subject-1", "email": "a@b.id", "email_verified": True}
        self.spoilt: Json = {}
        self.configuration: Json = {}
        self.key = rsa_key("key-1")
        self.shown = [self.key]
        self.calls: list[str] = []
        self.status = 200
        self._has_secret = has_secret
        self._codes: dict[str, Mapping[str, str]] = {}
        path = urlsplit(ISSUER).path
        self._app = Starlette(
            routes=[
                Route(f"{path}/.well-known/openid-configuration", self._configured),
                Route(f"{path}/keys", self._keys),
                Route(f"{path}/token", self._token, methods=["POST"]),
            ]
        )

    def client(self) -> httpx.AsyncClient:
        """Return a client that reaches this provider and nobody else."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self._app))

    def log_in(self, url: str) -> dict[str, str]:
        """Log somebody in at an address of ours; return what he comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert url.startswith(f"{ISSUER}/authorize?"), url
        assert ("code", CLIENT_ID) == (asked["response_type"], asked["client_id"])
        assert ("S256", "openid email") == (asked["code_challenge_method"], asked["scope"])
        code = secrets.token_urlsafe()
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    async def _configured(self, request: Request) -> Response:
        self.calls.append(request.url.path)
        document = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        return JSONResponse(document | self.configuration, self.status)

    async def _keys(self, request: Request) -> Response:
        self.calls.append(request.url.path)
        return JSONResponse(KeySet([*self.shown]).as_dict(private=False))

    async def _token(self, request: Request) -> Response:
        self.calls.append(request.url.path)
        body = (await request.body()).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or not self._is_known(request, form):
            return JSONResponse({"error": "invalid_grant"}, 400)
        challenge = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        if (proof, form["redirect_uri"]) != (asked["code_challenge"], asked["redirect_uri"]):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"access_token": "x", "id_token": self._id_token(asked["nonce"])})

    def _is_known(self, request: Request, form: Mapping[str, str]) -> bool:
        if not self._has_secret:
            return form.get("client_id") == CLIENT_ID
        if "client_secret_post" in self.configuration.get(_METHODS, ()):
            return form.get("client_secret") == CLIENT_SECRET
        secret = f"{CLIENT_ID}:{CLIENT_SECRET}"
        expected = base64.b64encode(secret.encode()).decode()
        return request.headers.get("authorization") == f"Basic {expected}"

    def _id_token(self, nonce: str) -> str:
        times = {"iat": _NOW_S, "exp": _NOW_S + 300}
        claims = {"iss": ISSUER, "aud": CLIENT_ID, "nonce": nonce, **times, **self.person}
        claims |= self.spoilt
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, said, self.key)
