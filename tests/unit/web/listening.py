"""A server over a real socket of the loopback, and a client that says what it likes to it."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final

from starlette.types import ASGIApp

from streams.web.serving import Listen, bind, serve
from streams.web.settings import Serving

__all__ = ["ASK", "PATIENCE_S", "Client", "client", "listening"]

PATIENCE_S: Final = 20.0
ASK: Final = b"GET / HTTP/1.1\r\nhost: room.example\r\n\r\n"
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@asynccontextmanager
async def listening(app: ASGIApp, serving: Serving) -> AsyncGenerator[int]:
    """Answer by an application for the time of the block; yields the port."""
    before = [signal.getsignal(number) for number in _SIGNALS]
    with bind(Listen("127.0.0.1", 0)) as bound:
        port: int = bound.getsockname()[1]
        # Whoever comes before the server is there waits for it.
        bound.listen()
        server = asyncio.create_task(serve(app, bound, serving))
        # From its first turn on the server has the signals.
        await asyncio.sleep(0)
        try:
            yield port
        finally:
            signal.raise_signal(signal.SIGTERM)
            async with asyncio.timeout(PATIENCE_S):
                await server
            for number, handler in zip(_SIGNALS, before, strict=True):
                signal.signal(number, handler)


class Client:
    """One connection, to which nothing is said by itself."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Made by `client`."""
        self._reader = reader
        self._writer = writer

    def say(self, data: bytes) -> None:
        """Send some bytes."""
        self._writer.write(data)

    async def has_said(self) -> None:
        """Wait until what was sent is on its way; it may be refused."""
        with suppress(ConnectionError):
            async with asyncio.timeout(PATIENCE_S):
                await self._writer.drain()

    async def status(self) -> int:
        """Return the status of the next answer, which has no body; 0: there is none."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            async with asyncio.timeout(PATIENCE_S):
                head = await self._reader.readuntil(b"\r\n\r\n")
                return int(head.split()[1])
        return 0

    async def asks(self) -> int:
        """Ask once, and return the status."""
        self.say(ASK)
        return await self.status()

    async def is_gone(self) -> bool:
        """Wait until the other side has ended the connection; False: it has said something."""
        with suppress(ConnectionError):
            async with asyncio.timeout(PATIENCE_S):
                return await self._reader.read(1) == b""
        return True


@asynccontextmanager
async def client(port: int, address: str = "127.0.0.1") -> AsyncGenerator[Client]:
    """Connect from an address of the loopback."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        yield Client(reader, writer)
    finally:
        writer.transport.abort()
        with suppress(ConnectionError):
            await writer.wait_closed()
