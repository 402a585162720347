"""A connection of HTTP/1.1: uvicorn's, with its client's certificate, an end, and limits of a head.

    made ──head whole──► answering ──answered──► idle ──first byte of the next head──► waits anew
      └─ no whole head in time: gone            └─ uvicorn's own limit of an idle connection

uvicorn has limits for what follows a head only. Bytes count from the last of which anything became,
a head or a part of a body, so that fields behind a body are bounded as well.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final, cast

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from streams.web.aborting import ABORT
from streams.web.doors import CERTIFICATES

__all__ = ["Connection"]

_HEAD_BYTES: Final = 64 * 1024

_Certificate = Mapping[str, Sequence[tuple[str, str]]]
"""As much of a certificate's description by `ssl` as is looked at."""


class Connection(HttpToolsProtocol):
    """One connection, from its beginning to its end."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        head_s: float,
    ) -> None:
        """Made by uvicorn; within `head_s` the whole head of a request must have come."""
        super().__init__(config, server_state, app_state, _loop)
        self._head_s = head_s
        self._bytes = 0
        """That came since the last of which anything became."""
        self._ending: asyncio.TimerHandle | None = None
        """Set while a head is awaited; before the first there is no `cycle`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As uvicorn has it.
        """Begin to wait for a head."""
        super().connection_made(transport)
        found = cast("_Certificate | None", transport.get_extra_info("peercert"))
        mine = {CERTIFICATES: _names_of(found), ABORT: transport.abort}
        self.app_state = {**self.app_state, **mine}
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_awaiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, as far as there is an end to it."""
        self._bytes += len(data)
        super().data_received(data)
        if self._bytes > _HEAD_BYTES:
            self.transport.abort()
        elif self._ending is None and self.cycle.response_complete:
            self._await_head()

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        super().on_headers_complete()
        self._stop_awaiting()
        self._bytes = 0

    def on_body(self, body: bytes) -> None:
        """Take in a part of a body; how long that may take and how large it is its door says."""
        self._bytes = 0
        super().on_body(body)

    def _await_head(self) -> None:
        # Not closed: that would wait until the client has taken what was written for it.
        self._ending = self.loop.call_later(self._head_s, self.transport.abort)

    def _stop_awaiting(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None


def _names_of(certificate: _Certificate | None) -> frozenset[str]:
    """Return the alternative names of a certificate, as `DNS:app.example`."""
    if not certificate:
        return frozenset()
    return frozenset(f"{kind}:{name}" for kind, name in certificate.get("subjectAltName", ()))
