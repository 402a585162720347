"""Hands on the keys of the desks: what several tests of them open, press and look at.

What the stage does not hold (an alert whole, the doors of the form and of dead letters) is answered
in the browser, with documents of the room's own types.
"""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

import msgspec
from playwright.sync_api import Browser, Locator, Page, Route, expect

from streams.room.page_documents import AlertPage, TpsPage
from tests.page.desks_cast import CLASH, KEPT, desks, page_of, tps_page
from tests.page.desks_heaps import words
from tests.page.looking import Day, looked_at

__all__ = ["ALERT", "Door", "ask", "at_the_desks", "go", "last", "press", "serve"]

ALERT: Final = f"/alert/{CLASH.id}"
_SIZE: Final = (1440, 1000)


class Door:
    """A door of the server that a test answers; what came through it is kept."""

    def __init__(self, page: Page, pattern: str, status: int, body: object) -> None:
        """Answer every request to `pattern` so."""
        self.status, self.body = status, body
        self.came: list[dict[str, Any]] = []
        page.route(pattern, self._answer)

    def _answer(self, route: Route) -> None:
        self.came.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(status=self.status, json=self.body)


@contextmanager
def at_the_desks(chromium: Browser) -> Generator[Day]:
    """An afternoon with all that lies on the desks."""
    snapshot = desks()
    with looked_at(chromium, snapshot, size=_SIZE) as day:
        day.stage.said = {one.id: msgspec.to_builtins(one) for one in words()}
        serve(day.page, page_of(), tps_page(snapshot))
        Door(day.page, "**/api/v1/alerts?*", 200, {"alerts": []})
        yield day


def serve(page: Page, *documents: AlertPage | TpsPage) -> None:
    """Answer for an alert, or a TPS."""
    for one in documents:
        what = "alerts" if isinstance(one, AlertPage) else "tps"
        Door(page, f"**/api/v1/{what}/*", 200, msgspec.to_builtins(one))
    Door(page, "**/api/v1/alerts/*/evidence", 200, {"evidence": msgspec.to_builtins(KEPT)})


def go(day: Day, path: str, theme: str = "light") -> Page:
    """Open a path and wait until it has something to show."""
    day.page.goto(f"{day.stage.address}{path}?theme={theme}")
    expect(day.page.locator("main h1").first).to_be_visible()
    return day.page


def ask(page: Page) -> Locator:
    """Return the open dialog."""
    return page.locator("dialog[open]")


def last(day: Day) -> dict[str, object]:
    """Return the last command, without its id."""
    return {name: value for name, value in day.given()[-1].items() if name != "id"}


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)
