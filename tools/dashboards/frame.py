"""What stands around the panels: who is looked at, what happened when, and where one goes next."""

from collections.abc import Iterable
from typing import Final, TypeVar

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models.dashboard import (
    AnnotationQuery,
    DashboardCursorSync,
    DashboardLink,
    DashboardLinkType,
    DataSourceRef,
    Panel,
    VariableHide,
    VariableModel,
    VariableOption,
    VariableRefresh,
    VariableSort,
)
from grafana_foundation_sdk.models.dashboard import Dashboard as Document
from msgspec import Struct

from tools.dashboards.parts import bars, curve, heat, number, timeline
from tools.dashboards.specs import (
    Across,
    Bars,
    Curve,
    Heat,
    Number,
    Row,
    Rows,
    Said,
    Spec,
    Timeline,
)
from tools.dashboards.tables import across, rows
from tools.dashboards.words import AMBER, PINK, RED, SOURCE, both

__all__ = ["AREA", "ROOM", "TAG", "Frame", "framed"]

ROOM: Final = "http://localhost:8120"
"""Where people reach the control room, unless it is said otherwise when the files are written."""
TAG: Final = "siaga"
"""Dashboards with this tag lead to each other."""
AREA: Final = "/d/siaga-area?var-kabupaten=${__data.fields.kabupaten}&${__url_time_range}"
"""From a row of a table to the kabupaten that it is about."""
_GRAFANA: Final = DataSourceRef(type_val="datasource", uid="grafana")
_ALARMS: Final = 'ALERTS{alertname=~"Siaga.+",alertname!="SiagaWatchdog",alertstate="firing"}'
_VARIABLE: Final = "PrometheusVariableQueryEditor-VariableQuery"
_RESULT: Final = 3
"""How Grafana's editor calls a variable that is made of the result of a query."""


class Frame(Struct, frozen=True):
    """A dashboard but for its panels."""

    uid: str
    title: Said
    about: Said
    since: str = "now-6h"
    refresh: str = "10s"
    areas: tuple[str, ...] = ()
    """Which areas can be chosen: of `province`, `kabupaten`, `kecamatan`."""


class _ByPrometheus(AnnotationQuery):
    """Adds what Grafana's Prometheus reads of an annotation, and the SDK's type does not have."""

    def __init__(self, name: str, colour: str, expr: str, title: str) -> None:
        super().__init__(name=name, datasource=SOURCE, icon_color=colour, expr=expr)
        self.title_format = title

    def to_json(self) -> dict[str, object]:
        return {**super().to_json(), "step": "15s", "titleFormat": self.title_format}


_Made = TypeVar("_Made")


class _Built(Builder[_Made]):
    """What is made already, for where the SDK wants a builder."""

    def __init__(self, made: _Made) -> None:
        self._made = made

    def build(self) -> _Made:
        return self._made


def framed(frame: Frame, panels: Iterable[Spec | Row], room: str = ROOM) -> Document:
    """Return a dashboard: its panels from left to right and from top to bottom.

    Args:
        frame: What stands around them.
        panels: Those of a line have one height, and 24 columns together.
        room: Where people reach the control room.
    """
    made = (
        dashboard.Dashboard(frame.title.beside)
        .uid(frame.uid)
        .description(frame.about.below)
        .tags([TAG])
        .timezone("browser")
        .week_start("monday")
        .readonly()
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .time(frame.since, "now")
        .refresh(frame.refresh)
        .version(1)
        .variables([_room(room), *(_CHOICES[area]() for area in frame.areas)])
        .annotations(list(_annotations()))
        .links(_links())
    )
    for panel in panels:
        if isinstance(panel, Row):
            made.with_row(dashboard.Row(panel.title.beside))
        else:
            made.with_panel(_panel(panel))
    document = made.build()
    for place, one in enumerate(document.panels or (), start=1):
        one.id_val = place
    return document


def _panel(spec: Spec) -> Builder[Panel]:
    match spec:
        case Number():
            return number(spec)
        case Curve():
            return curve(spec)
        case Bars():
            return bars(spec)
        case Heat():
            return heat(spec)
        case Timeline():
            return timeline(spec)
        case Rows():
            return rows(spec)
        case Across():
            return across(spec)


def _room(room: str) -> Builder[VariableModel]:
    made = dashboard.ConstantVariable("room").value(room).label(both("Ruang kendali", "Room"))
    made.description(both("Alamat ruang kendali", "Where the control room is"))
    variable = made.build()
    variable.hide = VariableHide.HIDE_VARIABLE
    return _Built(variable)


def _province() -> dashboard.QueryVariable:
    query = "max without(instance, job, kabupaten, name) (siaga_area_info)"
    return _chosen("province", ("Provinsi", "Province"), query, '[{,]province_name="', 'province="')


def _kabupaten() -> dashboard.QueryVariable:
    query = 'max without(instance, job) (siaga_area_info{province=~"$province"})'
    return _chosen("kabupaten", ("Kabupaten/kota", "Kabupaten"), query, '[{,]name="', 'kabupaten="')


def _kecamatan() -> dashboard.QueryVariable:
    query = 'max without(instance, job) (siaga_kecamatan_info{kabupaten=~"$kabupaten"})'
    return _chosen("kecamatan", ("Kecamatan", "Kecamatan"), query, '[{,]name="', 'kecamatan="')


_CHOICES: Final = {"province": _province, "kabupaten": _kabupaten, "kecamatan": _kecamatan}


def _chosen(
    name: str, label: tuple[str, str], query: str, text: str, value: str
) -> dashboard.QueryVariable:
    """Return a choice of areas: people see names, queries get codes."""
    asked = f"query_result({query})"
    return (
        dashboard.QueryVariable(name)
        .label(both(*label) if label[0] != label[1] else label[0])
        .datasource(SOURCE)
        .query({"qryType": _RESULT, "query": asked, "refId": _VARIABLE})
        .regex(f'/{text}(?<text>[^"]+)"|{value}(?<value>[^"]+)"/g')
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(VariableSort.ALPHABETICAL_ASC)
        .hide(VariableHide.DONT_HIDE)
        .multi(multi=True)
        .include_all(include_all=True)
        .current(VariableOption(selected=True, text=["All"], value=["$__all"]))
    )


def _annotations() -> Iterable[Builder[AnnotationQuery]]:
    """Yield what is marked on every curve: alerts told to Grafana, alarms, workers that changed."""
    for severity, text, colour, shown in (
        ("critical", both("Peringatan kritis", "Critical alerts"), RED, True),
        ("high", both("Peringatan tinggi", "High alerts"), AMBER, False),
    ):
        tagged = dashboard.AnnotationTarget().type("tags").match_any(match_any=False).limit(200)
        query = dashboard.AnnotationQuery().name(text).datasource(_GRAFANA).icon_color(colour)
        query.target(tagged.tags([TAG, f"severity:{severity}"])).enable(shown)
        yield _Built[AnnotationQuery](query.build())
    yield _Built[AnnotationQuery](
        _ByPrometheus(both("Alarm Siaga", "Alarms of Siaga"), PINK, _ALARMS, "{{alertname}}")
    )
    moved = "sum without(instance, job, rebuilt) (changes(siaga_takeovers_total[30s])) > 0"
    title = both("partisi berpindah pekerja", "partitions changed hands")
    yield _Built[AnnotationQuery](
        _ByPrometheus(both("Pengambilalihan", "Takeovers"), PINK, moved, title)
    )


def _links() -> list[Builder[DashboardLink]]:
    others = dashboard.DashboardLink("Siaga").type(DashboardLinkType.DASHBOARDS).tags([TAG])
    room = dashboard.DashboardLink(both("Ruang kendali", "Control room"))
    room.type(DashboardLinkType.LINK).url("${room}").icon("external link").target_blank(
        target_blank=True
    )
    return [others.keep_time(keep_time=True).include_vars(include_vars=True), room]
