"""The embedded broker comes up, serves and is gone; and Tansu does what the module says it does.

The facts are tested because the embedded profile stands on them: a newer Tansu that does more (or
less) should be noticed here, and the table in `streams.embedded` changed.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import UnknownError
from confluent_kafka import Consumer, TopicPartition

from streams.embedded import EmbeddedBroker, embedded_broker
from streams.engine.admin import Admin, check_topics, create_topics, find_differences, open_admin
from streams.engine.topic_check import Missing, OtherPartitions
from streams.engine.topics import TopicLayout, plan_topics
from streams.errors import UnavailableError
from tests.support.records import Headers, read_one, send_one

T = TypeVar("T")
PLAN: Final = plan_topics(TopicLayout())
LONG_AGO_MS: Final = 1_000
# A program of somebody else's that holds a broker; it says where, and then waits to be ended.
HOLDER: Final = """
import asyncio
import signal
from streams.embedded import embedded_broker

async def main():
    async with embedded_broker() as broker:
        print(broker.pid, flush=True)
        await asyncio.Event().wait()

# Where tests run in the background, Ctrl-C is switched off for all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
asyncio.run(main())
"""


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Give this test a home and a place for temporary folders that nobody else writes to."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return home, temporary


def is_alive(pid: int) -> bool:
    """Say whether a process is there; one that ended and was not waited for is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")


def is_gone_soon(pid: int) -> bool:
    """Say whether a process ends within a few seconds."""
    give_up = time.monotonic() + 5
    while is_alive(pid):
        if time.monotonic() > give_up:
            return False
        time.sleep(0.01)
    return True


def serve(job: Callable[[EmbeddedBroker], Coroutine[Any, Any, T]]) -> T:
    """Run one job beside a broker."""

    async def run() -> T:
        async with embedded_broker() as broker:
            return await job(broker)

    return asyncio.run(run())


def ask(job: Callable[[Admin], Coroutine[Any, Any, T]]) -> T:
    """Run one job on a connection to a broker."""

    async def connected(broker: EmbeddedBroker) -> T:
        async with open_admin(broker.address) as admin:
            return await job(admin)

    return serve(connected)


def test_it_serves_and_leaves_nothing(folders: tuple[Path, Path]) -> None:
    """A message goes in and comes out; afterwards process, folder and home are as before."""
    home, temporary = folders

    async def job(broker: EmbeddedBroker) -> tuple[int, str | bytes | None]:
        assert broker.is_running()
        assert [path.name for path in temporary.iterdir()] != []
        place = send_one(broker.address, "tps.status", b"{}")
        return broker.pid, read_one(broker.address, place).value()

    pid, value = serve(job)
    assert b"{}" == value
    assert not is_alive(pid)
    assert [] == [*temporary.iterdir()]
    assert [] == [*home.iterdir()]


def test_an_error_ends_it(folders: tuple[Path, Path]) -> None:
    """Whatever is raised beside it, it is gone when the error arrives."""
    _, temporary = folders
    pids: list[int] = []

    async def job(broker: EmbeddedBroker) -> None:
        pids.append(broker.pid)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        serve(job)
    assert [False] == [is_alive(pid) for pid in pids]
    assert [] == [*temporary.iterdir()]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_it_never_outlives_its_program(folders: tuple[Path, Path], how: signal.Signals) -> None:
    """Killed, interrupted or told to end: no broker is left behind; home stays empty."""
    home, temporary = folders
    program = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        assert is_alive(pid)
        program.send_signal(how)
        program.wait(10)
    assert is_gone_soon(pid)
    assert [] == [*home.iterdir()]
    if how is signal.SIGINT:
        assert [] == [*temporary.iterdir()]


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    """The error says which file was looked for, and how to have it."""

    async def job() -> None:
        async with embedded_broker(tmp_path / "tansu"):
            pytest.fail("nothing was started, and it answered")

    with pytest.raises(UnavailableError, match=r"tansu.*pip install"):
        asyncio.run(job())


def test_a_program_that_may_not_run_is_named(tmp_path: Path) -> None:
    """Some installers lose the permission; the error has the command that gives it back."""
    program = tmp_path / "tansu"
    program.write_text("", "utf-8")
    program.chmod(0o644)

    async def job() -> None:
        async with embedded_broker(program):
            pytest.fail("nothing was started, and it answered")

    with pytest.raises(UnavailableError, match=rf"chmod \+x {program}"):
        asyncio.run(job())


def test_a_program_that_does_not_start_is_quoted(tmp_path: Path) -> None:
    """Its last words are in the message, without colours."""
    program = tmp_path / "tansu"
    program.write_text('#!/bin/sh\nprintf "\\033[31mno memory left\\033[0m\\n"\nexit 1\n', "utf-8")
    program.chmod(0o755)

    async def job() -> None:
        async with embedded_broker(program):
            pytest.fail("nothing was started, and it answered")

    with pytest.raises(UnavailableError, match=r"(?m)^no memory left$"):
        asyncio.run(job())


def test_two_run_side_by_side() -> None:
    """Each finds a port of its own, and neither knows the other's topics."""

    async def job() -> None:
        async with embedded_broker() as one, embedded_broker() as two:
            assert one.address != two.address
            async with open_admin(one.address) as admin:
                await create_topics(admin, PLAN)
            async with open_admin(two.address) as admin:
                assert [] == await admin.client.list_topics()

    asyncio.run(job())


def test_it_takes_the_plan_of_topics() -> None:
    """All topics with their partitions; of settings only the embedded check is content with it."""

    async def job(admin: Admin) -> None:
        assert len(PLAN) == len(await create_topics(admin, PLAN))
        await check_topics(admin, PLAN, embedded=True)
        assert () == await create_topics(admin, PLAN)

    ask(job)


def test_the_embedded_check_still_sees_what_is_missing() -> None:
    """Names and numbers of partitions count on every broker."""
    other = plan_topics(TopicLayout(partitions=3))

    async def job(admin: Admin) -> set[type]:
        await create_topics(admin, PLAN[1:])
        return {type(one) for one in await find_differences(admin, other, embedded=True)}

    assert {Missing, OtherPartitions} == ask(job)


def test_asking_about_topics_makes_none() -> None:
    """Tansu makes a topic that is asked for by name; a check must leave no trace."""

    async def job(admin: Admin) -> list[str]:
        await find_differences(admin, PLAN)
        names: list[str] = await admin.client.list_topics()
        return names

    assert [] == ask(job)


def test_fact_there_is_no_broker_clock() -> None:
    """`LogAppendTime` is ignored: a record keeps the time that its sender gave it."""

    async def job(broker: EmbeddedBroker) -> int:
        async with open_admin(broker.address) as admin:
            await create_topics(admin, PLAN)
        place = send_one(broker.address, "tps.status", b"{}", time_ms=LONG_AGO_MS)
        return read_one(broker.address, place).timestamp()[1]

    assert LONG_AGO_MS == serve(job)


def test_fact_it_refuses_an_idempotent_producer() -> None:
    """InitProducerId is not known, so the embedded profile must turn idempotence off."""

    async def job(broker: EmbeddedBroker) -> None:
        producer = AIOKafkaProducer(bootstrap_servers=broker.address, enable_idempotence=True)
        try:
            await producer.start()
        finally:
            await producer.stop()

    with pytest.raises(UnknownError):
        serve(job)


@pytest.mark.parametrize("compression", ["gzip", "snappy", "lz4", "zstd"])
def test_fact_it_keeps_compressed_records_and_headers(compression: str) -> None:
    """Foreign producers compress as they like and send headers; both arrive."""
    value = b"a" * 2000
    headers: Headers = [("siaga-drill", b"D1"), ("empty", b"")]

    async def job(broker: EmbeddedBroker) -> tuple[object, object]:
        place = send_one(broker.address, "x", value, headers, compression_type=compression)
        record = read_one(broker.address, place)
        return record.value(), record.headers()

    assert (value, headers) == serve(job)


def test_fact_a_group_forms_in_half_a_session_and_keeps_its_offsets() -> None:
    """With a session of 6 s a lone member owns all partitions after 3 s, and what it commits."""

    async def job(broker: EmbeddedBroker) -> tuple[float, int, int]:
        async with open_admin(broker.address) as admin:
            await create_topics(admin, PLAN)
        group = {"group.id": "intake", "session.timeout.ms": 6_000, "enable.auto.commit": False}
        consumer = Consumer({"bootstrap.servers": broker.address, **group})
        began = time.monotonic()
        consumer.subscribe(["tps.status"])
        while not (owned := consumer.assignment()) and time.monotonic() - began < 10:
            consumer.poll(0.05)
        joined_s = time.monotonic() - began
        consumer.commit(offsets=[TopicPartition("tps.status", 1, 7)], asynchronous=False)
        [committed] = consumer.committed([TopicPartition("tps.status", 1)], timeout=5)
        consumer.close()
        return joined_s, len(owned), committed.offset

    joined_s, partitions, committed = serve(job)
    assert 2 < joined_s < 5
    assert (4, 7) == (partitions, committed)
