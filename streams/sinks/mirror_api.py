"""What a mirror asks of another system and tells it: JSON over HTTP, and why it failed."""

import base64
from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec

from streams.errors import ConfigError
from streams.sinks.http import Http, HttpAnswer, HttpRequest, outcome_of, trust
from streams.sinks.mirror_settings import MirrorSettings
from streams.sinks.secret import Secret
from streams.sinks.sink import Delivered, Refused, TryAgain
from streams.wire.text import NOT_READABLE

__all__ = ["Api", "Failure", "basic", "bearer", "http_of"]

ANSWER_BYTES_MAX: Final = 64 * 1024 * 1024
"""All that another system has of a bad day are some megabytes."""
_JSON: Final = {"Content-Type": "application/json"}

Failure = TryAgain | Refused
Found = TypeVar("Found")


class Api:
    """The API of another system below one address."""

    def __init__(self, http: Http, url: str, authorization: Mapping[str, str]) -> None:
        self._http = http
        self._url = url.rstrip("/")
        self._headers = _JSON | dict(authorization)

    async def ask(
        self, method: str, path: str, decoder: msgspec.json.Decoder[Found], body: bytes = b""
    ) -> Found | Failure:
        """Return what it answers, or why nobody knows."""
        answer = await self._answer(method, path, body)
        if not isinstance(answer, HttpAnswer):
            return answer
        try:
            return decoder.decode(answer.body)
        except NOT_READABLE:
            return TryAgain("answer")

    async def tell(self, method: str, path: str, body: bytes = b"") -> Failure | None:
        """Tell it something, and return why it did not take it; None: it did."""
        answer = await self._answer(method, path, body)
        return None if isinstance(answer, HttpAnswer) else answer

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    async def _answer(self, method: str, path: str, body: bytes) -> HttpAnswer | Failure:
        url = f"{self._url}/{path}" if path else self._url
        request = HttpRequest(method=method, url=url, headers=self._headers, body=body)
        answer = await self._http.send(request)
        if not isinstance(answer, HttpAnswer):
            return answer
        outcome = outcome_of(answer)
        return answer if isinstance(outcome, Delivered) else outcome


def http_of(settings: MirrorSettings, where: str) -> Http:
    """Return connections as the settings of a mirror want them.

    Raises:
        ConfigError: Its file of authorities cannot be used.
    """
    return Http(settings.timeout_s, trust(f"{where}.ca_file", settings.ca_file), ANSWER_BYTES_MAX)


def bearer(secret: Secret) -> Mapping[str, str]:
    """Return the header of somebody who has a token."""
    return {"Authorization": f"Bearer {secret.reveal()}"}


def basic(username: str, secret: Secret) -> Mapping[str, str]:
    """Return the header of somebody who has a name and a password.

    Raises:
        ConfigError: A name with a colon in it cannot be told from its password.
    """
    if ":" in username:
        raise ConfigError("username: expected none with a colon in it")
    pair = base64.b64encode(f"{username}:{secret.reveal()}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}
