"""The invented day is made of real metrics, and every panel has something to show of it."""

import re
from collections.abc import Iterator
from math import isnan
from typing import Final

import pytest

from streams.telemetry.bounds import ALL_METRICS
from streams.telemetry.metrics import Kind, Metric
from tests.support.debian import or_left_out, unpacked
from tools.dashboards.__main__ import FOLDER
from tools.dashboards.draw.ask import Asked, Prometheus, Series, Span
from tools.dashboards.draw.files import Panel, Target, read
from tools.dashboards.draw.frames import lines_of, table_of
from tools.dashboards.draw.invented import exposition, series
from tools.dashboards.draw.invented_tsdb import SPAN, remembered

REAL: Final = [metric for part in ALL_METRICS.values() for metric in part]
OF_PROMETHEUS: Final = {
    "ALERTS",
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
    "up",
}
"""What Prometheus itself, or its library, shows of every process."""
PANELS: Final = [
    pytest.param(panel, id=f"{file.stem}: {panel.title}")
    for file in sorted(FOLDER.glob("*.json"))
    for panel in read(file).panels
    if panel.type != "row"
]


def shown_names(metric: Metric) -> set[str]:
    """Return the names of a metric's series."""
    if metric.kind is Kind.HISTOGRAM:
        return {f"{metric.name}{ending}" for ending in ("_bucket", "_count", "_sum")}
    return {metric.name}


LABELS: Final = {
    name: {*metric.label_names, *(["le"] if name.endswith("_bucket") else [])}
    for metric in REAL
    for name in shown_names(metric)
}


class AskedOnce(Prometheus):
    """Remembers what it was told: most queries stand in several tests."""

    def __init__(self, asked: Prometheus) -> None:
        self._asked = asked
        self._told = dict[tuple[bool, str], list[Series]]()

    def now(self, expr: str, span: Span) -> list[Series]:
        """Return the values at the end of a span."""
        key = (True, expr)
        if key not in self._told:
            self._told[key] = self._asked.now(expr, span)
        return self._told[key]

    def over(self, expr: str, span: Span) -> list[Series]:
        """Return the values over a span."""
        key = (False, expr)
        if key not in self._told:
            self._told[key] = self._asked.over(expr, span)
        return self._told[key]


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """Run a Prometheus that remembers the day."""
    or_left_out(lambda: unpacked("prometheus"))
    with remembered(tmp_path_factory.mktemp("day")) as running:
        yield AskedOnce(running)


def test_the_day_has_real_names_and_labels() -> None:
    """As the tables of the metrics say; what a panel shows of it, it can show of a real day."""
    for one in series(0):
        if one.name not in OF_PROMETHEUS:
            assert LABELS[one.name] == set(one.labels) - {"instance", "job"}, one.name


def test_the_day_is_the_same_each_time() -> None:
    """So two pictures differ only where a dashboard does."""
    assert exposition(0) == exposition(0)
    assert exposition(0).endswith("\n# EOF\n")


@pytest.mark.debian
@pytest.mark.parametrize("panel", PANELS)
def test_every_query_finds_something(panel: Panel, prometheus: Prometheus) -> None:
    """One that finds nothing of a day that has everything asks for the wrong name or label."""
    empty = [target.expr for target in panel.targets if not answers(target, prometheus)]
    assert [] == empty


@pytest.mark.debian
@pytest.mark.parametrize("panel", PANELS)
def test_what_is_found_has_names(panel: Panel, prometheus: Prometheus) -> None:
    """No series, column or row is called by a label that the query has dropped."""
    if panel.type == "table":
        table = table_of(panel, prometheus, SPAN)
        assert table.rows
        titles = [title for title, _ in table.columns]
        assert all(re.search(" · |^[a-z_]+$", title) for title in titles), titles
        assert [] == [title for title in titles if title.startswith("Value")]
    else:
        lines = lines_of(panel, prometheus, SPAN)
        assert all(line.name.strip() for line in lines)
        assert len(lines) == len({line.name for line in lines})


@pytest.mark.debian
def test_a_query_that_is_none_is_told(prometheus: Prometheus) -> None:
    """With the words of Prometheus."""
    with pytest.raises(Asked, match="parse error"):
        prometheus.now("sum(", SPAN)


def answers(target: Target, prometheus: Prometheus) -> bool:
    """Say whether a query finds a value."""
    ask = prometheus.now if target.instant else prometheus.over
    return any(not isnan(value) for one in ask(target.expr, SPAN) for _, value in one.points)
