"""Metrics of the engine: of the partitions that it owns just now, and of its clock.

As in `states.py` everything is read when Prometheus asks, so nothing is left of a partition that
has gone to another worker.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from streams.telemetry.state_metrics import (
    BROKER_CLOCK_OFFSET,
    CHECKPOINT_AT,
    JOURNAL_LAG,
    PARTITIONS,
)
from streams.telemetry.states import family

__all__ = ["EngineCollector", "EngineView", "OwnedPartition"]


class OwnedPartition(Struct, frozen=True):
    """How far a journal partition is that is owned just now."""

    number: int
    next: int
    """First offset that is not judged."""
    end: int
    """Behind which offset nothing was by the newest word of the broker; 0: there was none yet."""
    saved_at: float | None
    """When it was last known to be saved whole, in seconds since 1970; None: not yet."""


class EngineView(Struct, frozen=True):
    """What is seen of an engine."""

    partitions: int
    """Of the journal, whoever owns them."""
    owned: tuple[OwnedPartition, ...]
    """None while they change hands."""
    broker_ahead: float | None
    """How far the broker's clock is ahead of ours, in seconds; None: it is not known."""


class EngineCollector(Collector):
    """Shows how far each owned partition is."""

    def __init__(self, look: Callable[[], EngineView]) -> None:
        """`look` returns the engine as it stands."""
        self._look = look

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return the metrics as they are now."""
        view = self._look()
        lag, saved = family(JOURNAL_LAG), family(CHECKPOINT_AT)
        for one in view.owned:
            label = [str(one.number)]
            if one.end:
                lag.add_metric(label, max(0, one.end - one.next))
            if one.saved_at is not None:
                saved.add_metric(label, one.saved_at)
        partitions, ahead = family(PARTITIONS), family(BROKER_CLOCK_OFFSET)
        partitions.add_metric([], view.partitions)
        if view.broker_ahead is not None:
            ahead.add_metric([], view.broker_ahead)
        return iter((lag, saved, partitions, ahead))
