"""A dashboard's file, as far as it is drawn."""

from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, field

__all__ = ["Change", "Dashboard", "Fields", "Panel", "Place", "Result", "Step", "Target", "read"]


class Place(Struct, frozen=True):
    """Where a panel lies on the grid of 24 columns."""

    x: int
    y: int
    w: int
    h: int


class Target(Struct, frozen=True, rename="camel"):
    """One query of a panel."""

    ref_id: str
    expr: str
    instant: bool
    format: str
    legend_format: str = ""
    exemplar: bool = False


class Result(Struct, frozen=True):
    """What a value is called, and its colour."""

    text: str
    color: str


class Step(Struct, frozen=True):
    """From which value on a colour holds."""

    value: float | None
    color: str


class _Mapping(Struct, frozen=True):
    options: dict[str, Result]


class _Thresholds(Struct, frozen=True):
    steps: tuple[Step, ...] = ()


class _Stacking(Struct, frozen=True):
    mode: str = "none"


class _Custom(Struct, frozen=True):
    stacking: _Stacking = _Stacking()


class Fields(Struct, frozen=True, rename="camel"):
    """How values are shown."""

    unit: str
    no_value: str
    mappings: tuple[_Mapping, ...] = ()
    thresholds: _Thresholds = _Thresholds()
    custom: _Custom = _Custom()
    display_name: str = ""
    fixed_color: str = ""
    painted: bool = False

    @property
    def stacked(self) -> bool:
        """Whether values are laid on each other."""
        return self.custom.stacking.mode == "normal"

    def word(self, value: str) -> Result | None:
        """Return what a value is called, if it has a name."""
        found = (one.options[value] for one in self.mappings if value in one.options)
        return next(found, None)

    def shade(self, value: float) -> str:
        """Return the colour of a value by its thresholds, which rise."""
        shades = (
            step.color
            for step in self.thresholds.steps
            if step.value is None or step.value <= value
        )
        return ([*shades] or ["transparent"])[-1]


class _Property(Struct, frozen=True):
    id: str
    value: Any = None


class _Matcher(Struct, frozen=True):
    options: str


class _Override(Struct, frozen=True):
    matcher: _Matcher
    properties: tuple[_Property, ...]


class _FieldConfig(Struct, frozen=True):
    defaults: Fields
    overrides: tuple[_Override, ...] = ()


class Change(Struct, frozen=True):
    """One transformation of the results of a panel."""

    id: str
    options: dict[str, Any]


class _Sort(Struct, frozen=True, rename="camel"):
    display_name: str
    desc: bool = False


class _Options(Struct, frozen=True, rename="camel"):
    sort_by: tuple[_Sort, ...] = ()


class Panel(Struct, frozen=True, rename="camel"):
    """One panel, or a line above panels."""

    type: str
    title: str
    place: Place = field(name="gridPos")
    description: str = ""
    targets: tuple[Target, ...] = ()
    field_config: _FieldConfig | None = None
    transformations: tuple[Change, ...] = ()
    options: _Options = _Options()

    def fields(self, name: str = "") -> Fields:
        """Return how the values of a series, or of a column, are shown."""
        assert self.field_config is not None, "only a panel has fields"
        shown = self.field_config.defaults
        for override in self.field_config.overrides:
            if override.matcher.options == name:
                shown = _changed(shown, override.properties)
        return shown


class Dashboard(Struct, frozen=True):
    """A dashboard."""

    uid: str
    title: str
    panels: tuple[Panel, ...]


def read(path: Path) -> Dashboard:
    """Read a dashboard's file."""
    return msgspec.json.decode(path.read_bytes(), type=Dashboard)


_AS_DEFAULT: Final = ("displayName", "mappings", "noValue", "thresholds", "unit")


def _changed(fields: Fields, properties: tuple[_Property, ...]) -> Fields:
    """Return fields with what an override sets."""
    found: dict[str, Any] = msgspec.to_builtins(fields)
    for one in properties:
        if one.id in _AS_DEFAULT:
            found[one.id] = one.value
        elif one.id == "color":
            found["fixedColor"] = one.value["fixedColor"]
        elif one.id == "custom.cellOptions":
            found["painted"] = True
    return msgspec.convert(found, Fields)
