"""Two hundred screens on one room while a thousand alerts a minute are opened.

What an officer's call for help takes from Kafka to each screen's stream, and how much memory the
room takes meanwhile; broker, worker, room and all screens share this machine.

pytest -q -s -m slow tests/kafka/test_room_storm.py
"""

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import aiohttp
import httpx
import pytest

from tests.faults.province import Size, province
from tests.kafka.rooms import PASSWORD, RoomFiles
from tests.kafka.siaga import Siaga, Started, wib_now
from tests.support.kafka import Kafka
from tests.support.records import ordered_producer
from tests.unit.gate.ports import free_port

pytestmark = [pytest.mark.kafka, pytest.mark.slow]

MIB: Final = 1_048_576
SCREENS: Final = 200
USERS: Final = 10
"""A user may have twenty streams."""
A_MINUTE: Final = 1_000
MINUTES: Final = 5
P99_S: Final = 1.0
GROWTH_MAX: Final = 64 * MIB
"""After the first minute; four thousand more alerts are kept by then."""
SIZE: Final = Size(kabupaten=13, tps=600)
"""With more officers than there are calls."""
_QUIET_S: Final = 30.0
_POLL_S: Final = 0.1
_SCOPE: Final = re.compile(rb'"code":"(officer:[^"]+)"')


def todays_province(parent: Path) -> Path:
    """Write the election folder of a province that votes today."""
    folder = province(parent / "lampung", SIZE)
    election = folder / "election.toml"
    text = election.read_text("utf-8")
    assert "date = 2024-11-27" in text
    election.write_text(text.replace("2024-11-27", f"{wib_now():%Y-%m-%d}"), encoding="utf-8")
    return folder


def officers(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield id and kabupaten of every officer."""
    header, *rows = (folder / "personnel.csv").read_text("utf-8").splitlines()
    columns = header.split(",")
    for row in rows:
        cells = dict(zip(columns, row.split(","), strict=True))
        yield cells["officer"], cells["kabupaten"]


def duress(officer: str, kabupaten: str) -> bytes:
    """Return a call for help."""
    return json.dumps(
        {
            "id": f"d-{kabupaten}-{officer}",
            "at": wib_now().isoformat(timespec="milliseconds"),
            "kind": "duress",
            "officer": officer,
            "area": kabupaten,
            "source": {"id": officer, "role": "pam_tps"},
        }
    ).encode()


class Screens:
    """Streams that note when they are told of each call."""

    def __init__(self) -> None:
        self.told: list[dict[bytes, float]] = [{} for _ in range(SCREENS)]
        """Of each screen: when it was told of each scope first, on this process's clock."""
        self.ready = 0

    async def all_told(self, count: int) -> None:
        """Wait until each has been told of so many scopes."""
        for _ in range(round(_QUIET_S / _POLL_S)):
            if min(map(len, self.told)) == count:
                return
            await asyncio.sleep(_POLL_S)
        raise AssertionError(f"of {count} calls: {sorted(map(len, self.told))[:5]} … were told")

    async def look(self, number: int, port: int, cookies: dict[str, str]) -> None:
        """Read a stream until it is cancelled."""
        told = self.told[number]
        forever = aiohttp.ClientTimeout(total=None)
        async with (
            aiohttp.ClientSession(cookies=cookies, timeout=forever) as session,
            session.get(f"http://127.0.0.1:{port}/api/v1/stream") as answer,
        ):
            assert 200 == answer.status
            self.ready += 1
            rest = b""
            async for chunk in answer.content.iter_any():
                events, _, rest = (rest + chunk).rpartition(b"\n\n")
                now = time.monotonic()
                for scope in _SCOPE.findall(events):
                    told.setdefault(scope, now)


class Storm:
    """A thousand calls a minute, and how the screens and the room bear them."""

    def __init__(self, broker: str, topic: str, calls: list[tuple[str, str]]) -> None:
        self.sent: dict[bytes, float] = {}
        """When each call was sent, by scope."""
        self.screens = Screens()
        self._producer = ordered_producer(broker, linger_ms=5)
        self._topic = topic
        self._calls = calls

    async def run(
        self, port: int, sessions: list[dict[str, str]], minute: Callable[[], None]
    ) -> None:
        """Let all screens look, and send; `minute` is called before and after each minute."""
        looking = [
            asyncio.create_task(self.screens.look(n, port, sessions[n % len(sessions)]))
            for n in range(SCREENS)
        ]
        while self.screens.ready < SCREENS:
            _raise_failed(looking)
            await asyncio.sleep(_POLL_S)
        minute()
        began = time.monotonic()
        for number, (officer, kabupaten) in enumerate(self._calls):
            await asyncio.sleep(began + number * 60 / A_MINUTE - time.monotonic())
            self.sent[f"officer:{kabupaten}/{officer}".encode()] = time.monotonic()
            self._producer.produce(self._topic, duress(officer, kabupaten))
            self._producer.poll(0)
            if (number + 1) % A_MINUTE == 0:
                _raise_failed(looking)
                minute()
        self._producer.flush(_QUIET_S)
        await self.screens.all_told(len(self.sent))
        for task in looking:
            task.cancel()
        await asyncio.gather(*looking, return_exceptions=True)

    def delays(self) -> list[float]:
        """Return how long each call took to each screen, the shortest first."""
        return sorted(
            at - self.sent[scope] for told in self.screens.told for scope, at in told.items()
        )


def _raise_failed(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        if task.done():
            task.result()


def logged_in(port: int, user: str) -> dict[str, str]:
    """Log somebody in, and return the cookies."""
    form = {"user": user, "password": PASSWORD}
    answer = httpx.post(f"http://127.0.0.1:{port}/api/v1/session", json=form, timeout=30)
    assert 200 == answer.status_code, answer.text
    return dict(answer.cookies)


def resident_bytes(process: Started) -> int:
    """Return how much memory a process has that is not swapped out."""
    status = Path(f"/proc/{process.process.pid}/status").read_text("ascii")
    (line,) = (one for one in status.splitlines() if one.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def test_two_hundred_screens_are_told_within_a_second(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Each of a thousand alerts a minute, on every screen; and memory stays flat."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), todays_province(tmp_path)
    calls = list(officers(folder))[: A_MINUTE * MINUTES]
    assert A_MINUTE * MINUTES == len(calls)
    files, port = RoomFiles(siaga, tmp_path, folder), free_port()
    users = [f"ruang-{number}" for number in range(USERS)]
    for user in users:
        files.add(user, "operator", "18")
    assert 0 == siaga.run("topics", "create").returncode
    storm, memory = Storm(kafka.bootstrap, f"{prefix}tps.status", calls), list[int]()
    with files.start_worker() as worker, files.start(port) as room:
        worker.line_with("took over partition 2")
        room.line_with("the room has read what is there")
        sessions = [logged_in(port, user) for user in users]
        asyncio.run(storm.run(port, sessions, lambda: memory.append(resident_bytes(room))))
    delays = storm.delays()
    p50, p99 = (delays[int(len(delays) * share)] for share in (0.5, 0.99))
    print(  # noqa: T201 - the numbers are what it is run for
        f"\n{len(calls)} alerts in {MINUTES} minutes to {SCREENS} screens: p50 {p50:.2f} s, "
        f"p99 {p99:.2f} s, most {delays[-1]:.2f} s; resident MiB by the minute: "
        + " ".join(f"{one / MIB:.0f}" for one in memory)
    )
    assert len(calls) * SCREENS == len(delays)
    assert p99 < P99_S
    assert memory[-1] - memory[1] <= GROWTH_MAX
