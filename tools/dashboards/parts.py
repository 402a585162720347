"""Panels of Grafana, made of specs: one maker a kind."""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Protocol, Self, TypeVar

from grafana_foundation_sdk.builders import bargauge, common, dashboard, heatmap, stat
from grafana_foundation_sdk.builders import prometheus as promql
from grafana_foundation_sdk.builders import statetimeline as timelines
from grafana_foundation_sdk.builders import timeseries as curves
from grafana_foundation_sdk.models import common as drawn
from grafana_foundation_sdk.models import heatmap as heat_words
from grafana_foundation_sdk.models.dashboard import (
    DataSourceRef,
    DynamicConfigValue,
    FieldColorModeId,
    Threshold,
    ThresholdsMode,
    ValueMap,
    ValueMapping,
    ValueMappingResult,
)
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from tools.dashboards.specs import Bars, Curve, Head, Heat, Limits, Number, Query, Timeline
from tools.dashboards.words import CALM, SOURCE, Words

__all__ = [
    "bars",
    "curve",
    "headed",
    "heat",
    "mapped",
    "number",
    "queries",
    "steps",
    "timeline",
]


class _Titled(Protocol):
    def title(self, title: str) -> Self: ...
    def description(self, description: str) -> Self: ...
    def datasource(self, datasource: DataSourceRef) -> Self: ...
    def span(self, w: int) -> Self: ...
    def height(self, h: int) -> Self: ...
    def unit(self, unit: str) -> Self: ...
    def no_value(self, no_value: str) -> Self: ...


class _Named(Protocol):
    def override_by_name(self, name: str, properties: list[DynamicConfigValue]) -> Self: ...


_T = TypeVar("_T", bound=_Titled)
_N = TypeVar("_N", bound=_Named)


def headed(panel: _T, head: Head, unit: str) -> _T:
    """Put on a panel what every panel has."""
    return (
        panel.title(head.title.beside)
        .description(head.about.below)
        .datasource(SOURCE)
        .span(head.size[0])
        .height(head.size[1])
        .unit(unit)
        .no_value(head.nothing)
    )


def queries(
    asked: Sequence[Query], *, instant: bool, form: PromQueryFormat = PromQueryFormat.TIME_SERIES
) -> list[promql.Dataquery]:
    """Return the queries of a panel. Each has a letter: Grafana mixes up those without."""
    assert len(asked) <= len(ascii_uppercase), "a query without a letter would not be asked"
    made: list[promql.Dataquery] = []
    for letter, query in zip(ascii_uppercase, asked, strict=False):
        one = promql.Dataquery().ref_id(letter).datasource(SOURCE).expr(query.expr).format(form)
        one.legend_format(query.legend)
        if query.exemplars:
            one.exemplar(exemplar=True)
        made.append(one.instant() if instant else one.range())
    return made


def steps(limits: Limits, below: str = CALM) -> dashboard.ThresholdsConfig:
    """Return thresholds."""
    found = [Threshold(None, below), *(Threshold(limit, colour) for limit, colour in limits)]
    return dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(found)


def mapped(words: Words) -> list[ValueMapping]:
    """Return words that stand for values."""
    results = {
        value: ValueMappingResult(text=text, color=colour, index=index)
        for index, (value, (text, colour)) in enumerate(words.items())
    }
    return [ValueMap(results)]


def number(spec: Number) -> stat.Panel:
    """Return one large number."""
    panel = headed(stat.Panel(), spec.head, spec.unit).thresholds(steps(spec.limits))
    panel.targets(list(queries([Query(spec.expr, spec.head.title.id)], instant=True)))
    panel.color_scheme(_coloured(FieldColorModeId.THRESHOLDS)).reduce_options(_newest())
    panel.color_mode(drawn.BigValueColorMode.BACKGROUND).text_mode(drawn.BigValueTextMode.VALUE)
    panel.graph_mode(drawn.BigValueGraphMode.NONE).justify_mode(drawn.BigValueJustifyMode.CENTER)
    return panel if spec.words is None else panel.mappings(mapped(spec.words))


def curve(spec: Curve) -> curves.Panel:
    """Return values over time."""
    panel = headed(curves.Panel(), spec.head, spec.unit).min(0)
    panel.targets(list(queries(spec.queries, instant=False)))
    panel.color_scheme(_coloured(FieldColorModeId.PALETTE_CLASSIC)).legend(_legend())
    panel.show_points(drawn.VisibilityMode.NEVER).line_width(2).fill_opacity(0)
    tooltip = common.VizTooltipOptions().mode(drawn.TooltipDisplayMode.MULTI)
    panel.tooltip(tooltip.sort(drawn.SortOrder.DESCENDING))
    if spec.stacked:
        stacking = common.StackingConfig().mode(drawn.StackingMode.NORMAL).group("A")
        panel.stacking(stacking).fill_opacity(60).line_width(1)
    if spec.limits:
        style = common.GraphThresholdsStyleConfig().mode(drawn.GraphThresholdsStyleMode.DASHED)
        panel.thresholds(steps(spec.limits, "transparent")).thresholds_style(style)
    return _called(panel, spec.words)


def bars(spec: Bars) -> bargauge.Panel:
    """Return one bar a series."""
    panel = headed(bargauge.Panel(), spec.head, spec.unit).min(0).thresholds(steps(spec.limits))
    panel.targets(list(queries(spec.queries, instant=True)))
    panel.color_scheme(_coloured(FieldColorModeId.THRESHOLDS)).reduce_options(_newest())
    panel.display_mode(drawn.BarGaugeDisplayMode.BASIC).value_mode(drawn.BarGaugeValueMode.TEXT)
    panel.orientation(drawn.VizOrientation.HORIZONTAL)
    return _called(panel, spec.words)


def heat(spec: Heat) -> heatmap.Panel:
    """Return the buckets of a histogram over time."""
    panel = headed(heatmap.Panel(), spec.head, spec.unit)
    asked = [Query(spec.expr, "{{le}}")]
    panel.targets(list(queries(asked, instant=False, form=PromQueryFormat.HEATMAP)))
    colour = heatmap.HeatmapColorOptions().mode(heat_words.HeatmapColorMode.SCHEME)
    panel.color(colour.scheme("Cividis").steps(64).reverse(reverse=False).exponent(0.5).fill(CALM))
    panel.calculate(calculate=False).y_axis(heatmap.YAxisConfig().unit(spec.unit))
    panel.cell_gap(1).show_legend().mode(drawn.TooltipDisplayMode.SINGLE)
    shown = common.HideSeriesConfig().viz(viz=False).legend(legend=False).tooltip(tooltip=False)
    return panel.filter_values(heatmap.FilterValueRange().le(1e-9)).hide_from(shown)


def timeline(spec: Timeline) -> timelines.Panel:
    """Return one row a series, in words."""
    limits = tuple((float(value), colour) for value, (_, colour) in spec.words.items())
    panel = headed(timelines.Panel(), spec.head, "none").mappings(mapped(spec.words))
    panel.targets(list(queries([spec.query], instant=False))).legend(_legend())
    panel.color_scheme(_coloured(FieldColorModeId.THRESHOLDS))
    panel.thresholds(steps(limits[1:], limits[0][1])).merge_values(merge_values=True)
    panel.show_value(drawn.VisibilityMode.AUTO).align_value(drawn.TimelineValueAlignment.LEFT)
    return panel.row_height(0.8).per_page(20).fill_opacity(80).line_width(0)


def _called(panel: _N, words: Words | None) -> _N:
    """Call series by words of people, each in its colour."""
    for value, (text, colour) in (words or {}).items():
        fixed = {"mode": "fixed", "fixedColor": colour}
        said = DynamicConfigValue("displayName", text)
        panel.override_by_name(value, [said, DynamicConfigValue("color", fixed)])
    return panel


def _coloured(mode: FieldColorModeId) -> dashboard.FieldColor:
    return dashboard.FieldColor().mode(mode)


def _newest() -> common.ReduceDataOptions:
    return common.ReduceDataOptions().calcs(["lastNotNull"]).values(values=False)


def _legend() -> common.VizLegendOptions:
    legend = common.VizLegendOptions().display_mode(drawn.LegendDisplayMode.LIST)
    return legend.placement(drawn.LegendPlacement.BOTTOM).show_legend(show_legend=True)
