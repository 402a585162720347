"""The engine of one process, put together: what the transport calls, and the loops beside it.

    assigned ─► take_over ─► fetched … fetched ─► revoked ─► quiesce
                                 │
                      source topics: intake · journal: fold host
    beside it, while records flow: marks and the picture once a second, checkpoints

One writer each for the journal, for outputs and for the state, on connections of their own: a
broker answers one produce request of a connection after another, and an alert must not wait for
a checkpoint.
"""

import asyncio
import itertools
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from streams.domain.journal import OwnerMark
from streams.domain.times import EpochMs
from streams.engine.clock import BrokerClock
from streams.engine.crash import crash_only
from streams.engine.flow import Flow
from streams.engine.host import FoldHost
from streams.engine.intake import Acceptor, Intake
from streams.engine.keeper import Keeper
from streams.engine.painter import Painter
from streams.engine.played_intake import PlayedIntake
from streams.engine.ports import Appended, Appender, Fetched, FoldFactory, Slot
from streams.engine.takeover import take_over
from streams.engine.world import World
from streams.engine.writer import Writer
from streams.wire.journal import encode_record

__all__ = ["Appenders", "Engine", "EngineSettings", "Judgment"]

_OWNER_MARK: Final = encode_record(OwnerMark())
_LOOK_EARLY_S: Final = 0.05
_SHARES: Final = 8
"""In how many parts the partitions are checkpointed, one after the other."""


class EngineSettings(Struct, frozen=True, kw_only=True):
    """What an installation chooses about the engine."""

    journal_partitions: int
    is_played: bool = False
    """The clock is the player's: there are no owner's marks, and no broker's time is read."""
    checkpoint_s: float = 1.0
    mark_s: float = 1.0


class Judgment(Struct, frozen=True):
    """The two judgments that the engine carries records to and from."""

    acceptor: Acceptor
    make_fold: FoldFactory


class Appenders(Struct, frozen=True):
    """Three ways to append, each on a connection of its own."""

    journal: Appender
    outputs: Appender
    state: Appender


class Engine:
    """Intake and watch of one process."""

    is_full: bool = False
    """Never: what comes in is judged, however much it is."""

    def __init__(
        self, world: World, flow: Flow, settings: EngineSettings, judgment: Judgment
    ) -> None:
        """Make an engine that still stands."""
        self._world = world
        self._flow = flow
        self._settings = settings
        self._judgment = judgment
        self.clock = BrokerClock(world.seconds)
        self._assigned_at = world.seconds()

    def start(self, appenders: Appenders) -> None:
        """Begin to work; an event loop must be running."""
        world, flow, settings = self._world, self._flow, self._settings
        self._journal = Writer(appenders.journal, world.die, self._learn)
        self._outputs = Writer(appenders.outputs, world.die)
        make_intake = PlayedIntake if settings.is_played else Intake
        self._intake = make_intake(
            world, flow, self._judgment.acceptor, self._journal, settings.journal_partitions
        )
        self.host = FoldHost(world, flow, self._outputs)
        flow.on_start = self._begin
        self._take_in = crash_only(world.die)(self._intake.take)
        self._judge = crash_only(world.die)(self.host.take)
        self._keeper = Keeper(world, flow, self.host, (self._outputs, appenders.state))
        self._painter = Painter(flow, self.host, self._outputs)
        loops = [self._keep_checkpoints, self._keep_picture]
        if not settings.is_played:
            loops.append(self._keep_marks)
        self._loops = [asyncio.create_task(crash_only(world.die)(loop)()) for loop in loops]

    @property
    def tasks(self) -> tuple[asyncio.Task[None], ...]:
        """Everything that runs beside the flow of records, for whoever ends the engine."""
        writers = (self._journal, self._outputs, self._keeper.writer)
        return (*self._loops, *(writer.task for writer in writers))

    async def take(self, fetched: Fetched) -> None:
        """Take in a partition batch of any topic; an error ends the process."""
        is_journal = fetched.slot.topic == self._flow.topics.journal
        await (self._judge if is_journal else self._take_in)(fetched)

    async def take_over(self, starts: Iterable[Slot]) -> dict[Slot, int]:
        """Make partitions ours, and say where each of the journal is to be read from.

        An error ends the process: nobody else would take over what is assigned to us.
        """
        self._assigned_at = self._world.seconds()
        begin = crash_only(self._world.die)(take_over)
        journal = self._flow.topics.journal
        partitions = [slot.partition for slot in starts if slot.topic == journal]
        taken = await begin(self._world, self._flow.topics, self._judgment.make_fold, partitions)
        self._keeper.expect(taken.ends)
        self._outputs.ends.update(taken.ends)
        self.host.hosted = taken.hosted
        return {Slot(journal, number): own.next for number, own in taken.hosted.items()}

    def _begin(self) -> None:
        took = self._world.seconds() - self._assigned_at
        self._world.observer.on_assigned(len(self.host.hosted), took)

    def journal_end(self, partition: int) -> int:
        """Return behind which offset of the journal nothing was, by the last mark of ours there.

        0: there was none yet.
        """
        return self._journal.ends.get(Slot(self._flow.topics.journal, partition), 0)

    async def quiesce(self) -> None:
        """Make everything durable and let go of all partitions; the flow must have stopped."""
        assert not self._flow.is_active, "records still come in"
        await self._intake.settle()
        await self._keeper.checkpoint()
        if any(own.foreign for own in self.host.hosted.values()):
            await self._keeper.checkpoint()
        self.host.hosted = {}

    def must_progress(self, slot: Slot) -> bool:
        """Say whether what was fetched of a partition is a backlog as long as it is not safe.

        Source partitions of a played day wait for one another, and for the player.
        """
        is_source = slot.topic != self._flow.topics.journal
        return not (is_source and self._settings.is_played)

    def progress(self, slot: Slot, done: int) -> int:
        """Return how far a partition has come, of which everything before `done` is safe."""
        own = self.host.hosted.get(slot.partition)
        if slot.topic == self._flow.topics.journal and own is not None and own.floor:
            return own.next  # Nothing is safe before a state that can't be trusted is replaced.
        return done

    def _learn(self, slot: Slot, answer: Appended) -> None:
        if self._settings.is_played or slot.topic != self._flow.topics.journal:
            return
        if answer.appended_at is None:
            self._world.die(
                f"{slot.topic} keeps the senders' times: it needs "
                'message.timestamp.type=LogAppendTime, or clock = "played" in siaga.toml'
            )
        self.clock.learn(answer)

    async def _keep_marks(self) -> None:
        """Write marks while records flow: before the first assignment nobody may write."""
        while True:
            await asyncio.sleep(self._settings.mark_s)
            if not self._flow.is_active:
                continue
            for number in self.host.hosted:
                slot = Slot(self._flow.topics.journal, number)
                self._journal.put(slot, None, _OWNER_MARK, EpochMs(0))
            if claims := self._flow.claims.claims():
                await self._intake.mark(claims)

    async def _keep_picture(self) -> None:
        """Tell the picture; a second between two rounds, so that no key has two records in one."""
        while True:
            await asyncio.sleep(self._settings.mark_s)
            await self._painter.tell()

    async def _keep_checkpoints(self) -> None:
        """Checkpoint every partition once in `checkpoint_s`, a share of them at a time.

        Of all at once, alerts would wait behind the state of all.
        """
        share_s = self._settings.checkpoint_s / _SHARES
        for share in itertools.cycle(range(_SHARES)):
            until = self._world.seconds() + share_s
            while (left := until - self._world.seconds()) > 0:
                await asyncio.sleep(min(left, _LOOK_EARLY_S))
                if self._keeper.early:
                    break
            own = {number for number in self.host.hosted if number % _SHARES == share}
            await self._keeper.checkpoint(own | self._keeper.early)
