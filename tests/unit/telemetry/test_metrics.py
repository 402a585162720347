"""The table of metrics, and that what is shown is what the table says."""

import re
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from streams.telemetry.metrics import METRICS, Kind, Metric, Metrics
from streams.telemetry.reference import metrics_page
from streams.telemetry.states import StateCollector

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "metrics.md"
# Who reads a metric may be outside the room: none of these belongs there.
FORBIDDEN = {"tps", "desa", "scope", "officer", "source", "reporter", "choice", "alert", "election"}


def registry() -> CollectorRegistry:
    """Return everything that a worker registers of its own."""
    made = CollectorRegistry()
    Metrics(made)
    made.register(StateCollector(list))
    return made


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_names_follow_the_conventions(metric: Metric) -> None:
    """Prefix, base units, `_total` for counters and only for them."""
    assert re.fullmatch(r"siaga(_[a-z]+)+", metric.name)
    assert metric.name.endswith("_total") == (metric.kind is Kind.COUNTER)
    assert metric.name.endswith("_info") == (metric.kind is Kind.INFO)
    assert not re.search(r"_(ms|milliseconds|minutes|mib|kb)\b", metric.name)
    assert metric.help.endswith(".")


def test_each_metric_is_there_once() -> None:
    """One name, one meaning."""
    assert len(METRICS) == len({metric.name for metric in METRICS})


def test_no_label_is_finer_than_the_installation() -> None:
    """No place, person, source or candidate."""
    names = {name for metric in METRICS for name in metric.label_names}
    assert set() == names & FORBIDDEN


def test_only_a_histogram_has_buckets() -> None:
    """And they rise."""
    for metric in METRICS:
        assert bool(metric.buckets) == (metric.kind is Kind.HISTOGRAM)
        assert list(metric.buckets) == sorted(set(metric.buckets))


def test_what_is_shown_is_what_the_table_says() -> None:
    """Every metric with its kind and its text, and none besides."""
    shown = generate_latest(registry()).decode()
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", shown, re.MULTILINE))
    told = dict(re.findall(r"^# HELP (\S+) (.*)$", shown, re.MULTILINE))
    created = {name for name in kinds if name.endswith("_created")}
    expected = {
        metric.name: "gauge" if metric.kind is Kind.INFO else metric.kind.value
        for metric in METRICS
    }
    assert expected == {name: kind for name, kind in kinds.items() if name not in created}
    assert {metric.name: metric.help for metric in METRICS} == {
        name: text for name, text in told.items() if name not in created
    }


def test_the_committed_page_is_the_generated_one() -> None:
    """`python -m streams.telemetry` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == metrics_page()


def test_the_page_explains_every_label() -> None:
    """Which values it can have is part of its meaning."""
    page = metrics_page()
    for metric in METRICS:
        assert f"| `{metric.name}` | {metric.kind} |" in page
        for label in metric.labels:
            assert f"| `{label.name}` | {label.values} |" in page
