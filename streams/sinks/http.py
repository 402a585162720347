"""HTTP for all that speak it: one place that turns what a network does into an outcome.

| what happens                                  | outcome                               |
|-----------------------------------------------|---------------------------------------|
| 2xx                                           | an answer, for the sink to read       |
| 408, 425, 429, 5xx                            | try again, after `Retry-After` if any |
| 3xx, 401, 403, 407                            | try again: the channel is at fault    |
| any other status                              | refused                               |
| no connection, cut off, not HTTP              | try again: `connection`               |
| a certificate that we don't trust             | try again: `tls`                      |
| nothing in time                               | try again: `timeout`                  |
| an address that is none                       | refused: `address`                    |

A key that has expired, or a network that wants somebody to log in first, says nothing about a
message: it is good again when somebody has mended the channel. A redirect is not followed: it would
carry a telephone number and a token to somewhere that nobody configured. Of an answer no more is
read than a sink needs.
"""

import ssl
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp
from msgspec import Struct

from streams.errors import ConfigError
from streams.sinks.sink import Delivered, Outcome, Refused, TryAgain

__all__ = [
    "Http",
    "HttpAnswer",
    "HttpRequest",
    "outcome_of",
    "retry_after",
    "trust",
]

ANSWER_BYTES_MAX: Final = 64 * 1024
_WAIT_S_MAX: Final = 3_600.0
_AGAIN: Final = frozenset({408, 425, 429})
_OF_THE_CHANNEL: Final = frozenset({401, 403, 407, *range(300, 400)})
_SERVER_ERRORS: Final = range(500, 600)
_SUCCESSES: Final = range(200, 300)


class HttpRequest(Struct, frozen=True, kw_only=True):
    """What is sent; neither address nor header nor body is in any message or log."""

    method: str = "POST"
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""

    def __repr__(self) -> str:
        """Show that there is one."""
        return f"HttpRequest({self.method})"


class HttpAnswer(Struct, frozen=True):
    """What came back; the body is cut at as many bytes as are read of it."""

    status: int
    body: bytes = b""
    retry_after_s: float | None = None

    def __repr__(self) -> str:
        """Show the status alone: a body may repeat what it answers."""
        return f"HttpAnswer({self.status})"


class Http:
    """Connections to a server, or to many; opened when they are first needed."""

    def __init__(
        self,
        timeout_s: float,
        tls: ssl.SSLContext | None = None,
        answer_bytes_max: int = ANSWER_BYTES_MAX,
    ) -> None:
        """Promise that no call takes longer than `timeout_s`; trust as `tls` does, or as usual."""
        self._answer_bytes_max = answer_bytes_max
        self._timeout_s = timeout_s
        self._tls = tls
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self, request: HttpRequest, timeout_s: float | None = None
    ) -> HttpAnswer | TryAgain | Refused:
        """Send once and return the answer, whatever its status, or why there is none."""
        try:
            return await self._send(request, timeout_s or self._timeout_s)
        except TimeoutError:
            return TryAgain("timeout")
        except (aiohttp.ClientSSLError, ssl.SSLError):
            return TryAgain("tls")
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError):
            return Refused("address")
        except (aiohttp.ClientError, OSError):
            return TryAgain("connection")

    async def close(self) -> None:
        """Let go of all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _send(self, request: HttpRequest, timeout_s: float) -> HttpAnswer:
        async with self._open().request(
            request.method,
            request.url,
            data=request.body or None,
            headers=request.headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=timeout_s),
        ) as response:
            body = await _read(response.content, self._answer_bytes_max)
            wait_s = retry_after(response.headers.get("Retry-After", ""), time.time())
            return HttpAnswer(response.status, body, wait_s)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=self._tls or True),
                cookie_jar=aiohttp.DummyCookieJar(),
                # A packed answer could be larger than what it is packed into, so we ask for none.
                headers={"Accept-Encoding": "identity", "User-Agent": "siaga"},
                auto_decompress=False,
            )
        return self._session


async def _read(content: aiohttp.StreamReader, bytes_max: int) -> bytes:
    """Return the beginning of a body; what is longer is left where it is."""
    found = bytearray()
    async for chunk in content.iter_chunked(ANSWER_BYTES_MAX):
        found += chunk
        if len(found) >= bytes_max:
            break
    return bytes(found[:bytes_max])


def outcome_of(answer: HttpAnswer) -> Outcome:
    """Return what a status means for a message; a success has no reference."""
    status = answer.status
    if status in _SUCCESSES:
        return Delivered()
    if status in _AGAIN or status in _SERVER_ERRORS or status in _OF_THE_CHANNEL:
        return TryAgain(f"http {status}", answer.retry_after_s)
    return Refused(f"http {status}")


def retry_after(text: str, now_s: float) -> float | None:
    """Return the seconds that a `Retry-After` asks for, an hour at most; None: it asks for none.

    It is a number of seconds or a date. A date that is past asks for no wait at all.
    """
    stripped = text.strip()
    if stripped.isascii() and stripped.isdecimal():
        return min(float(stripped[:9]), _WAIT_S_MAX)
    try:
        at_s = parsedate_to_datetime(stripped).timestamp()
    except (ValueError, OverflowError):
        return None
    return min(max(at_s - now_s, 0.0), _WAIT_S_MAX)


def trust(field: str, ca_file: str) -> ssl.SSLContext | None:
    """Return what to trust: the authorities of a file, or None for those that everybody does.

    Raises:
        ConfigError: The file that the setting `field` names cannot be used.
    """
    if not ca_file:
        return None
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        why = error.strerror or "no certificate in it"
        raise ConfigError(f"{field}: {ca_file} cannot be used ({why}): name a PEM file") from error
