"""The command `siaga` as real processes on a real broker."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from streams.embedded import bound_to_this_process
from tests.support.commands import election_folder
from tests.unit.territory.folders import replaced

__all__ = ["Siaga", "Started", "today_folder", "wib_now"]

_WIB: Final = timezone(timedelta(hours=7))
_WAIT_S: Final = 120


def wib_now() -> datetime:
    """Return the time of day where the small election is held."""
    return datetime.now(_WIB)


def today_folder(parent: Path) -> Path:
    """Write the small election folder, with today as its day."""
    change = ("date = 2024-11-27", f"date = {wib_now():%Y-%m-%d}")
    return election_folder(parent, replaced("election.toml", change))


class Siaga:
    """Runs `siaga` against one installation: a broker, a prefix, a folder of its own."""

    def __init__(self, broker: str, prefix: str, cwd: Path) -> None:
        known = {name: text for name, text in os.environ.items() if not name.startswith("SIAGA_")}
        self._environment = {
            **known,
            "SIAGA_BROKER": broker,
            "SIAGA_PREFIX": prefix,
            "SIAGA_PARTITIONS": "3",
            "SIAGA_INPUT_PARTITIONS": "2",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        self._cwd = cwd

    def run(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a command that ends by itself."""
        return subprocess.run(
            self._command(words),
            input=given,
            capture_output=True,
            cwd=self._cwd,
            env=self._environment,
            timeout=_WAIT_S,
            check=False,
        )

    def start(self, *words: str) -> "Started":
        """Start a command that runs until it is ended."""
        return Started(bound_to_this_process(self._command(words)), self._cwd, self._environment)

    def _command(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "streams.cli", *words]


class Started:
    """A running command whose output is read line by line."""

    def __init__(self, command: Sequence[str], cwd: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._lines = queue.Queue[str]()
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()

    def line_with(self, text: str, wait_s: float = _WAIT_S) -> str:
        """Wait for a line of the output that has a text in it, and return it."""
        seen: list[str] = []
        while True:
            try:
                line = self._lines.get(timeout=wait_s)
            except queue.Empty:
                raise AssertionError(f"no line with {text!r} among:\n{''.join(seen)}") from None
            seen.append(line)
            if text in line:
                return line

    def is_silent(self) -> bool:
        """Say whether there is no line that was not looked at."""
        return self._lines.empty()

    def end(self, number: signal.Signals) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(_WAIT_S)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                self._lines.put(line.decode())
