"""A real Apache Kafka of one node, for tests, benchmarks and developers.

Its jars come from Maven once and are kept in `.cache/kafka` of the work tree, under the hash of the
list of what is needed, so a changed list fetches again and a half-finished fetch is never used.
Each broker has its own temporary folder and its own free ports on the loopback interface, and the
kernel ends it with the process that started it.

    python -m tests.support.kafka --port 9092

runs one until Ctrl-C.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from streams.embedded import bound_to_this_process

ROOT: Final = Path(__file__).parents[2]
POM: Final = Path(__file__).with_name("kafka-pom.xml")
CACHE: Final = ROOT / ".cache" / "kafka"

_FETCH_S: Final = 600
_FORMAT_S: Final = 60
_READY_S: Final = 60
_STOP_S: Final = 20
_POLL_S: Final = 0.05
_LAST_LINES: Final = 25
_CLUSTER: Final = "c2lhZ2Etb24tdGhlLWFsZQ"  # Any 16 bytes in base64.
# What lives for seconds or minutes is not worth the best machine code.
_QUICK: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_SHORT_LIVED: Final = (*_QUICK, "-Xmx256m")
_HEAP: Final = ("-Xms256m", "-Xmx1g")

# After `kill` a broker may register again only when its old session is over: 9 s by default.
_SETTINGS: Final = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{broker}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
num.partitions=1
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
message.max.bytes=3145728
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=400
"""


class KafkaError(Exception):
    """The broker, or what it needs, is not to be had; the message has the end of its log."""


def jars() -> Path:
    """Return the folder of Kafka's jars, fetched by Maven if they are not there yet.

    Raises:
        KafkaError: Maven is missing, or failed.
    """
    stamp = hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    folder = CACHE / stamp
    CACHE.mkdir(parents=True, exist_ok=True)
    with _locked(CACHE / "lock"):
        if not folder.is_dir():
            _fetch(folder)
    return folder


@contextmanager
def _locked(path: Path) -> Generator[None]:
    """Let one process at a time fetch; the kernel frees the lock of one that dies."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(folder: Path) -> None:
    """Fill a new folder and give it its name only when it is complete."""
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    goal = "dependency:copy-dependencies"
    options = ["-B", "-q", "-f", str(POM), "-DincludeScope=runtime"]
    command = [_tool("mvn"), *options, goal, f"-DoutputDirectory={unfinished}"]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_FETCH_S)
    if run.returncode or not unfinished.is_dir():
        raise KafkaError(f"Maven could not fetch Kafka's jars:\n{run.stdout}{run.stderr}")
    unfinished.rename(folder)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise KafkaError(f"{name} is not installed: a real Kafka needs Java 17 and Maven")
    return found


def tool_command(main_class: str, *arguments: str) -> list[str]:
    """Return the command that runs one of Kafka's own tools, by the name of its class."""
    return [_tool("java"), *_SHORT_LIVED, "-cp", f"{jars()}/*", main_class, *arguments]


class Kafka:
    """One broker: formatted and ready inside `with`, gone with everything it wrote after it.

    `kill` is `kill -9`; `restart` brings the same broker back, on the same port with what it had
    on disk. Neither needs the other first: `restart` of a running broker stops it properly.
    """

    def __init__(self, port: int | None = None, *, is_measured: bool = False) -> None:
        """Choose its ports.

        Args:
            port: Where it answers; None: any that is free.
            is_measured: It runs as a server does; else it is quick to start.
        """
        self._jvm = _HEAP if is_measured else (*_HEAP, *_QUICK)
        ports = _free_ports(2)
        self.port = port or ports[0]
        self.bootstrap = f"127.0.0.1:{self.port}"
        self.started_in_s = 0.0
        """How long the last start took, from the command to the first answer."""
        self._folder = Path(tempfile.mkdtemp(prefix="siaga-kafka-"))
        self.log = self._folder / "kafka.log"
        self._settings = self._folder / "server.properties"
        self._settings.write_text(
            _SETTINGS.format(broker=self.port, controller=ports[1], data=self._folder / "data")
        )
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._format()
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What it has on disk goes with it, so nothing is won by letting it end in order.
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        """Process id of the running broker."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it in order, and if it does not obey in time, by force."""
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_S)
            self.kill()

    def restart(self) -> None:
        """Bring it back, stopping it first if it runs."""
        self.stop()
        self._start()

    def _format(self) -> None:
        options = ("-t", _CLUSTER, "-c", str(self._settings))
        command = tool_command("kafka.tools.StorageTool", "format", *options)
        run = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=_FORMAT_S
        )
        if run.returncode:
            raise KafkaError(f"the folder of the broker was not formatted:\n{run.stderr}")

    def _start(self) -> None:
        began = time.monotonic()
        main = ("-cp", f"{jars()}/*", "kafka.Kafka", str(self._settings))
        command = [_tool("java"), *self._jvm, *main]
        with self.log.open("ab") as log:
            # A session of its own, so that Ctrl-C of a test run is not for the broker.
            self._process = subprocess.Popen(
                bound_to_this_process(command),
                cwd=self._folder,
                env={**os.environ, "LOG_DIR": str(self._folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._await_ready(began + _READY_S)
        self.started_in_s = time.monotonic() - began

    def _await_ready(self, give_up: float) -> None:
        while time.monotonic() < give_up:
            if self._process is None or self._process.poll() is not None:
                break
            if _is_open(self.port) and _answers(self.bootstrap):
                return
            time.sleep(_POLL_S)
        self.kill()
        lines = self.log.read_text("utf-8", "replace").splitlines()
        raise KafkaError("the broker did not start:\n" + "\n".join(lines[-_LAST_LINES:]))


def _free_ports(count: int) -> list[int]:
    """Find free ports of the loopback interface, all held until all are found."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports: list[int] = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _answers(bootstrap: str) -> bool:
    try:
        return bool(AdminClient({"bootstrap.servers": bootstrap}).list_topics(timeout=2).brokers)
    except KafkaException:
        return False


def main(arguments: list[str]) -> None:
    """Run a broker until Ctrl-C."""
    parser = argparse.ArgumentParser("python -m tests.support.kafka", description=main.__doc__)
    parser.add_argument("--port", type=int, help="where it listens (default: any free port)")
    port: int | None = parser.parse_args(arguments).port
    # Being told to end is as good as Ctrl-C, which a shell hides from what runs in the background.
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, signal.default_int_handler)
    with Kafka(port) as kafka, suppress(KeyboardInterrupt):
        # Who started it reads here where it is.
        sys.stdout.write(
            f"Kafka at {kafka.bootstrap}, up in {kafka.started_in_s:.1f} s\n"
            f"Log: {kafka.log}. Ctrl-C ends it.\n"
        )
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
