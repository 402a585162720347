"""A whole day through the engine in memory, and what a reader of the picture has after it."""

from collections.abc import Sequence
from typing import Final

from streams.engine.engine import Appenders, Engine, EngineSettings, Judgment
from streams.engine.ports import Fetched, Slot
from streams.fold import PartitionFold
from streams.judge.state import PartitionState
from streams.pipeline import Step
from streams.wire.journal import encode_record
from tests.kafka.toy import ToyAcceptor
from tests.support.events import ack, closed, heartbeat, opened, report, suspended
from tests.support.pictures import Wall, told_of
from tests.support.station import arrived, count, counting, departed
from tests.support.stories import Item, at, journal, judge_into, of_election
from tests.support.whole_days import DRILL
from tests.support.world import ELECTION, FAR, KR, KR2, SR, R, whole_world
from tests.unit.engine.engine_parts import TOPICS, Parts, make_world
from tests.unit.engine.simulated_broker import Stored
from tests.unit.engine.virtual_time import pass_time, run_virtually

JOURNAL: Final = Slot(TOPICS.journal, 0)
PICTURE: Final = Slot("siaga.picture", 0)
DAY: Final[tuple[Item, ...]] = (
    *(at("06:30"), opened(KR2), at("07:00"), opened(KR), opened(R), opened(FAR)),
    *(
        at("08:00"),
        report("KAM-01", KR, "w1"),
        report("KAM-01", KR, "w2"),
        suspended(R),
        at("08:10"),
    ),
    *(ack("T03@SR"), of_election(DRILL, opened(KR)), at("09:00"), heartbeat(KR), at("13:01")),
    *(closed(KR), at("13:10"), counting(KR), at("14:00"), count(KR, 100, 90)),
    *(departed(KR, "K1", "S1", "A1"), departed(SR, "K2"), at("14:30"), arrived(KR, "K1", "S1")),
    at("15:00"),
)
HALF: Final = 700


def fetched(steps: Sequence[Step], epoch: int, start: int) -> Fetched:
    """Return a partition batch of these records."""
    records = [
        Stored(start + number, step.appended_at, None, encode_record(step.record))
        for number, step in enumerate(steps)
    ]
    return Fetched(JOURNAL, epoch, records)


def worker(parts: Parts) -> Engine:
    """Return an engine that judges real records and holds nothing yet."""
    settings = EngineSettings(journal_partitions=1, is_played=True)
    make_fold = Judgment(ToyAcceptor(), lambda number: PartitionFold(number, whole_world()))
    new = Engine(parts.world, parts.flow, settings, make_fold)
    new.start(Appenders(parts.process, parts.process, parts.process))
    return new


def test_after_a_day_with_a_takeover_the_picture_is_the_state() -> None:
    """Whoever has read all records shows what a state that was judged in one go shows."""
    steps = journal(*DAY)

    async def story() -> list[Stored]:
        parts = make_world()
        for topic in ("siaga.picture", "siaga.alerts", "siaga.notices", "siaga.triage"):
            parts.broker.logs.setdefault(Slot(topic, 0), [])
        for start, end in ((0, HALF), (HALF, len(steps))):
            own = worker(parts)
            parts.flow.start(await own.take_over([JOURNAL]))
            for first in range(start, end, 100):
                batch = steps[first : min(first + 100, end)]
                await own.take(fetched(batch, parts.flow.epoch, first))
                await pass_time(1)
            await pass_time(2)
            parts.flow.stop()
            await own.quiesce()
        return list(parts.broker.logs[PICTURE])

    wall = Wall()
    wall.take((one.key or b"", one.value or b"") for one in run_virtually(story))
    state = PartitionState(0, whole_world())
    judge_into(state, steps)
    assert HALF < len(steps)
    assert f"{KR}@{DRILL}" in wall.shown
    assert (ELECTION, "arrived") == (wall.tps(KR).election, wall.tps(KR).box)
    assert told_of(state) == wall.content
