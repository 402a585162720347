"""The picture as a map: the same areas, words and hands as the tiles, by made-up borders."""

import itertools
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, expect

from streams.domain.words import AreaKind
from streams.room.documents import Snapshot
from tests.page.afternoon import afternoon, in_two_kabupaten
from tests.page.bordered import borders_of, with_borders
from tests.page.looking import Day, faults, looked_at

pytestmark = pytest.mark.chromium

_PUT: Final = "17.02.07"
_CURUP: Final = "17.02.09"
_MISSING: Final = "17.02.19"
_LAPTOP: Final = (1366, 768)
_BIG: Final = (1600, 1000)


@contextmanager
def mapped(
    chromium: Browser,
    *,
    snapshot: Snapshot | None = None,
    without: tuple[str, ...] = (),
    size: tuple[int, int] = _BIG,
) -> Generator[Day]:
    """Show an afternoon as a map."""
    shown = afternoon() if snapshot is None else snapshot
    with looked_at(chromium, with_borders(shown, AreaKind.KECAMATAN), size=size) as day:
        day.stage.borders = borders_of(afternoon(), without=without)
        day.open()
        day.page.get_by_role("button", name="Peta", exact=True).click()
        expect(day.page.locator(".marea, .mrest").first).to_be_visible()
        yield day


def area(day: Day, code: str) -> Locator:
    """Return an area of the map."""
    return day.page.locator(f'.marea[data-code="{code}"]')


def press(day: Day, code: str) -> None:
    """Press an area beside its label: where nothing lies over it."""
    at = (
        area(day, code)
        .locator("path.mfill")
        .evaluate("""path => {
      const box = path.getBoundingClientRect();
      for (let y = box.top; y < box.bottom; y += 3)
        for (let x = box.left; x < box.right; x += 3)
          if (document.elementFromPoint(x, y) === path) return [x + 1, y + 1];
    }""")
    )
    day.page.mouse.click(*at)


def test_without_borders_nothing_offers_a_map(chromium: Browser) -> None:
    """Nor where the level that is shown has none."""
    with looked_at(chromium, afternoon()) as day:
        day.open()
        expect(day.page.locator(".tile")).to_have_count(15)
        expect(day.page.get_by_role("button", name="Peta", exact=True)).to_have_count(0)
        day.stage.snapshot = with_borders(in_two_kabupaten(), AreaKind.KECAMATAN)
        day.page.reload()
        expect(day.page.locator(".tile")).to_have_count(2)
        expect(day.page.get_by_role("button", name="Peta", exact=True)).to_have_count(0)


def test_the_map_has_every_area_in_the_words_of_its_tile_and_is_remembered(
    chromium: Browser,
) -> None:
    """One of them in the order of Tab; tiles come back when they are asked for."""
    with mapped(chromium) as day:
        expect(day.page.locator(".marea")).to_have_count(15)
        expect(day.page.locator(".tile")).to_have_count(0)
        assert 1 == day.page.locator('.marea[tabindex="0"]').count()
        expect(area(day, _PUT)).to_have_accessible_name(
            "Padang Ulak Tanding, situasi KUNING, 40 TPS, 29 sudah menghitung, 1 diam, "
            "alarm: 8 kritis, 8 tinggi"
        )
        expect(day.page.locator(".pic > header")).to_contain_text("15 kecamatan menurut batasnya")
        day.page.reload()
        expect(day.page.locator(".marea")).to_have_count(15)
        day.page.get_by_role("button", name="Petak", exact=True).click()
        expect(day.page.locator(".tile")).to_have_count(15)
        expect(day.page.locator(".marea")).to_have_count(0)


def test_an_area_filters_the_queue_and_opens_when_pressed_again(chromium: Browser) -> None:
    """As a tile does; Escape steps back."""
    with mapped(chromium) as day:
        elsewhere = day.page.locator(".row", has_text="Padang Ulak Tanding")
        expect(elsewhere).not_to_have_count(0)
        press(day, _CURUP)
        expect(area(day, _CURUP)).to_have_attribute("aria-pressed", "true")
        expect(elsewhere).to_have_count(0)
        expect(day.page.locator(".msel")).to_have_count(1)
        press(day, _CURUP)
        expect(day.page.locator(".zoom h3")).to_contain_text("Curup")
        day.page.locator(".zoom a").first.focus()
        day.page.keyboard.press("Escape")
        expect(area(day, _CURUP)).to_be_visible()
        day.page.locator('.marea[tabindex="0"]').focus()
        day.page.keyboard.press("Escape")
        expect(area(day, _CURUP)).to_have_attribute("aria-pressed", "false")
        expect(elsewhere).not_to_have_count(0)


def test_a_label_is_pressed_for_its_area(chromium: Browser) -> None:
    """Also one that has no room within it."""
    with mapped(chromium) as day:
        day.page.locator(".mlabel", has=day.page.locator(".gT")).last.click()
        expect(day.page.locator('.marea[aria-pressed="true"]')).to_have_count(1)


def test_keys_go_from_area_to_area(chromium: Browser) -> None:
    """Arrows move the frame, and nothing is filtered on the way; Enter and the space bar press."""
    with mapped(chromium) as day:
        focused = "document.activeElement.dataset.code"
        day.page.locator('.marea[tabindex="0"]').focus()
        day.page.keyboard.press("Home")
        seen = {day.page.evaluate(focused)}
        for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
            day.page.keyboard.press(key)
            seen.add(day.page.evaluate(focused))
        assert len(seen) >= 4
        expect(day.page.locator(".mring")).to_have_count(2)
        expect(day.page.locator('.marea[aria-pressed="true"]')).to_have_count(0)
        code = str(day.page.evaluate(focused))
        for key in ("Enter", "Space"):
            day.page.keyboard.press(key)
            if key == "Enter":
                expect(area(day, code)).to_have_attribute("aria-pressed", "true")
                assert code == day.page.evaluate(focused)
        expect(day.page.locator(".zoom h3 .code")).to_have_text(code)


def test_an_area_without_borders_is_a_tile_below_the_map(chromium: Browser) -> None:
    """It is counted, and pressed as any other."""
    with mapped(chromium, without=(_MISSING,)) as day:
        expect(day.page.locator(".marea")).to_have_count(14)
        expect(day.page.locator(".mrest")).to_contain_text("Tanpa batas dalam berkas peta: 1")
        tile = day.page.locator(".mrest .tile")
        expect(tile).to_have_attribute("data-code", _MISSING)
        tile.click()
        expect(tile).to_have_attribute("aria-pressed", "true")


def test_a_map_that_cannot_be_had_leaves_all_areas_as_tiles(chromium: Browser) -> None:
    """And says so; the choice is kept."""
    with looked_at(chromium, with_borders(afternoon(), AreaKind.KECAMATAN)) as day:
        day.may_complain = True
        day.open()
        day.page.get_by_role("button", name="Peta", exact=True).click()
        expect(day.page.locator(".mrest > p")).to_contain_text("Peta tidak dapat dimuat")
        expect(day.page.locator(".tile")).to_have_count(15)


@pytest.mark.parametrize("size", [_LAPTOP, _BIG])
def test_labels_cover_no_other_label_and_stay_in_the_panel(
    chromium: Browser, size: tuple[int, int]
) -> None:
    """As the browser has drawn them; marks of all areas are there, whatever room there is."""
    with mapped(chromium, size=size) as day:
        frame, *boxes = (
            one.evaluate("it => it.getBoundingClientRect().toJSON()")
            for one in (day.page.locator(".map"), *day.page.locator(".mlabel").all())
        )
        assert len(boxes) >= 13
        for box in boxes:
            assert frame["left"] <= box["left"] < box["right"] <= frame["right"]
            assert frame["top"] <= box["top"] < box["bottom"] <= frame["bottom"]
        for one, other in itertools.combinations(boxes, 2):
            wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
            high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert wide <= 1 or high <= 1, (one, other)
        expect(day.page.locator(".map .gK")).to_have_count(1)
        expect(day.page.locator(".map .gT")).to_have_count(2)


def test_a_situation_is_told_by_more_than_a_hue(chromium: Browser) -> None:
    """Kuning is striped and merah is filled; a pointer is told the word where it has no room."""
    with mapped(chromium) as day:
        band = area(day, _MISSING).locator(".mband")
        expect(band).to_have_attribute("stroke", "url(#mkuning)")
        fills = [
            area(day, code).locator(".mfill").evaluate("it => getComputedStyle(it).fill")
            for code in (_CURUP, _MISSING)
        ]
        assert fills[0] != fills[1]
        area(day, _CURUP).locator("path.mfill").dispatch_event("pointerover")
        area(day, _CURUP).dispatch_event("pointerenter")
        expect(day.page.locator(".mtip")).to_contain_text("MERAH")


def test_the_wall_keeps_its_tiles(chromium: Browser) -> None:
    """From afar equal areas are read more easily, and a wall has nobody who chooses."""
    with mapped(chromium) as day:
        day.page.goto(f"{day.stage.address}/wall")
        expect(day.page.locator(".wt")).to_have_count(15)
        expect(day.page.locator(".marea")).to_have_count(0)


def test_axe_finds_nothing_serious(chromium: Browser) -> None:
    """Of the map in both themes, with a frame and a tip, with tiles below it, and of a drill."""
    found: dict[str, list[str]] = {}
    with mapped(chromium, without=(_MISSING,)) as day:
        expect(day.page.locator(".curve")).to_have_count(1)  # The last of the panels.
        day.page.locator('.marea[tabindex="0"]').focus()
        day.page.keyboard.press("ArrowRight")
        found["map"] = faults(day.page)
        press(day, _PUT)
        found["pressed"] = faults(day.page)
    with mapped(chromium, snapshot=afternoon(drill=True)) as day:
        found["drill"] = faults(day.page)
    assert {} == {state: complaints for state, complaints in found.items() if complaints}
