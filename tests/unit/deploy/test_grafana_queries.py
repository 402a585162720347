"""What dashboards ask Prometheus, and what people choose: real names, sums over workers, links."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
import yaml

from streams.room.assets import SHELL_PATHS
from streams.telemetry.metrics import ACKNOWLEDGE
from tests.support.debian import or_left_out
from tests.support.expressions import question, variables_of
from tests.support.grafana_values import values_from
from tests.support.prometheus import promtool
from tests.unit.deploy.dashboards import NAMES, SHOWN, panels_of, targets
from tests.unit.deploy.files import DATASOURCES, text_of
from tools.dashboards.__main__ import FOLDER
from tools.dashboards.alerts_taken import LIMITS
from tools.dashboards.draw.ask import Span, filled

QUERIES: Final = sorted({target.expr for target in targets()})
CHOICES: Final = {
    "province": ({"province": "17", "province_name": "Bengkulu"}, "Bengkulu"),
    "kabupaten": (
        {"province_name": "Bengkulu", "kabupaten": "17.02", "name": "Rejang Lebong"},
        "Rejang Lebong",
    ),
    "kecamatan": ({"kabupaten": "17.02", "kecamatan": "17.02.09", "name": "Curup"}, "Curup"),
}
"""Labels of a series behind each choice, and what people see of it."""


def shown_name(regex: str, labels: Mapping[str, str]) -> str | None:
    """Return what Grafana shows of a series: the first group `text` that is found."""
    pattern = regex.removeprefix("/").removesuffix("/g").replace("(?<", "(?P<")
    written = ",".join(f'{name}="{text}"' for name, text in labels.items())
    found = re.finditer(pattern, f"{{{written}}}")
    return next((one["text"] for one in found if one["text"]), None)


@pytest.mark.parametrize("query", QUERIES)
def test_sums_are_over_workers(query: str) -> None:
    """Each worker knows only its own partitions, so a sum drops the instance, and names what else.

    `sum by` would silently drop a label that is added later. What each kabupaten has is shown by
    one worker, and by two while it changes hands: it is not added up over workers.
    """
    assert not re.search(r"\bsum\s*(by|\()", query)
    for dropped, inside in re.findall(r"\bsum without\(([^)]*)\) \((\w+)", query):
        assert "instance" in dropped or "max" == inside, query


def test_an_exemplar_leads_to_its_alert() -> None:
    """By the label of the metric, to a page that the control room has."""
    [found] = yaml.safe_load(text_of(DATASOURCES))["datasources"][0]["jsonData"][
        "exemplarTraceIdDestinations"
    ]
    assert "alert_id" == found["name"]
    # Grafana takes a single dollar sign for a variable of its environment.
    assert found["url"].endswith("/alert/$${__value.raw}")
    assert "/alert/{id}" in SHELL_PATHS
    asked = {target.expr for target in targets() if target.exemplar}
    assert asked
    assert all(ACKNOWLEDGE.name in query for query in asked)


@pytest.mark.parametrize("name", NAMES)
def test_areas_are_chosen_by_their_names(name: str) -> None:
    """People see names, queries get codes; each choice sees the one that was made before it."""
    variables = variables_of(FOLDER / name)
    assert list(CHOICES)[: len(variables)] == [one.name for one in variables]
    for place, variable in enumerate(variables):
        labels, text = CHOICES[variable.name]
        assert [labels[variable.name]] == values_from(variable, [labels])
        assert text == shown_name(variable.regex, labels)
        before = [one.name for one in variables[:place][-1:]]
        assert before == re.findall(r"\$(\w+)", question(variable))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_for_can_be_chosen(name: str) -> None:
    """A variable that a dashboard does not have is asked for as it is written."""
    chosen = {variable.name for variable in variables_of(FOLDER / name)}
    asked = " ".join(target.expr for panel in panels_of(SHOWN[name]) for target in panel.targets)
    assert {one for one in re.findall(r"\$(\w+)", asked) if not one.startswith("__")} <= chosen


def test_what_is_in_time_is_a_bucket() -> None:
    """A limit between two buckets would find no series."""
    assert set(LIMITS.values()) <= {str(limit) for limit in ACKNOWLEDGE.buckets}


@pytest.mark.debian
def test_prometheus_understands_every_query(tmp_path: Path) -> None:
    """Each query as a recording rule, which Prometheus' own checker parses."""
    span = Span(0, 3600, 5)
    rules = [
        {"record": f"panel:{number}", "expr": filled(query, span)}
        for number, query in enumerate(QUERIES)
    ]
    file = tmp_path / "rules.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}), "utf-8")
    checked = or_left_out(lambda: promtool(tmp_path, "check", "rules", file))
    assert 0 == checked.returncode, checked.stderr
    assert f"{len(QUERIES)} rules found" in checked.stdout
