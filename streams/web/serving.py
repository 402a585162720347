"""An application behind a socket: uvicorn, TLS, limits of connections, and an end in good order.

At SIGTERM or Ctrl-C no connection is taken any more, what is being answered is answered, and then
the block of whoever called ends, which lets what waits for Kafka be written.
"""

import asyncio
import logging
import signal
import socket
import ssl
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Final, cast

import uvicorn
from msgspec import Struct
from starlette.types import ASGIApp

from streams.errors import ConfigError
from streams.web.addresses import one_of
from streams.web.admitting import Admitting, Places
from streams.web.connection import Connection
from streams.web.settings import Serving

__all__ = ["Listen", "bind", "parse_listen", "serve"]

_GRACE_S: Final = 15
_KEEP_ALIVE_S: Final = 30
_BACKLOG: Final = 2_048
_SHARE: Final = 4
"""One address may have a quarter of all connections, so that others find room."""
_PORT_MAX: Final = 65_535
_PORT_DIGITS: Final = 5
_MS: Final = 1_000
_HSTS: Final = ("strict-transport-security", f"max-age={7 * 24 * 60 * 60}")
"""For a week: who has tried it before the day cannot be led to a page without TLS on the day."""
_log: Final = logging.getLogger(__name__)


class Listen(Struct, frozen=True):
    """Where it listens."""

    host: str
    port: int


def parse_listen(text: str, usual: str) -> Listen:
    """Return the host and port of `HOST:PORT`; a host of IPv6 stands in brackets.

    Args:
        text: What somebody has written.
        usual: What he is shown as an example.

    Raises:
        ConfigError: It is none.
    """
    host, colon, port = text.rpartition(":")
    is_number = port.isdecimal() and len(port) <= _PORT_DIGITS
    if not colon or not host or not is_number or int(port) > _PORT_MAX:
        raise ConfigError(f"--listen: expected HOST:PORT as {usual}, got {text!r}")
    return Listen(host.removeprefix("[").removesuffix("]"), int(port))


def bind(listen: Listen) -> socket.socket:
    """Return a socket that is bound.

    Raises:
        ConfigError: Somebody else has it, or there is no such address here.
    """
    where = f"{listen.host}:{listen.port}"
    try:
        (family, kind, protocol, _, address), *_ = socket.getaddrinfo(
            listen.host, listen.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        with ExitStack() as unless_bound:
            bound = unless_bound.enter_context(socket.socket(family, kind, protocol))
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
            unless_bound.pop_all()
    except OSError as error:
        raise ConfigError(
            f"--listen: {where} cannot be used ({error.strerror}): name another"
        ) from error
    return bound


async def serve(
    app: ASGIApp,
    bound: socket.socket,
    serving: Serving,
    ending: Callable[[], None] = lambda: None,
) -> None:
    """Answer requests until SIGTERM or Ctrl-C.

    Args:
        app: What answers.
        bound: Where.
        serving: How.
        ending: Is called when the end begins, for answers that would never end by themselves.

    Raises:
        ConfigError: A certificate cannot be used.
    """
    server = _Server(_config(app, serving), serving.what, ending)
    places = Places(max(1, serving.connections // _SHARE), one_of(serving.proxies))
    listening = Admitting(bound, places)
    _let_go_of_who_takes_nothing(listening, serving.stalled_s)
    # uvicorn raises the signal again when it has ended; by then it has done what it asks for.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ignore)
    await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says where it listens, in our words."""

    def __init__(self, config: uvicorn.Config, what: str, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._what = what
        self._ending = ending

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for one in sockets or []:
            host, port = cast("tuple[str, int]", one.getsockname()[:2])
            scheme = "https" if self.config.is_ssl else "http"
            _log.info("%s is open at %s://%s:%d", self._what, scheme, host, port)


def _ignore(_number: int, _frame: object) -> None:
    """Do nothing: what the signal asks for is done."""


def _let_go_of_who_takes_nothing(listening: socket.socket, stalled_s: float) -> None:
    """Have the kernel end connections whose client takes nothing of what was written for it.

    It is the one that sees it also behind TLS. Connections have it of the socket that listens.
    """
    if sys.platform == "linux":
        milliseconds = int(stalled_s * _MS)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def _config(app: ASGIApp, serving: Serving) -> uvicorn.Config:
    tls = serving.tls
    config = uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", partial(Connection, head_s=serving.head_s)),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        headers=[_HSTS] if serving.is_secure else [],
        proxy_headers=bool(serving.proxies),
        forwarded_allow_ips=list(serving.proxies),
        backlog=_BACKLOG,
        limit_concurrency=serving.connections,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_GRACE_S,
        ssl_certfile=tls.certificate_file if tls else None,
        ssl_keyfile=tls.key_file if tls else None,
        ssl_ca_certs=tls.client_ca_file or None if tls else None,
        ssl_cert_reqs=ssl.CERT_OPTIONAL if tls and tls.client_ca_file else ssl.CERT_NONE,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"tls: the certificates cannot be used ({error.strerror})") from error
    if isinstance(config.ssl, ssl.SSLContext):
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_2
    return config
