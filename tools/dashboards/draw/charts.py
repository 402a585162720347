"""Curves, timelines and heatmaps as SVG, much more simply than Grafana's."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from math import isfinite, log10
from typing import Final

from msgspec import Struct

from tools.dashboards.draw.ask import Series, Span
from tools.dashboards.draw.frames import Line
from tools.dashboards.draw.units import said

__all__ = ["Box", "curves", "heat", "ink", "palette", "timeline"]

_PALETTE: Final = (
    *("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#F0E442", "#0072B2", "#D55E00", "#999999"),
    *("#8ED1C6", "#B39DDB", "#FFCC80", "#A5D6A7", "#EF9A9A", "#90CAF9", "#BCAAA4", "#CFD8DC"),
)
_BELOW: Final = 18
_WIB: Final = timezone(timedelta(hours=7))
_ROWS_MAX: Final = 20
_WORD: Final = 60
"""A stretch that is wider, in pixels, has room for a word."""
_LIGHT: Final = 120


class Box(Struct, frozen=True):
    """Where a chart is drawn, in pixels, and the time it spans."""

    width: float
    height: float
    span: Span
    left: float = 56

    def x(self, at: float) -> float:
        """Return where a time lies."""
        share = (at - self.span.since) / max(1.0, self.span.until - self.span.since)
        return self.left + share * (self.width - self.left - 8)

    def y(self, share: float) -> float:
        """Return where a share of the height lies, 0 below."""
        return 6 + (1 - share) * (self.height - _BELOW - 6)


def palette(place: int, fixed: str) -> str:
    """Return the colour of a series: its own, else the next of the palette."""
    return fixed or _PALETTE[place % len(_PALETTE)]


def curves(box: Box, lines: Sequence[Line], exemplars: Sequence[Series]) -> str:
    """Draw values over time, stacked if the panel is."""
    stacked = bool(lines) and lines[0].fields.stacked
    paths = [*_laid(lines)] if stacked else [(line, _zeros(line), line.points) for line in lines]
    tops = [value for _, _, top in paths for _, value in top if isfinite(value)]
    top = _nice(max([*tops, *(one.points[0][1] for one in exemplars), 1e-9]))
    low = min([*tops, 0.0])
    drawn = [*_grid(box, low, top, lines[0].fields.unit if lines else "none")]
    for place, (line, below, above) in enumerate(paths):
        colour = palette(place, line.fields.fixed_color)
        drawn.append(_path(box, above, (low, top), f'fill="none" stroke="{colour}"'))
        if stacked:
            outline = (*above, *reversed(below))
            drawn.append(_path(box, outline, (low, top), f'fill="{colour}" fill-opacity=".6"'))
    for step in lines[0].fields.thresholds.steps if lines else ():
        if step.value is not None and low <= step.value <= top:
            y = box.y((step.value - low) / (top - low))
            style = f'stroke="{step.color}" stroke-dasharray="6 4"'
            drawn.append(f'<line x1="{box.left}" x2="{box.width}" y1="{y}" y2="{y}" {style}/>')
    for one in exemplars:
        at, value = one.points[0]
        drawn.append(_diamond(box.x(at), box.y((value - low) / (top - low))))
    return _svg(box, drawn)


def timeline(box: Box, lines: Sequence[Line]) -> str:
    """Draw one row a series, each stretch in the word and the colour of its value."""
    box = Box(box.width, box.height, box.span, left=100)
    shown = lines[:_ROWS_MAX]
    height = (box.height - _BELOW - 6) / max(1, len(shown))
    drawn = [*_times(box)]
    for row, line in enumerate(shown):
        top = 6 + row * height
        name = escape(line.name[:16])
        drawn.append(_text(2, top + height / 2 + 4, name, "start"))
        for since, until, value in _stretches(line, box.span):
            word = line.fields.word(f"{value:g}")
            colour = word.color if word else line.fields.shade(value)
            width = max(1.0, box.x(until) - box.x(since))
            drawn.append(
                f'<rect x="{box.x(since):.1f}" y="{top + 1:.1f}" height="{height - 2:.1f}"'
                f' width="{width:.1f}" fill="{colour}"/>'
            )
            if width > _WORD:
                told = escape(word.text) if word else said(value, line.fields.unit)
                drawn.append(
                    _text(box.x(since) + 4, top + height / 2 + 4, told, "start", ink(colour))
                )
    return _svg(box, drawn)


def heat(box: Box, lines: Sequence[Line]) -> str:
    """Draw how many fell into each bucket at each time."""
    buckets = sorted(lines, key=lambda line: float(line.name.replace("+Inf", "inf")))
    counts = [dict(line.points) for line in buckets]
    most = max((value for one in counts for value in one.values() if isfinite(value)), default=0)
    height = (box.height - _BELOW - 6) / max(1, len(buckets))
    drawn = [*_times(box)]
    for row, line in enumerate(buckets):
        top = box.height - _BELOW - (row + 1) * height
        drawn.append(_text(box.left - 4, top + height / 2 + 4, f"≤ {line.name}", "end"))
        for at, value in counts[row].items():
            own = value - (counts[row - 1].get(at, 0.0) if row else 0.0)
            if own > most / 1000 > 0:
                width = box.x(box.span.since + box.span.step_s) - box.left + 0.5
                shade = f'fill="#E69F00" fill-opacity="{(own / most) ** 0.5:.2f}"'
                drawn.append(
                    f'<rect x="{box.x(at):.1f}" y="{top:.1f}" width="{width:.1f}"'
                    f' height="{height:.1f}" {shade}/>'
                )
    return _svg(box, drawn)


def _laid(
    lines: Sequence[Line],
) -> Iterator[tuple[Line, list[tuple[float, float]], list[tuple[float, float]]]]:
    """Yield each series with the values below and above it."""
    sums: dict[float, float] = {}
    for line in lines:
        below = [(at, sums.get(at, 0.0)) for at, _ in line.points]
        for at, value in line.points:
            sums[at] = sums.get(at, 0.0) + (value if isfinite(value) else 0.0)
        yield line, below, [(at, sums[at]) for at, _ in line.points]


def _zeros(line: Line) -> list[tuple[float, float]]:
    return [(at, 0.0) for at, _ in line.points]


def _path(
    box: Box, points: Sequence[tuple[float, float]], bounds: tuple[float, float], style: str
) -> str:
    low, top = bounds
    steps = [
        f"{box.x(at):.1f},{box.y((value - low) / (top - low)):.1f}"
        for at, value in points
        if isfinite(value)
    ]
    return f'<path d="M{" L".join(steps)}" stroke-width="2" {style}/>' if steps else ""


def _grid(box: Box, low: float, top: float, unit: str) -> Iterator[str]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = box.y(share)
        yield f'<line x1="{box.left}" x2="{box.width}" y1="{y:.1f}" y2="{y:.1f}" stroke="#2c3038"/>'
        yield _text(box.left - 4, y + 4, said(low + share * (top - low), unit), "end")
    yield from _times(box)


def _times(box: Box) -> Iterator[str]:
    span = box.span
    for share in (0.0, 0.25, 0.5, 0.75):
        at = span.since + share * (span.until - span.since)
        clock = datetime.fromtimestamp(at, UTC).astimezone(_WIB).strftime("%H:%M:%S")
        yield _text(box.x(at), box.height - 4, clock, "start")


def _stretches(line: Line, span: Span) -> Iterator[tuple[float, float, float]]:
    """Yield since when, until when, and what, for each time in which a value stays."""
    points = line.points
    start = 0
    for place in range(1, len(points) + 1):
        is_end = place == len(points)
        if is_end or points[place][1] != points[start][1]:
            until = points[place - 1][0] + span.step_s if is_end else points[place][0]
            yield points[start][0], min(until, span.until), points[start][1]
            start = place


def _nice(top: float) -> float:
    """Return a round number that is not below `top`."""
    power = 10.0 ** int(log10(top) // 1)
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= top)


def _diamond(x: float, y: float) -> str:
    points = f"{x},{y - 5} {x + 5},{y} {x},{y + 5} {x - 5},{y}"
    return f'<polygon points="{points}" fill="#fff" stroke="#000"/>'


def ink(colour: str) -> str:
    """Return black or white, whichever can be read on a colour."""
    if not colour.startswith("#"):
        return "#ccccdc"
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#000" if 0.3 * red + 0.59 * green + 0.11 * blue > _LIGHT else "#fff"


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#9aa0a6") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}"'
    return f'<text {where} text-anchor="{anchor}" fill="{colour}">{text}</text>'


def _svg(box: Box, drawn: Sequence[str]) -> str:
    inside = "".join(drawn)
    return f'<svg width="{box.width:.0f}" height="{box.height:.0f}">{inside}</svg>'
