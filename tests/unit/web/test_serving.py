"""Where a gate listens."""

import asyncio
import socket

import httpx
import pytest
from starlette.responses import PlainTextResponse

from streams.errors import ConfigError
from streams.web.serving import Listen, bind, parse_listen
from streams.web.settings import Serving
from tests.unit.web.listening import listening


@pytest.mark.parametrize(
    ("text", "listen"),
    [
        ("127.0.0.1:8110", Listen("127.0.0.1", 8110)),
        ("[::1]:8110", Listen("::1", 8110)),
        ("gate.example:0", Listen("gate.example", 0)),
    ],
)
def test_a_place_is_a_host_and_a_port(text: str, listen: Listen) -> None:
    """A host of IPv6 stands in brackets."""
    assert listen == parse_listen(text, "127.0.0.1:8120")


@pytest.mark.parametrize(
    "text", ["8110", ":8110", "host:", "host:x", "host:70000", "host:" + "9" * 5_000, ""]
)
def test_what_is_no_place_is_refused(text: str) -> None:
    """With an example of one."""
    with pytest.raises(ConfigError, match=r"expected HOST:PORT as 127\.0\.0\.1:8120"):
        parse_listen(text, "127.0.0.1:8120")


def test_a_place_that_somebody_has_is_named() -> None:
    """And so is one that is not here."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port: int = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"127\.0\.0\.1:{port} cannot be used"):
            bind(Listen("127.0.0.1", port))
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1:1 cannot be used"):
        bind(Listen("192.0.2.1", 1))
    with bind(Listen("127.0.0.1", 0)) as bound:
        assert 0 != bound.getsockname()[1]


@pytest.mark.parametrize("is_secure", [True, False])
def test_who_comes_by_tls_is_told_to_come_by_nothing_else(is_secure: bool) -> None:  # noqa: FBT001  a column of the table
    """Every answer says so for a week, also one that something in front of us forwards."""

    async def heads() -> httpx.Headers:
        serving = Serving(what="the tests", connections=40, is_secure=is_secure)
        async with listening(PlainTextResponse("ya"), serving) as port, httpx.AsyncClient() as web:
            return (await web.get(f"http://127.0.0.1:{port}/")).headers

    wanted = "max-age=604800" if is_secure else None
    assert wanted == asyncio.run(heads()).get("strict-transport-security")
