"""The control room of a demo: a page at this machine, and a login that is made up for it.

The password is another one each time, is printed once, and is gone with the demo. The page listens
on this machine alone; where its usual port is taken, on another.
"""

import secrets
import socket
import tempfile
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.cli.demo_stage import Process, Verb, running
from streams.config import Config
from streams.domain.alert import Text
from streams.domain.events import ActorRole
from streams.errors import UnavailableError
from streams.room.passwords import Passwords
from streams.room.users import User
from streams.room.users_file import change_users

__all__ = ["WORKER", "Login", "login_lines", "made_login", "start_room"]

WORKER: Final = Verb(("worker",), "the worker", "took over partition")
_USER: Final = "demo"
_HOST: Final = "127.0.0.1"
_PORT: Final = 8120
_PASSWORD_BYTES: Final = 9


class Login(Struct, frozen=True):
    """Somebody who may come in, and the settings that let him."""

    config: Config
    user: str
    password: str
    port: int

    def __repr__(self) -> str:
        """Show no password."""
        return f"Login({self.user!r})"


@contextmanager
def made_login(config: Config) -> Generator[Login]:
    """Make up a commander for the time of the block."""
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    user = User(
        name="Demo", role=ActorRole.COMMANDER, password=Passwords().keep(password), idle_minutes=600
    )
    with tempfile.TemporaryDirectory(prefix="siaga-demo-") as folder:
        file = Path(folder) / "users.toml"
        change_users(file, lambda users: users.with_user(_USER, user))
        yield Login(replace(config, users_file=str(file)), _USER, password, _free_port())


async def start_room(stage: AsyncExitStack, login: Login) -> tuple[Process, Login]:
    """Run the room until the stage ends, at another port if somebody else has taken its own.

    Raises:
        UnavailableError: It did not start, there either.
    """
    try:
        room = await stage.enter_async_context(running(login.config, _room_verb(login)))
    except UnavailableError:
        login = replace(login, port=_free_port())
        room = await stage.enter_async_context(running(login.config, _room_verb(login)))
    return room, login


def _room_verb(login: Login) -> Verb:
    words = ("room", "--listen", f"{_HOST}:{login.port}")
    return Verb(words, "the room", "the room has read what is there")


def login_lines(login: Login, lasts_s: float) -> tuple[str, ...]:
    """Say where the page is, how to come in, and until when."""
    minutes = max(1, round(lasts_s / 60))
    address = f"http://{_HOST}:{login.port}/"
    said = Text(
        f"Ruang kendali: {address}  nama {login.user}  sandi {login.password}"
        f"  (ditutup saat cerita selesai, sekitar {minutes} menit)",
        f"Control room: {address}  user {login.user}  password {login.password}"
        f"  (closes when the story ends, in about {minutes} min)",
    )
    return said.id, said.en


def _free_port() -> int:
    for port in (_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind((_HOST, port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise AssertionError("some port is free")
