"""The reference page of the metrics, made from their tables."""

from collections.abc import Iterable, Iterator
from typing import Final

from streams.telemetry.bounds import ALL_METRICS, BOUNDS, series_max
from streams.telemetry.metrics import Label, Metric

__all__ = ["metrics_page"]

_INTRODUCTION: Final = """\
# Metrics

What `siaga worker`, `siaga notify`, `siaga gate` and `siaga room` show Prometheus at `/metrics` of
their `--metrics-port PORT`. This page is made from the tables in `streams/telemetry`
(`python -m streams.telemetry`).

- Units are seconds and bytes; a name that ends in `_timestamp_seconds` is a time since 1970.
- Every label has a closed set of values: no TPS, no person and no candidate is in a metric.
- Restricted alerts are in no number of alerts and lines, and no exemplar names them: who reads
  Prometheus may be anybody. What tells whether Siaga itself is well counts all records:
  `siaga_deadlines_overdue`, `siaga_notices_total`, `siaga_state_rows` and the notifier's. Of the
  time that rules take, and of their failures, `restricted` stands for all whose alerts only some
  may see.
- What is counted is shown at 0 before it has happened, so that a rate has a beginning: of workers
  from the start, of channels and doors from the first time that they are used.
- Metrics of places leave drills out. They follow the picture, so they are a second old; before a
  new owner of a partition has told it, they are away.
- Of the process itself there are `process_*`, as of every program of this library.
- While partitions change hands, the gauges of that worker are away for a moment. Each worker shows
  the partitions that it owns: `sum without (instance) (…)` is the whole.
- Exemplars are there for who asks in the form of OpenMetrics, as Prometheus does; it keeps them
  with `--enable-feature=exemplar-storage`.
- *At most* is how many series a metric has where all 514 kabupaten are watched, as Prometheus
  keeps them of one process of each kind.
"""


def metrics_page() -> str:
    """Return the page as Markdown."""
    parts = [line for name, metrics in ALL_METRICS.items() for line in _part(name, metrics)]
    return "\n".join([_INTRODUCTION, *parts, "## Labels", "", *_labels(), ""])


def _part(name: str, metrics: Iterable[Metric]) -> Iterator[str]:
    yield from (f"## {name}", "")
    yield "| metric | kind | labels | at most | |"
    yield "|---|---|---|---|---|"
    for metric in metrics:
        labels = ", ".join(f"`{name}`" for name in metric.label_names)
        most = f"{series_max(metric):,}"
        yield f"| `{metric.name}` | {metric.kind} | {labels} | {most} | {metric.help} |"
    yield ""


def _labels() -> Iterator[str]:
    metrics = (one for part in ALL_METRICS.values() for one in part)
    known: dict[str, Label] = {label.name: label for one in metrics for label in one.labels}
    yield "| label | at most | values |"
    yield "|---|---|---|"
    for label in known.values():
        most = BOUNDS.get(label.name)
        yield f"| `{label.name}` | {'' if most is None else f'{most:,}'} | {label.values} |"
