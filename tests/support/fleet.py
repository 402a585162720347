"""Workers of an installation as real processes, which a test may kill, pause and start again.

    with Fleet(installation) as fleet:
        fleet.start(Role.ALL, Role.ALL, Role.ALL)
        fleet.await_assigned()
        ...
        fleet.kill(1)
        fleet.revive()

Workers are `siaga worker` as anybody starts it, each with a lasting name. Whatever happens, none
outlives its block.
"""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self, cast

from confluent_kafka import KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient

from streams.config import Role
from streams.domain.times import SECOND_MS, EpochMs
from streams.embedded import bound_to_this_process
from streams.engine.ports import Slot
from streams.engine.topics import Topic
from tests.support.installation import CLI, Installation

__all__ = ["HEARD", "NOW", "Fleet", "free_port"]

HEARD: Final = "siaga_heard_timestamp_seconds"
NOW: Final = "siaga_now_timestamp_seconds"

_WAIT_S: Final = 60
_POLL_S: Final = 0.1
_ASKED_S: Final = 2
_LAST_LINES: Final = 15
_TAKEN_OVER: Final = "took over partition"


class _State(Protocol):
    name: str


class _Assignment(Protocol):
    topic_partitions: Sequence[TopicPartition]


class _Member(Protocol):
    group_instance_id: str
    assignment: _Assignment


class _Group(Protocol):
    state: _State
    members: Sequence[_Member]


class _Admin(Protocol):
    """As much of confluent's client as is asked; its own types are not declared."""

    def describe_consumer_groups(self, group_ids: list[str]) -> dict[str, "Future[_Group]"]: ...


class Fleet:
    """Worker processes of one installation, gone at the end of the block."""

    def __init__(self, installation: Installation, module: str = CLI) -> None:
        """Use another `module` to run workers that are made wrong on purpose."""
        self.installation = installation
        self.exits: list[int] = []
        """Codes of workers that have ended by themselves or by a test's hand."""
        self.ports: list[int] = []
        """Of the metrics of each worker."""
        self._module = module
        self._roles: list[Role] = []
        self._processes: list[subprocess.Popen[bytes]] = []
        self._born: list[int] = []
        """Where the log of each worker's present life begins."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.kill()
            process.wait()

    def start(self, *roles: Role) -> None:
        """Start one more worker for each role."""
        for role in roles:
            self._roles.append(role)
            self.ports.append(free_port())
            self._born.append(0)
            self._processes.append(self._spawn(len(self._processes)))

    def name(self, number: int) -> str:
        """Return the lasting name of a worker."""
        return f"w{number}"

    def log(self, number: int) -> str:
        """Return what a worker has written in its present life."""
        written = self._log_file(number).read_bytes()[self._born[number] :]
        return written.decode("utf-8", "replace")

    def judges(self, number: int) -> bool:
        """Whether a worker has taken over partitions of the journal since it was started."""
        return self._processes[number].poll() is None and _TAKEN_OVER in self.log(number)

    def metrics(self, number: int) -> str:
        """Return what Prometheus would see of a worker."""
        url = f"http://127.0.0.1:{self.ports[number]}/metrics"
        with urllib.request.urlopen(url, timeout=10) as answer:
            text: bytes = answer.read()
        return text.decode()

    def signal(self, number: int, what: signal.Signals) -> None:
        """Send a signal to a worker."""
        self._processes[number].send_signal(what)

    def kill(self, number: int) -> None:
        """End a worker as a power cut would."""
        self._processes[number].kill()
        self._processes[number].wait()

    def revive(self) -> None:
        """Start again those that have ended."""
        for number, process in enumerate(self._processes):
            if (code := process.poll()) is not None:
                self.exits.append(code)
                self._processes[number] = self._spawn(number)

    def assigned(self, role: Role) -> dict[str, set[Slot]]:
        """Return which partitions the workers of a role hold, by name; empty while they join."""
        group = f"{self.installation.prefix}siaga-{role}"
        # One that outlived the broker would keep the test runner from ending.
        admin = cast("_Admin", AdminClient({"bootstrap.servers": self.installation.broker}))
        asked = admin.describe_consumer_groups([group])
        try:
            found = asked[group].result(timeout=_ASKED_S)
        except (KafkaException, TimeoutError):
            # The group is not there yet, or its coordinator: the next who asks finds it sooner
            # than who waits for this answer.
            return {}
        if found.state.name != "STABLE":
            return {}
        return {one.group_instance_id: self._slots_of(one) for one in found.members}

    def _slots_of(self, member: "_Member") -> set[Slot]:
        skipped = len(self.installation.prefix)
        parts = member.assignment.topic_partitions
        return {Slot(one.topic[skipped:], one.partition) for one in parts}

    def await_assigned(self) -> None:
        """Wait until every worker holds partitions, and those that judge have taken them over."""
        for role in set(self._roles):
            ours = {self.name(n) for n, one in enumerate(self._roles) if one is role}
            self.until(partial(self._all_hold, role, ours), f"{role}: no group")
        self.until(self._all_taken_over, "not all partitions of the journal are taken over")

    def await_judged(self, until: EpochMs, seconds: float = _WAIT_S, clock: str = HEARD) -> None:
        """Wait until everything is judged that was played before `until`, and kept for good.

        That is: a clock of every partition has come so far, and what was judged is committed, which
        comes after its lines and its state. Who has ended is started again, if all must be heard.

        Args:
            until: By the player's clock.
            seconds: How long to wait, on the wall.
            clock: `heard`; or `now`, where it is known that intake does not hear everything.
        """
        self.until(lambda: self._has_come(clock, until), f"{clock} is too slow", seconds)
        group = f"siaga-{Role.ALL if Role.ALL in self._roles else Role.WATCH}"
        behind = self.installation.uncommitted
        self.until(lambda: not behind(group, Topic.JOURNAL), "not all is committed", seconds)

    def clocks(self, name: str) -> dict[int, float]:
        """Return a gauge of all partitions of the journal that are owned by a worker just now."""
        shown: dict[int, float] = {}
        for number, process in enumerate(self._processes):
            if process.poll() is None and self._roles[number] is not Role.INTAKE:
                for line in self.metrics(number).splitlines():
                    if found := re.fullmatch(rf'{name}{{partition="(\d+)"}} (\S+)', line):
                        shown[int(found[1])] = float(found[2])
        return shown

    def _has_come(self, clock: str, until: EpochMs) -> bool:
        if clock == HEARD:
            self.revive()
        try:
            shown = self.clocks(clock)
        except OSError:
            return False  # A worker has just been started, and does not answer yet.
        is_all = len(shown) == self.installation.partitions
        return is_all and min(shown.values()) * SECOND_MS >= until

    def until(self, holds: Callable[[], bool], otherwise: str, seconds: float = _WAIT_S) -> None:
        """Wait for something; if it does not come, fail with the last words of all workers."""
        give_up = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < give_up, f"{otherwise}\n{self._last_words()}"
            time.sleep(_POLL_S)

    def _all_hold(self, role: Role, names: set[str]) -> bool:
        held = self.assigned(role)
        return held.keys() == names and all(held.values())

    def _all_taken_over(self) -> bool:
        logs = "".join(self.log(number) for number in range(len(self._processes)))
        numbers = range(self.installation.partitions)
        return all(f"{_TAKEN_OVER} {number} " in logs for number in numbers)

    def _last_words(self) -> str:
        logs = (self.log(number).splitlines() for number in range(len(self._processes)))
        return "\n--\n".join("\n".join(lines[-_LAST_LINES:]) for lines in logs)

    def _log_file(self, number: int) -> Path:
        return self.installation.files / f"{self.name(number)}.log"

    def _spawn(self, number: int) -> subprocess.Popen[bytes]:
        environment = self.installation.environment(
            role=self._roles[number],
            instance=self.name(number),
            metrics_port=str(self.ports[number]),
        )
        with self._log_file(number).open("ab") as log:
            self._born[number] = log.tell()
            return subprocess.Popen(
                bound_to_this_process([sys.executable, "-m", self._module, "worker"]),
                cwd=self.installation.files,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def free_port() -> int:
    """Find a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
