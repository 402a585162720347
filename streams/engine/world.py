"""What surrounds the engine of one process: exactly what a simulation replaces."""

from typing import NamedTuple

from streams.engine.clock import Seconds
from streams.engine.crash import Die
from streams.engine.ports import Log, Observer

__all__ = ["World"]


class World(NamedTuple):
    """Broker, onlooker, a clock that only counts, and the way to end the process."""

    log: Log
    observer: Observer
    seconds: Seconds
    die: Die
