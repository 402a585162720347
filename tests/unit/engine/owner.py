"""An owner of journal partition 0, for stories of checkpoints and takeover."""

from streams.engine.host import FoldHost
from streams.engine.keeper import Keeper
from streams.engine.ports import Slot
from streams.engine.takeover import take_over
from streams.engine.writer import Writer
from tests.unit.engine.engine_parts import TOPICS, EchoFold, Parts, fetched, raise_crash

__all__ = ["JOURNAL", "STATE", "Owner", "owner"]

JOURNAL, STATE = Slot(TOPICS.journal, 0), Slot(TOPICS.state, 0)


class Owner:
    """An owner of journal partition 0."""

    def __init__(self, parts: Parts, fold: type[EchoFold] = EchoFold) -> None:
        self.parts = parts
        self._fold = fold
        self.lines = Writer(parts.process, raise_crash)
        self.host = FoldHost(parts.world, parts.flow, self.lines)
        self.keeper = Keeper(parts.world, parts.flow, self.host, (self.lines, parts.process))

    async def take_over(self) -> None:
        """Take over the partition, from what its state holds."""
        taken = await take_over(self.parts.world, TOPICS, self._fold, [0])
        self.keeper.expect(taken.ends)
        self.lines.ends.update(taken.ends)
        self.host.hosted = taken.hosted
        self.parts.flow.start({JOURNAL: taken.hosted[0].next})

    async def judge(self, *values: str) -> None:
        """Judge these records as the next ones."""
        start = self.host.hosted[0].next
        batch = [value.encode() for value in values]
        await self.host.take(fetched(JOURNAL, self.parts.flow.epoch, batch, start))


async def owner(parts: Parts) -> Owner:
    """Return a new owner that has taken over."""
    new = Owner(parts)
    await new.take_over()
    return new
