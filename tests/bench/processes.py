"""Processes under measurement: started, listened to, and ended at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from streams.embedded import bound_to_this_process
from tests.bench.figures import Sample, parse_sample

__all__ = ["BenchError", "Process"]

_ROOT: Final = Path(__file__).parents[2]
_LOG_CHARACTERS: Final = 2_000


class BenchError(Exception):
    """A measurement could not be made; the message says what happened."""


class Process:
    """A running module whose progress is collected; gone with everything after `with`."""

    def __init__(self, module: str, settings: Mapping[str, str], log: Path) -> None:
        """Start `python -m module`; what it says beside its progress goes to `log`."""
        known = {name: text for name, text in os.environ.items() if not name.startswith("SIAGA_")}
        self.samples: list[Sample] = []
        self._module, self._log = module, log
        self._moved = threading.Condition()
        with log.open("ab") as file:
            self._process = subprocess.Popen(
                bound_to_this_process([sys.executable, "-m", module]),
                cwd=_ROOT,
                env={**known, **settings},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
            )
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Nothing of it is needed any more, and an orderly end would take seconds of the next run.
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def wait_until(self, is_so: Callable[[Sample], bool], timeout_s: float) -> bool:
        """Wait for a sample; return False if it has not come in time.

        Raises:
            BenchError: The process has ended.
        """
        give_up = time.monotonic() + timeout_s
        with self._moved:
            while not (self.samples and is_so(self.samples[-1])):
                if self._process.poll() is not None:
                    raise BenchError(f"{self._module} has ended:\n{self._last_words()}")
                left_s = give_up - time.monotonic()
                if left_s <= 0:
                    return False
                self._moved.wait(min(1.0, left_s))
        return True

    def _last_words(self) -> str:
        return self._log.read_text("utf-8", "replace")[-_LOG_CHARACTERS:]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            sample = parse_sample(line)
            if sample is not None:
                with self._moved:
                    self.samples.append(sample)
                    self._moved.notify_all()
