"""Docs, dashboards and alarms know the metrics that there are, and each metric is looked at."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from streams.telemetry.bounds import ALL_METRICS
from streams.telemetry.metrics import Kind, Metric
from tests.support.expressions import (
    Asked,
    dashboard_files,
    of_dashboard,
    of_rules,
    rule_files,
)
from tests.support.promql import selectors, words

ROOT: Final = Path(__file__).parents[3]
_NAME: Final = re.compile(r"(?<![\w:])siaga_[a-z0-9_]+(?![\w:*(…])")
_MATCHER: Final = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"")
_VARIABLE: Final = re.compile(r"\$\{(\w+)(?::\w+)?\}|\$(\w+)")
_SUFFIXES: Final = ("_bucket", "_sum", "_count")
ADDED: Final = {"instance", "job", "alertname", "severity"}
"""Labels that Prometheus, or a rule of ours, adds."""
NO_METRICS: Final = {"siaga_perlu_dicek"}
"""What is called alike in the docs: a template of a messaging service."""
NOT_LOOKED_AT: Final = {
    "siaga_room_event_bytes_total": "for who tunes the stream; no dashboard is of the room alone",
    "siaga_room_events_total": "as the bytes",
    "siaga_room_refusals_total": "who looks into a refused login has the audit lines of the log",
    "siaga_room_request_seconds": "SiagaRoomDown tells of the room; this is for who tunes it",
    "siaga_room_skipped_total": "docs/reference/room.md says when to look at it",
    "siaga_room_taken_total": "the same events are in siaga_events_total, once they are judged",
}
"""Metrics that no dashboard and no alarm asks for, and why."""


def known() -> dict[str, Metric]:
    """Return every name that a sample may have."""
    found: dict[str, Metric] = {}
    for metric in (one for part in ALL_METRICS.values() for one in part):
        found[metric.name] = metric
        if metric.kind is Kind.HISTOGRAM:
            found |= {metric.name + suffix: metric for suffix in _SUFFIXES}
    return found


def asked() -> list[Asked]:
    """Return every expression of rules and dashboards."""
    return [
        *of_rules(rule_files()),
        *(one for file in dashboard_files() for one in of_dashboard(file)),
    ]


def _filled(variable: re.Match[str]) -> str:
    """Return what may stand in the place of a dashboard's variable: a duration, or a word."""
    return "5m" if (variable[1] or variable[2]).startswith("__") else "x"


def expressions() -> Iterator[tuple[str, str, str]]:
    """Yield place, metric and selector of everything that is asked for."""
    for one in asked():
        for selector in selectors(_VARIABLE.sub(_filled, one.expression)):
            name = selector.partition("{")[0].strip()
            if name.startswith("siaga_"):
                yield one.place, name, selector


@pytest.mark.parametrize("folder", ["docs", "deploy"])
def test_every_name_that_is_written_is_a_metric(folder: str) -> None:
    """A recorded series has a colon in its name, and is no metric of ours."""
    names = known()
    files = [file for kind in ("md", "yml", "json") for file in ROOT.glob(f"{folder}/**/*.{kind}")]
    unknown = [
        f"{file.relative_to(ROOT)}: {name} is no metric (docs/reference/metrics.md)"
        for file in sorted(files)
        for name in sorted(set(_NAME.findall(file.read_text("utf-8"))))
        if name not in names and name not in NO_METRICS
    ]
    assert [] == unknown


def test_every_selector_asks_by_labels_that_its_metric_has() -> None:
    """One that it has not matches nothing, for ever."""
    names = known()
    wrong = [
        f"{place}: {name} has no label {label}"
        for place, name, selector in expressions()
        if name in names
        for label in _MATCHER.findall(selector)
        if label not in {*names[name].label_names, *ADDED, "le"}
    ]
    assert [] == wrong


def test_every_metric_is_in_a_dashboard_or_an_alarm() -> None:
    """What nobody looks at need not be shown; if it must be, it is said why."""
    looked = {known()[name].name for _, name, _ in expressions() if name in known()}
    every = {metric.name for metric in known().values()}
    assert set(NOT_LOOKED_AT) <= every
    assert set() == looked & set(NOT_LOOKED_AT), "it is looked at: take it off the list"
    assert [] == sorted(every - looked - set(NOT_LOOKED_AT))


def test_expressions_are_read() -> None:
    """Else all of this would hold of nothing."""
    assert len(list(expressions())) > 100
    assert words("siaga_blind > 0")
