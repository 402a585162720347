"""A listening socket that leaves room for others: of one address there is a limit of connections.

It counts sockets, not requests: a connection takes its place when the kernel hands it over, before
TLS and before a byte of it was read, and gives it back when its socket is closed.
"""

import logging
import socket
import time
import weakref
from collections import Counter
from collections.abc import Callable
from typing import Final, cast

from streams.web.addresses import home_of

__all__ = ["Admitting", "Places"]

_COMPLAINT_S: Final = 60.0
_log: Final = logging.getLogger(__name__)


class Places:
    """How many connections each address has."""

    def __init__(
        self,
        most: int,
        is_exempt: Callable[[str], bool],
        steady_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with none.

        Args:
            most: How many one address may have.
            is_exempt: Tells of an address whether it may have more: a proxy speaks for many.
            steady_s: A clock that never goes back.
        """
        self._most = most
        self._is_exempt = is_exempt
        self._steady_s = steady_s
        self._taken = Counter[str]()
        self._complained_at: float | None = None

    def __len__(self) -> int:
        return len(self._taken)

    def take(self, address: str) -> Callable[[], None] | None:
        """Take a place, and return what gives it back; None: there is no more for this address."""
        home = home_of(address)
        if self._taken[home] >= self._most and not self._is_exempt(address):
            self._complain()
            return None
        self._taken[home] += 1
        return lambda: self._give_back(home)

    def _give_back(self, home: str) -> None:
        self._taken[home] -= 1
        if not self._taken[home]:
            del self._taken[home]

    def _complain(self) -> None:
        """Say it once in a while; never which address."""
        now = self._steady_s()
        if self._complained_at is None or now - self._complained_at >= _COMPLAINT_S:
            self._complained_at = now
            _log.warning(
                "connections of one address beyond %d are closed: if it is a proxy, name it in "
                "`proxies`; if many people share it, raise `limits.connections`",
                self._most,
            )


class Admitting(socket.socket):
    """A listening socket that hands over no connection of an address that has enough of them."""

    def __init__(self, bound: socket.socket, places: Places) -> None:
        """Take over a socket, which is none any more."""
        super().__init__(fileno=bound.detach())
        self._places = places

    def accept(self) -> tuple[socket.socket, object]:
        """Take the next connection.

        Raises:
            ConnectionAbortedError: It was closed; as if the client had gone by now.
        """
        taken, address = super().accept()
        leave = self._places.take(cast("tuple[str, int]", address)[0])
        if leave is None:
            taken.close()
            raise ConnectionAbortedError
        return _Guest(taken, leave), address


class _Guest(socket.socket):
    """A connection that gives back its place when it is closed, or forgotten."""

    def __init__(self, taken: socket.socket, leave: Callable[[], None]) -> None:
        super().__init__(fileno=taken.detach())
        self._leave = weakref.finalize(self, leave)
        self._leave.atexit = False

    def close(self) -> None:
        """Close it."""
        super().close()
        self._leave()
