"""The page on the narrowest phones: nothing is cut at the right, and nothing has to be pushed."""

from collections.abc import Generator
from typing import Final

import msgspec
import pytest
from playwright.sync_api import Browser, expect

from streams.domain.words import AreaKind
from tests.page.afternoon import afternoon
from tests.page.bordered import borders_of, with_borders
from tests.page.desks_cast import CLASH, desks, page_of, tps_page
from tests.page.desks_hands import Door, serve
from tests.page.desks_heaps import words
from tests.page.looking import Day, faults, looked_at

pytestmark = pytest.mark.chromium

_SLIM: Final = (360, 740)
_HAND: Final = (414, 896)
_PAGES: Final = {
    f"/alert/{CLASH.id}": ".ev",
    "/tps/17.02.07.2012-003": ".tl2",
    "/triage": ".detail",
    "/letters": ".detail",
    "/report": ".phoned",
}
_WIDTH: Final = "document.documentElement.scrollWidth"
_PUSHED: Final = """() => [...document.querySelectorAll(".pic, .pic *")]
  .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
  .filter((each) => ["auto", "scroll"].includes(getComputedStyle(each).overflowX))
  .map((each) => each.className)"""
_SMALL: Final = """() => [...document.querySelectorAll("main :is(a, button, select), .foot button")]
  .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
  .filter(([, { width, height }]) => width && (width < 24 || height < 24))
  .map(([text]) => text)"""


@pytest.fixture(params=[_SLIM, _HAND], ids=["360", "414"])
def day(request: pytest.FixtureRequest, chromium: Browser) -> Generator[Day]:
    """An afternoon with all that lies on the desks, on a phone."""
    snapshot = desks()
    with looked_at(chromium, snapshot, size=request.param) as found:
        found.stage.said = {one.id: msgspec.to_builtins(one) for one in words()}
        serve(found.page, page_of(), tps_page(snapshot))
        Door(found.page, "**/api/v1/alerts?*", 200, {"alerts": []})
        yield found


def fits(day: Day) -> bool:
    """Tell whether the page as it stands needs no pushing aside."""
    size = day.page.viewport_size
    return size is not None and day.page.evaluate(_WIDTH) <= size["width"]


def test_no_page_scrolls_sideways(day: Day) -> None:
    """The desks, an alert and a TPS are as wide as the phone."""
    for path, shown in _PAGES.items():
        day.page.goto(f"{day.stage.address}{path}")
        expect(day.page.locator(shown).first).to_be_visible()
        assert fits(day), path


def test_the_picture_fits_at_every_step(day: Day) -> None:
    """Tiles with whole names instead of cells; a kecamatan opened, desa below desa."""
    day.page.goto(day.stage.address)
    expect(day.page.locator(".pic .tile")).to_have_count(15)
    expect(day.page.locator(".pic .tile .cells")).to_have_count(0)
    cut = "(all) => all.filter((it) => it.scrollWidth > it.clientWidth).length"
    assert 0 == day.page.locator(".tile .th").evaluate_all(cut)
    assert fits(day)
    assert [] == day.page.evaluate(_PUSHED)
    assert [] == day.page.evaluate(_SMALL)
    tile = day.page.locator(".pic .tile").nth(3)
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    tile.click()
    expect(day.page.locator(".pic .zoom")).to_be_visible()
    assert fits(day)
    assert [] == day.page.evaluate(_PUSHED)
    assert [] == day.page.evaluate(_SMALL)
    assert [] == faults(day.page)


def test_the_map_fits(chromium: Browser) -> None:
    """And so do the tiles of what has no borders, below it."""
    shown = with_borders(afternoon(), AreaKind.KECAMATAN)
    with looked_at(chromium, shown, size=_SLIM) as day:
        day.stage.borders = borders_of(afternoon(), without=("17.02.19",))
        day.page.goto(day.stage.address)
        day.page.get_by_role("button", name="Peta", exact=True).click()
        expect(day.page.locator(".marea")).to_have_count(14)
        expect(day.page.locator(".mrest .tile")).to_have_count(1)
        assert fits(day)
        assert [] == day.page.evaluate(_PUSHED)
