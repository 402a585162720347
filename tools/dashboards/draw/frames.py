"""What Grafana makes of answers: series with names, and tables of several queries."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import Struct

from tools.dashboards.draw.ask import Prometheus, Series, Span
from tools.dashboards.draw.files import Change, Fields, Panel, Target

__all__ = ["Cell", "Line", "Table", "lines_of", "table_of"]

_LABEL: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_VALUE: Final = "Value"

Cell = str | float | None
"""A label, a value, or nothing."""
_Rows = list[dict[str, Cell]]


class Line(Struct, frozen=True):
    """One series of a panel: how it is called, how it is shown, its values."""

    name: str
    fields: Fields
    points: tuple[tuple[float, float], ...]


class Table(Struct, frozen=True):
    """A table: columns with how they are shown, and rows."""

    columns: tuple[tuple[str, Fields], ...]
    rows: tuple[tuple[Cell, ...], ...]


def lines_of(panel: Panel, prometheus: Prometheus, span: Span) -> list[Line]:
    """Return the series of a panel."""
    return [
        _line(panel, target, series)
        for target in panel.targets
        for series in _asked(target, prometheus, span)
    ]


def table_of(panel: Panel, prometheus: Prometheus, span: Span) -> Table:
    """Return the table of a panel, after its transformations."""
    frames = [
        [_row(target, series, len(panel.targets)) for series in prometheus.now(target.expr, span)]
        for target in panel.targets
    ]
    order = list[str]()
    rows = [row for frame in frames for row in frame]
    for change in panel.transformations:
        match change.id:
            case "merge":
                rows = _merged(frames)
            case "groupingToMatrix":
                rows = _laid_across(rows, change.options)
            case "organize":
                rows, order = _organized(rows, change)
            case other:
                raise NotImplementedError(f"no transformation {other} here")
    names = [*order, *(name for row in rows for name in row)]
    shown = [name for name in dict.fromkeys(names) if any(name in row for row in rows)]
    columns = tuple((panel.fields(name).display_name or name, panel.fields(name)) for name in shown)
    sorted_rows = _sorted(panel, [title for title, _ in columns], shown, rows)
    return Table(columns, tuple(tuple(row.get(name) for name in shown) for row in sorted_rows))


def _asked(target: Target, prometheus: Prometheus, span: Span) -> list[Series]:
    ask = prometheus.now if target.instant else prometheus.over
    return ask(target.expr, span)


def _line(panel: Panel, target: Target, series: Series) -> Line:
    name = _LABEL.sub(lambda found: series.labels.get(found[1], ""), target.legend_format)
    fields = panel.fields(name)
    return Line(fields.display_name or name, fields, series.points)


def _row(target: Target, series: Series, queries: int) -> dict[str, Cell]:
    value = _VALUE if queries == 1 else f"{_VALUE} #{target.ref_id}"
    labels = {name: text for name, text in series.labels.items() if name != "__name__"}
    return {**labels, value: series.points[-1][1]}


def _merged(frames: Sequence[_Rows]) -> _Rows:
    """Put together the rows that have the same values of the labels that all frames have."""
    filled = [frame for frame in frames if frame]
    if not filled:
        return []
    named = [{name for row in frame for name in row} for frame in filled]
    common = sorted(name for name in named[0] if all(name in names for names in named))
    common = [name for name in common if not name.startswith(_VALUE)]
    found: dict[tuple[Cell, ...], dict[str, Cell]] = {}
    for frame in filled:
        for row in frame:
            found.setdefault(tuple(row.get(name) for name in common), {}).update(row)
    return list(found.values())


def _laid_across(rows: Iterable[dict[str, Cell]], options: dict[str, Any]) -> _Rows:
    down, across = str(options["rowField"]), str(options["columnField"])
    found: dict[Cell, dict[str, Cell]] = {}
    for row in rows:
        corner = row.get(down)
        into = found.setdefault(corner, {f"{down}\\{across}": corner})
        into[str(row.get(across))] = row[str(options["valueField"])]
    return list(found.values())


def _organized(rows: Iterable[dict[str, Cell]], change: Change) -> tuple[_Rows, list[str]]:
    left_out: dict[str, bool] = change.options["excludeByName"]
    places: dict[str, int] = change.options["indexByName"]
    kept = [{name: one for name, one in row.items() if name not in left_out} for row in rows]
    return kept, sorted(places, key=lambda name: places[name])


def _sorted(panel: Panel, titles: list[str], names: list[str], rows: _Rows) -> _Rows:
    for order in panel.options.sort_by:
        if order.display_name in titles:
            by = names[titles.index(order.display_name)]
            return sorted(rows, key=lambda row: _rank(row.get(by)), reverse=order.desc)
    return rows


def _rank(cell: Cell) -> tuple[int, float, str]:
    """Order cells: nothing first, then values, then words."""
    match cell:
        case None:
            return 0, 0.0, ""
        case str():
            return 2, 0.0, cell
        case _:
            return 1, cell, ""
