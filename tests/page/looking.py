"""A browser that looks at a stage: the clock runs, and nothing it says or asks goes unnoticed."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from streams.domain.alert import Text
from streams.domain.effects import ReplyOutcome
from streams.domain.events import CommandKind
from streams.room.documents import AlertRow, Changed, Delta, Reply, Snapshot
from tests.page.cast import NOW_MS, clock
from tests.page.stage import Stage

__all__ = ["Day", "faults", "looked_at"]

_WIDE: Final = (1600, 1000)
_PATIENCE_MS: Final = 30_000
_LOOK_MS: Final = 20
_LOOK: Final = """async () => {
  const root = document.documentElement;
  const theme = root.dataset.theme;
  const options = { resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  // Of the other theme nothing but the colours is another.
  root.dataset.theme = theme === "dark" ? "light" : "dark";
  const colours = { ...options, runOnly: { type: "rule", values: ["color-contrast"] } };
  violations.push(...(await axe.run(document, colours)).violations);
  root.dataset.theme = theme;
  return { violations };
}"""
_SERIOUS: Final = {"serious", "critical"}


_KEPT: Final = """() => new Promise((done) => {
  const asked = indexedDB.open("siaga", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("snapshots");
  asked.onsuccess = () => {
    const store = asked.result.transaction("snapshots").objectStore("snapshots");
    store.getAll().onsuccess = (event) => {
      asked.result.close();
      done(JSON.stringify(event.target.result));
    };
  };
})"""


class _Node(Struct):
    html: str


class _Violation(Struct):
    id: str
    help: str
    impact: str | None
    nodes: list[_Node]


class _Found(Struct):
    violations: list[_Violation]


class Day:
    """A stage whose clock runs, and a page that looks at it."""

    def __init__(self, stage: Stage, page: Page) -> None:
        """Begin; the clock runs until `end`."""
        self.stage, self.page = stage, page
        self.lag_ms = 2_000
        self.is_ticking = True
        self.may_complain = False
        """Chromium reports requests that fail or are refused: where that is meant, set this."""
        self.asked: list[str] = []
        self.sent = 0
        """Commands that the page has sent; the last may still be on its way."""
        self.said: list[str] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        page.on("request", self._on_request)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        self._thread.start()

    def end(self) -> None:
        """Let the clock stop for good."""
        self._ended.set()
        self._thread.join()

    def open(self, path: str = "/", theme: str = "light") -> None:
        """Go there, and wait for the first row."""
        self.page.goto(f"{self.stage.address}{path}?theme={theme}")
        expect(self.row(1)).to_be_visible(timeout=_PATIENCE_MS)

    def row(self, place: int) -> Locator:
        """Return a row of the queue, from 1."""
        return self.page.locator(".row").nth(place - 1)

    def put(self, *rows: AlertRow) -> None:
        """Let these alerts be as they are now."""
        self.stage.say(Delta(alerts=Changed(put=rows), opened_lately=3))

    def wait_until_kept(self) -> str:
        """Wait until the last snapshot is kept whole, its head is written last; return its text."""
        self.until(lambda: '"head"' in self.kept())
        return self.kept()

    def until(self, is_so: Callable[[], bool], at: Page | None = None) -> None:
        """Wait until it is so, at another page once this one is closed.

        A browser that is asked for a promise takes it for a yes.
        """
        give_up = time.monotonic() + _PATIENCE_MS / 1_000
        while not is_so():
            assert time.monotonic() < give_up
            (at or self.page).wait_for_timeout(_LOOK_MS)

    def kept(self) -> str:
        """Return the text of all that this browser keeps of the snapshot."""
        return str(self.page.evaluate(_KEPT))

    def given(self, count: int = 1) -> list[dict[str, object]]:
        """Return the commands that have come, once there are so many and none is on its way."""
        give_up = time.monotonic() + _PATIENCE_MS / 1_000
        while len(self.stage.commands) < max(count, self.sent):
            assert time.monotonic() < give_up, f"only these came: {self.stage.commands}"
            self.page.wait_for_timeout(_LOOK_MS)
        return self.stage.commands

    def answer(self, outcome: ReplyOutcome, reason: str = "", *, which: int = -1) -> None:
        """Let the fold answer a command, the last one unless told otherwise."""
        given = self.given()[which]
        reply = Reply(
            command=str(given["id"]),
            outcome=outcome,
            reason=reason,
            says=Text(reason, reason),
            at="2024-11-27T14:05:09+07:00",
            alert=str(given.get("alert", "")),
            command_kind=CommandKind(str(given["command"])),
            mine=True,
        )
        self.stage.say(Delta(replies=Changed(put=(reply,)), opened_lately=3))

    def _run(self) -> None:
        seconds = 0
        while not self._ended.wait(1 if seconds else 0.01):
            seconds += 1
            if self.is_ticking and not self.stage.is_cut:
                self.stage.say(clock(NOW_MS + seconds * 1_000, self.lag_ms))

    def _on_request(self, request: Request) -> None:
        self.sent += request.method == "POST" and request.url.endswith("/api/v1/commands")
        if not request.url.startswith((self.stage.address, "data:")):
            self.asked.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        # A command that is not answered yet is asked for again after a while, and is not there.
        is_meant = self.may_complain or self.stage.is_cut or "/api/v1/commands/" in where
        if message.type in {"error", "warning"} and not is_meant:
            self.said.append(f"{message.text} {where}")


@contextmanager
def looked_at(
    chromium: Browser,
    snapshot: Snapshot,
    *,
    size: tuple[int, int] = _WIDE,
    is_open: bool = True,
) -> Generator[Day]:
    """Look at a picture; what the page complained of or asked elsewhere fails the test."""
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    context.set_default_timeout(_PATIENCE_MS)
    with Stage(snapshot, is_open=is_open) as stage:
        day = Day(stage, context.new_page())
        try:
            yield day
        finally:
            day.end()
            context.close()
    assert [] == day.asked, day.asked
    assert [] == day.said, day.said


def faults(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical on a page as it stands now, in both themes."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = msgspec.convert(page.evaluate(_LOOK), _Found)
    return [
        f"{one.id}: {one.help}: {one.nodes[0].html[:200]} ({len(one.nodes)} places)"
        for one in found.violations
        if one.impact in _SERIOUS
    ]
