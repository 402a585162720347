"""A real Prometheus that remembers the invented day."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.support.amtool import free_ports
from tests.support.prometheus import Prometheus as Process
from tests.support.prometheus import promtool
from tools.dashboards.draw.ask import Prometheus, Span
from tools.dashboards.draw.invented import BEGINS, ENDS, exposition

__all__ = ["SPAN", "remembered"]

_BEGAN_AT: Final = 1_732_662_000
"""6 in the morning of 27 November 2024, western time."""
SPAN: Final = Span(_BEGAN_AT, _BEGAN_AT + 3600 * (ENDS - BEGINS), 60)
"""The whole of it; read once a minute."""


@contextmanager
def remembered(folder: Path) -> Generator[Prometheus]:
    """Run a Prometheus with the day in it for the time of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    day = folder / "day.om"
    day.write_text(exposition(_BEGAN_AT), encoding="utf-8")
    made = promtool(folder, "tsdb", "create-blocks-from", "openmetrics", day, folder / "data")
    assert made.returncode == 0, made.stderr
    [port] = free_ports(1)
    with Process(folder, port, "global: {}\n") as process:
        yield Prometheus(process.url)
