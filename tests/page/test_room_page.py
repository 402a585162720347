"""The page under hands on keys: what an operator does, and what becomes of it.

The server is a stage (`tests.page.stage`), so that a test can answer a command as it wishes. What
the page says on its console or asks of another host fails every test (`tests.page.looking`).
"""

from collections.abc import Generator

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from streams.domain.alert import AlertState
from streams.domain.effects import ReplyOutcome
from streams.domain.words import Severity
from streams.room.documents import Changed, Delta
from tests.page.cast import alert, many, opening
from tests.page.looking import Day, looked_at

pytestmark = pytest.mark.chromium


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """Five alerts on a wide screen, the queue open."""
    with looked_at(chromium, opening(many(5))) as found:
        found.open()
        yield found


def test_logging_in_shows_the_queue(chromium: Browser) -> None:
    """A wrong password is said so and keeps the name; the right one opens the page."""
    with looked_at(chromium, opening(many(3)), is_open=False) as day:
        page = day.page
        day.may_complain = True
        page.goto(day.stage.address)
        expect(page.locator("input[name=user]")).to_be_focused()
        page.keyboard.type("operator-2")
        page.keyboard.press("Tab")
        page.keyboard.type("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("tidak cocok")
        page.keyboard.type("right")
        page.keyboard.press("Enter")
        expect(day.row(3)).to_be_visible()


def test_the_identity_provider_is_called_by_its_name(chromium: Browser) -> None:
    """The button carries `title` of `[oidc]`; without a provider there is none."""
    for title in ("SSO Polri", ""):
        with looked_at(chromium, opening(many(1)), is_open=False) as day:
            day.may_complain = True
            day.stage.oidc_title = title
            day.page.goto(day.stage.address)
            expect(day.page.locator("input[name=user]")).to_be_visible()
            found = day.page.locator("a[href='/api/v1/oidc/start']")
            expect(found).to_have_text([f"Masuk dengan {title}"] if title else [])


def test_an_alert_appears_within_a_second(day: Day) -> None:
    """What comes on the stream is on the screen, first if it is the worst."""
    news = replace(alert(number=9), title=alert().title, opened_at="2024-11-27T14:01:00+07:00")
    day.put(news)
    expect(day.row(1)).to_have_attribute("data-id", news.id, timeout=1_000)


def test_a_new_critical_alert_is_told_aloud_once_and_takes_no_focus(day: Day) -> None:
    """`role=alert` has its title; the focus stays where it was."""
    day.page.locator("#find").focus()
    expect(day.page.locator("p[role=alert]")).to_have_text("")
    day.put(replace(alert(number=9), opened_at="2024-11-27T14:05:30+07:00"))
    expect(day.page.locator("p[role=alert]")).to_contain_text("Bentrok massa")
    expect(day.page.locator("#find")).to_be_focused()


def test_acknowledge_by_key_and_see_it_done(day: Day) -> None:
    """`j`, `a`: sent, then done; the row goes where the acknowledged ones are."""
    day.page.keyboard.press("j")
    day.page.keyboard.press("a")
    expect(day.page.locator(".toast")).to_contain_text("terkirim")
    [given] = day.given()
    assert ("ack", alert().id) == (given["command"], given["alert"])
    day.answer(ReplyOutcome.DONE)
    day.put(replace(alert(), state=AlertState.ACKNOWLEDGED, acknowledged_by="operator-2"))
    expect(day.page.locator(".toast")).to_contain_text("diterima")
    expect(day.page.locator(".gh.acknowledged ~ .row")).to_have_attribute("data-id", alert().id)


def test_a_row_that_is_taken_back_looks_as_before(day: Day) -> None:
    """Chromium forgot to: moved between its groups, the row stayed as thin as a taken one."""
    row = alert()
    title = day.page.locator(f".row[data-id='{row.id}'] .ti")
    for state, weight in ((AlertState.ACKNOWLEDGED, "400"), (AlertState.UNACKNOWLEDGED, "600")):
        day.put(replace(row, state=state))
        expect(title).to_have_css("font-weight", weight)


def test_undo_within_five_seconds_sends_the_reverse(day: Day) -> None:
    """`z` takes back what was carried out; afterwards there is nothing left to take back."""
    for key in ("j", "a"):
        day.page.keyboard.press(key)
    day.answer(ReplyOutcome.DONE)
    expect(day.page.locator(".toast button")).to_be_visible()
    day.page.keyboard.press("z")
    expect(day.page.locator(".toast")).to_contain_text("Diurungkan")
    day.page.keyboard.press("z")
    assert ["ack", "unack"] == [given["command"] for given in day.given(2)]


def test_a_refusal_is_told_with_its_reason(day: Day) -> None:
    """The fold has the last word, and its word is on the screen."""
    for key in ("j", "a"):
        day.page.keyboard.press(key)
    expect(day.page.locator(".toast")).to_be_visible()
    day.answer(ReplyOutcome.REFUSED, "sudah selesai")
    expect(day.page.locator(".toast.told.refused")).to_contain_text("ditolak")
    expect(day.page.locator(".toast.refused").last).to_contain_text("sudah selesai")
    expect(day.row(1).locator(".way")).to_have_text("ditolak")


def test_escalate_by_key_asks_which_level(day: Day) -> None:
    """`e` opens a dialog with the next level chosen; Enter sends; Escape would not."""
    day.page.keyboard.press("j")
    day.page.keyboard.press("e")
    expect(day.page.locator("dialog[open]")).to_be_visible()
    day.page.keyboard.press("Escape")
    expect(day.page.locator("dialog[open]")).to_have_count(0)
    assert [] == day.stage.commands
    day.page.keyboard.press("e")
    day.page.locator("dialog[open] button[type=submit]").press("Enter")
    expect(day.page.locator(".toast")).to_be_visible()
    assert "polda" == day.given()[0]["level"]


def test_ticked_rows_freeze_the_order_and_are_acknowledged_together(day: Day) -> None:
    """Two ticked: what is new waits and is counted; one toast, two commands; done, none is."""
    page = day.page
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    before = [row.get_attribute("data-id") for row in page.locator(".row").all()]
    day.put(replace(alert(number=9), severity=Severity.CRITICAL))
    expect(page.locator(".frozen")).to_contain_text("1 baru menunggu")
    assert before == [row.get_attribute("data-id") for row in page.locator(".row").all()]
    page.keyboard.press("a")
    expect(page.locator(".toast")).to_contain_text("Ambil: 2")
    assert set(before[:2]) == {given["alert"] for given in day.given(2)}
    for which in (0, 1):
        day.answer(ReplyOutcome.DONE, which=which)
    expect(page.locator(".frozen")).to_have_count(0)


def test_escape_thaws_the_queue(day: Day) -> None:
    """What waited takes its place."""
    for key in ("j", "x"):
        day.page.keyboard.press(key)
    day.put(replace(alert(number=9), opened_at="2024-11-27T14:00:00+07:00"))
    expect(day.page.locator(".frozen")).to_contain_text("1 baru")
    day.page.keyboard.press("Escape")
    expect(day.row(1)).to_have_attribute("data-id", alert(number=9).id)


def test_search_and_filters_narrow_and_say_so(day: Day) -> None:
    """`/` searches; a pressed severity narrows too; one button clears all."""
    page = day.page
    page.keyboard.press("/")
    page.keyboard.type("kotak")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".row .ti")).to_contain_text("Kotak tanpa pengawal")
    page.locator("#find").fill("")
    page.locator(".sevs button").first.click()
    expect(page.locator(".row")).to_have_count(1)
    page.locator(".chips button").last.click()
    expect(page.locator(".row")).to_have_count(5)


def test_a_view_is_kept_on_this_machine(day: Day) -> None:
    """Saved by name, it is there after a reload and narrows again."""
    page = day.page
    page.get_by_role("button", name="Saring").click()
    page.get_by_label("Keparahan").select_option("high")
    expect(page.locator(".row")).to_have_count(2)
    page.get_by_label("Simpan sebagai").fill("tinggi")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.reload()
    expect(page.locator(".row")).to_have_count(2)
    page.locator(".chips button").last.click()
    expect(page.locator(".row")).to_have_count(5)
    page.get_by_role("button", name="Saring").click()
    page.get_by_label("Tampilan").select_option("tinggi")
    expect(page.locator(".row")).to_have_count(2)


def test_the_language_switches_everything_that_is_shown(day: Day) -> None:
    """Own words and the server's texts, the page's `lang`, and it is remembered."""
    day.page.locator("button.lang").click()
    expect(day.row(1)).to_contain_text("Crowd clash")
    expect(day.row(1)).to_contain_text("CRITICAL", ignore_case=True)
    expect(day.page.locator("html")).to_have_attribute("lang", "en")
    day.page.reload()
    expect(day.row(1)).to_contain_text("Crowd clash")


def test_single_keys_can_be_changed_and_switched_off(day: Day) -> None:
    """`?` lists them; the new key works, the old one does not; off, none does."""
    page = day.page
    page.keyboard.press("?")
    page.get_by_role("button", name="Ganti tombol: Baris berikut").click()
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".row.cur")).to_have_count(0)
    page.keyboard.press("b")
    expect(page.locator(".row.cur")).to_have_count(1)
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Pintasan").click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(day.row(1)).to_have_class("row breached cur", timeout=2_000)


def test_sound_is_off_until_armed_and_its_mute_is_in_sight(day: Day) -> None:
    """Off, then on, then muted: always in words."""
    button = day.page.locator("button.sound")
    for says in ("Bunyi mati", "Bunyi nyala", "Dibisukan", "Bunyi nyala"):
        expect(button).to_contain_text(says)
        button.click()


def test_tab_alone_reaches_the_queue_and_its_buttons(day: Day) -> None:
    """With single keys off, the focus goes from the skip link to a row's box by Tab."""
    day.page.keyboard.press("j")
    seen = focused_while_tabbing(day.page, 60)
    for wanted in ("skip", "tb lang", "ti", "act", "find"):
        assert any(wanted in found for found in seen), wanted


def focused_while_tabbing(page: Page, times: int) -> list[str]:
    """Press Tab so often from the top; return class or id of what had the focus."""
    page.evaluate("document.activeElement.blur()")
    found: list[str] = []
    for _ in range(times):
        page.keyboard.press("Tab")
        found.append(page.evaluate("document.activeElement.className + document.activeElement.id"))
    return found


def test_rows_leave_when_they_are_gone(day: Day) -> None:
    """An alert that the server forgets is on the screen no more."""
    day.stage.say(Delta(alerts=Changed(gone=(alert().id,)), opened_lately=3))
    expect(day.page.locator(".row")).to_have_count(4)
