"""The table of metrics, and that what is shown is what the table says."""

import re
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from streams.telemetry.area_metrics import AREA_METRICS
from streams.telemetry.bounds import ALL_METRICS
from streams.telemetry.metrics import METRICS, Kind, Metric, Metrics
from streams.telemetry.partitions import EngineCollector, EngineView
from streams.telemetry.reference import metrics_page
from streams.telemetry.state_metrics import STATE_METRICS
from streams.telemetry.states import StateCollector
from tests.unit.telemetry.shown import Scene

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "metrics.md"
# Who reads a metric may be outside the room: none of these belongs there.
FORBIDDEN = {"tps", "desa", "scope", "officer", "source", "reporter", "choice", "alert", "pair"}
PLACES = {"kabupaten", "kecamatan", "province", "province_name", "name", "contest"}
EVERY = tuple(metric for part in ALL_METRICS.values() for metric in part)


def shown_by_a_worker() -> str:
    """Return everything that a worker shows of its own."""
    registry = CollectorRegistry()
    Metrics(registry)
    registry.register(StateCollector(list))
    registry.register(EngineCollector(lambda: EngineView(8, (), None)))
    return generate_latest(registry).decode() + Scene().areas.text()


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.name)
def test_names_follow_the_conventions(metric: Metric) -> None:
    """Prefix, base units, `_total` for counters and only for them."""
    assert re.fullmatch(r"siaga(_[a-z]+)+", metric.name)
    assert metric.name.endswith("_total") == (metric.kind is Kind.COUNTER)
    assert metric.name.endswith("_info") == (metric.kind is Kind.INFO)
    assert not re.search(r"_(ms|milliseconds|minutes|mib|kb)\b", metric.name)
    assert metric.help.endswith(".")


def test_each_metric_is_there_once() -> None:
    """One name, one meaning."""
    assert len(EVERY) == len({metric.name for metric in EVERY})


def test_no_label_is_finer_than_a_kecamatan() -> None:
    """No TPS, person, source or candidate; and places only where the metric says so."""
    assert set() == {name for metric in EVERY for name in metric.label_names} & FORBIDDEN
    others = (metric for metric in EVERY if metric not in AREA_METRICS)
    assert set() == {name for metric in others for name in metric.label_names} & PLACES


def test_only_a_histogram_has_buckets() -> None:
    """And they rise."""
    for metric in EVERY:
        assert bool(metric.buckets) == (metric.kind is Kind.HISTOGRAM)
        assert list(metric.buckets) == sorted(set(metric.buckets))


def test_what_is_shown_is_what_the_table_says() -> None:
    """Every metric with its kind and its text, and none besides."""
    shown = shown_by_a_worker()
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", shown, re.MULTILINE))
    told = dict(re.findall(r"^# HELP (\S+) (.*)$", shown, re.MULTILINE))
    created = {name for name in kinds if name.endswith("_created")}
    table = (*METRICS, *STATE_METRICS, *AREA_METRICS)
    expected = {
        metric.name: "gauge" if metric.kind is Kind.INFO else metric.kind.value for metric in table
    }
    assert expected == {name: kind for name, kind in kinds.items() if name not in created}
    assert {metric.name: metric.help for metric in table} == {
        name: text for name, text in told.items() if name not in created
    }


def test_the_committed_page_is_the_generated_one() -> None:
    """`python -m streams.telemetry` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == metrics_page()


def test_the_page_explains_every_label() -> None:
    """Which values it can have is part of its meaning."""
    page = metrics_page()
    for metric in EVERY:
        assert f"| `{metric.name}` | {metric.kind} |" in page
        for label in metric.labels:
            assert re.search(
                rf"^\| `{label.name}` \| [0-9,]* \| {re.escape(label.values)} \|$",
                page,
                re.MULTILINE,
            )
