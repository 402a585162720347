"""One journal partition as the engine sees it: bytes in, records to write out.

The engine carries bytes and knows no rule; `streams.pipeline` judges values and knows no topic.
Here the two meet: a journal record is decoded, judged, and its effects become records of the
output topics. Restricted alerts go to the restricted topics, and nowhere else: this is the one
place where that is decided.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from streams import pipeline
from streams.domain.effects import AlertShown, Effect, Line, Rejected, Reply, RuleFault, Triage
from streams.domain.ids import kabupaten_of, parents_of
from streams.domain.journal import AcceptedCommand, IntakeMark, JournalRecord, OwnerMark
from streams.engine.ports import Changes, Entry, Output
from streams.engine.topics import Topic
from streams.judge.state import LAYOUT, PartitionState
from streams.judge.world import World
from streams.territory.zone import offset_minutes
from streams.wire import outputs
from streams.wire.journal import decode_record

__all__ = ["PartitionFold", "documents", "named"]


class PartitionFold:
    """State and judgment of one journal partition; implements the engine's `Fold`."""

    def __init__(
        self, partition: int, world: World, on_fault: Callable[[RuleFault], None] | None = None
    ) -> None:
        """Begin empty; `on_fault` is told when a rule fails on a scope."""
        self.state = PartitionState(partition, world)
        self._on_fault = on_fault

    @property
    def layout(self) -> int:
        """Version of what is saved."""
        return LAYOUT

    def judge(self, entry: Entry) -> Sequence[Output]:
        """Judge the next record of the journal and return what must be written."""
        record = decode_record(entry.value)
        name = f"{entry.partition}:{entry.offset}"
        effects = pipeline.step(self.state, pipeline.Step(name, entry.appended_at, record))
        if not effects:
            return ()
        for effect in effects:
            if isinstance(effect, RuleFault) and self._on_fault is not None:
                self._on_fault(effect)
        return documents(self.state.world, effects, record, (entry.partition, entry.offset))

    def take_changes(self) -> Changes:
        """Return the rows that changed since the last call, and the clocks."""
        rows, clocks = self.state.take_changes()
        return Changes(rows, clocks)

    def load(self, rows: Iterable[tuple[bytes, bytes]], meta: bytes | None) -> None:
        """Take on a saved state."""
        self.state.load(rows, meta)
        pipeline.restore(self.state)


def documents(
    world: World, effects: Sequence[Effect], record: JournalRecord, at: tuple[int, int]
) -> list[Output]:
    """Return the records to write for the effects of one journal record.

    Args:
        world: For the names of places.
        effects: In the order of judgment.
        record: What was judged; a dead letter carries its event.
        at: Partition and offset of the journal record.
    """
    written: list[Output] = []
    # Of an alert that changed several times only the last state is worth showing.
    shown = {one.alert.id: one for one in effects if isinstance(one, AlertShown)}
    lines = 0
    for effect in effects:
        match effect:
            case Line() as line:
                written.append(_line(line, (*at, lines)))
                lines += 1
            case AlertShown() as one if shown[one.alert.id] is one:
                written.append(_alert(world, one))
            case Triage() as report:
                zone = offset_minutes(report.area)
                value = outputs.triage(report, zone)
                written.append(Output(Topic.TRIAGE, report.id.encode(), value))
            case Reply() as reply:
                written.append(_reply(reply, record))
            case Rejected() as rejected:
                written.append(_dead_letter(rejected, record))
            case AlertShown() | RuleFault():
                pass
    return written


def named(world: World, shown: AlertShown) -> outputs.Named:
    """Return how people call the scope of an alert, and its areas from the province down."""
    alert = shown.alert
    plan = world.of(alert.election).plan
    path = tuple(plan.name_of(code) for code in parents_of(alert.place))
    sign = alert.scope.partition("/")[2]
    return outputs.Named(sign or plan.name_of(alert.place), path)


def _line(line: Line, at: tuple[int, int, int]) -> Output:
    topic = Topic.RESTRICTED_TRANSITIONS if line.restricted_to else Topic.TRANSITIONS
    value = outputs.transition(line, offset_minutes(line.alert))
    headers = tuple((name, text or b"") for name, text in outputs.provenance(*at))
    return Output(topic, line.alert.encode(), value, headers, line=True)


def _alert(world: World, shown: AlertShown) -> Output:
    alert = shown.alert
    topic = Topic.RESTRICTED_ALERTS if alert.restricted_to else Topic.ALERTS
    zone = offset_minutes(alert.place)
    return Output(topic, alert.id.encode(), outputs.alert(alert, zone, named(world, shown)))


def _reply(reply: Reply, record: JournalRecord) -> Output:
    assert isinstance(record, AcceptedCommand), "only a command is replied to"
    zone = offset_minutes(kabupaten_of(record.place))
    return Output(Topic.REPLIES, reply.command.encode(), outputs.reply(reply, zone))


def _dead_letter(rejected: Rejected, record: JournalRecord) -> Output:
    assert not isinstance(record, OwnerMark | IntakeMark), "a mark is never rejected"
    headers = outputs.dead_letter_headers(rejected.reason, rejected.detail, rejected.origin)
    return Output(
        Topic.DEADLETTER,
        None,
        msgspec.json.encode(record.event),
        tuple((name, text or b"") for name, text in headers),
    )
