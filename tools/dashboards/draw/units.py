"""Values as people read them, by Grafana's names of units."""

from collections.abc import Callable
from math import isfinite, isnan
from typing import Final

__all__ = ["UNITS", "said"]

_TIMES: Final = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"), (0.001, "ms"))
_LONG: Final = 10
"""From here on one digit behind the point is enough."""
_BYTES: Final = ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"))


def _plain(value: float) -> str:
    text = f"{value:.2f}" if abs(value) < _LONG else f"{value:.1f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _time(value: float) -> str:
    unit, name = next((one for one in _TIMES if abs(value) >= one[0]), (1.0, "s"))
    return f"{_plain(value / unit)} {name}"


def _percent(value: float) -> str:
    return f"{_plain(100 * value)} %"


def _size(value: float) -> str:
    unit, name = next((one for one in _BYTES if abs(value) >= one[0]), (1, "B"))
    return f"{_plain(value / unit)} {name}"


def _pace(value: float) -> str:
    return f"{_size(value)}/s"


UNITS: Final[dict[str, Callable[[float], str]]] = {
    "none": _plain,
    "s": _time,
    "percentunit": _percent,
    "bytes": _size,
    "Bps": _pace,
}
"""Every unit that a dashboard uses."""


def said(value: float, unit: str) -> str:
    """Return a value with its unit."""
    if isnan(value):
        return "NaN"
    return UNITS[unit](value) if isfinite(value) else "∞"
