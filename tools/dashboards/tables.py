"""Tables of Grafana, made of specs: a column a query, or two labels laid across each other."""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final

from grafana_foundation_sdk.builders import common, table
from grafana_foundation_sdk.models.common import FieldTextAlignment
from grafana_foundation_sdk.models.dashboard import DataTransformerConfig, DynamicConfigValue
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from tools.dashboards.parts import headed, mapped, queries, steps
from tools.dashboards.specs import Across, Column, Head, Key, Query, Rows

__all__ = ["across", "rows"]

_DROPPED: Final = ("Time", "job", "instance")
_PAINTED: Final = DynamicConfigValue(
    "custom.cellOptions", {"type": "color-background", "mode": "basic"}
)


def rows(spec: Rows) -> table.Panel:
    """Return a table with a row for all series that have the same labels."""
    columns = dict(zip(_values_of(spec.columns), spec.columns, strict=True))
    panel = _table(spec.head, "none", [column.expr for column in spec.columns])
    if len(columns) > 1:
        panel.with_transformation(DataTransformerConfig(id_val="merge", options={}))
    shown = [name for name, column in columns.items() if not column.hidden]
    hidden = [name for name, column in columns.items() if column.hidden]
    labels = [key.label for key in spec.keys]
    panel.with_transformation(
        _organized([*labels, *shown], [*(one for one in _DROPPED if one not in labels), *hidden])
    )
    for key in spec.keys:
        panel.override_by_name(key.label, _of_key(key))
    for name in shown:
        panel.override_by_name(name, _of_column(columns[name]))
    by = spec.keys[0].title if spec.worst < 0 else spec.columns[spec.worst].title
    order = common.TableSortByFieldState().display_name(by.beside)
    return panel.sort_by([order.desc(spec.worst >= 0)])


def across(spec: Across) -> table.Panel:
    """Return a table of one query: the values of one label down, those of another across."""
    panel = _table(spec.head, spec.unit, [spec.expr])
    options = {
        "columnField": spec.across,
        "rowField": spec.down.label,
        "valueField": "Value",
        "emptyValue": "empty",
    }
    panel.with_transformation(DataTransformerConfig(id_val="groupingToMatrix", options=options))
    corner = f"{spec.down.label}\\{spec.across}"
    panel.with_transformation(_organized([corner, *spec.words], []))
    panel.override_by_name(corner, _of_key(spec.down))
    for value, (text, _) in spec.words.items():
        panel.override_by_name(value, [DynamicConfigValue("displayName", text)])
    return panel


def _table(head: Head, unit: str, exprs: Sequence[str]) -> table.Panel:
    asked = [Query(expr, head.title.id) for expr in exprs]
    made = queries(asked, instant=True, form=PromQueryFormat.TABLE)
    panel = headed(table.Panel(), head, unit).targets(list(made)).show_header(show_header=True)
    panel.align(FieldTextAlignment.AUTO).inspect(inspect=False)
    return panel.footer(common.TableFooterOptions().show(show=False).reducer(["sum"]))


def _organized(order: Sequence[str], left_out: Sequence[str]) -> DataTransformerConfig:
    options = {
        "excludeByName": dict.fromkeys(left_out, True),
        "indexByName": {name: index for index, name in enumerate(order)},
        "renameByName": dict[str, str](),
    }
    return DataTransformerConfig(id_val="organize", options=options)


def _values_of(columns: Sequence[Column]) -> list[str]:
    """Return how Grafana calls the values of each query."""
    if len(columns) == 1:
        return ["Value"]
    assert len(columns) <= len(ascii_uppercase), "each has a letter (parts.queries)"
    return [f"Value #{letter}" for letter, _ in zip(ascii_uppercase, columns, strict=False)]


def _of_key(key: Key) -> list[DynamicConfigValue]:
    found = [DynamicConfigValue("displayName", key.title.beside)]
    if key.link:
        link = {"title": key.title.beside, "url": key.link, "targetBlank": False}
        found.append(DynamicConfigValue("links", [link]))
    if key.words is not None:
        found += [DynamicConfigValue("mappings", mapped(key.words)), _PAINTED]
    if key.width:
        found.append(DynamicConfigValue("custom.width", key.width))
    return found


def _of_column(column: Column) -> list[DynamicConfigValue]:
    found = [
        DynamicConfigValue("displayName", column.title.beside),
        DynamicConfigValue("unit", column.unit),
        DynamicConfigValue("noValue", "–"),
    ]
    if column.words is not None:
        found += [DynamicConfigValue("mappings", mapped(column.words)), _PAINTED]
    elif column.limits:
        limits = steps(column.limits, "transparent").build()
        found += [DynamicConfigValue("thresholds", limits), _PAINTED]
    return found
