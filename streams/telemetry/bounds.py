"""How many series there can be at most: of each metric, where the whole country is watched.

A bound is of all processes of one installation together, as Prometheus keeps them when each
partition, channel and door is shown by one of them. Where several show the same, as the counters of
three workers, it is as many times that.
"""

from collections.abc import Mapping
from math import prod
from types import MappingProxyType
from typing import Final

from streams.telemetry.area_metrics import AREA_METRICS
from streams.telemetry.couriers import NOTIFY_METRICS
from streams.telemetry.doors import DOOR_METRICS
from streams.telemetry.metrics import METRICS, Kind, Metric
from streams.telemetry.rooms import ROOM_METRICS
from streams.telemetry.state_metrics import STATE_METRICS

__all__ = ["ALL_METRICS", "BOUNDS", "FOLLOWING", "series_max"]

ALL_METRICS: Final[Mapping[str, tuple[Metric, ...]]] = MappingProxyType(
    {
        "Worker": (*METRICS, *STATE_METRICS),
        "Places": AREA_METRICS,
        "Notifier": NOTIFY_METRICS,
        "Gate": DOOR_METRICS,
        "Room": ROOM_METRICS,
    }
)
"""Every metric, by who shows it; places are shown by workers."""

BOUNDS: Final[Mapping[str, int]] = MappingProxyType(
    {
        # Places. Source: Kepmendagri 300.2.2-2138/2025; the largest kabupaten has 51 kecamatan,
        # and kecamatan are shown where fewer than 20 kabupaten are watched.
        "kabupaten": 514,
        "kecamatan": 19 * 51,
        "province": 38,
        "stage": 9,
        "class": 4,
        "contest": 8,
        "form": 3,
        "duty": 7,
        # Alerts and rules.
        "severity": 4,
        "state": 5,
        "level": 20,
        "change": 14,
        "rule": 100,
        "kind": 3,
        # Pipeline.
        "partition": 64,
        "topic": 10,
        "outcome": 4,
        "reason": 12,
        "rebuilt": 2,
        "election": 8,
        "version": 1,
        # Notifier, gate, room.
        "type": 12,
        "receipt": 4,
        "result": 4,
        "breaker": 3,
        "read": 8,
        "mirror": 8,
        "look": 4,
        "route": 12,
        "status": 16,
        "refusal": 20,
        "event": 3,
        "command": 40,
        "sent": 3,
        "endpoint": 60,
        "code": 16,
        "why_not": 20,
        "written": 8,
    }
)
"""How many values a label has at most. `contest` is of one kabupaten."""
FOLLOWING: Final = frozenset(
    {
        ("siaga_area_info", "name"),
        ("siaga_area_info", "province"),
        ("siaga_area_info", "province_name"),
        ("siaga_kecamatan_info", "name"),
        ("siaga_kecamatan_info", "kabupaten"),
        ("siaga_pack_info", "pack"),
    }
)
"""Labels that follow from another one of their metric, so that they make no more series."""
_HISTOGRAM_OTHERS: Final = 3
"""Series of a histogram beside its buckets: that of all, the sum and the count."""


def series_max(metric: Metric) -> int:
    """Return how many series a metric has at most."""
    free = [name for name in metric.label_names if (metric.name, name) not in FOLLOWING]
    buckets = len(metric.buckets) + _HISTOGRAM_OTHERS if metric.kind is Kind.HISTOGRAM else 1
    return prod(BOUNDS[name] for name in free) * buckets
