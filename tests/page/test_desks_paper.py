"""The printed sheets, and what holds of every page of the desks: axe, both languages."""

from collections.abc import Generator
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from streams.domain.alert import AlertState
from streams.room.documents import AlertRow
from tests.page.desks_cast import CLASH
from tests.page.desks_hands import ALERT, ask, at_the_desks, go
from tests.page.looking import Day, faults

pytestmark = pytest.mark.chromium
PATHS: Final = (
    ALERT,
    "/tps/17.02.07.2012-003",
    "/triage",
    "/letters",
    "/report",
    "/print/handover",
    "/print/situation",
)
PREFIXES: Final = ("alert.", "desk.", "dialog.", "print.", "app.", "head.")


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """An afternoon with all that lies on the desks."""
    with at_the_desks(chromium) as found:
        yield found


@pytest.fixture(scope="module")
def shared(chromium: Browser) -> Generator[Day]:
    """The same, for tests that only look."""
    with at_the_desks(chromium) as found:
        yield found


def test_an_alert_is_two_pages_of_paper(day: Day) -> None:
    """White, nothing to press, no countdown, times as they are."""
    page = go(day, f"/print/alert/{CLASH.id}")
    pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    page.emulate_media(media="print")
    expect(page.locator("main")).to_contain_text("14:07:22")
    assert 1 <= pages <= 2
    assert 0 == page.locator(".bar2:visible, .cdw:visible, button:visible").count()
    assert "rgb(255, 255, 255)" == page.evaluate(
        "getComputedStyle(document.documentElement).backgroundColor"
    )


@pytest.mark.parametrize("sheet", ["handover", "situation"])
def test_a_sheet_is_printed_as_it_stood(day: Day, sheet: str) -> None:
    """It has the alert and does not change while it is read; no control comes out."""
    page = go(day, f"/print/{sheet}")
    expect(page.locator(".sheet")).to_contain_text("Bentrok massa di sekitar TPS 003")
    before = page.locator(".sheet").inner_text()
    day.put(changed(CLASH))
    page.wait_for_function("performance.now() > 0")
    page.emulate_media(media="print")
    assert before == page.locator(".sheet").inner_text()
    assert 0 == page.locator("button:visible").count()


def test_one_sheet_leads_to_the_other_and_an_alert_to_its_own(day: Day) -> None:
    """Where somebody looks for them; what is held back by another is counted and said."""
    held = replace(CLASH, id="1702-HELDHELDHELDHEL2", state=AlertState.INHIBITED)
    rows = (*day.stage.snapshot.alerts, held)
    day.stage.snapshot = replace(day.stage.snapshot, alerts=rows)
    page = go(day, "/print/handover")
    expect(page.locator(".lead")).to_have_text(f"Alarm terbuka: {len(rows)}, termasuk 1 diredam")
    page.get_by_role("link", name="Laporan situasi").click()
    expect(page.locator("h1")).to_have_text("LAPORAN SITUASI")
    page = go(day, ALERT)
    page.get_by_role("link", name="Lembar cetak").click()
    expect(page.locator(".printbar")).to_be_visible()
    page.get_by_role("link", name="Kembali").click()
    expect(page.locator(".bar2")).to_be_visible()


def changed(row: AlertRow) -> AlertRow:
    """Return a row that reads otherwise."""
    return replace(row, title=msgspec.structs.replace(row.title, id="Lain", en="Other"), revision=9)


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_serious_and_every_word_has_two_languages(shared: Day, path: str) -> None:
    """On no page, in no theme; and no key is shown bare, in neither language."""
    assert [] == faults(go(shared, path))
    for language in ("id", "en"):
        shared.page.goto(f"{shared.stage.address}{path}?lang={language}")
        expect(shared.page.locator("main h1").first).to_be_visible()
        shown = shared.page.locator("body").inner_text()
        bare = [word for word in shown.split() if word.startswith(PREFIXES)]
        assert [] == bare, language


def test_axe_finds_nothing_serious_in_a_dialog(shared: Day) -> None:
    """Labels, names and contrast of what is asked."""
    page = go(shared, ALERT)
    expect(page.locator("main h1")).to_be_focused()  # From then on keys are heard.
    found: list[str] = []
    for key in ("e", "s", "d", "n"):
        page.keyboard.press(key)
        expect(ask(page)).to_be_visible()
        found += faults(page)
        page.keyboard.press("Escape")
        expect(ask(page)).to_have_count(0)
    assert [] == found
