"""Every expression that Siaga gives to Prometheus or Grafana, with the place where it stands.

    rules of deploy/prometheus/*.yml         recorded series, alarms
    dashboards of deploy/grafana/dashboards  queries of panels, variables, annotations

A dashboard's variables are filled in as Grafana does: `$kabupaten`, `${kabupaten:regex}`,
`[[kabupaten]]`, and `$__rate_interval` and its like.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import yaml
from msgspec import Struct, field

from tests.support.promql import shortened

__all__ = [
    "ROOT",
    "Asked",
    "Kind",
    "Variable",
    "dashboard_files",
    "filled",
    "of_dashboard",
    "of_rules",
    "question",
    "rule_files",
    "shortened_rules",
    "variables_of",
]

ROOT: Final = Path(__file__).parents[2]
_NAMED: Final = re.compile(r"\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]")
_LEGEND: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_LABEL_VALUES: Final = re.compile(r"label_values\((?:(.+),\s*)?(\w+)\s*\)", re.DOTALL)
_ANYTHING: Final = '{__name__=~".+"}'
_QUERY_RESULT: Final = re.compile(r"query_result\((.+)\)", re.DOTALL)


class Kind(StrEnum):
    """What an expression is for."""

    RECORD = "record"
    ALARM = "alarm"
    PANEL = "panel"
    VARIABLE = "variable"
    ANNOTATION = "annotation"


class Asked(NamedTuple):
    """An expression, and where it stands."""

    place: str
    """`siaga.rules.yml/SiagaBlindArea`, `siaga-wall/Open alerts/A`."""
    kind: Kind
    expression: str
    labels: tuple[str, ...] = ()
    """What a panel writes beside a line: one of its series at least must have them."""


class _Rule(Struct):
    expr: str
    record: str = ""
    alert: str = ""


class _Group(Struct):
    name: str
    rules: list[_Rule]


class _Rules(Struct):
    groups: list[_Group] = []


class _Target(Struct, rename="camel"):
    expr: str = ""
    ref_id: str = ""
    legend_format: str = ""


class _Panel(Struct):
    title: str = ""
    targets: list[_Target] = []
    panels: list["_Panel"] = []


class _Query(Struct):
    query: str = ""


class Variable(Struct, rename="camel"):
    """A variable of a dashboard."""

    name: str
    type: str
    query: str | _Query = ""
    regex: str = ""
    all_value: str | None = None
    multi: bool = False
    include_all: bool = False


class _Templating(Struct):
    variables: list[Variable] = field(name="list", default_factory=list[Variable])


class _Annotation(Struct):
    name: str = ""
    expr: str = ""


class _Annotations(Struct):
    annotations: list[_Annotation] = field(name="list", default_factory=list[_Annotation])


class _Dashboard(Struct):
    uid: str
    panels: list[_Panel]
    templating: _Templating = field(default_factory=_Templating)
    annotations: _Annotations = field(default_factory=_Annotations)


def rule_files() -> list[Path]:
    """Return the files of rules."""
    files = sorted((ROOT / "deploy/prometheus").glob("*.yml"))
    return [file for file in files if "groups" in _mapping(file.read_text("utf-8"))]


def dashboard_files() -> list[Path]:
    """Return the dashboards."""
    return sorted((ROOT / "deploy/grafana/dashboards").glob("*.json"))


def of_rules(files: Iterable[Path]) -> Iterator[Asked]:
    """Yield the expressions of rules."""
    for file in files:
        read = msgspec.convert(_mapping(file.read_text("utf-8")), _Rules)
        for rule in (rule for group in read.groups for rule in group.rules):
            kind = Kind.ALARM if rule.alert else Kind.RECORD
            yield Asked(f"{file.name}/{rule.alert or rule.record}", kind, rule.expr)


def _mapping(text: str) -> Mapping[str, object]:
    read: object = yaml.safe_load(text)
    return msgspec.convert(read, dict[str, object])


def of_dashboard(file: Path) -> Iterator[Asked]:
    """Yield the expressions of a dashboard, with its variables still in them."""
    read = _read(file)
    for variable in _questions(read.templating.variables):
        place = f"{read.uid}/${variable.name}"
        yield Asked(place, Kind.VARIABLE, question(variable))
    for note in read.annotations.annotations:
        if note.expr:
            yield Asked(f"{read.uid}/@{note.name}", Kind.ANNOTATION, note.expr)
    for panel in _panels(read.panels):
        for target in panel.targets:
            if target.expr:
                labels = tuple(_LEGEND.findall(target.legend_format))
                place = f"{read.uid}/{panel.title}/{target.ref_id}"
                yield Asked(place, Kind.PANEL, target.expr, labels)


def variables_of(file: Path) -> list[Variable]:
    """Return the variables of a dashboard whose values Prometheus knows, in their order."""
    return list(_questions(_read(file).templating.variables))


def _read(file: Path) -> _Dashboard:
    return msgspec.convert(json.loads(file.read_text("utf-8")), _Dashboard)


def _panels(panels: Sequence[_Panel]) -> Iterator[_Panel]:
    for panel in panels:
        yield panel
        yield from _panels(panel.panels)


def _questions(variables: Iterable[Variable]) -> Iterator[Variable]:
    return (one for one in variables if one.type == "query")


def question(variable: Variable) -> str:
    """Return an expression that has a series for each value of a variable.

    Raises:
        ValueError: Its query is of a form that is not known here.
    """
    text = variable.query.query if isinstance(variable.query, _Query) else variable.query
    if found := _LABEL_VALUES.fullmatch(text):
        return f"group by ({found[2]}) ({found[1] or _ANYTHING})"
    if found := _QUERY_RESULT.fullmatch(text):
        return found[1]
    raise ValueError(f"{variable.name}: expected label_values(…) or query_result(…), got {text}")


def filled(expression: str, values: Mapping[str, str]) -> str:
    """Return an expression with its variables filled in.

    Raises:
        ValueError: A variable has no value.
    """

    def value(match: re.Match[str]) -> str:
        name = next(part for part in match.groups() if part)
        if name not in values:
            raise ValueError(f"{expression}: no value for ${name}")
        return values[name]

    return _NAMED.sub(value, expression)


def shortened_rules(text: str, times: int) -> str:
    """Return a file of rules in which everything goes faster: waits, ranges, intervals."""
    read = _mapping(text)
    groups = msgspec.convert(read["groups"], list[dict[str, object]])
    for group in groups:
        _shorten(group, ("interval",), times)
        rules = msgspec.convert(group["rules"], list[dict[str, object]])
        for rule in rules:
            _shorten(rule, ("for", "keep_firing_for", "expr"), times)
        group["rules"] = rules
    return json.dumps({**read, "groups": groups}, indent=1)


def _shorten(fields: dict[str, object], names: Iterable[str], times: int) -> None:
    for name in names:
        if name in fields:
            fields[name] = shortened(str(fields[name]), times)
