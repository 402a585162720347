"""What is common to the transport and its machine about the partitions that are held just now.

The *epoch* is raised whenever batches that were fetched before have become worthless: partitions
went away, or are read again from another offset. Whoever holds a batch across an `await` compares
epochs before going on. Offsets, not epochs, decide what a fetch *is* (the transport's contiguity);
epochs only spare work on what was already handed over.
"""

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from streams.engine.claims import ClaimBook
from streams.engine.ports import Slot

__all__ = ["EngineTopics", "Flow", "Holding"]


class EngineTopics(Struct, frozen=True):
    """The topics that the engine itself deals with, as the contract names them."""

    journal: str
    state: str
    dead_letters: str
    lines: tuple[str, ...]
    sources: tuple[str, ...]
    """Input topics whose partitions are claimed: `heard` waits for them."""
    unclaimed: tuple[str, ...]
    """Input topics that are journaled all the same."""
    packs: str
    """What was published, by its hash; one partition."""


class Holding:
    """Epoch, commit points and claims of one consumer."""

    def __init__(self, claimed: Collection[str]) -> None:
        """`claimed`: topics of whose partitions it is claimed how far they were heard."""
        self._claimed = claimed
        self.epoch = 0
        self.is_active = False
        """Whether records are flowing: false from a revocation to the end of the next takeover."""
        self.claims = ClaimBook()
        self.safe: dict[Slot, int] = {}
        """Offsets that may be committed: everything before them is where it must be."""
        self._starts: dict[Slot, int] = {}
        self.on_start: Callable[[], None] = _tell_nobody
        """Is told when records begin to flow."""

    def stop(self) -> None:
        """Let nothing more in; what is queued has become worthless."""
        self.is_active = False
        self.epoch += 1

    def forget(self) -> None:
        """Hold nothing any more."""
        self.stop()
        self.safe.clear()
        self._starts.clear()
        self.claims.forget()

    def start(self, starts: Mapping[Slot, int]) -> None:
        """Begin with these partitions, each read from an offset on."""
        claimed = {slot: at for slot, at in starts.items() if slot.topic in self._claimed}
        self.safe.clear()
        self._starts = dict(starts)
        self.claims.assign(claimed)
        self.is_active = True
        self.on_start()

    def done(self, slot: Slot) -> int:
        """Return how far a partition is done: its commit point, else where its reading began."""
        return self.safe.get(slot, self._starts.get(slot, 0))

    def mark_safe(self, slot: Slot, offset: int, epoch: int) -> None:
        """Note that everything before `offset` is where it must be, as was true in `epoch`."""
        if epoch == self.epoch:
            self.safe[slot] = offset


class Flow(Holding):
    """What the engine holds."""

    def __init__(self, topics: EngineTopics) -> None:
        super().__init__(topics.sources)
        self.topics = topics


def _tell_nobody() -> None:
    """Do nothing."""
