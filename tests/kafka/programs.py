"""Programs of one installation that run side by side, each with a log of its own."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from streams.embedded import bound_to_this_process
from tests.support.installation import CLI, Installation

__all__ = ["Programs"]

_WAIT_S: Final = 60.0
_POLL_S: Final = 0.1
_LAST_CHARACTERS: Final = 1_500


class Programs:
    """Commands of `siaga` that run until they are ended, all gone at the end of the block."""

    def __init__(self, installation: Installation) -> None:
        """Start none yet."""
        self.installation = installation
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes.values():
            process.kill()
            process.wait()

    def launch(self, name: str, *words: str, **settings: str) -> None:
        """Start a command under a name, again if it has ended; some settings are its own."""
        with self._log(name).open("ab") as log:
            self._processes[name] = subprocess.Popen(
                bound_to_this_process([sys.executable, "-m", CLI, *words]),
                cwd=self.installation.files,
                env=self.installation.environment(**settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        """End one as a power cut would."""
        self._processes[name].kill()
        self._processes[name].wait()

    def end(self, name: str) -> int:
        """Ask one to end, and return its exit code."""
        self._processes[name].send_signal(signal.SIGTERM)
        return self._processes[name].wait(_WAIT_S)

    def resident_bytes(self, name: str) -> int:
        """Return how much memory one has that is its own or shared, and not swapped out."""
        status = Path(f"/proc/{self._processes[name].pid}/status").read_text("ascii")
        (line,) = (one for one in status.splitlines() if one.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024

    def until(
        self, holds: Callable[[], bool], otherwise: str, *, within_s: float = _WAIT_S
    ) -> None:
        """Wait for something; if it does not come, fail with the last words of all."""
        give_up = time.monotonic() + within_s
        while not holds():
            assert time.monotonic() < give_up, f"{otherwise}\n{self._last_words()}"
            time.sleep(_POLL_S)

    def log(self, name: str) -> str:
        """Return what one has written, over all its lives."""
        return self._log(name).read_text("utf-8", "replace")

    def _last_words(self) -> str:
        return "\n--\n".join(self.log(name)[-_LAST_CHARACTERS:] for name in self._processes)

    def _log(self, name: str) -> Path:
        return self.installation.files / f"{name}.log"
