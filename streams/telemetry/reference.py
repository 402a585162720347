"""The reference page of the metrics, made from their table."""

from collections.abc import Iterator
from typing import Final

from streams.telemetry.metrics import METRICS, Label

__all__ = ["metrics_page"]

_INTRODUCTION: Final = """\
# Metrics

What `siaga worker --metrics-port PORT` shows Prometheus at `/metrics`. This page is made from
`streams/telemetry/metrics.py` (`python -m streams.telemetry`).

- Units are seconds and bytes; a name that ends in `_timestamp_seconds` is a time since 1970.
- Every label has a closed set of values: no TPS, no person and no candidate is in a metric.
- Restricted alerts are counted like all others: no metric is finer than the installation.
- Of the process itself there are `process_*`, as of every program of this library.
- While partitions change hands, the gauges of that worker are away for a moment.
"""


def metrics_page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_INTRODUCTION, *_table(), "", "## Labels", "", *_labels(), ""])


def _table() -> Iterator[str]:
    yield "| metric | kind | labels | |"
    yield "|---|---|---|---|"
    for metric in METRICS:
        labels = ", ".join(f"`{name}`" for name in metric.label_names)
        yield f"| `{metric.name}` | {metric.kind} | {labels} | {metric.help} |"


def _labels() -> Iterator[str]:
    known: dict[str, Label] = {label.name: label for one in METRICS for label in one.labels}
    yield "| label | values |"
    yield "|---|---|"
    for label in known.values():
        yield f"| `{label.name}` | {label.values} |"
