"""Whether the room can be believed, by a clock of our own."""

import asyncio

import httpx

from streams.room.assets import Assets
from streams.room.health import Health
from streams.room.web import build_room
from streams.web.doors import Web
from streams.web.settings import AccessLog
from tests.support.room_houses import Unseen, client_of
from tests.unit.room.rooms import Room


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return what it shows."""
        return self.now


def begun() -> tuple[Clock, Health]:
    """Return what is known at the first moment at which all is well."""
    clock = Clock()
    health = Health(clock)
    health.answered()
    health.told("")
    health.is_caught_up = True
    assert "" == health.problem
    return clock, health


def test_it_reads_before_it_is_ready() -> None:
    """What keeps it from that is said."""
    health = Health(Clock())
    health.answered()
    assert ("reading", "no round of reading has ended yet") == (health.problem, health.detail)
    health.told("not there: siaga.alerts")
    assert ("reading", "not there: siaga.alerts") == (health.problem, health.detail)


def test_kafka_that_is_silent_for_ten_seconds_is_away() -> None:
    """Until it answers."""
    clock, health = begun()
    for clock.now in (105.0, 110.0):
        health.told("")
        assert "" == health.problem
    clock.now = 110.1
    assert "kafka" == health.problem
    health.answered()
    assert "" == health.problem


def test_a_topic_that_is_gone_is_told_though_kafka_answers() -> None:
    """What is shown is what was: nobody would see it."""
    clock, health = begun()
    for clock.now in (100.2, 160.0):
        health.answered()
        health.told("not there: siaga.alerts")
        assert ("topics", "not there: siaga.alerts") == (health.problem, health.detail)


def test_one_good_round_between_bad_ones_is_not_believed() -> None:
    """Of several partitions one may fail again and again, while the others are read."""
    clock, health = begun()
    health.told("cannot be read")
    for clock.now in (100.2, 104.9):
        health.told("")
        assert "topics" == health.problem
    clock.now = 105.1
    health.told("")
    assert "" == health.problem


def test_reading_that_stands_still_is_told() -> None:
    """A round takes a fraction of a second; one that never ends says nothing by itself."""
    clock, health = begun()
    clock.now = 110.1
    health.answered()
    assert ("topics", "no round of reading has ended for 10 s") == (health.problem, health.detail)
    health.told("")
    assert "" == health.problem


def test_who_asks_is_told_why() -> None:
    """By a word for programs, and a sentence."""

    async def asked(client: httpx.AsyncClient) -> tuple[int, object]:
        answer = await client.get("/readyz")
        return answer.status_code, answer.json()

    async def run() -> None:
        room, (_, health) = Room(), begun()
        web = Web(Unseen(), 5.0, AccessLog.NONE)
        async with client_of(build_room(room.house, Assets(), health, web)) as client:
            assert (200, {"status": "ok"}) == await asked(client)
            health.told("not there: siaga.alerts")
            told = {"status": "topics", "detail": "not there: siaga.alerts"}
            assert (503, told) == await asked(client)
            health.is_ending = True
            assert (503, {"status": "ending"}) == await asked(client)

    asyncio.run(run())
