"""What unit tests of the engine's parts share: a world on virtual time, and a fold by hand."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Never

from streams.domain.times import EpochMs
from streams.engine.checkpoint import StateReader
from streams.engine.crash import CrashError
from streams.engine.flow import EngineTopics, Flow
from streams.engine.ports import Changes, Entry, Fetched, Output, Slot
from streams.engine.world import World
from tests.unit.engine.simulated_broker import Process, SimulatedBroker, Stored
from tests.unit.engine.simulated_fleet import SilentObserver

__all__ = ["COUNTS", "TOPICS", "EchoFold", "Parts", "fetched", "line", "make_world", "state_of"]

TOPICS = EngineTopics(
    journal="siaga.journal",
    state="siaga.state",
    dead_letters="siaga.deadletter",
    lines=("siaga.transitions", "siaga.restricted.transitions"),
    sources=("tps.status", "crowd.reports"),
    unclaimed=("siaga.receipts",),
    packs="siaga.packs",
)
COUNTS = {
    **dict.fromkeys((*TOPICS.sources, *TOPICS.unclaimed), 2),
    **dict.fromkeys((TOPICS.journal, TOPICS.state, *TOPICS.lines), 3),
    TOPICS.dead_letters: 1,
    TOPICS.packs: 1,
}


def raise_crash(why: str) -> Never:
    """End the process, as far as a test has one."""
    raise CrashError(why)


class Parts:
    """A process on a fresh broker, with what its engine is made of."""

    def __init__(self, batch_bytes: int = 1_000_000) -> None:
        self.broker = SimulatedBroker(Random(1), COUNTS)
        self.process = Process(self.broker, batch_bytes)
        self.process.state_topic = TOPICS.state
        self.observer = SilentObserver()
        self.flow = Flow(TOPICS)
        self.seconds = 0.0
        """Added to the virtual time: what a fold takes, for instance."""
        time = asyncio.get_running_loop().time
        self.world = World(self.process, self.observer, lambda: time() + self.seconds, raise_crash)

    def log(self, topic: str, partition: int = 0) -> list[Stored]:
        """Return the records of a partition."""
        return self.broker.logs[Slot(topic, partition)]


def make_world(batch_bytes: int = 1_000_000) -> Parts:
    """Return the parts of a process on a fresh broker; an event loop must be running."""
    return Parts(batch_bytes)


def line(offset: int, n: int, text: str = "") -> Output:
    """Return a line of a journal record."""
    headers = (("offset", b"%d" % offset), ("n", b"%d" % n))
    return Output(TOPICS.lines[0], b"key", text.encode(), headers, line=True)


def fetched(slot: Slot, epoch: int, values: Iterable[bytes], start: int = 0) -> Fetched:
    """Return a partition batch with these values."""
    records = [Stored(start + n, 1_000 + n, None, value) for n, value in enumerate(values)]
    return Fetched(slot, epoch, records)


class EchoFold:
    """A fold by hand: `set KEY VALUE`, `del KEY`, `say WORD` (an output and a line)."""

    layout = 0

    def __init__(self, partition: int = 0) -> None:
        self.partition = partition
        self.rows: dict[bytes, bytes] = {}
        self.seen = 0
        self._changed: dict[bytes, bytes | None] = {}

    def judge(self, entry: Entry) -> Sequence[Output]:
        """Do what the record says."""
        self.seen += 1
        match entry.value.split():
            case [b"set", key, value]:
                self.rows[key] = self._changed[key] = value
            case [b"del", key]:
                self.rows.pop(key, None)
                self._changed[key] = None
            case [b"say", word]:
                said = line(entry.offset, 0, word.decode())
                return [Output("siaga.alerts", b"key", word), said]
            case _:
                pass
        return []

    def picture(self) -> Iterator[Output | None]:
        """Yield nothing: it has none."""
        return iter(())

    def take_changes(self) -> Changes:
        """Return what changed."""
        changed, self._changed = self._changed, {}
        return Changes(changed, b"%d" % self.seen)

    def load(self, rows: Iterable[tuple[bytes, bytes]], meta: bytes | None) -> None:
        """Take on a saved state."""
        self.rows = dict(rows)
        self.seen = int(meta or b"0")


def state_of(parts: Parts, partition: int = 0) -> tuple[int, dict[bytes, bytes]]:
    """Return cut and rows of what a state partition holds."""
    reader = StateReader()
    for record in parts.log(TOPICS.state, partition):
        assert record.key is not None
        reader.add(record.key, record.value, EpochMs(record.timestamp))
    image = reader.image(EchoFold.layout)
    return image.cut, image.rows
