"""How answers become series, tables and a page: as Grafana's transformations do it."""

import json
import re
from collections.abc import Mapping
from typing import Final

import msgspec
import pytest

from tools.dashboards.draw.ask import Asked, Prometheus, Series, Span, filled
from tools.dashboards.draw.charts import Box, curves, heat, ink, timeline
from tools.dashboards.draw.files import Dashboard, Panel
from tools.dashboards.draw.frames import Line, lines_of, table_of
from tools.dashboards.draw.page import page
from tools.dashboards.draw.units import said

SPAN: Final = Span(1_000, 1_240, 5)


class Told(Prometheus):
    """Answers queries from a table; what is not in it finds nothing."""

    def __init__(self, answers: Mapping[str, list[Series]]) -> None:
        super().__init__("http://127.0.0.1:1")
        self._answers = answers

    def now(self, expr: str, span: Span) -> list[Series]:
        """Return what the table has."""
        if expr == "wrong":
            raise Asked("parse error")
        return self._answers.get(filled(expr, span), [])

    def over(self, expr: str, span: Span) -> list[Series]:
        """Return what the table has."""
        return self.now(expr, span)

    def exemplars(self, expr: str, span: Span) -> list[Series]:
        """Return none."""
        del expr, span
        return []


def one(value: float, **labels: str) -> Series:
    """Return a series with one value."""
    return Series(labels, ((1_000, value),))


def panel(text: str) -> Panel:
    """Return a panel as its file has it; `text` is what differs."""
    common = {
        "type": "table",
        "title": "A · B",
        "gridPos": {"x": 0, "y": 0, "w": 24, "h": 4},
        "fieldConfig": {"defaults": {"unit": "none", "noValue": "tidak ada · none"}},
    }
    return msgspec.convert(common | json.loads(text), Panel)


TARGETS: Final = """"targets": [
  {"refId": "A", "expr": "a", "instant": true, "format": "table"},
  {"refId": "B", "expr": "b", "instant": true, "format": "table"}]"""


def test_queries_are_put_together_by_the_labels_that_all_have() -> None:
    """`merge`, then columns in order, then rows in order: nothing where a query had no row."""
    shown = panel(
        "{"
        + TARGETS
        + ""","transformations": [{"id": "merge", "options": {}},
        {"id": "organize", "options": {"excludeByName": {"job": true, "Value #A": true},
        "indexByName": {"name": 0, "code": 1, "Value #B": 2}}}],
        "options": {"sortBy": [{"displayName": "Value #B", "desc": true}]}}"""
    )
    answers = {
        "a": [
            one(1, job="w", code="17.02", name="Rejang Lebong"),
            one(1, job="w", code="36.04", name="Serang"),
        ],
        "b": [one(7, job="w", code="36.04")],
    }
    table = table_of(shown, Told(answers), SPAN)
    assert ["name", "code", "Value #B"] == [title for title, _ in table.columns]
    assert (("Serang", "36.04", 7), ("Rejang Lebong", "17.02", None)) == table.rows


def test_one_query_is_laid_across() -> None:
    """`groupingToMatrix`: one label down, the other across."""
    shown = panel(
        """{"targets": [{"refId": "A", "expr": "a", "instant": true, "format": "table"}],
        "transformations": [{"id": "groupingToMatrix", "options": {"columnField": "stage",
        "rowField": "name", "valueField": "Value"}}]}"""
    )
    answers = {
        "a": [
            one(3, name="Curup", stage="voting"),
            one(4, name="Curup", stage="closed"),
            one(5, name="Carenang", stage="closed"),
        ]
    }
    table = table_of(shown, Told(answers), SPAN)
    assert ["name\\stage", "voting", "closed"] == [title for title, _ in table.columns]
    assert (("Curup", 3, 4), ("Carenang", None, 5)) == table.rows


def test_an_unknown_transformation_is_no_picture() -> None:
    """It would be drawn as if it were not there."""
    shown = panel("{" + TARGETS + ',"transformations": [{"id": "reduce", "options": {}}]}')
    with pytest.raises(NotImplementedError, match="reduce"):
        table_of(shown, Told({}), SPAN)


def test_a_series_has_the_word_of_its_label() -> None:
    """And the colour that goes with the word."""
    shown = panel(
        """{"type": "timeseries", "targets": [{"refId": "A", "expr": "a", "instant": false,
        "format": "time_series", "legendFormat": "{{severity}}"}],
        "fieldConfig": {"defaults": {"unit": "none", "noValue": "–"}, "overrides": [
        {"matcher": {"id": "byName", "options": "high"}, "properties": [
        {"id": "displayName", "value": "tinggi · high"},
        {"id": "color", "value": {"mode": "fixed", "fixedColor": "#E69F00"}}]}]}}"""
    )
    [line] = lines_of(shown, Told({"a": [one(1, severity="high")]}), SPAN)
    assert ("tinggi · high", "#E69F00") == (line.name, line.fields.fixed_color)


def test_variables_are_everything() -> None:
    """Rates span four readings at least, as Grafana does it."""
    query = 'rate(a{kabupaten=~"$kabupaten"}[$__rate_interval]) + b{p=~"$province"} + c[$__range]'
    expected = 'rate(a{kabupaten=~".+"}[20s]) + b{p=~".+"} + c[240s]'
    assert expected == filled(query, SPAN)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.0, "none", "0"),
        (12.0, "none", "12"),
        (1_234.5, "none", "1234.5"),
        (0.63, "none", "0.63"),
        (0.031, "s", "31 ms"),
        (918.0, "s", "15.3 min"),
        (0.0, "s", "0 s"),
        (0.9449, "percentunit", "94.5 %"),
        (2_048.0, "Bps", "2 KiB/s"),
        (float("nan"), "s", "NaN"),
        (float("inf"), "s", "∞"),
    ],
)
def test_values_have_units(value: float, unit: str, expected: str) -> None:
    """As people read them."""
    assert expected == said(value, unit)


def test_a_value_has_the_colour_of_the_highest_limit_that_it_reaches() -> None:
    """Below all limits that of the first step."""
    steps = [(None, "calm"), (1, "amber"), (10, "red")]
    fields = {
        "unit": "none",
        "noValue": "",
        "thresholds": {"steps": [{"value": value, "color": colour} for value, colour in steps]},
    }
    shown = panel(json.dumps({"fieldConfig": {"defaults": fields}})).fields()
    assert ["calm", "amber", "red"] == [shown.shade(value) for value in (0, 1, 11)]


def test_letters_can_be_read_on_their_ground() -> None:
    """Black on light, white on dark."""
    assert ("#000", "#fff") == (ink("#F0E442"), ink("#4C566A"))


def line(name: str, *values: float, stacked: bool = False) -> Line:
    """Return a series of a panel, a value every 60 s."""
    custom = {"stacking": {"mode": "normal" if stacked else "none"}}
    fields = {"unit": "none", "noValue": "", "custom": custom}
    shown = panel(json.dumps({"fieldConfig": {"defaults": fields}})).fields()
    points = tuple((1_000 + 60 * place, value) for place, value in enumerate(values))
    return Line(name, shown, points)


BOX: Final = Box(400, 100, SPAN)


def heights(svg: str) -> list[list[float]]:
    """Return how high the points of each path lie, as shares of the chart."""
    paths = re.findall(r'd="M([^"]*)"', svg)
    return [
        [1 - (float(point.split(",")[1]) - 6) / (100 - 18 - 6) for point in path.split(" L")]
        for path in paths
    ]


def test_stacked_values_lie_on_each_other() -> None:
    """The upper outline is their sum."""
    svg = curves(BOX, [line("a", 1, 2, stacked=True), line("b", 3, 3, stacked=True)], [])
    outlines = heights(svg)[::2]
    assert [[0.2, 0.4], [0.8, 1.0]] == [[round(one, 2) for one in path] for path in outlines]


def test_what_is_no_number_is_a_gap() -> None:
    """It is not drawn at zero."""
    assert [2] == [len(path) for path in heights(curves(BOX, [line("a", 1, float("nan"), 2)], []))]


def test_an_exemplar_is_a_point() -> None:
    """At its own time and height."""
    assert 1 == curves(BOX, [line("a", 1, 2)], [one(2, alert_id="1702-A")]).count("<polygon")


def test_equal_values_are_one_stretch() -> None:
    """Three stretches of four values."""
    assert 3 == timeline(BOX, [line("a", 0, 1, 1, 0)]).count("<rect")


def test_buckets_are_taken_apart() -> None:
    """Prometheus adds them up: of 1, 4 and 4 there is nothing in the last."""
    svg = heat(BOX, [line("+Inf", 4), line("1.0", 1), line("5.0", 4)])
    assert ["0.50", "0.87"] == re.findall(r'fill-opacity="([^"]*)"', svg)
    assert ["≤ 1.0", "≤ 5.0", "≤ +Inf"] == re.findall(r">(≤ [^<]*)<", svg)


def test_a_page_shows_every_panel_and_what_went_wrong() -> None:
    """A panel that finds nothing says so; one that is refused says why; letters are escaped."""
    stat = '{"type": "stat", "targets": [{"refId": "A", "expr": "%s", "instant": true,'
    stat += ' "format": "time_series", "legendFormat": "x"}], "title": "%s"}'
    shown = Dashboard(
        "x",
        "Siaga <b>",
        (
            panel(stat % ("a", "One")),
            panel(stat % ("none", "Two")),
            panel(stat % ("wrong", "Three")),
            panel('{"type": "row", "title": "Four"}'),
        ),
    )
    html = page(shown, Told({"a": [one(42)]}), SPAN)
    assert "Siaga &lt;b&gt;" in html
    for text in (">42<", "tidak ada · none", "parse error", "▾ Four"):
        assert text in html
