"""The page before the real application: a judged day, real sessions, and the fold's own answers.

`tests.support.room_scene` serves it in a process of its own, without a broker. What a test does
goes through login, rights, CSRF, the command's record and the fold, and comes back on the stream.
"""

import re
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page.looking import faults
from tests.support.room_scene import PASSWORD

pytestmark = pytest.mark.chromium

_ROOT: Final = Path(__file__).parents[2]
_SECOND_MS: Final = 1_000
_TABS_MAX: Final = 120


@pytest.fixture(scope="module")
def address() -> Generator[str]:
    """Serve the scene; nobody is logged in to begin with."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.support.room_scene", str(port), "--login"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as scene:
        try:
            assert scene.stdout is not None
            assert "ready" in scene.stdout.readline()
            yield f"http://127.0.0.1:{port}"
        finally:
            scene.kill()


@pytest.fixture
def page(chromium: Browser, address: str) -> Generator[Page]:
    """A browser of its own, logged in as an operator, with the queue in sight."""
    context = chromium.new_context(viewport={"width": 1600, "height": 1000})
    context.set_default_timeout(20 * _SECOND_MS)
    page = context.new_page()
    log_in(page, address, "posko-1")
    yield page
    context.close()


def log_in(page: Page, address: str, user: str) -> None:
    """Log in by the form, and wait for the queue."""
    page.goto(address)
    page.locator("input[name=user]").fill(user)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".row").first).to_be_visible()
    # The picture, and with it the day's `now`, comes a little later than the first rows.
    expect(page.locator(".tile").first).to_be_visible(timeout=60 * _SECOND_MS)


def first_to_acknowledge(page: Page) -> Locator:
    """Make the first row the current one that nobody has acknowledged; return it."""
    page.locator(".seg button").nth(1).click()
    page.keyboard.press("j")
    row = page.locator(".row.cur")
    expect(row).to_be_visible()
    return page.locator(f".row[data-id='{row.get_attribute('data-id')}']")


def test_the_fold_acknowledges_and_takes_back(page: Page) -> None:
    """`a`: the row is mine; `z`: it is nobody's again."""
    row, mine = first_to_acknowledge(page), page.locator(".seg button").nth(2)
    before = int(re.sub(r"\D", "", mine.inner_text()) or 0)
    page.keyboard.press("a")
    expect(page.locator(".toast.done .way")).to_be_visible()
    expect(row).to_have_count(0)
    expect(mine).to_contain_text(str(before + 1))
    page.keyboard.press("z")
    expect(row).to_have_count(1)


def test_the_fold_escalates_to_the_level_that_was_chosen(page: Page) -> None:
    """`e` and Enter: the ladder of the row has one step more."""
    row = first_to_acknowledge(page)
    before = row.locator(".pips .on").count()
    page.keyboard.press("e")
    page.locator("dialog[open] button[type=submit]").press("Enter")
    expect(page.locator(".toast.done .way")).to_be_visible()
    expect(row.locator(".pips .on")).to_have_count(before + 1)


def test_a_refusal_says_why_in_the_readers_language(page: Page) -> None:
    """By the fold, by rights, by what is missing, by what is not well formed; and in the other."""
    first_to_acknowledge(page)
    alert = page.locator(".row.cur").get_attribute("data-id")
    refused = page.locator(".toast.refused:not(.done)").last
    for kind, fields, indonesian, english in (
        ("unack", {"alert": alert}, "Alarm yang belum diambil tidak dapat", "that is unack"),
        (
            "set_class",
            {"alert": alert},
            "Peran operator tidak berwenang memberi perintah ubah",
            "may",
        ),
        ("note", {"alert": alert}, "Catatan perlu isi", "Note needs"),
        ("dispatch", {"alert": alert}, "perlu satu petugas atau satu pasangan", "needs `officer`"),
        ("ack", {}, "Isi pesan belum benar", "required field `alert`"),
        ("shelve", {"alert": alert, "until": "besok"}, "until", "until"),
    ):
        page.evaluate(
            "async ([kind, fields]) => (await import('/page/commands.js')).command(kind, fields)",
            [kind, fields],
        )
        expect(refused).to_contain_text(indonesian)
        page.locator("header .lang").click()
        expect(refused).to_contain_text(english)
        page.locator("header .lang").click()
        page.evaluate("import('/page/commands.js').then((it) => (it.toasts.value = []))")


def test_a_cut_of_the_line_is_bridged(page: Page) -> None:
    """Offline it says so; back, it goes on without being loaded anew."""
    state = page.locator("html")
    page.evaluate("window.isSame = true")
    page.context.set_offline(offline=True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(state).to_have_attribute("data-state", re.compile("live|offline"))
    page.context.set_offline(offline=False)
    expect(state).to_have_attribute("data-state", "live", timeout=20 * _SECOND_MS)
    assert page.evaluate("window.isSame")


def test_a_viewer_sees_and_cannot_act(chromium: Browser, address: str) -> None:
    """The buttons are there, struck out, and a key says so instead of sending."""
    context = chromium.new_context(viewport={"width": 1600, "height": 1000})
    page = context.new_page()
    log_in(page, address, "pemda")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".toast.refused")).to_be_visible()
    assert not [url for url in asked if url.endswith("/commands")]
    context.close()


def test_axe_finds_nothing_serious_in_a_full_page(page: Page) -> None:
    """The whole desk with the picture and all panels."""
    assert [] == faults(page)


def test_logging_out_forgets_what_was_shown(page: Page) -> None:
    """The form stands there again, also after a reload; nothing is left in the browser."""
    page.locator(".me summary").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.locator("input[name=user]")).to_be_visible()
    page.reload()
    expect(page.locator("input[name=user]")).to_be_visible()
    assert 0 == page.locator(".row").count()


def test_the_keyboard_alone_can_do_everything(chromium: Browser, address: str) -> None:
    """Log in, acknowledge, undo, escalate, filter, place a report, phone one in, English, out.

    Nothing here points at anything: what is not said by a key is not said.
    """
    context = chromium.new_context(viewport={"width": 1600, "height": 1000})
    context.set_default_timeout(20 * _SECOND_MS)
    page = context.new_page()
    page.goto(address)
    log_in_by_keys(page)
    judge_by_keys(page)
    filter_by_keys(page)
    place_by_keys(page)
    phone_in_by_keys(page)
    leave_by_keys(page)
    context.close()


def log_in_by_keys(page: Page) -> None:
    """The name has the focus; Tab, the password, Enter."""
    expect(page.locator("input[name=user]")).to_be_focused()
    page.keyboard.type("posko-1")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator(".tile").first).to_be_visible(timeout=60 * _SECOND_MS)


def judge_by_keys(page: Page) -> None:
    """To what nobody has taken by Tab and Enter; `j`, `a`, `z`, `e` and Enter."""
    tab_to(page, ".seg button:nth-child(2)")
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    expect(page.locator(".row.cur")).to_be_visible()
    id_ = page.locator(".row.cur").get_attribute("data-id")
    row = page.locator(f".row[data-id='{id_}']")
    page.keyboard.press("a")
    expect(page.locator(".toast.done .way")).to_be_visible()
    expect(row).to_have_count(0)
    page.keyboard.press("z")
    expect(row).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("dialog[open]")).to_be_visible()
    tab_to(page, "dialog[open] button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".toast.done").last).to_contain_text("Naikkan")


def filter_by_keys(page: Page) -> None:
    """`/` and words; a severity by Tab and Enter; each is taken back."""
    shown = page.locator(".row")
    page.keyboard.press("/")
    page.keyboard.type("tidak ada yang seperti ini")
    expect(shown).to_have_count(0)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    expect(shown).not_to_have_count(0)
    tab_to(page, ".sevs li:nth-child(2) button")
    page.keyboard.press("Enter")
    expect(page.locator(".row:not([data-s=T])")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".sevs [aria-pressed=true]")).to_have_count(0)


def place_by_keys(page: Page) -> None:
    """`t`, `j` to a report that has a likely place, then `1`."""
    page.keyboard.press("t")
    expect(page.locator(".line[aria-current]")).to_be_visible()
    for _ in range(_TABS_MAX):
        if page.locator(".cands li").count():
            break
        page.keyboard.press("j")
        page.evaluate("new Promise(requestAnimationFrame)")  # What it opens is drawn.
    expect(page.locator(".cands li").first).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator(".toast.done").last).to_be_visible()


def phone_in_by_keys(page: Page) -> None:
    """`p`: where and what was told, Control and Enter; a receipt."""
    page.keyboard.press("p")
    tab_to(page, "[data-field=place_text] input")
    page.keyboard.type("dekat pasar")
    tab_to(page, "textarea")
    page.keyboard.type("Listrik padam sejak pukul dua")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".receipt .big")).to_be_visible()


def leave_by_keys(page: Page) -> None:
    """The language by Tab and Enter, and out by the menu of who is logged in."""
    tab_to(page, "button.lang")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    tab_to(page, ".me summary")
    page.keyboard.press("Enter")
    tab_to(page, ".me .tb")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=user]")).to_be_visible()
    expect(page.locator(".said")).to_be_empty()  # Who has logged out knows it.


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is there; fail where it never comes."""
    for _ in range(_TABS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"Tab does not reach {wanted}")
