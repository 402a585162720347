"""The stage of a demo: a broker, topics of its own, processes; and nothing of it afterwards.

Everything that is written lies in temporary folders. The broker and the processes end with the
block, and where the kernel can do it, with this process however it ends (`streams.embedded`). On a
broker of somebody else's, the demo has a prefix of its own, and deletes its topics at the end.
"""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.cli.broker import delete_topics, layout_of
from streams.config import ENVIRONMENT_PREFIX, ClockSource, Config, Role, print_config
from streams.embedded import bound_to_this_process, embedded_broker
from streams.engine.admin import create_topics, open_admin
from streams.engine.topics import plan_topics
from streams.errors import UnavailableError

__all__ = ["Process", "Verb", "demo_config", "own_broker", "own_topics", "running"]

_PARTITIONS: Final = 1  # The day lies in one kabupaten, so in one: more would only cost marks.
_INPUT_PARTITIONS: Final = 2
_READY_S: Final = 40.0
_DRAIN_S: Final = 6.0
_POLL_S: Final = 0.1
_LAST_LINES: Final = 12


def demo_config(config: Config, election: Path, broker: str, *, embedded: bool) -> Config:
    """Return the settings of a demo: an installation of its own, however often it is played."""
    return replace(
        config,
        broker=broker,
        prefix=f"siaga-demo-{secrets.token_hex(4)}.",
        elections=(str(election.resolve()),),
        role=Role.ALL,
        instance="",
        clock=ClockSource.PLAYED,
        embedded=embedded,
        partitions=_PARTITIONS,
        input_partitions=_INPUT_PARTITIONS,
        metrics_port=0,
    )


@asynccontextmanager
async def own_broker(named: str) -> AsyncGenerator[str]:
    """Return the address of the broker that was named; without a name run the embedded one."""
    if named:
        yield named
        return
    async with embedded_broker() as broker:
        yield broker.address


@asynccontextmanager
async def own_topics(config: Config) -> AsyncGenerator[None]:
    """Have topics for the time of the block.

    Raises:
        UnavailableError: The broker does not answer.
    """
    async with open_admin(config.broker) as admin:
        await create_topics(admin, plan_topics(layout_of(config)))
    try:
        yield
    finally:
        if not config.embedded:  # That one ends, and with it everything it has.
            await delete_topics(config)


class Verb(Struct, frozen=True):
    """A verb of ours that runs as a process."""

    words: tuple[str, ...]
    """The verb, and what it is told."""
    name: str
    """What people call it."""
    ready: str
    """What it logs when it has begun."""


class Process:
    """A verb as a process of its own."""

    def __init__(self, config: Config, verb: Verb, folder: Path) -> None:
        """Start it; settings and log are files of `folder`."""
        self._verb = verb
        settings = folder / "siaga.toml"
        settings.write_text(print_config(config), encoding="utf-8")
        self._log = folder / "process.log"
        command = [sys.executable, "-m", "streams.cli", *verb.words, "--config", str(settings)]
        # The settings of the demo count, whatever the environment says.
        environment = {
            name: text
            for name, text in os.environ.items()
            if not name.startswith(ENVIRONMENT_PREFIX)
        }
        with self._log.open("wb") as log:
            # A session of its own: Ctrl-C in the terminal is for us, who end it after the player.
            self._process = subprocess.Popen(  # noqa: S603 - our own program.
                bound_to_this_process(command),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    async def until_ready(self) -> None:
        """Wait until it has begun.

        Raises:
            UnavailableError: It has ended, or the time is up.
        """
        for _ in range(int(_READY_S / _POLL_S)):
            if self._verb.ready in self._log.read_text("utf-8", "replace"):
                return
            self._check_running()
            await asyncio.sleep(_POLL_S)
        last = self._last_lines()
        raise UnavailableError(f"{self._verb.name} does not begin. Its last words:\n{last}")

    async def until_ended(self) -> None:
        """Wait until it has ended by itself, which it should not.

        Raises:
            UnavailableError: Always, in the end.
        """
        while True:
            self._check_running()
            await asyncio.sleep(_POLL_S)

    async def end(self) -> None:
        """Ask it to end, and end it if it does not."""
        self._process.send_signal(signal.SIGTERM)
        for _ in range(int(_DRAIN_S / _POLL_S)):
            if self._process.poll() is not None:
                return
            await asyncio.sleep(_POLL_S)
        self._process.kill()
        self._process.wait()

    def _check_running(self) -> None:
        code = self._process.poll()
        if code is not None:
            raise UnavailableError(
                f"{self._verb.name} ended with exit code {code}. "
                f"Its last words:\n{self._last_lines()}"
            )

    def _last_lines(self) -> str:
        return "\n".join(self._log.read_text("utf-8", "replace").splitlines()[-_LAST_LINES:])


@asynccontextmanager
async def running(config: Config, verb: Verb) -> AsyncGenerator[Process]:
    """Run a verb for the time of the block, and begin when it has begun.

    Raises:
        UnavailableError: It does not.
    """
    with tempfile.TemporaryDirectory(prefix="siaga-demo-") as folder:
        process = Process(config, verb, Path(folder))
        try:
            await process.until_ready()
            yield process
        finally:
            await process.end()
