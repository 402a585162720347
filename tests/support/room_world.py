"""An installation in memory: what is sent is accepted, judged and written as on Kafka, at once.

    send ─► acceptor ─► journal record ─► fold ─► records of the output topics ─► whoever reads

It is the real way of an event but for the broker and for time: the caller says when a record
arrives, and when a second passes.
"""

from collections.abc import Callable
from pathlib import Path

from streams.config import Config
from streams.domain.effects import RuleFault
from streams.domain.journal import IntakeMark, JournalRecord
from streams.domain.times import EpochMs
from streams.engine.ports import Entry
from streams.engine.topics import Topic
from streams.fold import PartitionFold
from streams.room.arrived import Arrived
from streams.setup import load_setup, worker_settings
from streams.simulation.day import played_day
from streams.simulation.played import Played
from streams.simulation.story_file import load_story
from streams.territory.plan import Plan
from streams.wire.journal import encode_record
from streams.wire.outputs import letter
from streams.wire.records import Broadcast, DeadLettered, Headers, Inbound, Journaled, Parted

__all__ = ["RoomWorld", "story_messages"]

Read = Callable[[Arrived], None]


class RoomWorld:
    """Intake, journal and judgment of one partition, and the topics that come out."""

    def __init__(self, folder: Path, read: Read) -> None:
        """Begin before the first record; `read` is handed what is written."""
        setup = load_setup([folder], worker_settings(Config()))
        self.world = setup.world
        self._acceptor = setup.acceptor
        self._fold = PartitionFold(0, setup.world, _on_fault)
        self._read = read
        self.journal: dict[str, bytes] = {}
        """Values of the records of the journal by `partition:offset`."""
        self._came: dict[str, int] = {}
        self._written: dict[str, int] = {}
        self._journaled = self._taken = self._refused = 0

    @property
    def plan(self) -> Plan:
        """The plan of the election."""
        [watched] = self.world.elections.values()
        return watched.plan

    def send(self, topic: str, value: bytes, at: EpochMs, headers: Headers = ()) -> None:
        """Let a record arrive on an input topic."""
        offset = _next(self._came, topic)
        record = Inbound(topic, 0, offset, at, None, value, headers)
        if topic == Topic.OPERATOR_COMMANDS:
            self._read(Arrived(topic, 0, offset, at, None, value, headers))
        taken = self._acceptor.accept(record)
        match taken:
            case DeadLettered():
                self._refused += 1
                put = letter(record, taken.reason, taken.detail)
                self.write(Topic.DEADLETTER, (put.key, put.value), at, put.headers)
            case Journaled():
                self._judge(taken.record, at)
            case Broadcast():
                self._judge(taken.record, at)
            case Parted():
                for part in taken.parts:
                    self._judge(part.record, at)
            case _:
                raise AssertionError("nobody sends a clock here")

    def second(self, at: EpochMs) -> None:
        """Let a second pass: intake has heard everything before."""
        mark = IntakeMark(
            claims={"scene/0": at},
            sources={"scene": 1},
            clock=at,
            taken=self._taken,
            refused=self._refused,
        )
        self._taken = self._refused = 0
        self._judge(mark, at)

    def picture(self, at: EpochMs) -> int:
        """Tell the picture of a second; return how many documents that are."""
        told = [one for one in self._fold.picture() if one is not None]
        for one in told:
            self.write(one.topic, (one.key, one.value), at, one.headers)
        return len(told)

    def write(
        self, topic: str, pair: tuple[bytes | None, bytes | None], at: EpochMs, headers: Headers
    ) -> None:
        """Put a record on an output topic."""
        offset = _next(self._written, topic)
        self._read(Arrived(topic, 0, offset, at, *pair, headers))

    def _judge(self, record: JournalRecord, at: EpochMs) -> None:
        self._taken += 1
        self._journaled += 1
        value = encode_record(record)
        if not isinstance(record, IntakeMark):
            self.journal[f"0:{self._journaled}"] = value
        entry = Entry(0, self._journaled, at, value)
        for one in self._fold.judge(entry):
            self.write(one.topic, (one.key, one.value), at, one.headers)


def story_messages(plan: Plan, folder: Path, seed: int = 1) -> tuple[Played, ...]:
    """Return the messages of the story that a folder ships, in the order of receipt."""
    return played_day(plan, seed, load_story(folder, plan))


def _next(counts: dict[str, int], topic: str) -> int:
    counts[topic] = counts.get(topic, -1) + 1
    return counts[topic]


def _on_fault(fault: RuleFault) -> None:
    raise AssertionError(f"{fault.rule} failed on {fault.scope}: {fault.detail}")
