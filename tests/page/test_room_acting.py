"""Acting under pressure: what two hands at once, a slip of the pointer or a cut line must not do.

Each of these was done to the page by somebody who reviewed it, and once did harm.
"""

from collections.abc import Generator
from typing import Final

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from streams.domain.alert import AlertState
from streams.domain.effects import ReplyOutcome
from streams.domain.words import Severity
from streams.room.documents import AlertRow
from tests.page.cast import alert, many, opening
from tests.page.looking import Day, looked_at

pytestmark = pytest.mark.chromium

_LONG: Final = 60
_UNREAD_MS: Final = 800
_LAPTOP: Final = (1366, 768)


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """Sixty alerts on a wide screen: more than it shows at once."""
    with looked_at(chromium, replace(opening(many(_LONG)), opened_lately=3)) as found:
        found.open()
        yield found


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def current(page: Page) -> str:
    """Return the id of the current row; empty: none is."""
    found = page.locator(".row.cur")
    return (found.get_attribute("data-id") or "") if found.count() else ""


def taken(row: AlertRow) -> AlertRow:
    """Return an alert as it is once somebody has acknowledged it."""
    return replace(row, state=AlertState.ACKNOWLEDGED, acknowledged_by="operator-2", due_at=None)


def rows_of(day: Day) -> dict[str, AlertRow]:
    """Return the alerts of the snapshot by id."""
    return {row.id: row for row in day.stage.snapshot.alerts}


def test_a_refused_command_cannot_be_taken_back(day: Day) -> None:
    """Two took it at once: who was refused has no undo, so the other's stays."""
    press(day.page, "j", "a")
    day.answer(ReplyOutcome.REFUSED, "sudah diambil posko-2")
    expect(day.page.locator(".toast.refused")).to_contain_text("sudah diambil posko-2")
    expect(day.page.locator(".toast button")).to_have_count(0)
    press(day.page, "z")
    assert ["ack"] == [given["command"] for given in day.given()]


def test_a_toast_names_what_was_refused_and_counts_the_rest(day: Day) -> None:
    """Two of three were carried out: both numbers are told, and whose reason it is."""
    press(day.page, "j", "x", "j", "x", "j", "x", "a")
    day.given(3)
    for which in (0, 1):
        day.answer(ReplyOutcome.DONE, which=which)
    day.answer(ReplyOutcome.REFUSED, "sudah selesai", which=2)
    toast = day.page.locator(".toast")
    expect(toast).to_contain_text("2 diterima, 1 ditolak")
    name = rows_of(day)[str(day.given()[2]["alert"])].title.id[:12]
    expect(toast).to_contain_text(name)
    expect(toast).to_contain_text("sudah selesai")
    expect(day.page.locator(".row .ck input:checked")).to_have_count(1)


def test_one_pair_is_sent_to_one_alert(chromium: Browser) -> None:
    """Of a rolled-up row the pair goes to the row itself; of ticked rows to none."""
    flood = replace(opening(many(_LONG)), opened_lately=40)
    with looked_at(chromium, flood) as day:
        day.may_complain = True  # The stage knows no stations.
        day.open()
        rolled = day.page.locator(".row", has=day.page.locator(".roll")).first
        rolled.locator(".c-due").click()
        press(day.page, "d")
        day.page.keyboard.type("P12\n")
        expect(day.page.locator(".toast")).to_be_visible()
        [given] = day.given()
        assert (rolled.get_attribute("data-id"), "P12") == (given["alert"], given["pair"])
        rolled.locator(".ck input").check()
        press(day.page, "d")
        expect(day.page.locator(".toast.refused")).to_contain_text("hanya untuk satu alarm")
        expect(day.page.locator("dialog[open]")).to_have_count(0)


def test_several_are_escalated_to_a_level_that_all_have(day: Day) -> None:
    """The dialog says how many they are, and offers what is above each of them."""
    for letter in ("K", "S"):
        day.page.locator(f".row[data-s='{letter}']").first.locator(".ck input").check()
    press(day.page, "e")
    dialog = day.page.locator("dialog[open]")
    expect(dialog.locator("h2")).to_contain_text("2 alarm")
    expect(dialog.locator("input[type=radio]")).to_have_count(1)
    expect(dialog).to_contain_text("Polda")


def test_what_was_typed_is_there_again(day: Day) -> None:
    """After Escape and after a refusal: the note is in the dialog that opens, until it is taken."""
    text = "Saksi melapor kotak dibuka, dua anggota ke sana."
    box = day.page.locator("dialog[open] textarea")
    press(day.page, "j", "n")
    day.page.keyboard.type(text)
    press(day.page, "Escape", "n")
    expect(box).to_have_value(text)
    press(day.page, "Enter")
    day.answer(ReplyOutcome.REFUSED, "ditutup")
    expect(day.page.locator(".toast.refused")).to_be_visible()
    press(day.page, "n")
    expect(box).to_have_value(text)
    press(day.page, "Enter")
    day.given(2)
    day.answer(ReplyOutcome.DONE)
    expect(day.page.locator(".toast.done")).to_be_visible()
    press(day.page, "n")
    expect(box).to_have_value("")


def test_a_session_that_ends_while_a_note_is_typed_does_not_lose_it(day: Day) -> None:
    """The command is refused, the form asks for the password, and the text is there again."""
    page, text = day.page, "Dua anggota sedang ke sana."
    day.may_complain = True
    press(page, "j", "n")
    page.keyboard.type(text)
    id_ = current(page)
    day.stage.session = None
    page.route("**/api/v1/commands", lambda route: route.fulfill(status=401, json={}))
    press(page, "Enter")
    page.locator("input[name=user]").fill("operator-2")
    page.locator("input[name=password]").fill("right")
    press(page, "Enter")
    page.locator(f".row[data-id='{id_}'] .c-due").click()
    press(page, "n")
    expect(page.locator("dialog[open] textarea")).to_have_value(text)


def test_a_second_click_on_one_spot_does_not_take_the_next_alert(day: Day) -> None:
    """The next row has come under the pointer: it opens, and is taken by a click of its own."""
    page = day.page
    at = page.locator(".row .act").nth(1).bounding_box()
    first, second = (page.locator(".row").nth(n).get_attribute("data-id") or "" for n in (1, 2))
    assert at is not None
    page.mouse.click(at["x"] + 9, at["y"] + 9)
    day.given()
    day.put(taken(rows_of(day)[first]))
    day.answer(ReplyOutcome.DONE)
    expect(page.locator(".row").nth(1)).to_have_attribute("data-id", second)
    page.mouse.click(at["x"] + 9, at["y"] + 9)
    expect(page.locator(".row.cur")).to_have_attribute("data-id", second)
    assert [first] == [given["alert"] for given in day.given()]
    page.mouse.click(at["x"] + 9, at["y"] + 9)
    assert [first, second] == [given["alert"] for given in day.given(2)]


def test_after_an_act_the_next_row_is_current_and_nothing_scrolls(day: Day) -> None:
    """It is not acted upon by a key that is pressed twice; `j` goes on behind it."""
    page = day.page
    press(page, *"jjjjjjjj")
    id_ = current(page)
    ids = [row.get_attribute("data-id") or "" for row in page.locator(".row").all()]
    place, top = ids.index(id_), page.locator(".rows").evaluate("it => it.scrollTop")
    press(page, "a", "a")
    day.given()
    day.put(taken(rows_of(day)[id_]))
    day.answer(ReplyOutcome.DONE)
    expect(page.locator(".row.cur")).to_have_attribute("data-id", ids[place + 1])
    press(page, "a")
    page.wait_for_timeout(_UNREAD_MS)
    assert [id_] == [given["alert"] for given in day.given()]
    assert top == page.locator(".rows").evaluate("it => it.scrollTop")
    press(page, "j")
    expect(page.locator(".row.cur")).to_have_attribute("data-id", ids[place + 2])


def test_a_row_that_somebody_else_takes_stays_the_current_one(day: Day) -> None:
    """A key that is on its way is meant for it; `j` goes on from where it was."""
    page = day.page
    press(page, *"jjj")
    id_ = current(page)
    ids = [row.get_attribute("data-id") or "" for row in page.locator(".row").all()]
    day.put(replace(taken(rows_of(day)[id_]), acknowledged_by="posko-2"))
    expect(page.locator(f".gh.acknowledged ~ .row[data-id='{id_}']")).to_have_count(1)
    assert id_ == current(page)
    press(page, "j")
    assert ids[ids.index(id_) + 1] == current(page)


def test_ticked_rows_can_be_searched_and_stay_ticked(day: Day) -> None:
    """Escape in the search or a dialog is theirs; what is new and critical is named."""
    page = day.page
    press(page, "j", "x", "j", "x", "/")
    page.keyboard.type("kotak")
    expect(page.locator(".row .ti", has_text="Bentrok")).to_have_count(0)
    expect(page.locator(".frozen")).to_contain_text("2 di antaranya tersaring")
    press(page, "Escape", "n")
    expect(page.locator("dialog[open]")).to_be_visible()
    press(page, "Escape")
    expect(page.locator(".frozen")).to_contain_text("2 dipilih")
    day.put(replace(alert(number=99), severity=Severity.CRITICAL))
    expect(page.locator(".frozen")).to_contain_text("1 baru menunggu")
    expect(page.locator(".frozen")).to_contain_text("1 KRITIS baru")
    press(page, "Escape")
    expect(page.locator(".frozen")).to_have_count(0)


def test_a_group_is_ticked_by_its_heading(day: Day) -> None:
    """All of it, and none again."""
    heading, group = day.page.locator(".gh").first, day.page.locator(".gh").first
    count = int(group.locator("b").inner_text())
    heading.locator("input").check()
    expect(day.page.locator(".frozen")).to_contain_text(f"{count} dipilih")
    heading.locator("input").uncheck()
    expect(day.page.locator(".frozen")).to_have_count(0)


def test_keys_that_are_off_can_be_switched_on_again(day: Day) -> None:
    """By a click or a touch at the foot, where the list is named."""
    page = day.page
    for is_on in (False, True):
        page.locator(".foot button").click()
        page.get_by_role("checkbox", name="Pintasan").click()
        press(page, "Escape", "j")
        expect(page.locator(".row.cur")).to_have_count(int(is_on))


def test_a_button_that_was_pressed_is_not_pressed_again_by_space(day: Day) -> None:
    """`j` takes the focus into the list."""
    page = day.page
    button = page.locator(".seg button").nth(2)
    page.locator(".seg button").nth(1).click()
    button.click()
    page.locator(".seg button").nth(0).click()
    press(page, "j", "Space")
    assert page.evaluate("document.activeElement.closest('.rows') !== null")


def test_a_reload_keeps_the_filters_and_the_way_back_keeps_the_row(day: Day) -> None:
    """The tab says what it shows, and how many wait."""
    page = day.page
    page.locator("#find").fill("bentrok")
    expect(page.locator(".row")).to_have_count(_LONG // 5)
    page.wait_for_timeout(_UNREAD_MS)
    page.reload()
    expect(page.locator(".row")).to_have_count(_LONG // 5)
    expect(page.locator("#find")).to_have_value("bentrok")
    expect(page).to_have_title(f"({_LONG}) Antrean · Siaga")
    day.may_complain = True  # The stage has no alert whole.
    row = page.locator(".row").nth(6)
    id_ = row.get_attribute("data-id") or ""
    row.locator("a").click()
    title = "Bentrok massa di sekitar TPS 003 · Tanjung Sanai I · Padang Ulak Tanding"
    expect(page).to_have_title(f"({_LONG}) {title} · Siaga")
    page.go_back()
    expect(page.locator(".row.cur")).to_have_attribute("data-id", id_)


def test_the_bar_of_keys_is_in_sight_on_a_laptop(chromium: Browser) -> None:
    """At 1366 × 768 nothing has to be scrolled to act; the picture scrolls by itself."""
    with looked_at(chromium, opening(many(_LONG)), size=_LAPTOP) as day:
        day.open()
        press(day.page, "j")
        expect(day.page.locator(".keys")).to_be_in_viewport(ratio=1)
        height = day.page.evaluate("document.documentElement.scrollHeight")
        assert height <= _LAPTOP[1]


def test_an_address_that_is_no_text_is_an_unknown_alert(day: Day) -> None:
    """The page says so instead of breaking."""
    day.may_complain = True
    day.page.goto(f"{day.stage.address}/alert/%E0%A4%A")
    expect(day.page.locator("main")).to_contain_text("no such thing")
