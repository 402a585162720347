"""What a burst of changes costs the page: thousands of rows, hundreds of which change at once.

    python -m tests.page.burst --rows 10000 --changed 1000 --rounds 20

It prints the mean time of a delta in the page's own thread, from its arrival to the screen
(reading, ordering, rendering, style, layout), and what memory it left. A quiet machine is meant:
the numbers are those of whoever else works on it, too.
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import islice
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from playwright.sync_api import Browser, CDPSession, expect

from streams.domain.alert import Text
from streams.domain.words import Severity
from streams.room.documents import AlertRow, Changed, Delta
from tests.page.afternoon import afternoon
from tests.page.looking import Day, looked_at
from tests.support.chromium import browser

__all__ = ["Burst", "Cost", "main"]

_MEGA: Final = 1_000_000
_PARTS: Final = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration")


class Cost(Struct, frozen=True):
    """The mean of a delta, in milliseconds, and what there is after all of them."""

    script_ms: float
    layout_ms: float
    style_ms: float
    task_ms: float
    """All of the page's thread, those three included."""
    heap_mb: float
    """After the rubbish was taken away."""
    nodes: int


class _Metric(Struct):
    name: str
    value: float


class _Metrics(Struct):
    metrics: list[_Metric]


class Burst:
    """A page with many rows, and changes of them."""

    def __init__(self, day: Day, rows: Sequence[AlertRow], changed: int) -> None:
        """Look at an open page."""
        self._day, self._rows, self._changed = day, rows, changed
        self._round = 0
        self._devtools: CDPSession = day.page.context.new_cdp_session(day.page)
        self._ask("Performance.enable")

    def rounds(self, count: int) -> Cost:
        """Let so many deltas come, each after the one before was drawn."""
        before = self._metrics()
        for _ in range(count):
            self._next()
        after = self._metrics()
        script, layout, style, task = (
            1_000 * (after[part] - before[part]) / count for part in _PARTS
        )
        self._ask("HeapProfiler.collectGarbage")
        left = self._metrics()
        heap = left["JSHeapUsedSize"] / _MEGA
        return Cost(script, layout, style, task, heap, int(left["Nodes"]))

    def _next(self) -> None:
        """Change a part of the rows, in turns, and the first one, which tells when it is drawn."""
        self._round += 1
        title = Text(f"Putaran {self._round}", f"Round {self._round}")
        start = self._round * self._changed % len(self._rows)
        others = islice(self._rows, start, start + self._changed - 1)
        put = [replace(row, title=title, revision=row.revision + self._round) for row in others]
        first = replace(self._rows[0], title=title, severity=Severity.CRITICAL)
        first = replace(first, opened_at="2024-11-27T06:00:00+07:00")
        self._day.stage.say(Delta(alerts=Changed(put=(*put, first)), opened_lately=3))
        expect(self._day.row(1)).to_contain_text(title.id)

    def _metrics(self) -> dict[str, float]:
        found = msgspec.convert(self._ask("Performance.getMetrics"), _Metrics)
        return {one.name: one.value for one in found.metrics}

    def _ask(self, method: str) -> object:
        # Playwright types what DevTools take and give as a bare dict.
        send = self._devtools.send  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return send(method)  # pyright: ignore[reportUnknownVariableType]


def measure(running: Browser, rows: int, changed: int, rounds: int) -> Cost:
    """Open a page of so many rows, warm it up, and measure."""
    snapshot = afternoon(rows)
    with looked_at(running, snapshot) as day:
        day.open()
        expect(day.page.locator(".curve")).to_be_visible()
        burst = Burst(day, snapshot.alerts, changed)
        burst.rounds(3)
        return burst.rounds(rounds)


def main(arguments: Sequence[str]) -> int:
    """Print what each delta costs."""
    parser = argparse.ArgumentParser(prog="python -m tests.page.burst", description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--changed", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args(arguments)
    with browser() as running:
        cost = measure(running, asked.rows, asked.changed, asked.rounds)
    for name in cost.__struct_fields__:
        sys.stdout.write(f"{name:>10} {getattr(cost, name):8.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
