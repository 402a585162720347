"""A server on loopback that behaves as servers do on a bad day, whatever it speaks.

It keeps what it was asked, so that a test can see what has gone over the wire. What it speaks is a
`Talk`: `speaking_http`, `speaking_smtp`.
"""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from enum import StrEnum
from pathlib import Path

import trustme
from msgspec import Struct

__all__ = ["Asked", "Behaviour", "Line", "Place", "Talk", "serve"]


class Behaviour(StrEnum):
    """What a server does with a request."""

    TAKES = "takes"
    SLOW = "slow"
    """It takes it, and answers byte by byte."""
    OVER_TLS = "over TLS"
    """It takes it, and shows a certificate that the sink was told to trust."""
    HUGE = "huge"
    """It takes it, and answers without end."""
    BUSY = "busy"
    """Not now, and it says for how many seconds."""
    BUSY_UNTIL = "busy until"
    """Not now, and it says until when."""
    BROKEN = "broken"
    REFUSES = "refuses"
    LOCKED = "locked"
    """It does not know the key any more."""
    GUARDED = "guarded"
    """It lets nobody in, or somebody on the way does not."""
    REDIRECTS = "redirects"
    CUT_BEFORE = "cut before"
    """It hangs up as soon as it was asked."""
    CUT_WITHIN = "cut within"
    """It hangs up in the middle of its answer."""
    GARBAGE = "garbage"
    """It speaks something else."""
    STRANGE_TLS = "strange TLS"
    """It shows a certificate of an authority that nobody trusts."""
    NEVER = "never"
    """It takes the request and says nothing."""
    CLOSED = "closed"
    """Nobody listens."""


class Asked(Struct, frozen=True):
    """What came over the wire: of HTTP its first line, of SMTP the recipient."""

    line: str
    headers: Mapping[str, str]
    """By names in small letters."""
    body: bytes


class Place(Struct, frozen=True, kw_only=True):
    """Where a server is, and what it was asked so far."""

    port: int
    is_tls: bool
    ca_file: str
    """Empty: no certificate has to be trusted."""
    asked: list[Asked]

    @property
    def url(self) -> str:
        """Its address without a slash at the end."""
        return f"{'https' if self.is_tls else 'http'}://127.0.0.1:{self.port}"


class Line(Struct, frozen=True):
    """One connection, seen from the server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    asked: list[Asked]

    async def say(self, text: bytes) -> None:
        """Send it, and wait until it is on its way."""
        self.writer.write(text)
        await self.writer.drain()

    async def say_slowly(self, text: bytes) -> None:
        """Send it byte by byte."""
        for byte in text:
            await self.say(bytes([byte]))

    async def say_without_end(self, text: bytes) -> None:
        """Send it again and again until nobody listens any more."""
        while not self.writer.is_closing():
            await self.say(text)

    async def hang(self) -> None:
        """Say nothing until the other side has gone."""
        await self.reader.read()


Talk = Callable[[Behaviour, Line], Awaitable[None]]
"""What a server does on one connection, until it hangs up."""


@contextlib.asynccontextmanager
async def serve(behaviour: Behaviour, talk: Talk, folder: Path) -> AsyncGenerator[Place]:
    """Run a server for a while; `folder` is for the certificate of its authority."""
    asked: list[Asked] = []
    connections: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # The other side may hang up at any time: that is what is tested.
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await talk(behaviour, Line(reader, writer, asked))
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.create_task(handle(reader, writer)))

    authority = trustme.CA()
    is_tls = behaviour in {Behaviour.OVER_TLS, Behaviour.STRANGE_TLS}
    context = _certified(authority) if is_tls else None
    server = await asyncio.start_server(connect, "127.0.0.1", 0, ssl=context)
    port: int = server.sockets[0].getsockname()[1]
    ca_file = folder / "authority.pem" if behaviour is Behaviour.OVER_TLS else None
    if ca_file is not None:
        authority.cert_pem.write_to_path(ca_file)
    if behaviour is Behaviour.CLOSED:
        server.close()
    try:
        yield Place(port=port, is_tls=is_tls, ca_file=str(ca_file or ""), asked=asked)
    finally:
        server.close()
        for task in connections:
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


def _certified(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.tempfile() as file:
        context.load_cert_chain(file)
    return context
