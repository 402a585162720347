"""What is seen of a running worker when Prometheus asks, from a thread of its own."""

import time
from typing import TYPE_CHECKING, Final

from streams.domain.times import SECOND_MS
from streams.engine.host import Hosted
from streams.engine.topics import Topic
from streams.judge.state import PartitionState
from streams.telemetry.observed import ObservedFold
from streams.telemetry.partitions import EngineView, OwnedPartition

if TYPE_CHECKING:
    from streams.app import WorkerApp

__all__ = ["WorkerView"]

_FETCHING: Final = "fetching"


class WorkerView:
    """Looks at the app of a worker."""

    def __init__(self, app: "WorkerApp", partitions: int) -> None:
        """`partitions` of the journal, whoever owns them."""
        self._app = app
        self._partitions = partitions

    def folds(self) -> list[ObservedFold]:
        """Return those of the partitions owned now."""
        folds = [own.fold for own in self._hosted()]
        return [fold for fold in folds if isinstance(fold, ObservedFold)]

    def states(self) -> list[PartitionState]:
        """Return what is remembered of the partitions owned now."""
        return [fold.fold.state for fold in self.folds()]

    def engine(self) -> EngineView:
        """Return how far the engine is."""
        ends = self._fetched_ends()
        # The engine counts seconds from some moment; here the wall shows the time.
        wall = time.time() - time.monotonic()
        owned = [
            OwnedPartition(
                number=own.partition,
                next=own.next,
                end=max(ends.get(own.partition, 0), self._app.engine.journal_end(own.partition)),
                saved_at=None if own.saved_at is None else own.saved_at + wall,
            )
            for own in self._hosted()
        ]
        return EngineView(self._partitions, tuple(owned), self._broker_ahead())

    def _hosted(self) -> list[Hosted]:
        """Return the partitions owned now; none before the first takeover."""
        return list(self._app.engine.host.hosted.values()) if self._app.link.flow.is_active else []

    def _fetched_ends(self) -> dict[int, int]:
        """Return where each partition of the journal ended by the last answer to a fetch."""
        return {
            gauge.slot.partition: gauge.end
            for gauge in self._app.gauges()
            if gauge.what == _FETCHING and gauge.slot.topic == Topic.JOURNAL
        }

    def _broker_ahead(self) -> float | None:
        now = self._app.engine.clock.now()
        return now / SECOND_MS - time.time() if now else None
