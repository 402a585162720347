"""The hottest lines of a worker: `python -m tests.bench --hot`.

A worker's work on the traffic of the bench, without broker and processes: intake of every event,
then the judgment of its journal. A timer interrupts it each millisecond of processor time, and the
innermost line of ours that runs then is hot by one. What a line calls in C is its own.
"""

import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from linecache import getline
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final, NamedTuple, Self

import streams
from streams.config import Config
from streams.domain.journal import IntakeMark
from streams.domain.partition import partition_of
from streams.domain.times import EpochMs
from streams.engine.ports import Entry
from streams.fold import PartitionFold
from streams.setup import Setup, load_setup, recorded_settings
from streams.wire.journal import encode_record
from streams.wire.records import Broadcast, Inbound, Journaled
from tests.bench.country import small_country
from tests.bench.traffic import Message, Traffic

__all__ = ["Line", "hottest_lines", "shown"]

EVENTS: Final = 120_000
PARTITIONS: Final = 8
_LINES: Final = 10
_EVERY_S: Final = 0.001
_PER_MS: Final = 10
"""Events received in a millisecond."""
_OURS: Final = str(Path(streams.__file__).parent)
_SEED: Final = 20241127


class Line(NamedTuple):
    """A line of ours, and its share of the work."""

    part: str
    share: float
    file: str
    number: int


class Sampler:
    """Counts, inside `with`, which of our lines runs at each tick of processor time."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.lines: Counter[tuple[str, int]] = Counter()

    def __enter__(self) -> Self:
        signal.signal(signal.SIGPROF, self._see)
        signal.setitimer(signal.ITIMER_PROF, _EVERY_S, _EVERY_S)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _see(self, _: int, frame: FrameType | None) -> None:
        while frame is not None and not frame.f_code.co_filename.startswith(_OURS):
            frame = frame.f_back
        if frame is not None:
            number = frame.f_lineno or frame.f_code.co_firstlineno
            self.lines[frame.f_code.co_filename, number] += 1


def hottest_lines(events: int = EVENTS) -> list[Line]:
    """Return the hottest lines of intake and of judgment, by their share of both."""
    country = small_country()
    with tempfile.TemporaryDirectory(prefix="siaga-hot-") as scratch:
        folder = country.write(Path(scratch) / "election", f"{datetime.now(UTC):%Y-%m-%d}")
        setup = load_setup([folder], recorded_settings(Config()))
    inbound = list(_inbound(Traffic(country, _SEED), events))
    journal: list[tuple[bytes, bytes]] = []
    with Sampler() as intake:
        for one in inbound:
            taken = setup.acceptor.accept(one)
            assert isinstance(taken, Journaled | Broadcast), "the bench sends nothing bad"
            journal.append((one.key or b"", encode_record(taken.record)))
    with Sampler() as judgment:
        _judge(setup, journal, inbound[0].timestamp_ms)
    whole = intake.lines.total() + judgment.lines.total()
    found = [
        Line(part, count / whole, file, number)
        for part, sampler in (("intake", intake), ("watch", judgment))
        for (file, number), count in sampler.lines.items()
    ]
    return sorted(found, key=lambda line: -line.share)[:_LINES]


def shown(lines: Sequence[Line]) -> Iterator[str]:
    """Return a row for each line: its share, part, place and text."""
    for line in lines:
        place = f"{Path(line.file).relative_to(Path(_OURS).parent)}:{line.number}"
        text = getline(line.file, line.number).strip()
        yield f"{line.share:6.1%}  {line.part:<6}  {place}  {text}"


def _inbound(traffic: Traffic, events: int) -> Iterator[Inbound]:
    now = datetime.now(UTC)
    received_ms, at = round(now.timestamp() * 1000), now.isoformat(timespec="seconds")
    messages: list[Message] = [*traffic.opening(at)]
    messages += [traffic.next(at) for _ in range(events - len(messages))]
    for number, message in enumerate(messages):
        received_at = EpochMs(received_ms + number // _PER_MS)
        key = message.kabupaten.encode()
        yield Inbound(message.topic, 0, number, received_at, key, message.value, ())


def _judge(setup: Setup, journal: Sequence[tuple[bytes, bytes]], began: EpochMs) -> None:
    """Judge as workers do: every partition its own records, in their order."""
    folds = [setup.fold(partition, lambda _: None) for partition in range(PARTITIONS)]
    offsets = [0] * PARTITIONS
    mark = encode_record(IntakeMark(claims={"tps.status/0": began}, sources={"tps.status": 1}))

    def judge(partition: int, value: bytes) -> None:
        fold: PartitionFold = folds[partition]
        fold.judge(Entry(partition, offsets[partition], began, value))
        offsets[partition] += 1

    for partition in range(PARTITIONS):
        judge(partition, mark)
    for key, value in journal:
        judge(partition_of(key, PARTITIONS), value)
