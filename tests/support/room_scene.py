"""A control room to look at: a judged story, a running clock, something new every few seconds.

    python -m tests.support.room_scene 8120            then http://127.0.0.1:8120/
    python -m tests.support.room_scene 8120 --login    nobody is logged in to begin with

For whoever builds the page. No broker: the world is in memory, what is done on the page goes
through the real application, and the real fold judges it. `/?as=propam-1` logs somebody else in;
all have the password below. Files of the page are read anew for each request.
"""

import asyncio
import secrets
import sys
import time
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl

from argon2 import PasswordHasher
from msgspec.structs import replace
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streams.domain.events import ActorRole
from streams.domain.times import SECOND_MS, EpochMs
from streams.room.assets import Assets
from streams.room.house import Day, House
from streams.room.passwords import Passwords
from streams.room.sessions import kept
from streams.room.users import User, Users
from streams.web.serving import Listen, bind, serve
from streams.web.settings import Serving
from streams.web.writer import Record
from tests.support.room_day import Scene
from tests.support.room_houses import Shelf, app_of, house_of

__all__ = ["PASSWORD", "Scene", "SceneWriter", "scene_app", "scene_house", "scene_users"]

PASSWORD: Final = "rejang-lebong-2024"
_ACTS_S: Final = 4
_STEP_S: Final = 0.25


class SceneWriter:
    """Lets what is written arrive a little later, as on Kafka."""

    def __init__(self, scene: Scene, delay_s: float = 0.3) -> None:
        """Write to a scene."""
        self._scene = scene
        self._delay_s = delay_s

    async def is_ready(self) -> bool:
        """Say that it takes records."""
        return True

    async def put(self, records: Sequence[Record]) -> None:
        """Take records."""
        for record in records:
            asyncio.get_running_loop().call_later(self._delay_s, self._arrive, record)

    def _arrive(self, record: Record) -> None:
        self._scene.arrive(record.topic, record.value, record.headers)


def scene_users(passwords: Passwords) -> Users:
    """Return one user of each role, and one of a part of the kabupaten."""
    kept = passwords.keep(PASSWORD)
    said = {
        "kapolres": ("Kapolres", ActorRole.COMMANDER, ""),
        "posko-1": ("Posko 1", ActorRole.OPERATOR, ""),
        "posko-curup": ("Posko Curup", ActorRole.OPERATOR, "17.02.09"),
        "penghubung-kpu": ("Penghubung KPU", ActorRole.LIAISON, "17.02"),
        "propam-1": ("Propam 1", ActorRole.PROPAM, "17.02"),
        "pemda": ("Pemda", ActorRole.VIEWER, "17.02"),
    }
    return Users(
        {
            id_: User(name=name, role=role, area=area, password=kept)
            for id_, (name, role, area) in said.items()
        }
    )


def scene_house(scene: Scene, *, delay_s: float = 0.3) -> House:
    """Return a house over a scene, with its users."""
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=1_024, parallelism=1))
    users = scene_users(passwords)
    writer = SceneWriter(scene, delay_s)
    clocks = (lambda: Day(scene.now, ()), time.monotonic)
    house = house_of(scene.feed, lambda: users, writer, passwords, clocks)
    return replace(house, journal=Shelf(scene.world.journal))


def scene_app(house: House, *, logged_in: str = "") -> ASGIApp:
    """Return the real application; of `logged_in` a browser gets the session with the page."""
    app = app_of(house, Assets(is_fresh=True))

    async def with_session(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookies = _session_headers(house, scope, logged_in)
                message["headers"] = [*message["headers"], *cookies]
            await send(message)

        await app(scope, receive, sent)

    return with_session


def _session_headers(house: House, scope: Scope, logged_in: str) -> list[tuple[bytes, bytes]]:
    """Return the cookie of somebody who is logged in by coming to the page."""
    path = str(scope["path"])
    if path.startswith(("/api", "/page", "/login")):
        return []
    query = dict(parse_qsl(scope["query_string"].decode()))
    has_one = any(name == b"cookie" and b"siaga=" in value for name, value in scope["headers"])
    name = query.get("as") or ("" if has_one else logged_in)
    user = house.people.users.by_id.get(name)
    if user is None:
        return []
    sessions, now = house.people.sessions, house.times.wall_ms()
    ticket = sessions.begin(name, user, now, secrets.token_hex(16))
    value = kept(sessions.cookie(ticket), now, sessions.ends_at(ticket, user), secure=False)
    return [(b"set-cookie", value.encode())]


async def _live(scene: Scene, house: House) -> None:
    """Let the day go on, with somebody who does something every few seconds."""
    beating = asyncio.create_task(house.hub.run())
    began, day = time.monotonic(), scene.now
    acted_s = 0.0
    while not beating.done():
        await asyncio.wait([beating], timeout=_STEP_S)
        passed_s = time.monotonic() - began
        scene.pass_to(EpochMs(day + int(passed_s * SECOND_MS)))
        if passed_s - acted_s >= _ACTS_S:
            acted_s = passed_s
            scene.act()


async def _serve(port: int, logged_in: str) -> None:
    began = time.monotonic()
    scene = Scene()
    house = scene_house(scene)
    app = scene_app(house, logged_in=logged_in)
    ready_s = time.monotonic() - began
    sys.stdout.write(f"ready after {ready_s:.0f} s: http://127.0.0.1:{port}/\n")
    sys.stdout.flush()
    living = asyncio.create_task(_live(scene, house))
    with bind(Listen("127.0.0.1", port)) as bound:
        await serve(app, bound, Serving(what="the scene", connections=500), house.hub.end)
    living.cancel()


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if not one.startswith("-")]
    asyncio.run(
        _serve(int(arguments[0]) if arguments else 8120, "" if "--login" in sys.argv else "posko-1")
    )
