"""Writing apart from the event loop: what hangs holds up nobody else."""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from streams.sinks.apart import Apart
from streams.sinks.cap import CapSender
from streams.sinks.cap_settings import CapSettings
from streams.sinks.file import FileSender
from streams.sinks.http import Http
from streams.sinks.sender import Sender
from streams.sinks.sink import Delivered, Outcome, TryAgain
from streams.sinks.stdout import StdoutSender
from tests.conformance.sinks.samples import delivery

SHORT_S = 0.2


def nothing() -> None:
    """Write nothing."""


async def given_up(apart: Apart, deed: Callable[[], None]) -> None:
    """Begin to write, and give it up after a while."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(SHORT_S):
            await apart.write(deed, "file")


def test_while_a_write_hangs_its_place_is_busy() -> None:
    """And as soon as it has ended it is free again."""
    hangs = threading.Event()

    def wait() -> None:
        hangs.wait()

    async def story() -> list[Outcome]:
        apart = Apart()
        await given_up(apart, wait)
        found = [await apart.write(nothing, "file") for _ in range(8)]
        hangs.set()
        async with asyncio.timeout(5):
            while Delivered() not in found:
                found.append(await apart.write(nothing, "file"))
        return found

    assert [TryAgain("busy")] * 8 == asyncio.run(story())[:8]


def test_who_comes_while_another_writes_waits_for_his_turn() -> None:
    """A place that is only slow is busy to nobody."""
    now, most = list[int](), list[int]()

    def deed() -> None:
        now.append(1)
        most.append(len(now))
        now.pop()

    async def story() -> list[Outcome]:
        apart = Apart()
        return await asyncio.gather(*(apart.write(deed, "file") for _ in range(20)))

    assert [Delivered()] * 20 == asyncio.run(story())
    assert [1] * 20 == most


def test_a_fault_of_ours_is_raised_and_a_disk_that_fails_is_not() -> None:
    """The one is to be mended, the other to be tried again."""

    def raising(error: Exception) -> Callable[[], None]:
        def deed() -> None:
            raise error

        return deed

    async def story() -> Outcome:
        apart = Apart()
        with pytest.raises(ZeroDivisionError):
            await apart.write(raising(ZeroDivisionError()), "file")
        return await apart.write(raising(OSError()), "file")

    assert TryAgain("file") == asyncio.run(story())


async def tries(sender: Sender, target: str) -> list[Outcome]:
    """Return what comes of three tries, but of one that is given up after a while.

    The loop has a single thread, and at the end it must be free.
    """
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    outcomes = list[Outcome]()
    for _ in range(3):
        try:
            async with asyncio.timeout(SHORT_S):
                outcomes.append(await sender.send(delivery(target)))
        except TimeoutError:
            continue
    async with asyncio.timeout(5):
        await asyncio.to_thread(nothing)
    return outcomes


def let_go(pipe: Path) -> None:
    """Let whoever waits for a reader of a pipe go on, and find that it is gone."""
    os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))


def test_a_file_that_hangs_holds_up_no_other_channel(tmp_path: Path) -> None:
    """The threads of the loop stay free: the names of all servers are resolved in them."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert [TryAgain("busy")] * 2 == asyncio.run(tries(FileSender(pipe), ""))
    let_go(pipe)


def test_a_folder_that_hangs_holds_up_no_other_channel(tmp_path: Path) -> None:
    """Nor another folder of the same channel."""
    sender = CapSender(CapSettings(sender="siaga.example"), Http(1))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert [True] * 3 == [isinstance(one, Delivered) for one in told(sender, tmp_path / "a")]
    [file] = (tmp_path / "a").iterdir()
    pipe = file.with_suffix(".part")
    os.mkfifo(pipe)
    assert [TryAgain("busy")] * 2 == told(sender, tmp_path / "a")
    assert [True] * 3 == [isinstance(one, Delivered) for one in told(sender, tmp_path / "b")]
    let_go(pipe)


def told(sender: Sender, folder: Path) -> list[Outcome]:
    """Return what comes of tries to write into a folder."""
    return asyncio.run(tries(sender, f"file:{folder}"))


def test_an_output_that_hangs_holds_up_no_other_channel() -> None:
    """Somebody has stopped to read it."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):
        while os.write(writing, b"x" * 4_096):
            pass
    os.set_blocking(writing, True)
    output = os.fdopen(writing, "wb", buffering=0)
    assert [TryAgain("busy")] * 2 == asyncio.run(tries(StdoutSender(output), ""))
    os.close(reading)
    output.close()
