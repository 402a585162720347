"""Metrics of what is remembered: read from the folds of this process when Prometheus asks.

Nothing is counted up and down on the way, so nothing can drift: what is shown is what the folds
hold, after a takeover too. The asking comes from a thread of its own while the folds are judging,
so each table is copied in one go before it is looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from streams import __version__
from streams.domain.ids import ElectionId
from streams.domain.times import SECOND_MS
from streams.judge.state import PartitionState
from streams.telemetry.census import Census, take_census
from streams.telemetry.copied import copied
from streams.telemetry.metrics import Metric
from streams.telemetry.state_metrics import (
    ALERTS_OPEN,
    BLIND,
    BUILD,
    DEADLINES_OVERDUE,
    HEARD,
    NOW,
    PACK,
    STATE_ROWS,
)
from streams.telemetry.state_metrics import OLDEST_UNACKNOWLEDGED as OLDEST

__all__ = ["BLIND_AFTER_MS", "PACK_DIGITS", "StateCollector", "family"]

BLIND_AFTER_MS: Final = 60 * SECOND_MS
"""How far `heard` may be behind `now`. Source: contract §4."""
PACK_DIGITS: Final = 12
"""Of the hash of a pack: enough to tell packs apart."""
_NO_PACKS: Final[Mapping[ElectionId, str]] = MappingProxyType({})


class StateCollector(Collector):
    """Shows clocks, packs and open alerts of the partitions that are owned just now."""

    def __init__(
        self,
        states: Callable[[], Iterable[PartitionState]],
        packs: Mapping[ElectionId, str] = _NO_PACKS,
    ) -> None:
        """Show what is remembered.

        Args:
            states: Returns those of the partitions owned now; none while they change hands.
            packs: The hash of each election's own pack, which judges until one is published.
        """
        self._states = states
        self._packs = packs
        self.census: Census = take_census(())
        """As it was taken last."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return the metrics as they are now."""
        states = list(self._states())
        yield from _clocks(states)
        yield _rows(states)
        yield self._pack(states)
        self.census = take_census(states)
        yield from _alerts(self.census)
        build = family(BUILD)
        build.add_metric([__version__], 1)
        yield build

    def _pack(self, states: Iterable[PartitionState]) -> GaugeMetricFamily:
        shown = family(PACK)
        for state in states:
            packs = {str(election): name for election, name in self._packs.items()}
            packs.update((key[0], row.name) for key, row in copied(state.packs.items))
            for election, name in sorted(packs.items()):
                shown.add_metric([str(state.partition), election, name[:PACK_DIGITS]], 1)
        return shown


def family(metric: Metric) -> GaugeMetricFamily:
    """Return a metric without any samples."""
    return GaugeMetricFamily(metric.name, metric.help, labels=metric.label_names)


def _clocks(states: Iterable[PartitionState]) -> Iterator[GaugeMetricFamily]:
    now, heard, blind = family(NOW), family(HEARD), family(BLIND)
    for state in states:
        clocks, label = state.clocks, [str(state.partition)]
        now.add_metric(label, clocks.now / SECOND_MS)
        heard.add_metric(label, clocks.heard / SECOND_MS)
        blind.add_metric(label, clocks.now - clocks.heard > BLIND_AFTER_MS)
    return iter((now, heard, blind))


def _rows(states: Iterable[PartitionState]) -> GaugeMetricFamily:
    shown = family(STATE_ROWS)
    for state in states:
        shown.add_metric([str(state.partition)], sum(map(len, state.tables)))
    return shown


def _alerts(census: Census) -> Iterator[GaugeMetricFamily]:
    shown, late, oldest = family(ALERTS_OPEN), family(DEADLINES_OVERDUE), family(OLDEST)
    for labels, count in census.counted.items():
        shown.add_metric(labels, count)
    for level, count in census.late.items():
        late.add_metric([level], count)
    for severity, at in census.oldest.items():
        oldest.add_metric([severity], at / SECOND_MS)
    return iter((shown, oldest, late))
