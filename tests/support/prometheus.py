"""The real Prometheus of Debian, its checker `promtool`, and its configuration for tests.

Neither is installed: `tests.support.debian` unpacks the package. Prometheus looks for targets five
seconds after it has started, whatever its intervals are, so the first numbers come after that.
"""

import subprocess
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from tests.support.debian import unpacked
from tests.support.server import Server

__all__ = ["Active", "Point", "Prometheus", "Sample", "Series", "Target", "promtool"]

_ANSWER_S: Final = 30
_PROMTOOL_S: Final = 120
_READY: Final = b"Server is ready to receive web requests"

Point = tuple[float, str]
"""A time since 1970 and a value, which may be `NaN` or `+Inf`."""


class Sample(Struct, frozen=True):
    """One series of an answer, at one time."""

    labels: Mapping[str, str] = msgspec.field(name="metric")
    point: Point = msgspec.field(name="value")

    @property
    def value(self) -> float:
        """The value as a number."""
        return float(self.point[1])


class Series(Struct, frozen=True):
    """One series of an answer, at several times."""

    labels: Mapping[str, str] = msgspec.field(name="metric")
    points: tuple[Point, ...] = msgspec.field(name="values")


class Active(Struct, frozen=True):
    """An alarm that is pending or firing."""

    labels: Mapping[str, str]
    annotations: Mapping[str, str]
    state: str

    @property
    def name(self) -> str:
        """The name of the alarm."""
        return self.labels["alertname"]


class Target(Struct, frozen=True, rename="camel"):
    """A process that is read."""

    labels: Mapping[str, str]
    health: str
    last_error: str
    scrape_url: str


class _Vector(Struct, frozen=True, tag_field="resultType", tag="vector"):
    result: tuple[Sample, ...]


class _Matrix(Struct, frozen=True, tag_field="resultType", tag="matrix"):
    result: tuple[Series, ...]


class _Scalar(Struct, frozen=True, tag_field="resultType", tag="scalar"):
    result: Point


class _Alerts(Struct, frozen=True):
    alerts: tuple[Active, ...]


class _Targets(Struct, frozen=True, rename="camel"):
    active_targets: tuple[Target, ...]


class _Answer(Struct, frozen=True):
    status: str
    data: msgspec.Raw = msgspec.Raw(b"null")
    error: str = ""


class Prometheus(Server):
    """A real Prometheus, gone after `with`.

    Its configuration file lies in its folder, so `rule_files` are named relative to that; `rules`
    are written there. Exemplars are kept.
    """

    def __init__(
        self, folder: Path, port: int, config: str, rules: Mapping[str, str] | None = None
    ) -> None:
        """Describe it.

        Args:
            folder: Its own.
            port: Where it answers, on 127.0.0.1.
            config: What `prometheus.yml` says.
            rules: Files of rules by their names.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in {"prometheus.yml": config, **(rules or {})}.items():
            (folder / name).write_text(text, encoding="utf-8")
        command = [
            str(unpacked("prometheus") / "usr/bin/prometheus"),
            f"--config.file={folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--enable-feature=exemplar-storage",
        ]
        super().__init__(command, port, _READY)

    def query(self, expression: str, at: float | None = None) -> tuple[Sample, ...]:
        """Return what an expression says now, or at a time; a number is one sample."""
        said = {"query": expression} | ({} if at is None else {"time": str(at)})
        found = msgspec.json.decode(self.ask("query", said), type=_Vector | _Matrix | _Scalar)
        if isinstance(found, _Vector):
            return found.result
        if isinstance(found, _Scalar):
            return (Sample({}, found.result),)
        raise TypeError("expected an expression that has one value a series, got a range")

    def query_range(
        self, expression: str, begin: float, end: float, step_s: float
    ) -> tuple[Series, ...]:
        """Return what an expression said at every step of a time."""
        said = {"query": expression, "start": str(begin), "end": str(end), "step": str(step_s)}
        return msgspec.json.decode(self.ask("query_range", said), type=_Matrix).result

    def alerts(self) -> tuple[Active, ...]:
        """Return the alarms that are pending or firing."""
        return msgspec.json.decode(self.ask("alerts"), type=_Alerts).alerts

    def firing(self) -> set[str]:
        """Return the names of the alarms that fire."""
        return {one.name for one in self.alerts() if one.state == "firing"}

    def targets(self) -> tuple[Target, ...]:
        """Return the processes that it reads."""
        return msgspec.json.decode(self.ask("targets"), type=_Targets).active_targets

    def ask(self, what: str, said: Mapping[str, str] | None = None) -> bytes:
        """Return what an address of its API answers.

        Raises:
            ValueError: It refuses, and says why.
        """
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_ANSWER_S)
        with closing(connection):
            if said is None:
                connection.request("GET", f"/api/v1/{what}")
            else:
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                connection.request("POST", f"/api/v1/{what}", urlencode(said), kind)
            answer = msgspec.json.decode(connection.getresponse().read(), type=_Answer)
        if answer.status != "success":
            raise ValueError(f"{what}: {answer.error}")
        return bytes(answer.data)


def promtool(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Prometheus' checker in a folder; its exit code says whether all was well."""
    return subprocess.run(
        [unpacked("prometheus") / "usr/bin/promtool", *words],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=_PROMTOOL_S,
    )
