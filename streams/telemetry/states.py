"""Metrics of what is remembered: read from the folds of this process when Prometheus asks.

Nothing is counted up and down on the way, so nothing can drift: what is shown is what the folds
hold, after a takeover too. The asking comes from a thread of its own while the folds are judging,
so each table is copied in one go before it is looked at.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from streams import __version__
from streams.alerts.book import next_wake
from streams.domain.alert import LADDERS, PILKADES_LADDERS, Alert
from streams.domain.times import SECOND_MS, EpochMs
from streams.judge.state import PartitionState
from streams.telemetry.metrics import (
    ALERTS_OPEN,
    BLIND,
    BUILD,
    DEADLINES_OVERDUE,
    HEARD,
    NOW,
    Metric,
)

__all__ = ["BLIND_AFTER_MS", "StateCollector"]

BLIND_AFTER_MS: Final = 60 * SECOND_MS
"""How far `heard` may be behind `now`. Source: contract §4."""
_COPY_TRIES: Final = 10
_LEVELS: Final = tuple(
    dict.fromkeys(
        level
        for ladders in (LADDERS, PILKADES_LADDERS)
        for levels in ladders.values()
        for level in levels
    )
)
"""Every level, so that a metric that should be 0 says so."""


class StateCollector(Collector):
    """Shows clocks and open alerts of the partitions that are owned just now."""

    def __init__(self, states: Callable[[], Iterable[PartitionState]]) -> None:
        """`states` returns those of the partitions owned now; none while they change hands."""
        self._states = states

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return the metrics as they are now."""
        states = list(self._states())
        yield from _clocks(states)
        copies = [(state.clocks.now, _copied(state)) for state in states]
        yield _alerts(alert for _, alerts in copies for alert in alerts)
        yield _overdue(copies)
        build = _family(BUILD)
        build.add_metric([__version__], 1)
        yield build


def _clocks(states: Iterable[PartitionState]) -> Iterator[GaugeMetricFamily]:
    now, heard, blind = _family(NOW), _family(HEARD), _family(BLIND)
    for state in states:
        clocks, label = state.clocks, [str(state.partition)]
        now.add_metric(label, clocks.now / SECOND_MS)
        heard.add_metric(label, clocks.heard / SECOND_MS)
        blind.add_metric(label, clocks.now - clocks.heard > BLIND_AFTER_MS)
    return iter((now, heard, blind))


def _alerts(alerts: Iterable[Alert]) -> GaugeMetricFamily:
    counted = Counter(
        (alert.severity, alert.level, alert.state) for alert in alerts if alert.is_open
    )
    shown = _family(ALERTS_OPEN)
    for labels, count in sorted(counted.items()):
        shown.add_metric(labels, count)
    return shown


def _overdue(copies: Sequence[tuple[EpochMs, list[Alert]]]) -> GaugeMetricFamily:
    """Return how many deadlines were missed: there is no reason why there should be one."""
    late = Counter(dict.fromkeys(_LEVELS if copies else (), 0))
    for now, alerts in copies:
        late.update(one.level for one in alerts if next_wake(one) < now - SECOND_MS)
    shown = _family(DEADLINES_OVERDUE)
    for level, count in sorted(late.items()):
        shown.add_metric([level], count)
    return shown


def _copied(state: PartitionState) -> list[Alert]:
    """Return the alerts of a partition, although another thread may be adding some."""
    for _ in range(_COPY_TRIES):
        try:
            return [alert for _, alert in list(state.alerts.items())]
        except RuntimeError:  # It grew in the middle of the copy: rare, because that is one step.
            continue
    return []


def _family(metric: Metric) -> GaugeMetricFamily:
    return GaugeMetricFamily(metric.name, metric.help, labels=metric.label_names)
