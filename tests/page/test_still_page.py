"""Kabupaten that stand still while others go on: named on top, marked in the picture."""

import re
from typing import Final

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from streams.domain.words import AreaKind
from tests.page.afternoon import afternoon, in_two_kabupaten
from tests.page.bordered import borders_of, with_borders
from tests.page.cast import clock
from tests.page.looking import looked_at

pytestmark = pytest.mark.chromium

_TWO: Final = ("17.02", "17.03")


def test_a_kabupaten_that_stands_still_is_named_and_marked(chromium: Browser) -> None:
    """One worker of two is dead: the other's kabupaten goes on, and is not called still."""
    with looked_at(chromium, in_two_kabupaten()) as day:
        day.open()
        other, still = (day.page.locator(f'.tile[data-code="{code}"]') for code in _TWO)
        expect(still).not_to_contain_text("tak dinilai")
        day.is_ticking = False
        told = clock()
        day.stage.say(replace(told, still=(("17.03", told.server_ms - 125_000),)))
        banner = day.page.locator(".banner.stale")
        expect(banner).to_contain_text("Bengkulu Utara: tidak ada yang dinilai sejak")
        expect(banner).not_to_contain_text("Rejang Lebong")
        expect(banner.locator("b.num")).to_contain_text("2:0")
        expect(still.locator("b.still svg")).to_be_visible()
        expect(still.locator("b.still")).to_have_text("tak dinilai")
        expect(still).to_have_accessible_name(re.compile("; tidak dinilai sejak .* WIB$"))
        expect(still).to_have_attribute("title", re.compile("^Bengkulu Utara: tidak dinilai sejak"))
        expect(other).not_to_contain_text("dinilai")
        expect(other.locator("b.still")).to_have_count(0)
        day.is_ticking = True
        expect(banner).to_have_count(0)
        expect(still.locator("b.still")).to_have_count(0)


def test_on_the_map_what_stands_still_bears_a_sign_and_a_word(chromium: Browser) -> None:
    """The sign is strewn over it; pointed at it says the word, and what it tells a reader, when."""
    with looked_at(chromium, with_borders(afternoon(), AreaKind.KECAMATAN)) as day:
        day.stage.borders = borders_of(afternoon())
        day.open()
        day.page.get_by_role("button", name="Peta", exact=True).click()
        areas = day.page.locator(".marea")
        expect(areas).to_have_count(15)
        expect(areas.locator(".mstill")).to_have_count(0)
        told = clock()
        day.is_ticking = False
        day.stage.say(replace(told, still=(("17.02", told.server_ms - 61_000),)))
        expect(areas.locator(".mstill")).to_have_count(15)
        expect(areas.first).to_have_accessible_name(re.compile("; tidak dinilai sejak .* WIB$"))
        areas.first.focus()
        expect(day.page.locator(".mtip b.still")).to_have_text("tak dinilai")
        expect(day.page.locator(".leg b.still")).to_have_text("tak dinilai")


def test_on_the_wall_what_stands_still_is_not_called_calm(chromium: Browser) -> None:
    """It bears the sign in place of the point of those without a grave alert."""
    with looked_at(chromium, in_two_kabupaten(), size=(1920, 1080)) as day:
        day.page.goto(f"{day.stage.address}/wall")
        other, still = (
            day.page.locator(f'.wt[aria-label^="{name}"]')
            for name in ("Rejang Lebong", "Bengkulu Utara")
        )
        expect(still.locator(".ok")).to_be_visible()
        told = clock()
        day.is_ticking = False
        day.stage.say(replace(told, still=(("17.03", told.server_ms - 125_000),)))
        expect(still.locator("b.still svg")).to_be_visible()
        expect(still.locator(".ok")).to_have_count(0)
        expect(other.locator("b.still")).to_have_count(0)
