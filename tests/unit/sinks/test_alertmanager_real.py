"""The real Alertmanager, Debian's: what it has after each moment of a played day is what is open.

Left out where the package cannot be fetched.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.times import EpochMs
from streams.sinks.alertmanager_mirror import AlertmanagerMirror, Replica
from streams.sinks.mirror import Equal, MirrorOutcome
from streams.sinks.mirror_api import Api, http_of
from streams.sinks.mirror_settings import AlertmanagerSettings
from streams.sinks.sink import TryAgain
from streams.wire.board import Board
from tests.support.alert_records import alert_records, board_after
from tests.support.alertmanager import Alertmanager, alertmanagers
from tests.support.amtool import free_ports, groups, held, should_have, silences
from tests.support.debian import or_left_out, unpacked
from tests.support.shown import alert_id, board_of, put, shown

pytestmark = pytest.mark.debian

ELECTIONS: Final = Path(__file__).parents[3] / "elections"
DAY: Final = ELECTIONS / "carenang-binuang-2019"
EXAMPLE: Final = Path(__file__).parents[3] / "deploy" / "alertmanager" / "alertmanager.yml"
ENOUGH: Final = 9
A: Final = alert_id(1)


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Generator[list[Alertmanager]]:
    """Run two replicas that do not know each other, with the example's configuration."""
    or_left_out(lambda: unpacked("prometheus-alertmanager"))
    folder = tmp_path_factory.mktemp("alertmanager")
    with alertmanagers(folder, free_ports(2), EXAMPLE.read_text()) as running:
        yield running


@asynccontextmanager
async def mirror(
    replica: Alertmanager, source: str, restricted: tuple[str, ...] = ()
) -> AsyncGenerator[AlertmanagerMirror]:
    """Give a mirror in a replica, as a process that has just begun has it."""
    said = AlertmanagerSettings(urls=(replica.url,), timeout_s=5, restricted=restricted)
    api = Api(http_of(said, "mirrors.am"), replica.url, {})
    one = AlertmanagerMirror(said, Replica(source, source), api)
    try:
        yield one
    finally:
        await one.close()


def now() -> EpochMs:
    """Return the time by which the real Alertmanager decides."""
    return EpochMs(int(time.time() * 1000))


async def look(one: AlertmanagerMirror, board: Board) -> MirrorOutcome:
    """Let a mirror look once."""
    return await one.look(board, now())


def moments() -> list[int]:
    """Return after how many records of the day somebody looks."""
    count = len(alert_records(DAY))
    return [count * part // ENOUGH for part in range(1, ENOUGH + 1)]


def test_it_holds_exactly_the_open_alerts_all_day(replicas: list[Alertmanager]) -> None:
    """At every moment of a played day, though the mirror's process dies twice."""
    records, replica = alert_records(DAY), replicas[0]

    async def until_it_dies(some: list[int]) -> None:
        async with mirror(replica, "day") as one:
            for moment in some:
                board = board_after(records[:moment], now())
                assert isinstance(await look(one, board), Equal)
                assert should_have(board) == await asyncio.to_thread(held, replica, "day")

    async def story() -> None:
        looked = moments()
        for first in range(0, len(looked), 3):
            await until_it_dies(looked[first : first + 3])

    asyncio.run(story())
    assert should_have(board_after(records, now())), "the day ends with something open"


def test_nothing_that_ended_while_the_mirror_was_dead_stays(replicas: list[Alertmanager]) -> None:
    """Neither what was resolved meanwhile nor the level that an alert has left."""
    replica, source = replicas[0], "dead"

    async def story() -> None:
        async with mirror(replica, source) as before:
            await look(before, board_of(shown(A, level="polsek"), shown(alert_id(2))))
        async with mirror(replica, source) as after:
            await look(after, board_of(shown(A, level="polres")))

    asyncio.run(story())
    assert {A: ("high", "polres")} == held(replica, source)


def test_a_replica_that_was_down_catches_up(replicas: list[Alertmanager]) -> None:
    """The other has everything meanwhile; when it is back, one look is enough."""
    up, down = replicas
    board = board_of(shown(A))

    async def story() -> None:
        async with mirror(up, "down") as one, mirror(down, "down") as other:
            for each in (one, other):
                await look(each, board)
            down.kill()
            put(board, shown(alert_id(2)), shown(A, AlertState.RESOLVED))
            assert [Equal, TryAgain] == [type(await look(each, board)) for each in (one, other)]
            assert {alert_id(2)} == set(await asyncio.to_thread(held, up, "down"))
            await asyncio.to_thread(down.start)
            assert isinstance(await look(other, board), Equal)
            assert {alert_id(2)} == set(await asyncio.to_thread(held, down, "down"))

    asyncio.run(story())


def test_a_shelved_alert_is_silenced_once_until_it_is_unshelved(
    replicas: list[Alertmanager],
) -> None:
    """Also by a mirror that is new; the alert is there all the time."""
    replica, source = replicas[0], "shelf"

    async def one_look(state: AlertState) -> None:
        async with mirror(replica, source) as one:
            assert isinstance(await look(one, board_of(shown(A, state))), Equal)

    for _ in range(3):
        asyncio.run(one_look(AlertState.SHELVED))
        assert ([A], {A}) == (silences(replica, source), set(held(replica, source)))
    asyncio.run(one_look(AlertState.UNACKNOWLEDGED))
    assert ([], {A}) == (silences(replica, source), set(held(replica, source)))


def test_everything_goes_where_the_example_routes_it(replicas: list[Alertmanager]) -> None:
    """A kabupaten is a group; inhibited and restricted alerts have receivers of their own."""
    replica, source = replicas[0], "groups"
    alerts = (
        shown(alert_id(1)),
        shown(alert_id(2)),
        shown(alert_id(3, "17.02"), scope="17.02.09.1001-001"),
        shown(alert_id(4), AlertState.INHIBITED),
        replace(shown(alert_id(5)), restricted_to=("propam",)),
    )

    async def story() -> None:
        async with mirror(replica, source, restricted=("propam",)) as one:
            await look(one, board_of(*alerts))

    asyncio.run(story())
    expected = {
        ("posko", "36.04"): {alert_id(1), alert_id(2)},
        ("posko", "17.02"): {alert_id(3, "17.02")},
        ("nobody", "36.04"): {alert_id(4)},
        ("restricted", "36.04"): {alert_id(5)},
    }
    assert expected == groups(replica, source)


def test_a_mirror_of_everybody_shows_nothing_restricted(replicas: list[Alertmanager]) -> None:
    """Nor a drill: who looks at it need not be one of those few."""
    replica, source = replicas[0], "everybody"
    secret = replace(shown(alert_id(1)), restricted_to=("propam",))
    drill = replace(shown(alert_id(2)), drill=True, election="serang-2024#drill-1")

    async def story() -> None:
        async with mirror(replica, source) as one:
            await look(one, board_of(secret, drill, shown(alert_id(3))))

    asyncio.run(story())
    assert {alert_id(3)} == set(held(replica, source))
