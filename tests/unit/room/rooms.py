"""A room for tests of its handlers: a few documents, a user of each role, and no Kafka."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Self

import httpx
from msgspec.structs import replace

from streams.domain.alert import Ladder
from streams.domain.events import ActorRole
from streams.engine.topics import Topic
from streams.room.assets import Assets
from streams.room.feed import Feed
from streams.room.house import Day, House
from streams.room.model import Model
from streams.room.names import Names
from streams.room.users import User, Users
from streams.territory.plan import Plan
from tests.support.room_houses import Memory, Shelf, app_of, arrived, client_of, house_of, put_in
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import NOW, area, reply, report, tps
from tests.unit.room.people import HASHED, PASSWORD, passwords
from tests.unit.territory.folders import AREAS, plan_of

__all__ = [
    "ADM",
    "ALERT",
    "ALL_REPORTS",
    "CONDUCT",
    "OUTSIDE_ALERT",
    "OUTSIDE_CONDUCT",
    "OUTSIDE_REPORT",
    "OUTSIDE_TPS",
    "REPORT",
    "SECRET",
    "TPS",
    "Room",
    "Visitor",
    "visiting",
]

ALERT: Final = alert_id(1)
SECRET: Final = alert_id(2)
OUTSIDE_ALERT: Final = alert_id(3, "36.05")
ADM: Final = alert_id(4)
TPS: Final = "36.04.17.2010-001"
OUTSIDE_TPS: Final = "36.05.01.2001-001"
REPORT: Final = "3604-" + "R" * 16
OUTSIDE_REPORT: Final = "3605-" + "R" * 16
CONDUCT: Final = "3604-" + "S" * 16
"""A report that Propam alone may know of."""
OUTSIDE_CONDUCT: Final = "3605-" + "S" * 16
ALL_REPORTS: Final = (REPORT, OUTSIDE_REPORT, CONDUCT, OUTSIDE_CONDUCT)
AREA: Final = "36.04"
_PLANS: Final[tuple[Plan, ...]] = (plan_of(),)
_ASSETS: Final = Assets()


class Room:
    """The application, what it writes, and who may come in."""

    def __init__(self) -> None:
        self.model = Model()
        outside = replace(shown(OUTSIDE_ALERT, scope=OUTSIDE_TPS), election="lebak-2024")
        documents = (
            shown(ALERT),
            replace(shown(SECRET), restricted_to=("propam",), ladder=Ladder.PROP, rule="W08"),
            replace(shown(ADM, level="kpps"), ladder=Ladder.ADM),
            outside,
            report(REPORT),
            report(OUTSIDE_REPORT, "36.05"),
            report(CONDUCT, roles=("propam",)),
            report(OUTSIDE_CONDUCT, "36.05", roles=("propam",)),
            *(area(), area("36.05"), area("36.04.17"), tps(), tps(OUTSIDE_TPS)),
        )
        put_in(self.model, *documents, at=NOW)
        for offset, value in enumerate((b'{"id":7}', b'{"id":7,"category":"NET-01"}')):
            self.put_aside(value, offset)
        self.feed = Feed(self.model, Names(_PLANS, (), AREAS))
        self.users = Users(
            {
                f"{role}{suffix}": User(name=role, role=role, area=of, password=HASHED)
                for role in ActorRole
                if role is not ActorRole.SYSTEM
                for suffix, of in (("", AREA), ("-all", ""), ("-36", "36"))
            }
        )
        self.memory = Memory()
        self.journal = Shelf()
        day = Day(NOW, ())
        # A clock that stands: a slow machine must not be given tokens for its slowness.
        clocks = (lambda: day, lambda: 0.0)
        house = house_of(self.feed, lambda: self.users, self.memory, passwords(), clocks)
        self.serve(replace(house, journal=self.journal))

    def serve(self, house: House) -> None:
        """Answer by a house from now on."""
        self.house = house
        self.app = app_of(house, _ASSETS)

    def put_aside(self, value: bytes, offset: int, topic: str = Topic.TPS_STATUS) -> None:
        """Let a dead letter arrive."""
        words = (("reason", b"schema"), ("topic", topic.encode()), ("detail", b"x"))
        letter = arrived(Topic.DEADLETTER, "k", value, NOW, words)
        self.model.apply(replace(letter, offset=offset))

    def visit(self, name: str = "") -> "Visitor":
        """Return somebody who comes by; without a name nobody logs in."""
        return Visitor(self, name)

    def answer(self, command: str, user: str) -> None:
        """Let the fold answer."""
        put_in(self.model, reply(command, user), at=NOW)


class Visitor:
    """A browser in a room."""

    def __init__(self, room: Room, name: str) -> None:
        self._client = client_of(room.app)
        self._name = name
        self.csrf = ""

    async def __aenter__(self) -> Self:
        if self._name:
            answer = await self.log_in(self._name, PASSWORD)
            assert 200 == answer.status_code, answer.text
            self.csrf = answer.json()["csrf"]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    @property
    def cookie(self) -> str:
        """The header by which the session is known."""
        return "; ".join(f"{name}={value}" for name, value in self._client.cookies.items())

    async def log_in(self, name: str, password: str, **headers: str) -> httpx.Response:
        """Try a password."""
        form = {"user": name, "password": password}
        return await self._client.post("/api/v1/session", json=form, headers=headers)

    async def send(self, path: str, body: bytes) -> httpx.Response:
        """Send some bytes, whatever they are."""
        return await self._client.post(path, content=body)

    async def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> httpx.Response:
        """Ask for something, as the page does."""
        sent = {"x-siaga-csrf": self.csrf, "origin": "http://room.example"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        if body is None:
            return await self._client.request(method, path, headers=sent)
        return await self._client.request(method, path, headers=sent, json=body)


def visiting(name: str, talk: Callable[[Room, Visitor], Awaitable[None]]) -> None:
    """Let somebody come into a room, and talk."""

    async def run() -> None:
        room = Room()
        async with room.visit(name) as visitor:
            await talk(room, visitor)

    asyncio.run(run())
