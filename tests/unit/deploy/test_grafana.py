"""What Grafana shows is asked for correctly: known metrics, their own labels, one datasource."""

import re
import subprocess
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import Final

import pytest
import yaml

from tests.support.debian import or_left_out, unpacked
from tests.unit.deploy.files import (
    DASHBOARD,
    PROMETHEUS,
    ROOT,
    Place,
    compose,
    dashboard,
    datasources,
    providers,
)

METRICS: Final = {
    "siaga_events_total": {"topic", "outcome"},
    "siaga_dead_letters_total": {"reason"},
    "siaga_event_decision_seconds_bucket": {"le"},
    "siaga_event_decision_seconds_sum": set[str](),
    "siaga_event_decision_seconds_count": set[str](),
    "siaga_now_timestamp_seconds": {"partition"},
    "siaga_heard_timestamp_seconds": {"partition"},
    "siaga_alerts_open": {"severity", "level", "state"},
    "siaga_escalations_total": {"level"},
    "siaga_blind": {"partition"},
}
"""Every metric that a dashboard may ask for, and its labels."""
ADDED_BY_PROMETHEUS: Final = {"instance", "job"}

QUERIES: Final = [query.expr for panel in dashboard().panels for query in panel.targets]
_GROUPING: Final = re.compile(r"\b(by|without)\s*\(([^)]*)\)")
_SELECTOR: Final = re.compile(r"\{([^}]*)\}")
_RANGE: Final = re.compile(r"\[[^\]]*\]")
_METRIC: Final = re.compile(r"\b[a-zA-Z_:][\w:]*\b(?!\s*\()")


@pytest.fixture(scope="module")
def promtool() -> str:
    """Return Prometheus' own checker."""
    return str(or_left_out(lambda: unpacked("prometheus")) / "usr/bin/promtool")


def metrics_in(query: str) -> set[str]:
    """Return the metrics that a query asks for: names that are not called and are no label."""
    for pattern in (_GROUPING, _SELECTOR, _RANGE):
        query = pattern.sub(" ", query)
    return set(_METRIC.findall(query))


def labels_in(query: str) -> set[str]:
    """Return the labels that a query groups or selects by."""
    grouped = {name.strip() for _, names in _GROUPING.findall(query) for name in names.split(",")}
    matchers = ",".join(_SELECTOR.findall(query))
    return grouped | set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers))


def overlap(one: Place, two: Place) -> bool:
    """Say whether two panels lie on each other."""
    beside = one.x + one.w <= two.x or two.x + two.w <= one.x
    return not beside and one.y < two.y + two.h and two.y < one.y + one.h


@pytest.mark.parametrize(
    ("query", "metrics", "labels"),
    [
        ("siaga_blind", {"siaga_blind"}, set[str]()),
        ("time() - max without(instance) (a_b)", {"a_b"}, {"instance"}),
        ('sum by(x, y) (rate(a{z="q", w!~"r"}[5m])) / b', {"a", "b"}, {"x", "y", "z", "w"}),
    ],
)
def test_queries_are_read_rightly(query: str, metrics: set[str], labels: set[str]) -> None:
    """Functions, groupings, selectors and ranges are not metrics."""
    assert (metrics, labels) == (metrics_in(query), labels_in(query))


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_asks_for_metrics_that_exist(query: str) -> None:
    """Names and labels are those of the list; a renamed metric must not leave an empty panel."""
    names = metrics_in(query)
    assert names
    assert names <= set(METRICS)
    known = set[str]().union(*(METRICS[name] for name in names)) | ADDED_BY_PROMETHEUS
    assert labels_in(query) <= known


def test_every_metric_is_shown() -> None:
    """A number that no panel asks for would not be missed when it stops."""
    asked = set[str]().union(*map(metrics_in, QUERIES))
    hidden = {name for name in METRICS if name.endswith(("_sum", "_count"))}
    assert set(METRICS) - hidden == asked


@pytest.mark.parametrize("query", [query for query in QUERIES if "sum" in query])
def test_sums_are_over_workers(query: str) -> None:
    """Each worker knows only its own partitions, so a sum drops the instance, and names what else.

    `sum by` would silently drop a label that is added later.
    """
    assert not re.search(r"\bsum\s*(by|\()", query)
    assert re.search(r"\bsum without\(instance\b", query)


def test_there_is_one_datasource_and_every_panel_names_it() -> None:
    """A dashboard that names another one shows nothing on a new installation."""
    [source] = datasources()
    references = {panel.datasource for panel in dashboard().panels} | {
        query.datasource for panel in dashboard().panels for query in panel.targets
    }
    assert {(source.type, source.uid)} == {(one.type, one.uid) for one in references}
    assert source.is_default
    assert source.url == "http://prometheus:9090"
    assert "prometheus" in compose().services


def test_panels_have_names_in_both_languages_and_places_of_their_own() -> None:
    """Indonesian first, English beside it; no panel hides another."""
    panels = dashboard().panels
    assert all(" · " in panel.title for panel in panels)
    assert len(panels) == len({panel.id for panel in panels})
    assert not [
        (one.title, two.title)
        for one, two in combinations(panels, 2)
        if overlap(one.place, two.place)
    ]
    assert max(panel.place.x + panel.place.w for panel in panels) <= 24


def test_each_query_of_a_panel_has_its_letter() -> None:
    """Grafana tells queries of one panel apart by it."""
    for panel in dashboard().panels:
        letters = [query.ref_id for query in panel.targets]
        assert letters
        assert len(letters) == len(set(letters)), panel.title


def test_grafana_finds_the_dashboard() -> None:
    """The provisioned folder is where Compose mounts ours; the first page is our dashboard."""
    grafana = compose().services["grafana"]
    [provider] = providers()
    folder = ROOT / grafana.mounts[provider.options.path]
    home = PurePosixPath(grafana.environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    assert str(home.parent) == provider.options.path
    assert (folder / home.name).samefile(ROOT / DASHBOARD)


@pytest.mark.debian
def test_prometheus_takes_its_configuration(promtool: str) -> None:
    """By Prometheus' own checker."""
    command = [promtool, "check", "config", PROMETHEUS]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.debian
def test_prometheus_understands_every_query(promtool: str, tmp_path: Path) -> None:
    """Each query as a recording rule, which Prometheus' own checker parses."""
    rules = [
        {"record": f"panel:{number}", "expr": query.replace("$__rate_interval", "1m")}
        for number, query in enumerate(QUERIES)
    ]
    file = tmp_path / "rules.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}), "utf-8")
    command = [promtool, "check", "rules", str(file)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert f"{len(QUERIES)} rules found" in run.stdout
