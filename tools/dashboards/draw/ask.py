"""Asks a Prometheus what Grafana would ask it."""

from http.client import HTTPConnection
from typing import Final
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import Struct

__all__ = ["Asked", "Prometheus", "Series", "Span", "filled"]

_WAIT_S: Final = 30
_POINTS_MAX: Final = 240
_ALL: Final = ".+"
_SCRAPES: Final = 4
"""Grafana asks for rates over as many readings at least."""


class Series(Struct, frozen=True):
    """One series: its labels, and values at times."""

    labels: dict[str, str]
    points: tuple[tuple[float, float], ...]


class Span(Struct, frozen=True):
    """The time that is looked at, in seconds since 1970."""

    since: float
    until: float
    scrape_s: float

    @property
    def step_s(self) -> float:
        """The time between two points of a curve."""
        return max(self.scrape_s, (self.until - self.since) / _POINTS_MAX)


class _Sample(Struct, frozen=True):
    metric: dict[str, str]
    value: tuple[float, str] | None = None
    values: tuple[tuple[float, str], ...] = ()


class _Data(Struct, frozen=True, rename="camel"):
    result_type: str
    result: msgspec.Raw


class _Answer(Struct, frozen=True):
    status: str
    data: _Data | None = None
    error: str = ""


class _Exemplar(Struct, frozen=True):
    labels: dict[str, str]
    value: str
    timestamp: float


class _Exemplars(Struct, frozen=True, rename="camel"):
    series_labels: dict[str, str]
    exemplars: tuple[_Exemplar, ...]


class _Shown(Struct, frozen=True):
    data: tuple[_Exemplars, ...] = ()


class Asked(Exception):  # noqa: N818 — what Prometheus answered, not a fault of this program.
    """Prometheus did not take a query; the message is its own."""


def filled(expr: str, span: Span) -> str:
    """Return a query with everything in place of its variables: all areas, the whole span."""
    rate_s = max(span.step_s + span.scrape_s, _SCRAPES * span.scrape_s)
    for name, value in (
        ("$__rate_interval", _seconds(rate_s)),
        ("$__range", _seconds(span.until - span.since)),
        ("$__interval", _seconds(span.step_s)),
        ("$province", _ALL),
        ("$kabupaten", _ALL),
        ("$kecamatan", _ALL),
    ):
        expr = expr.replace(name, value)
    return expr


class Prometheus:
    """A Prometheus that is asked by HTTP."""

    def __init__(self, url: str) -> None:
        """Remember where it is; `http://127.0.0.1:9090`."""
        self._netloc = urlsplit(url).netloc

    def now(self, expr: str, span: Span) -> list[Series]:
        """Return the values at the end of a span."""
        found = self._ask("query", {"query": filled(expr, span), "time": str(span.until)})
        return [Series(one.metric, (_point(one.value),)) for one in found if one.value is not None]

    def over(self, expr: str, span: Span) -> list[Series]:
        """Return the values over a span."""
        asked = {
            "query": filled(expr, span),
            "start": str(span.since),
            "end": str(span.until),
            "step": str(span.step_s),
        }
        found = self._ask("query_range", asked)
        return [Series(one.metric, tuple(_point(at) for at in one.values)) for one in found]

    def exemplars(self, expr: str, span: Span) -> list[Series]:
        """Return the exemplars of a query, one series each."""
        asked = {
            "query": filled(expr, span),
            "start": str(span.since),
            "end": str(span.until),
        }
        shown = msgspec.json.decode(self._post("query_exemplars", asked), type=_Shown)
        return [
            Series(one.labels, ((one.timestamp, float(one.value)),))
            for series in shown.data
            for one in series.exemplars
        ]

    def _ask(self, what: str, asked: dict[str, str]) -> tuple[_Sample, ...]:
        answer = msgspec.json.decode(self._post(what, asked), type=_Answer)
        if answer.data is None:
            raise Asked(f"{answer.error}\n{asked['query']}")
        if answer.data.result_type == "scalar":
            scalar = msgspec.json.decode(answer.data.result, type=tuple[float, str])
            return (_Sample({}, value=scalar),)
        return msgspec.json.decode(answer.data.result, type=tuple[_Sample, ...])

    def _post(self, what: str, asked: dict[str, str]) -> bytes:
        connection = HTTPConnection(self._netloc, timeout=_WAIT_S)
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", f"/api/v1/{what}", urlencode(asked), form)
            return connection.getresponse().read()
        finally:
            connection.close()


def _point(point: tuple[float, str]) -> tuple[float, float]:
    return point[0], float(point[1])


def _seconds(seconds: float) -> str:
    return f"{max(1, round(seconds))}s"
