"""Servers of Debian's packages that tests run as they are: started, awaited, and gone afterwards.

What a server writes is read to its end, so that it never waits for us; its last lines are kept, and
are said when it does not get ready.
"""

import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from typing import IO, Final, Self

from streams.embedded import bound_to_this_process
from tests.support.debian import DebianError

__all__ = ["Server"]

_READY_S: Final = 60.0
_END_S: Final = 10
_LAST_LINES: Final = 15


class Server:
    """A server on the loopback interface, gone after `with`.

    `kill` ends it as a power cut would, `start` brings it back at the same port.
    """

    def __init__(
        self, command: Sequence[str], port: int, ready: bytes, within_s: float = _READY_S
    ) -> None:
        """Describe it.

        Args:
            command: How it is run; it does not go into the background by itself.
            port: Where it answers, on 127.0.0.1.
            ready: What it writes when it answers.
            within_s: How long that may take.
        """
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._command = command
        self._ready = ready
        self._within_s = within_s
        self._running: tuple[subprocess.Popen[bytes], _Words] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Run it, and wait until it answers.

        Raises:
            DebianError: It has ended, or is not ready in time.
        """
        assert self._running is None, "it does not run yet"
        process = subprocess.Popen(
            bound_to_this_process(self._command),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stderr is not None
        words = _Words(process.stderr, self._ready)
        self._running = process, words
        words.start()
        if not words.await_ready(self._within_s):
            self.kill()
            raise DebianError(f"{type(self).__name__} did not start:\n{words.last()}")

    def kill(self) -> None:
        """End it as a power cut would, if it runs."""
        if self._running is not None:
            process, words = self._running
            process.kill()
            process.wait(_END_S)
            words.join(_END_S)
            self._running = None


class _Words(threading.Thread):
    """Reads what a program writes, until it ends."""

    def __init__(self, lines: IO[bytes], ready: bytes) -> None:
        super().__init__(daemon=True)
        self._lines = lines
        self._ready = ready
        self._last = deque[bytes](maxlen=_LAST_LINES)
        self._is_ready = False
        self._is_known = threading.Event()

    def run(self) -> None:
        """Read on; a pipe that nobody reads would hold the program up."""
        with self._lines as lines:
            for line in lines:
                self._last.append(line)
                if self._ready in line:
                    self._is_ready = True
                    self._is_known.set()
        self._is_known.set()

    def await_ready(self, seconds: float) -> bool:
        """Wait until the program is ready or has ended; return whether it is ready."""
        self._is_known.wait(seconds)
        return self._is_ready

    def last(self) -> str:
        """Return its last lines; the program has ended."""
        return b"".join(self._last).decode(errors="replace")
