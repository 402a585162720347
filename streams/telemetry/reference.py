"""The reference page of the metrics, made from their table."""

from collections.abc import Iterable, Iterator
from typing import Final

from streams.telemetry.couriers import NOTIFY_METRICS
from streams.telemetry.doors import DOOR_METRICS
from streams.telemetry.metrics import METRICS, Label, Metric
from streams.telemetry.rooms import ROOM_METRICS

__all__ = ["metrics_page"]

_INTRODUCTION: Final = """\
# Metrics

What `siaga worker`, `siaga notify`, `siaga gate` and `siaga room` show Prometheus at `/metrics` of
their `--metrics-port PORT`. This page is made from the tables in `streams/telemetry`
(`python -m streams.telemetry`).

- Units are seconds and bytes; a name that ends in `_timestamp_seconds` is a time since 1970.
- Every label has a closed set of values: no TPS, no person and no candidate is in a metric.
- Restricted alerts are counted like all others: no metric is finer than the installation.
- Of the process itself there are `process_*`, as of every program of this library.
- While partitions change hands, the gauges of that worker are away for a moment.
"""
_PARTS: Final = {
    "Worker": METRICS,
    "Notifier": NOTIFY_METRICS,
    "Gate": DOOR_METRICS,
    "Room": ROOM_METRICS,
}


def metrics_page() -> str:
    """Return the page as Markdown."""
    parts = [line for name, metrics in _PARTS.items() for line in _part(name, metrics)]
    return "\n".join([_INTRODUCTION, *parts, "## Labels", "", *_labels(), ""])


def _part(name: str, metrics: Iterable[Metric]) -> Iterator[str]:
    yield from (f"## {name}", "")
    yield "| metric | kind | labels | |"
    yield "|---|---|---|---|"
    for metric in metrics:
        labels = ", ".join(f"`{name}`" for name in metric.label_names)
        yield f"| `{metric.name}` | {metric.kind} | {labels} | {metric.help} |"
    yield ""


def _labels() -> Iterator[str]:
    metrics = (one for part in _PARTS.values() for one in part)
    known: dict[str, Label] = {label.name: label for one in metrics for label in one.labels}
    yield "| label | values |"
    yield "|---|---|"
    for label in known.values():
        yield f"| `{label.name}` | {label.values} |"
