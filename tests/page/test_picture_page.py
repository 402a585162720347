"""The picture under hands on keys: tiles, the filter that they are, the zoom, and the wall."""

import re
from collections.abc import Generator
from typing import Final, TypeVar

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Locator, expect

from streams.domain.facts import Stage
from streams.domain.ids import ElectionId
from streams.domain.words import SituationColour
from streams.room.documents import AreaRow, Changed, Delta, Snapshot, TpsRow
from tests.page.afternoon import afternoon, in_forty_kecamatan, in_two_kabupaten
from tests.page.cast import many
from tests.page.looking import Day, faults, looked_at

pytestmark = pytest.mark.chromium

_PUT = "17.02.07"
_CURUP = "17.02.09"
_BIG = (1920, 1080)
_FOUR_K = (3840, 2160)
_SHOWN_MAX = 5
_DRILL: Final = "rejang-lebong-2024#drill-1"


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """The whole afternoon on a wide screen."""
    with looked_at(chromium, afternoon()) as found:
        found.open()
        expect(tile(found, _PUT)).to_be_visible()
        yield found


def tile(day: Day, code: str) -> Locator:
    """Return the tile of an area."""
    return day.page.locator(f'.tile[data-code="{code}"]')


def test_every_kecamatan_has_a_tile_that_says_what_it_shows(day: Day) -> None:
    """Fifteen buttons, one of them in the order of Tab, each with its words."""
    expect(day.page.locator(".tile")).to_have_count(15)
    assert 1 == day.page.locator('.tile[tabindex="0"]').count()
    expect(tile(day, _PUT)).to_have_accessible_name(
        "Padang Ulak Tanding, situasi KUNING, 40 TPS, 29 sudah menghitung, 1 diam, "
        "alarm: 8 kritis, 8 tinggi"
    )


def test_a_tile_filters_the_queue_and_opens_when_pressed_again(day: Day) -> None:
    """The mark and the filter are one thing: Escape steps back through both."""
    elsewhere = day.page.locator(".row", has_text="Padang Ulak Tanding")
    expect(elsewhere).not_to_have_count(0)
    tile(day, _CURUP).click()
    expect(tile(day, _CURUP)).to_have_attribute("aria-pressed", "true")
    expect(elsewhere).to_have_count(0)
    tile(day, _CURUP).press("Enter")
    expect(day.page.locator(".zoom h3")).to_contain_text("Curup")
    day.page.locator(".zoom a").first.focus()
    day.page.keyboard.press("Escape")
    expect(tile(day, _CURUP)).to_be_visible()
    tile(day, _CURUP).press("Escape")
    expect(tile(day, _CURUP)).to_have_attribute("aria-pressed", "false")
    expect(elsewhere).not_to_have_count(0)


def test_arrows_go_from_tile_to_tile(day: Day) -> None:
    """There and back again; nothing is filtered on the way."""
    here = day.page.locator('.tile[tabindex="0"]')
    here.focus()
    day.page.keyboard.press("Home")
    first = here.get_attribute("data-code")
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        before = day.page.evaluate("document.activeElement.dataset.code")
        day.page.keyboard.press(key)
        assert before != day.page.evaluate("document.activeElement.dataset.code")
    assert first == day.page.evaluate("document.activeElement.dataset.code")
    expect(day.page.locator('.tile[aria-pressed="true"]')).to_have_count(0)


def test_g_opens_where_the_current_row_is_and_a_tps_leads_to_its_page(day: Day) -> None:
    """Without a mark it is the kecamatan of the row that the queue stands on."""
    day.page.keyboard.press("j")
    expect(day.page.locator(".zoomb")).to_contain_text("Padang Ulak Tanding")
    day.page.keyboard.press("g")
    expect(day.page.locator(".zoom a")).to_have_count(40)
    day.page.keyboard.press("g")
    expect(tile(day, _PUT)).to_be_visible()
    day.page.keyboard.press("g")
    last = day.page.locator(".zoom a").last
    box = last.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    assert "/tps/17.02.07." in str(last.get_attribute("href"))


def test_a_stage_that_a_tps_reaches_is_drawn_at_once(day: Day) -> None:
    """The tile's cells and the bar beside it tell the same."""
    done = tile(day, _CURUP).locator(".c-done")
    before = done.get_attribute("d")
    day.stage.say(Delta(tps=Changed(put=(counted_in_curup(day.stage.snapshot),)), opened_lately=3))
    expect(done).not_to_have_attribute("d", str(before))


def counted_in_curup(snapshot: Snapshot) -> TpsRow:
    """Return a TPS that was counting and has counted."""
    found = next(
        one for one in snapshot.tps if one.code.startswith(_CURUP) and one.stage is Stage.COUNTING
    )
    return replace(found, stage=Stage.COUNTED, stage_at="2024-11-27T14:05:08+07:00")


def test_the_panels_tell_who_is_short_and_which_box_is_late(day: Day) -> None:
    """What needs somebody is turned over: ink on paper becomes paper on ink."""
    expect(day.page.locator(".str .over")).to_have_count(1)
    expect(day.page.locator(".str .over")).to_contain_text("Padang Ulak Tanding")
    expect(day.page.locator(".box .late")).to_have_count(1)
    expect(day.page.locator(".box .noesc")).to_contain_text("tanpa pengawal")
    expect(day.page.locator(".bars li").nth(1).locator(".dx")).to_contain_text("−21")
    expect(day.page.locator(".curve canvas")).to_be_visible()


def test_several_kabupaten_are_tiles_and_one_of_them_is_asked_for(chromium: Browser) -> None:
    """Pressed twice it is zoomed into: the stream is asked for its TPS."""
    with looked_at(chromium, in_two_kabupaten()) as day:
        day.open()
        expect(day.page.locator(".tile")).to_have_count(2)
        with day.page.expect_request("**/api/v1/stream?zoom=17.03*"):
            tile(day, "17.03").dblclick()


def test_forty_kecamatan_have_smaller_tiles_without_cells(chromium: Browser) -> None:
    """Numbers take the place of cells, and nothing scrolls."""
    with looked_at(chromium, in_forty_kecamatan()) as day:
        day.open()
        expect(day.page.locator(".tile")).to_have_count(40)
        expect(day.page.locator(".tile .cells")).to_have_count(0)
        assert day.page.evaluate(
            "(() => { const grid = document.querySelector('.grid');"
            " return grid.scrollHeight <= grid.clientHeight + 1; })()"
        )


@pytest.mark.parametrize("size", [_BIG, _FOUR_K])
def test_the_wall_shows_five_and_says_how_many_it_does_not(
    chromium: Browser, size: tuple[int, int]
) -> None:
    """It fits its screen, has no controls, and is dark."""
    with looked_at(chromium, afternoon(), size=size) as day:
        day.page.goto(f"{day.stage.address}/wall")
        expect(day.page.locator(".wq li[data-s]")).to_have_count(_SHOWN_MAX)
        expect(day.page.locator(".wq .rest")).to_contain_text("35")
        expect(day.page.locator("html")).to_have_attribute("data-theme", "dark")
        assert 0 == day.page.locator(".wallpage :is(button, a, input)").count()
        fits = "innerHeight >= document.documentElement.scrollHeight"
        assert day.page.evaluate(f"{fits} && innerWidth >= document.documentElement.scrollWidth")
        steering = "parseFloat(getComputedStyle(document.querySelector('.wq .cd')).fontSize)"
        assert day.page.evaluate(steering) >= 3.9 * min(size[0] / 120, size[1] / 62)


def test_a_quiet_wall_says_that_it_is_quiet(chromium: Browser) -> None:
    """Words, not a blank."""
    with looked_at(chromium, afternoon(0), size=_BIG) as day:
        day.page.goto(f"{day.stage.address}/wall")
        expect(day.page.locator(".wcalm")).to_contain_text("Tidak ada alarm yang menunggu")


def test_a_stale_wall_gives_absolute_times(chromium: Browser) -> None:
    """A number that stands still would look like one that runs."""
    with looked_at(chromium, afternoon(), size=_BIG) as day:
        day.page.goto(f"{day.stage.address}/wall")
        day.lag_ms = 90_000
        expect(day.page.locator(".banner.stale")).to_be_visible()
        expect(day.page.locator(".wq .cd").first).to_have_text("14:07")


def test_axe_finds_nothing_serious(chromium: Browser) -> None:
    """Names, roles, contrast, order: of the picture, the zoom, plain tiles, and the wall."""
    found: dict[str, list[str]] = {}
    with looked_at(chromium, afternoon()) as day:
        day.open()
        expect(day.page.locator(".curve")).to_have_count(1)  # The last of the panels.
        found["grid"] = faults(day.page)
        tile(day, _PUT).dblclick()
        expect(day.page.locator(".zoom")).to_be_visible()
        found["zoom"] = faults(day.page)
        day.stage.snapshot = in_forty_kecamatan()
        day.page.reload()
        expect(day.page.locator(".tile")).to_have_count(40)
        found["plain"] = faults(day.page)
        for state, snapshot in (("wall", afternoon()), ("drill", afternoon(drill=True))):
            day.stage.snapshot = snapshot
            day.page.goto(f"{day.stage.address}/wall")
            expect(day.page.locator(".wt")).to_have_count(15)
            found[state] = faults(day.page)
    assert {} == {state: complaints for state, complaints in found.items() if complaints}


def test_colours_of_a_situation_have_their_word(chromium: Browser) -> None:
    """Whoever sees no colour reads it: on the tile of the desk and of the wall."""
    with looked_at(chromium, replace(afternoon(), alerts=many(2)), size=_BIG) as day:
        for path, place in (("/", ".tile"), ("/wall", ".wt")):
            day.page.goto(f"{day.stage.address}{path}")
            for colour in (SituationColour.KUNING, SituationColour.MERAH):
                marked = day.page.locator(f'{place}[data-c="{colour.value}"]').first
                expect(marked).to_contain_text(colour.value.upper())


def test_a_drill_of_the_same_place_has_a_picture_of_its_own(chromium: Browser) -> None:
    """Its rows replace none of the day's; chosen, it is framed, and its name says what it is."""
    real = afternoon(2)
    drill = afternoon(2, drill=True)
    shared = replace(
        real,
        areas=(*real.areas, *(of_drill(one) for one in drill.areas)),
        tps=(*real.tps, *(of_drill(one) for one in drill.tps)),
    )
    with looked_at(chromium, shared) as day:
        day.open()
        expect(day.page.locator(".tile")).to_have_count(15)
        expect(day.page.locator("main.drillpic")).to_have_count(0)
        expect(tile(day, _PUT)).to_have_accessible_name(re.compile("alarm: 1 kritis"))
        day.page.get_by_label("Pemilihan yang digambar").select_option(f"{_DRILL}")
        expect(day.page.locator(".whose option:checked")).to_contain_text("LATIHAN")
        expect(day.page.locator(".tile")).to_have_count(15)
        expect(day.page.locator("main.drillpic")).to_have_count(1)
        expect(tile(day, _PUT)).to_have_accessible_name(re.compile("alarm: tidak ada"))
        day.page.get_by_label("Pemilihan yang digambar").select_option("")
        expect(day.page.locator("main.drillpic")).to_have_count(0)


Place = TypeVar("Place", AreaRow, TpsRow)


def of_drill(row: Place) -> Place:
    """Return a row as it is in a drill beside the day."""
    return replace(row, key=f"{row.code}@{_DRILL}", election=ElectionId(_DRILL), drill=True)


def test_a_panel_that_could_not_be_fetched_is_fetched_again(chromium: Browser) -> None:
    """It says so in its place, and its button brings it; the rest of the page goes on."""
    with looked_at(chromium, afternoon(3)) as day:
        day.may_complain = True
        failing = "**/page/strength.js*"
        day.page.route(failing, lambda route: route.abort())
        day.open()
        expect(day.page.locator(".p-str")).to_contain_text("tidak dapat dimuat")
        expect(day.page.locator(".tile")).to_have_count(15)
        day.page.unroute(failing)
        day.page.get_by_role("button", name="Muat lagi").click()
        expect(day.page.locator(".p-str .str li")).to_have_count(7)


def test_the_bar_on_top_and_the_queue_fit_every_width(chromium: Browser) -> None:
    """Nothing is cut at the right, from a tablet to a wall's screen; all tools are in sight."""
    with looked_at(chromium, afternoon()) as day:
        day.open()
        for width in (1200, 1280, 1366, 1440, 1536, 1600, 1920):
            day.page.set_viewport_size({"width": width, "height": 900})
            for place in (".top", ".sum", ".queue > header", ".keys"):
                over = day.page.locator(place).evaluate("it => it.scrollWidth - it.clientWidth")
                assert over <= 0, (width, place, over)
            assert day.page.evaluate("document.documentElement.scrollWidth") <= width
