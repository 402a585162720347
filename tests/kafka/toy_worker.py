"""A worker with the toy judgment: `python -m tests.kafka.toy_worker`, settings as always."""

import logging
import os
import sys
import time

from streams.app import build_app
from streams.config import load_config
from streams.engine.ports import Output
from streams.engine.worker import run_worker
from tests.kafka.toy import ToyAcceptor, ToyFold
from tests.unit.engine.simulated_fleet import SilentObserver

_SHOW_S = 0.1


class PrintingObserver(SilentObserver):
    """Counts, and prints now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.accepted = 0
        self.judged = 0
        self.lines = 0
        self._shown = 0.0

    def on_accepted(self, topic: str, outcome: str) -> None:
        """Count it."""
        super().on_accepted(topic, outcome)
        self.accepted += 1
        self._show()

    def on_line(self, output: Output) -> None:
        """Count it."""
        super().on_line(output)
        self.lines += 1

    def on_judged(self, partition: int, entries: int) -> None:
        """Count them."""
        super().on_judged(partition, entries)
        self.judged += entries
        self._show()

    def on_takeover(self, partition: int, next_offset: int, *, rebuilt: bool) -> None:
        """Print it."""
        super().on_takeover(partition, next_offset, rebuilt=rebuilt)
        say(f"TAKEOVER {os.getpid()} {partition} from {next_offset} rebuilt {rebuilt}")

    def on_foreign_write(self, partition: int) -> None:
        """Print it."""
        super().on_foreign_write(partition)
        say(f"FOREIGN {partition}")

    def _show(self) -> None:
        now = time.monotonic()
        if now - self._shown > _SHOW_S:
            self._shown = now
            cpu = time.process_time()
            say(f"{now:.3f} STATS {self.accepted} {self.judged} {self.lines} cpu {cpu:.2f}")


def say(what: str) -> None:
    """Print a line for the test that reads our output."""
    print(what, flush=True)  # noqa: T201 - it is what this program is for


def main() -> None:
    """Run until a signal."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO)
    config = load_config(None, os.environ)
    run_worker(build_app(config, ToyAcceptor(), ToyFold, PrintingObserver()), config.stall_s)


if __name__ == "__main__":
    main()
