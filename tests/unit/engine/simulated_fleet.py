"""Workers of the real engine on the simulated broker: started, killed, paused, rebalanced.

A worker is the real `Engine` with the real `Flow`; only what Faust and the group coordinator do is
played here: batches of random length, one agent a role, revocation, assignment, commits.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from contextlib import suppress
from typing import Never

from streams.engine.crash import CrashError
from streams.engine.engine import Appenders, Engine, EngineSettings, Judgment
from streams.engine.flow import EngineTopics, Flow
from streams.engine.ports import Fetched, Output, Slot
from streams.engine.world import World
from tests.unit.engine.simulated_broker import Process, SimulatedBroker
from tests.unit.engine.virtual_time import pass_time

__all__ = ["Fleet", "SilentObserver", "SimulatedWorker"]

_FETCH_MAX = 40
_IDLE_S = 0.05
_COMMIT_S = 0.2
_NOTICE_S = 1.0
"""How long a group takes to notice that a member is gone."""


class SilentObserver:
    """Looks on, and counts what a test may want to know."""

    def __init__(self) -> None:
        self.foreign = 0
        self.rebuilt = 0
        self.takeovers = 0
        self.assigned: list[tuple[int, float]] = []

    def on_accepted(self, topic: str, outcome: str) -> None:
        """Do nothing."""

    def on_dead_letter(self, reason: str) -> None:
        """Do nothing."""

    def on_line(self, output: Output) -> None:
        """Do nothing."""

    def on_mark(self, claims: object) -> None:
        """Do nothing."""

    def on_judged(self, partition: int, entries: int) -> None:
        """Do nothing."""

    def on_takeover(self, partition: int, next_offset: int, *, rebuilt: bool) -> None:
        """Count takeovers, and those from the beginning of the journal."""
        assert min(partition, next_offset) >= 0
        self.takeovers += 1
        self.rebuilt += rebuilt

    def on_assigned(self, partitions: int, seconds: float) -> None:
        """Keep what was told."""
        self.assigned.append((partitions, seconds))

    def on_checkpoint(self, rows: int, size: int, seconds: float) -> None:
        """Do nothing."""

    def on_foreign_write(self, partition: int) -> None:
        """Count it."""
        assert partition >= 0
        self.foreign += 1


class SimulatedWorker:
    """One process: engine, fetching, agents and commits."""

    def __init__(
        self,
        broker: SimulatedBroker,
        topics: EngineTopics,
        settings: EngineSettings,
        judgment: Judgment,
        batch_bytes: int,
    ) -> None:
        self.broker = broker
        self.process = Process(broker, batch_bytes)
        self.process.state_topic = topics.state
        self.observer = SilentObserver()
        self.flow = Flow(topics)
        loop = asyncio.get_running_loop()
        world = World(self.process, self.observer, loop.time, self._die)
        self.engine = Engine(world, self.flow, settings, judgment)
        self.engine.start(Appenders(self.process, self.process, self.process))
        self.crashed: list[str] = []
        self._queues: dict[bool, asyncio.Queue[Fetched]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._fetching: set[asyncio.Task[None]] = set()
        self._queues = {is_journal: asyncio.Queue(3) for is_journal in (False, True)}
        for queue in self._queues.values():
            self.run(self._agent(queue))
        self.run(self._commits())

    def _die(self, why: str) -> Never:
        self.crashed.append(why)
        raise CrashError(why)

    def run(self, coroutine: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Run something that ends with this process."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        return task

    def kill(self, *, is_paused: bool = False) -> None:
        """End the process here and now; `is_paused`: in the middle of a write to the state."""
        self.process.is_paused_late = is_paused
        self.process.is_alive = False
        for task in (*self._tasks, *self._fetching, *self.engine.tasks):
            task.cancel()

    # ── What Faust does ──────────────────────────────────────────────────────────────────────────

    async def _agent(self, queue: asyncio.Queue[Fetched]) -> None:
        while True:
            await self.engine.take(await queue.get())

    async def _commits(self) -> None:
        while True:
            await pass_time(_COMMIT_S)
            await self._commit()

    async def _commit(self) -> None:
        safe = dict(self.flow.safe)
        await self.broker.delay()
        self.broker.committed.update(safe)
        await self.broker.delay()

    async def _fetch(self, slot: Slot, position: int, epoch: int) -> None:
        random = self.broker.random
        while True:
            asked_at = self.engine.clock.now()
            await self.broker.delay()
            size = random.randint(1, _FETCH_MAX)
            records, end = self.broker.tail(slot, position)[:size], self.broker.ends[slot]
            await self.broker.delay()
            if end <= position:
                self.flow.claims.note_answer(slot, asked_at, position)
            if not records:
                await pass_time(random.uniform(0, _IDLE_S))
                continue
            fetched = Fetched(slot, epoch, records)
            self.flow.claims.note_handed_out(slot, fetched.end)
            position = fetched.end
            queue = self._queues[slot.topic == self.flow.topics.journal]
            await queue.put(fetched)

    async def revoke(self) -> None:
        """Give up everything, in the order of the transport."""
        self.flow.stop()
        for task in self._fetching:
            task.cancel()
        self._fetching.clear()
        await self.engine.quiesce()
        await self._commit()
        self.flow.forget()

    async def assign(self, slots: Iterable[Slot]) -> None:
        """Take over what was assigned, in the order of the transport."""
        starts = {slot: self.broker.committed.get(slot, 0) for slot in slots}
        starts |= await self.engine.take_over(starts)
        self.flow.start(starts)
        for slot, offset in starts.items():
            task = asyncio.create_task(self._fetch(slot, offset, self.flow.epoch))
            self._fetching.add(task)


class Fleet:
    """The workers of one group, and its coordinator."""

    def __init__(
        self,
        broker: SimulatedBroker,
        topics: EngineTopics,
        settings: EngineSettings,
        judgment: Judgment,
        batch_bytes: int,
    ) -> None:
        self._made_of = (broker, topics, settings, judgment, batch_bytes)
        self._broker = broker
        self._slots = [
            Slot(topic, number)
            for topic in (*topics.sources, *topics.unclaimed, topics.journal)
            for number in range(broker.counts[topic])
        ]
        self.workers: list[SimulatedWorker] = []
        self.ended: list[SimulatedWorker] = []

    async def start(self, count: int) -> None:
        """Start so many more workers, and rebalance."""
        joining = [SimulatedWorker(*self._made_of) for _ in range(count)]
        await self.rebalance(joining)

    async def rebalance(self, joining: Iterable[SimulatedWorker] = ()) -> None:
        """Revoke everything from everybody, and assign it anew."""
        await self._each(worker.run(worker.revoke()) for worker in self.workers)
        self.workers.extend(joining)
        self._bury()
        count, shift = len(self.workers), self._broker.random.randrange(100)
        shares: Mapping[int, list[Slot]] = {
            number: [s for k, s in enumerate(self._slots) if (k + shift) % count == number]
            for number in range(count)
        }
        await self._each(
            worker.run(worker.assign(shares[number])) for number, worker in enumerate(self.workers)
        )

    async def kill(self, number: int, *, is_paused: bool = False) -> None:
        """Kill a worker, let the group notice, and have a new one in its place."""
        self.workers[number].kill(is_paused=is_paused)
        await pass_time(_NOTICE_S)
        self._bury()
        await self.start(1)

    async def outage(self, seconds: float) -> None:
        """Kill all workers, and have as many new ones after a while."""
        count = len(self.workers)
        for worker in self.workers:
            worker.kill()
        await pass_time(_NOTICE_S + seconds)
        self._bury()
        await self.start(count)

    async def _each(self, steps: Iterable[asyncio.Task[None]]) -> None:
        for step in list(steps):
            with suppress(asyncio.CancelledError):
                await step

    def _bury(self) -> None:
        self.ended += [worker for worker in self.workers if not worker.process.is_alive]
        self.workers = [worker for worker in self.workers if worker.process.is_alive]

    def crashes(self) -> list[str]:
        """Return why workers ended themselves; empty if the simulation was sound."""
        return [why for worker in (*self.workers, *self.ended) for why in worker.crashed]
