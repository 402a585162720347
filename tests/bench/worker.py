"""A worker as `siaga worker` puts it together, which also says how far it is.

    python -m tests.bench.worker        (settings from SIAGA_*, as always)

Progress is what the engine calls safe: of an input, that its journal records are acknowledged; of
the journal, that its state is. So a record counts when a crash could no longer undo it.
"""

import os
import threading
import time
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry

from streams.app import ENGINE_TOPICS, build_app
from streams.config import load_config
from streams.engine.flow import Holding
from streams.engine.ports import Fold
from streams.engine.worker import run_worker
from streams.setup import load_setup, worker_settings
from streams.telemetry.metrics import Metrics
from streams.telemetry.observed import ObservedFold
from streams.telemetry.observer import EngineObserver
from tests.bench.figures import Sample, progress_line

__all__ = ["main", "sample_of", "tell"]

_EVERY_S: Final = 0.05
_STDOUT: Final = 1


def main() -> None:
    """Work until a signal."""
    config = load_config(None, os.environ)
    setup = load_setup([Path(folder) for folder in config.elections], worker_settings(config))
    observer = EngineObserver(Metrics(CollectorRegistry()))

    def make_fold(partition: int) -> Fold:
        fold = setup.fold(partition, observer.on_fault)
        return ObservedFold(fold, observer, app.engine.clock.now)

    app = build_app(config, setup.acceptor, make_fold, observer)
    threading.Thread(target=_tell_for_ever, args=(app.link.flow,), daemon=True).start()
    run_worker(app, config.stall_s)


def sample_of(flow: Holding) -> Sample:
    """Return how far the engine is."""
    safe = dict(flow.safe)  # In one piece: the engine runs in another thread.
    journal = sum(offset for slot, offset in safe.items() if slot.topic == ENGINE_TOPICS.journal)
    return Sample(time.monotonic(), sum(safe.values()) - journal, journal, time.process_time())


def tell(sample: Sample) -> None:
    """Say how far this process is, past Faust, which takes standard output for its log."""
    os.write(_STDOUT, progress_line(sample).encode())


def _tell_for_ever(flow: Holding) -> None:
    while True:
        tell(sample_of(flow))
        time.sleep(_EVERY_S)


if __name__ == "__main__":
    main()
