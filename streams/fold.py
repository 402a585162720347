"""One journal partition as the engine sees it: bytes in, records to write out.

The engine carries bytes and knows no rule; `streams.pipeline` judges values and knows no topic.
Here the two meet: a journal record is decoded, judged, and its effects become records of the
output topics. Restricted alerts go to the restricted topics, and nowhere else: this is the one
place where that is decided. Here lines are chained, too (`streams.wire.chain`): the chain follows
from the journal as the lines do, so a takeover, a replay and a rebuilt state give the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams import pipeline
from streams.domain.effects import AlertShown, Effect, Line, Rejected, Reply, RuleFault, Triage
from streams.domain.ids import DRILL_MARK, kabupaten_of, parents_of
from streams.domain.journal import AcceptedCommand, IntakeMark, JournalRecord, OwnerMark
from streams.domain.notice import Notice
from streams.engine.ports import Changes, Entry, Output
from streams.engine.told import line_identity
from streams.engine.topics import Topic
from streams.judge.state import LAYOUT, PartitionState
from streams.judge.world import World
from streams.territory.zone import offset_minutes
from streams.views.picture import Picture
from streams.views.picture_index import PictureIndex
from streams.wire import notices, outputs, pictured
from streams.wire.accept import DRILL_HEADER
from streams.wire.chain import CHAIN_HEADER, GENESIS, Chain
from streams.wire.journal import decode_record
from streams.wire.shown import Named

__all__ = ["PartitionFold", "documents", "named"]


class _Scalars(Struct, frozen=True):
    """What is saved of a partition beside its rows."""

    clocks: bytes
    chain: Chain


class PartitionFold:
    """State and judgment of one journal partition; implements the engine's `Fold`."""

    def __init__(
        self, partition: int, world: World, on_fault: Callable[[RuleFault], None] | None = None
    ) -> None:
        """Begin empty; `on_fault` is told when a rule fails on a scope."""
        self.state = PartitionState(partition, world)
        self._on_fault = on_fault
        self._chain = GENESIS
        self._picture: Picture | None = None

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
        written = documents(self.state.world, effects, record, (entry.partition, entry.offset))
        return [self._chained(one, entry.partition) if one.line else one for one in written]

    def picture(self) -> Iterator[Output | None]:
        """Yield what of the picture is to be told now; who asks first is told everything."""
        if self._picture is None:
            self._picture = Picture(self.state)
        for told in self._picture.round():
            yield None if told is None else Output(Topic.PICTURE, *pictured.record(told))

    @property
    def index(self) -> PictureIndex | None:
        """What the picture is made of, to be looked at only; None: nobody has asked for it."""
        return None if self._picture is None else self._picture.index

    def take_changes(self) -> Changes:
        """Return the rows that changed since the last call, and the clocks."""
        rows, clocks = self.state.take_changes()
        return Changes(rows, msgspec.msgpack.encode(_Scalars(clocks, self._chain)))

    def load(self, rows: Iterable[tuple[bytes, bytes]], meta: bytes | None) -> None:
        """Take on a saved state."""
        scalars = None if meta is None else msgspec.msgpack.decode(meta, type=_Scalars)
        self._chain = GENESIS if scalars is None else scalars.chain
        self.state.load(rows, None if scalars is None else scalars.clocks)
        pipeline.restore(self.state)

    def _chained(self, line: Output, partition: int) -> Output:
        """Return a line with its link of the chain."""
        assert line.value is not None, "a line is no tombstone"
        restricted = line.topic == Topic.RESTRICTED_TRANSITIONS
        place = partition, *line_identity(line.headers)
        self._chain = self._chain.after(place, line.value, restricted=restricted)
        link = (CHAIN_HEADER, self._chain.header(restricted=restricted))
        return replace(line, headers=(*line.headers, link))


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
                written += _triage(report)
            case Notice() as notice:
                written.append(_notice(world, notice))
            case Reply() as reply:
                written.append(_reply(reply, record))
            case Rejected() as rejected:
                written.append(_dead_letter(rejected, record))
            case AlertShown() | RuleFault():
                pass
    return written


def named(world: World, shown: AlertShown) -> Named:
    """Return how people call the scope of an alert, and its areas from the province down."""
    alert = shown.alert
    plan = world.of(alert.election).plan
    path = tuple(plan.name_of(code) for code in parents_of(alert.place))
    sign = alert.scope.partition("/")[2]
    return Named(sign or plan.name_of(alert.place), path)


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


def _triage(report: Triage) -> list[Output]:
    key, value = report.id.encode(), outputs.triage(report, offset_minutes(report.area))
    if not report.restricted_to:
        return [Output(Topic.TRIAGE, key, value)]
    # What all could see until now goes from there with a tombstone; what they could not has none.
    gone = [Output(Topic.TRIAGE, key, None)] if report.was_open else []
    return [*gone, Output(Topic.RESTRICTED_TRIAGE, key, value)]


def _notice(world: World, notice: Notice) -> Output:
    topic = Topic.RESTRICTED_NOTICES if notice.restricted_to else Topic.NOTICES
    alerts = (telling.alert for telling in notice.tellings)
    names = {alert.id: named(world, AlertShown(alert)) for alert in alerts}
    plan = world.of(notice.election).plan
    kecamatan = plan.name_of(notice.rolled_up.kecamatan) if notice.rolled_up else ""
    zone = offset_minutes(notice.kabupaten)
    value = notices.notice(notice, zone, names, kecamatan)
    return Output(topic, str(notice.destination).encode(), value)


def _reply(reply: Reply, record: JournalRecord) -> Output:
    assert isinstance(record, AcceptedCommand), "only a command is replied to"
    zone = offset_minutes(kabupaten_of(record.place))
    if reply.restricted_to:
        # Replies are for everybody: of what is restricted they tell no more than the kabupaten.
        reply = replace(reply, alert="", area=kabupaten_of(reply.area))
    return Output(Topic.REPLIES, reply.command.encode(), outputs.reply(reply, zone))


def _dead_letter(rejected: Rejected, record: JournalRecord) -> Output:
    assert not isinstance(record, OwnerMark | IntakeMark), "a mark is never rejected"
    _, is_drill, drill = record.election.partition(DRILL_MARK)
    # Sent again without it, word of a drill would be word of the day.
    original = ((DRILL_HEADER, drill.encode()),) if is_drill else ()
    headers = outputs.dead_letter_headers(
        rejected.reason, rejected.detail, rejected.origin, original
    )
    return Output(
        Topic.DEADLETTER,
        None,
        msgspec.json.encode(record.event),
        tuple((name, text or b"") for name, text in headers),
    )
