"""How values of the invented day go: functions of the hour."""

from collections.abc import Callable, Iterator
from math import exp, sin
from typing import Final

from streams.telemetry.couriers import NOTIFY_METRICS
from streams.telemetry.doors import DOOR_METRICS
from streams.telemetry.metrics import METRICS
from streams.telemetry.rooms import ROOM_METRICS

__all__ = ["Shape", "grown", "lively", "spread", "up_to", "whole"]

Shape = Callable[[float], float]
"""A value by the hour."""
_BUCKETS: Final = {
    metric.name: metric.buckets
    for metric in (*METRICS, *NOTIFY_METRICS, *DOOR_METRICS, *ROOM_METRICS)
}


def up_to(most: float, middle: float, width: float) -> Shape:
    """Return what rises from 0 to `most`, half of it by `middle`, in about four `width` hours."""

    def value(hour: float) -> float:
        return most / (1 + exp(min(60.0, -(hour - middle) / width)))

    return value


def grown(count: float, middle: float) -> Shape:
    """Return a counter that reaches `count` over the day, fastest at `middle`."""
    risen = up_to(count, middle, 1.6)
    start = risen(6.0)
    return lambda hour: round(max(0.0, risen(hour) - start), 3)


def lively(middle: float, swing: float) -> Shape:
    """Return a gauge that swings about its middle."""
    return lambda hour: round(max(0.0, middle + swing * sin(hour * 5) * sin(hour * 1.7)), 3)


def whole(shape: Shape, share: float = 1.0) -> Shape:
    """Return a share of something that is counted in whole numbers."""
    return lambda hour: float(round(shape(hour) * share))


def spread(
    name: str, labels: dict[str, str], count: float, mean: float
) -> Iterator[tuple[str, dict[str, str], Shape]]:
    """Yield the series of a histogram whose values fall off from 0 on, with a mean."""
    risen = grown(count, 10.5)
    for bound in (*_BUCKETS[name], float("inf")):
        share = 1 - exp(-bound / mean)
        labelled = {**labels, "le": "+Inf" if bound == float("inf") else str(bound)}
        yield f"{name}_bucket", labelled, _times(risen, share)
    yield f"{name}_count", labels, risen
    yield f"{name}_sum", labels, _times(risen, mean)


def _times(shape: Shape, share: float) -> Shape:
    return lambda hour: shape(hour) * share
