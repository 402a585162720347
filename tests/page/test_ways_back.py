"""Whoever goes back by Escape is where he came from, and a keyboard is never left nowhere."""

from collections.abc import Generator

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page.afternoon import afternoon, in_two_kabupaten
from tests.page.desks_hands import ALERT, ask, at_the_desks, go, press
from tests.page.looking import Day, looked_at

pytestmark = pytest.mark.chromium

_CURUP = "17.02.09"


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """An afternoon with all that lies on the desks."""
    with at_the_desks(chromium) as found:
        yield found


def tile(page: Page, code: str = _CURUP) -> Locator:
    """Return the tile of an area."""
    return page.locator(f".pic [data-code='{code}']")


def test_out_of_a_kecamatan_the_focus_is_on_its_tile(day: Day) -> None:
    """Opened by Enter the focus is inside, where Escape is heard; then on the tile it was."""
    day.open()
    page = day.page
    tile(page).focus()
    press(page, "Enter")
    expect(tile(page)).to_have_attribute("aria-pressed", "true")
    press(page, "Enter")
    expect(page.locator(".pic .zoom")).to_be_focused()
    press(page, "Tab")
    expect(page.locator(".zoom a").first).to_be_focused()
    press(page, "Escape")
    expect(tile(page)).to_be_focused()
    press(page, "Enter", "Escape")
    expect(tile(page)).to_be_focused()


def test_out_of_a_kabupaten_the_focus_is_on_its_tile(chromium: Browser) -> None:
    """Also where the room had to be asked for what is in it, while the focus was nowhere."""
    with looked_at(chromium, in_two_kabupaten()) as day:
        day.open()
        page = day.page
        kabupaten = tile(page, "17.02")
        kabupaten.focus()
        within = [area for area in afternoon().areas if area.kind != "kabupaten"]
        areas = (*day.stage.snapshot.areas, *within)
        day.stage.snapshot = replace(day.stage.snapshot, areas=areas, zoom="17.02")
        press(page, "Enter")
        expect(kabupaten).to_have_attribute("aria-pressed", "true")
        press(page, "Enter")
        expect(kabupaten).to_have_count(0)
        expect(page.locator(".pic .tile[tabindex='0']")).to_be_focused()
        press(page, "Escape")
        expect(page.locator(".pic .tile[aria-pressed='true']")).to_have_count(0)
        press(page, "Escape")
        expect(kabupaten).to_be_focused()


def test_from_a_tps_back_is_its_place_in_the_picture(day: Day) -> None:
    """The kecamatan is still open, and the focus on the TPS that was opened."""
    day.open()
    page = day.page
    tile(page).focus()
    press(page, "Enter")
    expect(tile(page)).to_have_attribute("aria-pressed", "true")
    press(page, "Enter")
    third = page.locator(".zoom a").nth(2)
    third.focus()
    press(page, "Enter")
    expect(page.locator("main.alp")).to_be_focused()
    press(page, "Escape")
    expect(third).to_be_focused()


def test_from_an_alert_back_is_the_line_of_the_queue(day: Day) -> None:
    """Also where another row has become the current one, and by the browser's own way back."""
    day.open()
    page = day.page
    press(page, "j", "j", "j")
    link = page.locator(".row.cur a.ti")
    address = link.get_attribute("href")
    link.focus()
    for way in ("Escape", "back"):
        press(page, "Enter")
        expect(page.locator("main.alp")).to_be_visible()
        if way == "Escape":
            press(page, way)
        else:
            page.go_back()
        expect(page.locator(f".row a.ti[href='{address}']")).to_be_focused()


def test_a_page_that_is_opened_anew_begins_at_its_beginning(day: Day) -> None:
    """Only who comes back is where he was."""
    page = go(day, ALERT)
    page.locator(".related a, .rel a").last.focus()
    press(page, "q")
    expect(day.row(1)).to_be_visible()
    press(page, "j", "o")
    expect(page.locator("main.alp h1, main.alp:focus").first).to_be_visible()
    where = "document.activeElement.closest('main')?.id === 'main'"
    day.until(lambda: bool(page.evaluate(where)))
    assert page.evaluate("document.activeElement.matches('main, main h1')")


def test_from_the_desk_back_is_the_open_report(day: Day) -> None:
    """From triage to an alert and back by the browser."""
    page = go(day, "/triage")
    line = page.locator(".line").nth(3)
    line.click()
    link = page.locator(".detail a[href^='/alert/']")
    link.focus()
    press(page, "Enter")
    expect(page.locator("main.alp")).to_be_visible()
    page.go_back()
    expect(link).to_be_focused()


def test_out_of_a_dialog_the_focus_is_on_the_row_although_the_button_is_gone(day: Day) -> None:
    """What was asked from may be drawn no more: what stood around it has the focus."""
    day.open()
    page = day.page
    press(page, "j", "j")
    row = page.locator(".row.cur")
    row.locator("button.act").focus()
    press(page, "e")
    expect(ask(page)).to_be_visible()
    row.evaluate("(row) => row.querySelectorAll('button.act').forEach((each) => each.remove())")
    press(page, "Escape")
    expect(row).to_be_focused()


def test_the_list_of_keys_gives_the_focus_back(day: Day) -> None:
    """To the row from which it was asked for."""
    day.open()
    page = day.page
    press(page, "j", "j", "?")
    expect(ask(page)).to_be_visible()
    press(page, "Escape")
    expect(page.locator(".row.cur")).to_be_focused()
