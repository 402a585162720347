"""Expressions of rules and dashboards are all found, filled in, and judged by what they say."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from tests.support.answers import Answer, Form, answers, complaints, forms, table
from tests.support.expressions import (
    Asked,
    Kind,
    Variable,
    filled,
    of_dashboard,
    of_rules,
    question,
    shortened_rules,
    variables_of,
)
from tests.support.grafana_values import all_of, chosen, values_from
from tests.support.prometheus import Series

RULES = """\
groups:
  - name: siaga
    interval: 30s
    rules:
      - record: area:tps:sum
        expr: sum(siaga_area_tps)
      - alert: SiagaBlindArea
        expr: max_over_time(siaga_blind[2m]) > 0
        for: 5m
        labels: {severity: page}
"""
DASHBOARD = {
    "uid": "siaga-wall",
    "panels": [
        {"title": "A", "targets": [{"expr": "a", "refId": "A", "legendFormat": "{{x}} · {{ y }}"}]},
        {"title": "Row", "panels": [{"title": "B", "targets": [{"expr": "b", "refId": "C"}]}]},
        {"title": "Text"},
    ],
    "templating": {
        "list": [
            {"name": "ds", "type": "datasource", "query": "prometheus"},
            {"name": "place", "type": "query", "query": {"query": 'label_values(a{x="1"}, y)'}},
        ]
    },
    "annotations": {"list": [{"name": "Grafana"}, {"name": "Changes", "expr": "c"}]},
}
PANEL = Asked("wall/A/A", Kind.PANEL, "sum by (x) (a)", ("x",))
ALARM = Asked("rules/Down", Kind.ALARM, "up == 0")


def test_rules_are_found(tmp_path: Path) -> None:
    """What is recorded, and alarms."""
    file = tmp_path / "siaga.yml"
    file.write_text(RULES, encoding="utf-8")
    expected = [
        Asked("siaga.yml/area:tps:sum", Kind.RECORD, "sum(siaga_area_tps)"),
        Asked("siaga.yml/SiagaBlindArea", Kind.ALARM, "max_over_time(siaga_blind[2m]) > 0"),
    ]
    assert expected == list(of_rules([file]))


def test_all_of_a_rule_goes_faster() -> None:
    """Interval, wait and range; labels and names stay."""
    [group] = yaml.safe_load(shortened_rules(RULES, 10))["groups"]
    assert ("siaga", "3000ms") == (group["name"], group["interval"])
    assert "sum(siaga_area_tps)" == group["rules"][0]["expr"]
    expected = {
        "alert": "SiagaBlindArea",
        "expr": "max_over_time(siaga_blind[12000ms]) > 0",
        "for": "30000ms",
        "labels": {"severity": "page"},
    }
    assert expected == group["rules"][1]


def test_expressions_of_a_dashboard_are_found(tmp_path: Path) -> None:
    """Those of panels, in rows as well, with their legends; variables; annotations."""
    file = tmp_path / "wall.json"
    file.write_text(json.dumps(DASHBOARD), encoding="utf-8")
    expected = [
        Asked("siaga-wall/$place", Kind.VARIABLE, 'group by (y) (a{x="1"})'),
        Asked("siaga-wall/@Changes", Kind.ANNOTATION, "c"),
        Asked("siaga-wall/A/A", Kind.PANEL, "a", ("x", "y")),
        Asked("siaga-wall/B/C", Kind.PANEL, "b"),
    ]
    assert expected == list(of_dashboard(file))
    assert ["place"] == [one.name for one in variables_of(file)]


def test_variables_are_filled_in() -> None:
    """In each of Grafana's ways of writing them; an unknown one is told."""
    text = 'a{x="$x",y=~"${y:regex}",z="[[x]]"}[$__range]'
    values = {"x": "1", "y": "(2|3)", "__range": "60s"}
    assert 'a{x="1",y=~"(2|3)",z="1"}[60s]' == filled(text, values)
    with pytest.raises(ValueError, match=r"no value for \$y"):
        filled(text, {"x": "1"})


def variable(query: str, regex: str = "", name: str = "place") -> Variable:
    """Return a variable that may be "All"."""
    return Variable(name=name, type="query", query=query, regex=regex, include_all=True)


@pytest.mark.parametrize(
    ("query", "regex", "expected"),
    [
        ("label_values(a, code)", "", ["17.02", "36.04"]),
        ("label_values(a, code)", "/36.*/", ["36.04"]),
        ("query_result(a)", '/name="(?<text>[^"]+)|code="(?<value>[^"]+)/g', ["17.02", "36.04"]),
        ("query_result(a)", '/name="(?<text>[^"]+)|code="(?<value>[^"]+)/', ["17.02", "36.04"]),
        ("query_result(a)", '/name="(?<text>[^"]+)|code="(?<value>[^"]+)/i', ["17.02", "36.04"]),
        ("query_result(a)", '/code="([^"]+)/', ["17.02", "36.04"]),
    ],
)
def test_values_of_a_variable(query: str, regex: str, expected: list[str]) -> None:
    """As Grafana takes them out of series; here the code stands before the name."""
    whole = [{"code": "36.04", "name": "Serang"}, {"code": "17.02", "name": "Rejang Lebong"}]
    series = whole if "query_result" in query else [{"code": one["code"]} for one in whole]
    assert expected == values_from(variable(query, regex), series)


def test_without_its_flag_a_name_is_taken_for_a_code() -> None:
    """The trap of Grafana: the first match alone counts."""
    regex = '/name="(?<text>[^"]+)|place="(?<value>[^"]+)/'
    series = [{"name": "Serang", "place": "36.04"}]
    assert ["Serang"] == values_from(variable("query_result(a)", regex), series)
    assert ["36.04"] == values_from(variable("query_result(a)", f"{regex}g"), series)


def test_a_variable_sees_those_before_it() -> None:
    """And "All" is one regular expression, escaped for a string."""
    asked: list[str] = []

    def ask(expression: str) -> list[dict[str, str]]:
        asked.append(expression)
        return [{"code": "17.02"}, {"code": "17.09"}]

    both = [
        variable("label_values(a, code)"),
        variable('label_values(b{x=~"$place"}, code)', "", "y"),
    ]
    values = chosen(both, ask, {"__range": "1m"}, everything=True)
    assert {"__range": "1m", "place": r"(17\\.02|17\\.09)", "y": r"(17\\.02|17\\.09)"} == values
    assert r'group by (code) (b{x=~"(17\\.02|17\\.09)"})' == asked[-1]
    assert r"17\\.02" == chosen(both, ask, {}, everything=False)["y"]
    assert "a" == all_of(["a"])


def test_what_cannot_be_asked_is_told() -> None:
    """A variable's query of another form."""
    with pytest.raises(ValueError, match="expected label_values"):
        question(variable("metrics(siaga_.*)"))


def everywhere(text: str) -> str:
    """Fill in "All"."""
    return text.replace("$p", ".*")


def here(text: str) -> str:
    """Fill in one value."""
    return text.replace("$p", "1")


def test_the_forms_of_a_panel() -> None:
    """With variables all and one; without any once; and each selector alone."""
    fills = {"all": everywhere, "one": here}
    asked = PANEL._replace(expression='sum(a{p=~"$p"})')
    found = [(one.way, one.expression) for one in forms(asked, fills)]
    expected = [
        ("all", 'sum(a{p=~".*"})'),
        ("one", 'sum(a{p=~"1"})'),
        ("selector", 'a{p =~ ".*"}'),
        ("selector", 'a{p =~ "1"}'),
    ]
    assert expected == found
    assert ["as it stands", "selector"] == [one.way for one in forms(PANEL, fills)]


def test_the_forms_of_an_alarm() -> None:
    """As it stands it may be silent; with its comparison answering it must not be."""
    found = {one.way: (one.expression, one.must_answer) for one in forms(ALARM, {})}
    expected = {
        "as it stands": ("up == 0", False),
        "armed": ("up == bool 0", True),
        "selector": ("up", True),
    }
    assert expected == found


def said(*series: Series) -> list[Answer]:
    """Return the answers of a panel to whom Prometheus says this."""

    def ask(_: str) -> Sequence[Series]:
        return series

    return answers([Form(PANEL, "all", "sum by (x) (a)")], ask)


def test_numbers_are_counted() -> None:
    """`NaN` is none."""
    series = Series({"x": "1"}, ((1.0, "0"), (2.0, "NaN"), (3.0, "7"), (4.0, "+Inf")))
    [answer] = said(series)
    assert (1, 2, 1) == (answer.series, answer.samples, answer.others)
    assert [] == complaints([answer], {}, {})
    assert "wall/A/A (all)\t1\t2\t1\tsum by (x) (a)\n" in table([answer])


@pytest.mark.parametrize("name", ["wall/A/A", "wall/A/A (all)", "sum by (x) (a)"])
def test_no_data_is_told_unless_it_is_listed(name: str) -> None:
    """By its place, its form or its text."""
    assert ["wall/A/A (all): no data: sum by (x) (a)"] == complaints(said(), {}, {})
    assert [] == complaints(said(), {name: "nobody has asked"}, {})


def test_what_is_seen_by_luck_is_never_told() -> None:
    """With data or without."""
    series = Series({"x": "1"}, ((1.0, "0"),))
    assert [] == complaints(said(), {}, {"wall/A/A": "it lasts a moment"})
    assert [] == complaints(said(series), {}, {"wall/A/A": "it lasts a moment"})


def test_who_is_listed_and_has_data_is_told() -> None:
    """So the list stays what it says; a name that nothing has is told as well."""
    series = Series({"x": "1"}, ((1.0, "0"),))
    expected = ["nothing: is listed, and has data", "wall/A/A: is listed, and has data"]
    assert expected == complaints(said(series), {"wall/A/A": "why", "nothing": "why"}, {})


def test_a_legend_without_its_label_is_told() -> None:
    """It would say nothing beside each line."""
    series = Series({"y": "1"}, ((1.0, "0"),))
    assert ["wall/A/A (all): no series has x"] == complaints(said(series), {}, {})


def test_a_refusal_is_told_and_not_excused() -> None:
    """Prometheus' own words."""

    def ask(_: str) -> Sequence[Series]:
        raise ValueError("parse error")

    found = answers([Form(PANEL, "all", "sum by (x) (a")], ask)
    expected = ["wall/A/A (all): parse error", "wall/A/A: is listed, and has data"]
    assert expected == complaints(found, {"wall/A/A": "why"}, {})


def test_the_same_is_asked_once() -> None:
    """Dashboards share much."""
    asked: list[str] = []

    def ask(expression: str) -> Sequence[Series]:
        asked.append(expression)
        return ()

    answers([Form(PANEL, "all", "a"), Form(ALARM, "selector", "a")], ask)
    assert ["a"] == asked
