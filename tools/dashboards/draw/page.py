"""A dashboard as a page: every panel with its result, where Grafana would put it."""

from html import escape
from math import isnan
from typing import Final

from tools.dashboards.draw.ask import Asked, Prometheus, Span
from tools.dashboards.draw.charts import Box, curves, heat, ink, palette, timeline
from tools.dashboards.draw.files import Dashboard, Fields, Panel
from tools.dashboards.draw.frames import Cell, Line, lines_of, table_of
from tools.dashboards.draw.units import said

__all__ = ["WIDTH", "page"]

WIDTH: Final = 1600
_COLUMN: Final = WIDTH / 24
_ROW: Final = 38
_GAP: Final = 8
_HEAD: Final = 26
_LEGEND: Final = 22
_STYLE: Final = """
body{margin:0;background:#111217;color:#ccccdc;font:13px sans-serif;position:relative}
h1{font-size:20px;margin:0;padding:10px 12px;height:24px}
.panel{position:absolute;background:#181b1f;border:1px solid #2c3038;overflow:hidden}
.panel h2{font-size:13px;margin:0;padding:5px 8px;height:16px;white-space:nowrap;overflow:hidden}
.line{position:absolute;font-weight:bold;padding:10px}
.number{display:flex;align-items:center;justify-content:center;font-size:30px;color:#fff}
.none{padding:10px;color:#9aa0a6;font-style:italic}
.wrong{padding:10px;color:#ff9a8a;white-space:pre-wrap;font:11px monospace}
table{border-collapse:collapse;width:100%;font-size:12px}
td,th{border-bottom:1px solid #2c3038;padding:3px 6px;text-align:left;white-space:nowrap}
td.value,th.value{text-align:right}
.legend{height:20px;padding:0 8px;white-space:nowrap;overflow:hidden;font-size:11px}
.legend i{display:inline-block;width:10px;height:4px;margin:0 4px 2px 8px}
.bar{display:flex;align-items:center;margin:3px 8px;font-size:12px}
.bar b{width:38%;font-weight:normal;overflow:hidden;white-space:nowrap}
.bar i{display:block;height:14px;margin-right:6px}
svg text{font-size:10px}
"""


def page(dashboard: Dashboard, prometheus: Prometheus, span: Span) -> str:
    """Return the page as HTML."""
    panels = "".join(_panel(panel, prometheus, span) for panel in dashboard.panels)
    bottom = max(panel.place.y + panel.place.h for panel in dashboard.panels) * _ROW + 60
    head = f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>"
    size = f"width:{WIDTH}px;height:{bottom}px"
    return f'{head}<body style="{size}"><h1>{escape(dashboard.title)}</h1>{panels}'


def _panel(panel: Panel, prometheus: Prometheus, span: Span) -> str:
    place = panel.place
    width, height = place.w * _COLUMN - _GAP, place.h * _ROW - _GAP
    where = (
        f"left:{place.x * _COLUMN + _GAP / 2:.0f}px;top:{place.y * _ROW + 44}px;"
        f"width:{width:.0f}px;height:{height:.0f}px"
    )
    if panel.type == "row":
        return f'<div class=line style="{where}">▾ {escape(panel.title)}</div>'
    box = Box(width, height - _HEAD - _LEGEND, span)
    try:
        inside = _inside(panel, prometheus, box)
    except Asked as refused:
        inside = f"<div class=wrong>{escape(str(refused))}</div>"
    return f'<div class=panel style="{where}"><h2>{escape(panel.title)}</h2>{inside}</div>'


def _inside(panel: Panel, prometheus: Prometheus, box: Box) -> str:
    nothing = f"<div class=none>{escape(panel.fields().no_value)}</div>"
    if panel.type == "table":
        return _table(panel, prometheus, box.span) or nothing
    lines = [line for line in lines_of(panel, prometheus, box.span) if line.points]
    if not lines:
        return nothing
    match panel.type:
        case "stat":
            return _number(lines[0], box.height)
        case "bargauge":
            return _bars(lines)
        case "state-timeline":
            return timeline(box, lines)
        case "heatmap":
            return heat(box, lines)
        case _:
            shown = [
                one
                for target in panel.targets
                if target.exemplar
                for one in prometheus.exemplars(target.expr, box.span)
            ]
            return curves(box, lines, shown) + _legend(lines)


def _number(line: Line, height: float) -> str:
    value = line.points[-1][1]
    word = line.fields.word(f"{value:g}")
    text = word.text if word else said(value, line.fields.unit)
    colour = word.color if word else line.fields.shade(value)
    size = f"height:{height + _LEGEND:.0f}px;background:{colour};color:{ink(colour)}"
    return f'<div class=number style="{size}">{escape(text)}</div>'


def _bars(lines: list[Line]) -> str:
    most = max([line.points[-1][1] for line in lines if not isnan(line.points[-1][1])] + [1e-9])
    drawn = ""
    for line in lines:
        value = line.points[-1][1]
        share = 0 if isnan(value) else max(0.0, 45 * value / most)
        colour = line.fields.fixed_color or line.fields.shade(value)
        drawn += (
            f'<div class=bar><b>{escape(line.name)}</b><i style="width:{share:.1f}%;'
            f'background:{colour}"></i>{escape(said(value, line.fields.unit))}</div>'
        )
    return drawn


def _table(panel: Panel, prometheus: Prometheus, span: Span) -> str:
    table = table_of(panel, prometheus, span)
    if not table.rows:
        return ""
    values = [
        any(isinstance(row[column], float) for row in table.rows)
        for column in range(len(table.columns))
    ]
    kinds = [" class=value" if is_value else "" for is_value in values]
    head = "".join(
        f"<th{kind}>{escape(title)}</th>"
        for (title, _), kind in zip(table.columns, kinds, strict=True)
    )
    rows = [
        "".join(
            _cell(cell, fields, kind)
            for cell, (_, fields), kind in zip(row, table.columns, kinds, strict=True)
        )
        for row in table.rows
    ]
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _cell(cell: Cell, fields: Fields, kind: str) -> str:
    match cell:
        case None:
            text, colour = fields.no_value if fields.no_value == "–" else "", ""
        case str():
            word = fields.word(cell)
            text, colour = (word.text, word.color) if word else (cell, "")
        case _:
            word = fields.word(f"{cell:g}")
            text = word.text if word else said(cell, fields.unit)
            colour = word.color if word else fields.shade(cell)
    painted = f' style="background:{colour};color:{ink(colour)}"' if fields.painted else ""
    return f"<td{kind}{painted}>{escape(text)}</td>"


def _legend(lines: list[Line]) -> str:
    names = "".join(
        f'<i style="background:{palette(place, line.fields.fixed_color)}"></i>{escape(line.name)}'
        for place, line in enumerate(lines)
    )
    return f"<div class=legend>{names}</div>"
